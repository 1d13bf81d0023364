package foi_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"stablefutures/internal/date"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/disclosure/intruder"
	"stablefutures/internal/foi"
)

// The names of the numbers of a group, in the order of cells.
var measures = []string{"children", "went", "periods", "still", "absent", "absences"}

// A child of the base is of one of six sorts; each group is some of the sorts.
var sorts = []string{"identified uasc", "identified", "suspected uasc", "suspected", "uasc", "none"}

var groupsOfSorts = map[string][]string{foi.Identified: sorts[:2], foi.Suspected: sorts[2:4], foi.UASC: {sorts[0], sorts[2], sorts[4]}, foi.Both: {sorts[0], sorts[2]}}

// mostPeriods bounds how often one child went missing, or was absent.
const mostPeriods = 40

// knowledge is what anybody knows of an answer: numbers of children of each kind,
// by sort, by how often they went missing and whether they still were, and once
// more by how often they were absent.
type knowledge struct {
	intruder.Knowledge
	sums map[string]intruder.Sum // "identified/went", "sort none/children"
}

func whatIsKnown(a foi.Answer) *knowledge {
	k := &knowledge{sums: map[string]intruder.Sum{}}
	most := mostOfSorts(a)
	for _, sort := range sorts {
		missing, absent := intruder.Sum{}, intruder.Sum{}
		for periods := range most[sort][0] + 1 {
			for still := range min(periods, 1) + 1 {
				name := fmt.Sprint(sort, " missing ", periods, still)
				missing[name] = 1
				k.count(sort, name, map[string]int{"children": 1, "went": min(periods, 1), "periods": periods, "still": still})
			}
		}
		for absences := range most[sort][1] + 1 {
			name := fmt.Sprint(sort, " absent ", absences)
			absent[name] = -1
			k.count(sort, name, map[string]int{"absent": min(absences, 1), "absences": absences})
		}
		for name, times := range absent {
			missing[name] = times
		}
		k.Equal(missing, 0) // the children of a sort, told apart in two ways
	}
	k.tell("base/children", a.Base.LookedAfter)
	for _, g := range a.Groups {
		for m, c := range cells(g) {
			k.tell(g.ID+"/"+measures[m], c)
		}
	}
	return k
}

// mostOfSorts is how often one child of a sort can have gone missing and been
// absent: no more often than all children of a group of whom it is told.
func mostOfSorts(a foi.Answer) map[string][2]int {
	most := map[string][2]int{}
	for _, sort := range sorts {
		most[sort] = [2]int{mostPeriods, mostPeriods}
	}
	for _, g := range a.Groups {
		for n, c := range []disclosure.Cell{g.MissingEpisodes, g.Absences} {
			for _, sort := range groupsOfSorts[g.ID] {
				if m := most[sort]; c.Shown {
					m[n] = min(m[n], c.Value)
					most[sort] = m
				}
			}
		}
	}
	return most
}

// count adds a kind of child of a sort to the sums that it counts in.
func (k *knowledge) count(sort, name string, by map[string]int) {
	k.Number(name)
	in := []string{"base", "sort " + sort}
	for group, list := range groupsOfSorts {
		for _, s := range list {
			if s == sort {
				in = append(in, group)
			}
		}
	}
	for _, group := range in {
		for measure, times := range by {
			id := group + "/" + measure
			if k.sums[id] == nil {
				k.sums[id] = intruder.Sum{}
			}
			k.sums[id][name] += times
		}
	}
}

func (k *knowledge) tell(id string, c disclosure.Cell) {
	if c.Shown {
		k.Equal(k.sums[id], c.Value)
	}
}

// less is one sum without another.
func (k *knowledge) less(whole, part string) intruder.Sum {
	out := intruder.Sum{}
	for name, times := range k.sums[whole] {
		out[name] += times
	}
	for name, times := range k.sums[part] {
		out[name] -= times
	}
	return out
}

// Nobody learns from a published answer that a number is small: neither one that
// stands in it, nor who of a group did not go missing, was found, was not absent,
// or is in no group.
func TestNoSmallNumberCanBeWorkedOut(t *testing.T) {
	for seed := range uint64(40) {
		exact := foi.Count(anyCouncil(seed))
		published := foi.Published(exact, disclosure.Default())
		known := whatIsKnown(published)
		check := func(what string, value int, of intruder.Sum) {
			if value < 1 || value > 5 {
				return
			}
			if known.CanBe(of, 6) == intruder.No {
				t.Errorf("council %d: %s is small (%d), and the answer tells it: %+v", seed, what, value, published.Groups)
			}
		}
		for n, g := range published.Groups {
			was := cells(exact.Groups[n])
			for m, c := range cells(g) {
				if c.Shown && (c.Value != was[m].Value || c.Value >= 1 && c.Value <= 5) {
					t.Errorf("council %d: %s/%s shows %d, and is %d", seed, g.ID, measures[m], c.Value, was[m].Value)
				}
				check(g.ID+"/"+measures[m], was[m].Value, known.sums[g.ID+"/"+measures[m]])
			}
			for _, pair := range [][2]int{{0, 1}, {1, 3}, {0, 4}} {
				whole, part := g.ID+"/"+measures[pair[0]], g.ID+"/"+measures[pair[1]]
				check(whole+" less "+part, was[pair[0]].Value-was[pair[1]].Value, known.less(whole, part))
			}
			check("base less "+g.ID, exact.Base.LookedAfter.Value-was[0].Value, known.less("base/children", g.ID+"/children"))
		}
		uasc, both := exact.Groups[2], exact.Groups[3]
		for _, m := range []int{0, 1, 3, 4} {
			check("uasc alone: "+measures[m], cells(uasc)[m].Value-cells(both)[m].Value, known.sums["sort uasc/"+measures[m]])
		}
	}
}

