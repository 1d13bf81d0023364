package service

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
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
	here, talks := onRegister{}, map[string]date.Date{}
	for n := range people {
		record := fmt.Sprint(n)
		here[record] = register.Entry{register.FieldState: string(register.Referred), register.FieldReferredOn: string(intruderToday.AddDays(-random.IntN(60)))}
		if n%4 == 0 {
			here[record] = register.Entry{register.FieldState: string(register.Suspected)}
		}
		talks[record] = intruderToday
		for _, o := range edition.Outcomes() {
			kinds := sayingOfReadings(o.ID, anyReadings(random, len(o.Indicators)), true)
			for _, id := range kinds[random.IntN(len(kinds))].ids {
				f.n[id]++
			}
		}
	}
	f.countRegister(here, intruderToday)
	f.countTalks(here, talks, intruderToday)
	f.countReadings(nil, edition)
	return f
}

// anyReadings are what somebody says to some indicators on up to three days.
func anyReadings(random *rand.Rand, indicators int) [][]conversation.Reading {
	readings := make([][]conversation.Reading, indicators)
	for i := range readings {
		for day := range random.IntN(4) {
			r := conversation.Reading{State: conversation.Answered, Value: 1 + random.IntN(5), SaidOn: intruderToday.AddDays(-30 * day)}
			if random.IntN(8) == 0 {
				r.State, r.Value = statesSaid[random.IntN(3)], 0
			}
			readings[i] = append(readings[i], r)
		}
	}
	return readings
}
