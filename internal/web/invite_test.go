package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

var invitationCode = regexp.MustCompile(`<code id="invitation">([^<]+)</code>`)

// invitationIn is the code that a page shows.
func invitationIn(t testing.TB, p page) string {
	t.Helper()
	found := invitationCode.FindStringSubmatch(p.Body)
	if found == nil {
		t.Fatalf("no invitation on the page:\n%s", shortened(p.Body))
	}
	return found[1]
}

var appSecret = regexp.MustCompile(`Or type this secret into the app: <code>([^<]+)</code>`)

// open uses an invitation, and gives the session in which its owner sets up how they
// sign in.
func (s *site) open(t testing.TB, code string) *http.Cookie {
	t.Helper()
	p := s.ask(t, http.MethodPost, "/set-up", url.Values{"code": {code}}, nil)
	if p.Location != "/account/set-up" || p.session() == nil {
		t.Fatalf("the invitation leads to %d %s", p.Status, p.Location)
	}
	return p.session()
}

// accept uses an invitation and chooses a password and a phone. It gives the session
// that begins with them.
func (s *site) accept(t testing.TB, username, code string) *http.Cookie {
	t.Helper()
	cookie := s.open(t, code)
	shown := s.ask(t, http.MethodGet, "/account/set-up", nil, cookie)
	found := appSecret.FindStringSubmatch(shown.Body)
	if found == nil {
		t.Fatalf("no secret on the page:\n%s", shortened(shown.Body))
	}
	p := newPhone(t, found[1])
	p.last = s.now.Unix()/codeStep - 1
	done := s.ask(t, http.MethodPost, "/account/set-up", url.Values{"password": {password}, "code": {p.at(t, p.last)}}, cookie)
	if done.session() == nil {
		t.Fatalf("setting up gives %d %s", done.Status, done.Location)
	}
	s.keepPhone(username, p)
	return done.session()
}

// invite makes a new account and gives its id and its invitation.
func (s *site) invite(t testing.TB, username string) (account, code string) {
	t.Helper()
	admin := s.actors[access.Administrator]
	account, err := s.AddAccount(t.Context(), admin, service.NewAccount{Username: username, Name: "Name of " + username, Role: access.Worker})
	if err != nil {
		t.Fatal(err)
	}
	if code, err = s.Invite(t.Context(), admin, account); err != nil {
		t.Fatal(err)
	}
	return account, code
}

// An invitation opens one thing, once: the choice of how to sign in.
func TestAnInvitationIsGoodOnceAndOpensOneThing(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	account, code := s.invite(t, "ben")
	s.trySignIn(t, url.Values{"username": {"ben"}, "password": {""}}).has(t, "You could not be signed in")
	cookie := s.open(t, strings.ToUpper(strings.ReplaceAll(code, "-", " ")[:3]+code[3:]))

	for _, path := range []string{"/", "/caseload", "/records/" + record, "/account", "/overview", "/confirm", "/account/codes"} {
		if p := s.ask(t, http.MethodGet, path, nil, cookie); p.Status != http.StatusSeeOther || p.Location != "/account/set-up" {
			t.Errorf("%s answers %d %s before a way in was chosen", path, p.Status, p.Location)
		}
	}
	if p := s.ask(t, http.MethodPost, "/records/"+record+"/register", referral("0"), cookie); p.Location != "/account/set-up" {
		t.Errorf("a register entry can be kept before a way in was chosen: %d", p.Status)
	}
	if _, err := s.Record(t.Context(), service.Actor{Authority: "999", Account: account, Role: access.Worker, Unfinished: true, Fresh: true}, record); err == nil {
		t.Error("the door opens a record before a way in was chosen")
	}

	again := s.ask(t, http.MethodPost, "/set-up", url.Values{"code": {code}}, nil)
	if again.session() != nil {
		t.Fatal("an invitation opened twice")
	}
	s.ask(t, http.MethodGet, again.Location, nil, nil).has(t, "This code is not good, or not any more", "somebody else may have")
	s.get(t, access.Administrator, "/accounts/"+account).has(t, "Not at all: the invitation is over")
	if log := s.log(t, account); !slices.Contains(log, "invitation refused") {
		t.Errorf("the log of the account holds %q", log)
	}

	shown := s.ask(t, http.MethodGet, "/account/set-up", nil, cookie)
	shown.lacks(t, `href="/caseload"`)
	for _, wrong := range []struct{ password, code, says string }{
		{"short", "000000", "at least 12 characters"}, {"my username is ben", "", "must not hold the username"}, {password, "000000", "not the code that the app shows now"}, {password, "", "not the code that the app shows now"},
	} {
		p := s.ask(t, http.MethodPost, "/account/set-up", url.Values{"password": {wrong.password}, "code": {wrong.code}}, cookie)
		s.ask(t, http.MethodGet, p.Location, nil, cookie).has(t, wrong.says)
	}
}

