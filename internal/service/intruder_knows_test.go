package service

import (
	"slices"
	"strings"

	"stablefutures/internal/disclosure"
	"stablefutures/internal/disclosure/intruder"
)

// respect is one respect in which a person is of some kind. In different respects
// anything goes with anything, but for what same says.
type respect struct {
	name  string
	kinds []kind
	of    func(person) (kind, bool) // false for somebody of whom it says nothing
	ids   map[string]bool           // to which the kinds add
}

// respects are all of them. Each kind adds to "in" its respect as well.
func (w *world) respects() []respect {
	list := []respect{
		{name: "who", kinds: w.who, of: func(p person) (kind, bool) { return p.who, true }},
		{name: "type", kinds: typeKinds(), of: func(p person) (kind, bool) { return p.typ, p.who.open }},
		{name: "talk", kinds: talkKinds(), of: func(p person) (kind, bool) { return p.talk, p.who.open }},
	}
	sorts := map[string]kind{}
	for _, k := range w.who {
		if sort := k.sort(); sort != "" {
			sorts[sort] = k
		}
	}
	for _, sort := range sorted(sorts) {
		list = append(list,
			respect{name: "missing " + sort, kinds: missingKinds(sorts[sort]), of: func(p person) (kind, bool) { return p.missing, p.who.sort() == sort }},
			respect{name: "absent " + sort, kinds: absentKinds(sorts[sort]), of: func(p person) (kind, bool) { return p.absent, p.who.sort() == sort }})
	}
	for _, outcome := range sorted(w.sayers) {
		list = append(list, respect{name: outcome, kinds: w.sayers[outcome], of: func(p person) (kind, bool) { k, ok := p.said[outcome]; return k, ok }})
	}
	for n := range list {
		r := &list[n]
		r.ids = map[string]bool{}
		for _, k := range r.kinds {
			for _, id := range k.ids {
				r.ids[id] = true
			}
		}
	}
	return list
}

// whole is the number of those of whom a respect says something.
func (r respect) whole() string {
	switch kind, sort, _ := strings.Cut(r.name, " "); {
	case r.name == "who":
		return ""
	case r.name == "type" || r.name == "talk":
		return "register"
	case kind == "missing" || kind == "absent":
		return "sort " + sort
	}
	return "talked"
}

// knowledge is what the intruder knows, over how many people there are of each
// kind: how people can be, and what is published.
type knowledge struct {
	intruder.Knowledge
	sums  map[string]intruder.Sum // of which kinds each number is made
	fixed map[string]int          // and how much of it is taken to be as it is
	truth map[string]int          // how many there are of each kind
}

// knows is what the intruder knows. Kinds that differ in nothing that is
// published, nor in the numbers that matter, are taken together.
//
// With some, only the respects to which the numbers that matter belong are open,
// and everything else is taken to be as it is: what can be so then, can be so.
func (w *world) knows(cells map[string]disclosure.Cell, some bool, matter ...string) *knowledge {
	looked := map[string]bool{}
	for id, c := range cells {
		looked[id] = c.Shown
	}
	for _, id := range append(matter, "talked", "register") {
		looked[id] = true
	}
	for _, k := range w.who {
		looked["sort "+k.sort()] = true
	}
	k := &knowledge{sums: map[string]intruder.Sum{}, fixed: map[string]int{}, truth: map[string]int{}}
	for _, r := range w.all {
		if some && !slices.ContainsFunc(matter, func(id string) bool { return r.ids[id] || strings.HasPrefix(id, "talk") && r.whole() == "talked" }) {
			k.fix(r, w.people)
		} else {
			k.open(r, looked, w.people, r.mostOften(cells))
		}
	}
	for _, r := range w.all {
		if whole := r.whole(); whole != "" {
			k.Equal(k.of("in "+r.name, whole), k.fixed[whole]-k.fixed["in "+r.name])
		}
	}
	for _, id := range sorted(cells) {
		if cells[id].Shown {
			k.Equal(k.sums[id], cells[id].Value-k.fixed[id])
		}
	}
	return k
}

// fix takes a respect to be as it is.
func (k *knowledge) fix(r respect, people []person) {
	for _, p := range people {
		if is, ok := r.of(p); ok {
			k.fixed["in "+r.name]++
			for _, id := range is.ids {
				k.fixed[id]++
			}
		}
	}
}

// open adds how many there are of each kind, which is not known.
func (k *knowledge) open(r respect, looked map[string]bool, people []person, often int) {
	name := func(x kind) (string, []string) {
		ids := slices.DeleteFunc(slices.Clone(x.ids), func(id string) bool { return !looked[id] })
		slices.Sort(ids)
		return r.name + " " + strings.Join(ids, ","), ids
	}
	for _, x := range r.kinds {
		name, ids := name(x)
		if k.Has(name) || x.times > often {
			continue
		}
		k.Number(name)
		for _, id := range append(ids, "in "+r.name) {
			if k.sums[id] == nil {
				k.sums[id] = intruder.Sum{}
			}
			k.sums[id][name]++
		}
	}
	for _, p := range people {
		if is, ok := r.of(p); ok {
			name, _ := name(is)
			k.truth[name]++
		}
	}
}

// of is a number, or a difference of numbers, as a sum over kinds.
func (k *knowledge) of(whole string, parts ...string) intruder.Sum {
	out := intruder.Sum{}
	for name, times := range k.sums[whole] {
		out[name] += times
	}
	for _, part := range parts {
		for name, times := range k.sums[part] {
			out[name] -= times
		}
	}
	return out
}

// mostOften is how often one child can have gone missing or been absent: no more
// often than all of a group of which it is told.
func (r respect) mostOften(cells map[string]disclosure.Cell) int {
	measure, groups, _ := strings.Cut(r.name, " ")
	most := mostPeriods
	for _, g := range strings.Fields(groups) {
		if c := cells["answer/"+g+"/"+map[string]string{"missing": "missing_episodes", "absent": "absences"}[measure]]; c.Shown {
			most = min(most, c.Value)
		}
	}
	return most
}

// canBeLarge tells whether a number, or a difference of numbers ("whole - part"),
// can be 6 as far as anybody knows.
func (w *world) canBeLarge(cells map[string]disclosure.Cell, secret string) intruder.Answer {
	const large = 6
	ids := strings.Split(secret, " - ")
	try := func(some bool) intruder.Answer {
		k := w.knows(cells, some, ids...)
		least := large - k.fixed[ids[0]]
		for _, part := range ids[1:] {
			least += k.fixed[part]
		}
		return k.CanBe(k.of(ids[0], ids[1:]...), least)
	}
	if try(true) == intruder.Yes {
		return intruder.Yes
	}
	return try(false)
}
