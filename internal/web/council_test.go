package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/web/webtest"
)

func newcomer() url.Values {
	return url.Values{"username": {"new.person"}, "name": {"New Person"}, "role": {string(access.Worker)}, "password": {"three unrelated words"}}
}

func TestAnAdministratorKeepsAccounts(t *testing.T) {
	s := newSite(t)
	list := s.submit(t, access.Administrator, "/accounts", newcomer())
	list.has(t, "New Person", "5 accounts in use, by username", "The account was added")
	id := between(list.Body, `href="/accounts/`, `">new.person`)
	if len(id) > 40 {
		id = id[len(id)-26:]
	}
	token, _, err := s.SignIn(t.Context(), "999", "new.person", "three unrelated words")
	if err != nil {
		t.Fatal(err)
	}
	theirs := &http.Cookie{Name: "session", Value: "999." + token}
	theirs = s.choose(t, theirs, "four quite other words")
	s.ask(t, http.MethodGet, "/caseload", nil, theirs).is(t, http.StatusOK)
	s.submit(t, access.Administrator, "/accounts/"+id, url.Values{"name": {"Newer Person"}, "role": {string(access.Worker)}}).has(t, "Newer Person", "The account was changed")

	ends := s.get(t, access.Administrator, "/accounts/"+id+"/end")
	ends.has(t, "End the account of Newer Person?", "No young person is allocated to them", "Do not end it")
	s.ask(t, http.MethodGet, "/caseload", nil, theirs).is(t, http.StatusOK) // asking ends nothing
	s.submit(t, access.Administrator, "/accounts/"+id+"/end", nil).has(t, "The account was ended", "By Name of administrator")
	if p := s.ask(t, http.MethodGet, "/caseload", nil, theirs); p.Status == http.StatusOK {
		t.Error("an ended account is in at its next request")
	}
	s.get(t, access.Administrator, "/accounts").has(t, "4 accounts in use, by username; then 1 that ended", "ended on", `href="/accounts/`+id)
	ended := s.get(t, access.Administrator, "/accounts/"+id)
	ended.has(t, "Newer Person", "Ended", "24 November 2026")
	ended.lacks(t, "End this account", "Set the password")
	if p := s.get(t, access.Administrator, "/accounts/"+id+"/end"); p.Location != "/accounts/"+id {
		t.Errorf("the page that ends an ended account leads to %q", p.Location)
	}
}

// choose takes a password of one's own in place of the one that was set, and
// gives the session that begins with it.
func (s *site) choose(t testing.TB, cookie *http.Cookie, own string) *http.Cookie {
	t.Helper()
	p := s.ask(t, http.MethodPost, "/account/choose", url.Values{"password": {own}}, cookie)
	p.is(t, http.StatusSeeOther)
	for _, c := range (&http.Response{Header: p.Header}).Cookies() {
		if c.Name == "session" {
			return c
		}
	}
	t.Fatal("no session begins with the password that was chosen")
	return nil
}

// Ending an account says whom it leaves without a worker.
func TestEndingAnAccountSaysWhoLosesAWorker(t *testing.T) {
	s := newSite(t)
	both, alone := s.young(t, "Semhar Tesfay"), s.young(t, "Duc Nguyen")
	other, _ := s.another(t, "other-worker", access.Worker)
	mine := s.actors[access.Worker].Account
	s.post(t, access.Manager, "/records/"+both+"/workers", url.Values{"workers": {other.Account, mine}}).is(t, http.StatusSeeOther)
	p := s.get(t, access.Administrator, "/accounts/"+mine+"/end")
	p.has(t, "2 young people lose this worker", "1 of them has nobody else")
	p.lacks(t, "Semhar", alone)
	s.get(t, access.Administrator, "/accounts/"+other.Account+"/end").has(t, "1 young person loses this worker. Each of them has another")
	s.submit(t, access.Administrator, "/accounts/"+mine+"/end", nil).has(t, "The account was ended")
	s.get(t, access.Manager, "/caseload").has(t, "1 young person", "Without a worker")
	s.get(t, access.Manager, "/caseload?show=no-worker").has(t, "Duc Nguyen")
}

