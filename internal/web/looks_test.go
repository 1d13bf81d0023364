package web_test

import (
	"net/http"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/web/webtest"
)

// looks looks at pages in a browser as people of a role see them, each page in a test of
// its own. A page that says what is wrong is a refusal. The test is skipped where there
// is no browser.
func (s *site) looks(t *testing.T) func(name string, role access.Role, path string, refusal bool) {
	t.Helper()
	look := s.looksOf(t, s.at)
	return func(name string, role access.Role, path string, refusal bool) {
		look(name, s.cookies[role], path, refusal)
	}
}

// at is the address of a page.
func (s *site) at(path string) string { return s.URL + path }

// looksOf is looks for somebody by their session, nobody where it is nil, at addresses
// that are made of paths.
func (s *site) looksOf(t *testing.T, address func(path string) string) func(name string, cookie *http.Cookie, path string, refusal bool) {
	t.Helper()
	browser := webtest.Start(t)
	return func(name string, cookie *http.Cookie, path string, refusal bool) {
		t.Run(name, func(t *testing.T) {
			v := webtest.Visit{URL: address(path), Refusal: refusal}
			if cookie != nil {
				v.Cookies = append(v.Cookies, cookie)
			}
			browser.Check(t, v)
		})
	}
}
