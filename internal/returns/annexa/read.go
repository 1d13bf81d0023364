package annexa

import (
	"fmt"
	"slices"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/date"
	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/tabular"
)

// maxUnknown is how many columns that are not the list's are told one by one.
const maxUnknown = 20

// Read reads a sheet that Recognise took for a list. The file's name is the
// caller's to add; what was noticed while the sheet was made from the file stands
// before what is noticed here.
func Read(sheet tabular.Sheet, kind table.Kind, opt table.Options) table.Table {
	out := table.Table{Kind: kind, Sheet: sheet.Name, Problems: slices.Clone(sheet.Problems), ReadAs: slices.Clone(sheet.ReadAs)}
	s := specOf(kind)
	if !s.used() {
		setAsideList(&out, s, sheet.Rows)
		return out
	}
	r := &reader{spec: s, out: &out, today: opt.Today, first: map[string]int{}, raw: map[string][]string{}, readAs: map[table.ReadAs]int{}}
	r.layout(sheet.Header)
	for i, raw := range sheet.Rows {
		if cells := r.pick(raw); !blank(cells) {
			r.row(sheet.Number(i), cells, raw)
		}
	}
	r.tellCounts()
	return out
}

// setAsideList counts the rows of a list that is not used.
func setAsideList(out *table.Table, s *spec, rows [][]string) {
	for _, row := range rows {
		if !blank(row) {
			out.RowsRead++
		}
	}
	out.RowsSetAside = out.RowsRead
	out.Problems = append(out.Problems, table.Problem{Sheet: out.Sheet, Code: "list-not-used",
		Message: fmt.Sprintf("List %s (%s) is not used: its rows were counted (%d) and set aside. There is nothing to mend.", s.number, s.name, out.RowsRead)})
}

// reader turns the rows of one list into facts. A row is set aside before
// anything of it is kept, or taken with single cells left blank.
type reader struct {
	spec  *spec
	out   *table.Table
	today date.Date
	where []int    // place of each column in a row; -1 where the file lacks it
	names []string // the file's own header of each column

	first  map[string]int      // key to the number of the row that has it
	raw    map[string][]string // key to that row's cells, to tell identical rows
	readAs map[table.ReadAs]int
	order  []table.ReadAs
}

// layout finds the columns, and tells what is missing or unknown.
func (r *reader) layout(header []string) {
	var unknown []int
	r.where, unknown = r.spec.layout(header)
	r.names = make([]string, len(r.where))
	for i, at := range r.where {
		c := &r.spec.columns[i]
		r.names[i] = c.name
		switch {
		case at >= 0:
			r.names[i] = header[at]
		case c.role == roleEnded:
			r.tellColumn(c.name, "missing-column", "The column is missing, so everything in the list reads as still going on: add it if anything has ended.")
		case c.role == roleUasc && r.spec.kind == List8:
			r.tellColumn(c.name, "missing-column", "The column is missing, so nobody in the list is known as an unaccompanied asylum-seeking child: add it.")
		}
	}
	for n, at := range unknown {
		if n == maxUnknown {
			r.tellColumn("", "unknown-column", fmt.Sprintf("%d more columns are not of list %s: they are left out.", len(unknown)-n, r.spec.number))
			break
		}
		r.tellColumn(header[at], "unknown-column", fmt.Sprintf("List %s has no such column, or has it once: it is left out.", r.spec.number))
	}
}

func (r *reader) tellColumn(name, code, message string) {
	if runes := []rune(strings.ToValidUTF8(name, "")); len(runes) > 120 {
		name = string(runes[:120])
	}
	r.out.Problems = append(r.out.Problems, table.Problem{Sheet: r.out.Sheet, Column: name, Code: code, Message: message})
}

// pick takes the cells of the list's columns out of a row, in their order. Cells
// that are never kept are not even looked at.
func (r *reader) pick(raw []string) []string {
	cells := make([]string, len(r.where))
	for i, at := range r.where {
		if at >= 0 && at < len(raw) && r.spec.columns[i].role != roleDropped {
			cells[i] = strings.TrimSpace(strings.ToValidUTF8(misread.Replace(raw[at]), "\uFFFD"))
		}
	}
	return cells
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// row reads one row that is not blank.
func (r *reader) row(number int, cells, raw []string) {
	r.out.RowsRead++
	row := rowState{number: number, cells: cells, fact: care.Fact{Kind: r.spec.fact}}
	f := r.begin(&row)
	if f == nil {
		f = r.name(&row, raw)
	}
	if f != nil {
		r.setAside(number, f)
		return
	}
	r.fill(&row)
	out := care.Row{Key: row.key, Child: row.child, Facts: row.facts(), Sheet: r.out.Sheet, Number: number}
	if row.who != (care.Identity{}) {
		out.Identity = &row.who
	}
	r.out.Rows = append(r.out.Rows, out)
	r.out.RowsTaken++
	r.happened(row.fact.Began)
	r.happened(row.fact.Ended)
}

// name gives the row its key; a fault where it is a copy of one taken before, or
// where the list may hold the child and the first day only once.
func (r *reader) name(row *rowState, raw []string) *fault {
	base := row.child
	if row.fact.Began.Known() {
		base += "|" + string(row.fact.Began)
	}
	row.key = base
	for n := 2; ; n++ {
		before, taken := r.first[row.key]
		if !taken {
			r.first[row.key], r.raw[row.key] = row.number, raw
			return nil
		}
		if slices.Equal(trimmed(r.raw[row.key]), trimmed(raw)) {
			return duplicateRow(before)
		}
		if r.spec.once {
			return duplicateChild(r.column(roleChild), before, r.spec.kind)
		}
		row.key = fmt.Sprintf("%s#%d", base, n)
	}
}

func trimmed(cells []string) []string {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// column is the place of the first column of a role in the spec.
func (r *reader) column(which role) int {
	return slices.IndexFunc(r.spec.columns, func(c column) bool { return c.role == which })
}

func (r *reader) ahead(d date.Date) bool { return r.today.Known() && d > r.today }

func (r *reader) happened(d date.Date) {
	if !r.ahead(d) {
		r.out.Years.Add(d)
	}
}
