package service_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// named is the export that two people decided on, as the cells of its sheets.
func (h *house) named(t *testing.T, asker, second service.Actor) map[string][][]string {
	t.Helper()
	id := h.ask(t, asker, store.DecideExport, "")
	if _, err := h.Decide(t.Context(), second, id, true, ""); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := h.ExportWithNames(t.Context(), asker, id, &out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheets := map[string][][]string{}
	for _, name := range f.GetSheetList() {
		if sheets[name], err = f.GetRows(name); err != nil {
			t.Fatal(err)
		}
	}
	return sheets
}

// An export with names is made once, by whoever asked for it, within a day of the yes.
func TestAnExportWithNamesIsMadeOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		asker, second := h.account(t, "asker", access.DataOfficer), h.account(t, "second", access.Manager)
		export := func(who service.Actor, id string) (string, error) {
			var out bytes.Buffer
			_, err := h.ExportWithNames(t.Context(), who, id, &out)
			return out.String(), err
		}
		id := h.ask(t, asker, store.DecideExport, "")
		if out, err := export(asker, id); !errors.Is(err, service.ErrChanged) || out != "" {
			t.Errorf("before the yes: %v, %d bytes", err, len(out))
		}
		if _, err := h.Decide(t.Context(), second, id, true, ""); err != nil {
			t.Fatal(err)
		}
		if out, err := export(second, id); !errors.Is(err, service.ErrNotFound) || out != "" {
			t.Errorf("by the second person: %v, %d bytes", err, len(out))
		}
		if _, err := export(asker, id); err != nil {
			t.Fatal(err)
		}
		if out, err := export(asker, id); !errors.Is(err, service.ErrChanged) || out != "" {
			t.Errorf("a second time: %v, %d bytes", err, len(out))
		}
		id = h.ask(t, asker, store.DecideExport, "")
		if _, err := h.Decide(t.Context(), second, id, true, ""); err != nil {
			t.Fatal(err)
		}
		h.clock.now = h.clock.now.Add(service.DecisionUse)
		if out, err := export(asker, id); !errors.Is(err, service.ErrChanged) || out != "" {
			t.Errorf("after a day: %v, %d bytes", err, len(out))
		}
	})
}

// The file holds what whoever asked may open, names included, and nothing that a
// spreadsheet would run. That there is more is not told.
func TestAnExportWithNamesHoldsWhatItsAskerMayOpen(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker := h.account(t, "worker", access.Worker)
		manager, officer := h.account(t, "manager", access.Manager), h.account(t, "officer", access.DataOfficer)
		record, talk := h.talk(t, worker)
		h.say(t, worker, service.NewReading{Conversation: talk, Indicator: "home.1", Value: 3, Words: "=1+1 is quiet"})
		h.added(t, worker, service.NewChild{Name: "=Duc Nguyen"})
		hidden := h.added(t, worker, service.NewChild{Name: "Canary Hidden", LAID: "7777"})
		h.take(t, service.ImportOptions{}, file("register.csv", registerHead+"7777,\"Suspected, not referred\",01/02/2026,Canary phones,,,\n1001,\"Suspected, not referred\",01/02/2026,New phones,,,\n"))
		h.restrict(t, hidden, manager)

		theirs := h.named(t, officer, manager)
		if text := fmt.Sprint(theirs); strings.Contains(text, "Canary") || strings.Contains(text, "7777") {
			t.Error("the export holds a restricted record whose people its asker is none of")
		}
		if about := fmt.Sprint(theirs["About"]); !strings.Contains(about, "It holds 2 young people, 1 register entries, 1 readings.") || !strings.Contains(about, "for Name of officer; Name of manager agreed") {
			t.Errorf("about itself it says %s", about)
		}
		people := theirs["Young people"]
		want := []string{h.reference(t, worker, record), "1001", "Semhar Tesfay", "3 February 2010"}
		if len(people) != 3 || !slices.ContainsFunc(people, func(row []string) bool { return slices.Equal(row, want) }) {
			t.Errorf("the young people are %q, want among them %q", people, want)
		}
		if text := fmt.Sprint(theirs); !strings.Contains(text, "'=Duc Nguyen") || !strings.Contains(text, "'=1+1 is quiet") || strings.Contains(text, "[=") || strings.Contains(text, " =") {
			t.Errorf("a cell begins like a formula: %s", text)
		}
		if len(theirs["Register"]) != 2 || len(theirs["Readings"]) != 2 {
			t.Errorf("register %q, readings %q", theirs["Register"], theirs["Readings"])
		}
		if people := h.named(t, manager, officer)["Young people"]; len(people) != 4 {
			t.Errorf("somebody who is named in the restriction exports %q", people)
		}

		team := h.NewID()
		if err := h.db.Write(t.Context(), func(tx *store.Tx) error {
			if err := tx.AddTeam("999", team, "North", ""); err != nil {
				return err
			}
			if err := tx.SetTeamOfRecord("999", record, team); err != nil {
				return err
			}
			return tx.Place("999", manager.Account, team, "", "")
		}); err != nil {
			t.Fatal(err)
		}
		manager.Team = team
		if people := h.named(t, manager, officer)["Young people"]; len(people) != 2 || people[1][2] != "Semhar Tesfay" {
			t.Errorf("a team’s manager exports %q, want the team’s one young person", people)
		}
	})
}
