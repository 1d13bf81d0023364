package service_test

import (
	"encoding/binary"
	"errors"
	"sync"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/service"
)

// sounding is a sound of so many bytes that is unlike any other number's.
func sounding(number byte, size int) []byte {
	chunk := func(name string, body []byte) []byte {
		return append(binary.LittleEndian.AppendUint32([]byte(name), uint32(len(body))), body...)
	}
	body := make([]byte, size-44)
	body[0] = number
	wave := append([]byte("WAVE"), chunk("fmt ", []byte("\x01\x00\x01\x00\x80\xbb\x00\x00\x00\x77\x01\x00\x02\x00\x10\x00"))...)
	return chunk("RIFF", append(wave, chunk("data", body)...))
}

// What one young person sends on one day is bounded, however many forms it comes in. Words
// are kept all the same, nothing that was kept is lost, and the next day there is room.
func TestAllFilesOfADayAreBounded(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		const mega = 1 << 20
		worker := h.account(t, "worker", access.Worker)
		record := h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"})
		y := h.come(t, worker, record)
		sound := func(number byte, size int) service.NewOwnSaid {
			return service.NewOwnSaid{ID: h.NewID(), Kind: "sound", Words: "listen", File: sounding(number, size), Audience: conversation.NobodyYet}
		}
		says := func(want string, list ...service.NewOwnSaid) {
			t.Helper()
			h.clock.now = h.clock.now.Add(time.Second)
			err, got := h.SayOwnWay(t.Context(), y, list...), ""
			var wrong service.Invalid
			if errors.As(err, &wrong) && len(wrong) == 1 {
				got = wrong[0].Field + ": " + wrong[0].Message
			} else if err != nil {
				t.Fatal(err)
			}
			if got != want {
				t.Errorf("answered %q, want %q", got, want)
			}
		}
		kept := func(want int) {
			t.Helper()
			if p, err := h.OwnTalk(t.Context(), y, "en"); err != nil || len(p.Said) != want {
				t.Errorf("%d things are kept, want %d: %v", len(p.Said), want, err)
			}
		}
		const noRoom = "sound: error.day"
		first := sound(1, 7*mega)
		says("", first)
		for n := range byte(4) {
			says("", sound(n+2, 7*mega))
		}
		kept(5)
		says(noRoom, sound(6, 7*mega))
		words := service.NewOwnSaid{ID: h.NewID(), Kind: "words", Words: "mine", Audience: conversation.NobodyYet}
		says(noRoom, words, sound(6, 7*mega)) // all of a form is kept, or none
		kept(5)
		says("", words)
		says("", first) // sent again it was kept, and is kept
		kept(6)

		var going sync.WaitGroup
		faults := make([]error, 4)
		for i := range faults {
			n := sound(byte(10+i), 3*mega)
			going.Go(func() { faults[i] = h.SayOwnWay(t.Context(), y, n) })
		}
		going.Wait()
		refused := 0
		for _, err := range faults {
			if err != nil {
				refused++
			}
		}
		if refused != 3 {
			t.Errorf("of four at one time, with room for one, %d are refused", refused)
		}
		kept(7)
		other := h.added(t, worker, service.NewChild{Name: "Robin Placeholder"})
		if err := h.SayOwnWay(t.Context(), h.come(t, worker, other), sound(1, 7*mega)); err != nil {
			t.Errorf("somebody else has no room: %v", err)
		}
		h.clock.now = h.clock.now.Add(24 * time.Hour)
		y = h.come(t, worker, record)
		says("", sound(6, 7*mega))
	})
}
