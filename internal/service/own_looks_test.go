package service_test

import (
	"bytes"
	"slices"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/alert"
	"stablefutures/internal/date"
	"stablefutures/internal/returns/template"
	"stablefutures/internal/service"
)

// Who has looked holds whoever was shown the name or the words, also without opening the
// record, and nobody whose page says nothing of the young person.
func TestWhoHasLookedHoldsWhoOpenedAnAlert(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		id := w.send(t)
		looks := func() (names []string) {
			t.Helper()
			people, err := w.OwnPeople(t.Context(), w.young)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range people.Looks {
				names = append(names, l.Name)
			}
			return names
		}
		if names := looks(); slices.Contains(names, w.first.Name) {
			t.Fatalf("before anybody opened it, %v have looked", names)
		}
		if v, err := w.Alert(t.Context(), w.first, id); err != nil || v.Words == "" {
			t.Fatalf("opened: %+v, %v", v, err)
		}
		if names := looks(); !slices.Contains(names, w.first.Name) {
			t.Errorf("the duty worker opened the alert, and %v have looked", names)
		}
		if err := w.AcknowledgeAlert(t.Context(), w.first, id, alert.Calling); err != nil {
			t.Fatal(err)
		}
	})
}

// A list of many young people that was taken out is told to each who was known by then.
func TestAListThatWasTakenOutIsTold(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		lists := func(y service.Young) []date.Date {
			t.Helper()
			people, err := a.OwnPeople(t.Context(), y)
			if err != nil {
				t.Fatal(err)
			}
			return people.Lists
		}
		if got := lists(a.young); got != nil {
			t.Fatalf("before any was made: %v", got)
		}
		officer := a.account(t, "officer", access.DataOfficer)
		a.named(t, officer, a.lead)
		first := a.Today()
		if got := lists(a.young); !slices.Equal(got, []date.Date{first}) {
			t.Errorf("after an export with names: %v", got)
		}
		a.clock.now = a.clock.now.AddDate(0, 0, 3)
		a.young = a.come(t, a.worker, a.record)
		for range 2 {
			if _, err := a.ExportRegister(t.Context(), a.operator, &bytes.Buffer{}, template.CSV); err != nil {
				t.Fatal(err)
			}
		}
		if got := lists(a.young); !slices.Equal(got, []date.Date{a.Today(), first}) {
			t.Errorf("after the register was written to a file: %v", got)
		}
		a.clock.now = a.clock.now.AddDate(0, 0, 1)
		later := a.added(t, a.worker, service.NewChild{Name: "Amal Placeholder"})
		if got := lists(a.come(t, a.worker, later)); got != nil {
			t.Errorf("somebody who was added later may be on %v", got)
		}
	})
}
