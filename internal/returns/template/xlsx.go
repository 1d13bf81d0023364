package template

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	listRows   = 5000   // rows below the header in which a list of allowed words is offered
	cellLength = 32_767 // characters that a cell of a workbook holds
)

// writeXLSX writes the sheet to fill in and a second one that explains it. All
// cells are text, so that ids keep their zeros and days stay as they were typed.
func writeXLSX(w io.Writer, b book) (err error) {
	f := excelize.NewFile()
	defer func() {
		if closed := f.Close(); err == nil && closed != nil {
			err = fmt.Errorf("close the workbook: %w", closed)
		}
	}()
	if err := f.SetSheetName("Sheet1", b.sheet); err != nil {
		return fmt.Errorf("name the sheet: %w", err)
	}
	styles, err := newStyles(f)
	if err != nil {
		return err
	}
	lists, err := writeHelp(f, b, styles)
	if err != nil {
		return err
	}
	if err := writeLists(f, b, lists); err != nil {
		return err
	}
	if err := writeRows(f, b, styles); err != nil {
		return err
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	return nil
}

type styles struct{ text, bold, wrapped int }

func newStyles(f *excelize.File) (s styles, err error) {
	const textFormat = 49 // "@"
	for _, style := range []struct {
		id *int
		is excelize.Style
	}{
		{&s.text, excelize.Style{NumFmt: textFormat, Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&s.bold, excelize.Style{NumFmt: textFormat, Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
		{&s.wrapped, excelize.Style{NumFmt: textFormat, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
	} {
		if *style.id, err = f.NewStyle(&style.is); err != nil {
			return s, fmt.Errorf("make the workbook's styles: %w", err)
		}
	}
	return s, nil
}

func writeRows(f *excelize.File, b book, s styles) error {
	out, err := f.NewStreamWriter(b.sheet)
	if err != nil {
		return fmt.Errorf("open the sheet: %w", err)
	}
	if err := out.SetColStyle(1, len(b.columns), s.text); err != nil {
		return fmt.Errorf("set the columns: %w", err)
	}
	if err := out.SetColWidth(1, len(b.columns), 22); err != nil {
		return fmt.Errorf("set the columns: %w", err)
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}); err != nil {
		return fmt.Errorf("freeze the header: %w", err)
	}
	if err := setRow(out, 1, b.header(), s.bold); err != nil {
		return err
	}
	var failed error
	n := 1
	b.each(func(cells []string) bool {
		n++
		for i := range cells {
			cells[i] = guard(cells[i])
		}
		failed = setRow(out, n, cells, s.text)
		return failed == nil
	})
	if failed != nil {
		return failed
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write the sheet: %w", err)
	}
	return nil
}

func setRow(out *excelize.StreamWriter, n int, cells []string, style int) error {
	values := make([]any, len(cells))
	for i, cell := range cells {
		if len(cell) > cellLength && len([]rune(cell)) > cellLength {
			return fmt.Errorf("row %d holds more text in one cell than a workbook can (%d characters): export it as CSV", n, cellLength)
		}
		values[i] = excelize.Cell{StyleID: style, Value: cell}
	}
	if err := out.SetRow(fmt.Sprintf("A%d", n), values); err != nil {
		return fmt.Errorf("write row %d: %w", n, err)
	}
	return nil
}

// writeHelp writes the second sheet: a line a column, and to the right, for the
// lists, the allowed words downwards. It gives the range of each list.
func writeHelp(f *excelize.File, b book, s styles) (map[string]string, error) {
	if _, err := f.NewSheet(HelpSheet); err != nil {
		return nil, fmt.Errorf("add the sheet of help: %w", err)
	}
	set := func(column, row int, value string, style int) error {
		cell, err := excelize.CoordinatesToCellName(column, row)
		if err == nil {
			err = f.SetCellStr(HelpSheet, cell, value)
		}
		if err == nil {
			err = f.SetCellStyle(HelpSheet, cell, cell, style)
		}
		if err != nil {
			return fmt.Errorf("write the sheet of help: %w", err)
		}
		return nil
	}
	ranges := map[string]string{}
	next := 5
	head := []string{"Column", "What to write", "What it may say"}
	for i, word := range head {
		if err := set(i+1, 3, word, s.bold); err != nil {
			return nil, err
		}
	}
	if err := set(1, 1, b.about, s.text); err != nil {
		return nil, err
	}
	for i, c := range b.columns {
		for at, word := range []string{c.label, c.help, strings.Join(c.allowed, "\n")} {
			if err := set(at+1, i+4, word, s.wrapped); err != nil {
				return nil, err
			}
		}
		if len(c.allowed) == 0 || c.several {
			continue
		}
		for at, word := range append([]string{c.label}, c.allowed...) {
			if err := set(next, at+3, word, s.text); err != nil {
				return nil, err
			}
		}
		name, err := excelize.ColumnNumberToName(next)
		if err != nil {
			return nil, fmt.Errorf("write the sheet of help: %w", err)
		}
		ranges[c.id] = fmt.Sprintf("'%s'!$%s$4:$%s$%d", HelpSheet, name, name, 3+len(c.allowed))
		next++
	}
	return ranges, f.SetColWidth(HelpSheet, "A", "C", 45)
}

// writeLists offers the allowed words as a list in each cell. Another word may
// still be typed: the reader says what it makes of it.
func writeLists(f *excelize.File, b book, ranges map[string]string) error {
	for i, c := range b.columns {
		source, ok := ranges[c.id]
		if !ok {
			continue
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return fmt.Errorf("offer the words of %q: %w", c.label, err)
		}
		list := excelize.NewDataValidation(true)
		list.Sqref = fmt.Sprintf("%s2:%s%d", name, name, listRows+1)
		list.SetSqrefDropList(source)
		list.SetError(excelize.DataValidationErrorStyleWarning, c.label, "The list holds the words that are read for certain. Other words may be set aside.")
		if err := f.AddDataValidation(b.sheet, list); err != nil {
			return fmt.Errorf("offer the words of %q: %w", c.label, err)
		}
	}
	return nil
}
