package tabular

import (
	"bytes"
	"io"
	"math"
	"strconv"
	"strings"

	"stablefutures/internal/returns/cell"
)

// sheet reads one sheet, in one pass.
func (x *xlsxReader) sheet(s xlsxSheet, at int, r relation) error {
	if strings.HasSuffix(r.kind, "/chartsheet") || strings.HasSuffix(r.kind, "/dialogsheet") || strings.HasSuffix(r.kind, "/xlMacrosheet") {
		return nil // no table
	}
	g := x.grid(s.name, at)
	if x.parts.find(r.target) == nil {
		x.leaveOut("sheet-not-there", "Sheet "+g.name+" is named in the workbook, but is not in it: it was left out. Open the workbook in Excel, save it and send it again.")
		return nil
	}
	read := &xlsxCells{xlsxReader: x, grid: g, numbers: map[string]string{}}
	if err := x.parts.read(r.target, read.all); err != nil {
		return err
	}
	x.finish(g, s.hidden)
	x.bookReader.sheet = ""
	return nil
}

// xlsxCells reads the cells of one sheet.
type xlsxCells struct {
	*xlsxReader
	*grid
	xml     *xmlReader
	numbers map[string]string // figures seen, so that a column of one value costs it once
	column  int               // of the cell being read, from 0
}

func (c *xlsxCells) all(in io.Reader) error {
	c.xml = newXMLReader(in)
	root := true
	number := 0
	for {
		kind, err := c.xml.next()
		switch {
		case err != nil:
			return err
		case kind == xmlEnd:
			if root {
				return errXML
			}
			return nil
		case kind != xmlStart:
			continue
		}
		root = false
		switch string(c.xml.name) {
		case "row":
			number++
			if n := whole(c.xml.attr("r")); n > 0 {
				number = n
			}
			err = c.oneRow(number)
		case "mergeCell":
			c.merge(string(c.xml.attr("ref")))
		}
		if err != nil {
			return err
		}
	}
}

func (c *xlsxCells) oneRow(number int) error {
	c.begin(number)
	c.column = -1
	for depth := c.xml.depth(); c.xml.depth() >= depth; {
		kind, err := c.xml.next()
		if err != nil {
			return err
		}
		if kind == xmlStart && string(c.xml.name) == "c" {
			if err := c.oneCell(); err != nil {
				return err
			}
		}
	}
	c.end()
	return nil
}

// oneCell reads a cell. A formula without a result is none of its values; a
// formula whose result is the empty text is blank.
func (c *xlsxCells) oneCell() error {
	c.column++
	if at, ok := columnOf(c.xml.attr("r")); ok {
		c.column = at
	}
	kind := kindOf(c.xml.attr("t"))
	style := -1
	if c.from1904 {
		style = max(whole(c.xml.attr("s")), 0)
	}
	formula, text, cut := false, "", false
	for depth := c.xml.depth(); c.xml.depth() >= depth; {
		tag, err := c.xml.next()
		if err != nil {
			return err
		}
		switch name := c.xml.name; {
		case tag == xmlStart && len(name) == 1 && name[0] == 'v':
			c.xml.collect()
		case tag == xmlClose && len(name) == 1 && name[0] == 'v':
			if text, cut, err = c.value(kind, c.xml.collected(), style); err != nil {
				return err
			}
			if kind == kindText && text == "" {
				formula = false
			}
		case tag == xmlStart && len(name) == 1 && name[0] == 'f':
			formula = true
		case tag == xmlStart && string(name) == "is":
			if text, cut, err = richText(c.xml); err != nil {
				return err
			}
			formula = false
		}
	}
	switch {
	case cut:
		text = c.longCell()
	case text == "" && formula:
		text = cell.NoResult
	}
	c.set(c.column, text)
	return nil
}

// kinds of cells.
type cellKind uint8

const (
	kindNumber cellKind = iota
	kindShared
	kindText
	kindFlag
	kindError
	kindDay
)

func kindOf(t []byte) cellKind {
	switch string(t) {
	case "s":
		return kindShared
	case "str", "inlineStr":
		return kindText
	case "b":
		return kindFlag
	case "e":
		return kindError
	case "d":
		return kindDay
	}
	return kindNumber
}

// value is a cell's value as text; cut tells one that is longer than a cell can be.
func (c *xlsxCells) value(kind cellKind, v []byte, style int) (text string, cut bool, err error) {
	switch kind {
	case kindShared:
		n := whole(v)
		if n < 0 || n >= len(c.texts) {
			return "", false, errXML
		}
		return c.texts[n], c.long[n], nil
	case kindFlag:
		if len(v) == 1 && v[0] == '1' || string(v) == "true" {
			return "TRUE", false, nil
		}
		return "FALSE", false, nil
	case kindNumber:
		if text, ok := c.figures(v, style); ok {
			return text, false, nil
		}
	}
	text = unescapeX(clean(v))
	return text, tooLong(text, c.xml.long), nil
}

// figures is a number as a person would write it; ok is false where the value is
// none. Days of a workbook that counts from 1904 become those of the 1900 system.
func (c *xlsxCells) figures(v []byte, style int) (text string, ok bool) {
	if text, ok := c.numbers[string(v)]; ok && style < 0 {
		return text, true
	}
	number, err := strconv.ParseFloat(string(bytes.TrimSpace(v)), 64)
	switch {
	case err != nil:
		return "", false
	case style >= 0 && style < len(c.dates) && c.dates[style]:
		const between = 1462 // days from 1 January 1900 to 1 January 1904, as Excel counts them
		return strconv.FormatFloat(number+between, 'f', -1, 64), true
	}
	text = inFull(string(bytes.TrimSpace(v)), number)
	if len(c.numbers) < 1<<16 {
		c.numbers[text] = text
	}
	return text, true
}

// inFull writes a whole number that the file has in another form (1E5) in full, as
// long as no figure is lost.
func inFull(text string, number float64) string {
	if strings.ContainsAny(text, "eE") && number == math.Trunc(number) && math.Abs(number) < 1e15 {
		return strconv.FormatFloat(number, 'f', -1, 64)
	}
	return text
}

func (c *xlsxCells) merge(ref string) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok || from == to {
		return
	}
	digits := strings.TrimLeft(from, "$ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	if n := whole([]byte(digits)); n > 0 && len(ref) < 30 && strings.Trim(to, "$ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == "" {
		c.merged(from, to, n)
	}
}

// whole reads a whole number; -1 for anything else.
func whole(b []byte) int {
	if len(b) == 0 || len(b) > 9 {
		return -1
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// columnOf is the column of a cell's place, such as B12, from 0.
func columnOf(ref []byte) (int, bool) {
	n := 0
	for i, c := range ref {
		if c < 'A' || c > 'Z' {
			return n - 1, i > 0 && i < 5
		}
		n = n*26 + int(c-'A') + 1
		if i > 6 {
			return 0, false
		}
	}
	return 0, false
}
