package service_test

import (
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/service"
)

// asksAndIsAnswered has a young person keep something, ask for something, read what is
// answered and say whether it helped, with a word in each, and puts something on their plan.
func (h *house) asksAndIsAnswered(t *testing.T, worker service.Actor, record, word string) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	y := h.come(t, worker, record)
	n := service.OwnAnswer{ID: h.NewID(), Indicator: "home.1", State: conversation.Answered, Value: 2, Words: word + " keeps", Audience: conversation.One, Account: worker.Account, Ask: word + " asks"}
	must(h.SayOwn(t.Context(), y, n))
	must(h.AnswerAsk(t.Context(), worker, record, n.ID, service.NewReply{ID: h.NewID(), Came: conversation.Working, By: "2027-01-01", Words: word + " answers", Language: "en"}))
	_, err := h.OwnAsk(t.Context(), y, n.ID, "en")
	must(err)
	must(h.HelpedOwn(t.Context(), y, n.ID, 1, conversation.HelpedNo, word+" says no"))
	must(h.AddPlanStep(t.Context(), worker, record, service.NewStep{ID: h.NewID(), Words: word + " plans", Language: "en", Owner: worker.Account}))
}

// What is asked for and answered cannot be read in a stolen database.
func TestAStolenDatabaseTellsNothingThatWasAskedFor(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker := h.account(t, "worker", access.Worker)
		record := h.added(t, worker, service.NewChild{Name: "Young person"})
		h.asksAndIsAnswered(t, worker, record, "Zqmondlicht")
		for where, stolen := range steal(t, h) {
			if strings.Contains(stolen, "Zqmondlicht") {
				t.Errorf("%s shows what was asked for, or answered", where)
			}
		}
		p, err := h.AsksOf(t.Context(), worker, record)
		if err != nil || len(p.Asks) != 1 || p.Asks[0].Words != "Zqmondlicht asks" || p.Asks[0].Replies[0].HelpedWords != "Zqmondlicht says no" || len(p.Steps) != 2 {
			t.Errorf("through the door: %+v, %v", p, err)
		}
	})
}

// The time for an answer is the council's own where it has said one.
func TestTheCouncilSaysByWhenAsksAreAnswered(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		raw := a.raw(t)
		if _, err := raw.Exec(`insert into own_setting (authority, alert_minutes, answer_days, leave_to, numbers, changed_at, changed_by) values ('999', 5, 3, '', '[]', '2026', '')`); err != nil {
			t.Fatal(err)
		}
		id := a.asks(t, "A bicycle.")
		if own := a.own(t, id); own.DueOn != "2026-11-27" {
			t.Errorf("due on %s", own.DueOn)
		}
	})
}
