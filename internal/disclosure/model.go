package disclosure

import (
	"errors"
	"fmt"
)

// Sort says what a count of a model is to the reader of what is published.
type Sort int

const (
	// Shown stands in a table unless it has to be hidden.
	Shown Sort = iota
	// Public is known to everybody already: it is shown whatever its value, and
	// never hidden to protect another.
	Public
	// Implied stands in no table, but whoever has the others could work it out:
	// how many did not go missing. Where it is small, it is kept from being
	// worked out, like a small count that is shown.
	Implied
	// Slack is as Implied but tells nothing of a child, however small: how many
	// more periods than children. It only has to be 0 or more.
	Slack
)

// Count is one number of a model.
type Count struct {
	ID    string
	Value int // 0 or more
	Sort  Sort
	// Keep says how much a count is worth to the reader: of two that could be
	// hidden to protect a third, the one with the lower Keep is. 0 for the inside
	// of a table; a count that is the total of a Sum is worth at least 1.
	Keep int
}

// Model is every count of everything that is published together, and the
// equations between them: one table, or several that share counts by their ids.
// A later release that shares counts with an earlier one belongs in one model
// with it. The zero Model is empty. It is not safe for use by several goroutines.
type Model struct {
	counts    []Count
	index     map[string]int
	equations [][]term
	faults    []error
}

type term struct {
	count int // index
	times int
}

// Add puts a count into the model. The same id may be added again with the same
// value, which is how tables are linked; the more careful of the two sorts
// holds. What is wrong is told by Protect.
func (m *Model) Add(c Count) {
	if m.index == nil {
		m.index = map[string]int{}
	}
	if c.Value < 0 {
		m.faults = append(m.faults, fmt.Errorf("count %q is %d: a count is 0 or more", c.ID, c.Value))
	}
	at, known := m.index[c.ID]
	if !known {
		m.index[c.ID] = len(m.counts)
		m.counts = append(m.counts, c)
		return
	}
	old := &m.counts[at]
	if old.Value != c.Value {
		m.faults = append(m.faults, fmt.Errorf("count %q is both %d and %d", c.ID, old.Value, c.Value))
	}
	old.Sort, old.Keep = min(old.Sort, c.Sort), max(old.Keep, c.Keep)
}

// Show adds a count that stands in a table.
func (m *Model) Show(id string, value int) { m.Add(Count{ID: id, Value: value}) }

// Sum tells that a total is the sum of parts, all of them added before.
func (m *Model) Sum(total string, parts ...string) {
	equation := make([]term, 0, len(parts)+1)
	left := 0
	add := func(id string, times int) {
		at, ok := m.index[id]
		if !ok {
			m.faults = append(m.faults, fmt.Errorf("the sum %q names %q, which is no count of the model", total, id))
			return
		}
		left += times * m.counts[at].Value
		equation = append(equation, term{at, times})
	}
	add(total, 1)
	for _, part := range parts {
		add(part, -1)
	}
	if left != 0 {
		m.faults = append(m.faults, fmt.Errorf("the total %q is %+d off the sum of its parts", total, left))
	}
	if at, ok := m.index[total]; ok {
		m.counts[at].Keep = max(m.counts[at].Keep, 1)
	}
	m.equations = append(m.equations, equation)
}

// Complement adds what a part lacks of its whole as a count that stands in no
// table and must not be worked out where it is small.
func (m *Model) Complement(whole, part string) { m.lack(whole, part, Implied) }

// AtLeast tells that one count is never under another.
func (m *Model) AtLeast(larger, smaller string) { m.lack(larger, smaller, Slack) }

func (m *Model) lack(whole, part string, sort Sort) {
	w, ok1 := m.index[whole]
	p, ok2 := m.index[part]
	if !ok1 || !ok2 {
		m.faults = append(m.faults, fmt.Errorf("%q less %q: one of them is no count of the model", whole, part))
		return
	}
	keep := m.counts[w].Keep // a whole of which a part was told is no total of a table
	id := whole + " less " + part
	m.Add(Count{ID: id, Value: m.counts[w].Value - m.counts[p].Value, Sort: sort})
	m.Sum(whole, part, id)
	m.counts[w].Keep = keep
}

func (m *Model) check() error { return errors.Join(m.faults...) }
