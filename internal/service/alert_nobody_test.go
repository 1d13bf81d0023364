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
		for _, who := range []service.Actor{w.worker, w.manager} {
			if err := w.EndAccount(t.Context(), w.operator, who.Account); err != nil {
				t.Fatal(err)
			}
		}
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
