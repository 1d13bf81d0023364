package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/web/webtest"
)

func newcomer() url.Values {
	return url.Values{"username": {"new.person"}, "name": {"New Person"}, "role": {string(access.Worker)}, "password": {"three unrelated words"}}
}

func TestAnAdministratorKeepsAccounts(t *testing.T) {
	s := newSite(t)
	s.post(t, access.Administrator, "/accounts", newcomer()).is(t, http.StatusSeeOther)
	list := s.get(t, access.Administrator, "/accounts?done=added")
	list.has(t, "New Person", "5 accounts in use", "The account was added")
	id := between(list.Body, `href="/accounts/`, `">new.person`)
	if len(id) > 40 {
		id = id[len(id)-26:]
	}
	token, _, err := s.SignIn(t.Context(), "999", "new.person", "three unrelated words")
	if err != nil {
		t.Fatal(err)
	}
	theirs := &http.Cookie{Name: "session", Value: "999." + token}
	s.ask(t, http.MethodGet, "/caseload", nil, theirs).is(t, http.StatusOK)
	s.post(t, access.Administrator, "/accounts/"+id, url.Values{"name": {"Newer Person"}, "role": {string(access.Worker)}}).is(t, http.StatusSeeOther)
	s.get(t, access.Administrator, "/accounts/"+id).has(t, "Newer Person")
	s.post(t, access.Administrator, "/accounts/"+id+"/end", nil).is(t, http.StatusSeeOther)
	if p := s.ask(t, http.MethodGet, "/caseload", nil, theirs); p.Status == http.StatusOK {
		t.Error("an ended account is in at its next request")
	}
	s.get(t, access.Administrator, "/accounts").has(t, "ended on")
	s.get(t, access.Administrator, "/accounts/"+id).is(t, http.StatusNotFound)
}

func TestWhatIsWrongWithAnAccountStandsAtItsField(t *testing.T) {
	s := newSite(t)
	form := newcomer()
	form.Set("password", "short")
	form.Set("username", "a b")
	p := s.post(t, access.Administrator, "/accounts", form)
	p.is(t, http.StatusUnprocessableEntity)
	p.has(t, "at least 12 characters", `href="#password"`, `value="a b"`, `href="#username"`)
	p.lacks(t, `value="short"`) // a password is never sent back
	form = newcomer()
	form.Set("username", "worker")
	s.post(t, access.Administrator, "/accounts", form).has(t, "This username is taken")
	own := s.actors[access.Administrator].Account
	s.post(t, access.Administrator, "/accounts/"+own, url.Values{"name": {"Me"}, "role": {string(access.Worker)}}).has(t, "the last administrator")
	s.post(t, access.Administrator, "/accounts/"+own+"/end", nil).is(t, http.StatusForbidden)
	for _, role := range []access.Role{access.Worker, access.Manager, access.DataOfficer} {
		s.get(t, role, "/accounts").is(t, http.StatusForbidden)
		s.post(t, role, "/accounts", newcomer()).is(t, http.StatusForbidden)
	}
}

func TestOnesOwnPassword(t *testing.T) {
	s := newSite(t)
	s.post(t, access.Worker, "/account/password", url.Values{"old": {"not it at all"}, "password": {"four quite other words"}}).has(t, "not your password now")
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
