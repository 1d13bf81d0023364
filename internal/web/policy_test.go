package web_test

import (
	"testing"

	"stablefutures/internal/web/webtest"
)

// What somebody might smuggle into a page does nothing in a browser: no script that
// stands in it, no text that is turned into markup, nothing from elsewhere.
func TestTheContentPolicyInABrowser(t *testing.T) {
	s := newSite(t)
	tab := webtest.Start(t).Open(t, webtest.Visit{URL: s.URL + "/sign-in"})
	for why, script := range map[string]string{
		"text that becomes markup": `(() => { try { document.body.insertAdjacentHTML('beforeend', '<b>x</b>'); return true } catch { return false } })()`,
		"markup parsed elsewhere":  `(() => { try { new DOMParser().parseFromString('<b>x</b>', 'text/html'); return true } catch { return false } })()`,
		"a policy that lets it":    `(() => { try { trustedTypes.createPolicy('x', {createHTML: s => s}); return true } catch { return false } })()`,
		"a script in the page":     `(() => { const s = document.createElement('script'); try { s.text = 'window.ran = true' } catch {} document.body.append(s); return window.ran === true })()`,
		"a style in the page":      `(() => { const s = document.createElement('style'); s.textContent = 'body { display: none }'; document.head.append(s); return getComputedStyle(document.body).display === 'none' })()`,
	} {
		if webtest.Evaluate[bool](t, tab, script) {
			t.Errorf("%s is let through", why)
		}
	}
}
