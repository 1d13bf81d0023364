package service_test

import (
	"errors"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

// No way to a young person's page outlives a restore: it may have been ended, used up or
// cut off since the backup. A new code opens the page.
func TestNoWayToAYoungPersonsPageOutlivesARestore(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		identity, recipient := pair(t)
		worker := h.account(t, "worker", access.Worker)
		record := h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"})
		kept := h.remembered(t, h.come(t, worker, record))
		token, _, err := h.OpenWithPictures(t.Context(), kept, mine)
		if err != nil {
			t.Fatal(err)
		}
		slip := h.give(t, worker, record, true)
		made := h.backedUp(t, recipient)
		others(t, func(t *testing.T, dsn string) {
			again := restored(t, dsn, made, identity)
			if _, err := again.OwnSession(t.Context(), "999", token); !errors.Is(err, service.ErrNotFound) {
				t.Errorf("a session lives on: %v", err)
			}
			if err := again.tries(t, slip); !errors.Is(err, service.ErrOwnCode) {
				t.Errorf("a code that was given before opens: %v", err)
			}
			if _, _, err := again.OpenWithPictures(t.Context(), kept, mine); !errors.Is(err, service.ErrOwnForgotten) {
				t.Errorf("a device is remembered: %v", err)
			}
			ways, err := again.OwnWaysOf(t.Context(), worker, record)
			if err != nil || len(ways.Now) != 0 || len(ways.Devices) != 1 || ways.Devices[0].EndedAt.IsZero() || ways.Devices[0].EndedBy == "" {
				t.Errorf("the worker sees %+v, %v", ways, err)
			}
			if err := again.tries(t, again.give(t, worker, record, false)); err != nil {
				t.Errorf("a new code: %v", err)
			}
		})
	})
}
