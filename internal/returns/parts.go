package returns

import (
	"fmt"
	"slices"
	"strings"

	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/tabular"
)

// parts takes a sheet apart where a header stands among its rows, as happens
// when several exports are put into one file. The same header again is told and
// left out; under another table's header a new part begins.
func parts(sheet tabular.Sheet) []tabular.Sheet {
	out := []tabular.Sheet{sheet}
	last := &out[0]
	last.Rows, last.Numbers = nil, nil
	for i, row := range sheet.Rows {
		number := sheet.Number(i)
		switch {
		case !mayBeHeader(row, last.Header):
			last.Rows, last.Numbers = append(last.Rows, row), append(last.Numbers, number)
		case sameHeader(row, last.Header):
			last.Problems = append(last.Problems, table.Problem{Sheet: sheet.Name, Row: number, Code: "header-again",
				Message: fmt.Sprintf("Row %d repeats the column names, as where two exports were put into one file: it was not counted as a row.", number)})
		case known(row):
			out = append(out, tabular.Sheet{Name: sheet.Name, Header: trimmed(row), HeaderRow: number})
			last = &out[len(out)-1]
			last.Problems = []table.Problem{{Sheet: sheet.Name, Row: number, Code: "another-table",
				Message: fmt.Sprintf("Another table begins at row %d of this file: it was read by itself.", number)}}
		default:
			last.Rows, last.Numbers = append(last.Rows, row), append(last.Numbers, number)
		}
	}
	return out
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

// known tells whether a row is the header of a table that some reader knows.
func known(row []string) bool {
	for _, r := range readers {
		if _, ok := r.recognise("", trimmed(row)); ok {
			return true
		}
	}
	return false
}

// trimmed is a row as the header of a sheet is kept; blank cells at its end,
// which stand below a wider table, are no columns.
func trimmed(row []string) []string {
	out := make([]string, len(row))
	for i, cell := range row {
		out[i] = strings.TrimSpace(cell)
	}
	return withoutBlankEnd(out)
}

func withoutBlankEnd(row []string) []string {
	for len(row) > 0 && row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	return row
}
