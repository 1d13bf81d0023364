package service

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/foi"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
)

// What follows says, from the definitions and person by person, which numbers a
// young person adds to. The intruder knows it, and nothing of how numbers are
// protected. A number stands under the id that the overview gives it; those of
// the answer begin with "answer/".

const (
	intruderToday = date.Date("2026-11-24")
	intruderYear  = date.Date("2026-03-31")
)

// smallEdition has two outcomes, of two indicators and of one.
func smallEdition() *framework.Edition {
	return &framework.Edition{ID: "small", Principles: []framework.Principle{{ID: "p", Outcomes: []framework.Outcome{
		{ID: "home", Indicators: []framework.Indicator{{ID: "home.1"}, {ID: "home.2"}}},
		{ID: "hope", Indicators: []framework.Indicator{{ID: "hope.1"}}},
	}}}}
}

// kind is one way in which a person can be: the numbers that one such person adds
// one to, where an id that stands twice is added to twice.
type kind struct {
	ids   []string
	entry register.Entry // of those on the register
	open  bool           // on the register and not closed
	year  yearKind
	said  saying
	band  string
	times int  // how often they went missing, or were absent
	still bool // missing when the year ended
}

// yearKind is what the returns of a year say of a child.
type yearKind struct{ lookedAfter, factor, uasc bool }

// registerKinds are all ways to stand on the register, and the ways not to.
func registerKinds() []kind {
	referred := func(more register.Entry) register.Entry {
		e := register.Entry{register.FieldState: string(register.Referred), register.FieldReferredOn: string(intruderToday.AddDays(-3))}
		for field, value := range more {
			e[field] = value
		}
		return e
	}
	decided := func(grounds string, days int) register.Entry {
		return referred(register.Entry{register.FieldReferredOn: "2020-01-01", register.FieldReasonableGrounds: grounds, register.FieldReasonableGroundsOn: string(intruderToday.AddDays(-days))})
	}
	conclusive := func(grounds string) register.Entry {
		e := decided(register.Positive, 900)
		e[register.FieldConclusiveGrounds], e[register.FieldConclusiveGroundsOn] = grounds, string(intruderToday.AddDays(-9))
		return e
	}
	undated := decided(register.Positive, 0)
	delete(undated, register.FieldReasonableGroundsOn)
	list := []kind{
		{ids: []string{"stage/suspected"}, entry: register.Entry{register.FieldState: string(register.Suspected)}},
		{ids: []string{"stage/conclusive-positive"}, entry: conclusive(register.Positive)},
		{ids: []string{"stage/conclusive-negative"}, entry: conclusive(register.Negative)},
		{ids: []string{"stage/reasonable-negative"}, entry: decided(register.Negative, 30)},
		{ids: []string{"stage/withdrawn"}, entry: decided(register.Withdrawn, 30)},
		{ids: []string{"stage/waiting-conclusive-grounds", "waiting/conclusive-no-day"}, entry: undated},
	}
	for days, band := range map[int]string{5: "0-7", 30: "8-45", 50: "over-45"} {
		list = append(list, kind{ids: []string{"stage/waiting-reasonable-grounds", "waiting/reasonable-" + band}, entry: referred(register.Entry{register.FieldReferredOn: string(intruderToday.AddDays(-days))})})
	}
	for days, band := range map[int]string{50: "0-90", 100: "91-180", 200: "181-365", 400: "366-730", 800: "over-730"} {
		list = append(list, kind{ids: []string{"stage/waiting-conclusive-grounds", "waiting/conclusive-" + band}, entry: decided(register.Positive, days)})
	}
	for i := range list {
		list[i].open = true
		list[i].ids = append(list[i].ids, "register")
		if list[i].ids[0] != "stage/suspected" {
			list[i].ids = append(list[i].ids, "referred")
		}
	}
	slices.SortFunc(list, func(a, b kind) int { return slices.Compare(a.ids, b.ids) })
	return append(list, kind{}, // on no register
		kind{entry: referred(register.Entry{register.FieldReferredOn: "2024-01-01", register.FieldClosedOn: "2025-06-01"})},
		kind{entry: referred(register.Entry{register.FieldReferredOn: "2024-01-01", register.FieldClosedOn: "2025-03-31"})})
}

// whoKinds are all ways to stand on the register with all ways to stand in a
// year's returns, and what both together add to.
var whoKinds = sync.OnceValue(func() []kind {
	years := []yearKind{{}}
	for n := range 4 {
		years = append(years, yearKind{true, n%2 == 1, n > 1})
	}
	var list []kind
	for _, r := range registerKinds() {
		for _, y := range years {
			k := r
			k.year = y
			k.ids = append(slices.Clip(k.ids), "sort "+k.sort())
			if y.lookedAfter {
				k.ids = append(append(k.ids, "answer/base"), k.inGroups("children", 1)...)
			}
			list = append(list, k)
		}
	}
	return list
})

// sort names the groups of the answer that a child is in, by its definitions;
// empty for a child who is in none.
func (k kind) sort() string {
	if !k.year.lookedAfter {
		return ""
	}
	closed := k.entry[register.FieldClosedOn]
	identified := k.year.factor || k.entry.State() == register.Referred && (closed == "" || closed >= "2025-04-01")
	suspected := k.entry.State() == register.Suspected && !identified
	var groups []string
	for _, g := range []struct {
		id string
		in bool
	}{{foi.Identified, identified}, {foi.Suspected, suspected}, {foi.UASC, k.year.uasc}, {foi.Both, k.year.uasc && (identified || suspected)}} {
		if g.in {
			groups = append(groups, g.id)
		}
	}
	return strings.Join(groups, " ")
}

