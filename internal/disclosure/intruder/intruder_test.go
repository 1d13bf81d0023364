package intruder_test

import (
	"testing"

	"pgregory.net/rapid"

	"stablefutures/internal/disclosure/intruder"
)

func TestKnownAnswers(t *testing.T) {
	for _, c := range []struct {
		why   string
		know  func(k *intruder.Knowledge)
		least int
		want  intruder.Answer
	}{
		{"what nobody told can be anything", func(k *intruder.Knowledge) { k.Number("a") }, 6, intruder.Yes},
		{"a part is not more than its whole", func(k *intruder.Knowledge) { k.Equal(intruder.Sum{"a": 1, "b": 1}, 5) }, 6, intruder.No},
		{"what another part must have is not left", func(k *intruder.Knowledge) {
			k.Equal(intruder.Sum{"a": 1, "b": 1}, 9)
			k.AtLeast(intruder.Sum{"b": 1}, 4)
		}, 6, intruder.No},
		{"two halves are not whole numbers", func(k *intruder.Knowledge) {
			k.Equal(intruder.Sum{"a": 2, "b": 2}, 13)
		}, 6, intruder.No},
		{"whole numbers are found behind fractions", func(k *intruder.Knowledge) {
			k.Equal(intruder.Sum{"a": 2, "b": 3}, 15)
			k.AtLeast(intruder.Sum{"b": 2}, 1)
		}, 6, intruder.Yes},
	} {
		k := &intruder.Knowledge{}
		c.know(k)
		if got := k.CanBe(intruder.Sum{"a": 1}, c.least); got != c.want {
			t.Errorf("%s: %s, want %s", c.why, got, c.want)
		}
	}
}

// Against trying every set of numbers up to a bound.
func TestEqualsTryingEveryNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const most = 4
		names := []string{"a", "b", "c"}
		k := &intruder.Knowledge{}
		sums := make([]intruder.Sum, rapid.IntRange(1, 3).Draw(t, "facts"))
		rights := make([]int, len(sums))
		for n := range sums {
			sums[n] = intruder.Sum{}
			for _, name := range names {
				if times := rapid.IntRange(-2, 2).Draw(t, name); times != 0 {
					sums[n][name] = times
				}
			}
			rights[n] = rapid.IntRange(-3, 5).Draw(t, "right")
			k.Equal(sums[n], rights[n])
		}
		for _, name := range names {
			k.AtLeast(intruder.Sum{name: -1}, -most)
		}
		least := rapid.IntRange(0, most).Draw(t, "least")
		want := intruder.No
		for code := range (most + 1) * (most + 1) * (most + 1) {
			at := map[string]int{"a": code % (most + 1), "b": code / (most + 1) % (most + 1), "c": code / (most + 1) / (most + 1)}
			fits := at["a"] >= least
			for n, sum := range sums {
				left := rights[n]
				for name, times := range sum {
					left -= times * at[name]
				}
				fits = fits && left == 0
			}
			if fits {
				want = intruder.Yes
			}
		}
		if got := k.CanBe(intruder.Sum{"a": 1}, least); got != want && got != intruder.Unknown {
			t.Fatalf("%v = %v: %s, trying says %s", sums, rights, got, want)
		}
	})
}
