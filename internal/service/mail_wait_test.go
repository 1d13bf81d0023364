package service_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// Whoever is to be told again is written to at once, however long the e-mail that waits
// for them would have waited: the mail server may be back.
func TestAnEmailThatWaitsIsHurried(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		w.onDuty(t, store.Duty{Account: w.first.Account, Email: "first@council.example"})
		w.send(t)
		server := &post{down: errors.New("refused")}
		for range 8 { // the waits have grown to ten minutes
			_ = w.SendMail(t.Context(), server.take)
			w.clock.now = w.clock.now.Add(11 * time.Minute)
		}
		_ = w.SendMail(t.Context(), server.take)
		server.down = nil
		w.clock.now = w.clock.now.Add(time.Minute)
		if err := w.SendMail(t.Context(), server.take); err != nil || len(server.got) != 0 {
			t.Fatalf("sent before it is due: %v, %v", server.got, err)
		}
		w.after(t, 0) // told in the next round
		if err := w.SendMail(t.Context(), server.take); err != nil || len(server.got) != 1 {
			t.Errorf("told anew, and sent are %v, %v", server.got, err)
		}
	})
}

// Nothing is sent to an address that is on duty no more, and none is kept to which
// something was sent.
func TestNoAddressIsKeptLongerThanItIsNeeded(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		w.send(t)
		w.after(t, 5)
		w.onDuty(t, store.Duty{Account: w.first.Account, Email: "elsewhere@council.example"}, store.Duty{Account: w.second.Account, Email: "second@council.example"})
		server := &post{}
		if err := w.SendMail(t.Context(), server.take); err != nil || len(server.got) != 1 || server.got[0].To != "second@council.example" {
			t.Errorf("sent were %+v, %v", server.got, err)
		}
		var rows int
		if err := h.raw(t).QueryRowContext(t.Context(), `select count(*) from mail`).Scan(&rows); err != nil || rows != 0 {
			t.Errorf("%d e-mails are kept, %v", rows, err)
		}
		w.after(t, 5)
		if err := w.SendMail(t.Context(), server.take); err != nil || len(server.got) != 2 || server.got[1].To != "elsewhere@council.example" {
			t.Errorf("sent were %+v, %v", server.got, err)
		}
	})
}

// An e-mail is taken off the list while it is being sent: that is no failure.
func TestAnEmailIsTakenAwayWhileItIsSent(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		for _, failed := range []error{nil, errors.New("refused")} {
			w.onDuty(t, store.Duty{Account: w.first.Account, Email: "first@council.example"})
			w.send(t)
			err := w.SendMail(t.Context(), func(context.Context, service.Letter) error {
				w.onDuty(t)
				return failed
			})
			if (err == nil) != (failed == nil) || err != nil && !strings.Contains(err.Error(), "cannot be reached") {
				t.Errorf("after %v: %v", failed, err)
			}
		}
	})
}

// An address that does not open keeps nobody else's e-mail waiting, and nobody from being
// told. The manager reads what to do, and what they type in anew is written to.
func TestAnEmailWhoseAddressDoesNotOpen(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		w.send(t)
		spoil(t, h.raw(t), `update mail set recipient = 'x'`)
		w.after(t, 5)
		if got := w.waits(t, w.second); got != "second" {
			t.Error("the next is not told")
		}
		server := &post{}
		if err := w.SendMail(t.Context(), server.take); err != nil || len(server.got) != 1 || server.got[0].To != "second@council.example" {
			t.Errorf("sent were %+v, %v", server.got, err)
		}
		if p, err := w.DutyPage(t.Context(), w.manager); err != nil || p.Mail.Waiting != 1 || !strings.Contains(p.Mail.Failed, "does not open") {
			t.Errorf("the manager reads %+v, %v", p.Mail, err)
		}
		w.onDuty(t, store.Duty{Account: w.first.Account, Email: "first@council.example"})
		if p, err := w.DutyPage(t.Context(), w.manager); err != nil || p.Mail.Waiting != 0 {
			t.Errorf("the manager reads %+v, %v", p.Mail, err)
		}
	})
}
