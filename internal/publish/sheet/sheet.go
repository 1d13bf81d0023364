// Package sheet writes tables as xlsx and CSV, as they leave the case level:
// what is to be kept back was kept back before. A cell that begins like a
// formula is written so that no spreadsheet runs it.
//
// Nothing is counted, suppressed or worded here.
package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Book is a few tables that belong together.
type Book struct {
	Notes  []string // what whoever reads the numbers must know
	Tables []Table
}

// Table is a table with its columns. A cell is a string or an int.
type Table struct {
	Name string // of the sheet: at most 31 letters
	Head []string
	Rows [][]any

	Widths []float64 // of the columns, in letters; 26 each where nil
	Wrap   bool      // long texts go on in the next line, and the head stays in sight; cells are texts, whatever is typed
}

// afterSeparator finds where a spreadsheet that parts a note at commas or
// semicolons would find something to run.
var afterSeparator = regexp.MustCompile(`([,;])([=+\-@＝＋－＠])`)

// CSV writes the first table, with the notes before it as lines that begin with
// a hash sign and a blank.
func CSV(w io.Writer, b Book) error {
	out := csv.NewWriter(w)
	for _, note := range b.Notes {
		line := afterSeparator.ReplaceAllString(strings.Join(strings.Fields(note), " "), "$1 $2")
		if _, err := fmt.Fprintf(w, "# %s\r\n", line); err != nil {
			return err
		}
	}
	out.UseCRLF = true
	t := b.Tables[0]
	if err := out.Write(t.Head); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = fmt.Sprint(guarded(cell))
		}
		if err := out.Write(cells); err != nil {
			return fmt.Errorf("write the table: %w", err)
		}
	}
	out.Flush()
	return out.Error()
}

// XLSX writes a sheet a table, and the notes on a sheet of their own at the front.
func XLSX(w io.Writer, b Book) (err error) {
	f := excelize.NewFile()
	defer func() {
		if closed := f.Close(); err == nil && closed != nil {
			err = closed
		}
	}()
	const about = "About"
	if err := f.SetSheetName("Sheet1", about); err != nil {
		return err
	}
	if err := f.SetColWidth(about, "A", "A", 110); err != nil {
		return err
	}
	for n, note := range b.Notes {
		if err := f.SetCellStr(about, fmt.Sprint("A", n+1), note); err != nil {
			return err
		}
	}
	for _, t := range b.Tables {
		if err := writeTable(f, t); err != nil {
			return fmt.Errorf("write the sheet %s: %w", t.Name, err)
		}
	}
	f.SetActiveSheet(1)
	return f.Write(w)
}

func writeTable(f *excelize.File, t Table) error {
	if _, err := f.NewSheet(t.Name); err != nil {
		return err
	}
	out, err := f.NewStreamWriter(t.Name)
	if err != nil {
		return err
	}
	body, err := layOut(f, out, t)
	if err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	head := make([]any, len(t.Head))
	for i, h := range t.Head {
		head[i] = excelize.Cell{StyleID: bold, Value: h}
	}
	if err := out.SetRow("A1", head); err != nil {
		return err
	}
	for n, row := range t.Rows {
		cells := make([]any, len(row))
		for i, cell := range row {
			cells[i] = excelize.Cell{StyleID: body, Value: guarded(cell)}
		}
		if err := out.SetRow(fmt.Sprint("A", n+2), cells); err != nil {
			return err
		}
	}
	return out.Flush()
}

// layOut sets the columns of a table, and gives the style of its cells.
func layOut(f *excelize.File, out *excelize.StreamWriter, t Table) (style int, err error) {
	for n := range t.Head {
		width := 26.0
		if n < len(t.Widths) {
			width = t.Widths[n]
		}
		if err := out.SetColWidth(n+1, n+1, width); err != nil {
			return 0, err
		}
	}
	if !t.Wrap {
		return 0, nil
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return 0, err
	}
	const asText = 49 // the format "@"
	return f.NewStyle(&excelize.Style{NumFmt: asText, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
}

// guarded puts an apostrophe before text that a spreadsheet would run.
func guarded(cell any) any {
	if text, ok := cell.(string); ok && Runs(text) {
		return "'" + text
	}
	return cell
}

// Runs tells a text that a spreadsheet may take for a formula by the sign with which
// it begins, which East Asian settings also know in its wide form.
func Runs(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return text != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first)
}
