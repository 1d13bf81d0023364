package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"stablefutures/internal/access"
	"stablefutures/internal/web/webtest"
)

// submits sends a form as its button would.
func submits(form string) string {
	return `(() => { document.querySelector('` + form + `').requestSubmit(); return true; })()`
}

// keeps are the names of the cookies that a tab has for the site.
func keeps(t *testing.T, tab *webtest.Tab, address string) (names []string) {
	t.Helper()
	tab.Run(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		got, err := cdp.Call(ctx, target, network.GetCookies, network.GetCookiesParams{URLs: []string{address}})
		if err != nil {
			return err
		}
		for _, c := range got.Cookies {
			names = append(names, c.Name)
		}
		return nil
	}))
	return names
}

// Whoever holds a tablet that was handed over comes to no record: not with Back, not by
// the history, not by an address that they know. Neither do they after they finished.
func TestNobodyGoesBackFromATablet(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	own := s.URL + "/records/" + record + "/own-page"
	browser := webtest.Start(t)
	tab := browser.Open(t, webtest.Visit{URL: s.URL + "/records/" + record, Cookies: []*http.Cookie{s.cookies[access.Worker]}})
	tab.Go(t, own)
	webtest.Evaluate[bool](t, tab, submits(`form[action$="/hand-over"]`))
	tab.Until(t, "the young person's page is there", `location.pathname === "/me/language"`)
	shut := func(how string) {
		t.Helper()
		text := webtest.Evaluate[string](t, tab, `document.title + " " + document.body.innerText`)
		if path := webtest.Evaluate[string](t, tab, `location.pathname`); strings.Contains(text, "Semhar") || strings.Contains(text, "Caseload") || path != "/sign-in" {
			t.Errorf("%s leads to %s: %s", how, path, text)
		}
	}
	leads := func(how, step string) {
		t.Helper()
		webtest.Evaluate[bool](t, tab, step)
		tab.Until(t, how, `document.readyState === "complete" && location.pathname !== "/me/language" && location.pathname !== "/closed"`)
		shut(how)
	}
	leads("Back", `(setTimeout(() => history.back(), 0), true)`)
	tab.Go(t, s.URL+"/me/language")
	leads("two steps of the history", `(setTimeout(() => history.go(-2), 0), true)`)
	for _, typed := range []string{own, s.URL + "/records/" + record, s.URL + "/caseload", s.URL + "/account", own + "/code"} {
		tab.Go(t, typed)
		shut("the address " + typed)
	}
	tab.Go(t, s.URL+"/me/language")
	webtest.Evaluate[bool](t, tab, submits(`#leave`))
	tab.Until(t, "it is closed", `location.pathname === "/closed"`)
	if left := keeps(t, tab, s.URL); strings.Contains(strings.Join(left, " ")+" ", "p ") || strings.Contains(strings.Join(left, " "), "session") {
		t.Errorf("the tablet keeps %v", left)
	}
	tab.Go(t, s.URL+"/me")
	if path := webtest.Evaluate[string](t, tab, `location.pathname`); path != "/closed" {
		t.Errorf("afterwards the page leads to %s", path)
	}
}

// The lock of a phone: a passkey that says nothing of whom or what it is for.
func TestAPhoneIsRememberedWithItsLock(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	kept := s.comeByCode(t, record)
	browser := webtest.Start(t)
	tab := browser.Open(t, webtest.Visit{URL: s.named("/me/choices"), Width: 360, Height: 640, Cookies: []*http.Cookie{kept["p"]}})
	tab.Authenticator(t, true)
	tab.Go(t, s.named("/me/choices"))
	const shown = `document.querySelector("form[data-key]")?.hidden === false`
	tab.Until(t, "the lock is offered", shown)
	asked := webtest.Evaluate[string](t, tab, `fetch("/me/choices/phone/key/ask", {method: "POST"}).then(r => r.text())`)
	for _, telling := range []string{"Stable", "Semhar", "Fernshire", record, "999/"} {
		if strings.Contains(asked, telling) {
			t.Errorf("the phone is told %q: %s", telling, asked)
		}
	}
	if strings.Count(asked, `"My page"`) != 3 {
		t.Errorf("the phone is told %s", asked)
	}
	webtest.Evaluate[bool](t, tab, submits("form[data-key]"))
	tab.Until(t, "the phone is remembered", `document.body.innerText.includes("This phone is remembered.")`)
	webtest.Evaluate[bool](t, tab, submits("#leave"))
	tab.Until(t, "it is closed", `location.pathname === "/closed"`)
	if left := keeps(t, tab, s.named("")); len(left) != 1 || left[0] != "d" {
		t.Errorf("after leaving the phone keeps %v", left)
	}
	tab.Go(t, s.named("/in"))
	tab.Until(t, "the lock is asked for", shown)
	// The answer is held back, and tried twice: it is good once.
	webtest.Evaluate[bool](t, tab, `(() => { HTMLFormElement.prototype.submit = function () { window.answered = true; }; return true; })()`)
	webtest.Evaluate[bool](t, tab, submits("form[data-key]"))
	tab.Until(t, "the lock answered", `window.answered === true`)
	const sends = `fetch("/in", {method: "POST", body: new URLSearchParams(new FormData(document.querySelector("form[data-key]")))}).then(r => r.status + " " + new URL(r.url).pathname)`
	if got := webtest.Evaluate[string](t, tab, sends); got != "200 /me" {
		t.Fatalf("the lock gives %s", got)
	}
	if got := webtest.Evaluate[string](t, tab, `fetch("/me/leave", {method: "POST"}).then(() => `+sends+`)`); got != "422 /in" {
		t.Errorf("the same answer a second time gives %s", got)
	}
	s.get(t, access.Worker, "/records/"+record+"/own-page").has(t, "The lock of the device", "Opens the page")
	tab.Go(t, s.named("/in"))
	tab.Until(t, "the lock is asked for", shown)
	webtest.Evaluate[bool](t, tab, submits("form[data-key]"))
	tab.Until(t, "the page is open", `location.pathname === "/me"`)
	tab.Go(t, s.named("/me/choices"))
	webtest.Evaluate[bool](t, tab, submits(`form[action$="/forget"]`))
	tab.Until(t, "the phone is forgotten, and the page stays open", `document.body.innerText.includes("Then you can come in without a code.")`)
	if left := keeps(t, tab, s.named("")); len(left) != 1 || left[0] != "p" {
		t.Errorf("a forgotten phone keeps %v", left)
	}
}

