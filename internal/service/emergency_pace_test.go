package service_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

// Who guesses references waits longer and longer, at no more than a quarter of an hour,
// and nobody else does; what they asked and that they have to wait is in the log.
func TestGuessingForAnEmergencyIsSlowed(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		other := h.account(t, "other", access.Worker)
		guess := func(actor service.Actor, wanted string) string {
			_, opened, err := w.AskEmergency(t.Context(), actor, wanted, whyOpened)
			var wrong service.Invalid
			if opened || !errors.As(err, &wrong) || wrong[0].Field != "reference" {
				t.Fatalf("%v, %v", opened, err)
			}
			return wrong[0].Message
		}
		for range 5 {
			if said := guess(w.colleague, "ZZZZ-ZZ"); !strings.Contains(said, "No record with this reference") {
				t.Fatal(said)
			}
		}
		for range 3 { // also for what is there: nothing is looked at
			if said := guess(w.colleague, w.reference); !strings.Contains(said, "Wait 5 seconds and ask again, or ring a manager") {
				t.Error(said)
			}
		}
		if _, opened, err := w.AskEmergency(t.Context(), other, w.reference, whyOpened); err != nil || !opened {
			t.Errorf("somebody else has to wait: %v", err)
		}
		// What is opened meanwhile is no pardon.
		w.clock.now = w.clock.now.Add(6 * time.Second)
		if _, opened, err := w.AskEmergency(t.Context(), w.colleague, w.reference, whyOpened); err != nil || !opened {
			t.Fatal(err)
		}
		if said := guess(w.colleague, "ZZZZ-ZZ"); !strings.Contains(said, "No record") {
			t.Error(said)
		}
		if said := guess(w.colleague, "ZZZZ-ZZ"); !strings.Contains(said, "Wait 10 seconds") {
			t.Error(said)
		}
		tried := 0
		for end := w.clock.now.Add(24 * time.Hour); w.clock.now.Before(end); w.clock.now = w.clock.now.Add(30 * time.Second) {
			if said := guess(w.colleague, "ZZZZ-ZZ"); strings.Contains(said, "No record") {
				tried++
			} else if strings.Contains(said, "16 minutes") {
				t.Fatal(said)
			}
		}
		if tried < 90 || tried > 110 {
			t.Errorf("%d guesses in a day", tried)
		}
		log := map[string]int{}
		for _, e := range h.auditOf(t, w.colleague.Account) {
			log[e]++
		}
		if log["emergency access refused/emergency//"] != 6+tried || log["emergency access slowed/emergency//"] < 2 {
			t.Errorf("the log says %v, of %d tries", log, 6+tried)
		}
	})
}

// Opening the same record again and again is slowed too; many different ones are not.
func TestOpeningTheSameAgainIsSlowed(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		for range 12 {
			record := w.adds(t, w.worker, "Somebody Else")
			if _, opened, err := w.AskEmergency(t.Context(), w.colleague, w.referenceOf(t, record), whyOpened); err != nil || !opened {
				t.Fatal(opened, err)
			}
		}
		w.clock.now = w.clock.now.Add(time.Second)
		for range 6 { // the first time, and five times again
			if err := w.EndEmergency(t.Context(), w.colleague, w.ask(t)); err != nil {
				t.Fatal(err)
			}
			w.clock.now = w.clock.now.Add(time.Second)
		}
		_, opened, err := w.AskEmergency(t.Context(), w.colleague, w.reference, whyOpened)
		var wrong service.Invalid
		if opened || !errors.As(err, &wrong) || !strings.Contains(wrong[0].Message, "the same record again") {
			t.Errorf("%v, %v", opened, err)
		}
	})
}
