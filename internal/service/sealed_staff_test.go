package service_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"filippo.io/age"

	"stablefutures/internal/access"
	"stablefutures/internal/backup"
	"stablefutures/internal/consent"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// plantedStaff are texts that say who works for the council, and with which agencies.
var plantedStaff = []string{
	"zenobia.featherstone", "Zenobia Featherstone", "Zenobia Throckmorton", // a username, and names before and after a marriage
	"Ptolemy Underwhistle", "ptolemy.underwhistle", "subject-8841-underwhistle", // vouched for by the sign-in service
	"Team Throckmorton", "Wisteria Refuge", "Zenobia's turquoise phone",
	"Cerulean patois",
}

// plantStaff puts what is plantedStaff into a council by every way in, and lets somebody
// sign in, and fail to, so that sessions and the log have them too.
func plantStaff(t *testing.T, h *house, manager service.Actor, record string) (staff service.Actor) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	id, err := h.AddAccount(t.Context(), h.operator, service.NewAccount{Username: "Zenobia.Featherstone", Name: "Zenobia Featherstone", Role: access.Worker, Password: password})
	must(err)
	must(h.ChangeAccount(t.Context(), h.operator, id, "Zenobia Throckmorton", access.Worker))
	h.enrol(t, "zenobia.featherstone")
	for _, username := range []string{"zenobia.featherstone", "zenobia.throckmorton"} {
		_, err := h.SignIn(t.Context(), service.Credentials{Authority: "999", Username: username, Password: "not " + password}, service.Visitor{})
		if !errors.Is(err, service.ErrSignIn) {
			t.Fatalf("with a wrong password: %v", err)
		}
	}
	must(h.PutInTeam(t.Context(), h.operator, id, h.team(t, "Team Throckmorton")))
	agency, err := h.AddAgency(t.Context(), h.operator, "Wisteria Refuge", "charity")
	must(err)
	e := (&sharing{house: h}).agrees(agency, consent.Who)
	e.Language = "Cerulean patois"
	must(h.RecordConsent(t.Context(), manager, record, e))
	h.write(t, func(tx *store.Tx) error {
		return errors.Join(
			tx.AddPasskey("999", store.Passkey{Credential: []byte("credential"), Public: []byte("public"), Account: id, Name: "Zenobia's turquoise phone"}),
			tx.AddAccount(store.Account{Authority: "999", ID: h.NewID(), Username: "ptolemy.underwhistle", Name: "Ptolemy Underwhistle", Role: access.Auditor,
				Issuer: "https://login.example", Subject: "subject-8841-underwhistle"}))
	})
	return service.Actor{Authority: "999", Account: id, Role: access.Worker, Fresh: true}
}

// staffThroughTheDoor is what people are shown of those who work there, as text.
func staffThroughTheDoor(t *testing.T, h *house, manager, staff service.Actor, record string) string {
	t.Helper()
	var shown strings.Builder
	show := func(what any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&shown, "%+v\n", what)
	}
	accounts, err := h.Accounts(t.Context(), h.operator)
	show(accounts, err)
	teams, err := h.Teams(t.Context(), h.operator)
	show(teams, err)
	agencies, err := h.Agencies(t.Context(), h.operator)
	show(agencies, err)
	ways, err := h.WaysIn(t.Context(), staff)
	show(ways, err)
	page, err := h.ConsentOf(t.Context(), manager, record)
	show(page, err)
	return shown.String()
}

// inBackup is what a backup holds, to whoever has its identity and not the master key.
func inBackup(t *testing.T, h *house) string {
	t.Helper()
	identity, recipient := pair(t)
	r, err := backup.NewReader(bytes.NewReader(h.backedUp(t, recipient)), []age.Identity{identity})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for {
		_, more, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			return text.String()
		}
		for {
			row, err := r.Row()
			if err != nil {
				t.Fatal(err)
			}
			if row == nil {
				break
			}
			fmt.Fprintln(&text, row...)
		}
	}
}

// Whose name was put under another account past the program, or who was put under
// another's username, is told: nobody is taken for somebody else.
func TestStaffCannotBeSwapped(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		ada, ben := h.account(t, "ada", access.Administrator), h.account(t, "ben", access.Worker)
		swap := func(column string) {
			t.Helper()
			var values []string
			for _, id := range []string{ada.Account, ben.Account} {
				rows, err := h.raw(t).Query("select " + column + " from account where id = '" + id + "'")
				if err != nil {
					t.Fatal(err)
				}
				values = append(values, texts(t, rows)...)
			}
			h.exec(t, "update account set "+column+" = id where id in ($1, $2)", ada.Account, ben.Account) // one may not stand there twice
			h.exec(t, "update account set "+column+" = $1 where id = $2", values[1], ada.Account)
			h.exec(t, "update account set "+column+" = $1 where id = $2", values[0], ben.Account)
		}
		signIn := func() error {
			_, err := h.SignIn(t.Context(), service.Credentials{Authority: "999", Username: "ada", Password: password}, service.Visitor{})
			return err
		}
		for _, column := range []string{"name", "username", "username_hash"} {
			if err := signIn(); err != nil {
				t.Fatalf("before %s was swapped: %v", column, err)
			}
			swap(column)
			if err := signIn(); !errors.Is(err, store.ErrTampered) {
				t.Errorf("after %s was swapped: %v", column, err)
			}
			swap(column)
		}
	})
}
