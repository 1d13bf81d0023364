package service_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/alert"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// watch is a ward with two people on duty who work with nobody, and the young person of
// its record on their own page.
type watch struct {
	*ward
	first, second service.Actor
	young         service.Young
}

func newWatch(t *testing.T, h *house) *watch {
	t.Helper()
	w := &watch{ward: newWard(t, h)}
	w.first, w.second = h.account(t, "first", access.Worker), h.account(t, "second", access.Worker)
	w.young = h.come(t, w.manager, w.record) // who stays, whoever works with them
	w.onDuty(t, store.Duty{Account: w.first.Account, Email: "first@council.example"}, store.Duty{Account: w.second.Account, Email: "second@council.example"})
	return w
}

func (w *watch) onDuty(t *testing.T, list ...store.Duty) {
	t.Helper()
	if err := w.SetDuty(t.Context(), w.manager, list); err != nil {
		t.Fatal(err)
	}
}

func (w *watch) send(t *testing.T) (id string) {
	t.Helper()
	id, err := w.SendAlert(t.Context(), w.young, service.NewAlert{ID: w.NewID(), How: alert.Here, Words: "He is at the door"})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// after lets minutes pass, as the loop of the program sees them.
func (w *watch) after(t *testing.T, minutes int) {
	t.Helper()
	w.clock.now = w.clock.now.Add(time.Duration(minutes) * time.Minute)
	if err := w.EscalateAlerts(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// waits tells for whom of some people an alert waits.
func (w *watch) waits(t *testing.T, people ...service.Actor) string {
	t.Helper()
	var names []string
	for _, p := range people {
		if n, err := w.AlertsWaiting(t.Context(), p, ""); err != nil {
			t.Fatal(err)
		} else if n > 0 {
			names = append(names, p.Username)
		}
	}
	return strings.Join(names, " ")
}

// truth is what the young person reads of an alert.
func (w *watch) truth(t *testing.T, id string) string {
	t.Helper()
	v, err := w.OwnAlert(t.Context(), w.young, id)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(v.State + " " + v.Name + " " + string(v.Answer))
}

func (w *watch) reads(t *testing.T, id, want string) {
	t.Helper()
	if got := w.truth(t, id); got != want {
		t.Errorf("the young person reads %q, want %q", got, want)
	}
}

func (w *watch) everybody() []service.Actor {
	return []service.Actor{w.first, w.second, w.worker, w.manager, w.colleague}
}

func TestAnAlertIsAcknowledgedAndCloses(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		before, err := w.OwnSafety(t.Context(), w.young)
		if err != nil || before.First != "Name of first" || before.Minutes != 5 || len(before.Numbers) != 3 || !before.Known || !slices.Equal(before.Beside, []string{"Name of worker"}) {
			t.Errorf("before sending: %+v, %v", before, err)
		}
		id := w.send(t)
		w.reads(t, id, "waiting")
		if got := w.waits(t, w.everybody()...); got != "first worker" {
			t.Errorf("told at once: %s", got)
		}
		v, err := w.Alert(t.Context(), w.first, id)
		if err != nil || v.Name != "Semhar Tesfay" || v.Reference != w.reference || v.Words != "He is at the door" || v.Record != "" {
			t.Errorf("on duty, out of reach of the record: %+v, %v", v, err)
		}
		if v, err := w.Alert(t.Context(), w.worker, id); err != nil || v.Record != w.record {
			t.Errorf("the worker: %+v, %v", v, err)
		}
		for _, stranger := range []service.Actor{w.second, w.colleague, w.manager} {
			if _, err := w.Alert(t.Context(), stranger, id); !errors.Is(err, service.ErrNotFound) {
				t.Errorf("%s, who was not told: %v", stranger.Username, err)
			}
		}
		if err := w.CloseAlert(t.Context(), w.first, id, "I rang and they are safe."); err == nil {
			t.Error("it ends before anybody has it")
		}
		if err := w.AcknowledgeAlert(t.Context(), w.first, id, alert.Finding); err != nil {
			t.Fatal(err)
		}
		w.reads(t, id, "has Name of first finding")
		if err := w.AcknowledgeAlert(t.Context(), w.worker, id, alert.Calling); !errors.Is(err, service.ErrChanged) {
			t.Errorf("a second one has it too: %v", err)
		}
		if err := w.AcknowledgeAlert(t.Context(), w.first, id, alert.Coming); err != nil {
			t.Errorf("they say more: %v", err)
		}
		w.after(t, 60)
		if got := w.waits(t, w.everybody()...); got != "" {
			t.Errorf("it still waits for %s", got)
		}
		w.young = w.come(t, w.worker, w.record)
		w.reads(t, id, "has Name of first coming")
		if err := w.CloseAlert(t.Context(), w.worker, id, "I rang and they are safe."); err != nil {
			t.Fatal(err)
		}
		w.reads(t, id, "over Name of first coming")
		open, ended, err := w.AlertsFor(t.Context(), w.first)
		if err != nil || len(open) != 0 || len(ended) != 1 {
			t.Errorf("%+v, %+v, %v", open, ended, err)
		}
		if history := w.history(t); strings.Contains(history, "door") || !strings.Contains(history, "send an alert") || !strings.Contains(history, "see an alert") || !strings.Contains(history, "close an alert") {
			t.Errorf("the log says %s", history)
		}
	})
}

// Not acknowledged it goes to the next, then everybody was told, and then anew: also for
// a program that was stopped meanwhile, and for a page that nothing runs beside.
func TestAnAlertThatNobodyAnswers(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		id := w.send(t)
		w.after(t, 4)
		if got := w.waits(t, w.first, w.second); got != "first" {
			t.Errorf("after four minutes: %s", got)
		}
		w.after(t, 1)
		if got := w.waits(t, w.everybody()...); got != "first second worker" {
			t.Errorf("after five minutes: %s", got)
		}
		w.reads(t, id, "passed")
		again, err := service.New(w.db, w.clock.read, zeros{})
		if err != nil {
			t.Fatal(err)
		}
		w.clock.now = w.clock.now.Add(5 * time.Minute)
		if v, err := again.OwnAlert(t.Context(), w.young, id); err != nil || v.State != service.OwnUnanswered || len(v.Numbers) != 3 {
			t.Errorf("started anew, with nothing beside: %+v, %v", v, err)
		}
		w.reads(t, id, "unanswered")
		for range 3 {
			w.after(t, 5)
		}
		w.reads(t, id, "unanswered")
		if got := w.waits(t, w.everybody()...); got != "first second worker" {
			t.Errorf("who was told is told no more: %s", got)
		}
		v, err := w.Alert(t.Context(), w.worker, id)
		if err != nil || len(v.Told) != 3 || v.Told[0].Name != "Name of first" || v.Told[0].Times != 3 {
			t.Errorf("told were %+v, %v", v.Told, err)
		}
		if err := w.AcknowledgeAlert(t.Context(), w.second, id, alert.Police); err != nil {
			t.Fatal(err)
		}
		w.reads(t, id, "has Name of second police")
	})
}

