package service_test

import (
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// Of an emergency in which an erased record was opened stays that it was, and when, so
// that somebody else can still say whether it was right; what was written does not.
func TestAnEmergencyOfAnErasedRecordIsReviewed(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		second := h.account(t, "second", access.Manager)
		id := w.ask(t)
		decision := h.ask(t, w.manager, store.DecideErase, w.record)
		if _, err := h.Decide(t.Context(), second, decision, true, ""); err != nil {
			t.Fatal(err)
		}
		v, err := h.Emergency(t.Context(), second, id)
		if err != nil {
			t.Fatal(err)
		}
		if v.Reason != "" || v.Reference != "" || !v.Waits() || v.By != w.colleague.Name {
			t.Errorf("it shows %+v", v)
		}
		if err := h.ReviewEmergency(t.Context(), second, id, service.EmergencyWrong, "They had no business with it."); err != nil {
			t.Errorf("the review cannot be closed: %v", err)
		}
		if v, err = h.Emergency(t.Context(), second, id); err != nil || v.Waits() || v.Outcome != service.EmergencyWrong {
			t.Errorf("%+v, %v", v, err)
		}
	})
}
