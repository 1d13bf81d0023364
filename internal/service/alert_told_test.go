package service_test

import (
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// Two people of one name are two who were told.
func TestTwoOfOneNameAreToldOfAnAlert(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		id, err := w.AddAccount(t.Context(), w.operator, service.NewAccount{Username: "namesake", Name: w.first.Name, Role: access.DutyWorker, Password: password})
		if err != nil {
			t.Fatal(err)
		}
		w.onDuty(t, store.Duty{Account: w.first.Account}, store.Duty{Account: id})
		sent := w.send(t)
		w.after(t, 5)
		w.after(t, 5)
		v, err := w.Alert(t.Context(), w.worker, sent)
		if err != nil || len(v.Told) != 3 || v.Told[0].Times != 2 || v.Told[2].Times != 1 || v.Told[2].Name != w.first.Name {
			t.Errorf("told were %+v, %v", v.Told, err)
		}
	})
}
