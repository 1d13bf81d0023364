package framework

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// The sheets of a workbook that holds an edition.
const (
	sheetEdition   = "Edition"
	sheetLanguages = "Languages"
	sheetScale     = "Scale"
	sheetItems     = "Items"
)

// The levels of the sheet Items. A row belongs to the nearest row of a higher
// level above it.
const (
	levelPrinciple = "principle"
	levelOutcome   = "outcome"
	levelIndicator = "indicator"
)

// The texts of a row that are the same for all audiences.
const (
	textShort  = "short"
	textPrompt = "prompt"
)

// The texts of a row, by sheet.
var (
	scaleTexts = []string{string(YoungPerson), string(Practitioner)}
	itemTexts  = []string{textShort, string(YoungPerson), string(Practitioner), textPrompt}
)

// column is one text of a row: which wording it is, and in which language. It
// stands in three cells: the text, its origin, its review.
type column struct {
	name string // "young-person", "practitioner", "short", "prompt"
	tag  string
}

func (c column) heading() string { return c.name + " [" + c.tag + "]" }

func (c column) headings() []string {
	return []string{c.heading(), c.heading() + " origin", c.heading() + " review"}
}

// columnsFor are the columns of texts in the order in which they are written.
func columnsFor(languages []Language, names ...string) []column {
	var list []column
	for _, l := range languages {
		for _, name := range names {
			list = append(list, column{name, l.Tag})
		}
	}
	return list
}

// WriteJSON writes the edition as its file stands in the project: indented JSON.
func WriteJSON(w io.Writer, e *Edition) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(e); err != nil {
		return fmt.Errorf("write the edition: %w", err)
	}
	return nil
}

// WriteWorkbook writes the edition as a workbook that Parse reads back whole:
// one row an item, with each text beside its origin and its review.
func WriteWorkbook(w io.Writer, e *Edition) (err error) {
	f := excelize.NewFile()
	defer func() {
		if closed := f.Close(); err == nil && closed != nil {
			err = fmt.Errorf("close the workbook: %w", closed)
		}
	}()
	for n, sheet := range []struct {
		name string
		rows [][]string
	}{
		{sheetEdition, editionRows(e)}, {sheetLanguages, languageRows(e)}, {sheetScale, scaleRows(e)}, {sheetItems, itemRows(e)},
	} {
		if n == 0 {
			err = f.SetSheetName("Sheet1", sheet.name)
		} else {
			_, err = f.NewSheet(sheet.name)
		}
		if err != nil {
			return fmt.Errorf("add the sheet %s: %w", sheet.name, err)
		}
		if err := writeSheet(f, sheet.name, sheet.rows); err != nil {
			return fmt.Errorf("write the sheet %s: %w", sheet.name, err)
		}
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	return nil
}

func writeSheet(f *excelize.File, name string, rows [][]string) error {
	const asText = 49 // the format "@", so that nothing typed is made a number or a day
	style, err := f.NewStyle(&excelize.Style{NumFmt: asText, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	if err := f.SetColStyle(name, "A:CV", style); err != nil {
		return err
	}
	if err := f.SetColWidth(name, "A", "CV", 26); err != nil {
		return err
	}
	for n, cells := range rows {
		for k, cell := range cells {
			at, err := excelize.CoordinatesToCellName(k+1, n+1)
			if err != nil {
				return err
			}
			if err := f.SetCellStr(name, at, cell); err != nil {
				return err
			}
		}
	}
	return f.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

func editionRows(e *Edition) [][]string {
	published := "no"
	if e.Published {
		published = "yes"
	}
	rows := [][]string{
		{"field", "value", "origin", "review"},
		{"id", e.ID}, {"version", e.Version}, {"published", published},
	}
	for _, texts := range []struct {
		name string
		is   Texts
	}{{"title", e.Title}, {"notice", e.Notice}, {"prompt", e.Prompt}} {
		for _, l := range e.Languages {
			if t, ok := texts.is[l.Tag]; ok {
				rows = append(rows, []string{texts.name + " [" + l.Tag + "]", t.Text, t.Origin, t.Review})
			}
		}
	}
	return rows
}

func languageRows(e *Edition) [][]string {
	rows := [][]string{{"tag", "name", "direction"}}
	for _, l := range e.Languages {
		rows = append(rows, []string{l.Tag, l.Name, l.Direction})
	}
	return rows
}

func scaleRows(e *Edition) [][]string {
	columns := columnsFor(e.Languages, scaleTexts...)
	rows := [][]string{header([]string{"kind", "id", "also"}, columns)}
	for _, a := range e.Scale.Answers {
		rows = append(rows, withTexts([]string{"answer", strconv.Itoa(a.Value), strings.Join(a.Also, "; ")}, columns, a.Title, nil, nil))
	}
	for _, s := range e.Scale.States {
		rows = append(rows, withTexts([]string{"state", s.ID, ""}, columns, s.Title, nil, nil))
	}
	return rows
}

func itemRows(e *Edition) [][]string {
	columns := columnsFor(e.Languages, itemTexts...)
	rows := [][]string{header([]string{"level", "id", "article", "drawing", "source"}, columns)}
	for _, p := range e.Principles {
		rows = append(rows, withTexts([]string{levelPrinciple, p.ID, strconv.Itoa(p.Article), "", ""}, columns, p.Title, nil, nil))
		for _, o := range p.Outcomes {
			rows = append(rows, withTexts([]string{levelOutcome, o.ID, "", o.Drawing, o.Source}, columns, o.Title, o.Short, o.Prompt))
			for _, i := range o.Indicators {
				rows = append(rows, withTexts([]string{levelIndicator, i.ID, "", "", ""}, columns, i.Title, nil, nil))
			}
		}
	}
	return rows
}

func header(first []string, columns []column) []string {
	for _, c := range columns {
		first = append(first, c.headings()...)
	}
	return first
}

func withTexts(first []string, columns []column, w Wording, short, prompt Texts) []string {
	for _, c := range columns {
		t := w[Audience(c.name)][c.tag]
		switch c.name {
		case textShort:
			t = short[c.tag]
		case textPrompt:
			t = prompt[c.tag]
		}
		first = append(first, t.Text, t.Origin, t.Review)
	}
	return first
}
