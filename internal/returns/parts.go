package returns

import (
	"fmt"
	"slices"
	"strings"

	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/tabular"
)

// looked is how many rows are looked at to find the names of the columns.
const looked = 20

// firstRows are the rows of a sheet that may hold the names of the columns: that
// taken for the header, and those below it.
func firstRows(sheet tabular.Sheet) [][]string {
	return append([][]string{sheet.Header}, sheet.Rows[:min(len(sheet.Rows), looked-1)]...)
}

// seated finds the header of a sheet among its first rows, below titles and bands
// of headings; ok is false where no reader knows any of them. What stands above is
// told, unless it is a title of one cell.
func seated(sheet tabular.Sheet) (_ tabular.Sheet, ok bool) {
	for i, row := range firstRows(sheet) {
		if !knownAs(sheet.Name, row) {
			continue
		}
		if i == 0 {
			return sheet, true
		}
		below := sheet
		below.Header, below.HeaderRow = tabular.Names(row), sheet.Number(i-1)
		below.Rows = sheet.Rows[i:]
		below.Numbers = make([]int, len(below.Rows))
		for n := range below.Numbers {
			below.Numbers[n] = sheet.Number(i + n)
		}
		below.Problems = slices.DeleteFunc(slices.Clone(sheet.Problems), func(p table.Problem) bool { return p.Row > 0 && p.Row < below.HeaderRow })
		if withCells := wideRows(firstRows(sheet)[:i]); withCells > 0 {
			below.Problems = append(below.Problems, table.Problem{Sheet: sheet.Name, Row: below.HeaderRow, Code: "rows-above",
				Message: fmt.Sprintf("The names of the columns were found in row %d: what stands above them was left out.", below.HeaderRow)})
		}
		return below, true
	}
	return sheet, false
}

// wideRows counts the rows that have more than one filled cell.
func wideRows(rows [][]string) (n int) {
	for _, row := range rows {
		filled := 0
		for _, text := range row {
			if strings.TrimSpace(text) != "" {
				filled++
			}
		}
		if filled > 1 {
			n++
		}
	}
	return n
}

// parts takes a sheet apart where a header stands among its rows, as happens
// when several exports are put into one file. The same header again is told and
// left out; under another table's header a new part begins. In a CSV, a row with
// more cells than the table has columns is told: a comma in a cell without quotes
// has moved what stands behind it.
func parts(sheet tabular.Sheet) []tabular.Sheet {
	p := &parter{name: sheet.Name, out: []tabular.Sheet{sheet}}
	p.begin(0)
	p.last.Rows, p.last.Numbers = make([][]string, 0, len(sheet.Rows)), make([]int, 0, len(sheet.Rows))
	p.log.AddAll(sheet.Problems)
	for i, row := range sheet.Rows {
		p.row(row, sheet.Number(i))
	}
	p.end()
	return p.out
}

type parter struct {
	name string
	out  []tabular.Sheet
	last *tabular.Sheet // of out
	log  table.Log      // of last
	wide int            // columns of last
}

func (p *parter) begin(at int) {
	p.last, p.log = &p.out[at], table.Log{}
	p.wide = len(withoutBlankEnd(p.last.Header))
}

func (p *parter) end() { p.last.Problems = p.log.Problems() }

func (p *parter) row(row []string, number int) {
	if mayBeHeader(row, p.last.Header) {
		switch {
		case sameHeader(row, p.last.Header):
			p.tell(number, "header-again", fmt.Sprintf("Row %d repeats the column names, as where two exports were put into one file: it was not counted as a row.", number))
			return
		case knownAs("", row):
			p.end()
			p.out = append(p.out, tabular.Sheet{Name: p.name, Header: trimmed(row), HeaderRow: number, Numbers: []int{}})
			p.begin(len(p.out) - 1)
			p.tell(number, "another-table", fmt.Sprintf("Another table begins at row %d of this file: it was read by itself.", number))
			return
		}
	}
	if p.name == "" && len(row) > p.wide && len(withoutBlankEnd(row)) > p.wide {
		p.tell(number, "more-cells", fmt.Sprintf("Row %d has more cells than the table has columns: a comma or another mark within a cell may have moved what stands behind it. The row is read as it stands. Check it, and put such cells into quotation marks.", number))
	}
	p.last.Rows, p.last.Numbers = append(p.last.Rows, row), append(p.last.Numbers, number)
}

func (p *parter) tell(number int, code, message string) {
	p.log.Add(table.Problem{Sheet: p.name, Row: number, Code: code, Message: message})
}

// mayBeHeader tells rows apart cheaply: nearly every row of data has a figure in
// it, and hardly a column name does.
func mayBeHeader(row, header []string) bool {
	if len(row) > 0 && len(header) > 0 && strings.EqualFold(strings.TrimSpace(row[0]), header[0]) {
		return true
	}
	for _, cell := range row {
		if strings.ContainsAny(cell, "0123456789") {
			return false
		}
	}
	return true
}

func sameHeader(row, header []string) bool {
	return slices.EqualFunc(trimmed(row), withoutBlankEnd(header), strings.EqualFold)
}

// knownAs tells whether a row is the header of a table that some reader knows.
func knownAs(sheetName string, row []string) bool {
	for _, r := range readers {
		if _, ok := r.recognise(sheetName, trimmed(row)); ok {
			return true
		}
	}
	return false
}

// trimmed is a row as the header of a sheet is kept; blank cells at its end,
// which stand below a wider table, are no columns.
func trimmed(row []string) []string { return withoutBlankEnd(tabular.Names(row)) }

func withoutBlankEnd(row []string) []string {
	for len(row) > 0 && strings.TrimSpace(row[len(row)-1]) == "" {
		row = row[:len(row)-1]
	}
	return row
}
