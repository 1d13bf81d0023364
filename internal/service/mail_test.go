package service_test

import (
	"context"
	"errors"
	"net/textproto"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// post is a mail server that a test can take away.
type post struct {
	down error
	got  []service.Letter
}

func (p *post) take(_ context.Context, m service.Letter) error {
	if p.down == nil {
		p.got = append(p.got, m)
	}
	return p.down
}

// A mail server that is away hinders nobody and loses nothing. What is sent says nothing.
func TestMailIsSentAgainUntilItIsTaken(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		server := &post{down: errors.New("dial tcp first@council.example: refused")}
		try := func(want int) {
			t.Helper()
			err := w.SendMail(t.Context(), server.take)
			if err != nil && strings.Contains(err.Error(), "first@") {
				t.Errorf("the error names somebody: %v", err)
			}
			if len(server.got) != want {
				t.Fatalf("%d were sent, want %d", len(server.got), want)
			}
		}
		w.send(t)
		try(0)
		for range 30 { // two and a half hours, two people, one after another
			w.after(t, 5)
			try(0)
		}
		p, err := w.DutyPage(t.Context(), w.manager)
		if err != nil || p.Mail.Waiting != 2 || p.Mail.Failed != "the mail server cannot be reached" {
			t.Errorf("the manager reads %+v, %v", p.Mail, err)
		}
		server.down = nil
		w.after(t, 11)
		try(2)
		try(2)
		for _, m := range server.got {
			if m.To != "first@council.example" && m.To != "second@council.example" {
				t.Errorf("sent to %s", m.To)
			}
			for _, telling := range []string{"Semhar", w.reference, w.record, "safe", "alert", "young", "http", "door", "Fernshire"} {
				if strings.Contains(m.Subject+m.Body, telling) {
					t.Errorf("an e-mail says %q", telling)
				}
			}
		}
		if p, err := w.DutyPage(t.Context(), w.manager); err != nil || p.Mail.Waiting != 0 {
			t.Errorf("the manager reads %+v, %v", p.Mail, err)
		}
	})
}

// One address that is refused keeps no other waiting; what was taken by a program that
// was killed is tried again.
func TestMailThatIsRefusedOrInterrupted(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		w.onDuty(t, store.Duty{Account: w.first.Account, Email: "gone@council.example"}, store.Duty{Account: w.second.Account, Email: "second@council.example"})
		w.send(t)
		w.after(t, 5)
		var got []string
		err := w.SendMail(t.Context(), func(_ context.Context, m service.Letter) error {
			if got = append(got, m.To); m.To == "gone@council.example" {
				return &textproto.Error{Code: 550, Msg: "no gone@council.example here"}
			}
			return nil
		})
		if err != nil || len(got) != 2 {
			t.Errorf("tried were %v, %v", got, err)
		}
		if p, err := w.DutyPage(t.Context(), w.manager); err != nil || p.Mail.Waiting != 1 || p.Mail.Failed != "the mail server refused it (550)" {
			t.Errorf("%+v, %v", p.Mail, err)
		}
		w.clock.now = w.clock.now.Add(time.Minute)
		killed, stop := context.WithCancel(t.Context())
		_ = w.SendMail(killed, func(context.Context, service.Letter) error { stop(); return context.Canceled })
		server := &post{}
		if err := w.SendMail(t.Context(), server.take); err != nil || len(server.got) != 0 {
			t.Errorf("sent while another tries: %v, %v", server.got, err)
		}
		w.clock.now = w.clock.now.Add(3 * time.Minute)
		if err := w.SendMail(t.Context(), server.take); err != nil || len(server.got) != 1 {
			t.Errorf("not tried again: %v, %v", server.got, err)
		}
	})
}

func TestWhatAManagerSetsForTheYoungPeoplesPages(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		wrong := func(n service.NewOwnSetting) string {
			t.Helper()
			var invalid service.Invalid
			if err := w.SetOwnPages(t.Context(), w.manager, n); !errors.As(err, &invalid) {
				t.Fatalf("taken: %+v, %v", n, err)
			}
			var fields []string
			for _, f := range invalid {
				fields = append(fields, f.Field)
			}
			return strings.Join(fields, " ")
		}
		bad := service.NewOwnSetting{Minutes: "0", Days: "x", LeaveTo: "javascript:alert(1)", Numbers: []store.OwnNumber{{Name: "Police", Number: "call us"}, {Number: "101"}}}
		if got := wrong(bad); got != "minutes days leave-to number-1 number-name-2" {
			t.Errorf("wrong are %s", got)
		}
		if got := wrong(service.NewOwnSetting{Minutes: "61", Days: "7"}); got != "minutes number-name-1" {
			t.Errorf("wrong are %s", got)
		}
		good := service.NewOwnSetting{Minutes: " 2 ", Days: "10", LeaveTo: "https://www.bbc.co.uk/weather",
			Numbers: []store.OwnNumber{{Name: "police, ambulance, fire", Number: "999"}, {}, {Name: "Fernshire at night", Number: "+44 1632  960000"}}}
		if err := w.SetOwnPages(t.Context(), w.worker, good); !errors.Is(err, service.ErrRefused) {
			t.Errorf("a worker sets it: %v", err)
		}
		if err := w.SetOwnPages(t.Context(), w.manager, good); err != nil {
			t.Fatal(err)
		}
		p, err := w.DutyPage(t.Context(), w.manager)
		if err != nil || p.Setting.Minutes != 2 || p.Setting.Days != 10 || len(p.Setting.Numbers) != 2 || p.Setting.Numbers[0].Key != "number.emergency" || p.Setting.Numbers[1] != (store.OwnNumber{Name: "Fernshire at night", Number: "+44 1632 960000"}) {
			t.Errorf("%+v, %v", p.Setting, err)
		}
		if to, err := w.LeaveTo(t.Context(), "999"); err != nil || to != good.LeaveTo {
			t.Errorf("Leave leads to %q, %v", to, err)
		}
		if n := w.NumbersAtHand("999"); len(n) != 2 {
			t.Errorf("at hand are %v", n)
		}
		id := w.send(t)
		w.after(t, 2)
		w.reads(t, id, "passed")

		inspector := w.account(t, "inspector", access.Inspector)
		for _, list := range [][]store.Duty{{{Account: inspector.Account}}, {{Account: w.first.Account}, {Account: w.first.Account}}, {{Email: "a@b.example"}}, {{Account: w.first.Account, Email: "a@b\r\nBcc: c@d"}}} {
			var invalid service.Invalid
			if err := w.SetDuty(t.Context(), w.manager, list); !errors.As(err, &invalid) {
				t.Errorf("on duty is %+v: %v", list, err)
			}
		}
	})
}
