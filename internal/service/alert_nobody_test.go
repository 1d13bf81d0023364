package service_test

import (
	"testing"

	"stablefutures/internal/service"
)

// Where nobody can be told at all, the young person reads at once that nobody answers,
// with the numbers to call. They do not wait for anybody.
func TestAnAlertOfWhichNobodyCanBeTold(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		w.onDuty(t)
		if err := w.EndAccount(t.Context(), w.operator, w.worker.Account); err != nil {
			t.Fatal(err)
		}
		// With whoever gave the code the page would close: this one goes while it is open.
		raw := h.raw(t)
		if _, err := raw.Exec(`update account set ended_at = '2026-01-01T00:00:00.000000Z' where authority = '999' and id = $1`, w.manager.Account); err != nil {
			t.Fatal(err)
		}
		raw.Close()
		id := w.send(t)
		if got := w.waits(t, w.first, w.second, w.colleague); got != "" {
			t.Errorf("told were %s", got)
		}
		v, err := w.OwnAlert(t.Context(), w.young, id)
		if err != nil || v.State != service.OwnUnanswered || !v.Nobody || len(v.Numbers) == 0 {
			t.Errorf("the young person reads %+v, %v", v, err)
		}
	})
}
