package webtest

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// Authenticator gives the tab a place that keeps passkeys, such as a phone has, whose
// owner proves themselves where willing. It answers at once.
func (tab *Tab) Authenticator(t testing.TB, willing bool) {
	t.Helper()
	tab.do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		if _, err := cdp.Call(ctx, target, webauthn.Enable, webauthn.EnableParams{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, target, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
			Options: &webauthn.VirtualAuthenticatorOptions{Protocol: "ctap2", Transport: "internal", HasResidentKey: true,
				HasUserVerification: true, IsUserVerified: willing, AutomaticPresenceSimulation: true}})
		return err
	}))
}

// Go opens another page in the tab.
func (tab *Tab) Go(t testing.TB, address string) {
	t.Helper()
	tab.do(t, chromedp.Navigate(address))
}
