package disclosure

import "math"

// program is a linear program: the least cost·x where rows·x = right and
// least ≤ x ≤ most. It is solved in floating point; nothing is believed of a
// solution before it was checked in whole numbers (see search.go).
type program struct {
	rows  [][]float64
	right []float64
	cost  []float64
	most  []float64 // +Inf for no limit
	least []float64 // nil for 0
}

// atMost and atLeast are the same program with one variable kept under or over a
// bound.
func (p program) atMost(k int, bound float64) program {
	p.most = append([]float64(nil), p.most...)
	p.most[k] = bound
	return p
}

func (p program) atLeast(k int, bound float64) program {
	if p.least == nil {
		p.least = make([]float64, len(p.cost))
	}
	p.least = append([]float64(nil), p.least...)
	p.least[k] = bound
	return p
}

// shifted is the program over what each variable is more than its least.
func (p program) shifted() program {
	most, right := append([]float64(nil), p.most...), append([]float64(nil), p.right...)
	for j, l := range p.least {
		most[j] -= l
		if l != 0 {
			for i := range p.rows {
				right[i] -= p.rows[i][j] * l
			}
		}
	}
	return program{rows: p.rows, right: right, cost: p.cost, most: most}
}

const tolerance = 1e-7

// solve gives a cheapest x, and false where there is none, or none was found
// within a bounded number of steps.
//
// Primal simplex for bounded variables over a dense tableau, in two phases: one
// helper variable a row, whose sum is brought to 0 first.
func (p program) solve() (x []float64, ok bool) {
	if p.least != nil {
		x, ok = p.shifted().solve()
		for j := range x {
			x[j] += p.least[j]
		}
		return x, ok
	}
	for _, most := range p.most {
		if most < 0 {
			return nil, false
		}
	}
	t := newTableau(p)
	if !t.minimise(t.helperCost()) || t.helperSum() > tolerance*float64(1+len(p.rows)) {
		return nil, false
	}
	t.barHelpers()
	if !t.minimise(append(append([]float64(nil), p.cost...), make([]float64, len(p.rows))...)) {
		return nil, false
	}
	return t.solution(), true
}

type tableau struct {
	real  int         // variables of the program; the helpers follow them
	rows  [][]float64 // B⁻¹A
	value []float64   // of the basic variable of each row
	basic []int       // the basic variable of each row
	place []int       // the row of a variable, or -1
	full  []bool      // a variable outside the basis that stands at its upper bound
	most  []float64
}

func newTableau(p program) *tableau {
	n, m := len(p.cost), len(p.rows)
	t := &tableau{
		real: n, rows: make([][]float64, m), value: make([]float64, m), basic: make([]int, m),
		place: make([]int, n+m), full: make([]bool, n+m), most: append([]float64(nil), p.most...),
	}
	for j := range t.place {
		t.place[j] = -1
	}
	for i := range m {
		sign := 1.0
		if p.right[i] < 0 {
			sign = -1
		}
		row := make([]float64, n+m)
		for j, a := range p.rows[i] {
			row[j] = sign * a
		}
		row[n+i] = 1
		t.rows[i], t.value[i], t.basic[i], t.place[n+i] = row, sign*p.right[i], n+i, i
		t.most = append(t.most, math.Inf(1))
	}
	return t
}

func (t *tableau) helperCost() []float64 {
	cost := make([]float64, len(t.place))
	for j := t.real; j < len(cost); j++ {
		cost[j] = 1
	}
	return cost
}

func (t *tableau) helperSum() float64 {
	sum := 0.0
	for i, b := range t.basic {
		if b >= t.real {
			sum += t.value[i]
		}
	}
	return sum
}

func (t *tableau) barHelpers() {
	for j := t.real; j < len(t.most); j++ {
		t.most[j] = 0
	}
	for i, b := range t.basic {
		if b >= t.real {
			t.value[i] = 0
		}
	}
}

// minimise steps to the least cost; false where it ran out of steps or of bounds.
func (t *tableau) minimise(cost []float64) bool {
	reduced := t.reduced(cost)
	patience := 20*len(t.rows) + 200
	for step := range 4 * patience {
		j := t.entering(reduced, step > patience)
		if j < 0 {
			return true
		}
		if !t.step(j, reduced) {
			return false
		}
	}
	return false
}

func (t *tableau) reduced(cost []float64) []float64 {
	reduced := append([]float64(nil), cost...)
	for i, b := range t.basic {
		if c := cost[b]; c != 0 {
			for j, a := range t.rows[i] {
				reduced[j] -= c * a
			}
		}
	}
	return reduced
}

// entering picks the variable that gains most, or with first the first one that
// gains at all, which cannot go round in circles.
func (t *tableau) entering(reduced []float64, first bool) int {
	best, gain := -1, tolerance
	for j, r := range reduced {
		if t.place[j] >= 0 || t.most[j] == 0 {
			continue
		}
		if t.full[j] {
			r = -r
		}
		if -r > gain {
			best, gain = j, -r
			if first {
				return j
			}
		}
	}
	return best
}

// step moves variable j away from its bound until it or a basic one meets a
// bound; false where nothing ever does.
func (t *tableau) step(j int, reduced []float64) bool {
	way := 1.0
	if t.full[j] {
		way = -1
	}
	limit, row, atMost := t.most[j], -1, false
	for i, r := range t.rows {
		a := way * r[j]
		room, upper := math.Inf(1), false
		switch {
		case a > tolerance:
			room = t.value[i] / a
		case a < -tolerance:
			room, upper = (t.most[t.basic[i]]-t.value[i])/-a, true
		}
		if room = math.Max(room, 0); room < limit-1e-12 || row >= 0 && room <= limit && t.basic[i] < t.basic[row] {
			limit, row, atMost = room, i, upper
		}
	}
	if math.IsInf(limit, 1) {
		return false
	}
	for i, r := range t.rows {
		t.value[i] -= way * limit * r[j]
	}
	if row < 0 {
		t.full[j] = !t.full[j]
		return true
	}
	start := 0.0
	if t.full[j] {
		start = t.most[j]
	}
	t.pivot(row, j, start+way*limit, atMost, reduced)
	return true
}

func (t *tableau) pivot(row, j int, value float64, atMost bool, reduced []float64) {
	leaving := t.basic[row]
	t.place[leaving], t.full[leaving] = -1, atMost
	t.basic[row], t.place[j], t.full[j], t.value[row] = j, row, false, value
	pr := t.rows[row]
	scale := 1 / pr[j]
	for k := range pr {
		pr[k] *= scale
	}
	clear := func(r []float64) {
		f := r[j]
		if f == 0 {
			return
		}
		for k, a := range pr {
			if a != 0 {
				r[k] -= f * a
			}
		}
		r[j] = 0
	}
	for i, r := range t.rows {
		if i != row {
			clear(r)
		}
	}
	clear(reduced)
}

func (t *tableau) solution() []float64 {
	x := make([]float64, t.real)
	for j := range x {
		switch {
		case t.place[j] >= 0:
			x[j] = t.value[t.place[j]]
		case t.full[j]:
			x[j] = t.most[j]
		}
	}
	return x
}
