package disclosure

import "math"

// move is by how much counts differ in another set of numbers that fits all that
// is shown: index of the count to a whole number that is not 0.
type move map[int]int

// Costs of hiding a count that is shown, for each unit by which it would move.
const (
	costOfKeep  = 1000.0  // for each step of Keep
	costOfSize  = 0.001   // for each unit of the count: of two, the smaller one is hidden
	furthest    = 1 << 30 // no count moves further
	largestStep = 6       // a solution in fractions is tried in multiples up to this
	// mostBranches is how many programs more are solved to find whole numbers.
	mostBranches = 60
)

// cheapest finds a move that makes a secret large, over counts that are hidden
// already for nothing, over others for what they are worth.
func (s *search) cheapest(p part, secret int) (move, bool) {
	return s.find(p, secret, func(i int) (cost float64, movable bool) {
		c := s.model.counts[i]
		switch {
		case s.hidden[i]:
			return 0, true
		case c.Sort == Public:
			return 0, false
		}
		return 1 + costOfKeep*float64(c.Keep) + costOfSize*float64(c.Value), true
	})
}

// within finds a move over counts that are hidden already.
func (s *search) within(p part, secret int) (move, bool) {
	m, ok := s.find(p, secret, func(i int) (float64, bool) { return 0, s.hidden[i] })
	for i, by := range m {
		ok = ok && (s.hidden[i] || !s.seen(i, by))
	}
	return m, ok
}

// seen tells whether a count that is shown would show otherwise if it moved.
func (s *search) seen(i, by int) bool {
	c := s.model.counts[i]
	if c.Sort == Public {
		return by != 0
	}
	least, most := s.profile.readBack(c.Value)
	return c.Value+by < least || c.Value+by > most
}

// variable is one direction in which a count may move.
type variable struct {
	count, way int // way is 1 or -1
	cost, most float64
}

// find solves for a move in which the secret rises to where it is small no more.
func (s *search) find(p part, secret int, price func(int) (cost float64, movable bool)) (move, bool) {
	rise := s.profile.Small + 1 - s.model.counts[secret].Value
	var list []variable
	for _, i := range p.counts {
		if i == secret {
			continue
		}
		list = append(list, s.ways(i, price)...)
	}
	lp := problem(p, list, secret, rise)
	x, ok := lp.solve()
	if !ok {
		return nil, false
	}
	for times := 1; times <= largestStep; times++ {
		if m, whole := s.whole(list, x, times); whole {
			m[secret] = rise * times
			if s.fits(p, m) {
				return m, true
			}
		}
	}
	patience := mostBranches
	return s.branch(p, lp, list, x, func(m move) { m[secret] = rise }, &patience)
}

// branch looks for a solution in whole numbers where x is one in fractions: it
// keeps a number that came out as a fraction under it, then over it, and solves
// again.
func (s *search) branch(p part, lp program, list []variable, x []float64, rise func(move), patience *int) (move, bool) {
	k := fraction(x)
	if k < 0 {
		m, whole := s.whole(list, x, 1)
		if !whole {
			return nil, false
		}
		rise(m)
		return m, s.fits(p, m)
	}
	under, over := lp.atMost(k, math.Floor(x[k])), lp.atLeast(k, math.Ceil(x[k]))
	for _, next := range []program{under, over} {
		if *patience--; *patience < 0 {
			return nil, false
		}
		y, ok := next.solve()
		if !ok {
			continue
		}
		if m, ok := s.branch(p, next, list, y, rise, patience); ok {
			return m, true
		}
	}
	return nil, false
}

// fraction is the number that is furthest from a whole one; -1 where all are whole.
func fraction(x []float64) int {
	at, most := -1, 1e-6
	for k, v := range x {
		if off := math.Abs(v - math.Round(v)); off > most {
			at, most = k, off
		}
	}
	return at
}

// ways are the directions in which a count may move: one that is shown rounded
// moves within its rounding for nothing.
func (s *search) ways(i int, price func(int) (float64, bool)) []variable {
	value := s.model.counts[i].Value
	var list []variable
	if !s.hidden[i] && s.model.counts[i].Sort != Public {
		least, most := s.profile.readBack(value)
		if most > value {
			list = append(list, variable{i, 1, 0, float64(most - value)})
		}
		if least < value {
			list = append(list, variable{i, -1, 0, float64(value - least)})
		}
	}
	if cost, movable := price(i); movable {
		list = append(list, variable{i, 1, cost, furthest})
		if value > 0 {
			list = append(list, variable{i, -1, cost, float64(value)})
		}
	}
	return list
}

// problem is the linear program: the cheapest way in which every equation still
// holds when the secret has risen.
func problem(p part, list []variable, secret, rise int) program {
	lp := program{right: make([]float64, len(p.equations))}
	for _, v := range list {
		lp.cost, lp.most = append(lp.cost, v.cost), append(lp.most, v.most)
	}
	for n, equation := range p.equations {
		times := map[int]int{}
		for _, t := range equation {
			times[t.count] += t.times
		}
		row := make([]float64, len(list))
		for k, v := range list {
			row[k] = float64(v.way * times[v.count])
		}
		lp.rows = append(lp.rows, row)
		lp.right[n] = -float64(times[secret] * rise)
	}
	return lp
}

// whole puts the variables together to a move, and tells whether times the
// solution is one in whole numbers.
func (s *search) whole(list []variable, x []float64, times int) (move, bool) {
	m := move{}
	for k, v := range list {
		by := x[k] * float64(times)
		if math.Abs(by-math.Round(by)) > 1e-6 || math.Abs(by) > furthest {
			return nil, false
		}
		if by := int(math.Round(by)); by != 0 {
			if m[v.count] += v.way * by; m[v.count] == 0 {
				delete(m, v.count)
			}
		}
	}
	return m, true
}

// fits checks a move in whole numbers: every equation holds and nothing falls
// under 0. Which counts may move at all, find has seen to.
func (s *search) fits(p part, m move) bool {
	for _, equation := range p.equations {
		left := 0
		for _, t := range equation {
			left += t.times * m[t.count]
		}
		if left != 0 {
			return false
		}
	}
	for i, by := range m {
		if s.model.counts[i].Value+by < 0 {
			return false
		}
	}
	return true
}
