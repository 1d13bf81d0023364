// Package stats holds estimates and how sure one can be of them: pure functions
// of numbers, each with its source.
//
// No database, no page, no rounding for print and no rule about small numbers
// belongs here; whether a number may be told at all is disclosure's to say.
package stats

import "math"

// z95 is the 97.5th percentile of the normal distribution: 95 of 100 intervals
// that are made with it hold the true share.
const z95 = 1.959963984540054

// Wilson95 is the 95 % interval of a share, of which part of whole were counted:
// Wilson's score interval without continuity correction. It stays within 0 and 1,
// and says something useful where part is 0 or whole.
//
// It takes the cases for independent of one another. ok is false where there is
// no share: nothing was counted, or part is no part of whole.
//
// Sources: E. B. Wilson, "Probable inference, the law of succession, and
// statistical inference", Journal of the American Statistical Association 22
// (1927) 209–212; recommended over the textbook interval by L. D. Brown, T. T.
// Cai and A. DasGupta, "Interval estimation for a binomial proportion",
// Statistical Science 16 (2001) 101–133.
func Wilson95(part, whole int) (low, high float64, ok bool) {
	if whole <= 0 || part < 0 || part > whole {
		return 0, 0, false
	}
	n := float64(whole)
	p := float64(part) / n
	middle := p + z95*z95/(2*n)
	half := z95 * math.Sqrt(p*(1-p)/n+z95*z95/(4*n*n))
	scale := 1 + z95*z95/n
	low, high = (middle-half)/scale, (middle+half)/scale
	// At the ends the formula gives 0 and 1; floating point only nearly.
	if part == 0 {
		low = 0
	}
	if part == whole {
		high = 1
	}
	return low, high, true
}
