package intruder

import "math"

// program is columns·x = right with x ≥ 0 and right ≥ 0.
type program struct {
	columns [][]entry
	right   []float64
}

type entry struct {
	row int
	by  float64
}

const (
	tiny       = 1e-9
	smallPivot = 1e-7
)

// feasible finds an x: the first phase of the revised simplex method with an
// explicit inverse, by Bland's rule once it has gone on for long, which cannot go
// round in circles.
//
// Floating point may lead astray. So No is said only with a proof: prices of the
// rows at which no column costs more than nothing, and the right side does. And
// Yes only of an x that fits the rows.
func (p program) feasible() (x []float64, answer Answer) {
	m, n := len(p.right), len(p.columns)
	inverse := make([][]float64, m)
	basic, value := make([]int, m), append([]float64(nil), p.right...)
	for i := range m {
		inverse[i] = make([]float64, m)
		inverse[i][i] = 1
		basic[i] = n + i // a helper for each row, all of which must come to 0
	}
	in := make([]bool, n)
	prices, d := make([]float64, m), make([]float64, m)
	for step := 0; ; step++ {
		for k := range prices {
			prices[k] = 0
		}
		for i, b := range basic {
			if b >= n {
				for k, v := range inverse[i] {
					prices[k] += v
				}
			}
		}
		enter := p.entering(prices, in, step > 50*(m+1))
		if enter < 0 {
			break
		}
		for i := range d {
			d[i] = 0
			for _, e := range p.columns[enter] {
				d[i] += inverse[i][e.row] * e.by
			}
		}
		leave := leaving(d, value, basic)
		if leave < 0 {
			return nil, Unknown // cannot be: the helpers' sum has a bottom
		}
		pivot(inverse, value, d, leave)
		if basic[leave] < n {
			in[basic[leave]] = false
		}
		basic[leave], in[enter] = enter, true
	}
	x = make([]float64, n)
	for i, b := range basic {
		if b < n {
			x[b] = math.Max(value[i], 0)
		}
	}
	if p.fits(x) {
		return x, Yes
	}
	worth := 0.0
	for i, price := range prices {
		worth += price * p.right[i]
	}
	if worth > 1e-3 {
		return nil, No
	}
	return nil, Unknown
}

// fits tells whether x keeps to every row.
func (p program) fits(x []float64) bool {
	left := append([]float64(nil), p.right...)
	for j, column := range p.columns {
		if x[j] == 0 {
			continue
		}
		for _, e := range column {
			left[e.row] -= e.by * x[j]
		}
	}
	for _, l := range left {
		if math.Abs(l) > 1e-6 {
			return false
		}
	}
	return true
}

// entering is a column that lowers the helpers' sum; -1 where none does.
func (p program) entering(prices []float64, in []bool, first bool) int {
	best, gain := -1, 1e-7
	for j, column := range p.columns {
		if in[j] {
			continue
		}
		g := 0.0
		for _, e := range column {
			g += prices[e.row] * e.by
		}
		if g > gain {
			best, gain = j, g
			if first {
				return j
			}
		}
	}
	return best
}

// leaving is the row whose basic number first falls to 0.
func leaving(d, value []float64, basic []int) int {
	row, least := -1, math.Inf(1)
	for i := range d {
		if d[i] <= smallPivot {
			continue
		}
		ratio := math.Max(value[i], 0) / d[i]
		if ratio < least-tiny || ratio < least+tiny && basic[i] > basic[row] {
			row, least = i, ratio
		}
	}
	return row
}

func pivot(inverse [][]float64, value, d []float64, row int) {
	scale := 1 / d[row]
	for k := range inverse[row] {
		inverse[row][k] *= scale
	}
	value[row] *= scale
	for i := range inverse {
		if i == row || math.Abs(d[i]) < tiny {
			continue
		}
		for k, v := range inverse[row] {
			inverse[i][k] -= d[i] * v
		}
		value[i] -= d[i] * value[row]
	}
}
