package service

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"stablefutures/internal/conversation"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/store"
)

// BenchmarkPublish is how long it takes to protect the whole overview of a council
// in the working edition, and what of it a change of one reading costs.
func BenchmarkPublish(b *testing.B) {
	edition := framework.Working()
	for _, people := range []int{60, 2500} {
		f := councilOf(people, edition)
		protect := func(_, _ string, model func() *disclosure.Model) map[string]disclosure.Cell {
			cells, err := disclosure.Protect(model(), profile)
			if err != nil {
				b.Fatal(err)
			}
			return cells
		}
		b.Run(fmt.Sprintf("all-of-%d", people), func(b *testing.B) {
			for b.Loop() {
				f.publish(edition, protect)
			}
		})
		s := &Service{}
		f.at.day = intruderToday
		o := Overview{Edition: edition, Today: intruderToday, Year: intruderYear}
		b.Run(fmt.Sprintf("one-more-reading-of-%d", people), func(b *testing.B) {
			id := edition.Outcomes()[3].ID
			for n := 0; b.Loop(); n++ {
				by := 1 - 2*(n%2)
				for _, count := range []string{id + "/now/4", id + "/spoke", id + "/answered", id + "/moved/once"} {
					f.n[count] += by
				}
				f.n[id+"/now/nothing"] -= by
				f.at.version++
				if _, err := s.published(o, f); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("nothing-new-of-%d", people), func(b *testing.B) {
			for b.Loop() {
				if _, err := s.published(o, f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// councilOf is a made-up council of so many on the register, all of whom have
// talked about about half of everything.
func councilOf(people int, edition *framework.Edition) figures {
	random := rand.New(rand.NewPCG(1, 2))
	f := figures{counts: newCounts()}
	here, talks := onRegister{}, share{}
	for n := range people {
		record := fmt.Sprint(n)
		here[record] = register.Entry{register.FieldState: string(register.Referred), register.FieldReferredOn: string(intruderToday.AddDays(-random.IntN(60)))}
		if n%4 == 0 {
			here[record] = register.Entry{register.FieldState: string(register.Suspected)}
		}
		var readings []conversation.Reading
		for _, o := range edition.Outcomes() {
			for _, i := range o.Indicators {
				for day := range random.IntN(4) {
					r := conversation.Reading{ID: fmt.Sprint(record, i.ID, day), Edition: edition.ID, Indicator: i.ID, Voice: conversation.YoungPerson, State: conversation.Answered, Value: 1 + random.IntN(5), SaidOn: intruderToday.AddDays(-30 * day)}
					if random.IntN(8) == 0 {
						r.State, r.Value = statesSaid[random.IntN(3)], 0
					}
					readings = append(readings, r)
					if random.IntN(2) == 0 {
						r.ID, r.Voice, r.State, r.Value = r.ID+"w", conversation.Worker, conversation.Answered, 1+random.IntN(5)
						readings = append(readings, r)
					}
				}
			}
		}
		var standings []store.Standing
		for _, s := range standingsOf(record, readings, map[string]*framework.Edition{edition.ID: edition}) {
			standings = append(standings, s)
		}
		for tally, times := range shareOf(GroupReferred, standings) {
			talks[tally] += times
		}
	}
	var tallies []store.Tally
	for tally, times := range talks {
		tally.N = times
		tallies = append(tallies, tally)
	}
	f.countRegister(here, intruderToday)
	f.countTalks(here, nil, intruderToday)
	f.n["talk/never"], f.n["talk/6-months"], f.n["talked"] = 0, people, people
	f.countReadings(tallies, edition)
	return f
}
