package tabular

import (
	"io"
	"strconv"
	"strings"

	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/shown"
)

// isODS tells an OpenDocument spreadsheet, as Ofsted's own template of Annex A is.
func (p parts) isODS() bool {
	if p.find("content.xml") == nil {
		return false
	}
	var kind strings.Builder
	if p.find("mimetype") == nil {
		return true
	}
	err := p.read("mimetype", func(in io.Reader) error {
		_, err := io.Copy(&kind, io.LimitReader(in, 200))
		return err
	})
	return err == nil && strings.Contains(kind.String(), "opendocument.spreadsheet")
}

// ods reads an OpenDocument spreadsheet: one part holds all its sheets.
func (b *bookReader) ods() error {
	locked := b.parts.find("encrypted-package") != nil
	if b.parts.find("META-INF/manifest.xml") != nil {
		err := b.parts.read("META-INF/manifest.xml", func(in io.Reader) error {
			return eachStart(in, func(x *xmlReader) error {
				locked = locked || string(x.name) == "encryption-data"
				return nil
			})
		})
		if err != nil {
			return err
		}
	}
	if locked {
		return refuse("The workbook is protected by a password. Save it without one and send it again.")
	}
	return b.parts.read("content.xml", func(in io.Reader) error {
		o := &odsReader{bookReader: b, xml: newXMLReader(in), hidden: map[string]bool{}}
		return o.all()
	})
}

type odsReader struct {
	*bookReader
	xml    *xmlReader
	style  string          // of tables, being read
	hidden map[string]bool // styles of tables that are not shown
	sheets int

	grid   *grid
	number int // rows so far
}

func (o *odsReader) all() error {
	spreadsheet := false
	for {
		kind, err := o.xml.next()
		if err != nil {
			return err
		}
		if kind == xmlEnd {
			if !spreadsheet {
				return o.parts.other()
			}
			return nil
		}
		if kind != xmlStart {
			continue
		}
		switch string(o.xml.name) {
		case "style":
			o.style = string(o.xml.attr("style:name"))
		case "table-properties":
			if string(o.xml.attr("table:display")) == "false" {
				o.hidden[o.style] = true
			}
		case "spreadsheet":
			spreadsheet = true
		case "table":
			if err := o.table(); err != nil {
				return err
			}
		}
	}
}

func (o *odsReader) table() error {
	hidden := o.hidden[string(o.xml.attr("table:style-name"))]
	o.grid = o.bookReader.grid(clean(o.xml.attr("table:name")), o.sheets)
	o.sheets++
	o.number = 0
	for depth := o.xml.depth(); o.xml.depth() >= depth; {
		kind, err := o.xml.next()
		if err != nil {
			return err
		}
		if kind == xmlStart && string(o.xml.name) == "table-row" {
			if err := o.row(); err != nil {
				return err
			}
		}
	}
	o.finish(o.grid, hidden)
	o.bookReader.sheet = ""
	return nil
}

// row reads a row, which may stand for several that are alike.
func (o *odsReader) row() error {
	times := max(whole(o.xml.attr("table:number-rows-repeated")), 1)
	o.grid.begin(o.number + 1)
	column := 0
	for depth := o.xml.depth(); o.xml.depth() >= depth; {
		kind, err := o.xml.next()
		if err != nil {
			return err
		}
		if name := string(o.xml.name); kind == xmlStart && (name == "table-cell" || name == "covered-table-cell") {
			if column, err = o.cell(column); err != nil {
				return err
			}
		}
	}
	for n := range times {
		kept := len(o.grid.rows)
		o.grid.keep(o.number + 1 + n)
		if len(o.grid.rows) == kept {
			break // blank, and so are the others; or too many
		}
	}
	o.number += times
	return nil
}

// cell reads a cell, which may stand for several that are alike, and gives the
// column behind it.
func (o *odsReader) cell(column int) (int, error) {
	times := max(whole(o.xml.attr("table:number-columns-repeated")), 1)
	formula := o.xml.attr("table:formula") != nil
	kind := string(o.xml.attr("office:value-type"))
	failed := string(o.xml.attr("calcext:value-type")) == "error"
	value := ""
	switch kind {
	case "float", "percentage", "currency":
		value = clean(o.xml.attr("office:value"))
		if number, err := strconv.ParseFloat(value, 64); err == nil {
			value = inFull(value, number)
		}
	case "date":
		value = clean(o.xml.attr("office:date-value"))
	case "boolean":
		value = strings.ToUpper(clean(o.xml.attr("office:boolean-value")))
	case "string":
		value = clean(o.xml.attr("office:string-value"))
	}
	o.spans(column)
	text, cut, err := o.paragraphs()
	if err != nil {
		return 0, err
	}
	switch {
	case tooLong(value, false) || cut:
		value = o.grid.longCell()
	case failed || value == "":
		value = text
	}
	if value == "" && formula && kind == "" {
		value = cell.NoResult
	}
	if value != "" {
		for n := range min(times, maxColumns+1) {
			o.grid.set(column+n, value)
		}
	}
	return min(column+times, 1<<20), nil
}

// spans notes a cell that covers its neighbours.
func (o *odsReader) spans(column int) {
	across, down := max(whole(o.xml.attr("table:number-columns-spanned")), 1), max(whole(o.xml.attr("table:number-rows-spanned")), 1)
	if across > 1 || down > 1 {
		row := o.grid.number
		o.grid.merged(shown.Letters(column)+strconv.Itoa(row), shown.Letters(column+across-1)+strconv.Itoa(row+down-1), row)
	}
}

// paragraphs gathers the text of the cell whose start was just read. Notes and
// drawings, which hang on cells, are no part of it.
func (o *odsReader) paragraphs() (text string, cut bool, err error) {
	var all []byte
	n := 0
	for depth := o.xml.depth(); o.xml.depth() >= depth; {
		kind, err := o.xml.next()
		if err != nil {
			return "", false, err
		}
		switch name := string(o.xml.name); {
		case kind == xmlStart && (name == "annotation" || name == "shapes" || name == "frame" || name == "table" || name == "ruby-text"):
			if err := o.xml.skip(); err != nil {
				return "", false, err
			}
		case kind == xmlStart && name == "p":
			o.xml.collect()
		case kind == xmlStart && name == "s":
			o.xml.put([]byte(strings.Repeat(" ", min(max(whole(o.xml.attr("text:c")), 1), 100))))
		case kind == xmlStart && name == "tab":
			o.xml.put([]byte("\t"))
		case kind == xmlStart && name == "line-break":
			o.xml.put([]byte("\n"))
		case kind == xmlClose && name == "p":
			if n++; n > 1 {
				all = append(all, '\n')
			}
			part := o.xml.collected()
			if cut = cut || o.xml.long || len(all)+len(part) > o.xml.longest; !cut {
				all = append(all, part...)
			}
		}
	}
	text = clean(all)
	return text, tooLong(text, cut), nil
}
