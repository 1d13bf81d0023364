package tabular

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// ours walks a text with the reader of this package: tags, and the text of each
// element that has no other within.
func ours(in io.Reader) (out []string, err error) {
	x := newXMLReader(in)
	leaf := false
	for {
		kind, err := x.next()
		if err != nil {
			return nil, err
		}
		switch kind {
		case xmlEnd:
			return out, nil
		case xmlStart:
			out = append(out, fmt.Sprintf("<%s %s", x.name, x.attr("a")))
			x.collect()
			leaf = true
		case xmlClose:
			text := ""
			if leaf {
				text = string(x.collected())
			}
			out = append(out, fmt.Sprintf("%s>%s", x.name, text))
			leaf = false
		}
	}
}

// standard does the same with encoding/xml.
func standard(text string) (out []string, err error) {
	d := xml.NewDecoder(strings.NewReader(text))
	leaf, within := false, ""
	for {
		token, err := d.Token()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			a := ""
			for i := len(t.Attr) - 1; i >= 0; i-- {
				if t.Attr[i].Name.Local == "a" {
					a = t.Attr[i].Value
				}
			}
			out = append(out, fmt.Sprintf("<%s %s", t.Name.Local, a))
			leaf, within = true, ""
		case xml.CharData:
			within += string(t)
		case xml.EndElement:
			if !leaf {
				within = ""
			}
			out = append(out, fmt.Sprintf("%s>%s", t.Name.Local, within))
			leaf, within = false, ""
		case xml.Directive:
			return nil, errXML
		}
	}
}

var documents = []string{
	`<?xml version="1.0"?><x:a xmlns:x="y" a="1"><b a='2 "q"'>t &amp; &#65;&#x42;</b><c/><!-- n < m --><d><![CDATA[<&>]]></d></x:a>`,
	`<a><b  a = "x>y" /><b a="&lt;&quot;"></b  ></a>`,
	`<a>` + strings.Repeat("<b>text &amp; more</b>", 10_000) + `</a>`,
}

// However the text comes in, in pieces of any size, it is read alike and as
// encoding/xml reads it.
func TestTheXMLReaderReadsAsEncodingXMLDoes(t *testing.T) {
	for _, text := range documents {
		want, err := standard(text)
		if err != nil {
			t.Fatal(err)
		}
		for how, in := range map[string]io.Reader{"whole": strings.NewReader(text), "byte by byte": iotest.OneByteReader(strings.NewReader(text)), "by halves": iotest.HalfReader(strings.NewReader(text))} {
			got, err := ours(in)
			if err != nil || strings.Join(got, "|") != strings.Join(want, "|") {
				t.Errorf("%s %.60q: %v\n%.300q\n%.300q", how, text, err, got, want)
			}
		}
	}
}

func TestTheXMLReaderRefuses(t *testing.T) {
	for why, text := range map[string]string{
		"a DOCTYPE": `<!DOCTYPE a><a/>`, "an entity": `<a>&x;</a>`, "crossed tags": `<a><b></a></b>`, "an end without a start": `</a>`, "no end": `<a><b/>`,
		"an open tag": `<a`, "an open comment": `<a><!-- `, "an open section": `<a><![CDATA[`, "a tag of 2 MB": `<a b="` + strings.Repeat("x", 2<<20) + `"/>`,
		"deep nesting": strings.Repeat("<a>", 300),
	} {
		x := newXMLReader(strings.NewReader(text))
		x.collect()
		var err error
		for kind := xmlStart; err == nil && kind != xmlEnd; {
			kind, err = x.next()
		}
		if err == nil {
			t.Errorf("%s was read", why)
		}
	}
}

// A text of any length costs no more memory than a cell may have.
func TestALongTextIsNotKept(t *testing.T) {
	x := newXMLReader(io.MultiReader(strings.NewReader("<a>"), io.LimitReader(zeroes{}, 50<<20), strings.NewReader("</a>")))
	if _, err := x.next(); err != nil {
		t.Fatal(err)
	}
	x.collect()
	if kind, err := x.next(); kind != xmlClose || err != nil {
		t.Fatal(kind, err)
	}
	if text := x.collected(); len(text) != x.longest || !x.long || len(x.buf) > window {
		t.Errorf("%d bytes are kept, in a window of %d", len(text), len(x.buf))
	}
}

type zeroes struct{}

func (zeroes) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = '0'
	}
	return len(b), nil
}

// What encoding/xml takes is read alike here.
func FuzzXMLReader(f *testing.F) {
	for _, text := range documents[:2] {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ours(iotest.HalfReader(strings.NewReader(text)))
		want, stdErr := standard(text)
		if stdErr != nil || strings.Contains(text, "\r") || strings.Count(text, ":") > 0 {
			return // encoding/xml makes LF of CR, and knows more of prefixes
		}
		if err != nil {
			return // stricter, as with a DOCTYPE within a comment that is none
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q (-encoding/xml +here)\n%q\n%q", text, want, got)
		}
	})
}
