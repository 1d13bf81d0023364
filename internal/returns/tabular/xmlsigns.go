package tabular

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// entity is what an entity stands for. One that no XML may hold, such as a zero
// byte, is a sign that stands for it.
func entity(name string) (string, bool) {
	switch name {
	case "lt":
		return "<", true
	case "gt":
		return ">", true
	case "amp":
		return "&", true
	case "quot":
		return `"`, true
	case "apos":
		return "'", true
	}
	if len(name) < 2 || name[0] != '#' {
		return "", false
	}
	base, number := 10, name[1:]
	if number[0] == 'x' || number[0] == 'X' {
		base, number = 16, number[1:]
	}
	n, err := strconv.ParseUint(number, base, 32)
	if err != nil {
		return "", false
	}
	return sign(rune(min(n, utf8.MaxRune+1))), true
}

// sign is a character as text may hold it.
func sign(c rune) string {
	if c < ' ' && c != '\t' && c != '\n' && c != '\r' || !utf8.ValidRune(c) {
		return "\uFFFD"
	}
	return string(c)
}

// attr is an attribute of the start tag just read, by its name with or without its
// prefix; nil where there is none. It is shared with the window.
func (x *xmlReader) attr(name string) []byte {
	rest := x.tag
	if space := bytes.IndexAny(rest, " \t\r\n"); space >= 0 {
		rest = rest[space:]
	} else {
		return nil
	}
	for {
		rest = bytes.TrimLeft(rest, " \t\r\n")
		equals := bytes.IndexByte(rest, '=')
		if equals < 0 {
			return nil
		}
		key := bytes.TrimRight(rest[:equals], " \t\r\n")
		rest = bytes.TrimLeft(rest[equals+1:], " \t\r\n")
		if len(rest) < 2 || rest[0] != '"' && rest[0] != '\'' {
			return nil
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil
		}
		if string(local(key)) == name || string(key) == name {
			return unescape(rest[1 : 1+end])
		}
		rest = rest[end+2:]
	}
}

func unescape(b []byte) []byte {
	if bytes.IndexByte(b, '&') < 0 {
		return b
	}
	var out []byte
	for {
		amp := bytes.IndexByte(b, '&')
		if amp < 0 {
			return append(out, b...)
		}
		out = append(out, b[:amp]...)
		end := bytes.IndexByte(b[amp:], ';')
		if end < 0 {
			return append(out, b[amp:]...)
		}
		if s, ok := entity(string(b[amp+1 : amp+end])); ok {
			out = append(out, s...)
		}
		b = b[amp+end+1:]
	}
}
