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
	x, ok := problem(p, list, secret, rise).solve()
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
	return nil, false
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