// A password that somebody else knows is good for one sign-in: nothing can be
// done before its owner has chosen another, and they are told who set it.
func TestAPasswordThatSomebodyElseSetIsGoodForOneSignIn(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	account := s.actors[access.Worker].Account
	s.submit(t, access.Administrator, "/accounts/"+account+"/password", url.Values{"password": {"four quite other words"}}).has(t,
		"good for one sign-in", "Set by an administrator, Name of administrator,", "They have not signed in with it and chosen their own yet")
	s.get(t, access.Worker, "/caseload").is(t, http.StatusSeeOther) // signed out
	signed := s.ask(t, http.MethodPost, "/sign-in", url.Values{"username": {"worker"}, "password": {"four quite other words"}}, nil)
	signed.is(t, http.StatusSeeOther)
	cookie := (&http.Response{Header: signed.Header}).Cookies()[0]
	for _, path := range []string{"/", "/caseload", "/records/" + record, "/account", "/overview"} {
		if p := s.ask(t, http.MethodGet, path, nil, cookie); p.Status != http.StatusSeeOther || p.Location != "/account/choose" {
			t.Errorf("%s answers %d %s before a password was chosen", path, p.Status, p.Location)
		}
	}
	if p := s.ask(t, http.MethodPost, "/records/"+record+"/register", referral("0"), cookie); p.Location != "/account/choose" {
		t.Errorf("a register entry can be kept before a password was chosen: %d", p.Status)
	}
	if _, err := s.Record(t.Context(), service.Actor{Authority: "999", Account: account, Role: access.Worker, OneTime: true}, record); err == nil {
		t.Error("the door opens a record before a password was chosen")
	}
	choose := s.ask(t, http.MethodGet, "/account/choose", nil, cookie)
	choose.has(t, "Your password was set by an administrator, Name of administrator, on 24 November 2026, 10:00")
	choose.lacks(t, `href="/caseload"`)
	for given, says := range map[string]string{"short": "at least 12 characters", "four quite other words": "the password that was set for you"} {
		p := s.ask(t, http.MethodPost, "/account/choose", url.Values{"password": {given}}, cookie)
		s.follow(t, p, cookie).has(t, says)
	}
	theirs := s.choose(t, cookie, "five words of my own")
	s.ask(t, http.MethodGet, "/caseload", nil, theirs).has(t, "Semhar Tesfay")
	s.ask(t, http.MethodGet, "/caseload", nil, cookie).is(t, http.StatusSeeOther) // the session of the other password is over
	own := s.ask(t, http.MethodGet, "/account", nil, theirs)
	own.has(t, "You chose it on 24 November 2026", "Another password was set", "Name of administrator", "A password of one’s own was chosen", "Signed in")
	own.lacks(t, "Read caseload")
	s.get(t, access.Administrator, "/accounts/"+account).has(t, "They chose it themselves on")
	if p := s.ask(t, http.MethodPost, "/account/choose", url.Values{"password": {"six words that follow those"}}, theirs); p.Location != "/" {
		t.Errorf("a password can be chosen again without the one before: %s", p.Location)
	}
}

func TestWhatIsWrongWithAnAccountStandsAtItsField(t *testing.T) {
	s := newSite(t)
	form := newcomer()
	form.Set("password", "short")
	form.Set("username", "a b")
	p := s.submit(t, access.Administrator, "/accounts", form)
	p.is(t, http.StatusUnprocessableEntity)
	p.has(t, "at least 12 characters", `href="#password"`, `value="a b"`, `href="#username"`)
	p.lacks(t, `value="short"`) // a password is never sent back
	form = newcomer()
	form.Set("username", "worker")
	s.submit(t, access.Administrator, "/accounts", form).has(t, "This username is taken")
	own := s.actors[access.Administrator].Account
	s.submit(t, access.Administrator, "/accounts/"+own, url.Values{"name": {"Me"}, "role": {string(access.Worker)}}).has(t, "Nobody changes their own role")
	s.post(t, access.Administrator, "/accounts/"+own+"/end", nil).is(t, http.StatusForbidden)
	for _, role := range []access.Role{access.Worker, access.Manager, access.DataOfficer} {
		s.get(t, role, "/accounts").is(t, http.StatusForbidden)
		s.post(t, role, "/accounts", newcomer()).is(t, http.StatusForbidden)
	}
}

func TestOnesOwnPassword(t *testing.T) {
	s := newSite(t)
	s.submit(t, access.Worker, "/account/password", url.Values{"old": {"not it at all"}, "password": {"four quite other words"}}).has(t, "not your password now")
	s.post(t, access.Worker, "/account/password", url.Values{"old": {password}, "password": {"four quite other words"}}).is(t, http.StatusSeeOther)
	s.get(t, access.Worker, "/caseload").is(t, http.StatusSeeOther) // signed out everywhere
	if _, _, err := s.SignIn(t.Context(), "999", "worker", "four quite other words"); err != nil {
		t.Error(err)
	}
}

func TestPagesThatExplainAreOpenToAll(t *testing.T) {
	s := newSite(t)
	s.get(t, "", "/access").has(t, "read a young person&#39;s record", "those allocated to them", "What is not named here is refused")
	s.get(t, "", "/accessibility").has(t, "Nobody who uses a screen reader")
	s.get(t, "", "/about-the-framework").has(t, "not the published CSF-POF", "25 outcomes", "86 indicators", "reviewed by nobody yet", "I feel safe in my home")
}

func TestCouncilPagesInABrowser(t *testing.T) {
	s := newSite(t)
	browser := webtest.Start(t)
	for n, visit := range []struct {
		role access.Role
		path string
	}{
		{"", "/sign-in"}, {access.Administrator, "/accounts"}, {access.Administrator, "/accounts/" + s.actors[access.Worker].Account},
		{access.Worker, "/account"}, {access.Worker, "/access"}, {"", "/access"}, {"", "/accessibility"}, {access.Manager, "/about-the-framework"},
	} {
		t.Run(strconv.Itoa(n), func(t *testing.T) {
			v := webtest.Visit{URL: s.URL + visit.path}
			if c := s.cookies[visit.role]; c != nil {
				v.Cookies = append(v.Cookies, c)
			}
			browser.Check(t, v)
		})
	}
}
