package service

import (
	"fmt"
	"testing"

	"stablefutures/internal/date"
	"stablefutures/internal/store"
)

// Counts that contradict each other are told as a fault, and nothing of them leaves.
func TestCountsOfAsksThatContradictEachOtherAreAFault(t *testing.T) {
	counted := newAskCounts()
	for n := range 20 {
		counted.add(store.AskCount{Record: fmt.Sprint(n), DueOn: "2026-11-20"}, "", date.Date("2026-11-24"))
	}
	if cells, silence, err := counted.publish(); err != nil || silence != "" || cells[AsksOverdue].String() != "20" {
		t.Errorf("%v, %q, %v", cells[AsksOverdue], silence, err)
	}
	counted.n[AsksAnswered] = 7
	if cells, _, err := counted.publish(); err == nil || len(cells) > 0 {
		t.Errorf("counts that contradict each other leave as %v", cells)
	}
}