// anyCouncil is a council in which each group is rare or common.
func anyCouncil(seed uint64) foi.Input {
	random := rand.New(rand.NewPCG(seed, 11))
	in := foi.Input{YearEnding: year, Source: foi.SourceSSDA903, Identified: ids(), Suspected: ids(), UASC: ids()}
	identified, suspected, uasc := random.Float64()*0.4, random.Float64()*0.3, random.Float64()*0.4
	again := random.Float64() * 0.7
	for n := range []int{6, 12, 25, 60, 200}[random.IntN(5)] {
		child := fmt.Sprint("child ", n)
		in.LookedAfter = append(in.LookedAfter, child)
		in.Identified[child], in.Suspected[child], in.UASC[child] = random.Float64() < identified, random.Float64() < suspected, random.Float64() < uasc
		for i, code := range []string{foi.Missing, foi.Absent} {
			for began := date.Date("2025-04-01").AddDays(i); random.Float64() < again && began < "2025-09-01"; began = began.AddDays(9) {
				ended := began.AddDays(2)
				if random.Float64() < 0.1 {
					ended = ""
				}
				in.Periods = append(in.Periods, foi.Period{Child: child, Code: code, Began: began, Ended: ended})
			}
		}
	}
	return in
}

// Of 6 children with 6 periods some went missing, so that at most 5 did not:
// nobody may read that out of an answer in which only their number is hidden.
func TestPeriodsTellThatSomebodyWentMissing(t *testing.T) {
	in := foi.Input{YearEnding: year, LookedAfter: []string{}, Suspected: ids("a", "b", "c", "d", "e", "f")}
	for n := range 40 {
		in.LookedAfter = append(in.LookedAfter, string(rune('a'+n)))
	}
	for n := range 6 {
		in.Periods = append(in.Periods, foi.Period{Child: "a", Code: foi.Missing, Began: date.Date("2025-05-01").AddDays(9 * n), Ended: date.Date("2025-05-02").AddDays(9 * n)})
	}
	in.Periods = append(in.Periods, foi.Period{Child: "b", Code: foi.Missing, Began: "2025-05-01", Ended: "2025-05-02"})
	a := foi.Published(foi.Count(in), disclosure.Default())
	g, _ := a.Group(foi.Suspected)
	if g.Children.Shown && g.MissingEpisodes.Shown {
		t.Errorf("%d children, %d periods, %s went missing: 1 did at least, so that at most 5 did not", g.Children.Value, g.MissingEpisodes.Value, g.WentMissing)
	}
}

// The suspected are within the register, which other tables tell of.
func TestWhatOtherTablesTellIsNotTakenFromTheAnswer(t *testing.T) {
	in := foi.Input{YearEnding: year, Suspected: ids(), Identified: ids(), UASC: ids()}
	for n := range 40 {
		child := fmt.Sprint(n)
		in.LookedAfter = append(in.LookedAfter, child)
		in.Suspected[child] = n < 12
	}
	for _, c := range []struct {
		why   string
		set   foi.Set
		shown bool
	}{
		{"all of them are looked after: a true zero", foi.Set{Size: 12, Told: true}, true},
		{"3 more are on the register: they must not be told", foi.Set{Size: 15, Told: true}, false},
		{"3 more, but nobody is told how many there are", foi.Set{Size: 15}, true},
		{"a dozen more", foi.Set{Size: 24, Told: true}, true},
	} {
		in.Within = []foi.Set{c.set}
		g, _ := foi.Published(foi.Count(in), disclosure.Default()).Group(foi.Suspected)
		if g.Children.Shown != c.shown {
			t.Errorf("%s: the suspected show as %s", c.why, g.Children)
		}
	}
	in.Suspected = ids("1", "2", "3")
	in.Within = []foi.Set{{Size: 4, Told: true}}
	g, _ := foi.Published(foi.Count(in), disclosure.Default()).Group(foi.Suspected)
	if g.Children.Shown || g.WentMissing != disclosure.Number(0) {
		t.Errorf("3 of a small set of 4: %+v", g)
	}
}
