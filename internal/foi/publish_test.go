package foi_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stablefutures/internal/disclosure"
	"stablefutures/internal/foi"
)

// Somebody who has the published answer, knows how the numbers hang together and
// solves the equations learns no number from 1 to 5. The equations are written
// here once more, from the definitions: unknowns are the six sorts of children.
func TestNoSmallNumberCanBeWorkedOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		exact := foi.Count(input(t))
		published := foi.Published(exact, disclosure.Default())
		if !published.Published {
			t.Fatal("the answer does not say that it is published")
		}
		told := equations(published)
		for name, secret := range secrets(exact) {
			if secret.value < 1 || secret.value > 5 {
				continue
			}
			if value, ok := told.solve(secret.of); ok {
				t.Errorf("%s is worked out as %g; it is %d", name, value, secret.value)
			}
		}
		for i, g := range published.Groups {
			for k, c := range cells(g) {
				was := cells(exact.Groups[i])[k].Value
				if c.Shown && (c.Value != was || c.Value >= 1 && c.Value <= 5) {
					t.Errorf("%s/%d shows %d, and is %d", g.ID, k, c.Value, was)
				}
				if was == 0 && !c.Shown && c.Why == disclosure.Small {
					t.Errorf("%s/%d is 0 and is called small", g.ID, k)
				}
			}
		}
	})
}

// unknowns: six sorts of children by six measures.
const sorts, numbersOfSort = 6, 6

// sortsOf says which of the sorts a group is made of: identified and
// unaccompanied, identified, suspected and unaccompanied, suspected,
// unaccompanied alone, none.
var sortsOf = map[string][]int{foi.Identified: {0, 1}, foi.Suspected: {2, 3}, foi.UASC: {0, 2, 4}, foi.Both: {0, 2}}

func vector(group []int, measure int) []float64 {
	v := make([]float64, sorts*numbersOfSort)
	for _, s := range group {
		v[s*numbersOfSort+measure] = 1
	}
	return v
}

func minus(a, b []float64) []float64 {
	out := slices.Clone(a)
	for i := range b {
		out[i] -= b[i]
	}
	return out
}

type secret struct {
	value int
	of    []float64
}

// secrets are the numbers of the answer, and what they lack of their wholes.
func secrets(a foi.Answer) map[string]secret {
	out := map[string]secret{}
	for _, g := range a.Groups {
		for m, c := range cells(g) {
			out[g.ID+"/"+string(rune('0'+m))] = secret{c.Value, vector(sortsOf[g.ID], m)}
		}
		for _, pair := range [][2]int{{0, 1}, {1, 3}, {0, 4}} { // not missing, found, not absent
			whole, part := cells(g)[pair[0]].Value, cells(g)[pair[1]].Value
			out[g.ID+" less"+string(rune('0'+pair[1]))] = secret{whole - part, minus(vector(sortsOf[g.ID], pair[0]), vector(sortsOf[g.ID], pair[1]))}
		}
	}
	both, _ := a.Group(foi.Both)
	uasc, _ := a.Group(foi.UASC)
	out["unaccompanied alone"] = secret{uasc.Children.Value - both.Children.Value, vector([]int{4}, 0)}
	return out
}

// system is linear equations over the unknowns, brought to echelon form.
type system [][]float64 // each row: coefficients, then the right side

func equations(a foi.Answer) *system {
	var s system
	add := func(c disclosure.Cell, of []float64) {
		if c.Shown {
			s = append(s, append(slices.Clone(of), float64(c.Value)))
		}
	}
	add(a.Base.LookedAfter, vector([]int{0, 1, 2, 3, 4, 5}, 0))
	for _, g := range a.Groups {
		for m, c := range cells(g) {
			add(c, vector(sortsOf[g.ID], m))
			if c.Shown && c.Value == 0 { // none of a group: none of its sorts
				for _, one := range sortsOf[g.ID] {
					add(c, vector([]int{one}, m))
				}
			}
		}
	}
	return &s
}

// solve gives the value of a sum of unknowns where the equations fix it.
func (s *system) solve(of []float64) (float64, bool) {
	rows := make([][]float64, len(*s))
	for i := range *s {
		rows[i] = slices.Clone((*s)[i])
	}
	target := append(slices.Clone(of), 0)
	n := len(of)
	used := 0
	for col := range n {
		pivot := -1
		for i := used; i < len(rows); i++ {
			if rows[i][col] > 1e-9 || rows[i][col] < -1e-9 {
				pivot = i
				break
			}
		}
		if pivot < 0 {
			continue
		}
		rows[used], rows[pivot] = rows[pivot], rows[used]
		reduce := func(row []float64) {
			f := row[col] / rows[used][col]
			for k := range row {
				row[k] -= f * rows[used][k]
			}
		}
		for i := used + 1; i < len(rows); i++ {
			reduce(rows[i])
		}
		reduce(target)
		used++
	}
	for col := range n {
		if target[col] > 1e-9 || target[col] < -1e-9 {
			return 0, false
		}
	}
	return -target[n], true
}

func TestAPublishedAnswerSaysWhatItKeepsBack(t *testing.T) {
	in := foi.Input{YearEnding: year, Source: foi.SourceSSDA903, Identified: ids("a", "b", "c"), UASC: ids()}
	for i := range 40 {
		in.LookedAfter = append(in.LookedAfter, string(rune('a'+i)))
	}
	a := foi.Published(foi.Count(in), disclosure.Default())
	if !slices.Equal(a.Suppressed, []string{"groups/identified/children"}) {
		t.Errorf("suppressed: %v", a.Suppressed)
	}
	data, err := json.Marshal(a)
	if err != nil || !strings.Contains(string(data), `"id":"identified","children":null`) {
		t.Errorf("the JSON does not hold null for a number that is kept back: %s (%v)", data, err)
	}
	text := strings.Join(foi.Sentences(a, "Fictionshire"), "\n")
	if !strings.Contains(text, "c of them were identified") || !strings.Contains(text, "c stands in their place") {
		t.Errorf("the letter does not say so:\n%s", text)
	}
	if again := foi.Published(a, disclosure.Default()); len(again.Suppressed) != 1 {
		t.Error("publishing twice changed the answer")
	}
}

// Where nobody has said who went missing, no letter may say that nobody did.
func TestMissingThatNobodyToldOfIsNotNone(t *testing.T) {
	in := foi.Input{YearEnding: year, Source: foi.SourceAnnexA, LookedAfter: []string{"a"}, Identified: ids("a"), NoMissing: true}
	for _, a := range []foi.Answer{foi.Count(in), foi.Published(foi.Count(in), disclosure.Default())} {
		g, _ := a.Group(foi.Identified)
		if g.WentMissing.String() != "x" || g.Absences.String() != "x" {
			t.Errorf("went missing shows as %s", g.WentMissing)
		}
		text := strings.Join(foi.Sentences(a, "Fictionshire"), "\n")
		if strings.Contains(text, "None of these went missing") || !strings.Contains(text, "is not known here") {
			t.Errorf("the letter says:\n%s", text)
		}
	}
}
