package service_test

import (
	"errors"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/alert"
	"stablefutures/internal/service"
)

// Whom a restriction keeps out can have an alert, and not end it: they see neither what
// was said nor who it is. Somebody whom it names ends it.
func TestAnAlertIsNotEndedByWhomARestrictionKeepsOut(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		boss := w.account(t, "boss", access.Manager)
		if _, err := w.Restrict(t.Context(), w.manager, w.record, []string{w.manager.Account, boss.Account}); err != nil {
			t.Fatal(err)
		}
		id := w.send(t)
		if err := w.AcknowledgeAlert(t.Context(), w.first, id, alert.Finding); err != nil {
			t.Fatal(err)
		}
		if v, err := w.Alert(t.Context(), w.first, id); err != nil || !v.Restricted || !v.Mine {
			t.Errorf("%+v, %v", v, err)
		}
		if err := w.CloseAlert(t.Context(), w.first, id, "I think that it is over."); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("ended by whom the restriction keeps out: %v", err)
		}
		w.reads(t, id, "has Name of first finding")
		if err := w.CloseAlert(t.Context(), boss, id, "I met them, and they are safe."); err != nil {
			t.Fatal(err)
		}
		w.reads(t, id, "over Name of first finding")
	})
}
