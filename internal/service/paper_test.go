package service_test

import (
	"errors"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/service"
)

// A sheet is kept whole or not at all, once, and by who may write of the record.
func TestASheetIsKeptWholeAndOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker, other := h.account(t, "worker", access.Worker), h.account(t, "other", access.Worker)
		record := h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"})
		n := service.NewConversation{ID: h.NewID(), HeldOn: "2026-11-20", Language: "Tigrinya"}
		lines := func() []service.PaperAnswer {
			return []service.PaperAnswer{{Indicator: "home.1", State: conversation.Answered, Value: 2, Words: " cold "}, {Indicator: "home.2"}, {Indicator: "home.3", Words: "words alone"}}
		}
		if _, err := h.KeepPaper(t.Context(), other, record, n, lines()); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("somebody who does not work with them: %v", err)
		}
		if _, err := h.KeepPaper(t.Context(), worker, record, n, append(lines(), service.PaperAnswer{Indicator: "none.1", State: conversation.DoesNotKnow})); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("an answer to no question: %v", err)
		}
		for range 2 {
			if _, err := h.KeepPaper(t.Context(), worker, record, n, lines()); err != nil {
				t.Fatal(err)
			}
		}
		talk, err := h.Conversation(t.Context(), worker, n.ID)
		if err != nil || talk.Conversation.How != conversation.OnPaper || len(talk.Readings) != 1 || talk.Readings[0].Words != "cold" || talk.Readings[0].Value != 2 {
			t.Errorf("kept: %+v, %v", talk.Readings, err)
		}
		r, err := h.Record(t.Context(), worker, record)
		if err != nil || len(r.Talks) != 1 || len(r.Own) != 1 || r.Own[0].Words != "words alone" || r.Own[0].How != conversation.OnPaper {
			t.Errorf("beside the readings: %+v, %v", r.Own, err)
		}
	})
}
