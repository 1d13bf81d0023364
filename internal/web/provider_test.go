package web_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// provider is a running sign-in service of the council, in a process of its own.
type provider struct {
	issuer string
	site   *site
}

const clientSecret = "a secret of the client"

// newProvider starts the sign-in service of testdata/provider and lets the site's
// council use it.
func newProvider(t *testing.T, s *site) *provider {
	t.Helper()
	program := filepath.Join(t.TempDir(), "provider")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "./testdata/provider").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	process := exec.Command(program, "-client", "futures", "-secret", clientSecret, "-back", s.URL+"/sign-in/back")
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := process.Process.Kill(); err != nil {
			t.Error(err)
		}
		_ = process.Wait() // it was killed
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	p := &provider{issuer: strings.TrimSpace(line), site: s}
	p.use(t, store.ProviderGroup{Name: "g-managers", Role: access.Manager}, store.ProviderGroup{Name: "g-workers", Role: access.Worker})
	return p
}

// use sets which groups have roles.
func (p *provider) use(t *testing.T, groups ...store.ProviderGroup) {
	t.Helper()
	err := p.site.SetProvider(t.Context(), service.Operator("999"), store.Provider{Issuer: p.issuer, Client: "futures", Secret: []byte(clientSecret), Claim: "groups", Label: "Fernshire’s account", Groups: groups})
	if err != nil {
		t.Fatal(err)
	}
}

// tell says whom the service signs in, and how it misbehaves.
func (p *provider) tell(t *testing.T, claims map[string]any, trick string) {
	t.Helper()
	text, err := json.Marshal(map[string]any{"claims": claims, "now": p.site.now.Unix(), "trick": trick})
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.Post(p.issuer+"/told", "application/json", bytes.NewReader(text))
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%v %v", answer, err)
	}
	answer.Body.Close()
}

