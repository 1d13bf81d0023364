package service_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

// mine are somebody's pictures, wrong are others.
var mine, wrong = []int{3, 3, 12, 1}, []int{3, 12, 3, 1}

// remembered is what a browser keeps of a device that is opened by mine.
func (h *house) remembered(t *testing.T, y service.Young) string {
	t.Helper()
	if err := h.ChooseOwnPictures(y, mine); err != nil {
		t.Fatal(err)
	}
	kept, err := h.RememberPictures(t.Context(), y, mine, "")
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func TestADeviceIsRememberedWithPictures(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker := h.account(t, "worker", access.Worker)
		record := h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"})
		y := h.come(t, worker, record)
		if _, err := h.RememberPictures(t.Context(), y, mine, ""); !errors.Is(err, service.ErrOwnPictures) {
			t.Errorf("chosen once: %v", err)
		}
		if err := h.ChooseOwnPictures(y, []int{1, 2, 3, 13}); !errors.Is(err, service.ErrOwnPictures) {
			t.Errorf("a picture that is not offered: %v", err)
		}
		if err := h.ChooseOwnPictures(y, mine); err != nil {
			t.Fatal(err)
		}
		if _, err := h.RememberPictures(t.Context(), y, wrong, ""); !errors.Is(err, service.ErrOwnPictures) {
			t.Errorf("others the second time: %v", err)
		}
		if _, err := h.RememberPictures(t.Context(), y, mine, ""); !errors.Is(err, service.ErrOwnPictures) {
			t.Errorf("after others they begin anew: %v", err)
		}
		kept := h.remembered(t, y)
		for range 4 {
			if _, _, err := h.OpenWithPictures(t.Context(), kept, wrong); !errors.Is(err, service.ErrOwnPictures) {
				t.Fatalf("wrong pictures: %v", err)
			}
		}
		if _, _, err := h.OpenWithPictures(t.Context(), kept, []int{3, 3}); !errors.Is(err, service.ErrOwnPictures) {
			t.Errorf("two pictures: %v", err)
		}
		token, _, err := h.OpenWithPictures(t.Context(), kept, mine)
		if err != nil {
			t.Fatalf("right ones at the fifth try: %v", err)
		}
		if y := h.again(t, token); y.Way != "device" || y.Record != record || y.Device == "" {
			t.Errorf("%+v", y)
		}
		for n := range 6 { // the right ones began the count anew
			want := service.ErrOwnPictures
			if n >= 4 {
				want = service.ErrOwnForgotten
			}
			if _, _, err := h.OpenWithPictures(t.Context(), kept, wrong); !errors.Is(err, want) {
				t.Errorf("wrong try %d: %v", n+1, err)
			}
		}
		if _, _, err := h.OpenWithPictures(t.Context(), kept, mine); !errors.Is(err, service.ErrOwnForgotten) {
			t.Errorf("the right ones after five wrong ones: %v", err)
		}
		if _, err := h.OwnSession(t.Context(), "999", token); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("what was open on it goes on: %v", err)
		}
		if err := h.tries(t, h.give(t, worker, record, false)); err != nil {
			t.Errorf("a code does not help: %v", err)
		}
	})
}

// Tries at the same moment are five, not more.
func TestPicturesCannotBeGuessedAtOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker := h.account(t, "worker", access.Worker)
		kept := h.remembered(t, h.come(t, worker, h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"})))
		var looked atomic.Int32
		var all sync.WaitGroup
		for range 12 {
			all.Go(func() {
				if _, _, err := h.OpenWithPictures(t.Context(), kept, wrong); errors.Is(err, service.ErrOwnPictures) {
					looked.Add(1)
				}
			})
		}
		all.Wait()
		if looked.Load() > 4 { // the fifth is told that the device is forgotten
			t.Errorf("%d tries were looked at and more could follow", looked.Load())
		}
		if _, _, err := h.OpenWithPictures(t.Context(), kept, mine); !errors.Is(err, service.ErrOwnForgotten) {
			t.Errorf("the device is remembered: %v", err)
		}
	})
}

