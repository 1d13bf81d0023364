package service_test

import (
	"database/sql"
	"errors"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// No name and no text stands in the log, whatever was done: erasing somebody must not
// need it changed.
func TestTheLogHoldsNoNamesAndNoTexts(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		worker, manager, admin := h.account(t, "canary.worker", access.Worker), h.account(t, "canary.manager", access.Manager), h.account(t, "canary.admin", access.Administrator)
		record, _, err := h.AddChild(t.Context(), worker, service.NewChild{ID: h.NewID(), Name: "Canary Tesfay", BirthDate: "2010-02-03", Sex: "M", Ethnicity: "AOTH", UPN: "A123456789012", Anyway: true})
		must(err)
		_, err = h.Record(t.Context(), worker, record)
		must(err)
		_, err = h.Caseload(t.Context(), worker, "canary", service.ByReference)
		must(err)
		talk, err := h.StartConversation(t.Context(), worker, record, service.NewConversation{ID: h.NewID(), HeldOn: "2026-11-20", Language: "Canarian", HelpedBy: []conversation.Help{conversation.WorkerHelp}})
		must(err)
		_, err = h.SaveReading(t.Context(), worker, service.NewReading{ID: h.NewID(), Conversation: talk, Indicator: framework.Working().Outcomes()[0].Indicators[0].ID,
			Voice: conversation.YoungPerson, State: conversation.Answered, Value: 3, Words: "canary words"})
		must(err)
		for _, username := range []string{"canary.worker", "canary.nobody"} {
			if _, err := h.SignIn(t.Context(), service.Credentials{Authority: "999", Username: username, Password: "canary password"}, service.Visitor{}); !errors.Is(err, service.ErrSignIn) {
				t.Fatal(err)
			}
		}
		if _, err := h.SignIn(t.Context(), service.Credentials{Authority: "canary", Username: "canary.worker", Password: "canary password"}, service.Visitor{}); !errors.Is(err, service.ErrSignIn) {
			t.Fatal(err)
		}
		must(h.RenameAuthority(t.Context(), h.operator, "Canaryshire"))
		id, err := h.AddAccount(t.Context(), admin, service.NewAccount{Username: "canary.new", Name: "Canary New", Role: access.Worker, Password: "canary canary canary"})
		must(err)
		must(h.EndAccount(t.Context(), admin, id))
		h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, file("canary.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END\nCANARY1,01/02/2010,M,01/05/2025,02/05/2025\n"))
		_, err = h.Record(t.Context(), manager, record)
		must(err)
		list, err := h.UnusualReading(t.Context(), manager)
		must(err)
		must(h.ExplainUnusual(t.Context(), manager, list[0].ID, "canary reason"))

		driver := "pgx"
		if h.db.Engine == store.SQLite {
			driver = "sqlite"
		}
		raw, err := sql.Open(driver, h.dsn)
		must(err)
		defer raw.Close()
		rows, err := raw.Query(`select act, authority || ' ' || id || ' ' || account_id || ' ' || act || ' ' || subject || ' ' || subject_id || ' ' || detail from audit`)
		must(err)
		defer rows.Close()
		acts := map[string]bool{}
		for rows.Next() {
			var act, entry string
			must(rows.Scan(&act, &entry))
			acts[act] = true
			for _, canary := range []string{"canar", "2010", "a1234567"} {
				if strings.Contains(strings.ToLower(entry), canary) {
					t.Errorf("the log holds %q", entry)
				}
			}
		}
		must(rows.Err())
		if len(acts) < 12 {
			t.Errorf("only %d kinds of entries were looked at: %v", len(acts), acts)
		}
	})
}

// The same text is known again, and another purpose or another database hashes otherwise.
func TestABlindHashTellsTextsApart(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		name := h.db.Blind("username", "mary")
		for what, other := range map[string]string{"another text": h.db.Blind("username", "marz"), "another purpose": h.db.Blind("name", "mary")} {
			if other == name {
				t.Errorf("%s has the same hash", what)
			}
		}
		if name != h.db.Blind("username", "mary") || len(name) != 32 || strings.Contains(name, "mary") {
			t.Errorf("the hash is %q", name)
		}
	})
}
