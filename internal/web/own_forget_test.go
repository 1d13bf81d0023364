package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// forgets tells whether an answer takes the session's cookie away.
func (p page) forgets() bool {
	for _, c := range (&http.Response{Header: p.Header}).Cookies() {
		if c.Name == "p" && c.Value == "" && c.MaxAge < 0 {
			return true
		}
	}
	return false
}

// Whoever leaves is out, also where the database is away, and where the connection was gone
// when they left and the closed page is all that came.
func TestLeavingForgetsWhateverFails(t *testing.T) {
	s := newSite(t)
	cookie := s.come(t, s.young(t, "Yusuf Placeholder"), "en")
	closed := s.ask(t, http.MethodGet, "/closed", nil, cookie)
	closed.has(t, "This page is closed.")
	if !closed.forgets() {
		t.Error("the closed page leaves the cookie")
	}
	if p := s.ask(t, http.MethodGet, "/me", nil, cookie); p.Location != "/closed" {
		t.Errorf("after the closed page the session goes on: %d %s", p.Status, p.Location)
	}
	cookie = s.come(t, s.young(t, "Duc Placeholder"), "en")
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	left := s.ask(t, http.MethodPost, "/me/leave", url.Values{}, cookie)
	if left.Location != "/closed" || !left.forgets() {
		t.Errorf("without a database: %d to %q, cookie forgotten %t", left.Status, left.Location, left.forgets())
	}
}

// A phone that two use shows nobody the other's page: a code opens whose it is, and ends
// the page that was open before.
func TestACodeOpensItsOwnersPageAlone(t *testing.T) {
	s := newSite(t)
	first := s.come(t, s.young(t, "Yusuf Placeholder"), "en")
	code := s.ownCode(t, s.young(t, "Duc Placeholder"))
	for _, path := range []string{"/in", "/in/" + strings.ReplaceAll(code, " ", "")} {
		s.ask(t, http.MethodGet, path, nil, first).is(t, http.StatusOK)
	}
	opened := s.ask(t, http.MethodPost, "/in", url.Values{"code": {code}}, first)
	if opened.is(t, http.StatusSeeOther); opened.Location != "/me/language" {
		t.Errorf("the code leads to %s", opened.Location)
	}
	if p := s.ask(t, http.MethodGet, "/me", nil, first); p.Location != "/closed" {
		t.Errorf("the page that was open before goes on: %d %s", p.Status, p.Location)
	}
}