// leave follows the link to the service and comes back with what it says: where to, and
// the cookies of the browser that left.
func (p *provider) leave(t *testing.T, from string, session *http.Cookie) (back string, kept []*http.Cookie) {
	t.Helper()
	left := p.site.ask(t, http.MethodGet, from, nil, session)
	if !strings.HasPrefix(left.Location, p.issuer+"/authorize?") {
		t.Fatalf("%s leads to %d %s", from, left.Status, left.Location)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Get(left.Location)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusFound {
		t.Fatalf("the service answers %d", answer.StatusCode)
	}
	return strings.TrimPrefix(answer.Header.Get("Location"), p.site.URL), (&http.Response{Header: left.Header}).Cookies()
}

// come comes back from the service with the cookies of a browser.
func (p *provider) come(t *testing.T, back string, cookies ...*http.Cookie) page {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.site.URL+back, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cookies {
		r.AddCookie(c)
	}
	return p.site.send(t, r, nil)
}

// signIn goes the whole way.
func (p *provider) signIn(t *testing.T) page {
	t.Helper()
	back, kept := p.leave(t, "/sign-in/provider/999?next=/overview", nil)
	return p.come(t, back, kept...)
}

func dana(groups ...string) map[string]any {
	return map[string]any{"sub": "subject-of-dana", "preferred_username": "Dana.Osei@fernshire.example", "name": "Dana Osei", "groups": groups}
}

// A group gives a role; who is in none is not let in, and a group that is taken away
// ends what was open.
func TestTheCouncilsSignInServiceGivesRolesByGroup(t *testing.T) {
	s := newSite(t)
	p := newProvider(t, s)
	s.get(t, "", "/sign-in").has(t, "Sign in with Fernshire’s account", `href="/sign-in/provider/999?next=%2F"`)

	p.tell(t, dana("g-others"), "")
	none := p.signIn(t)
	if none.session() != nil {
		t.Fatal("who is in no group was let in")
	}
	s.ask(t, http.MethodGet, none.Location, nil, nil).has(t, "none of your groups gives you a role here")

	p.tell(t, dana("g-others", "g-workers"), "")
	first := p.signIn(t)
	if first.session() == nil || first.Location != "/overview" {
		t.Fatalf("signing in gives %d %s", first.Status, first.Location)
	}
	s.ask(t, http.MethodGet, "/account", nil, first.session()).has(t, "Dana Osei", "dana.osei@fernshire.example", "Worker", "Your council’s own sign-in service vouches for you", "the council’s sign-in service")

	// Another role ends the sessions of the one before; the account is the same.
	p.tell(t, dana("g-managers", "g-workers"), "")
	second := p.signIn(t)
	s.ask(t, http.MethodGet, "/account", nil, second.session()).has(t, "Manager")
	s.ask(t, http.MethodGet, "/account", nil, first.session()).is(t, http.StatusSeeOther)
	s.get(t, access.Administrator, "/accounts").has(t, fmt.Sprintf("%d accounts in use", len(access.Roles)+1))

	p.tell(t, dana(), "")
	if p.signIn(t).session() != nil {
		t.Error("who is in no group any more is let in")
	}
	s.ask(t, http.MethodGet, "/account", nil, second.session()).is(t, http.StatusSeeOther)

	// An account that was ended here is not opened from there.
	p.tell(t, dana("g-workers"), "")
	back := p.signIn(t).session()
	actor, err := s.Session(t.Context(), "999", strings.TrimPrefix(back.Value, "999."))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.EndAccount(t.Context(), s.actors[access.Administrator], actor.Account); err != nil {
		t.Fatal(err)
	}
	if p.signIn(t).session() != nil {
		t.Error("an ended account is opened")
	}
}

// A person is known by the service's own id: the name of an account that was made here
// opens nothing.
func TestANameDoesNotOpenAnAccount(t *testing.T) {
	s := newSite(t)
	p := newProvider(t, s)
	claims := dana("g-workers")
	claims["preferred_username"] = "administrator"
	p.tell(t, claims, "")
	in := p.signIn(t).session()
	s.ask(t, http.MethodGet, "/accounts", nil, in).is(t, http.StatusForbidden)
	s.ask(t, http.MethodGet, "/account", nil, in).has(t, "administrator-", "Worker")
}

// What a service says that misbehaves, or that is somebody else's, is not believed.
func TestWhatTheSignInServiceSaysIsChecked(t *testing.T) {
	s := newSite(t)
	p := newProvider(t, s)
	for _, trick := range []string{"wrong nonce", "no nonce", "wrong audience", "wrong issuer", "expired", "unknown key", "unknown key id", "unsigned", "no id token", "nobody"} {
		p.tell(t, dana("g-workers"), trick)
		refused := p.signIn(t)
		if refused.session() != nil {
			t.Errorf("%s: let in", trick)
		}
		s.ask(t, http.MethodGet, refused.Location, nil, nil).has(t, "You could not be signed in")
	}
	// Entra's way to say that somebody is in too many groups to list them.
	p.tell(t, map[string]any{"sub": "x", "_claim_names": map[string]string{"groups": "src1"}}, "")
	if p.signIn(t).session() != nil {
		t.Error("groups that are not listed give a role")
	}

	p.tell(t, dana("g-workers"), "")
	back, kept := p.leave(t, "/sign-in/provider/999", nil)
	_, others := p.leave(t, "/sign-in/provider/999", nil)
	q, err := url.Parse(back)
	if err != nil {
		t.Fatal(err)
	}
	for why, got := range map[string]page{
		"without the cookie": p.come(t, back), "in another browser": p.come(t, back, others...),
		"refused by the service": p.come(t, "/sign-in/back?error=access_denied&state="+q.Query().Get("state"), kept...),
	} {
		if got.session() != nil {
			t.Errorf("%s: let in", why)
		}
	}
	back, kept = p.leave(t, "/sign-in/provider/999", nil)
	if p.come(t, back, kept...).session() == nil {
		t.Fatal("what is right is refused")
	}
	if p.come(t, back, kept...).session() != nil {
		t.Error("the same answer signs in twice")
	}
	back, kept = p.leave(t, "/sign-in/provider/999", nil)
	s.now = s.now.Add(11 * time.Minute)
	if p.come(t, back, kept...).session() != nil {
		t.Error("an answer after ten minutes signs in")
	}
	s.get(t, "", "/sign-in/provider/998").is(t, http.StatusNotFound)
}

// Before what matters to many, the service is asked to prove again who sits there, and
// has to say that it did.
func TestConfirmingAtTheSignInService(t *testing.T) {
	s := newSite(t)
	p := newProvider(t, s)
	p.use(t, store.ProviderGroup{Name: "g-admins", Role: access.Administrator})
	p.tell(t, dana("g-admins"), "")
	session := p.signIn(t).session()
	asked := s.ask(t, http.MethodGet, "/accounts", nil, session)
	if asked.Location != "/confirm?next=%2Faccounts" {
		t.Fatalf("an hour after the proof the accounts answer %d %s", asked.Status, asked.Location)
	}
	s.ask(t, http.MethodGet, asked.Location, nil, session).has(t, "Sign in again with Fernshire’s account", `href="/confirm/provider?next=%2Faccounts"`)
	for _, trick := range []string{"old proof", "no time of proof"} {
		p.tell(t, dana("g-admins"), trick)
		back, kept := p.leave(t, "/confirm/provider?next=/accounts", session)
		if got := p.come(t, back, append(kept, session)...); got.session() != nil {
			t.Errorf("%s: confirmed", trick)
		}
	}
	other := dana("g-admins")
	other["sub"] = "somebody-else"
	p.tell(t, other, "")
	back, kept := p.leave(t, "/confirm/provider?next=/accounts", session)
	if got := p.come(t, back, append(kept, session)...); got.session() != nil {
		t.Error("somebody else confirmed")
	}
	p.tell(t, dana("g-admins"), "")
	back, kept = p.leave(t, "/confirm/provider?next=/accounts", session)
	done := p.come(t, back, append(kept, session)...)
	if done.session() == nil || done.Location != "/accounts" || done.session().Value == session.Value {
		t.Fatalf("confirming gives %d %s", done.Status, done.Location)
	}
	s.ask(t, http.MethodGet, "/accounts", nil, done.session()).is(t, http.StatusOK)
	s.ask(t, http.MethodGet, "/account", nil, session).is(t, http.StatusSeeOther) // the token of before

	if err := s.RemoveProvider(t.Context(), service.Operator("999")); err != nil {
		t.Fatal(err)
	}
	s.ask(t, http.MethodGet, "/account", nil, done.session()).is(t, http.StatusSeeOther)
	s.get(t, "", "/sign-in").lacks(t, "Fernshire’s account")
}

// A service that does not answer is said to be silent; the other ways in are there.
func TestASilentSignInService(t *testing.T) {
	s := newSite(t)
	err := s.SetProvider(t.Context(), service.Operator("999"), store.Provider{Issuer: "http://127.0.0.1:9", Client: "futures", Secret: []byte("x"), Claim: "groups",
		Label: "Fernshire’s account", Groups: []store.ProviderGroup{{Name: "g", Role: access.Worker}}})
	if err != nil {
		t.Fatal(err)
	}
	gone := s.get(t, "", "/sign-in/provider/999")
	silent := s.get(t, "", gone.Location)
	silent.is(t, http.StatusBadGateway)
	silent.has(t, "does not answer", `name="password"`)
}

// A group that makes somebody a manager does not make them answer for all young people:
// an administrator puts them into a team first, or into none.
func TestAVouchedManagerIsPlacedFirst(t *testing.T) {
	s := newSite(t)
	p := newProvider(t, s)
	record := "/records/" + s.young(t, "Semhar Tesfay")
	p.tell(t, dana("g-workers"), "")
	worker := p.signIn(t).session()
	p.tell(t, dana("g-managers"), "")
	manager := p.signIn(t).session()
	s.ask(t, http.MethodGet, record, nil, worker).is(t, http.StatusSeeOther)
	s.ask(t, http.MethodGet, record, nil, manager).is(t, http.StatusNotFound)
	actor, err := s.Session(t.Context(), "999", strings.TrimPrefix(manager.Value, "999."))
	if err != nil {
		t.Fatal(err)
	}
	account := "/accounts/" + actor.Account
	s.get(t, access.Administrator, account).has(t, "not chosen yet")
	s.post(t, access.Administrator, account+"/team", url.Values{"team": {""}}).is(t, http.StatusSeeOther)
	s.ask(t, http.MethodGet, record, nil, manager).is(t, http.StatusOK)
	manager = p.signIn(t).session()
	s.ask(t, http.MethodGet, record, nil, manager).is(t, http.StatusOK)
}
