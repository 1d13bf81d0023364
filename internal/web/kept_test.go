package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
)

// submit sends a form and opens the page to which it leads, as a browser does:
// with the cookies that came with the answer.
func (s *site) submit(t testing.TB, role access.Role, path string, form url.Values) page {
	t.Helper()
	p := s.post(t, role, path, form)
	p.is(t, http.StatusSeeOther)
	return s.follow(t, p, s.cookies[role])
}

// follow opens the page to which an answer leads.
func (s *site) follow(t testing.TB, p page, cookie *http.Cookie) page {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+p.Location, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range (&http.Response{Header: p.Header}).Cookies() {
		r.AddCookie(c)
	}
	shown := s.send(t, r, cookie)
	shown.Location = p.Location // where it was found
	return shown
}

// A form that cannot be taken is shown by a page of its own address: it can be
// reloaded, it is its sender's alone, and it ends.
func TestAFormThatCannotBeTakenIsKept(t *testing.T) {
	s := newSite(t)
	form := newYoung(s)
	form.Set("upn", "short")
	shown := s.submit(t, access.Worker, "/records/new", form)
	shown.is(t, http.StatusUnprocessableEntity)
	shown.has(t, "13 letters and digits", `value="Semhar Tesfay"`)
	if !strings.HasPrefix(shown.Location, "/records/new?again=") || strings.Contains(shown.Location, "Semhar") {
		t.Errorf("the address is %s", shown.Location)
	}
	again := s.get(t, access.Worker, shown.Location)
	if again.Body != shown.Body {
		t.Error("a reload shows another page")
	}
	s.get(t, access.Manager, shown.Location).lacks(t, "Semhar Tesfay")
	_, id, _ := strings.Cut(shown.Location, "=")
	s.get(t, access.Worker, "/account?again="+id).lacks(t, "Semhar Tesfay")

	s.now = s.now.Add(31 * time.Minute)
	gone := s.get(t, access.Worker, shown.Location)
	gone.is(t, http.StatusOK)
	gone.has(t, "kept for half an hour, and is gone now")
	gone.lacks(t, "Semhar Tesfay")
}

// Only so much is held: the oldest of one's own goes first, and nobody else's.
func TestOnlySoMuchIsHeldOfOneAccount(t *testing.T) {
	s := newSite(t)
	form := newYoung(s)
	form.Set("upn", "short")
	theirs := s.post(t, access.Manager, "/records/new", form).Location
	first := s.post(t, access.Worker, "/records/new", form).Location
	for range 20 {
		s.post(t, access.Worker, "/records/new", form)
	}
	s.get(t, access.Worker, first).is(t, http.StatusOK)
	s.get(t, access.Manager, theirs).is(t, http.StatusUnprocessableEntity)
}

func TestWhatWasDoneIsSaidOnce(t *testing.T) {
	s := newSite(t)
	first := s.post(t, access.Worker, "/records/new", newYoung(s))
	s.follow(t, first, s.cookies[access.Worker]).has(t, "The young person has been added")
	s.get(t, access.Worker, first.Location).lacks(t, "The young person has been added")
	cleared := false
	for _, c := range (&http.Response{Header: s.follow(t, first, s.cookies[access.Worker]).Header}).Cookies() {
		cleared = cleared || c.Name == "done" && c.MaxAge < 0
	}
	if !cleared {
		t.Error("the page leaves the cookie, and will say so again")
	}
}
