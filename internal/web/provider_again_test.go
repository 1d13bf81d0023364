package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// worksOn opens pages for a while, as somebody who is not idle, and gives the last one.
// The service says the same things at each time.
func (p *provider) worksOn(t *testing.T, session *http.Cookie, while time.Duration, claims map[string]any, trick string) page {
	t.Helper()
	const step = 10 * time.Minute
	var last page
	for past := time.Duration(0); past < while; past += step {
		p.site.now = p.site.now.Add(min(step, while-past))
		p.tell(t, claims, trick)
		if last = p.site.ask(t, http.MethodGet, "/account", nil, session); last.Status != http.StatusOK {
			return last
		}
	}
	return last
}

// Whom the service vouches for no more is out within a quarter of an hour, in the midst
// of their work; who has another role there has it here, and nobody else notices.
func TestAccessThatEndsAtTheSignInServiceEndsTheSession(t *testing.T) {
	s := newSite(t)
	p := newProvider(t, s)
	signIn := func() *http.Cookie {
		t.Helper()
		p.tell(t, dana("g-workers"), "")
		return p.signIn(t).session()
	}

	// All day long, while the service vouches; with a token that counts once.
	session := signIn()
	p.worksOn(t, session, 11*time.Hour, dana("g-workers"), "").is(t, http.StatusOK)

	session, other := signIn(), signIn()
	p.worksOn(t, session, 14*time.Minute, dana("g-workers"), "removed").is(t, http.StatusOK)
	p.worksOn(t, session, 2*time.Minute, dana("g-workers"), "removed").is(t, http.StatusSeeOther)
	p.tell(t, dana("g-workers"), "")
	s.ask(t, http.MethodGet, "/account", nil, session).is(t, http.StatusSeeOther) // it does not come back
	s.ask(t, http.MethodGet, "/account", nil, other).is(t, http.StatusOK)         // a device is asked about by itself

	session = signIn()
	p.worksOn(t, session, 16*time.Minute, dana("g-others"), "").is(t, http.StatusSeeOther)
	s.ask(t, http.MethodGet, "/account", nil, other).is(t, http.StatusSeeOther)

	session = signIn()
	s.ask(t, http.MethodGet, "/records/new", nil, session).is(t, http.StatusOK)
	p.worksOn(t, session, 16*time.Minute, dana("g-managers"), "").is(t, http.StatusSeeOther)
	again := p.signIn(t).session()
	s.ask(t, http.MethodGet, "/account", nil, again).has(t, "Manager", "A session was ended: the sign-in service vouched for it no more")

	// What the service says is checked as at a sign-in.
	for _, trick := range []string{"wrong audience", "wrong issuer", "unknown key", "unsigned", "no id token"} {
		session = signIn()
		p.worksOn(t, session, 61*time.Minute, dana("g-workers"), trick).is(t, http.StatusSeeOther)
	}
	session = signIn()
	somebody := dana("g-workers")
	somebody["sub"] = "somebody-else"
	p.worksOn(t, session, 16*time.Minute, somebody, "").is(t, http.StatusSeeOther)
}

// The council takes a role away also from the last manager whom a restriction names: the
// log says of the record that nobody can change the names.
func TestTheCouncilTakesTheLastNamedManagerAway(t *testing.T) {
	s := newSite(t)
	p := newProvider(t, s)
	p.tell(t, dana("g-managers"), "")
	session := p.signIn(t).session()
	actor, err := s.Session(t.Context(), "999", strings.TrimPrefix(session.Value, "999."))
	if err != nil {
		t.Fatal(err)
	}
	s.post(t, access.Administrator, "/accounts/"+actor.Account+"/team", url.Values{"team": {""}}).is(t, http.StatusSeeOther)
	record := s.young(t, "Semhar Tesfay")
	if _, err := s.Restrict(t.Context(), s.actors[access.Manager], record, []string{actor.Account, s.actors[access.Worker].Account}); err != nil {
		t.Fatal(err)
	}
	p.worksOn(t, session, 16*time.Minute, dana("g-workers"), "").is(t, http.StatusSeeOther)
	s.get(t, access.Worker, "/records/"+record+"/history").has(t, "nobody can change the names")
	if n, err := s.Succeed(t.Context(), service.Operator("999"), "dana.osei@fernshire.example", "manager"); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	s.get(t, access.Manager, "/records/"+record).is(t, http.StatusOK)
}

