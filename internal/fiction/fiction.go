// Package fiction invents a council: its children in care, its register and its
// conversations, and writes the files that such a council would send. Nobody in
// it exists. Rates follow the published figures named beside them.
//
// It makes files; it never writes to a database. The files are read by the same
// readers as real ones.
package fiction

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"stablefutures/internal/date"
	"stablefutures/internal/framework"
)

// The invented council. DfE has given its number to nobody.
const (
	AuthorityCode = "999"
	AuthorityName = "Fernshire Council (fictional)"
)

// Options say which council is invented: the same options give the same files.
type Options struct {
	Seed     uint64
	Today    date.Date
	Children int                // looked after in a year, about; 900 where 0
	Edition  *framework.Edition // of the conversations
}

// File is one file that the council would send.
type File struct {
	Name       string
	Data       []byte
	YearEnding date.Date // of a return that does not name its year; else empty
}

// World is the invented council.
type World struct {
	opt      Options
	random   *rand.Rand
	thisYear date.Date // 31 March that ended the last complete year
	lastYear date.Date
	children []*person
}

// New invents a council.
func New(opt Options) *World {
	if opt.Children == 0 {
		opt.Children = 900
	}
	w := &World{opt: opt, random: rand.New(rand.NewPCG(opt.Seed, 0x5f0f))}
	w.thisYear = opt.Today.YearBegin().AddDays(-1)
	w.lastYear = w.thisYear.AddMonths(-12).YearEnding()
	w.people()
	w.exploitation()
	w.going()
	return w
}

// Files are all files of the council: two years of SSDA903 and CIN census, an
// Annex A of today, the register and the readings.
func (w *World) Files() ([]File, error) {
	var files []File
	for _, year := range []date.Date{w.lastYear, w.thisYear} {
		files = append(files, w.ssda903(year)...)
		files = append(files, w.cin(year))
	}
	annexA, err := w.annexA()
	if err != nil {
		return nil, fmt.Errorf("write the fictional Annex A: %w", err)
	}
	templates, err := w.templates()
	if err != nil {
		return nil, fmt.Errorf("write the fictional register and readings: %w", err)
	}
	return append(append(files, annexA), templates...), nil
}

// chance is true with probability p.
func (w *World) chance(p float64) bool { return w.random.Float64() < p }

// between is a whole number from a to b, both included.
func (w *World) between(a, b int) int { return a + w.random.IntN(b-a+1) }

// day is a day from a to b, both included.
func (w *World) day(a, b date.Date) date.Date {
	if b <= a {
		return a
	}
	return a.AddDays(w.random.IntN(a.DaysUntil(b) + 1))
}

// weighted is a value and how often it occurs beside the others.
type weighted[T any] struct {
	value  T
	weight float64
}

// pick draws one value by weight.
func pick[T any](w *World, choices []weighted[T]) T {
	total := 0.0
	for _, c := range choices {
		total += c.weight
	}
	at := w.random.Float64() * total
	for _, c := range choices {
		if at -= c.weight; at < 0 {
			return c.value
		}
	}
	return choices[len(choices)-1].value
}

// one draws one of several at even odds.
func one[T any](w *World, list []T) T { return list[w.random.IntN(len(list))] }

// sorted are people in the order of their numbers.
func sorted(list []*person) []*person {
	slices.SortFunc(list, func(a, b *person) int { return cmp.Compare(a.id, b.id) })
	return list
}
