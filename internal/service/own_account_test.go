package service_test

import (
	"errors"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

// A password that somebody else set opens nothing but the choice of another one.
func TestAPasswordThatSomebodyElseSet(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		admin := h.account(t, "ada", access.Administrator)
		id, err := h.AddAccount(t.Context(), admin, service.NewAccount{Username: "ben", Name: "Ben", Role: access.Manager, Password: password})
		if err != nil {
			t.Fatal(err)
		}
		token, ben, err := h.SignIn(t.Context(), "999", "ben", password)
		if err != nil || !ben.OneTime {
			t.Fatalf("signed in as %+v: %v", ben, err)
		}
		if _, err := h.Caseload(t.Context(), ben, "", service.ByName); !errors.Is(err, service.ErrRefused) {
			t.Errorf("the caseload opens before a password was chosen: %v", err)
		}
		if ben.May(access.ReadRecord) || !ben.May(access.OwnAccount) {
			t.Error("menus offer what the door refuses")
		}
		h.clock.now = h.clock.now.Add(time.Minute)
		fresh, err := h.ChoosePassword(t.Context(), ben, "words that he chose")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Session(t.Context(), "999", token); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("the session of the password that was set goes on: %v", err)
		}
		if ben, err = h.Session(t.Context(), "999", fresh); err != nil || ben.OneTime {
			t.Fatalf("after the choice: %+v, %v", ben, err)
		}
		if _, err := h.Caseload(t.Context(), ben, "", service.ByName); err != nil {
			t.Error(err)
		}
		if _, err := h.ChoosePassword(t.Context(), ben, "other words of his"); !errors.Is(err, service.ErrChanged) {
			t.Errorf("chosen twice: %v", err)
		}
		own, err := h.Own(t.Context(), ben)
		if err != nil || own.PasswordBy != id || !own.PasswordAt.Equal(h.clock.now) {
			t.Errorf("the account says %+v, %v", own.Account, err)
		}
		if err := h.SetPassword(t.Context(), admin, id, "set by ada, again"); err != nil {
			t.Fatal(err)
		}
		kept, err := h.AccountKept(t.Context(), admin, id)
		if err != nil || !kept.OneTime || kept.SetBy != "Name of ada" {
			t.Errorf("after it was set again: %+v, %v", kept, err)
		}
		account, why, err := h.Lapsed(t.Context(), "999", fresh)
		if err != nil || account != id || why != service.LapseEnded {
			t.Errorf("the session that ended was %s's, %q: %v", account, why, err)
		}
	})
}

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
