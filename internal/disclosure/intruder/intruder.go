// Package intruder is the motivated intruder of the Information Commissioner's
// test, for tests alone. It knows what is published and what the words mean, and
// looks for a set of whole numbers that fits all of it and in which a hidden
// number is not small. Where none exists, the number has been told.
//
// It shares nothing with what it tests: no equation of a disclosure.Model, and
// none of its solver. What holds between numbers is told to it by the test, from
// the definitions.
package intruder

import (
	"fmt"
	"math"
	"slices"
)

// Answer says whether some set of numbers fits.
type Answer string

// The answers. Unknown: the search was given up; it proves nothing.
const (
	Yes     Answer = "yes"
	No      Answer = "no"
	Unknown Answer = "unknown"
)

// Knowledge is what somebody knows: whole numbers of 0 or more that they do not
// know, and facts that they do know of sums of them. The zero value knows nothing.
type Knowledge struct {
	place map[string]int
	names []string
	facts []fact
}

// Sum is numbers by their names, each taken so many times.
type Sum map[string]int

type fact struct {
	of    Sum
	right int
	least bool // the sum is right or more; otherwise it is right
}

// Number adds a number that is not known; it may be added again.
func (k *Knowledge) Number(name string) {
	if k.place == nil {
		k.place = map[string]int{}
	}
	if _, ok := k.place[name]; !ok {
		k.place[name] = len(k.names)
		k.names = append(k.names, name)
	}
}

// Has tells whether a number was added.
func (k *Knowledge) Has(name string) bool { _, ok := k.place[name]; return ok }

// Equal is the fact that a sum is right. An empty sum says nothing.
func (k *Knowledge) Equal(of Sum, right int) { k.add(fact{of: of, right: right}) }

// AtLeast is the fact that a sum is right or more.
func (k *Knowledge) AtLeast(of Sum, right int) { k.add(fact{of: of, right: right, least: true}) }

func (k *Knowledge) add(f fact) {
	for name := range f.of {
		k.Number(name)
	}
	k.facts = append(k.facts, f)
}

// patience is how many programs one search may solve.
const patience = 60

// CanBe tells whether a sum can be least or more, as far as anybody knows.
func (k *Knowledge) CanBe(of Sum, least int) Answer {
	more := &Knowledge{place: k.place, names: slices.Clip(k.names), facts: slices.Clip(k.facts)}
	more.add(fact{of, least, true})
	budget := patience
	return more.search(&budget)
}

// Check fails where the numbers as they are break a fact: then the test knows
// something that is not so.
func (k *Knowledge) Check(numbers map[string]int) error {
	for _, f := range k.facts {
		sum := 0
		for name, times := range f.of {
			sum += times * numbers[name]
		}
		if sum < f.right || sum > f.right && !f.least {
			return fmt.Errorf("%v is %d, and is known to be %d (or more: %v)", f.of, sum, f.right, f.least)
		}
	}
	return nil
}

// search solves in fractions, then takes a number that came out as a fraction and
// tries to keep it under and over it: branch and bound.
func (k *Knowledge) search(budget *int) Answer {
	if *budget--; *budget < 0 {
		return Unknown
	}
	x, answer := k.program().feasible()
	if answer != Yes {
		return answer
	}
	fraction := -1
	for j := range k.names {
		if off := math.Abs(x[j] - math.Round(x[j])); off > 1e-6 && (fraction < 0 || off > math.Abs(x[fraction]-math.Round(x[fraction]))) {
			fraction = j
		}
	}
	if fraction < 0 {
		return Yes
	}
	result := No
	below := int(math.Floor(x[fraction]))
	for _, branch := range []fact{{Sum{k.names[fraction]: 1}, below + 1, true}, {Sum{k.names[fraction]: -1}, -below, true}} {
		next := &Knowledge{place: k.place, names: k.names, facts: append(slices.Clip(k.facts), branch)}
		switch next.search(budget) {
		case Yes:
			return Yes
		case Unknown:
			result = Unknown
		}
	}
	return result
}

// program is the facts as equations over numbers and what is left over.
func (k *Knowledge) program() program {
	p := program{columns: make([][]entry, len(k.names))}
	for row, f := range k.facts {
		sign := 1.0
		if f.right < 0 {
			sign = -1
		}
		for name, times := range f.of {
			j := k.place[name]
			p.columns[j] = append(p.columns[j], entry{row, sign * float64(times)})
		}
		if f.least {
			p.columns = append(p.columns, []entry{{row, -sign}})
		}
		p.right = append(p.right, sign*float64(f.right))
	}
	return p
}