// Setting up ends the session of the invitation, and the new way in opens the account.
func TestWhoWasInvitedChoosesHowTheySignIn(t *testing.T) {
	s := newSite(t)
	account, code := s.invite(t, "ben")
	first := s.open(t, code)
	secret := appSecret.FindStringSubmatch(s.ask(t, http.MethodGet, "/account/set-up", nil, first).Body)[1]
	if picture := s.ask(t, http.MethodGet, "/account/set-up/picture.png", nil, first); picture.Header.Get("Content-Type") != "image/png" || !strings.HasPrefix(picture.Body, "\x89PNG") {
		t.Errorf("the picture is %s", picture.Header.Get("Content-Type"))
	}
	p := newPhone(t, secret)
	p.last = s.now.Unix()/codeStep - 1
	done := s.ask(t, http.MethodPost, "/account/set-up", url.Values{"password": {password}, "code": {p.at(t, p.last)}}, first)
	whole := done.session()
	if whole == nil || whole.Value == first.Value {
		t.Fatal("no new token at the rise of privilege")
	}
	s.ask(t, http.MethodGet, "/account/set-up", nil, first).is(t, http.StatusSeeOther)
	s.ask(t, http.MethodGet, "/caseload", nil, whole).is(t, http.StatusOK)
	if shown := s.ask(t, http.MethodGet, "/account/set-up", nil, whole); strings.Contains(shown.Body, secret) {
		t.Error("the secret that was taken is shown again")
	}
	codes := s.ask(t, http.MethodGet, done.Location, nil, whole)
	codes.has(t, "They are not shown again", `<ul class="govuk-list" id="codes">`)
	if n := strings.Count(codes.Body, "<li><code>"); n != 10 {
		t.Errorf("%d codes for a lost phone, want 10", n)
	}
	s.ask(t, http.MethodGet, done.Location, nil, whole).has(t, "were shown once, and are not shown again")
	s.keepPhone("ben", p)
	if in := s.trySignIn(t, s.credentials(t, "ben", password)); in.session() == nil {
		t.Error("the way in that was chosen opens nothing")
	}
	s.get(t, access.Administrator, "/accounts/"+account).has(t, "With a password and a code")
}

// An invitation ends after seven days, and with the account; a later one ends it too.
func TestInvitationsEnd(t *testing.T) {
	s := newSite(t)
	account, old := s.invite(t, "ben")
	admin := s.actors[access.Administrator]
	fresh, err := s.Invite(t.Context(), admin, account)
	if err != nil {
		t.Fatal(err)
	}
	refused := func(why, code string) {
		t.Helper()
		p := s.ask(t, http.MethodPost, "/set-up", url.Values{"code": {code}}, nil)
		if p.session() != nil {
			t.Errorf("%s: the invitation opens", why)
		}
		s.ask(t, http.MethodGet, p.Location, nil, nil).has(t, "This code is not good, or not any more")
	}
	refused("there is a later one", old)
	for _, nothing := range []string{"", "999", "999-", "-", "998-aaaaa-bbbbb-ccccc-ddddd", strings.Repeat("9", 500)} {
		s.now = s.now.Add(time.Hour) // else whoever tries so often waits
		refused("it is none", nothing)
	}
	s.now = s.now.Add(7 * 24 * time.Hour)
	refused("seven days are over", fresh)
	if fresh, err = s.Invite(t.Context(), admin, account); err != nil {
		t.Fatal(err)
	}
	if err := s.EndAccount(t.Context(), admin, account); err != nil {
		t.Fatal(err)
	}
	refused("the account has ended", fresh)
}

// Whoever is invited anew is out at once, and what they signed in with opens nothing.
func TestAnInvitationEndsWhatOpenedTheAccountBefore(t *testing.T) {
	s := newSite(t)
	worker := s.actors[access.Worker].Account
	shown := s.submit(t, access.Administrator, "/accounts/"+worker+"/invite", nil)
	code := invitationIn(t, shown)
	s.get(t, access.Administrator, "/accounts/"+worker+"/invited").has(t, "The code was shown once")
	s.get(t, access.Worker, "/caseload").is(t, http.StatusSeeOther)
	if p := s.trySignIn(t, s.credentials(t, "worker", password)); p.session() != nil {
		t.Error("the password and the phone of before still open the account")
	}
	s.ask(t, http.MethodGet, "/caseload", nil, s.accept(t, "worker", code)).is(t, http.StatusOK)
	own := s.actors[access.Administrator].Account
	s.submit(t, access.Administrator, "/accounts/"+own+"/invite", nil).has(t, "Nobody invites themselves")
}

// log is what is noted about an account, the latest first.
func (s *site) log(t testing.TB, account string) (acts []string) {
	t.Helper()
	kept, err := s.AccountKept(t.Context(), service.Operator("999"), account)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range kept.Log {
		acts = append(acts, e.Act)
	}
	return acts
}
