package service_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

// Every log of the database is whole after people worked with it, and who may not see
// the log may not prove it.
func TestLogsAreProvedByThoseWhoMay(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker, manager := h.account(t, "worker", access.Worker), h.account(t, "manager", access.Manager)
		if _, err := h.SignIn(t.Context(), service.Credentials{Authority: "999", Username: "worker", Password: "wrong"}, service.Visitor{}); !errors.Is(err, service.ErrSignIn) {
			t.Fatal(err)
		}
		if _, err := h.SignIn(t.Context(), service.Credentials{Authority: "nowhere", Username: "Wilhelmina", Password: "wrong"}, service.Visitor{}); !errors.Is(err, service.ErrSignIn) {
			t.Fatal(err)
		}
		reports, err := h.VerifyLedger(t.Context(), service.Operator(""), nil)
		if err != nil || len(reports) != 2 || reports[0].Entries != 1 || reports[1].Entries != 4 {
			t.Fatalf("%+v %v", reports, err)
		}
		for _, r := range reports {
			if len(r.Findings) > 0 {
				t.Errorf("the log of %q: %+v", r.Authority, r.Findings)
			}
		}
		point, err := h.Checkpoint(t.Context(), manager)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.VerifyLedger(t.Context(), manager, []service.KeptCheckpoint{{Name: "kept", Text: point.Text}}); err != nil {
			t.Error(err)
		}
		if err := h.AddAuthority(t.Context(), "998", "Other", false); err != nil {
			t.Fatal(err)
		}
		foreign, err := h.Checkpoint(t.Context(), service.Operator("998"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.VerifyLedger(t.Context(), manager, []service.KeptCheckpoint{{Name: "kept", Text: foreign.Text}}); err == nil || !strings.Contains(err.Error(), "another log") {
			t.Errorf("a checkpoint of another log: %v", err)
		}
		for _, may := range []func(context.Context, service.Actor) error{
			func(ctx context.Context, a service.Actor) error { _, err := h.VerifyLedger(ctx, a, nil); return err },
			func(ctx context.Context, a service.Actor) error { _, err := h.Checkpoint(ctx, a); return err },
			func(_ context.Context, a service.Actor) error { _, err := h.CheckpointKey(a); return err },
		} {
			if err := may(t.Context(), worker); !errors.Is(err, service.ErrRefused) {
				t.Errorf("a worker: %v", err)
			}
		}
		all, err := h.Checkpoints(t.Context())
		if err != nil || !slices.EqualFunc(all, []string{"", "998", "999"}, func(c service.Checkpoint, code string) bool { return c.Authority == code }) {
			t.Errorf("%+v %v", all, err)
		}
	})
}
