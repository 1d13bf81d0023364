package service

import (
	"fmt"
	"testing"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/foi"
	"stablefutures/internal/register"
	"stablefutures/internal/store"
)

// What the service counts of the people is counted from what the store would give
// it: entries, tallies, days of conversations, periods.

// here are those on the register.
func (w *world) here() onRegister {
	here := onRegister{}
	for n, p := range w.people {
		if p.who.open {
			entry := register.Entry{}
			for field, value := range p.who.entry {
				entry[field] = value
			}
			if p.typ.band != register.GroupNotRecorded {
				entry[register.FieldTypes] = p.typ.band
			}
			here[fmt.Sprint(n)] = entry
		}
	}
	return here
}

// tallies are what the store keeps of the readings.
func (w *world) tallies() []store.Tally {
	n := map[store.Tally]int{}
	for _, p := range w.people {
		for outcome, k := range p.said {
			for item, s := range itemsOfKind(outcome, k) {
				n[store.Tally{Item: item, Group: GroupReferred, Measure: MeasureNow, Bucket: s.Now()}]++
				if moved := s.Moved(); moved != "" {
					n[store.Tally{Item: item, Group: GroupReferred, Measure: MeasureMoved, Bucket: moved}]++
				}
			}
			if k.said.voices != "" {
				n[store.Tally{Item: outcome, Group: GroupReferred, Measure: MeasureApart, Bucket: k.said.voices}]++
			}
		}
	}
	var list []store.Tally
	for t, times := range n {
		t.N = times
		list = append(list, t)
	}
	return list
}

// itemsOfKind are the standings of a saying, of the items that were talked about.
func itemsOfKind(outcome string, k kind) map[string]conversation.Standing {
	items := map[string]conversation.Standing{}
	if k.said.said {
		items[outcome] = k.said.outcome
	}
	for n, s := range k.said.indicators {
		if s.StateOn.Known() {
			items[fmt.Sprint(outcome, ".", n+1)] = s
		}
	}
	return items
}

// answerInput is what the answer is counted from.
func (w *world) answerInput() foi.Input {
	in := foi.Input{YearEnding: intruderYear, Source: foi.SourceSSDA903, Identified: map[string]bool{}, Suspected: map[string]bool{}, UASC: map[string]bool{}}
	for n, p := range w.people {
		id, y := fmt.Sprint(n), p.who.year
		closed := p.who.entry.Day(register.FieldClosedOn)
		in.Identified[id] = y.factor || p.who.entry.State() == register.Referred && foi.ReferralOpen(closed, intruderYear)
		in.Suspected[id] = p.who.entry.State() == register.Suspected
		in.UASC[id] = y.uasc
		if y.lookedAfter {
			in.LookedAfter = append(in.LookedAfter, id)
		}
		for i := range p.missing.times {
			began := date.Date("2025-05-01").AddDays(3 * i)
			period := foi.Period{Child: id, Code: foi.Missing, Began: began, Ended: began.AddDays(1)}
			if p.missing.still && i == 0 {
				period.Ended = ""
			}
			in.Periods = append(in.Periods, period)
		}
		for i := range p.absent.times {
			began := date.Date("2025-05-02").AddDays(3 * i)
			in.Periods = append(in.Periods, foi.Period{Child: id, Code: foi.Absent, Began: began, Ended: began.AddDays(1)})
		}
	}
	here := w.figures()
	in.Within = []foi.Set{{Size: here.n["register"], Told: true}, {Size: here.n["stage/suspected"], Told: !w.read}}
	return in
}

// talksOf are the days of the last conversations.
func (w *world) talksOf() map[string]date.Date {
	days := map[string]date.Date{}
	for n, p := range w.people {
		switch p.talk.band {
		case "6-months":
			days[fmt.Sprint(n)] = intruderToday.AddMonths(-3)
		case "12-months":
			days[fmt.Sprint(n)] = intruderToday.AddMonths(-9)
		case "earlier":
			days[fmt.Sprint(n)] = intruderToday.AddMonths(-20)
		}
	}
	return days
}

// withAnswer puts the numbers of an answer beside the others.
func withAnswer(cells map[string]disclosure.Cell, a foi.Answer) {
	cells["answer/base"] = a.Base.LookedAfter
	for _, g := range a.Groups {
		for id, c := range map[string]disclosure.Cell{"children": g.Children, "went_missing": g.WentMissing, "missing_episodes": g.MissingEpisodes,
			"still_missing": g.StillMissing, "children_absent": g.ChildrenAbsent, "absences": g.Absences} {
			cells["answer/"+g.ID+"/"+id] = c
		}
	}
}

// publish is everything that is published of the council.
func (w *world) publish(t *testing.T) map[string]disclosure.Cell {
	t.Helper()
	f := w.figures()
	answer := foi.Count(w.answerInput())
	if g, _ := answer.Group(foi.Suspected); w.read {
		f.suspected = []int{g.Children.Value}
	}
	cells := f.publish(smallEdition(), func(_, _ string, model func() *disclosure.Model) map[string]disclosure.Cell {
		found, err := disclosure.Protect(model(), profile)
		if err != nil {
			t.Error(err)
		}
		return found
	})
	withAnswer(cells, foi.Published(answer, profile))
	return cells
}

// figures is what the service counts of the people.
func (w *world) figures() figures {
	here := w.here()
	f := figures{counts: newCounts()}
	f.countRegister(here, intruderToday)
	f.countTalks(here, w.talksOf(), intruderToday)
	f.countReadings(w.tallies(), smallEdition())
	return f
}
