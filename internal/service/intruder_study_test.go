package service

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"stablefutures/internal/disclosure"
	"stablefutures/internal/disclosure/intruder"
)

// Whoever has the figures of the study and the council's overview learns no small number
// from the two: neither of those who agreed, nor of those who did not.
func TestTheStudyAndTheOverviewTellNoSmallNumber(t *testing.T) {
	w := newWorld(true)
	answers, published := map[intruder.Answer]int{}, 0
	for seed := range uint64(councils(t)) {
		random := rand.New(rand.NewPCG(seed, 23))
		w.populate(random, []int{12, 30, 60, 150}[random.IntN(4)], 0)
		yes := *w
		yes.people = nil
		share := []float64{0.3, 0.6, 0.8, 0.95, 1}[random.IntN(5)]
		for _, p := range w.people {
			if random.Float64() < share {
				yes.people = append(yes.people, p)
			}
		}
		both := studied{all: w.figures(), agreed: yes.figures()}
		overview := w.publish(t)
		all, cells := both.publish(smallEdition(), protectOf(t), protectOf(t))
		exact := yes.exact()
		for id, c := range cells {
			if c.Shown && (c.Value != exact[id] || c.Value >= 1 && c.Value <= 5) {
				t.Errorf("council %d: %s is published as %d, and is %d", seed, id, c.Value, exact[id])
			}
		}
		if rest := len(w.people) - len(yes.people); all.Shown && cells["register"].Shown && rest >= 1 && rest <= 5 {
			t.Errorf("council %d tells that %d did not agree", seed, rest)
		}
		for _, outcome := range sorted(w.sayers) {
			if _, told := cells[outcome+"/spoke"]; told {
				published++
				w.learn(t, fmt.Sprint("council ", seed), outcome, &yes, overview, cells, answers)
			}
		}
	}
	t.Logf("%d outcomes published; secrets by whether they can be large: %v", published, answers)
	if published == 0 || answers[intruder.Yes] < 4*answers[intruder.Unknown] || answers[intruder.Yes] == 0 {
		t.Error("too little was published, or the intruder gave up too often to prove anything")
	}
}

func protectOf(t *testing.T) protecting {
	return func(_, _ string, model func() *disclosure.Model) map[string]disclosure.Cell {
		found, err := disclosure.Protect(model(), profile)
		if err != nil {
			t.Error(err)
		}
		return found
	}
}

// learn is the intruder at one outcome: how many there are of each kind among those who
// agreed and among the rest is not known; what is published of both is.
func (w *world) learn(t *testing.T, council, outcome string, yes *world, overview, study map[string]disclosure.Cell, answers map[intruder.Answer]int) {
	t.Helper()
	known := &intruder.Knowledge{}
	sums := map[string]intruder.Sum{} // by part and id
	kinds := append(slices.Clone(w.sayers[outcome]), kind{ids: []string{outcome + "/now/nothing"}})
	shown := func(id string) bool { return overview[id].Shown || study[id].Shown }
	name := func(part string, k kind) string {
		ids := slices.DeleteFunc(slices.Clone(k.ids), func(id string) bool { _, counted := study[id]; return !counted && !shown(id) })
		slices.Sort(ids)
		return part + strings.Join(ids, ",")
	}
	for _, part := range []string{"agreed ", "rest "} {
		for _, k := range kinds {
			if known.Has(name(part, k)) {
				continue
			}
			known.Number(name(part, k))
			for _, id := range append(slices.Clone(k.ids), "register") {
				if sums[part+id] == nil {
					sums[part+id] = intruder.Sum{}
				}
				sums[part+id][name(part, k)]++
			}
		}
	}
	both := func(id string) intruder.Sum {
		out := intruder.Sum{}
		for _, part := range []string{"agreed ", "rest "} {
			for name, times := range sums[part+id] {
				out[name] += times
			}
		}
		return out
	}
	for _, id := range sorted(overview) {
		if (id == "register" || strings.HasPrefix(id, outcome)) && overview[id].Shown && len(both(id)) > 0 {
			known.Equal(both(id), overview[id].Value)
		}
		if (id == "register" || strings.HasPrefix(id, outcome)) && study[id].Shown && len(sums["agreed "+id]) > 0 {
			known.Equal(sums["agreed "+id], study[id].Value)
		}
	}
	exact, ours := w.exact(), yes.exact()
	for _, part := range []string{"agreed ", "rest "} {
		for id := range study {
			n := ours[id]
			if part == "rest " {
				n = exact[id] - ours[id]
			}
			if n < 1 || n > 5 || !strings.HasPrefix(id, outcome) || len(sums[part+id]) == 0 {
				continue
			}
			answer := known.CanBe(sums[part+id], 6)
			if answers[answer]++; answer == intruder.No {
				t.Errorf("%s: %s%s is %d, and the study and the overview tell that it is small", council, part, id, n)
			}
		}
	}
}