// inGroups are the numbers of a measure to which a child of this kind adds.
func (k kind) inGroups(measure string, times int) []string {
	var ids []string
	for _, g := range strings.Fields(k.sort()) {
		for range times {
			ids = append(ids, "answer/"+g+"/"+measure)
		}
	}
	return ids
}

// mostPeriods is how often one child can have gone missing, or been absent.
const mostPeriods = 30

// missingKinds and absentKinds are how often a child of a sort can have gone
// missing and whether they still were, and how often they can have been absent.
func missingKinds(of kind) []kind {
	list := []kind{{}}
	for n := 1; n <= mostPeriods; n++ {
		ids := append(of.inGroups("went_missing", 1), of.inGroups("missing_episodes", n)...)
		list = append(list, kind{ids: ids, times: n}, kind{ids: append(slices.Clip(ids), of.inGroups("still_missing", 1)...), times: n, still: true})
	}
	return list
}

func absentKinds(of kind) []kind {
	list := []kind{{}}
	for n := 1; n <= mostPeriods; n++ {
		list = append(list, kind{ids: append(of.inGroups("children_absent", 1), of.inGroups("absences", n)...), times: n})
	}
	return list
}

// saying is where a young person stands on an outcome and each of its indicators.
type saying struct {
	outcome    conversation.Standing
	said       bool
	indicators []conversation.Standing
	voices     string // "", apart, together: of the outcome
}

// sayingKinds are all ways in which somebody can have talked about an outcome of
// some indicators on up to three days, by the rules of conversations, each once.
//
// With now, both voices count where on one indicator at least both now have an
// answer; otherwise where both ever answered anything of the outcome.
func sayingKinds(outcome string, indicators int, now bool) []kind {
	none, states := conversation.Reading{State: conversation.NotTalkedAbout}, []conversation.Reading{}
	for _, state := range []conversation.State{conversation.DoesNotWantToSay, conversation.DoesNotKnow, conversation.NotPartOfMyLife} {
		states = append(states, conversation.Reading{State: state})
	}
	answers := func(values ...int) (list []conversation.Reading) {
		for _, v := range values {
			list = append(list, conversation.Reading{State: conversation.Answered, Value: v})
		}
		return list
	}
	// Every answer may be the latest, and be said before a state.
	days := [][]conversation.Reading{
		append(answers(1, 2, 3, 4, 5), none, states[0]),
		append(append(answers(1, 2, 3, 4, 5), states...), none),
		append(slices.Clone(states), none),
	}
	seen := map[string]bool{}
	var list []kind
	readings := make([][]conversation.Reading, indicators)
	var choose func(indicator, day int)
	choose = func(indicator, day int) {
		if indicator == indicators {
			for _, k := range sayingOfReadings(outcome, readings, now) {
				if key := fmt.Sprint(k.ids); !seen[key] {
					seen[key] = true
					list = append(list, k)
				}
			}
			return
		}
		if day == len(days) {
			choose(indicator+1, 0)
			return
		}
		for _, r := range days[day] {
			r.SaidOn = intruderToday.AddDays(day - 10)
			readings[indicator] = append(readings[indicator], r)
			choose(indicator, day+1)
			readings[indicator] = readings[indicator][:day]
		}
	}
	choose(0, 0)
	return list
}

func sayingOfReadings(outcome string, readings [][]conversation.Reading, now bool) []kind {
	s := saying{}
	var all []conversation.Reading
	ids := []string{}
	spokeNow := false
	for n, list := range readings {
		for day := range list {
			list[day].Indicator = strconv.Itoa(n)
		}
		all = append(all, list...)
		standing, ok := conversation.Stand(conversation.Path(list))
		s.indicators = append(s.indicators, standing)
		item := outcome + "." + strconv.Itoa(n+1)
		ids = append(ids, itemIDs(item, standing, ok)...)
		spokeNow = spokeNow || ok && standing.State == conversation.Answered
	}
	s.outcome, s.said = conversation.Stand(conversation.Path(all))
	ids = append(ids, itemIDs(outcome, s.outcome, s.said)...)
	kinds := []kind{{ids: ids, said: s}}
	if now && !spokeNow || s.outcome.LatestValue == 0 {
		return kinds
	}
	for _, voices := range []string{"apart", "together"} {
		s.voices = voices
		kinds = append(kinds, kind{ids: append(slices.Clip(ids), outcome+"/both", outcome+"/apart/"+voices), said: s})
	}
	return kinds
}

func itemIDs(item string, s conversation.Standing, said bool) []string {
	if !said {
		return []string{item + "/now/nothing"}
	}
	ids := []string{item + "/now/" + s.Now()}
	if s.State == conversation.Answered {
		ids = append(ids, item+"/spoke")
	}
	if s.LatestValue > 0 {
		ids = append(ids, item+"/answered", item+"/moved/"+s.Moved())
	}
	return ids
}

// talkKinds are when the last conversation was: who never had one has talked about
// nothing.
func talkKinds() []kind {
	return []kind{{ids: []string{"talk/never", "home/now/nothing", "home.1/now/nothing", "home.2/now/nothing", "hope/now/nothing", "hope.1/now/nothing"}, band: "never"}, {ids: []string{"talk/6-months", "talked"}, band: "6-months"},
		{ids: []string{"talk/12-months", "talked"}, band: "12-months"}, {ids: []string{"talk/earlier", "talked"}, band: "earlier"}}
}

func typeKinds() []kind {
	var list []kind
	for _, t := range []string{"criminal", "labour", "sexual", register.GroupNotRecorded} {
		list = append(list, kind{ids: []string{"type/" + t}, band: t})
	}
	return list
}
