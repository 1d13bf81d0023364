package service_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/service"
)

// draft keeps a form of home.1 as it stands.
func (h *house) draft(t *testing.T, actor service.Actor, n service.NewReading) {
	t.Helper()
	n.Voice, n.Indicator = conversation.YoungPerson, "home.1"
	if n.Value > 0 {
		n.State = conversation.Answered
	}
	if err := h.SaveDraft(t.Context(), actor, n); err != nil {
		t.Fatal(err)
	}
}

// What is typed and taken back, and answers on the way to the one that is meant,
// never become part of the history.
func TestAFormThatIsStillBeingFilledInIsNoHistory(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker, other := h.account(t, "worker", access.Worker), h.account(t, "manager", access.Manager)
		record, talk := h.talk(t, worker)
		for value := 5; value >= 2; value-- {
			h.draft(t, worker, service.NewReading{Conversation: talk, Value: value, Words: "My uncle hit me"})
		}
		if list := h.sayings(t, other, record); len(list) != 0 {
			t.Errorf("somebody else reads what is still being written: %v", list)
		}
		h.draft(t, worker, service.NewReading{Conversation: talk, Value: 2})
		list := h.sayings(t, worker, record) // its writer looks elsewhere: it was given
		if len(list) != 1 || !strings.Contains(list[0], "answered 2") || strings.Contains(list[0], "uncle") {
			t.Errorf("kept as %v, want the one answer that stood last", list)
		}
		checkCounts(t, h)
	})
}

// A page that was closed, a phone that died: what was answered is a reading when
// nobody comes back, in the name of who wrote it.
func TestWhatWasLeftOnAFormIsKept(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker, manager := h.account(t, "worker", access.Worker), h.account(t, "manager", access.Manager)
		record, talk := h.talk(t, worker)
		h.draft(t, worker, service.NewReading{Conversation: talk, Value: 4, Words: "It is quiet"})
		if n, err := h.SettleDrafts(t.Context()); n != 0 || err != nil {
			t.Errorf("%d settled at once, %v", n, err)
		}
		h.clock.now = h.clock.now.Add(2 * service.DraftLeft)
		if n, err := h.SettleDrafts(t.Context()); n != 1 || err != nil {
			t.Errorf("%d settled, %v; want the one that was left", n, err)
		}
		out, err := h.Outcomes(t.Context(), manager, record, "")
		if err != nil {
			t.Fatal(err)
		}
		readings := out.Rows["home.1"].Readings
		if len(readings) != 1 || readings[0].By != worker.Account || readings[0].Words != "It is quiet" {
			t.Errorf("kept as %+v", readings)
		}
		if n, err := h.SettleDrafts(t.Context()); n != 0 || err != nil {
			t.Errorf("%d settled again, %v", n, err)
		}
		checkCounts(t, h)
	})
}

// Words without an answer are no reading, and are not lost.
func TestWordsAloneAreKept(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker := h.account(t, "worker", access.Worker)
		record, talk := h.talk(t, worker)
		h.draft(t, worker, service.NewReading{Conversation: talk, Words: "I do not want to choose"})
		h.clock.now = h.clock.now.Add(time.Hour)
		if _, err := h.SettleDrafts(t.Context()); err != nil {
			t.Fatal(err)
		}
		opened, err := h.Conversation(t.Context(), worker, talk)
		if err != nil {
			t.Fatal(err)
		}
		if len(opened.Readings) != 0 || len(opened.Words) != 1 || opened.Words[0].Words != "I do not want to choose" {
			t.Errorf("readings %v, words %v", opened.Readings, opened.Words)
		}
		// An answer takes the words with it.
		h.say(t, worker, service.NewReading{Conversation: talk, Indicator: "home.1", Value: 3, Words: "I do not want to choose"})
		if opened, err = h.Conversation(t.Context(), worker, talk); err != nil || len(opened.Words) != 0 || len(opened.Standing) != 1 {
			t.Errorf("after the answer: %+v, %v", opened.Words, err)
		}
		// Emptied, a form leaves nothing.
		h.draft(t, worker, service.NewReading{Conversation: talk, Words: "no"})
		h.draft(t, worker, service.NewReading{Conversation: talk})
		if opened, err = h.Conversation(t.Context(), worker, talk); err != nil || len(opened.Words) != 0 {
			t.Errorf("an emptied form left %+v, %v", opened.Words, err)
		}
		if list := h.sayings(t, worker, record); len(list) != 1 {
			t.Errorf("%v", list)
		}
	})
}

// Two people who fill in one form at the same time are both kept.
func TestTwoPeopleOnOneForm(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker, manager := h.account(t, "worker", access.Worker), h.account(t, "manager", access.Manager)
		record, talk := h.talk(t, worker)
		h.draft(t, worker, service.NewReading{Conversation: talk, Value: 5})
		h.draft(t, manager, service.NewReading{Conversation: talk, Value: 1})
		h.sayings(t, worker, record) // the worker goes on
		list := h.sayings(t, manager, record)
		if len(list) != 2 || slices.ContainsFunc(list, func(s string) bool { return !strings.HasSuffix(s, "stands true") }) {
			t.Errorf("kept: %v; want both standing", list)
		}
		checkCounts(t, h)
	})
}

func TestADraftIsRefusedLikeAReading(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker, stranger := h.account(t, "worker", access.Worker), h.account(t, "stranger", access.Worker)
		_, talk := h.talk(t, worker)
		for why, try := range map[string]struct {
			actor service.Actor
			n     service.NewReading
		}{
			"somebody else's young person": {stranger, service.NewReading{Conversation: talk, Indicator: "home.1", Voice: conversation.YoungPerson, Words: "x"}},
			"no such indicator":            {worker, service.NewReading{Conversation: talk, Indicator: "home.99", Voice: conversation.YoungPerson, Words: "x"}},
			"no such voice":                {worker, service.NewReading{Conversation: talk, Indicator: "home.1", Voice: "nobody", Words: "x"}},
			"an answer off the scale":      {worker, service.NewReading{Conversation: talk, Indicator: "home.1", Voice: conversation.YoungPerson, State: conversation.Answered, Value: 6}},
			"too much":                     {worker, service.NewReading{Conversation: talk, Indicator: "home.1", Voice: conversation.YoungPerson, Words: strings.Repeat("ሀ", 4001)}},
		} {
			if err := h.SaveDraft(t.Context(), try.actor, try.n); err == nil {
				t.Errorf("%s was kept", why)
			}
		}
		if err := h.SaveDraft(t.Context(), worker, service.NewReading{Conversation: talk, Indicator: "home.1", Voice: conversation.YoungPerson, Words: strings.Repeat("ሀ", 4000)}); err != nil {
			t.Errorf("4,000 letters of any script fit: %v", err)
		}
	})
}
