package ssda903

import (
	"slices"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/date"
	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/table"
)

// reader turns the cells of one table's rows into facts. It is made for a
// hundred thousand rows: no map is made per row, days and codes are shared
// strings, facts and details are cut from blocks.
//
// A row is either set aside, before anything of it is kept, or taken whole with
// single cells left blank; so nothing ever has to be undone.
type reader struct {
	spec  *spec
	names []string // the file's own header of each column of the spec
	sheet string   // what Row.Sheet and Problem.Sheet say
	unit  string   // "row", or "child" where numbers count Child elements
	days  *cell.Calendar
	today date.Date
	out   *table.Table
	log   table.Log

	workbook bool // cells come from a workbook, where days are serial numbers

	first  *keys            // the first row taken of each key
	others map[string][]int // where more than one row has the key: places of the further ones
	raw    [][]string       // cells of the rows taken, as in the file, to tell identical rows

	last       []string          // the code last found in each column: rows of one child stand together and repeat themselves
	readAs     map[readAsKey]int // place in out.ReadAs
	distinct   []int             // values in it, by column
	references map[string]string // references seen, kept apart from the file's memory
	blocks     blocks
}

type readAsKey struct {
	column   int
	observed string
}

// rowState is one row while it is read.
type rowState struct {
	number int
	child  string
	fact   care.Fact
	who    care.Identity
	home   string
	place  string
}

func newReader(s *spec, out *table.Table, opt table.Options, expected int) *reader {
	names := make([]string, len(s.columns))
	for i, c := range s.columns {
		names[i] = c.name
	}
	return &reader{
		spec: s, names: names, unit: "row", days: cell.Days(), today: opt.Today, out: out,
		first: newKeys(expected), others: map[string][]int{}, raw: make([][]string, 0, expected),
		last: make([]string, len(names)), distinct: make([]int, len(names)), readAs: map[readAsKey]int{}, references: map[string]string{},
	}
}

// row reads one row. cells stand in the order of the spec's columns, trimmed.
// raw is the row as in the file; it is kept until the table is read.
func (r *reader) row(number int, cells, raw []string) {
	r.out.RowsRead++
	s := rowState{number: number}
	f := r.begin(&s, cells)
	var key string
	if f == nil {
		key, f = r.key(&s, raw)
	}
	if f != nil {
		r.setAside(number, f)
		return
	}
	s.child = key[:len(s.child)] // the key's memory, so that the file's can go
	r.blocks.begin(len(cells) + 1)
	r.fill(&s, cells)
	s.fact.Details = r.blocks.end()
	r.out.Rows = append(r.out.Rows, care.Row{
		Key: key, Child: s.child, Identity: r.blocks.identity(s.who), Facts: r.blocks.fact(s.fact), Sheet: r.sheet, Number: number,
	})
	r.raw = append(r.raw, raw)
	r.out.RowsTaken++
	r.happened(s.fact.Began)
	if s.fact.Kind != care.Uasc && !r.ahead(s.fact.Ended) {
		r.out.Years.AddEnd(s.fact.Ended)
	}
}

// begin reads what a row cannot do without: the child, the first and the last
// day, a code that must be known.
func (r *reader) begin(s *rowState, cells []string) *fault {
	s.fact.Kind = r.spec.fact
	for i := range r.spec.columns {
		c := &r.spec.columns[i]
		var f *fault
		switch c.role {
		case roleChild:
			s.child = r.childID(i, cells[i])
			f = r.checkChild(i, s.child)
		case roleBegan:
			f = r.began(s, i, cells[i])
		case roleEnded:
			f = r.ended(s, i, cells[i])
		case roleCode:
			if c.must {
				f = checkMust(i, c.codes, cells[i])
			}
		}
		if f != nil {
			return f
		}
	}
	return nil
}

// childID is a child's id without the ".0" that a program put behind it.
func (r *reader) childID(i int, text string) string {
	id, point := cell.TrimPoint(text)
	if point {
		r.observed(i, cell.IDsWithPoint, cell.IDsWithoutPoint)
	}
	return id
}

func (r *reader) began(s *rowState, i int, text string) *fault {
	if text == "" {
		return missingDate(i)
	}
	d, form := r.days.Parse(text)
	if form == cell.NoDay {
		return badDate(i, text)
	}
	s.fact.Began = d
	return nil
}

func (r *reader) ended(s *rowState, i int, text string) *fault {
	if text == "" {
		return nil
	}
	d, form := r.days.Parse(text)
	if form == cell.NoDay {
		return badEnd(i, text)
	}
	if d < s.fact.Began {
		return endBeforeBegin(i, s.fact.Began, d)
	}
	s.fact.Ended = d
	return nil
}

// key names the row; a fault where it is a copy of one taken before, or where
// the child stands in the table a second time and may not.
func (r *reader) key(s *rowState, raw []string) (string, *fault) {
	key := s.child + "|" + string(s.fact.Began)
	if s.fact.Began == "" {
		key = key[:len(s.child)]
	}
	before, seen := r.first.find(key, r.out.Rows)
	if !seen {
		return key, nil
	}
	others := r.others[key]
	for _, place := range append([]int{before}, others...) {
		if slices.Equal(trimmed(r.raw[place]), trimmed(raw)) {
			return "", duplicateRow(r.unit, r.out.Rows[place].Number)
		}
	}
	if r.spec.once {
		return "", duplicateChild(r.unit, r.out.Rows[before].Number)
	}
	r.others[key] = append(others, len(r.out.Rows))
	for n := len(others) + 2; ; n++ { // a child's own id may end in #2
		if _, taken := r.first.find(key+ordinal(n), r.out.Rows); !taken {
			return key + ordinal(n), nil
		}
	}
}

// settle ends the table. Rows of one key get their ordinals by what they say and
// not by where they stand, so that rows in another order are the same rows.
func (r *reader) settle() {
	for base, others := range r.others {
		first, found := r.first.find(base, r.out.Rows)
		if !found {
			continue
		}
		places := append([]int{first}, others...)
		names := make([]string, len(places))
		for i, place := range places {
			names[i] = r.out.Rows[place].Key
		}
		slices.SortStableFunc(places, func(a, b int) int { return slices.Compare(trimmed(r.raw[a]), trimmed(r.raw[b])) })
		for i, place := range places {
			r.out.Rows[place].Key = names[i]
		}
	}
	r.out.Problems = r.log.Problems()
}

// trimmed leaves out empty cells at the end, which some rows have and others have not.
func trimmed(cells []string) []string {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

func (r *reader) ahead(d date.Date) bool { return r.today.Known() && d > r.today }

func (r *reader) happened(d date.Date) {
	if !r.ahead(d) {
		r.out.Years.Add(d)
	}
}
