package tabular

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

// errXML is XML that does not hold together, or that holds what no workbook does.
var errXML = errors.New("the XML is damaged")

const (
	window  = 64 << 10 // bytes read at once
	maxTag  = 1 << 20  // bytes of one tag
	maxDeep = 256
)

// xmlReader reads the XML of a workbook's part tag by tag, in memory that does
// not grow with the part or with the text of a cell. It refuses a DOCTYPE. Names
// come without their prefix: OOXML has two sets of namespaces for the same thing.
type xmlReader struct {
	in       io.Reader
	buf      []byte
	from, to int // what is left of buf
	eof      bool

	name    []byte // of the tag just read, without prefix
	tag     []byte // the whole inside of a start tag
	empty   bool   // the start tag just read closes itself: its end comes next
	names   []byte // names of the open elements, one after another
	open    []int  // where each of them begins in names
	text    []byte // gathered since collect
	keep    bool
	longest int  // bytes kept of a text
	long    bool // more came than was kept
}

func newXMLReader(in io.Reader) *xmlReader {
	return &xmlReader{in: in, buf: make([]byte, window), longest: maxCell * utf8.UTFMax}
}

// kinds of what next gives.
type xmlKind uint8

const (
	xmlEnd   xmlKind = iota // of the document
	xmlStart                // of the element name
	xmlClose                // of the element name
)

// depth is how many elements are open.
func (x *xmlReader) depth() int { return len(x.open) }

// collect begins to gather text.
func (x *xmlReader) collect() { x.text, x.keep, x.long = x.text[:0], true, false }

// collected is the text since collect; it is overwritten by the next one.
func (x *xmlReader) collected() []byte {
	x.keep = false
	return x.text
}

// next goes to the next tag.
func (x *xmlReader) next() (xmlKind, error) {
	if x.empty {
		x.empty = false
		return xmlClose, x.pop()
	}
	for {
		if err := x.textBefore(); err != nil {
			return 0, err
		}
		if x.from == x.to {
			if len(x.open) > 0 {
				return 0, io.ErrUnexpectedEOF
			}
			return xmlEnd, nil
		}
		kind, skip, err := x.readTag()
		if err != nil || !skip {
			return kind, err
		}
	}
}

// textBefore reads up to the next tag.
func (x *xmlReader) textBefore() error {
	for {
		at := bytes.IndexByte(x.buf[x.from:x.to], '<')
		if at >= 0 {
			err := x.addText(x.buf[x.from : x.from+at])
			x.from += at
			return err
		}
		if x.eof {
			err := x.addText(x.buf[x.from:x.to])
			x.from = x.to
			return err
		}
		// An entity may be cut in two by the end of the window.
		end := x.to
		if amp := bytes.LastIndexByte(x.buf[max(x.from, x.to-16):x.to], '&'); amp >= 0 {
			end = max(x.from, x.to-16) + amp
		}
		if err := x.addText(x.buf[x.from:end]); err != nil {
			return err
		}
		x.from = end
		if err := x.fill(); err != nil {
			return err
		}
	}
}

