package service_test

import (
	"fmt"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/consent"
	"stablefutures/internal/conversation"
	"stablefutures/internal/service"
)

// Figures of asks leave with small numbers kept back, and none of what is for one.
func TestFiguresOfAsks(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker, lead := h.account(t, "worker", access.Worker), h.account(t, "participation", access.ParticipationLead)
		ask := func(n, each int, then func(record, id string, y service.Young)) {
			t.Helper()
			for range n {
				record := h.added(t, worker, service.NewChild{Name: "Young person", Anyway: true})
				y := h.come(t, worker, record)
				for i := range each {
					id := h.NewID()
					if err := h.AskOwn(t.Context(), y, service.NewAsk{ID: id, Words: fmt.Sprint("Thing ", i), Audience: conversation.Helpers}); err != nil {
						t.Fatal(err)
					}
					then(record, id, y)
				}
				if err := h.AskOwn(t.Context(), y, service.NewAsk{Words: "Alone", Audience: conversation.One, Account: worker.Account}); err != nil {
					t.Fatal(err)
				}
			}
		}
		replied := func(helped conversation.Helped) func(record, id string, y service.Young) {
			return func(record, id string, y service.Young) {
				t.Helper()
				if err := h.AnswerAsk(t.Context(), worker, record, id, service.NewReply{ID: h.NewID(), Came: conversation.Done}); err != nil {
					t.Fatal(err)
				}
				if helped == "" {
					return
				}
				if err := h.HelpedOwn(t.Context(), y, id, 1, helped, ""); err != nil {
					t.Fatal(err)
				}
			}
		}
		waits := func(string, string, service.Young) {}
		shows := func(want map[string]string) {
			t.Helper()
			f, err := h.AskFigures(t.Context(), lead)
			if err != nil {
				t.Fatal(err)
			}
			for id, text := range want {
				if got := f.Cell(id).String(); got != text {
					t.Errorf("%q is %s, want %s (%s)", id, got, text, f.Silence)
				}
			}
		}
		shows(map[string]string{service.AsksAsked: "0", service.AsksInTime: "0"})
		ask(7, 2, replied(conversation.HelpedYes)) // 14 asks of too few to say anything
		shows(map[string]string{service.AsksAsked: "c", service.AsksAnswered: "c", service.AsksInTime: "c"})
		ask(7, 1, waits)
		shows(map[string]string{service.AsksAsked: "21", service.AsksAnswered: "14", service.AsksInTime: "14", service.AsksLate: "0", service.AsksNotDue: "7", service.AsksOverdue: "0", service.AsksHelped + "yes": "14"})
		ask(2, 1, replied(conversation.HelpedNo)) // two of whom one knows are two numbers that are kept back
		shows(map[string]string{service.AsksAsked: "23", service.AsksAnswered: "16", service.AsksHelped + "no": "c", service.AsksHelped + "yes": "c", service.AsksInTime: "16"})
		ask(1, 8, replied("")) // eight of one alone
		shows(map[string]string{service.AsksAsked: "31", service.AsksAnswered: "c", service.AsksInTime: "c", service.AsksUnsaid: "c"})
		h.clock.now = h.clock.now.AddDate(0, 0, 8)
		f, err := h.AskFigures(t.Context(), lead)
		if err != nil || f.Cell(service.AsksAsked).String() != "31" {
			t.Errorf("later: %v, %v", f.Cell(service.AsksAsked), err)
		}
		if _, err := h.AskFigures(t.Context(), h.account(t, "partner", access.Partner)); err == nil {
			t.Error("a partner sees figures")
		}
	})
}

// What a young person takes back by themselves is over at once, of every section.
func TestAYoungPersonStopsWhatTheyAgreedTo(t *testing.T) {
	onSharing(t, func(t *testing.T, s *sharing) {
		s.share(t, s.record, s.health, consent.Who)
		s.share(t, s.record, s.health, consent.Missing)
		s.share(t, s.record, s.police, consent.Who)
		partner := s.partner(t, "nurse", s.health, consent.Missing)
		y := s.come(t, s.worker, s.record)
		sees := func() int {
			t.Helper()
			list, err := s.SharedWithMe(t.Context(), partner)
			if err != nil {
				t.Fatal(err)
			}
			return len(list.Records)
		}
		agreed, err := s.OwnAgreed(t.Context(), y)
		if err != nil || len(agreed) != 2 || !agreed[0].Holds || agreed[0].Agency != "Fernshire NHS" || sees() != 1 {
			t.Fatalf("agreed to %+v, %v", agreed, err)
		}
		for range 2 {
			if err := s.StopOwn(t.Context(), y, agreed[0].Entry); err != nil {
				t.Fatal(err)
			}
		}
		if sees() != 0 {
			t.Error("the agency sees it still")
		}
		after, err := s.OwnAgreed(t.Context(), y)
		if err != nil || len(after) != 2 || after[0].Holds || !after[0].Stopped || !after[1].Holds {
			t.Errorf("after it was stopped: %+v, %v", after, err)
		}
		p, err := s.ConsentOf(t.Context(), s.worker, s.record)
		if err != nil || len(p.History) != 5 || p.History[0].Answer != consent.Withdrawn || p.History[0].How != consent.OwnPage || p.History[0].RecordedBy != "" {
			t.Errorf("the ledger: %+v, %v", p.History, err)
		}
		if err := s.StopOwn(t.Context(), y, s.NewID()); err == nil {
			t.Error("something else is stopped")
		}
	})
}
