package service_test

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

func (h *house) give(t *testing.T, worker service.Actor, record string, slip bool) string {
	t.Helper()
	in, err := h.GiveOwnCode(t.Context(), worker, record, slip)
	if err != nil {
		t.Fatal(err)
	}
	return in.Code
}

// tries takes a code and gives the answer alone.
func (h *house) tries(t *testing.T, code string) error {
	_, _, err := h.OpenOwnPage(t.Context(), code, service.Visitor{Address: "192.0.2.1"})
	return err
}

// Whatever is wrong with a code, the answer is the same.
func TestEveryDeadCodeIsAnsweredAlike(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker, manager := h.account(t, "worker", access.Worker), h.account(t, "max", access.Manager)
		officer := h.account(t, "data", access.DataOfficer)
		record := h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"})
		other := h.added(t, worker, service.NewChild{Name: "Nadia Placeholder"})
		dead := map[string]string{"wrong": "1234 5678 9012", "short": "12", "empty": "", "letters": "abcdefghijkl", "long": strings.Repeat("7", 500)}
		dead["used"] = h.give(t, worker, record, false)
		if err := h.tries(t, dead["used"]); err != nil {
			t.Fatal(err)
		}
		dead["overtaken"] = h.give(t, worker, record, false)
		dead["taken back"] = h.give(t, worker, record, true)
		if err := h.TakeBackOwnCodes(t.Context(), worker, record); err != nil {
			t.Fatal(err)
		}
		dead["of somebody erased"] = h.give(t, worker, other, true)
		decision, err := h.AskDecision(t.Context(), manager, service.NewDecision{Act: store.DecideErase, Record: other, Reason: "They asked."})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Decide(t.Context(), officer, decision, true, ""); err != nil {
			t.Fatal(err)
		}
		dead["old"] = h.give(t, worker, record, true)
		h.clock.now = h.clock.now.Add(service.OwnSlipFor + time.Second)
		if err := h.tries(t, dead["old"]); !errors.Is(err, service.ErrOwnCode) {
			t.Errorf("old: %v", err)
		}
		dead["of a worker who lost them"] = h.give(t, worker, record, true)
		h.clock.now = h.clock.now.Add(time.Second)
		if err := h.Allocate(t.Context(), manager, record, nil); err != nil {
			t.Fatal(err)
		}
		for why, code := range dead {
			if err := h.tries(t, code); err == nil || err.Error() != service.ErrOwnCode.Error() {
				t.Errorf("a code that is %s: %v", why, err)
			}
		}
		for act, err := range map[string]error{
			"give": second(h.GiveOwnCode(t.Context(), worker, record, false)), "read": second(h.OwnWaysOf(t.Context(), worker, record)),
			"take back": h.TakeBackOwnCodes(t.Context(), worker, record), "end": h.EndOwnSessionsOf(t.Context(), worker, record),
			"cut off": h.CutOffDevice(t.Context(), worker, record, "x"),
		} {
			if !errors.Is(err, service.ErrNotFound) {
				t.Errorf("a worker who lost them may %s: %v", act, err)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }

// A code that several take at one moment opens for one of them.
func TestACodeInARaceOpensOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker := h.account(t, "worker", access.Worker)
		record := h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"})
		code := h.give(t, worker, record, false)
		var opened atomic.Int32
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if h.tries(t, code) == nil {
					opened.Add(1)
				}
			})
		}
		all.Wait()
		if opened.Load() != 1 {
			t.Errorf("opened %d times", opened.Load())
		}
	})
}

// Guesses hold up whoever guesses, and nobody else: no other young person, and nobody
// who signs in, from the same address.
func TestGuessesHoldUpNobodyElse(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker := h.account(t, "worker", access.Worker)
		record := h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"})
		code := h.give(t, worker, record, false)
		mine, slowed := code[:4], 0
		for n := range 3000 {
			guess := strings.Repeat(string(rune('0'+n%10)), 4)
			if guess == mine {
				continue
			}
			if _, ok := errors.AsType[service.TooMany](h.tries(t, guess+"11112222")); ok {
				slowed++
			}
		}
		if slowed < 2000 {
			t.Errorf("%d of 3000 guesses were slowed", slowed)
		}
		if err := h.tries(t, code); err != nil {
			t.Errorf("a young person is held up by the guesses of others: %v", err)
		}
		if _, err := h.SignIn(t.Context(), service.Credentials{Authority: "999", Username: "worker", Password: password}, service.Visitor{Address: "192.0.2.1"}); err != nil {
			t.Errorf("somebody who signs in is held up: %v", err)
		}
	})
}

