package ssda903

import (
	"fmt"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/shown"
	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/tabular"
)

// maxUnknown is how many columns that are not the table's are told one by one.
const maxUnknown = 20

// Read reads a sheet that Recognise took for a table of this kind. The file's
// name is the caller's to add; what was noticed while the sheet was made from the
// file stands before what is noticed here.
func Read(sheet tabular.Sheet, kind table.Kind, opt table.Options) table.Table {
	out := table.Table{Kind: kind, Sheet: sheet.Name, Problems: sheet.Problems}
	readRows(&out, sheet.Header, sheet.Rows, sheet.Number, opt)
	return out
}

// readRows reads a table of the given kind. number tells the row of the file, as
// a person sees it, at which a row stands.
func readRows(out *table.Table, header []string, rows [][]string, number func(i int) int, opt table.Options) {
	r := newReader(specOf(out.Kind), out, opt, len(rows))
	r.sheet, r.workbook = out.Sheet, out.Sheet != ""
	r.log.AddAll(out.Problems)
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
		// A row that has nothing in the table's own columns is a row all the same: it
		// has no child.
		if !blank || len(trimmed(raw)) > 0 {
			r.row(number(i), cells, raw)
		}
	}
	r.settle()
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
				r.tellHeader(shown.Column(name, at), "unknown-column", "The "+r.spec.name+" table has no such column: it is left out.")
			}
		case where[i] >= 0:
			r.tellHeader(r.names[i], "column-twice", "The column stands in the table twice: the first is read and this one left out.")
		default:
			where[i] = at
			r.names[i] = strings.Clone(strings.TrimSpace(strings.TrimPrefix(name, "\uFEFF")))
		}
	}
	if unknown > maxUnknown {
		r.tellHeader("", "unknown-column", fmt.Sprintf("%d more columns are not of the %s table: they are left out.", unknown-maxUnknown, r.spec.name))
	}
	r.tellMissing(where)
	return where
}

// tellMissing tells which columns are not there, in one line; and in a line of its
// own where their absence changes what the rows say.
func (r *reader) tellMissing(where []int) {
	var needed, others []string
	for i, c := range r.spec.columns {
		switch {
		case where[i] >= 0 || c.xmlOnly || c.role == roleDropped:
		case c.role.goesOn():
			r.tellHeader(c.name, "missing-column", "The column is missing, so everything in the table reads as still going on: add it if anything has ended.")
		case c.blank:
			others = append(others, c.name)
		default:
			needed = append(needed, c.name)
		}
	}
	if says := table.MissingColumns("SSDA903 table "+r.spec.name, needed, others); says != "" {
		r.tellHeader("", "missing-columns", says)
	}
}

func (r *reader) tellHeader(column, code, message string) {
	r.log.Add(table.Problem{Sheet: r.sheet, Column: column, Code: code, Message: message})
}

// clean trims a cell. A sign for an empty one is blank, and told; so is a failed
// formula, except where blank would say something: who it is, or that it still
// goes on.
func (r *reader) clean(column int, text string) string {
	text = trim(text)
	switch {
	case text == "":
	case cell.Failed(text):
		if role := r.spec.columns[column].role; role == roleChild || role == roleBegan || role.goesOn() {
			return text
		}
		r.blankFor(column, text)
		return ""
	case cell.Sign(text):
		r.blankFor(column, text)
		return ""
	}
	return text
}

// blankFor tells what was read as blank; what is never kept is not told either.
func (r *reader) blankFor(column int, text string) {
	if r.spec.columns[column].role != roleDropped {
		r.observed(column, shown.ReadAs(text), cell.Blank)
	}
}

func trim(text string) string {
	if n := len(text); n > 0 && (edge(text[0]) || edge(text[n-1])) {
		return strings.TrimSpace(text)
	}
	return text
}

// edge tells a byte that may be part of a space.
func edge(c byte) bool { return c <= ' ' || c >= 0x80 }

// OncePerChild tells the tables in which a child may stand only once.
func OncePerChild(kind table.Kind) bool {
	s := specOf(kind)
	return s != nil && s.once
}
