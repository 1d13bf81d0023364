// Package xmlscan walks the XML files of the returns element by element, so
// that a file of 100 MB is never held as a tree. It refuses what no return
// holds and an attacker might send: a DOCTYPE, entities, deep nesting.
//
// It knows no return and no code; what the elements mean is the reader's
// business.
package xmlscan

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"stablefutures/internal/returns/shown"
)

const (
	maxDepth = 32    // the returns nest 7 deep
	maxText  = 4_000 // bytes kept of the text in one element; the longest field has 30
)

// Handler is told of each element. Depth is 1 for the root. An error ends the
// walk and is what Walk returns.
type Handler interface {
	Start(name string, depth int) error
	// End gives the element's own text, trimmed. leaf is false where the element
	// has children: then text is stray, and belongs to no field.
	End(name string, depth int, text string, leaf bool) error
}

// Walk reads the whole of data. Its own errors are plain English, each one line
// with the remedy.
func Walk(data []byte, h Handler) error {
	d, err := decoder(data)
	if err != nil {
		return err
	}
	var stack []frame
	began := false
	for {
		token, err := d.Token()
		if err == io.EOF {
			if !began {
				return errors.New("the file holds no XML elements: export the return again")
			}
			return nil
		}
		if err != nil {
			return broken(d, err)
		}
		switch t := token.(type) {
		case xml.Directive:
			return errors.New("the XML holds a DOCTYPE or entity declaration, which no return needs: export it without one")
		case xml.StartElement:
			began = true
			stack, err = enter(stack, t.Name.Local, h)
		case xml.EndElement:
			stack, err = leave(stack, h)
		case xml.CharData:
			if n := len(stack); n > 0 {
				stack[n-1].add(t)
			}
		}
		if err != nil {
			return err
		}
	}
}

// Sentence is an error of a walk as people read it: with a capital and a full stop.
func Sentence(err error) string {
	s := err.Error()
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + strings.TrimSuffix(s[size:], ".") + "."
}

type frame struct {
	name   string
	text   []byte // reused by the next element at this depth
	parent bool
}

func (f *frame) add(t []byte) {
	if room := maxText - len(f.text); room > 0 {
		f.text = append(f.text, t[:min(room, len(t))]...)
	}
}

func enter(stack []frame, name string, h Handler) ([]frame, error) {
	n := len(stack)
	if n == maxDepth {
		return stack, fmt.Errorf("the XML is nested more than %d deep, which no return is: export it again", maxDepth)
	}
	if n > 0 {
		stack[n-1].parent = true
	}
	if cap(stack) > n {
		stack = stack[:n+1]
		stack[n] = frame{name: name, text: stack[n].text[:0]}
	} else {
		stack = append(stack, frame{name: name})
	}
	return stack, h.Start(name, n+1)
}

func leave(stack []frame, h Handler) ([]frame, error) {
	n := len(stack)
	f := &stack[n-1]
	return stack[:n-1], h.End(f.name, n, string(bytes.TrimSpace(f.text)), !f.parent)
}

func decoder(data []byte) (*xml.Decoder, error) {
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	head := data[:min(len(data), 200)]
	if bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF")) || bytes.IndexByte(head, 0) >= 0 {
		return nil, errors.New("the file is in UTF-16, which is not read: save it as UTF-8")
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charset
	return d, nil
}

func charset(label string, in io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "us-ascii", "ascii", "windows-1252", "cp1252", "iso-8859-1", "latin1":
		return charmap.Windows1252.NewDecoder().Reader(in), nil
	case "iso-8859-15":
		return charmap.ISO8859_15.NewDecoder().Reader(in), nil
	}
	return nil, errCharset{label}
}

type errCharset struct{ label string }

func (e errCharset) Error() string {
	return "the XML says that it is written in " + shown.Within(e.label) + ", which is not read: save it as UTF-8"
}

// broken says where the XML stops making sense. The parser's own message may
// quote the file, so only its line is told.
func broken(d *xml.Decoder, err error) error {
	var label errCharset
	if errors.As(err, &label) {
		return label
	}
	line, _ := d.InputPos()
	if strings.Contains(err.Error(), "invalid UTF-8") {
		return fmt.Errorf("the XML says or leaves it understood that it is written in UTF-8, but line %d holds signs of another encoding, perhaps Windows-1252: export it as UTF-8, or with the encoding named in its first line", line)
	}
	if strings.Contains(err.Error(), "unexpected EOF") {
		return fmt.Errorf("the XML breaks off at line %d: the file is not complete, export or send it again", line)
	}
	if strings.Contains(err.Error(), "entity") {
		return fmt.Errorf("the XML uses an entity that is not part of XML at line %d: export it again without it", line)
	}
	return fmt.Errorf("the XML is not well formed at line %d: export it again", line)
}