// Four pictures are touched in a browser without script.
func TestPicturesWithoutScript(t *testing.T) {
	s := newSite(t)
	kept := s.comeByCode(t, s.young(t, "Semhar Tesfay"))
	browser := webtest.Start(t)
	tab := browser.Open(t, webtest.Visit{URL: s.URL + "/me/choices/phone", Width: 320, Height: 640, NoScript: true, Cookies: []*http.Cookie{kept["p"]}})
	noScript(t, tab)
	touch := func(next string) {
		t.Helper()
		tab.Run(t, chromedp.WaitVisible(chromedp.CSS(`form.picks[action="`+next+`"]`)))
		for n, picture := range []int{4, 4, 9, 12} {
			tab.Run(t, chromedp.Click(chromedp.CSS(fmt.Sprintf(`input[name="p%d"][value="%d"]`, n+1, picture))))
		}
		tab.Run(t, chromedp.Click(chromedp.CSS("form.picks button:not([type])")))
	}
	touch("/me/choices/phone")
	touch("/me/choices/phone/again")
	tab.Run(t, chromedp.WaitVisible(chromedp.CSS(`form[action$="/forget"]`)))
	if left := strings.Join(keeps(t, tab, s.URL), " "); left != "p d" && left != "d p" {
		t.Errorf("the phone keeps %s", left)
	}
}

// noScript lets no script of any page run in a tab.
func noScript(t *testing.T, tab *webtest.Tab) {
	t.Helper()
	tab.Run(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
}

var linked = regexp.MustCompile(`<script defer src="([^"]+)"`)

// The pages with pictures are the heaviest here: with all that they load they stay under
// what a slow connection carries at once.
func TestThePagesWithPicturesAreLight(t *testing.T) {
	s := newSite(t)
	kept := s.comeByCode(t, s.young(t, "Semhar Tesfay"))
	weigh := func(text string) int {
		var out bytes.Buffer
		packer := gzip.NewWriter(&out)
		io.WriteString(packer, text) //nolint:errcheck // to memory
		packer.Close()               //nolint:errcheck
		return out.Len()
	}
	for _, path := range []string{"/me/choices", "/me/choices/phone", "/me/choices/phone/again"} {
		p := s.with(t, kept, http.MethodGet, path, nil)
		p.is(t, http.StatusOK)
		script := s.with(t, kept, http.MethodGet, linked.FindStringSubmatch(p.Body)[1], nil)
		whole := weigh(p.Body) + weigh(script.Body)
		t.Logf("%s: %d bytes", path, whole)
		if whole > 14<<10 {
			t.Errorf("%s weighs %d bytes", path, whole)
		}
	}
}

// What axe and a narrow screen say of the pages of the ways in.
func TestThePagesOfTheWaysIn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	own := "/records/" + record + "/own-page"
	kept := s.comeByCode(t, record)
	for _, step := range []string{"/me/choices/phone", "/me/choices/phone/again"} {
		s.with(t, kept, http.MethodPost, step, four("1", "2", "3", "4"))
	}
	s.post(t, access.Worker, own+"/slip", url.Values{"language": {"en"}})
	browser := webtest.Start(t)
	worker := []*http.Cookie{s.cookies[access.Worker]}
	browser.Check(t, webtest.Visit{URL: s.URL + own, Cookies: worker})
	browser.Check(t, webtest.Visit{URL: s.URL + own + "/code", Cookies: worker})
	browser.Check(t, webtest.Visit{URL: s.URL + "/in", Cookies: []*http.Cookie{kept["d"]}})
	for _, path := range []string{"/me/choices", "/me/choices/phone"} {
		browser.Check(t, webtest.Visit{URL: s.URL + path, Cookies: []*http.Cookie{kept["p"], kept["d"]}})
	}
	for _, what := range []string{"/code", "/slip"} { // shown once
		made := s.post(t, access.Worker, own+what, url.Values{"language": {"en"}})
		tab := browser.Open(t, webtest.Visit{URL: s.URL + made.Location, Width: 320, Cookies: worker})
		if wide := webtest.Evaluate[int](t, tab, "document.documentElement.scrollWidth"); wide > 320 {
			t.Errorf("%s is %d wide", what, wide)
		}
		for _, found := range tab.Axe(t) {
			t.Errorf("axe on %s: %s", what, found)
		}
		for _, complaint := range tab.Complaints() {
			t.Errorf("the browser on %s: %s", what, complaint)
		}
	}
}
