package service

import (
	"context"
	"fmt"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/store"
)

// AskFigures is how many asks there were and what came of them, with small numbers kept
// back from everybody. What a young person kept to one person is not counted: not even
// that there was something.
type AskFigures struct {
	Authority store.Authority
	Since     date.Date
	Today     date.Date
	Rule      string
	Silence   string // why the parts are not told; empty where they are
	cells     map[string]disclosure.Cell
}

// What is counted. Every ask is answered in time, answered late, overdue or not due yet;
// of each that was answered the young person said whether that helped, or nothing yet.
const (
	AsksAsked    = "asked"
	AsksAnswered = "answered"
	AsksInTime   = "in time"
	AsksLate     = "late"
	AsksOverdue  = "overdue"
	AsksNotDue   = "not due"
	AsksHelped   = "helped "
	AsksUnsaid   = "helped unsaid"
)

var (
	whenAnswered = []string{AsksInTime, AsksLate, AsksOverdue, AsksNotDue}
	whetherHelps = []string{AsksHelped + string(conversation.HelpedYes), AsksHelped + string(conversation.HelpedLittle), AsksHelped + string(conversation.HelpedNo), AsksUnsaid}
)

// Cell is a figure by its name.
func (f AskFigures) Cell(id string) disclosure.Cell { return f.cells[id] }

// AskFigures counts what was asked for in the twelve months to today.
func (s *Service) AskFigures(ctx context.Context, actor Actor) (f AskFigures, err error) {
	err = s.look(ctx, actor, access.ReadPublished, func(tx *store.Tx, _ access.Scope) error {
		f = AskFigures{Today: s.todayIn(tx), Rule: profile.Rule}
		f.Since = f.Today.AddMonths(-12).AddDays(1)
		if f.Authority, err = tx.Authority(actor.Authority); err != nil {
			return err
		}
		asks, err := tx.AskCounts(actor.Authority, f.Since.Time())
		if err != nil {
			return err
		}
		counted := newAskCounts()
		for _, a := range asks {
			counted.add(a, s.dayOf(a.RepliedAt), f.Today)
		}
		f.cells, f.Silence, err = counted.publish()
		return err
	})
	return f, err
}

// askCounts are the exact numbers, and how many young people stand behind each.
type askCounts struct {
	n      map[string]int
	people map[string]map[string]bool
}

func newAskCounts() askCounts {
	return askCounts{map[string]int{}, map[string]map[string]bool{}}
}

func (c askCounts) count(id, record string) {
	c.n[id]++
	if c.people[id] == nil {
		c.people[id] = map[string]bool{}
	}
	c.people[id][record] = true
}

// add counts an ask. An answer of any kind is one, also that it is being worked on.
func (c askCounts) add(a store.AskCount, replied, today date.Date) {
	c.count(AsksAsked, a.Record)
	switch {
	case a.RepliedAt.IsZero() && a.DueOn < today:
		c.count(AsksOverdue, a.Record)
		return
	case a.RepliedAt.IsZero():
		c.count(AsksNotDue, a.Record)
		return
	case replied <= a.DueOn:
		c.count(AsksInTime, a.Record)
	default:
		c.count(AsksLate, a.Record)
	}
	c.count(AsksAnswered, a.Record)
	if a.Helped == "" {
		c.count(AsksUnsaid, a.Record)
	} else {
		c.count(AsksHelped+string(a.Helped), a.Record)
	}
}

// few tells whether somebody stands behind a number, and only a few do: one young person
// may ask for many things.
func (c askCounts) few(id string) bool {
	n := len(c.people[id])
	return 1 <= n && n <= profile.Small
}

// publish decides what may leave. Of few young people nothing is told; where one part is
// of few, though the number itself is not small, no part is. Counts that contradict each
// other are a fault, and nothing leaves.
func (c askCounts) publish() (cells map[string]disclosure.Cell, silence string, err error) {
	all := append([]string{AsksAnswered}, append(append([]string{}, whenAnswered...), whetherHelps...)...)
	if c.n[AsksAsked] == 0 {
		cells := map[string]disclosure.Cell{AsksAsked: disclosure.Number(0)}
		for _, id := range all {
			cells[id] = disclosure.Number(0)
		}
		return cells, "Nobody has asked for anything in this time that is for everybody who helps.", nil
	}
	hidden := map[string]disclosure.Cell{}
	for _, id := range append(all, AsksAsked) {
		hidden[id] = disclosure.Cell{Why: disclosure.Small}
	}
	if len(c.people[AsksAsked]) < profile.MinBase {
		return hidden, "Too few young people have asked for something to say what came of it.", nil
	}
	for _, id := range all {
		if c.few(id) && c.n[id] > profile.Small {
			hidden[AsksAsked] = disclosure.Number(c.n[AsksAsked])
			return hidden, "Some of these numbers are of few young people, so that all are kept back but how many asks there were.", nil
		}
	}
	if cells, err = disclosure.Protect(c.model(), profile); err != nil {
		return nil, "", fmt.Errorf("keep small numbers of asks back: %w", err)
	}
	return cells, "", nil
}

// model is what holds between the numbers.
func (c askCounts) model() *disclosure.Model {
	m := &disclosure.Model{}
	m.Add(disclosure.Count{ID: AsksAsked, Value: c.n[AsksAsked], Keep: 2})
	m.Add(disclosure.Count{ID: AsksAnswered, Value: c.n[AsksAnswered], Keep: 1})
	for _, id := range append(append([]string{}, whenAnswered...), whetherHelps...) {
		m.Show(id, c.n[id])
	}
	m.Sum(AsksAsked, AsksAnswered, AsksOverdue, AsksNotDue)
	m.Sum(AsksAnswered, AsksInTime, AsksLate)
	m.Sum(AsksAnswered, whetherHelps...)
	return m
}
