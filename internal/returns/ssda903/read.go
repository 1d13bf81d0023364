package ssda903

import (
	"fmt"
	"slices"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/tabular"
)

// maxUnknown is how many columns that are not the table's are told one by one.
const maxUnknown = 20

// Read reads a sheet that Recognise took for a table of this kind. The file's
// name is the caller's to add; what was noticed while the sheet was made from the
// file stands before what is noticed here.
func Read(sheet tabular.Sheet, kind table.Kind, opt table.Options) table.Table {
	out := table.Table{Kind: kind, Sheet: sheet.Name, Problems: slices.Clone(sheet.Problems), ReadAs: slices.Clone(sheet.ReadAs)}
	readRows(&out, sheet.Header, sheet.Rows, sheet.Number, opt)
	return out
}

// readRows reads a table of the given kind. number tells the row of the file, as
// a person sees it, at which a row stands.
func readRows(out *table.Table, header []string, rows [][]string, number func(i int) int, opt table.Options) {
	r := newReader(specOf(out.Kind), out, opt, len(rows))
	r.sheet, r.workbook = out.Sheet, out.Sheet != ""
	out.Rows = make([]care.Row, 0, len(rows))
	where := r.layout(header)
	cells := make([]string, len(where))
	for i, raw := range rows {
		blank := true
		for c, at := range where {
			cells[c] = ""
			if at >= 0 && at < len(raw) && raw[at] != "" {
				cells[c] = r.clean(c, raw[at])
				blank = blank && cells[c] == ""
			}
		}
		if !blank {
			r.row(number(i), cells, raw)
		}
	}
}

// layout finds where each column of the spec stands in the sheet's header; -1
// where it is missing. What is missing, unknown or there twice is told.
func (r *reader) layout(header []string) []int {
	where := make([]int, len(r.spec.columns))
	for i := range where {
		where[i] = -1
	}
	unknown := 0
	for at, name := range header {
		i, ok := r.spec.column(canonical(name))
		switch {
		case strings.TrimSpace(name) == "":
		case !ok || r.spec.columns[i].xmlOnly:
			if unknown++; unknown <= maxUnknown {
				r.tellHeader(name, "unknown-column", "The "+r.spec.name+" table has no such column: it is left out.")
			}
		case where[i] >= 0:
			r.tellHeader(name, "column-twice", "The column stands in the table twice: the first is read and this one left out.")
		default:
			where[i] = at
			r.names[i] = strings.TrimSpace(strings.TrimPrefix(name, "\uFEFF"))
		}
	}
	if unknown > maxUnknown {
		r.tellHeader("", "unknown-column", fmt.Sprintf("%d more columns are not of the %s table: they are left out.", unknown-maxUnknown, r.spec.name))
	}
	for i, c := range r.spec.columns {
		if where[i] < 0 && c.role == roleEnded {
			r.tellHeader(c.name, "missing-column", "The column is missing, so everything in the table reads as still going on: add it if anything has ended.")
		}
	}
	return where
}

func (r *reader) tellHeader(column, code, message string) {
	if len(column) > 60 {
		column = strings.ToValidUTF8(column[:60], "")
	}
	r.out.Problems = append(r.out.Problems, table.Problem{Sheet: r.sheet, Column: column, Code: code, Message: message})
}

// clean trims a cell; NULL, as some databases write it, is blank.
func (r *reader) clean(column int, cell string) string {
	cell = trim(cell)
	if len(cell) == 4 && (cell == "NULL" || cell == "null") {
		r.observed(column, cell, "")
		return ""
	}
	return cell
}

func trim(cell string) string {
	if n := len(cell); n > 0 && (edge(cell[0]) || edge(cell[n-1])) {
		return strings.TrimSpace(cell)
	}
	return cell
}

// edge tells a byte that may be part of a space.
func edge(c byte) bool { return c <= ' ' || c >= 0x80 }
