package service_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/alert"
	"stablefutures/internal/conversation"
	"stablefutures/internal/service"
)

// A form that is sent twice is one thing said. The same form with anything else in it,
// as after a step back, is something else: it is kept too.
func TestTheSameFormWithSomethingElseInIt(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker, other := h.account(t, "worker", access.Worker), h.account(t, "other", access.Worker)
		record := h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"})
		if err := h.Allocate(t.Context(), service.Actor{Authority: "999", Account: h.manager(t), Role: access.Manager}, record, []string{worker.Account, other.Account}); err != nil {
			t.Fatal(err)
		}
		y := h.come(t, worker, record)
		said := func(want int, what string, err error) []service.OwnSaying {
			t.Helper()
			h.clock.now = h.clock.now.Add(time.Second)
			p, read := h.OwnTalk(t.Context(), y, "en")
			if err != nil || read != nil || len(p.Said) != want {
				t.Errorf("%s: %d things are kept, want %d: %v, %v", what, len(p.Said), want, err, read)
			}
			return p.Said
		}
		one := service.OwnAnswer{ID: h.NewID(), Indicator: "home.1", State: conversation.Answered, Value: 2, Words: "cold", Audience: conversation.One, Account: worker.Account}
		n, want := one, 0
		for _, change := range []struct {
			what string
			do   func()
		}{
			{"an answer", func() {}},
			{"another value", func() { n.Value = 1 }},
			{"no value", func() { n.State, n.Value = conversation.DoesNotKnow, 0 }},
			{"other words", func() { n.Words = "very cold" }},
			{"another indicator", func() { n.Indicator = "home.2" }},
			{"for somebody else", func() { n.Account = other.Account }},
			{"for nobody yet", func() { n.Audience, n.Account = conversation.NobodyYet, "" }},
		} {
			change.do()
			want++
			for range 2 {
				said(want, change.what, h.SayOwn(t.Context(), y, n))
			}
		}
		list := said(want, "the first again", h.SayOwn(t.Context(), y, one))
		if list[0].Words != "very cold" || list[0].Audience != conversation.NobodyYet || list[want-1].Words != "cold" || list[want-1].Value != 2 {
			t.Errorf("kept: %+v", list)
		}
		said(want, "opened", h.OpenOwn(t.Context(), y, one.ID))
		said(want, "what was opened again", h.SayOwn(t.Context(), y, one))

		way := service.NewOwnSaid{ID: h.NewID(), Kind: "words", Words: "mine", Audience: conversation.Helpers}
		said(want+1, "words", h.SayOwnWay(t.Context(), y, way))
		way.Outcome = "home"
		said(want+2, "words about something", h.SayOwnWay(t.Context(), y, way))
		way.Outcome = ""
		said(want+2, "words as at first", h.SayOwnWay(t.Context(), y, way))
	})
}