// zeros is a source of nothing by chance.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

func TestAnAlertWithNobodyOnDuty(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		w.onDuty(t)
		if before, err := w.OwnSafety(t.Context(), w.young); err != nil || before.First != "" || len(before.Numbers) == 0 {
			t.Errorf("before sending: %+v, %v", before, err)
		}
		id := w.send(t)
		if got := w.waits(t, w.everybody()...); got != "worker manager" {
			t.Errorf("told were %s", got)
		}
		w.reads(t, id, "waiting")
		if v, err := w.OwnAlert(t.Context(), w.young, id); err != nil || !v.Nobody {
			t.Errorf("it is not said that nobody is on duty: %+v, %v", v, err)
		}
		w.after(t, 5)
		w.reads(t, id, "unanswered")
		w.onDuty(t, store.Duty{Account: w.second.Account})
		w.after(t, 0)
		if got := w.waits(t, w.second); got != "second" {
			t.Error("who comes on duty is not told")
		}
		if err := w.AcknowledgeAlert(t.Context(), w.manager, id, alert.Calling); err != nil {
			t.Fatal(err)
		}
		w.reads(t, id, "has Name of manager calling")
	})
}

// Of a restricted record, whoever it does not name learns that there is an alert and whom
// to reach, and nothing of the young person. They may still say that they have it.
func TestAnAlertOfARestrictedRecord(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		boss := w.account(t, "boss", access.Manager)
		if _, err := w.Restrict(t.Context(), w.manager, w.record, []string{w.manager.Account, boss.Account}); err != nil {
			t.Fatal(err)
		}
		if before, err := w.OwnSafety(t.Context(), w.young); err != nil || before.Known || len(before.Beside) != 0 {
			t.Errorf("before sending: %+v, %v", before, err)
		}
		id := w.send(t)
		if got := w.waits(t, append(w.everybody(), boss)...); got != "first manager boss" {
			t.Errorf("told were %s", got)
		}
		v, err := w.Alert(t.Context(), w.first, id)
		if err != nil || !v.Restricted || !slices.Equal(v.Named, []string{"Name of boss", "Name of manager"}) {
			t.Errorf("on duty: %+v, %v", v, err)
		}
		if text := fmt.Sprint(v); strings.Contains(text, "Semhar") || strings.Contains(text, w.reference) || strings.Contains(text, "door") || strings.Contains(text, w.record) {
			t.Errorf("on duty they see %s", text)
		}
		if v, err := w.Alert(t.Context(), boss, id); err != nil || v.Restricted || v.Name != "Semhar Tesfay" {
			t.Errorf("named: %+v, %v", v, err)
		}
		if err := w.AcknowledgeAlert(t.Context(), w.first, id, alert.Finding); err != nil {
			t.Fatal(err)
		}
		w.reads(t, id, "has Name of first finding")
	})
}

