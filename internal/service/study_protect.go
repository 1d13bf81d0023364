package service

import (
	"maps"
	"strconv"
	"strings"

	"stablefutures/internal/disclosure"
	"stablefutures/internal/framework"
)

// The figures of the study are of some of those whom the council's overview counts, and
// whoever has both could take one from the other: what is left is of those who did not
// agree. So each outcome has one model with three sets of numbers: those of all, of which
// the overview shows what it shows; those who agreed; and the rest, which stands in no
// table and is kept from being worked out like any other small number.

const (
	partAll    = "all "
	partAgreed = "agreed "
	partRest   = "rest "
)

// publishStudy is what may leave: how many are on the register, and the cells of those
// who agreed.
func (s *Service) publishStudy(o Overview, both studied) (all disclosure.Cell, cells map[string]disclosure.Cell) {
	protect := func(name string) protecting {
		return func(block, of string, model func() *disclosure.Model) map[string]disclosure.Cell {
			// The overview keeps its own under the same names, so that the two are one.
			found, err := kept(&s.figures, name+o.Authority.Code+"/"+o.Edition.ID+"/"+block, of, func() (map[string]disclosure.Cell, error) { return disclosure.Protect(model(), profile) })
			if err != nil {
				return nil // the counts contradict each other: nothing of this may leave
			}
			return found
		}
	}
	return both.publish(o.Edition, protect("published/"), protect("study/published/"))
}

// publish decides what is published of all numbers; overview is what works out, or kept,
// what the overview shows.
func (b studied) publish(edition *framework.Edition, overview, study protecting) (all disclosure.Cell, cells map[string]disclosure.Cell) {
	cells = map[string]disclosure.Cell{}
	all, cells["register"] = b.agreement()
	if !cells["register"].Shown || b.agreed.n["register"] < profile.MinBase || b.agreed.n["talked"] < profile.MinBase {
		return all, cells
	}
	talks := overview("talks", b.all.numbers(talkIDs()), b.all.talkModel)
	never := orKeptBack(talks, "talk/never").Shown
	for _, out := range edition.Outcomes() {
		seen := b.all.publishOutcome(out, never, overview)
		maps.Copy(cells, b.publishOutcome(out, never, seen, study))
	}
	return all, cells
}

// agreement is how many are on the register, and how many of them agreed.
func (b studied) agreement() (all, agreed disclosure.Cell) {
	n, yes := b.all.n["register"], b.agreed.n["register"]
	m := &disclosure.Model{}
	m.Add(disclosure.Count{ID: "register", Value: n, Sort: disclosure.Public}) // the overview tells it
	m.Show("agreed", yes)
	m.Complement("register", "agreed")
	found, err := disclosure.Protect(m, profile)
	if err != nil {
		return disclosure.Cell{Why: disclosure.Secondary}, disclosure.Cell{Why: disclosure.Secondary}
	}
	all, agreed = disclosure.Number(n), orKeptBack(found, "agreed")
	if n > 0 && n <= profile.Small {
		all = disclosure.Cell{Why: disclosure.Small}
	}
	return all, agreed
}

// publishOutcome is what is published of an outcome; seen are the overview's numbers of it.
func (b studied) publishOutcome(o framework.Outcome, neverTold bool, seen map[string]disclosure.Cell, protect protecting) map[string]disclosure.Cell {
	ids := idsOf(o)
	of := b.all.numbers(ids.all()) + "/" + b.agreed.numbers(ids.all()) + strconv.FormatBool(neverTold) + shownOf(ids, seen)
	found := map[string]disclosure.Cell{}
	for id, cell := range protect(o.ID, of, func() *disclosure.Model { return b.outcomeModel(ids, neverTold, seen) }) {
		if ours, ok := strings.CutPrefix(id, partAgreed); ok {
			found[ours] = cell
		}
	}
	return told(ids, found)
}

// shownOf tells which numbers are seen, for telling whether that changed.
func shownOf(ids outcomeIDs, seen map[string]disclosure.Cell) string {
	var b []byte
	for _, id := range ids.all() {
		b = strconv.AppendBool(b, seen[id].Shown)
	}
	return string(b)
}

// outcomeModel is one outcome of all, of those who agreed, and of the rest.
func (b studied) outcomeModel(ids outcomeIDs, neverTold bool, seen map[string]disclosure.Cell) *disclosure.Model {
	m := &disclosure.Model{}
	public := func(part string, n int) {
		m.Add(disclosure.Count{ID: part + "register", Value: n, Sort: disclosure.Public})
	}
	public(partAll, b.all.n["register"])
	public(partAgreed, b.agreed.n["register"])
	rest := newCounts()
	for id, n := range b.all.n {
		rest.n[id] = n - b.agreed.n[id]
	}
	public(partRest, rest.n["register"])
	modeller{counts: b.all.counts, Model: m, part: partAll, known: seen}.outcome(ids, neverTold)
	modeller{counts: b.agreed.counts, Model: m, part: partAgreed}.outcome(ids, false)
	modeller{counts: rest, Model: m, part: partRest, known: map[string]disclosure.Cell{}}.outcome(ids, false)
	for _, id := range ids.all() {
		if id != "register" && id != "talk/never" {
			m.Sum(partAll+id, partAgreed+id, partRest+id)
		}
	}
	return m
}
