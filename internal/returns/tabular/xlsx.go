package tabular

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// xlsx reads a workbook of Excel, of either set of namespaces.
func (b *bookReader) xlsx() error {
	book := b.parts.target("", "officeDocument")
	if book == "" || b.parts.find(book) == nil {
		book = "xl/workbook.xml"
	}
	x := &xlsxReader{bookReader: b}
	var sheets []xlsxSheet
	err := b.parts.read(book, func(in io.Reader) error {
		return eachStart(in, func(r *xmlReader) error {
			switch string(r.name) {
			case "sheet":
				if len(sheets) == maxRelations {
					return errXML
				}
				state := string(r.attr("state"))
				sheets = append(sheets, xlsxSheet{name: clean(r.attr("name")), id: string(r.attr("id")), hidden: state == "hidden" || state == "veryHidden"})
			case "workbookPr":
				from1904 := string(r.attr("date1904"))
				x.from1904 = from1904 == "1" || from1904 == "true"
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	relations := map[string]relation{}
	for _, r := range b.parts.relations(book) {
		relations[r.id] = r
	}
	if err := x.sharedTexts(b.parts.target(book, "sharedStrings")); err != nil {
		return err
	}
	if x.from1904 {
		if err := x.styles(b.parts.target(book, "styles")); err != nil {
			return err
		}
	}
	for at, s := range sheets {
		if err := x.sheet(s, at, relations[s.id]); err != nil {
			return err
		}
	}
	return nil
}

type xlsxSheet struct {
	name, id string
	hidden   bool
}

type xlsxReader struct {
	*bookReader
	from1904 bool
	texts    []string // shared by the cells
	long     map[int]bool
	dates    []bool // for each style of cells, whether it shows a number as a day; for 1904 alone
}

const maxTexts = 4 << 20

// sharedTexts reads the texts that cells share. Readings aids above the
// characters (rPh) are no part of them.
func (x *xlsxReader) sharedTexts(part string) error {
	if part == "" || x.parts.find(part) == nil {
		return nil
	}
	x.long = map[int]bool{}
	return x.parts.read(part, func(in io.Reader) error {
		r := newXMLReader(in)
		for {
			kind, err := r.next()
			if err != nil || kind == xmlEnd {
				return err
			}
			if kind != xmlStart || string(r.name) != "si" {
				continue
			}
			text, cut, err := richText(r)
			if err != nil {
				return err
			}
			if cut {
				x.long[len(x.texts)] = true
			}
			if x.texts = append(x.texts, text); len(x.texts) > maxTexts {
				return refuse(fmt.Sprintf("The workbook holds more than %d different texts; no return does. Leave out what is not a return, or split it.", maxTexts))
			}
		}
	})
}

// richText gathers the t elements of the element whose start was just read.
func richText(r *xmlReader) (text string, cut bool, err error) {
	var whole []byte
	for depth := r.depth(); r.depth() >= depth; {
		kind, err := r.next()
		if err != nil {
			return "", false, err
		}
		switch {
		case kind == xmlStart && string(r.name) == "rPh":
			if err := r.skip(); err != nil {
				return "", false, err
			}
		case kind == xmlStart && string(r.name) == "t":
			r.collect()
		case kind == xmlClose && string(r.name) == "t":
			if part := r.collected(); len(whole)+len(part) <= r.longest {
				whole = append(whole, part...)
				cut = cut || r.long
			} else {
				cut = true
			}
		}
	}
	text = unescapeX(clean(whole))
	return text, tooLong(text, cut), nil
}

// unescapeX replaces the characters that Excel writes as _x000D_, because XML
// could not hold them.
func unescapeX(text string) string {
	at := strings.Index(text, "_x")
	if at < 0 {
		return text
	}
	var b strings.Builder
	for at >= 0 {
		b.WriteString(text[:at])
		text = text[at:]
		if len(text) >= 7 && text[6] == '_' {
			if n, err := strconv.ParseUint(text[2:6], 16, 32); err == nil {
				b.WriteString(sign(rune(n)))
				text = text[7:]
				at = strings.Index(text, "_x")
				continue
			}
		}
		b.WriteString(text[:2])
		text = text[2:]
		at = strings.Index(text, "_x")
	}
	b.WriteString(text)
	return b.String()
}

// styles finds which styles of cells show a number as a day.
func (x *xlsxReader) styles(part string) error {
	if part == "" || x.parts.find(part) == nil {
		return nil
	}
	custom, within := map[string]bool{}, false
	return x.parts.read(part, func(in io.Reader) error {
		return eachStart(in, func(r *xmlReader) error {
			switch string(r.name) {
			case "numFmt":
				custom[string(r.attr("numFmtId"))] = dateFormat(string(r.attr("formatCode")))
			case "cellStyleXfs", "cellXfs":
				within = string(r.name) == "cellXfs"
			case "xf":
				if within {
					id := string(r.attr("numFmtId"))
					n, err := strconv.Atoi(id)
					x.dates = append(x.dates, custom[id] || err == nil && (n >= 14 && n <= 22 || n >= 45 && n <= 47))
				}
			}
			return nil
		})
	})
}

// dateFormat tells a format of days from one of numbers: it names day, month or
// year outside of quotes and brackets.
func dateFormat(format string) bool {
	var within byte
	for i := 0; i < len(format); i++ {
		switch c := format[i]; {
		case within != 0:
			if c == within {
				within = 0
			}
		case c == '"':
			within = '"'
		case c == '[':
			within = ']'
		case c == '\\' || c == '_' || c == '*':
			i++
		case strings.IndexByte("dmyDMY", c) >= 0:
			return true
		}
	}
	return false
}
