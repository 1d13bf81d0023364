package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
)

// signIn signs in where an answer led, with the cookie that the browser still
// has, and opens the page to which that leads.
func (s *site) signIn(t testing.TB, username string, asked page) page {
	t.Helper()
	form := s.credentials(t, username, password)
	form.Set("next", "/account")
	signed := s.ask(t, http.MethodPost, "/sign-in", form, nil)
	signed.is(t, http.StatusSeeOther)
	if c := signed.session(); c != nil {
		return s.follow(t, signed, c)
	}
	t.Fatalf("%s was not signed in after %s", username, asked.Location)
	return page{}
}

// What was typed when the session ended is its account's alone: whoever signs in
// next with another account gets nothing of it.
func TestWhatWasTypedIsOfferedToItsAccountAlone(t *testing.T) {
	s := newSite(t)
	form := newYoung(s)
	s.now = s.now.Add(61 * time.Minute)
	asked := s.post(t, access.Worker, "/records/new", form)
	asked.is(t, http.StatusSeeOther)
	page := s.get(t, access.Worker, asked.Location)
	page.has(t, "because nothing was done for an hour", "What you typed is kept for half an hour")
	page.lacks(t, "Semhar", "/records/new", "kept:")

	s.signIn(t, string(access.Manager), asked).lacks(t, "Semhar", "Nothing was lost")
	mine := s.signIn(t, string(access.Worker), asked)
	mine.has(t, "Nothing was lost", `value="Semhar Tesfay"`, `action="/records/new"`)
	s.get(t, access.Manager, mine.Location).lacks(t, "Semhar")
	s.signIn(t, string(access.Worker), asked).lacks(t, "Nothing was lost") // offered once
}

// A password is in no page and in nothing that is kept; a form with one is not
// offered again as if nothing were missing.
func TestPasswordsAreNeverKept(t *testing.T) {
	s := newSite(t)
	const secret = "four quite other words"
	wrong := s.submit(t, "", "/sign-in", url.Values{"username": {"worker"}, "password": {secret}})
	wrong.is(t, http.StatusUnprocessableEntity)
	wrong.has(t, "You could not be signed in", `value="worker"`)
	wrong.lacks(t, secret)
	if reloaded := s.get(t, "", wrong.Location); reloaded.Body != wrong.Body {
		t.Error("a reload of the sign-in page shows another one")
	}
	s.now = s.now.Add(61 * time.Minute)
	asked := s.post(t, access.Worker, "/account/password", url.Values{"old": {password}, "password": {secret}})
	told := s.get(t, access.Worker, asked.Location)
	told.has(t, "could not be kept")
	told.lacks(t, secret, password)
	s.signIn(t, string(access.Worker), asked).lacks(t, secret, "Nothing was lost")
}

// Why somebody was signed out is said as it was.
func TestWhySomebodyWasSignedOutIsSaidTruly(t *testing.T) {
	s := newSite(t)
	s.get(t, "", "/sign-in").lacks(t, "You were signed out")
	nobody := s.ask(t, http.MethodPost, "/records/new", newYoung(s), nil)
	if !strings.Contains(nobody.Location, "unsent") {
		t.Errorf("a form of nobody leads to %s", nobody.Location)
	}
	told := s.get(t, "", nobody.Location)
	told.has(t, "What you sent was not taken, and could not be kept")
	told.lacks(t, "for an hour")

	if err := s.EndAccount(t.Context(), s.actors[access.Administrator], s.actors[access.Manager].Account); err != nil {
		t.Fatal(err)
	}
	ended := s.get(t, access.Manager, "/sign-in")
	ended.has(t, "or because your account or your password was changed")
	ended.lacks(t, "for an hour")
	s.now = s.now.Add(61 * time.Minute)
	s.get(t, access.Worker, "/sign-in").has(t, "because nothing was done for an hour")
	s.now = s.now.Add(12 * time.Hour)
	s.get(t, access.Worker, "/sign-in").has(t, "twelve hours had passed")
}
