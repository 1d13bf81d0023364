package annexa

import (
	"fmt"
	"slices"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/date"
	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/shown"
	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/tabular"
)

// maxUnknown is how many columns that are not the list's are told one by one.
const maxUnknown = 20

// Read reads a sheet that Recognise took for a list. The file's name is the
// caller's to add; what was noticed while the sheet was made from the file stands
// before what is noticed here.
func Read(sheet tabular.Sheet, kind table.Kind, opt table.Options) table.Table {
	out := table.Table{Kind: kind, Sheet: sheet.Name, Problems: sheet.Problems}
	s := specOf(kind)
	if !s.used() {
		setAsideList(&out, s, sheet.Rows)
		return out
	}
	r := &reader{
		spec: s, out: &out, today: opt.Today, days: cell.Days(), first: map[string]int{}, others: map[string][]int{},
		readAs: map[readAsKey]int{}, entries: map[readAsKey]int{}, distinct: make([]int, len(s.columns)), meanings: map[meaningKey]meaning{},
	}
	r.log.AddAll(sheet.Problems)
	r.layout(sheet.Header)
	for i, raw := range sheet.Rows {
		// A row that has nothing in the columns that are read is a row all the same:
		// it has no child.
		if cells := r.pick(raw); !blank(cells) || !blank(raw) {
			r.row(sheet.Number(i), cells, raw)
		}
	}
	r.settle()
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
	days  *cell.Calendar
	log   table.Log
	where []int    // place of each column in a row; -1 where the file lacks it
	names []string // the file's own header of each column

	first  map[string]int   // key to the place of the row that has it
	others map[string][]int // the same of further rows of a key
	raw    [][]string       // cells of the rows taken, to tell identical rows

	readAs   map[readAsKey]int // place in out.ReadAs, by the value as it stands
	entries  map[readAsKey]int // the same, by the value as it is shown
	distinct []int             // entries of each column

	meanings map[meaningKey]meaning
}

type readAsKey struct {
	column            int
	observed, takenAs string
}

// layout finds the columns, and tells what is missing or unknown.
func (r *reader) layout(header []string) {
	var unknown []int
	r.where, unknown = r.spec.layout(header)
	r.names = make([]string, len(r.where))
	var needed, others []string
	for i, at := range r.where {
		c := &r.spec.columns[i]
		r.names[i] = c.name
		switch {
		case at >= 0:
			if name := strings.TrimSpace(header[at]); shown.Known(name) {
				r.names[i] = strings.Clone(name)
			}
		case c.role == roleDropped:
		case c.role == roleEnded:
			r.tellColumn(c.name, "missing-column", "The column is missing, so everything in the list reads as still going on: add it if anything has ended.")
		case c.role == roleUasc && r.spec.kind == List8:
			r.tellColumn(c.name, "missing-column", "The column is missing, so nobody in the list is known as an unaccompanied asylum-seeking child: add it.")
		case c.blank:
			others = append(others, c.name)
		default:
			needed = append(needed, c.name)
		}
	}
	if says := table.MissingColumns("list "+r.spec.number+" of Annex A", needed, others); says != "" {
		r.tellColumn("", "missing-columns", says)
	}
	for n, at := range unknown {
		if n == maxUnknown {
			r.tellColumn("", "unknown-column", fmt.Sprintf("%d more columns are not of list %s: they are left out.", len(unknown)-n, r.spec.number))
			break
		}
		r.tellColumn(shown.Column(header[at], at), "unknown-column", fmt.Sprintf("List %s has no such column, or has it once: it is left out.", r.spec.number))
	}
}

func (r *reader) tellColumn(name, code, message string) {
	r.log.Add(table.Problem{Sheet: r.out.Sheet, Column: name, Code: code, Message: message})
}

// pick takes the cells of the list's columns out of a row, in their order. Cells
// that are never kept are not even looked at.
func (r *reader) pick(raw []string) []string {
	cells := make([]string, len(r.where))
	for i, at := range r.where {
		if at >= 0 && at < len(raw) && r.spec.columns[i].role != roleDropped {
			cells[i] = strings.TrimSpace(strings.ToValidUTF8(cell.Misread(raw[at]), "\uFFFD"))
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
	r.out.Rows, r.raw = append(r.out.Rows, out), append(r.raw, raw)
	r.out.RowsTaken++
	r.happened(row.fact.Began)
	if !r.ahead(row.fact.Ended) {
		r.out.Years.AddEnd(row.fact.Ended)
	}
}

// name gives the row its key; a fault where it is a copy of one taken before, or
// where the list may hold the child and the first day only once.
func (r *reader) name(row *rowState, raw []string) *fault {
	row.child = strings.Clone(row.child) // apart from the file's memory
	base := row.child
	if row.fact.Began.Known() {
		base += "|" + string(row.fact.Began)
	}
	place := len(r.out.Rows)
	first, taken := r.first[base]
	if !taken {
		r.first[base], row.key = place, base
		return nil
	}
	others := r.others[base]
	for _, before := range append([]int{first}, others...) {
		if slices.Equal(trimmed(r.raw[before]), trimmed(raw)) {
			return duplicateRow(r.out.Rows[before].Number)
		}
	}
	if r.spec.once {
		return duplicateChild(r.column(roleChild), r.out.Rows[first].Number, r.spec.kind)
	}
	r.others[base] = append(others, place)
	row.key = fmt.Sprintf("%s#%d", base, len(others)+2)
	return nil
}

// settle ends the list. Rows of one key get their ordinals by what they say and
// not by where they stand, so that rows in another order are the same rows.
func (r *reader) settle() {
	for base, others := range r.others {
		places := append([]int{r.first[base]}, others...)
		slices.SortStableFunc(places, func(a, b int) int { return slices.Compare(trimmed(r.raw[a]), trimmed(r.raw[b])) })
		for n, place := range places {
			r.out.Rows[place].Key = base
			if n > 0 {
				r.out.Rows[place].Key = fmt.Sprintf("%s#%d", base, n+1)
			}
		}
	}
	r.out.Problems = r.log.Problems()
}

// OncePerChild tells the lists in which a child may stand only once with one first
// day.
func OncePerChild(kind table.Kind) bool {
	s := specOf(kind)
	return s != nil && s.once
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
