package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/web/webtest"
)

func newcomer() url.Values {
	return url.Values{"username": {"new.person"}, "name": {"New Person"}, "role": {string(access.Worker)}}
}

func TestAnAdministratorKeepsAccounts(t *testing.T) {
	s := newSite(t)
	shown := s.submit(t, access.Administrator, "/accounts", newcomer())
	shown.has(t, "Invite New Person", "The code is good once, for seven days", s.URL+"/set-up")
	theirs := s.accept(t, "new.person", invitationIn(t, shown))
	list := s.get(t, access.Administrator, "/accounts")
	list.has(t, "New Person", fmt.Sprintf("%d accounts in use, by username", len(access.Roles)+1))
	id := between(list.Body, `href="/accounts/`, `">new.person`)
	if len(id) > 40 {
		id = id[len(id)-26:]
	}
	s.ask(t, http.MethodGet, "/caseload", nil, theirs).is(t, http.StatusOK)
	s.submit(t, access.Administrator, "/accounts/"+id, url.Values{"name": {"Newer Person"}, "role": {string(access.Worker)}}).has(t, "Newer Person", "The account was changed")

	ends := s.get(t, access.Administrator, "/accounts/"+id+"/end")
	ends.has(t, "End the account of Newer Person?", "No young person is allocated to them", "Do not end it")
	s.ask(t, http.MethodGet, "/caseload", nil, theirs).is(t, http.StatusOK) // asking ends nothing
	s.submit(t, access.Administrator, "/accounts/"+id+"/end", nil).has(t, "The account was ended", "By Name of administrator")
	if p := s.ask(t, http.MethodGet, "/caseload", nil, theirs); p.Status == http.StatusOK {
		t.Error("an ended account is in at its next request")
	}
	s.get(t, access.Administrator, "/accounts").has(t, fmt.Sprintf("%d accounts in use, by username; then 1 that ended", len(access.Roles)), "ended on", `href="/accounts/`+id)
	ended := s.get(t, access.Administrator, "/accounts/"+id)
	ended.has(t, "Newer Person", "Ended", "24 November 2026")
	ended.lacks(t, "End this account", "Invite them")
	if p := s.get(t, access.Administrator, "/accounts/"+id+"/end"); p.Location != "/accounts/"+id {
		t.Errorf("the page that ends an ended account leads to %q", p.Location)
	}
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

func TestWhatIsWrongWithAnAccountStandsAtItsField(t *testing.T) {
	s := newSite(t)
	form := newcomer()
	form.Set("username", "a b")
	p := s.submit(t, access.Administrator, "/accounts", form)
	p.is(t, http.StatusUnprocessableEntity)
	p.has(t, `value="a b"`, `href="#username"`)
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
	if p := s.trySignIn(t, s.credentials(t, "worker", password)); p.session() != nil {
		t.Error("the password before still opens the account")
	}
	if p := s.trySignIn(t, s.credentials(t, "worker", "four quite other words")); p.session() == nil {
		t.Error("the new password does not open the account")
	}
}

func TestPagesThatExplainAreOpenToAll(t *testing.T) {
	s := newSite(t)
	s.get(t, "", "/access").has(t, "read a young person&#39;s record", "young people who are allocated to them", "their team’s", "What is not named here is refused")
	s.get(t, "", "/accessibility").has(t, "Nobody who uses a screen reader")
	s.get(t, "", "/about-the-framework").has(t, "not the published CSF-POF", "25 outcomes", "86 indicators", "reviewed by nobody yet", "I feel safe in my home")
}

func TestCouncilPagesInABrowser(t *testing.T) {
	t.Parallel()
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
