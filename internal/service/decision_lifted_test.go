package service_test

import (
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// What was written about a restriction is not shown to others once it is lifted: why it
// was there may be one of them.
func TestWhyARestrictionWasLiftedStaysAmongTheNamed(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		second, third, stranger := h.account(t, "second", access.Manager), h.account(t, "third", access.Manager), h.account(t, "stranger", access.Manager)
		officer := h.account(t, "officer", access.DataOfficer)
		w.restrict(t, w.manager, second, third)
		id, err := h.AskDecision(t.Context(), w.manager, service.NewDecision{Act: store.DecideLift, Record: w.record, Reason: "Her uncle, who works here, was the reason for it."})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Decide(t.Context(), second, id, true, "He has left."); err != nil {
			t.Fatal(err)
		}
		for _, actor := range []service.Actor{stranger, officer} {
			if v, ok := h.decisions(t, actor)[id]; ok {
				t.Errorf("%s sees %q, %q", actor.Username, v.Reason, v.Remark)
			}
		}
		for _, actor := range []service.Actor{w.manager, second, third} {
			if v := h.decisions(t, actor)[id]; !strings.Contains(v.Reason, "uncle") || v.Remark != "He has left." {
				t.Errorf("%s sees %q, %q", actor.Username, v.Reason, v.Remark)
			}
		}
	})
}
