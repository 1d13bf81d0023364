package disclosure

import (
	"cmp"
	"slices"
)

// Protect decides which counts of a model are shown: the small ones are hidden,
// then as many others as it takes that nobody who knows the shown ones, every
// equation and that no count is under 0 can tell that a hidden count is small.
//
// For each small count it finds another set of whole numbers that fits
// everything shown and in which that count is not small any more; counts that
// differ in it are hidden. Such a set is checked in whole numbers before it is
// believed, and kept until the end as the proof. Where none exists, as where a
// public total is itself small, everything of that part of the model that is
// not public is hidden, which is the most that can be done.
//
// The result holds a cell for every count of the sorts Shown and Public. The
// error is what is wrong with the model itself.
func Protect(m *Model, p Profile) (map[string]Cell, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	s := &search{model: m, profile: p, hidden: make([]bool, len(m.counts))}
	for i, c := range m.counts {
		s.hidden[i] = c.Sort == Implied || c.Sort == Slack || c.Sort == Shown && p.isSmall(c.Value)
	}
	for _, part := range m.parts() {
		s.protect(part)
	}
	return s.cells(), nil
}

// search is one run of Protect. hidden holds, by index, the counts that the
// reader does not know.
type search struct {
	model   *Model
	profile Profile
	hidden  []bool
}

// part is a set of counts that hang together by equations: nothing in one part
// tells anything of another.
type part struct {
	counts    []int // indexes into the model
	equations [][]term
}

// parts takes the model apart. Counts in no equation are parts of their own,
// and are left out: they need no more than to be hidden where they are small.
func (m *Model) parts() []part {
	root := make([]int, len(m.counts))
	for i := range root {
		root[i] = i
	}
	var find func(int) int
	find = func(i int) int {
		if root[i] != i {
			root[i] = find(root[i])
		}
		return root[i]
	}
	for _, equation := range m.equations {
		first := -1
		for _, t := range equation {
			if m.counts[t.count].Sort == Public {
				continue // everybody knows it: it joins nothing
			}
			if first < 0 {
				first = t.count
			}
			root[find(t.count)] = find(first)
		}
	}
	at := map[int]int{}
	var list []part
	for _, equation := range m.equations {
		r := find(m.inside(equation))
		if _, ok := at[r]; !ok {
			at[r] = len(list)
			list = append(list, part{})
		}
		list[at[r]].equations = append(list[at[r]].equations, equation)
	}
	for i := range m.counts {
		if n, ok := at[find(i)]; ok {
			list[n].counts = append(list[n].counts, i)
		}
	}
	return list
}

// inside is a count of an equation that is not public; the first where all are.
func (m *Model) inside(equation []term) int {
	for _, t := range equation {
		if m.counts[t.count].Sort != Public {
			return t.count
		}
	}
	return equation[0].count
}

// protect hides what it takes in one part.
func (s *search) protect(p part) {
	secrets := s.secrets(p)
	proofs := make([]move, len(secrets))
	for n, secret := range secrets {
		proof, ok := s.cheapest(p, secret)
		if !ok {
			s.hideAll(p)
			return
		}
		proofs[n] = proof
		for i, by := range proof {
			s.hidden[i] = s.hidden[i] || s.seen(i, by)
		}
	}
	s.giveBack(p, secrets, proofs)
}

// secrets are the small counts of a part, the largest first: what hides them
// often hides the others too.
func (s *search) secrets(p part) []int {
	var list []int
	for _, i := range p.counts {
		c := s.model.counts[i]
		if (c.Sort == Shown || c.Sort == Implied) && s.profile.isSmall(c.Value) {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(s.model.counts[b].Value, s.model.counts[a].Value) })
	return list
}

func (s *search) hideAll(p part) {
	for _, i := range p.counts {
		if s.model.counts[i].Sort != Public {
			s.hidden[i] = true
		}
	}
}

// giveBack shows again, the most valuable first, what was hidden for one secret
// and is not needed any more because of what was hidden for others.
func (s *search) giveBack(p part, secrets []int, proofs []move) {
	var spare []int
	for _, i := range p.counts {
		if c := s.model.counts[i]; s.hidden[i] && c.Sort == Shown && !s.profile.isSmall(c.Value) {
			spare = append(spare, i)
		}
	}
	slices.SortStableFunc(spare, func(a, b int) int {
		x, y := s.model.counts[a], s.model.counts[b]
		return cmp.Or(cmp.Compare(y.Keep, x.Keep), cmp.Compare(y.Value, x.Value))
	})
	for _, i := range spare {
		s.hidden[i] = false
		if again, ok := s.prove(p, secrets, proofs, i); ok {
			proofs = again
		} else {
			s.hidden[i] = true
		}
	}
}

// prove finds new proofs where the old ones moved count i, which is now shown.
func (s *search) prove(p part, secrets []int, proofs []move, i int) ([]move, bool) {
	again := slices.Clone(proofs)
	for n := range again {
		if again[n][i] == 0 {
			continue
		}
		proof, ok := s.within(p, secrets[n])
		if !ok {
			return nil, false
		}
		again[n] = proof
	}
	return again, true
}

func (s *search) cells() map[string]Cell {
	out := make(map[string]Cell, len(s.model.counts))
	for i, c := range s.model.counts {
		switch {
		case c.Sort == Implied || c.Sort == Slack:
		case c.Sort == Public:
			out[c.ID] = Number(c.Value)
		case !s.hidden[i]:
			out[c.ID] = Number(s.profile.rounded(c.Value))
		case s.profile.isSmall(c.Value):
			out[c.ID] = Cell{Why: Small}
		default:
			out[c.ID] = Cell{Why: Secondary}
		}
	}
	return out
}
