package service_test

import (
	"errors"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

// Whoever finds an open session, and knows the password, does not change it either.
func TestAnotherPasswordNeedsAFreshProof(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		owner := h.account(t, "owner", access.Worker)
		stale := owner
		stale.Fresh = false
		if err := h.ChangeOwnPassword(t.Context(), stale, password, "other words entirely"); !errors.Is(err, service.ErrStepUp) {
			t.Errorf("without a fresh proof: %v", err)
		}
		if err := h.ChangeOwnPassword(t.Context(), owner, password, "other words entirely"); err != nil {
			t.Error(err)
		}
	})
}
