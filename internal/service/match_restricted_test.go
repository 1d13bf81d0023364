package service_test

import (
	"testing"

	"stablefutures/internal/access"
)

// A link that is taken back leaves no restricted record without somebody who may change
// whom it names.
func TestUndoingALinkKeepsAManager(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w, second, _ := newRing(t, h)
		officer := h.account(t, "officer", access.DataOfficer)
		all := h.account(t, "all", access.Manager) // of no team
		theirs := w.referenceOf(t, w.other)
		if err := w.GiveToTeam(t.Context(), all, w.other, "south"); err != nil {
			t.Fatal(err)
		}
		if err := h.Pair(t.Context(), officer, w.reference, theirs); err != nil {
			t.Fatal(err)
		}
		// Both children are restricted to managers of the north, whom the one reaches by the other alone.
		h.restrict(t, w.record, w.manager, second, officer)
		h.restrict(t, w.other, w.manager, second, officer)
		refused(t, "undoing the link", h.Unlink(t.Context(), officer, w.record, w.other), "one", "Name a manager there first")
		if !w.opens(t, w.manager, w.other) {
			t.Error("it was refused and done")
		}
	})
}
