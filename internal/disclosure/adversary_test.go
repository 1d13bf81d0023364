package disclosure

// adversary knows what is shown, every equation, and that no count is under 0. It
// holds for each count the least and the most that it can be, and tries every
// whole number in between: what it says is impossible is impossible. Protect works
// by linear programming, so that the two can't share a mistake.
type adversary struct {
	model       *Model
	least, most []int
}

// nobodyCountsMore bounds the search: no count of a test's table comes near it.
const nobodyCountsMore = 400

// canBeLarge tells whether a set of numbers exists that fits all that is shown and
// in which the secret is not small.
func canBeLarge(m *Model, cells map[string]Cell, secret int) bool {
	a := adversary{model: m, least: make([]int, len(m.counts)), most: make([]int, len(m.counts))}
	for i, c := range m.counts {
		a.most[i] = nobodyCountsMore
		if cells[c.ID].Shown {
			a.least[i], a.most[i] = c.Value, c.Value
		}
	}
	a.least[secret] = Default().Small + 1
	return a.search()
}

// search narrows, then guesses the count with the fewest numbers left.
func (a adversary) search() bool {
	if !a.narrow() {
		return false
	}
	open := -1
	for i := range a.least {
		if a.least[i] < a.most[i] && (open < 0 || a.most[i]-a.least[i] < a.most[open]-a.least[open]) {
			open = i
		}
	}
	if open < 0 {
		return true
	}
	for guess := a.least[open]; guess <= a.most[open]; guess++ {
		next := adversary{a.model, append([]int(nil), a.least...), append([]int(nil), a.most...)}
		next.least[open], next.most[open] = guess, guess
		if next.search() {
			return true
		}
	}
	return false
}

// narrow draws the bounds together until no equation says more; false where one
// can't hold any longer.
func (a adversary) narrow() bool {
	for again := true; again; {
		again = false
		for _, equation := range a.model.equations {
			for n, t := range equation { // times is 1 or -1
				low, high := 0, 0 // of what the other terms come to
				for other, o := range equation {
					switch {
					case other == n:
					case o.times > 0:
						low, high = low+a.least[o.count], high+a.most[o.count]
					default:
						low, high = low-a.most[o.count], high-a.least[o.count]
					}
				}
				if t.times > 0 {
					low, high = -high, -low
				}
				if low > a.least[t.count] {
					a.least[t.count], again = low, true
				}
				if high < a.most[t.count] {
					a.most[t.count], again = high, true
				}
				if a.least[t.count] > a.most[t.count] {
					return false
				}
			}
		}
	}
	return true
}
