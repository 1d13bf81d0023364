package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"stablefutures/internal/access"
	"stablefutures/internal/web/webtest"
)

var titleOf = regexp.MustCompile(`<title>([^<]*)</title>`)

// No title, address, header, cookie or file name on a young person's side says anything
// telling, and neither does the script that their browser loads.
func TestNothingTellsOnOwnPages(t *testing.T) {
	s := newSite(t)
	w := s.ownWorld(t)
	addresses := append([]string{"/in", "/in/123456789012", "/closed", "/closed?last", "/closed?now", "/me/now/" + w.alert, "/me/about/none"}, ownPages...)
	for _, path := range addresses {
		p := s.ask(t, http.MethodGet, path, nil, w.cookie)
		if path == "/in" || strings.HasPrefix(path, "/closed") {
			p = s.ask(t, http.MethodGet, path, nil, nil)
		}
		said := []string{path, p.Location}
		if title := titleOf.FindStringSubmatch(p.Body); title != nil {
			said = append(said, title[1])
		} else if p.Status == http.StatusOK {
			t.Errorf("%s has no title", path)
		}
		for name, values := range p.Header {
			said = append(said, name, strings.Join(values, " "))
		}
		for _, found := range loads.FindAllStringSubmatch(p.Body, -1) {
			said = append(said, found[1])
		}
		for _, text := range said {
			if word := tells(text); word != "" {
				t.Errorf("%s says %q: %s", path, word, text)
			}
		}
	}
	for _, found := range loads.FindAllStringSubmatch(s.ask(t, http.MethodGet, "/in", nil, nil).Body, -1) {
		if strings.HasPrefix(found[1], "data:") {
			continue
		}
		// A browser's own names for what records a voice, and for a part of a page, tell nothing.
		code := strings.NewReplacer("record", "", "elementchild", "").Replace(strings.ToLower(string(s.raw(t, found[1], nil, ""))))
		if word := tells(code); word != "" {
			t.Errorf("%s says %q", found[1], word)
		}
	}
	p := s.ask(t, http.MethodPost, "/in", url.Values{"code": {s.ownCode(t, w.record)}}, nil)
	for _, cookie := range p.Header.Values("Set-Cookie") {
		name, _, _ := strings.Cut(cookie, "=")
		if tells(name) != "" || len(name) > 1 {
			t.Errorf("a cookie is called %s", name)
		}
	}
}

// An address that is none, or that another site sends a form to, says as little as the
// others: to somebody who is in, to nobody, and in whatever way it is typed.
func TestNothingTellsWhereNothingIs(t *testing.T) {
	s := newSite(t)
	w := s.ownWorld(t)
	telling := append([]string{"fernshire", "sign in", "not found", "govuk", "/static/app"}, telling...)
	for _, path := range []string{"/me/", "/me/xyz", "/me/said/x/y", "/me/first/", "/ME", "/Me/said", "/me.", "/in/", "/in/x/y", "/IN", "/In/1234", "/in)", "/in/" + strings.Repeat("1", 41), "/closed/", "/closed/x", "/CLOSED", "/me/leave", "/me/%00"} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			if method == http.MethodPost && path == "/me/leave" {
				continue // is there
			}
			for who, cookie := range map[string]*http.Cookie{"nobody": nil, "somebody who is in": w.cookie, "staff": s.cookies[access.Worker]} {
				p := s.ask(t, method, path, url.Values{}, cookie)
				title := titleOf.FindStringSubmatch(p.Body)
				if p.Status != http.StatusNotFound || title == nil || title[1] != "My page" || !strings.Contains(p.Body, "This is not here any more.") {
					t.Errorf("%s %s for %s: status %d to %q, titled %v", method, path, who, p.Status, p.Location, title)
					continue
				}
				if in := strings.Contains(p.Body, `id="leave"`); in != (cookie == w.cookie) {
					t.Errorf("%s %s for %s: Leave is there: %v", method, path, who, in)
				}
				for _, word := range telling {
					if body := strings.ReplaceAll(strings.ToLower(p.Body), "i am not safe", ""); strings.Contains(visible(body), word) {
						t.Errorf("%s %s for %s says %q", method, path, who, word)
					}
				}
			}
		}
	}
	s.ask(t, http.MethodGet, "/mexyz", nil, nil).has(t, "Page not found") // is none of theirs
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/me/about/home.1", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	p := s.send(t, r, w.cookie)
	p.is(t, http.StatusForbidden)
	p.has(t, "<title>My page</title>", "It was not kept. Please try again.")
}

// visible is a page without its style, and without what its footer says of practice.
func visible(body string) string {
	return regexp.MustCompile(`(?s)<style>.*?</style>|<footer>.*?</footer>`).ReplaceAllString(body, "")
}

// What goes wrong is told on pages that are as right as the others.
func TestOwnPagesWhereSomethingIsWrong(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	browser := webtest.Start(t)
	for _, tag := range []string{"en", "ar"} {
		cookie := s.talkative(t, tag)
		for name, c := range map[string]struct {
			path, act string
			cookies   []*http.Cookie
		}{
			"wrong code":     {"/in", `document.getElementById("code").value = "1234"; document.querySelector("main form").submit()`, nil},
			"not there":      {"/me/about/none", "", []*http.Cookie{cookie}},
			"too long":       {"/me/about/home.3", `document.querySelector("[value='3']").click(); document.querySelector("[name=words]").value = "x ".repeat(3000); document.querySelector("main form").submit()`, []*http.Cookie{cookie}},
			"nothing to ask": {"/me/asks/new", `document.querySelector("main form").submit()`, []*http.Cookie{cookie}},
			"nothing to say": {"/me/own", `document.querySelector("main form").submit()`, []*http.Cookie{cookie}},
		} {
			t.Run(fmt.Sprintf("%s %s", tag, name), func(t *testing.T) {
				tab := browser.Open(t, webtest.Visit{URL: s.URL + c.path, Cookies: c.cookies, Width: 360, Height: 640})
				if c.act != "" {
					webtest.Evaluate[bool](t, tab, "(() => {"+c.act+"; return true})()")
				}
				tab.Until(t, "it is told", `document.readyState === "complete" && document.querySelector("[role=alert]") !== null`)
				for _, found := range tab.Axe(t) {
					t.Errorf("axe: %s", found)
				}
				tab.Run(t, chromedp.EmulateViewport(320, 640))
				if outside := webtest.Evaluate[string](t, tab, outsideBox); outside != "" {
					t.Error(outside)
				}
			})
		}
	}
}
