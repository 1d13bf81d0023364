package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/web/webtest"
)

// gone checks that a young person's session is over.
func (s *site) gone(t testing.TB, how string, cookie *http.Cookie) {
	t.Helper()
	if p := s.ask(t, http.MethodGet, "/me", nil, cookie); p.Location != "/closed" {
		t.Errorf("%s: the young person's page says %d %s", how, p.Status, p.Location)
	}
}

// A tablet that was handed over comes back, and its worker signs in: the page that was open
// on it is over, whatever the way of signing in, and the browser keeps nothing of it.
func TestATabletThatComesBackIsTheWorkersAlone(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	kept := jar{"session": s.cookies[access.Worker]}
	s.with(t, kept, http.MethodPost, "/records/"+record+"/own-page/hand-over", url.Values{})
	s.with(t, kept, http.MethodPost, "/me/language", url.Values{"language": {"en"}})
	young := kept["p"]
	wrong := s.with(t, kept, http.MethodPost, "/sign-in", url.Values{"username": {"worker"}, "password": {"wrong"}})
	if wrong.forgets() || kept["p"] == nil {
		t.Error("a sign-in that failed closes the page")
	}
	s.with(t, kept, http.MethodGet, "/me", nil).is(t, http.StatusOK)
	in := s.with(t, kept, http.MethodPost, "/sign-in", s.credentials(t, "worker", password))
	if !in.forgets() || kept["p"] != nil || kept["session"] == nil {
		t.Errorf("the browser keeps %v", kept)
	}
	s.gone(t, "with a password", young)
	s.with(t, kept, http.MethodGet, "/caseload", nil).is(t, http.StatusOK)

	// With an invitation, and with what is set up then.
	_, code := s.invite(t, "ben")
	young = s.come(t, record, "en")
	kept = jar{"p": young}
	if s.with(t, kept, http.MethodPost, "/set-up", url.Values{"code": {code}}); kept["p"] != nil || kept["session"] == nil {
		t.Errorf("with an invitation the browser keeps %v", kept)
	}
	s.gone(t, "with an invitation", young)
}

// Signing in with the council's own service: a browser does not send the cookie with what
// comes from another site, so that the page is closed when it leaves for there.
func TestATabletThatComesBackByTheCouncilsSignInService(t *testing.T) {
	s := newSite(t)
	p := newProvider(t, s)
	p.tell(t, dana("g-workers"), "")
	young := s.come(t, s.young(t, "Semhar Tesfay"), "en")
	back, provider := p.leave(t, "/sign-in/provider/999?next=/caseload", young)
	s.gone(t, "when it leaves", young)
	in := p.come(t, back, provider...) // without the young person's
	if in.session() == nil || !in.forgets() {
		t.Errorf("status %d, forgets %t", in.Status, in.forgets())
	}
	young = s.come(t, s.young(t, "Duc Nguyen"), "en")
	back, provider = p.leave(t, "/sign-in/provider/999", nil)
	p.come(t, back, append([]*http.Cookie{young}, provider...)...)
	s.gone(t, "when it comes back", young)
}

func TestATabletThatComesBackWithAPasskey(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	_, code := s.invite(t, "ben")
	browser := webtest.Start(t)
	young := s.come(t, record, "en")
	tab := browser.Open(t, webtest.Visit{URL: s.named("/account/set-up"), Cookies: []*http.Cookie{s.open(t, code), young}})
	tab.Authenticator(t, true)
	tab.Until(t, "a passkey is offered", ready)
	webtest.Evaluate[bool](t, tab, press)
	tab.Until(t, "the account is open", `location.pathname === "/caseload"`)
	s.gone(t, "with a new passkey", young)
	webtest.Evaluate[bool](t, tab, `fetch("/sign-out", {method: "POST"}).then(() => true)`)
	if got := webtest.Evaluate[string](t, tab, `fetch("/in", {method: "POST", body: new URLSearchParams({code: "`+s.ownCode(t, record)+`"})}).then(r => new URL(r.url).pathname)`); got != "/me" {
		t.Fatalf("the code leads to %s", got)
	}
	tab.Go(t, s.named("/sign-in"))
	tab.Until(t, "a passkey is asked for", ready)
	webtest.Evaluate[bool](t, tab, press)
	tab.Until(t, "signed in", `location.pathname === "/caseload"`)
	if left := strings.Join(keeps(t, tab, s.named("")), " ") + " "; strings.Contains(left, "p ") {
		t.Errorf("the browser keeps %s", left)
	}
	s.get(t, access.Worker, "/records/"+record+"/own-page").has(t, "Nobody is on the page now")
	tab.Go(t, s.named("/me"))
	if path := webtest.Evaluate[string](t, tab, `location.pathname`); path != "/closed" {
		t.Errorf("the page is on %s", path)
	}
}
