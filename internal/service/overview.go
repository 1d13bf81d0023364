package service

import (
	"context"
	"hash/maphash"
	"slices"
	"strconv"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/framework"
	"stablefutures/internal/store"
)

// Overview is how many young people are on the register now and not closed, and
// how they are: every number of the page and of its downloads.
type Overview struct {
	Authority store.Authority
	Edition   *framework.Edition
	Today     date.Date
	Year      date.Date // 31 March: of missing periods and reviews
	Years     []date.Date
	MayExact  bool // this person may open every record counted
	Published bool // small numbers are kept back
	TooFew    bool // so few are on the register that nothing can be said
	Rule      string
	cells     map[string]disclosure.Cell
}

// Cell is a number by its id; not available where nothing was counted under it.
func (o Overview) Cell(id string) disclosure.Cell { return o.cells[id] }

// Suppressed is how many numbers are kept back.
func (o Overview) Suppressed() int {
	n := 0
	for _, c := range o.cells {
		if c.Suppressed() {
			n++
		}
	}
	return n
}

// ItemCounts are the numbers of one outcome or one indicator. Now are the latest
// readings of the young people who spoke; Moved compares each one's latest answer
// with their first; Apart counts those whose worker's latest answer is two steps
// or more from theirs.
type ItemCounts struct {
	Now                  [5]disclosure.Cell // of the values 1 to 5
	States               map[conversation.State]disclosure.Cell
	Nothing              disclosure.Cell // not talked about
	Spoke                disclosure.Cell // base of Now
	Up, Same, Down, Once disclosure.Cell
	Answered             disclosure.Cell // base of the four
	Apart, Both          disclosure.Cell // Both is the base of Apart
	TooFew               bool            // the base of Now is too small to say anything, or is kept back
}

// Item gives the numbers of an outcome or indicator by its id.
func (o Overview) Item(id string) ItemCounts {
	c := func(rest string) disclosure.Cell { return o.cells[id+"/"+rest] }
	counts := ItemCounts{
		States: map[conversation.State]disclosure.Cell{}, Nothing: c("now/nothing"), Spoke: c("spoke"),
		Up: c("moved/up"), Same: c("moved/same"), Down: c("moved/down"), Once: c("moved/once"),
		Answered: c("answered"), Apart: c("apart/apart"), Both: c("both"),
	}
	for i := range counts.Now {
		counts.Now[i] = c("now/" + strconv.Itoa(i+1))
	}
	for _, state := range []conversation.State{conversation.DoesNotWantToSay, conversation.DoesNotKnow, conversation.NotPartOfMyLife} {
		counts.States[state] = c("now/" + string(state))
	}
	counts.TooFew = !counts.Spoke.Shown || counts.Spoke.Value < profile.MinBase
	return counts
}

// Overview counts for a year; the latest that was read where year is unknown.
// Exact numbers are for those who may open every record counted; everybody else,
// and whoever asks for it published, gets them with small numbers kept back.
func (s *Service) Overview(ctx context.Context, actor Actor, year date.Date, published bool) (o Overview, err error) {
	o = Overview{MayExact: actor.May(access.ReadExact), Rule: profile.Rule}
	if o.Years, err = s.YearsRead(ctx, actor); err != nil {
		return o, err
	}
	if o.Year = year; !year.Known() {
		o.Year = s.YearToShow(o.Years)
	}
	var exact *counts
	err = s.look(ctx, actor, access.ReadPublished, func(tx *store.Tx, scope access.Scope) error {
		o.Today = s.todayIn(tx)
		if o.Authority, err = tx.Authority(actor.Authority); err != nil {
			return err
		}
		if o.Edition, err = s.editionInUse(tx, actor.Authority); err != nil {
			return err
		}
		exact, err = s.countOverview(tx, scope, o.Edition, o.Year, o.Today)
		return err
	})
	if err != nil {
		return o, err
	}
	o.Published = published || !o.MayExact
	o.TooFew = exact.n["register"] < profile.MinBase
	if !o.Published {
		o.cells = exact.cells()
		return o, nil
	}
	o.cells, err = s.protected(actor.Authority+"/"+o.Edition.ID+"/"+string(o.Year), exact)
	return o, err
}

// YearToShow is the year that a page shows where nobody chose one: the latest
// that was read and is over, or the latest complete one where none was read.
func (s *Service) YearToShow(read []date.Date) date.Date {
	over := s.Today().YearBegin().AddDays(-1)
	for _, year := range read {
		if year <= over {
			return year
		}
	}
	if len(read) > 0 {
		return read[0]
	}
	return over
}

// cells are the exact numbers as cells.
func (c *counts) cells() map[string]disclosure.Cell {
	out := make(map[string]disclosure.Cell, len(c.n))
	for id, n := range c.n {
		out[id] = disclosure.Number(n)
	}
	return out
}

// kept is what was protected last, by the exact numbers that it was made from.
type kept struct {
	sum   uint64
	cells map[string]disclosure.Cell
}

var seed = maphash.MakeSeed()

// protected keeps small numbers back. The same exact numbers give the same
// answer, so that it is worked out once and kept until a number changes.
func (s *Service) protected(key string, exact *counts) (map[string]disclosure.Cell, error) {
	sum := exact.sum()
	if before, ok := s.overviews.Load(key); ok && before.(kept).sum == sum {
		return before.(kept).cells, nil
	}
	cells, err := exact.protect()
	if err != nil {
		return nil, err
	}
	s.overviews.Store(key, kept{sum, cells})
	return cells, nil
}

func (c *counts) sum() uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	for _, id := range slices.Sorted(slices.Values(c.order)) {
		h.WriteString(id)                    //nolint:errcheck // never fails
		h.WriteString(strconv.Itoa(c.n[id])) //nolint:errcheck // never fails
		h.WriteByte(0)                       //nolint:errcheck // never fails
	}
	return h.Sum64()
}

// protect decides what is shown. How many are on the register is told whenever it
// is not small, so that it counts as known to everybody; where it is small,
// nothing is told but that.
func (c *counts) protect() (map[string]disclosure.Cell, error) {
	if n := c.n["register"]; n <= profile.Small {
		out := make(map[string]disclosure.Cell, len(c.n))
		for id := range c.n {
			out[id] = disclosure.Cell{Why: disclosure.Secondary}
		}
		if n == 0 {
			out["register"] = disclosure.Number(0)
		}
		return out, nil
	}
	m := &disclosure.Model{}
	m.Add(disclosure.Count{ID: "register", Value: c.n["register"], Sort: disclosure.Public})
	for _, id := range slices.Sorted(slices.Values(c.order)) { // the same numbers always hide the same
		if id != "register" {
			m.Show(id, c.n[id])
		}
	}
	for _, sum := range c.sums {
		m.Sum(sum.total, sum.parts...)
	}
	for _, a := range c.atLeast {
		m.AtLeast(a.larger, a.smaller)
	}
	return disclosure.Protect(m, profile)
}
