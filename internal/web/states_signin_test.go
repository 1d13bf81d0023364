package web_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/webtest"
)

// The pages of signing in, in the states in which people meet them: axe finds nothing.
// What is shown once is shown with script, and what takes its place without.
func TestPagesOfSigningInInEveryState(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	look := s.looksOf(t, s.named)
	err := s.SetProvider(t.Context(), service.Operator("999"), store.Provider{Issuer: "http://127.0.0.1:9", Client: "futures", Secret: []byte("x"), Claim: "groups",
		Label: "Fernshire’s account", Groups: []store.ProviderGroup{{Name: "g", Role: access.Worker}}})
	if err != nil {
		t.Fatal(err)
	}
	worker, admin := s.cookies[access.Worker], s.cookies[access.Administrator]
	account, code := s.invite(t, "ben")
	look("sign in", nil, "/sign-in", false)
	look("the service is silent", nil, s.get(t, "", "/sign-in/provider/999").Location, true)
	look("a set-up code", nil, "/set-up", false)
	look("a set-up code that is none", nil, s.post(t, "", "/set-up", url.Values{"code": {"999-x"}}).Location, true)
	begun := s.open(t, code)
	look("set up", begun, "/account/set-up", false)
	look("set up, with errors", begun, s.ask(t, http.MethodPost, "/account/set-up", url.Values{"password": {"short"}, "code": {"1"}}, begun).Location, true)
	look("an account that was invited", admin, "/accounts/"+account, false)
	look("an invitation", admin, s.post(t, access.Administrator, "/accounts/"+account+"/invite", url.Values{}).Location, false)
	look("another phone", worker, "/account/set-up", false)
	look("another passkey", worker, "/account/passkeys/new", false)
	look("codes", worker, s.post(t, access.Worker, "/account/codes", url.Values{}).Location, false)
	for range 2 {
		s.trySignIn(t, s.credentials(t, "worker", password))
	}
	look("one's own account, signed in three times", worker, "/account", false)
	for range 6 {
		s.post(t, "", "/sign-in", url.Values{"username": {"nobody"}, "password": {"x"}})
	}
	look("too many tries", nil, s.post(t, "", "/sign-in", url.Values{"username": {"nobody"}, "password": {"x"}}).Location, true)
	s.now = s.now.Add(service.FreshFor + time.Minute)
	look("confirm", worker, "/confirm", false)
	look("confirm, and what was sent is lost", worker, "/confirm?unsent", false)
	look("confirm, wrongly", worker, s.post(t, access.Worker, "/confirm", url.Values{"given": {"000000"}}).Location, true)
}

func TestPagesOfSigningInToAFictionalCouncil(t *testing.T) {
	s := newSiteOf(t, "Fernshire Council", true)
	browser := webtest.Start(t)
	_, code := s.invite(t, "ben")
	begun := s.open(t, code)
	s.now = s.now.Add(service.FreshFor + time.Minute)
	for path, cookie := range map[string]*http.Cookie{"/sign-in": nil, "/account/set-up": begun, "/confirm": s.cookies[access.Worker], "/account": s.cookies[access.Worker]} {
		t.Run(path, func(t *testing.T) {
			v := webtest.Visit{URL: s.named(path)}
			if cookie != nil {
				v.Cookies = append(v.Cookies, cookie)
			}
			browser.Check(t, v)
		})
	}
}
