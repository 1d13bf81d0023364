package stats_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"stablefutures/internal/stats"
)

// The first four are method 3 of R. G. Newcombe, "Two-sided confidence intervals
// for the single proportion", Statistics in Medicine 17 (1998) 857–872, table I.
func TestKnownIntervals(t *testing.T) {
	for _, c := range []struct {
		part, whole int
		low, high   float64
	}{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0, 0.1611},
		{1, 29, 0.0061, 0.1718},
		{29, 29, 0.8830, 1},
		{864, 2638, 0.3099, 0.3457},
	} {
		low, high, ok := stats.Wilson95(c.part, c.whole)
		if !ok || math.Abs(low-c.low) > 0.00005 || math.Abs(high-c.high) > 0.00005 {
			t.Errorf("%d of %d: %.4f to %.4f (%v), want %.4f to %.4f", c.part, c.whole, low, high, ok, c.low, c.high)
		}
	}
}

func TestWhatIsNoShareHasNoInterval(t *testing.T) {
	for _, c := range [][2]int{{0, 0}, {1, 0}, {-1, 5}, {6, 5}, {0, -3}} {
		if _, _, ok := stats.Wilson95(c[0], c[1]); ok {
			t.Errorf("%d of %d has an interval", c[0], c[1])
		}
	}
}

// By its definition an end of the interval is a share at which what was counted
// lies exactly z standard errors away.
func TestAnEndIsWhereTheScoreTestTurns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.IntRange(1, 5000).Draw(t, "whole")
		part := rapid.IntRange(0, whole).Draw(t, "part")
		low, high, ok := stats.Wilson95(part, whole)
		share := float64(part) / float64(whole)
		if !ok || low < 0 || high > 1 || low > share || high < share {
			t.Fatalf("%d of %d: %g to %g", part, whole, low, high)
		}
		for _, end := range []float64{low, high} {
			if end == 0 || end == 1 {
				continue
			}
			z := math.Abs(share-end) / math.Sqrt(end*(1-end)/float64(whole))
			if math.Abs(z-1.959964) > 1e-4 {
				t.Fatalf("%d of %d: at %g the score is %g", part, whole, end, z)
			}
		}
	})
}
