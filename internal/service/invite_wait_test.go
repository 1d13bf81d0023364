package service_test

import (
	"errors"
	"fmt"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

// Wrong codes keep nobody else of the same house from opening a good invitation.
func TestAGoodInvitationDoesNotWaitForWrongOnes(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		admin := h.account(t, "admin", access.Administrator)
		id, err := h.AddAccount(t.Context(), admin, service.NewAccount{Username: "newcomer", Name: "N", Role: access.Worker})
		if err != nil {
			t.Fatal(err)
		}
		code, err := h.Invite(t.Context(), admin, id)
		if err != nil {
			t.Fatal(err)
		}
		from := service.Visitor{Address: "192.0.2.9"}
		var many service.TooMany
		for n := range 8 {
			if _, err := h.OpenInvitation(t.Context(), "999-aaaaa-bbbbb-ccccc-ddddd", from); errors.As(err, &many) != (n >= 5) {
				t.Errorf("the same wrong code, try %d: %v", n, err)
			}
		}
		if _, err := h.OpenInvitation(t.Context(), code, from); err != nil {
			t.Errorf("a good invitation: %v", err)
		}
		many = service.TooMany{}
		for n := range 200 {
			if _, err = h.OpenInvitation(t.Context(), fmt.Sprintf("999-aaaaa-bbbbb-ccccc-dd%03d", n), from); errors.As(err, &many) {
				break
			}
		}
		if many.Wait == 0 {
			t.Error("200 codes were tried from one address in a minute")
		}
	})
}
