package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"github.com/chromedp/chromedp"

	"stablefutures/internal/access"
	"stablefutures/internal/locale"
	"stablefutures/internal/service"
	"stablefutures/internal/web/webtest"
)

// ownPages are the pages of somebody who is in.
var ownPages = []string{"/me/language", "/me/first", "/me", "/me/cards", "/me/about/home.1", "/me/said", "/me/own", "/me/people", "/me/choices", "/me/choices/phone", "/me/now",
	"/me/asks", "/me/asks/new", "/me/plan", "/me/mine", "/me/mine/again"}

// Pages of each kind are right in a browser, in English on every kind of screen, with and
// without script.
func TestOwnPagesInABrowser(t *testing.T) {
	s := newSite(t)
	browser := webtest.Start(t)
	cookie := s.talkative(t, "en")
	for _, path := range []string{"/me", "/me/cards", "/me/about/home.1", "/me/own", "/me/choices/phone", "/me/now?again", s.ownPagesOf(t, cookie).ask} {
		t.Run(path, func(t *testing.T) {
			browser.Check(t, webtest.Visit{URL: s.URL + path, Cookies: []*http.Cookie{cookie}})
		})
	}
}

// Every page of a young person in every language, on a telephone: axe finds nothing, and no box is wider than
// a screen of 320.
func TestOwnPagesInEveryLanguage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	browser := webtest.Start(t)
	for _, tag := range locale.Tags {
		t.Run(tag, func(t *testing.T) {
			cookie := s.talkative(t, tag)
			tab := browser.Open(t, webtest.Visit{URL: s.URL + "/me", Cookies: []*http.Cookie{cookie}, Width: 360, Height: 640})
			for _, path := range s.ownPagesOf(t, cookie).all {
				tab.Go(t, s.URL+path)
				for _, found := range tab.Axe(t) {
					t.Errorf("axe on %s: %s", path, found)
				}
				tab.Run(t, chromedp.EmulateViewport(320, 640))
				if outside := webtest.Evaluate[string](t, tab, outsideBox); outside != "" {
					t.Errorf("%s at 320: %s", path, outside)
				}
				tab.Run(t, chromedp.EmulateViewport(360, 640))
			}
			for _, complaint := range tab.Complaints() {
				t.Errorf("the browser: %s", complaint)
			}
		})
	}
}

// outsideBox names the first element that reaches out of the screen, or whose text reaches
// out of its own box.
const outsideBox = `(() => {
	const wide = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth > wide) return "the page is " + document.documentElement.scrollWidth + " wide";
	for (const e of document.querySelectorAll("body *:not(svg):not(svg *):not(.unseen):not(.unseen *)")) {
		const box = e.getBoundingClientRect(), word = e.closest(".t");
		if (word && word.getBoundingClientRect().width === 1) continue; // heard, and not seen
		if (box.width > 0 && (box.right > wide + 1 || box.left < -1)) return "outside the screen: " + e.outerHTML.slice(0, 200);
		if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).display !== "inline") return "outside its box: " + e.outerHTML.slice(0, 200);
	}
	return "";
})()`

// talkative is somebody with something on each page: answers, something asked for and
// replied to, a plan, something agreed to, and an alert that goes on.
func (s *site) talkative(t testing.TB, tag string) *http.Cookie {
	t.Helper()
	record, worker := s.young(t, "Yusuf Placeholder"), s.actors[access.Worker]
	cookie := s.come(t, record, tag)
	s.say(t, cookie, "home.1", "4", "helpers", "It is quiet here. هنا هادئ")
	s.say(t, cookie, "home.2", "does-not-know", "nobody", "")
	ask := s.NewID()
	s.sends(t, cookie, "/me/asks/new", url.Values{"id": {ask}, "ask": {"I want a lock on my door. أريد قفلا لبابي"}, "who": {"helpers"}})
	s.sends(t, cookie, "/me/asks/new", url.Values{"id": {s.NewID()}, "ask": {"A bus pass."}, "who": {"one " + worker.Account}})
	s.sends(t, s.cookies[access.Worker], askedPath(record, ask), url.Values{"id": {s.NewID()}, "after": {"0"}, "came": {"working"}, "why": {"time"}, "words": {"I called the landlord."}, "language": {"en"},
		"by-day": {"5"}, "by-month": {"12"}, "by-year": {"2026"}})
	if err := s.AddPlanStep(t.Context(), worker, record, service.NewStep{ID: s.NewID(), Words: "We go to the doctor together.", Language: "en", Owner: worker.Account}); err != nil {
		t.Fatal(err)
	}
	s.sharesSomething(t, worker, record)
	s.sends(t, cookie, "/me/now", url.Values{"id": {s.NewID()}, "how": {"call"}})
	return cookie
}

func askedPath(record, ask string) string { return "/records/" + record + "/asks/" + ask }

// pagesOf are all pages of somebody who is talkative, and among them that of what they
// asked for and got a reply to, and that of their alert.
type pagesOf struct {
	all        []string
	ask, alert string
}

func (s *site) ownPagesOf(t testing.TB, cookie *http.Cookie) pagesOf {
	t.Helper()
	replied := regexp.MustCompile(`(?s)href="(/me/asks/[a-z0-9]{20,})">I want a lock`)
	p := pagesOf{ask: found(t, replied, s.own(t, cookie, "/me/asks")), alert: s.ask(t, http.MethodGet, "/me/now", nil, cookie).Location}
	for _, path := range ownPages {
		if path == "/me/now" {
			path += "?again" // it leads to the alert that goes on
		}
		p.all = append(p.all, path)
	}
	p.all = append(p.all, p.ask, p.alert)
	return p
}