// An account that ends holds nobody up: neither in its turn, nor where it has an alert.
func TestAlertsAndAccountsThatEnd(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		id := w.send(t)
		end := func(who service.Actor) {
			t.Helper()
			if err := w.EndAccount(t.Context(), w.operator, who.Account); err != nil {
				t.Fatal(err)
			}
		}
		end(w.first)
		w.after(t, 0)
		if got := w.waits(t, w.second); got != "second" {
			t.Error("the turn of an account that ended goes on")
		}
		w.reads(t, id, "passed")
		if err := w.AcknowledgeAlert(t.Context(), w.second, id, alert.Coming); err != nil {
			t.Fatal(err)
		}
		end(w.second)
		w.reads(t, id, "passed") // anew: nobody is on duty any more, and the managers are told now
		if got := w.waits(t, w.manager, w.worker); got != "manager worker" {
			t.Errorf("told were %s", got)
		}
		p, err := w.DutyPage(t.Context(), w.manager)
		if err != nil || len(p.Duty) != 2 || p.Duty[0].Able || p.Duty[1].Able {
			t.Errorf("%+v, %v", p.Duty, err)
		}
	})
}

func TestTwoAcknowledgeAtOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		w.onDuty(t)
		id := w.send(t)
		got := make([]error, 2)
		var both sync.WaitGroup
		for n, who := range []service.Actor{w.worker, w.manager} {
			both.Go(func() { got[n] = w.AcknowledgeAlert(t.Context(), who, id, alert.Calling) })
		}
		both.Wait()
		if (got[0] == nil) == (got[1] == nil) || !errors.Is(errors.Join(got...), service.ErrChanged) {
			t.Errorf("got %v", got)
		}
		name := map[bool]string{true: "worker", false: "manager"}[got[0] == nil]
		w.reads(t, id, "has Name of "+name+" calling")
	})
}

// The same alert sent twice is one, and so is one that says nothing new while it waits.
func TestAnAlertThatIsSentAgain(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		send := func(n service.NewAlert) string {
			t.Helper()
			id, err := w.SendAlert(t.Context(), w.young, n)
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		one := service.NewAlert{ID: w.NewID(), How: "nonsense"}
		first := send(one)
		if send(one) != first || send(service.NewAlert{}) != first {
			t.Error("it was kept twice")
		}
		if second := send(service.NewAlert{Words: strings.Repeat("ድኅረት ", 20000)}); second == first {
			t.Error("what they say now is lost")
		}
		open, _, err := w.AlertsFor(t.Context(), w.first)
		if err != nil || len(open) != 2 {
			t.Errorf("%d alerts, %v", len(open), err)
		}
		if err := w.LeaveOwnPage(t.Context(), w.young); err != nil {
			t.Fatal(err)
		}
		if _, err := w.SendAlert(t.Context(), w.young, service.NewAlert{}); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("sent without a session: %v", err)
		}
	})
}

func TestAlertsStayWithinTheirAuthority(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		if err := w.AddAuthority(t.Context(), "998", "Otherborough", false); err != nil {
			t.Fatal(err)
		}
		id := w.send(t)
		theirs := service.Actor{Authority: "998", Account: w.first.Account, Role: access.Manager}
		foreign := service.Actor{Authority: "998", Account: w.foreign(t), Role: access.Worker}
		for _, who := range []service.Actor{theirs, foreign} {
			if _, err := w.Alert(t.Context(), who, id); !errors.Is(err, service.ErrNotFound) {
				t.Errorf("another authority sees an alert: %v", err)
			}
			if err := w.AcknowledgeAlert(t.Context(), who, id, alert.Calling); !errors.Is(err, service.ErrNotFound) {
				t.Errorf("another authority takes an alert: %v", err)
			}
			if n, err := w.AlertsWaiting(t.Context(), who, ""); err != nil || n != 0 {
				t.Errorf("%d wait, %v", n, err)
			}
		}
		other := w.young
		other.Record = w.other
		if _, err := w.OwnAlert(t.Context(), other, id); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("another young person reads it: %v", err)
		}
		if p, err := w.DutyPage(t.Context(), theirs); err != nil || len(p.Duty) != 0 {
			t.Errorf("%+v, %v", p, err)
		}
		if _, err := w.DutyPage(t.Context(), w.worker); !errors.Is(err, service.ErrRefused) {
			t.Errorf("a worker keeps who is on duty: %v", err)
		}
	})
}

// alerted lets a young person say these words in an alert that was answered and ended.
func (h *house) alerted(t *testing.T, worker service.Actor, record, words string) {
	t.Helper()
	id, err := h.SendAlert(t.Context(), h.come(t, worker, record), service.NewAlert{ID: h.NewID(), Words: words})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.AcknowledgeAlert(t.Context(), worker, id, alert.Calling); err != nil {
		t.Fatal(err)
	}
	if err := h.CloseAlert(t.Context(), worker, id, "I met "+words+" at home."); err != nil {
		t.Fatal(err)
	}
}
