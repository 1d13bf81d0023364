package service

import (
	"fmt"
	"slices"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/returns"
)

// compare tells the new rows from those held, and counts them in the report. Rows
// of one child and one first day are told from each other by what they say first,
// and only then by their number: a file in another order is the same file, and
// where one of three such rows is no longer there, that one is.
func (in *intake) compare(g *group, held map[string]string) difference {
	m := &matcher{in: in, group: g, held: held, rows: map[string][]int{}, before: map[string][]string{}}
	for key := range held {
		base := withoutOrdinal(key)
		m.before[base] = append(m.before[base], key)
	}
	for _, base := range m.gather() {
		m.match(base)
	}
	for _, keys := range m.before { // of those no row is left
		m.diff.goneFrom = append(m.diff.goneFrom, keys...)
	}
	slices.Sort(m.diff.goneFrom)
	m.diff.superseded = append(m.diff.superseded, m.diff.goneFrom...)
	in.report.Files[g.files[len(g.files)-1]].Gone += len(m.diff.goneFrom)
	return m.diff
}

// matcher holds the rows of a return against those that the store has of it.
type matcher struct {
	in    *intake
	group *group
	held  map[string]string // what each row says, by key

	fresh  []freshRow          // rows of all files, each once
	rows   map[string][]int    // places in fresh, by the key without its number
	before map[string][]string // keys held, by the same
	diff   difference
}

// gather collects the rows of all files, and gives their keys without numbers in
// the order in which they come. A row that another file of the call has too is the
// same row; where it says something else, both are kept, and that is told.
func (m *matcher) gather() (order []string) {
	for i := range m.group.tables {
		report := &m.in.report.Files[m.group.files[i]]
		var told returns.Log
		told.AddAll(report.Problems)
		rows := m.group.tables[i].Rows
		begin := len(m.fresh)
		for j := range rows {
			row := &rows[j]
			hash, base := hashRow(row), withoutOrdinal(row.Key)
			others, seen := m.rows[base]
			if i > 0 && m.inOtherFile(others, begin, hash) {
				report.Same++
				continue
			}
			if i > 0 && seen && others[0] < begin {
				m.contradiction(&told, report, row, m.fresh[others[0]])
			}
			if !seen {
				order = append(order, base)
			}
			m.rows[base] = append(others, len(m.fresh))
			m.fresh = append(m.fresh, freshRow{row: row, hash: hash, file: m.group.files[i]})
		}
		report.Problems = orEmpty(told.Problems())
	}
	return order
}

// inOtherFile tells whether a row of an earlier file says the same.
func (m *matcher) inOtherFile(places []int, begin int, hash string) bool {
	return slices.ContainsFunc(places, func(at int) bool { return at < begin && m.fresh[at].hash == hash })
}

// contradiction tells of two files that say different things of one child and day.
// Within one file, the reader has told it.
func (m *matcher) contradiction(told *returns.Log, report *FileReport, row *care.Row, other freshRow) {
	first := m.in.report.Files[other.file]
	if first.Name == report.Name {
		return
	}
	told.Add(returns.Problem{Sheet: row.Sheet, Row: row.Number, Code: "differs-between-files",
		Message: fmt.Sprintf("This child stands with the same first day in row %d of another file of this call too, with other cells: both rows are taken. Leave one of the files out if it is an older copy.", other.row.Number)})
}

// match holds the rows of one key, without its number, against those held: equal
// ones are the same, of the others as many as are held were changed, and what is
// over is new, or gone.
func (m *matcher) match(base string) {
	held := m.before[base]
	delete(m.before, base)
	slices.SortFunc(held, byOrdinal)
	var rest []int
	for _, at := range m.rows[base] {
		row := &m.fresh[at]
		same := slices.IndexFunc(held, func(key string) bool { return m.held[key] == row.hash })
		if same < 0 {
			rest = append(rest, at)
			continue
		}
		m.in.report.Files[row.file].Same++
		held = slices.Delete(held, same, same+1)
	}
	number := 0
	for _, at := range rest {
		row := m.fresh[at]
		if len(held) > 0 {
			row.key, held = held[0], held[1:]
			m.in.report.Files[row.file].Changed++
			m.diff.superseded = append(m.diff.superseded, row.key)
		} else {
			row.key, number = m.freeKey(base, number)
			m.in.report.Files[row.file].Added++
		}
		m.diff.fresh = append(m.diff.fresh, row)
	}
	m.diff.goneFrom = append(m.diff.goneFrom, held...)
}

// freeKey is the first key behind a number that no row held has.
func (m *matcher) freeKey(base string, after int) (key string, number int) {
	for number = after + 1; ; number++ {
		key = base
		if number > 1 {
			key = fmt.Sprintf("%s#%d", base, number)
		}
		if _, taken := m.held[key]; !taken {
			return key, number
		}
	}
}

// withoutOrdinal is a row's key without the number that tells it from others.
func withoutOrdinal(key string) string {
	at := strings.LastIndexByte(key, '#')
	if at < 0 || at == len(key)-1 || strings.Trim(key[at+1:], "0123456789") != "" {
		return key
	}
	return key[:at]
}

// byOrdinal orders keys of one base: a, a#2, a#10.
func byOrdinal(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