// A device that is cut off is out at its next request, and so is a session that began
// with a code on it. Other devices go on.
func TestADeviceIsCutOff(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker := h.account(t, "worker", access.Worker)
		record, other := h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"}), h.added(t, worker, service.NewChild{Name: "Nadia Placeholder"})
		lost := h.remembered(t, h.come(t, worker, record))
		home := h.come(t, worker, record)
		h.remembered(t, home)
		token, _, err := h.OpenWithPictures(t.Context(), lost, mine)
		if err != nil {
			t.Fatal(err)
		}
		byCode, y, err := h.OpenOwnPage(t.Context(), h.give(t, worker, record, false), service.Visitor{Remembered: lost})
		if err != nil || y.Device == "" {
			t.Fatalf("a code on a device that is remembered: %+v, %v", y, err)
		}
		if _, y, err := h.OpenOwnPage(t.Context(), h.give(t, worker, other, false), service.Visitor{Remembered: lost}); err != nil || y.Device != "" {
			t.Errorf("somebody else on this device: %+v, %v", y, err)
		}
		if err := h.CutOffDevice(t.Context(), worker, other, y.Device); err == nil {
			t.Error("a device is cut off by way of another record")
		}
		for range 2 {
			if err := h.CutOffDevice(t.Context(), worker, record, y.Device); err != nil {
				t.Fatal(err)
			}
		}
		for what, token := range map[string]string{"pictures": token, "code": byCode} {
			if _, err := h.OwnSession(t.Context(), "999", token); !errors.Is(err, service.ErrNotFound) {
				t.Errorf("a session by %s goes on: %v", what, err)
			}
		}
		if _, _, err := h.OpenWithPictures(t.Context(), lost, mine); !errors.Is(err, service.ErrOwnForgotten) {
			t.Errorf("it opens: %v", err)
		}
		if err := h.ChooseOwn(t.Context(), home, "ar", false); err != nil {
			t.Errorf("another device is out too: %v", err)
		}
		ways, err := h.OwnWaysOf(t.Context(), worker, record)
		if err != nil || len(ways.Devices) != 2 {
			t.Fatalf("%+v, %v", ways.Devices, err)
		}
		for _, d := range ways.Devices {
			if (d.ID == y.Device) != (d.EndedBy == worker.Account) {
				t.Errorf("%+v", d)
			}
		}
	})
}

// Whoever forgets their phone goes on, and a phone that is remembered anew forgets
// whom it knew before.
func TestAPhoneIsForgotten(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker := h.account(t, "worker", access.Worker)
		y := h.come(t, worker, h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"}))
		kept := h.remembered(t, y)
		if r, err := h.Remembered(t.Context(), kept); err != nil || r.ByKey || !r.Of(y) {
			t.Errorf("%+v, %v", r, err)
		}
		if err := h.ForgetDevice(t.Context(), y, kept); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Remembered(t.Context(), kept); !errors.Is(err, service.ErrOwnForgotten) {
			t.Errorf("it is remembered: %v", err)
		}
		if err := h.ChooseOwn(t.Context(), y, "ar", false); err != nil {
			t.Errorf("whoever forgot their phone is out: %v", err)
		}
		kept = h.remembered(t, y)
		other := h.come(t, worker, h.added(t, worker, service.NewChild{Name: "Nadia Placeholder"}))
		if err := h.ForgetDevice(t.Context(), other, kept); err != nil {
			t.Fatal(err)
		}
		if r, err := h.Remembered(t.Context(), kept); err != nil || !r.Of(y) || r.Of(other) {
			t.Errorf("somebody else forgot it: %+v, %v", r, err)
		}
		if err := h.ChooseOwnPictures(other, mine); err != nil {
			t.Fatal(err)
		}
		if _, err := h.RememberPictures(t.Context(), other, mine, kept); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Remembered(t.Context(), kept); !errors.Is(err, service.ErrOwnForgotten) {
			t.Errorf("a token that no browser keeps is good: %v", err)
		}
		for _, none := range []string{"", ".", "999.", "999.x", "998." + kept[4:], "x"} {
			if _, err := h.Remembered(t.Context(), none); !errors.Is(err, service.ErrOwnForgotten) {
				t.Errorf("%q: %v", none, err)
			}
		}
	})
}
