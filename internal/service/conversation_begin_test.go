package service_test

import (
	"errors"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// A conversation that was begun before and does not open is told as what it is, and is
// not taken for one that somebody else changed.
func TestAConversationThatDoesNotOpenIsNotBegunAgain(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker := h.account(t, "worker", access.Worker)
		record := h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"})
		n := service.NewConversation{ID: h.NewID(), HeldOn: "2026-11-20", Language: "Tigrinya"}
		for range 2 {
			if _, err := h.StartConversation(t.Context(), worker, record, n); err != nil {
				t.Fatal(err)
			}
		}
		spoil(t, h.raw(t), `update conversation set language = 'x' where id = '`+n.ID+`'`)
		_, begun := h.StartConversation(t.Context(), worker, record, n)
		_, typed := h.KeepPaper(t.Context(), worker, record, n, []service.PaperAnswer{{Indicator: "home.1", State: conversation.Answered, Value: 2}})
		for what, err := range map[string]error{"a talk": begun, "a sheet": typed} {
			if !errors.Is(err, store.ErrTampered) || errors.Is(err, service.ErrChanged) {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}
