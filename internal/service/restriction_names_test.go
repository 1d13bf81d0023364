package service_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

// Adding names to a restriction, or taking some away, needs a fresh proof, and everybody
// who is named is told of who was added.
func TestNamesInARestrictionAreNews(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		second := h.account(t, "second", access.Manager)
		w.restrict(t, w.manager, w.worker)
		stale := w.manager
		stale.Fresh = false
		if _, err := w.Restrict(t.Context(), stale, w.record, []string{w.manager.Account, w.worker.Account, second.Account}); !errors.Is(err, service.ErrStepUp) {
			t.Errorf("names are added without a fresh proof: %v", err)
		}
		if r, err := w.Record(t.Context(), stale, w.record); err != nil || !r.Head.May(access.Restrict) {
			t.Errorf("the way to the page is not shown before the proof: %v", err)
		}
		w.clock.now = w.clock.now.Add(time.Minute)
		told := func(actor service.Actor) int {
			t.Helper()
			n := 0
			for _, notice := range h.told(t, actor).Told {
				if notice.Kind == service.NoticeNamed && notice.Reference == w.reference && slices.Contains(notice.Added, second.Name) {
					n++
				}
			}
			return n
		}
		if _, err := w.Restrict(t.Context(), w.manager, w.record, []string{w.manager.Account, w.worker.Account, second.Account}); err != nil {
			t.Fatal(err)
		}
		if told(w.manager) != 1 || told(w.worker) != 1 || told(second) != 1 || told(w.colleague) != 0 {
			t.Errorf("told: who did it %d, who was named before %d, who is added %d, somebody else %d", told(w.manager), told(w.worker), told(second), told(w.colleague))
		}
		// Who is not named any more is told nothing of it.
		if _, err := w.Restrict(t.Context(), w.manager, w.record, []string{w.manager.Account, second.Account}); err != nil {
			t.Fatal(err)
		}
		if told(w.worker) != 0 {
			t.Error("who was taken off is told who is named")
		}
	})
}
