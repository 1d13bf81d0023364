package table_test

import (
	"testing"

	"stablefutures/internal/returns/table"
)

// A flood of one reason is cut, counted whole, and does not hide another reason.
func TestAFloodOfProblemsIsCutAndCounted(t *testing.T) {
	var log table.Log
	const flood = 5 * table.MostOfAReason
	for row := range flood {
		log.Add(table.Problem{Row: row + 2, Column: "LS", Code: "unknown-code", SetAside: true, Message: "x"})
	}
	log.Add(table.Problem{Row: 9, Column: "CIN", Code: "unknown-code", Message: "y"})
	list := log.Problems()
	if len(list) != table.MostOfAReason+2 {
		t.Fatalf("%d problems are kept", len(list))
	}
	last := list[len(list)-1]
	if last.Row != 0 || last.Times != flood-table.MostOfAReason || !last.SetAside || last.Column != "LS" {
		t.Errorf("what was cut is told as %+v", last)
	}
	got := map[string]int{}
	for _, r := range table.ByReason(list) {
		got[r.First.Column] = r.Count
	}
	if got["LS"] != flood || got["CIN"] != 1 {
		t.Errorf("by reason: %v", got)
	}
}

func TestAFewProblemsStandAsTheyWereTold(t *testing.T) {
	var log table.Log
	log.AddAll([]table.Problem{{Row: 2, Code: "a"}, {Row: 3, Code: "b"}, {Row: 4, Code: "a"}})
	for i, p := range log.Problems() {
		if p.Row != i+2 || p.Times != 0 {
			t.Errorf("problem %d is %+v", i, p)
		}
	}
}