// fill reads more into the window, which grows where a single tag fills it.
func (x *xmlReader) fill() error {
	copy(x.buf, x.buf[x.from:x.to])
	x.to, x.from = x.to-x.from, 0
	if x.to == len(x.buf) {
		if len(x.buf) >= maxTag {
			return errXML
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	n, err := x.in.Read(x.buf[x.to:])
	x.to += n
	if err == io.EOF {
		x.eof = true
		return nil
	}
	return err
}

// within finds what ends a tag, reading on where it has to; at is counted from from.
func (x *xmlReader) within(find func([]byte) int) (at int, err error) {
	for {
		if at = find(x.buf[x.from:x.to]); at >= 0 {
			return at, nil
		}
		if x.eof {
			return 0, io.ErrUnexpectedEOF
		}
		if err := x.fill(); err != nil {
			return 0, err
		}
	}
}

// readTag reads the tag at from; skip is true for what is no element.
func (x *xmlReader) readTag() (kind xmlKind, skip bool, err error) {
	if _, err := x.within(func(b []byte) int { return min(0, len(b)-2) }); err != nil {
		return 0, false, err
	}
	switch x.buf[x.from+1] {
	case '?':
		return 0, true, x.skipTo("?>")
	case '!':
		return 0, true, x.readMark()
	}
	end, err := x.within(tagEnd)
	if err != nil {
		return 0, false, err
	}
	tag := x.buf[x.from+1 : x.from+end]
	x.from += end + 1
	if len(tag) > 0 && tag[0] == '/' {
		x.name = local(bytes.TrimRight(tag[1:], " \t\r\n"))
		if len(x.open) == 0 || !bytes.Equal(x.names[x.open[len(x.open)-1]:], x.name) {
			return 0, false, errXML
		}
		return xmlClose, false, x.pop()
	}
	if len(tag) > 0 && tag[len(tag)-1] == '/' {
		tag, x.empty = tag[:len(tag)-1], true
	}
	x.tag = tag
	space := bytes.IndexAny(tag, " \t\r\n")
	if space < 0 {
		space = len(tag)
	}
	return xmlStart, false, x.push(local(tag[:space]))
}

// tagEnd finds the > that ends a tag, which is none within quotes.
func tagEnd(b []byte) int {
	end := bytes.IndexByte(b, '>')
	if end < 0 || bytes.IndexByte(b[:end], '"') < 0 && bytes.IndexByte(b[:end], '\'') < 0 {
		return end
	}
	var quote byte
	for i, c := range b {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i
		}
	}
	return -1
}

func local(name []byte) []byte {
	if colon := bytes.IndexByte(name, ':'); colon >= 0 {
		return name[colon+1:]
	}
	return name
}

func (x *xmlReader) push(name []byte) error {
	if len(x.open) == maxDeep || len(name) == 0 {
		return errXML
	}
	x.open = append(x.open, len(x.names))
	x.names = append(x.names, name...)
	x.name = x.names[len(x.names)-len(name):]
	return nil
}

// pop closes the innermost element, whose name stays readable until the next tag.
func (x *xmlReader) pop() error {
	at := x.open[len(x.open)-1]
	x.name = x.names[at:]
	x.names, x.open = x.names[:at], x.open[:len(x.open)-1]
	return nil
}

// readMark reads a comment or a section of plain text; a DOCTYPE is refused.
func (x *xmlReader) readMark() error {
	if _, err := x.within(func(b []byte) int { return min(0, len(b)-9) }); err != nil {
		return errXML
	}
	head := x.buf[x.from : x.from+9]
	switch {
	case bytes.HasPrefix(head, []byte("<!--")):
		x.from += 4
		return x.skipTo("-->")
	case string(head) == "<![CDATA[":
		x.from += 9
		return x.plain()
	}
	return errXML
}

// skipTo goes behind a sign, in pieces.
func (x *xmlReader) skipTo(sign string) error {
	for {
		if at := bytes.Index(x.buf[x.from:x.to], []byte(sign)); at >= 0 {
			x.from += at + len(sign)
			return nil
		}
		x.from = max(x.from, x.to-len(sign)+1)
		if x.eof {
			return io.ErrUnexpectedEOF
		}
		if err := x.fill(); err != nil {
			return err
		}
	}
}

// plain reads a section in which nothing is marked up, in pieces.
func (x *xmlReader) plain() error {
	for {
		at := bytes.Index(x.buf[x.from:x.to], []byte("]]>"))
		end := x.from + at
		if at < 0 {
			end = max(x.from, x.to-2)
		}
		x.put(x.buf[x.from:end])
		x.from = end
		if at >= 0 {
			x.from += 3
			return nil
		}
		if x.eof {
			return io.ErrUnexpectedEOF
		}
		if err := x.fill(); err != nil {
			return err
		}
	}
}

func (x *xmlReader) put(b []byte) {
	if !x.keep {
		return
	}
	if room := x.longest - len(x.text); len(b) > room {
		b, x.long = b[:room], true
	}
	x.text = append(x.text, b...)
}

// addText keeps text with its entities replaced.
func (x *xmlReader) addText(b []byte) error {
	if !x.keep {
		return nil
	}
	for {
		amp := bytes.IndexByte(b, '&')
		if amp < 0 {
			x.put(b)
			return nil
		}
		x.put(b[:amp])
		end := bytes.IndexByte(b[amp:], ';')
		if end < 0 {
			return errXML
		}
		sign, ok := entity(string(b[amp+1 : amp+end]))
		if !ok {
			return errXML
		}
		x.put([]byte(sign))
		b = b[amp+end+1:]
	}
}

// skip goes behind the end of the element whose start was just read.
func (x *xmlReader) skip() error {
	for depth := x.depth(); x.depth() >= depth; {
		if _, err := x.next(); err != nil {
			return err
		}
	}
	return nil
}
