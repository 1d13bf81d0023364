package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"stablefutures/internal/web"
)

// knock sends the sign-in form to pages that are served in their own way, as from
// another machine or through a proxy on this one.
func (s *site) knock(t *testing.T, options web.Options, form url.Values, header http.Header) page {
	t.Helper()
	handler, err := web.New(s.Service, options)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/sign-in", strings.NewReader(form.Encode()))
	r.Header = header.Clone()
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.RemoteAddr = "127.0.0.1:4000"
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	shown := httptest.NewRecorder()
	handler.ServeHTTP(shown, httptest.NewRequestWithContext(t.Context(), http.MethodGet, w.Header().Get("Location"), nil))
	return page{Status: shown.Code, Location: w.Header().Get("Location"), Header: w.Header(), Body: shown.Body.String()}
}

// Over TLS every cookie is bound to the host and to TLS.
func TestCookiesAreBoundToTheHostAndToTLS(t *testing.T) {
	s := newSite(t)
	p := s.knock(t, web.Options{Secure: true}, s.credentials(t, "worker", password), http.Header{})
	cookies := (&http.Response{Header: p.Header}).Cookies()
	if len(cookies) != 3 || cookies[2].Name != "__Host-p" || cookies[2].MaxAge >= 0 {
		t.Fatalf("signing in sets two, and takes a young person's away: %v", cookies)
	}
	for n, c := range cookies {
		same := []http.SameSite{http.SameSiteLaxMode, http.SameSiteLaxMode, http.SameSiteStrictMode}[n]
		if !strings.HasPrefix(c.Name, "__Host-") || !c.Secure || !c.HttpOnly || c.Path != "/" || c.Domain != "" || c.SameSite != same {
			t.Errorf("the cookie %s", c)
		}
	}
}

// Behind a proxy on this machine each client has its own waits; without one, what a
// client says of its address is not believed.
func TestWhereSomebodyComesFrom(t *testing.T) {
	s := newSite(t)
	wrong := url.Values{"username": {"worker"}, "password": {"not the password"}}
	from := func(address string) http.Header {
		return http.Header{"X-Forwarded-For": {"203.0.113.9, " + address}}
	}
	behind := web.Options{Secure: true}
	for range 5 {
		s.knock(t, behind, wrong, from("192.0.2.1")).is(t, http.StatusUnprocessableEntity)
		s.knock(t, behind, wrong, from("2001:db8::1")).is(t, http.StatusUnprocessableEntity)
	}
	s.knock(t, behind, wrong, from("192.0.2.1")).is(t, http.StatusTooManyRequests)
	s.knock(t, behind, wrong, from("2001:db8::ffff")).is(t, http.StatusTooManyRequests) // the same house
	s.knock(t, behind, wrong, from("192.0.2.2")).is(t, http.StatusUnprocessableEntity)

	for range 5 {
		s.knock(t, web.Options{}, wrong, from("192.0.2.3")).is(t, http.StatusUnprocessableEntity)
	}
	s.knock(t, web.Options{}, wrong, from("192.0.2.4")).is(t, http.StatusTooManyRequests)
}
