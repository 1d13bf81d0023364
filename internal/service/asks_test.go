package service_test

import (
	"errors"
	"fmt"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

// Asking for a passkey is free, and closes the door to nobody: it is bounded apart.
func TestAsksDoNotCloseTheDoor(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		h.account(t, "owner", access.Worker)
		site := service.Site{Address: "https://futures.example", Name: "Futures"}
		taken := 0
		for n := range 700 {
			if _, err := h.AskForPasskey(t.Context(), site, service.Visitor{Address: fmt.Sprint("192.0.2.", n%10)}); err == nil {
				taken++
			}
		}
		if taken > 600 {
			t.Errorf("%d asks in one minute were answered", taken)
		}
		_, err := h.SignIn(t.Context(), service.Credentials{Authority: "999", Username: "owner", Password: password}, service.Visitor{Address: "192.0.2.99"})
		var many service.TooMany
		if errors.As(err, &many) {
			t.Errorf("a new browser waits for those who asked: %v", err)
		}
	})
}

// What somebody who is signed in asks for is bounded too: it would push out what others
// have begun.
func TestAsksToConfirmAreBounded(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		partner, other := h.account(t, "partner", access.Partner), h.account(t, "other", access.Worker)
		site := service.Site{Address: "https://futures.example", Name: "Futures"}
		var err error
		for range 100 {
			if _, err = h.AskToConfirm(t.Context(), partner, site); err != nil {
				break
			}
		}
		var many service.TooMany
		if !errors.As(err, &many) {
			t.Errorf("100 asks in one minute: %v", err)
		}
		if _, err := h.AskToConfirm(t.Context(), other, site); err != nil {
			t.Errorf("somebody else waits for it: %v", err)
		}
	})
}
