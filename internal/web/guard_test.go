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

// What another site sends is refused, whoever is signed in.
func TestOtherSitesAreRefused(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	for _, header := range []http.Header{
		{"Origin": {"https://elsewhere.example"}}, {"Origin": {"null"}}, {"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/records/"+record+"/talk", strings.NewReader("language=x"))
		if err != nil {
			t.Fatal(err)
		}
		r.Header = header.Clone()
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if p := s.send(t, r, s.cookies[access.Worker]); p.Status != http.StatusForbidden {
			t.Errorf("with %v a form was taken: %d", header, p.Status)
		}
	}
}

// Browsers are told to keep nothing, to load nothing from elsewhere and to run
// nothing that stands in a page; errors and downloads say the same.
func TestEveryAnswerCarriesItsHeaders(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	for _, path := range []string{"/records/" + record, "/records/nobody", "/sign-in", "/overview.csv", "/nowhere", "/caseload"} {
		h := s.get(t, access.Worker, path).Header
		if h.Get("Cache-Control") != "no-store" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: %v", path, h)
		}
		if policy := h.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: %s", path, policy)
		}
	}
}

// A stranger's form is small, whatever route it is sent to; nobody's text holds what
// a database cannot.
func TestWhatIsTooMuchOrNoTextIsRefused(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	big := url.Values{"a": {strings.Repeat("<", 2<<20)}}
	if p := s.ask(t, http.MethodPost, "/files", big, nil); p.Status == http.StatusOK || len(p.Body) > 100_000 {
		t.Errorf("a stranger's two megabytes: status %d, an answer of %d bytes", p.Status, len(p.Body))
	}
	if p := s.post(t, access.Worker, "/records/"+record+"/talk", big); p.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("two megabytes of a form: %d", p.Status)
	}
	for _, text := range []string{"a\x00b", "a\xffb"} {
		if p := s.post(t, access.Worker, "/records/new", url.Values{"id": {s.NewID()}, "name": {text}}); p.Status != http.StatusBadRequest {
			t.Errorf("the name %q: %d", text, p.Status)
		}
		if p := s.ask(t, http.MethodPost, "/sign-in", url.Values{"username": {text}, "password": {password}}, nil); p.Status != http.StatusBadRequest {
			t.Errorf("signing in as %q: %d", text, p.Status)
		}
		if p := s.get(t, access.Worker, "/records/"+url.PathEscape(text)); p.Status != http.StatusNotFound {
			t.Errorf("the record %q: %d", text, p.Status)
		}
	}
}

// trySignIn sends the form and follows to the page that says what is wrong.
func (s *site) trySignIn(t *testing.T, form url.Values) page {
	t.Helper()
	p := s.ask(t, http.MethodPost, "/sign-in", form, nil)
	if strings.HasPrefix(p.Location, "/sign-in") {
		return s.ask(t, http.MethodGet, p.Location, nil, nil)
	}
	return p
}

// A session ends when it was not used, and in any case after a day's work.
func TestSessionsEnd(t *testing.T) {
	s := newSite(t)
	s.get(t, access.Worker, "/caseload").is(t, http.StatusOK)
	s.now = s.now.Add(service.SessionIdle + time.Minute)
	s.get(t, access.Worker, "/caseload").is(t, http.StatusSeeOther)

	s = newSite(t)
	for end := s.now.Add(service.SessionAbsolute); s.now.Before(end); s.now = s.now.Add(service.SessionIdle - time.Minute) {
		s.get(t, access.Worker, "/caseload").is(t, http.StatusOK)
	}
	s.now = s.now.Add(time.Minute)
	s.get(t, access.Worker, "/caseload").is(t, http.StatusSeeOther)
}