// A service that does not answer ends nobody's work at once, and nobody works on without
// it: its last word counts for an hour.
func TestASilentSignInServiceIsWaitedForOneHour(t *testing.T) {
	s := newSite(t)
	p := newProvider(t, s)
	for _, trick := range []string{"silent", "no refresh token"} {
		p.tell(t, dana("g-workers"), trick)
		session := p.signIn(t).session()
		p.worksOn(t, session, 59*time.Minute, dana("g-workers"), trick).is(t, http.StatusOK)
		p.worksOn(t, session, 2*time.Minute, dana("g-workers"), trick).is(t, http.StatusSeeOther)
	}
	p.tell(t, dana("g-workers"), "")
	session := p.signIn(t).session()
	p.worksOn(t, session, 50*time.Minute, dana("g-workers"), "silent").is(t, http.StatusOK)
	p.worksOn(t, session, 50*time.Minute, dana("g-workers"), "").is(t, http.StatusOK) // it is back
}

// Pages that are opened together ask once: a token that is used twice would be taken
// for stolen.
func TestPagesOpenedTogetherAskTheSignInServiceOnce(t *testing.T) {
	s := newSite(t)
	p := newProvider(t, s)
	p.tell(t, dana("g-workers"), "")
	session := p.signIn(t).session()
	for range 3 {
		// The last word is older than an hour when they come, and the last page is not.
		p.worksOn(t, session, 14*time.Minute, dana("g-workers"), "").is(t, http.StatusOK)
		s.now = s.now.Add(59 * time.Minute)
		p.tell(t, dana("g-workers"), "")
		var asking sync.WaitGroup
		for range 8 {
			asking.Go(func() {
				if got := s.ask(t, http.MethodGet, "/account", nil, session); got.Status != http.StatusOK {
					t.Errorf("status %d", got.Status)
				}
			})
		}
		asking.Wait()
	}
}

// With what the service is asked is sealed, moves to no other account, and is gone with
// the session.
func TestWithWhatTheSignInServiceIsAskedIsSealed(t *testing.T) {
	s := newSite(t)
	p := newProvider(t, s)
	p.tell(t, dana("g-workers"), "")
	cookie := p.signIn(t).session()
	actor, err := s.Session(t.Context(), "999", strings.TrimPrefix(cookie.Value, "999."))
	if err != nil {
		t.Fatal(err)
	}
	read := func(do func(tx *store.Tx, session store.Session) error) {
		t.Helper()
		err := s.db.Read(t.Context(), func(tx *store.Tx) error {
			list, err := tx.Sessions("999", actor.Account, s.now.Add(-time.Hour), s.now.Add(-time.Hour))
			if err != nil || len(list) != 1 {
				t.Fatal(list, err)
			}
			return do(tx, list[0])
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var hash string
	read(func(tx *store.Tx, session store.Session) error {
		plain, err := tx.OpenRefresh("999", session)
		if err != nil || plain == "" || strings.Contains(session.Refresh, plain) {
			t.Errorf("%q is kept as %q: %v", plain, session.Refresh, err)
		}
		hash = session.Hash
		session.Account = s.actors[access.Administrator].Account
		if _, err := tx.OpenRefresh("999", session); err == nil {
			t.Error("it opens for another account")
		}
		return nil
	})
	if err := s.EndSessionsOf(t.Context(), service.Operator("999"), actor.Account); err != nil {
		t.Fatal(err)
	}
	err = s.db.Read(t.Context(), func(tx *store.Tx) error {
		over, err := tx.WasSession("999", hash)
		if over.Refresh != "" {
			t.Error("it outlives its session")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
