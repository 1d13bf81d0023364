package service_test

import (
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

// Whom an account would leave is counted over linked records, each once.
func TestWhomAnEndedAccountWouldLeave(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		admin, manager := h.account(t, "ada", access.Administrator), h.account(t, "max", access.Manager)
		ben, cat := h.account(t, "ben", access.Worker), h.account(t, "cat", access.Worker)
		for n, workers := range [][]string{{ben.Account}, {ben.Account, cat.Account}, {cat.Account}} {
			record, _, err := h.AddChild(t.Context(), manager, service.NewChild{Name: "Young person", LAID: string(rune('a' + n)), Anyway: true})
			if err != nil {
				t.Fatal(err)
			}
			if err := h.Allocate(t.Context(), manager, record, workers); err != nil {
				t.Fatal(err)
			}
		}
		for _, row := range []struct {
			who          service.Actor
			young, alone int
		}{{ben, 2, 1}, {cat, 2, 1}, {manager, 0, 0}} {
			a, err := h.AccountKept(t.Context(), admin, row.who.Account)
			if err != nil || a.Young != row.young || a.Alone != row.alone {
				t.Errorf("%s: %d, %d alone, %v", row.who.Username, a.Young, a.Alone, err)
			}
		}
		if err := h.EndAccount(t.Context(), admin, ben.Account); err != nil {
			t.Fatal(err)
		}
		a, err := h.AccountKept(t.Context(), admin, ben.Account)
		if err != nil || a.InUse() || a.EndedBy != "Name of ada" || a.Young != 0 {
			t.Errorf("ended: %+v, %v", a, err)
		}
		if a, err := h.AccountKept(t.Context(), admin, cat.Account); err != nil || a.Alone != 2 {
			t.Errorf("cat alone has %d, %v", a.Alone, err)
		}
	})
}
