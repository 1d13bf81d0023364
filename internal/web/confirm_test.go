package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

// Ten minutes after a proof, what matters to many asks for another one, and then goes
// on with what was asked; the rest goes on without.
func TestWhatMattersAsksForAFreshProof(t *testing.T) {
	s := newSite(t)
	admin := s.cookies[access.Administrator]
	s.now = s.now.Add(service.FreshFor - time.Second)
	s.get(t, access.Administrator, "/accounts").is(t, http.StatusOK)
	s.now = s.now.Add(2 * time.Second)
	s.get(t, access.Administrator, "/account").is(t, http.StatusOK)
	s.get(t, access.Worker, "/caseload").is(t, http.StatusOK)
	asked := s.get(t, access.Administrator, "/accounts?x=1")
	if asked.Location != "/confirm?next="+url.QueryEscape("/accounts?x=1") {
		t.Fatalf("the accounts answer %d %s", asked.Status, asked.Location)
	}
	s.get(t, access.Administrator, asked.Location).has(t, "Confirm that it is you", `name="given"`)
	if _, err := s.Accounts(t.Context(), service.Actor{Authority: "999", Account: s.actors[access.Administrator].Account, Role: access.Administrator}); err == nil {
		t.Error("the door opens the accounts without a fresh proof")
	}

	confirm := func(given string, cookie *http.Cookie) page {
		return s.ask(t, http.MethodPost, "/confirm", url.Values{"given": {given}, "next": {"/accounts?x=1"}}, cookie)
	}
	for _, wrong := range []string{"", "000000", password, s.phones["manager"].codes[0], s.phones["administrator"].at(t, s.now.Unix()/codeStep-9)} {
		p := confirm(wrong, admin)
		if p.session() != nil {
			t.Errorf("confirmed with %q", wrong)
		}
		s.ask(t, http.MethodGet, p.Location, nil, admin).is(t, http.StatusUnprocessableEntity)
	}
	s.now = s.now.Add(time.Minute)
	used := s.code(t, "administrator")
	done := confirm(used, admin)
	if done.session() == nil || done.Location != "/accounts?x=1" {
		t.Fatalf("confirming gives %d %s", done.Status, done.Location)
	}
	if done.session().Value == admin.Value {
		t.Error("the token is the one of before")
	}
	s.ask(t, http.MethodGet, "/account", nil, admin).is(t, http.StatusSeeOther) // the token of before opens nothing
	s.ask(t, http.MethodGet, "/accounts", nil, done.session()).is(t, http.StatusOK)

	// The session is not younger for it, and the same code is good once.
	s.now = s.now.Add(service.FreshFor + time.Second)
	if confirm(used, done.session()).session() != nil {
		t.Error("confirmed with a code that was used")
	}
}

// What was sent when a fresh proof was due is kept, and sent on; a secret is not kept.
func TestWhatWasSentIsKeptUntilItIsConfirmed(t *testing.T) {
	s := newSite(t)
	s.now = s.now.Add(service.FreshFor + time.Second)
	asked := s.post(t, access.Administrator, "/accounts", newcomer())
	if asked.Location != "/confirm" {
		t.Fatalf("adding an account answers %d %s", asked.Status, asked.Location)
	}
	if list, err := s.Accounts(t.Context(), service.Operator("999")); err != nil || len(list) != len(access.Roles) {
		t.Fatalf("%d accounts, %v", len(list), err)
	}
	done := s.ask(t, http.MethodPost, "/confirm", url.Values{"given": {s.code(t, "administrator")}, "next": {"/"}}, s.cookies[access.Administrator])
	fresh := done.session()
	kept := s.ask(t, http.MethodGet, done.Location, nil, fresh)
	kept.has(t, "has not been sent yet", `action="/accounts"`, `value="new.person"`)
	sent := s.ask(t, http.MethodPost, "/accounts", newcomer(), fresh)
	s.ask(t, http.MethodGet, sent.Location, nil, fresh).has(t, "Invite New Person")
}

// Whoever finds an open session cannot make themselves a way in.
func TestAnOpenSessionDoesNotMakeAWayIn(t *testing.T) {
	s := newSite(t)
	s.now = s.now.Add(service.FreshFor + time.Second)
	for _, path := range []string{"/account/set-up", "/account/set-up/picture.png", "/account/passkeys/new"} {
		if p := s.get(t, access.Worker, path); !strings.HasPrefix(p.Location, "/confirm") {
			t.Errorf("%s answers %d %s", path, p.Status, p.Location)
		}
	}
	for path, form := range map[string]url.Values{"/account/set-up": {"code": {"000000"}}, "/account/codes": {}, "/account/passkeys": {"id": {"x"}}, "/account/passkeys/ask": {}, "/account/passkeys/remove": {"passkey": {"x"}}, "/account/password": {"old": {password}, "password": {"x"}}} {
		if p := s.post(t, access.Worker, path, form); !strings.HasPrefix(p.Location, "/confirm") {
			t.Errorf("%s answers %d %s", path, p.Status, p.Location)
		}
	}
}

// Another phone takes the place of the one before, and every other session ends.
func TestAnotherPhone(t *testing.T) {
	s := newSite(t)
	other := s.trySignIn(t, s.credentials(t, "worker", password)).session()
	shown := s.get(t, access.Worker, "/account/set-up")
	shown.lacks(t, `name="password"`)
	p := newPhone(t, appSecret.FindStringSubmatch(shown.Body)[1])
	p.last = s.now.Unix() / codeStep
	done := s.post(t, access.Worker, "/account/set-up", url.Values{"code": {p.at(t, p.last)}})
	if done.session() == nil {
		t.Fatalf("another phone gives %d %s", done.Status, done.Location)
	}
	s.ask(t, http.MethodGet, "/caseload", nil, other).is(t, http.StatusSeeOther)
	s.get(t, access.Worker, "/caseload").is(t, http.StatusSeeOther)
	if s.trySignIn(t, s.credentials(t, "worker", password)).session() != nil {
		t.Error("the phone before still signs in")
	}
	s.keepPhone("worker", p)
	if s.trySignIn(t, s.credentials(t, "worker", password)).session() == nil {
		t.Error("the new phone does not sign in")
	}
}

// In a fictional council a password is enough, also to confirm, and the pages say so.
func TestAFictionalCouncilIsEasy(t *testing.T) {
	s := newSiteOf(t, "Fernshire Council", true)
	s.get(t, "", "/sign-in").has(t, "In a fictional council a password is enough")
	s.get(t, "", "/sign-in").lacks(t, `name="code"`)
	in := s.trySignIn(t, url.Values{"username": {"administrator"}, "password": {password}}).session()
	if in == nil {
		t.Fatal("a password does not open a fictional council")
	}
	s.ask(t, http.MethodGet, "/account", nil, in).has(t, "This council is fictional: a password is enough")
	s.now = s.now.Add(service.FreshFor + time.Second)
	asked := s.ask(t, http.MethodGet, "/accounts", nil, in)
	s.ask(t, http.MethodGet, asked.Location, nil, in).has(t, "This council is fictional: your password is enough", `id="given"`)
	done := s.ask(t, http.MethodPost, "/confirm", url.Values{"given": {password}, "next": {"/accounts"}}, in)
	if done.session() == nil || done.Location != "/accounts" {
		t.Fatalf("confirming with the password gives %d %s", done.Status, done.Location)
	}
	if p := s.ask(t, http.MethodPost, "/confirm", url.Values{"given": {"not the password"}, "next": {"/accounts"}}, done.session()); p.session() != nil {
		t.Error("confirmed with a wrong password")
	}
}
