package service

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"stablefutures/internal/disclosure/intruder"
	"stablefutures/internal/foi"
)

// secrets are the numbers of young people that nobody may learn where small:
// everything that is counted, and what one number lacks of a number that it is
// part of, as "whole - part".
func (w *world) secrets(exact map[string]int) []string {
	var list []string
	consider := func(formula string) {
		value := 0
		for n, id := range strings.Split(formula, " - ") {
			value += map[bool]int{true: exact[id], false: -exact[id]}[n == 0]
		}
		if value >= 1 && value <= 5 {
			list = append(list, formula)
		}
	}
	for _, id := range sorted(exact) {
		consider(id)
	}
	for outcome, indicators := range outcomesOfWorld {
		consider("register - " + outcome + "/spoke")
		consider("talked - " + outcome + "/spoke")
		consider("talked - " + outcome + "/answered")
		consider(outcome + "/answered - " + outcome + "/spoke")
		consider(outcome + "/answered - " + outcome + "/both")
		consider(outcome + "/answered - " + outcome + "/now/1 - " + outcome + "/moved/up")
		consider(outcome + "/answered - " + outcome + "/now/5 - " + outcome + "/moved/down")
		for n := range indicators {
			consider(fmt.Sprintf("%s/answered - %s.%d/spoke", outcome, outcome, n+1))
		}
	}
	consider("stage/suspected - answer/suspected/children")
	consider("register - answer/suspected/children")
	for _, g := range []string{foi.Identified, foi.Suspected, foi.UASC, foi.Both} {
		consider("answer/base - answer/" + g + "/children")
		consider("answer/" + g + "/children - answer/" + g + "/went_missing")
		consider("answer/" + g + "/children - answer/" + g + "/children_absent")
		consider("answer/" + g + "/went_missing - answer/" + g + "/still_missing")
	}
	consider("answer/uasc/children - answer/both/children")
	return list
}

// The intruder's test: what is published of a council together, tells nobody that
// a number is small.
func TestNobodyLearnsASmallNumberFromAllThatIsPublished(t *testing.T) {
	worlds := map[bool]*world{false: newWorld(false), true: newWorld(true)}
	answers := map[intruder.Answer]int{}
	for seed := range uint64(councils(t)) {
		random := rand.New(rand.NewPCG(seed, 7))
		w := worlds[seed%2 == 0]
		w.read = seed%3 > 0
		w.populate(random, []int{7, 12, 20, 30, 60, 150}[random.IntN(6)], []int{0, 5, 40, 200}[random.IntN(4)])
		exact := w.exact()
		cells := w.publish(t)
		for id, c := range cells {
			if c.Shown && c.Value != exact[id] {
				t.Fatalf("council %d: %s is published as %d, and is %d", seed, id, c.Value, exact[id])
			}
			if c.Shown && c.Value >= 1 && c.Value <= 5 {
				t.Errorf("council %d publishes that %s is %d", seed, id, c.Value)
			}
		}
		if k := w.knows(cells, false); k.Check(k.truth) != nil {
			t.Fatalf("council %d: the intruder knows something that is not so: %v", seed, k.Check(k.truth))
		}
		for _, secret := range w.secrets(exact) {
			answer := w.canBeLarge(cells, secret)
			if answers[answer]++; answer == intruder.No {
				t.Errorf("council %d of %d on the register: %s is small, and what is published tells it", seed, exact["register"], secret)
			}
		}
	}
	if t.Logf("secrets by whether they can be large: %v", answers); answers[intruder.Yes] < 4*answers[intruder.Unknown] {
		t.Error("the intruder gave up too often to prove anything")
	}
}

func councils(t *testing.T) int {
	if testing.Short() {
		return 4
	}
	return 30
}