// Two devices at once work side by side, and end together when the worker says so.
func TestTwoDevicesAtOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker := h.account(t, "worker", access.Worker)
		record := h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"})
		one, other := h.come(t, worker, record), h.come(t, worker, record)
		for _, y := range []service.Young{one, other, one} {
			if err := h.ChooseOwn(t.Context(), y, "ar", false); err != nil {
				t.Fatal(err)
			}
		}
		if ways, err := h.OwnWaysOf(t.Context(), worker, record); err != nil || len(ways.Now) != 2 || len(ways.Given) != 2 || ways.Language != "ar" {
			t.Errorf("the worker sees %+v, %v", ways, err)
		}
		if err := h.EndOwnSessionsOf(t.Context(), worker, record); err != nil {
			t.Fatal(err)
		}
		for _, y := range []service.Young{one, other} {
			if err := h.ChooseOwn(t.Context(), y, "en", false); !errors.Is(err, service.ErrNotFound) {
				t.Errorf("an ended session goes on: %v", err)
			}
		}
		if ways, err := h.OwnWaysOf(t.Context(), worker, record); err != nil || len(ways.Now) != 0 || ways.LastSeen.IsZero() {
			t.Errorf("afterwards the worker sees %+v, %v", ways, err)
		}
	})
}

// Two records that are one have one page. Once the link is undone nobody knows whose a
// way in was: none of them opens anything.
func TestWaysInOfLinkedRecords(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker, manager := h.account(t, "worker", access.Worker), h.account(t, "max", access.Manager)
		a := h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"})
		b := h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder", Anyway: true})
		code := map[string]string{a: h.give(t, worker, a, true), b: h.give(t, worker, b, true)}
		before := h.come(t, worker, max(a, b)) // whose record the link gives up
		code[max(a, b)] = h.give(t, worker, max(a, b), true)
		kept := h.remembered(t, before)
		if err := h.Link(t.Context(), manager, a, b); err != nil {
			t.Fatal(err)
		}
		if err := h.Allocate(t.Context(), manager, min(a, b), []string{worker.Account}); err != nil {
			t.Fatal(err)
		}
		token, y, err := h.OpenOwnPage(t.Context(), code[max(a, b)], service.Visitor{})
		if err != nil || y.Record != min(a, b) {
			t.Fatalf("a code of a linked record opens %+v, %v", y, err)
		}
		phone, y, err := h.OpenWithPictures(t.Context(), kept, mine)
		if err != nil || y.Record != min(a, b) {
			t.Fatalf("a device of a linked record opens %+v, %v", y, err)
		}
		if err := h.Unlink(t.Context(), manager, a, b); err != nil {
			t.Fatal(err)
		}
		for what, token := range map[string]string{"session": token, "device": phone} {
			if _, err := h.OwnSession(t.Context(), "999", token); !errors.Is(err, service.ErrNotFound) {
				t.Errorf("the %s goes on: %v", what, err)
			}
		}
		if err := h.tries(t, code[min(a, b)]); !errors.Is(err, service.ErrOwnCode) {
			t.Errorf("a code opens: %v", err)
		}
		if _, _, err := h.OpenWithPictures(t.Context(), kept, mine); !errors.Is(err, service.ErrOwnForgotten) {
			t.Errorf("the device opens: %v", err)
		}
	})
}

// A tablet that is handed over is the young person's: the worker's session there ends.
func TestATabletIsHandedOver(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker, other := h.account(t, "worker", access.Worker), h.account(t, "other", access.Worker)
		record := h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"})
		in, err := h.SignIn(t.Context(), service.Credentials{Authority: "999", Username: "worker", Password: password}, service.Visitor{})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := h.HandOver(t.Context(), other, record, in.Token); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("somebody who does not work with them hands a tablet over: %v", err)
		}
		if _, err := h.Session(t.Context(), "999", in.Token); err != nil {
			t.Errorf("the refusal ended a session: %v", err)
		}
		token, _, err := h.HandOver(t.Context(), worker, record, in.Token)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Session(t.Context(), "999", in.Token); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("the worker's session goes on: %v", err)
		}
		y := h.again(t, token)
		if !y.HandedOver() {
			t.Errorf("%+v", y)
		}
		if err := h.ChooseOwnPictures(y, mine); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("the tablet can be remembered: %v", err)
		}
		ways, err := h.OwnWaysOf(t.Context(), worker, record)
		if err != nil || len(ways.Given) != 1 || ways.Given[0].Kind != "handed-over" || ways.Given[0].By != worker.Account {
			t.Errorf("the worker sees %+v, %v", ways.Given, err)
		}
	})
}
