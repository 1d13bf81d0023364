package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/service"
	"stablefutures/internal/web/webtest"
)

// backStep is one step of a young person's whole way.
type backStep struct {
	from  string // address that is typed before; empty where the step begins where the last one ended
	press string
	next  string // pattern of the address that follows
}

// backSteps are a young person's whole way: in, through everything that keeps something,
// and out. ask is something that they asked for before, to which there is a reply.
func backSteps(code, ask string) []backStep {
	return []backStep{
		{"", `document.getElementById("code").value = "` + code + `"; ` + presses("main form button"), "/me/language"},
		{"", presses("[value=en]"), "/me/first"},
		{"/me/first", presses("main .button"), "/me"},
		{"", presses("[href='/me/cards']"), "/me/cards"},
		{"", presses(".cards a[href*='/home.']"), "/me/about/home.1"},
		{"", fills(`choose("4"); write("words", "It is quiet."); write("ask", "A lamp")`), "/me/about/home.2"},
		{"", presses("a[href='/me/about/home.3']"), "/me/about/home.3"},
		{"", presses("a.back"), "/me/cards"},
		{"/me/about/home.2", fills(`choose("2"); choose("nobody"); write("words", "Mine")`), "/me/about/home.3"},
		{"/me/own", fills(`write("words", "Listen"); choose("nobody"); ` + attaches("sound", "a.wav", sounding())), "/me/said"},
		{"", `const kept = [...document.querySelectorAll("li")].find(l => l.textContent.includes("Mine")), button = kept && kept.querySelector("button"); if (!button) return false; button.click(); return true`, "/me/said"},
		{"/me/asks/new", fills(`write("ask", "A desk")`), "/me/asks"},
		{"/me/asks/" + ask, fills(`choose("yes"); write("words", "Thank you")`), "/me/asks/" + ask},
		{"/me/choices", presses("[value=yes] + button"), "/me"},
		{"/me/language", presses("[value=fr]"), "/me"},
		{"/me/now", fills(`choose("call"); write("words", "Outside")`), "/me/now/[a-z0-9]+"},
		{"", presses(".leave"), "/closed"},
	}
}

// backWalk is a young person who presses Back after every step.
type backWalk struct {
	t     *testing.T
	s     *site
	tab   *webtest.Tab
	pages int // that were left: a browser may bring one back as it was
}

// Whoever presses Back, after whatever they did, with a script or without one, comes to a
// page that is there; nothing is kept by that, and nothing twice where they then do the
// same again. Forward leads on.
func TestBackAfterEveryStep(t *testing.T) {
	t.Parallel()
	browser := webtest.Start(t)
	for name, script := range map[string]bool{"with a script": true, "without a script": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			record := s.young(t, "Yusuf Placeholder")
			ask := s.repliedBefore(t, record)
			tab := browser.Open(t, webtest.Visit{URL: s.URL + "/in", Width: 360, Height: 640})
			tab.Scripts(t, script)
			w := &backWalk{t, s, tab, 0}
			for _, step := range backSteps(s.ownCode(t, record), ask) {
				w.steps(step)
			}
		})
	}
}

// repliedBefore is something that a young person asked for with no language chosen yet, and
// that was answered.
func (s *site) repliedBefore(t *testing.T, record string) (ask string) {
	t.Helper()
	_, y, err := s.OpenOwnPage(t.Context(), s.ownCode(t, record), service.Visitor{Address: "192.0.2.7"})
	ask = s.NewID()
	if err == nil {
		err = s.AskOwn(t.Context(), y, service.NewAsk{ID: ask, Words: "A lock on my door", Audience: conversation.Helpers})
	}
	if err != nil {
		t.Fatal(err)
	}
	s.sends(t, s.cookies[access.Worker], askedPath(record, ask), url.Values{"id": {s.NewID()}, "after": {"0"}, "came": {"done"}, "words": {"It is there."}, "language": {"en"}})
	return ask
}

func (w *backWalk) steps(step backStep) {
	w.t.Helper()
	if step.from != "" {
		w.tab.Go(w.t, w.s.URL+step.from)
	}
	if !w.presses(step) {
		w.t.Fatalf("nothing leads to %s", step.next)
	}
	w.until(step, "it goes on")
	kept := w.kept()
	w.goes("history.back()")
	w.fine(step, "after Back")
	w.holds(step, "after Back", kept)
	// What is still there to be pressed does the same again; and where it is not, Forward
	// leads on.
	if step.next != "/me/language" && w.presses(step) {
		w.tab.Until(w.t, "the same again goes on: "+step.next, w.loaded())
		w.fine(step, "the same again")
	} else {
		w.goes("history.forward()")
		w.fine(step, "after Forward")
		w.until(step, "Forward leads on")
	}
	w.holds(step, "at the end", kept)
}

// leaves marks the page that is left.
func (w *backWalk) leaves() string {
	w.pages++
	return fmt.Sprintf("window.left = %d", w.pages)
}

// loaded tells whether another page stands there than the one that was left.
func (w *backWalk) loaded() string {
	return fmt.Sprintf(`window.left !== %d && document.readyState === "complete"`, w.pages)
}

func (w *backWalk) presses(step backStep) bool {
	w.t.Helper()
	return w.tab.Leads(w.t, "(() => { "+w.leaves()+"; "+step.press+"})()")
}

func (w *backWalk) until(step backStep, what string) {
	w.t.Helper()
	w.tab.Until(w.t, what+": "+step.next, w.loaded()+` && new RegExp("^`+step.next+`$").test(location.pathname)`)
}

// goes goes through the history of the browser.
func (w *backWalk) goes(script string) {
	w.t.Helper()
	w.tab.Leads(w.t, "("+w.leaves()+", "+script+", true)")
	w.tab.Until(w.t, script, w.loaded())
}

// fine fails the test where the page shows an error.
func (w *backWalk) fine(step backStep, when string) {
	w.t.Helper()
	got := webtest.Evaluate[string](w.t, w.tab, `[performance.getEntriesByType("navigation")[0].responseStatus, location.protocol, (document.querySelector("[role=alert]") || {textContent: ""}).textContent].join(" ")`)
	if got != "200 http: " {
		w.t.Errorf("the step to %s, %s: %s", step.next, when, got)
	}
}

// kept is what is kept of whoever is in; nothing where nobody is any more.
func (w *backWalk) kept() (st ownState) {
	w.t.Helper()
	var cookie *http.Cookie
	w.tab.Run(w.t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		got, err := cdp.Call(ctx, target, network.GetCookies, network.GetCookiesParams{})
		for _, c := range got.Cookies {
			if c.Name == "p" {
				cookie = &http.Cookie{Name: c.Name, Value: c.Value}
			}
		}
		return err
	}))
	if cookie != nil && strings.Contains(cookie.Value, ".") {
		st = w.s.stateOf(w.t, cookie)
	}
	return st
}

func (w *backWalk) holds(step backStep, when string, want ownState) {
	w.t.Helper()
	if got := w.kept(); got != want {
		w.t.Errorf("the step to %s, %s: kept is %+v, want %+v", step.next, when, got, want)
	}
}