// Two drawings under one form are two, whatever else is the same.
func TestTheSameFormWithAnotherDrawing(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker := h.account(t, "worker", access.Worker)
		y := h.come(t, worker, h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"}))
		n := service.NewOwnSaid{ID: h.NewID(), Kind: "drawing", Audience: conversation.NobodyYet}
		for _, shade := range []uint8{10, 200, 10, 200} {
			canvas := image.NewGray(image.Rect(0, 0, 4, 4))
			canvas.SetGray(1, 1, color.Gray{Y: shade})
			var drawn bytes.Buffer
			if err := png.Encode(&drawn, canvas); err != nil {
				t.Fatal(err)
			}
			n.File = drawn.Bytes()
			if err := h.SayOwnWay(t.Context(), y, n); err != nil {
				t.Fatal(err)
			}
		}
		p, err := h.OwnTalk(t.Context(), y, "en")
		if err != nil || len(p.Said) != 2 {
			t.Fatalf("%d drawings are kept, %v", len(p.Said), err)
		}
		one, err := h.OwnFile(t.Context(), y, p.Said[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		if two, err := h.OwnFile(t.Context(), y, p.Said[1].ID); err != nil || bytes.Equal(one.Body, two.Body) {
			t.Errorf("one drawing is kept twice: %v", err)
		}
	})
}

// Whoever says that they are not safe, and then says more on the same form, is heard both
// times, whatever became of the first.
func TestTheSameAlertWithOtherWords(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		send := func(n service.NewAlert) string {
			t.Helper()
			h.clock.now = h.clock.now.Add(time.Second)
			id, err := w.SendAlert(t.Context(), w.young, n)
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		n := service.NewAlert{ID: w.NewID(), How: alert.Here, Words: "He is at the door"}
		first := send(n)
		other := n
		other.Words = "He is inside"
		second := send(other)
		reached := other
		reached.How = alert.Not
		third := send(reached)
		if second == first || third == second || third == first {
			t.Errorf("sent were %s, %s, %s", first, second, third)
		}
		if send(n) != first || send(other) != second || send(reached) != third {
			t.Error("what was sent twice is kept twice")
		}
		for id, want := range map[string]service.NewAlert{first: n, second: other, third: reached} {
			if v, err := w.Alert(t.Context(), w.first, id); err != nil || v.Words != want.Words || v.How != want.How {
				t.Errorf("%+v, %v", v, err)
			}
		}
		for _, id := range []string{first, second, third} {
			if err := w.AcknowledgeAlert(t.Context(), w.first, id, alert.Coming); err != nil {
				t.Fatal(err)
			}
			if err := w.CloseAlert(t.Context(), w.first, id, "I was there, and he is gone."); err != nil {
				t.Fatal(err)
			}
		}
		if again := send(other); again == second || w.truth(t, again) != service.OwnWaiting {
			t.Error("words that are said again after all ended are lost")
		}
	})
}

// A page that was made anew, as after a step back, has other ids: the same said twice in a
// row from two of them is one. What they said something else after is said again.
func TestTheSameFromAPageMadeAnew(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker := h.account(t, "worker", access.Worker)
		y := h.come(t, worker, h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"}))
		said := func(want int, what string, err error) []service.OwnSaying {
			t.Helper()
			h.clock.now = h.clock.now.Add(time.Second)
			p, read := h.OwnTalk(t.Context(), y, "en")
			if err != nil || read != nil || len(p.Said) != want {
				t.Errorf("%s: %d things are kept, want %d: %v, %v", what, len(p.Said), want, err, read)
			}
			return p.Said
		}
		answer := func(value int, a conversation.Audience) error {
			return h.SayOwn(t.Context(), y, service.OwnAnswer{ID: h.NewID(), Indicator: "home.1", State: conversation.Answered, Value: value, Words: "cold", Audience: a})
		}
		way := func(kind, words string, file []byte) error {
			return h.SayOwnWay(t.Context(), y, service.NewOwnSaid{ID: h.NewID(), Kind: kind, Words: words, File: file, Audience: conversation.NobodyYet})
		}
		said(1, "an answer", answer(2, conversation.NobodyYet))
		said(1, "again", answer(2, conversation.NobodyYet))
		said(2, "another", answer(3, conversation.NobodyYet))
		said(3, "the first once more", answer(2, conversation.NobodyYet))
		said(4, "for all", answer(2, conversation.Helpers))
		list := said(5, "for nobody, after it was for all", answer(2, conversation.NobodyYet))
		said(4, "opened, as it was said for all", h.OpenOwn(t.Context(), y, list[0].ID))
		said(5, "for nobody, after it was opened", answer(2, conversation.NobodyYet))
		said(6, "words", way("words", "mine", nil))
		said(6, "the words again", way("words", "mine", nil))
		said(7, "a sound", way("sound", "", sounding(1, 1000)))
		said(7, "the sound again", way("sound", "", sounding(1, 1000)))
		said(8, "another sound", way("sound", "", sounding(2, 1000)))
		said(8, "the words again, with sounds between", way("words", "mine", nil))
	})
}
