package web_test

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	browserpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"

	"stablefutures/internal/web/webtest"
)

// telling are words that nothing on a young person's side may say where others look: in
// a title, an address, a header, a cookie.
var telling = []string{"traffick", "victim", "slavery", "exploit", "nrm", "safe", "stable", "future", "record", "social", "council", "survivor", "young", "child"}

// tells finds one of them.
func tells(text string) string {
	for _, word := range telling {
		if strings.Contains(strings.ToLower(text), word) {
			return word
		}
	}
	return ""
}

// After Leave, whoever takes the phone finds nothing: not behind Back, not in the
// history, in no cache, storage or cookie.
func TestLeavingLeavesNothing(t *testing.T) {
	s := newSite(t)
	browser := webtest.Start(t)
	for _, way := range []struct {
		name     string
		noScript bool
		leave    string
	}{
		{"by the button", false, `document.querySelector(".leave").click()`},
		{"by one key", false, `document.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true}))`},
		{"without script", true, `document.getElementById("leave").submit()`},
	} {
		t.Run(way.name, func(t *testing.T) {
			record := s.young(t, "Yusuf "+way.name)
			tab := browser.Open(t, webtest.Visit{URL: s.URL + "/in", Width: 360, Height: 640})
			tab.Scripts(t, !way.noScript)
			step := func(script, then string) {
				t.Helper()
				webtest.Evaluate[bool](t, tab, "(() => {"+script+"; return true})()")
				tab.Until(t, then, `document.readyState === "complete" && location.pathname === "`+then+`"`)
			}
			step(`document.getElementById("code").value = "`+s.ownCode(t, record)+`"; document.querySelector("main form").submit()`, "/me/language")
			step(`document.querySelector("[value=en]").click()`, "/me/first")
			step(`document.querySelector("main .button").click()`, "/me")
			step(`document.querySelector(".links a").click()`, "/me/cards")
			step(`document.querySelector(".cards a").click()`, "/me/about/equality.1")
			step(`document.querySelector("[name=answer]").click(); document.querySelector("form[data-keep]").requestSubmit()`, "/me/about/equality.2")
			step(way.leave, "/closed")

			for range 4 {
				tab.Run(t, chromedp.NavigateBack())
				tab.Until(t, "nothing is shown", `document.readyState === "complete" && (location.pathname === "/closed" || location.pathname === "/in" || location.protocol === "about:")`)
				if text := webtest.Evaluate[string](t, tab, `document.body ? document.body.innerText : ""`); strings.Contains(text, "treated") || strings.Contains(text, "talk") {
					t.Errorf("Back shows %q", text)
				}
				if !strings.HasPrefix(webtest.Evaluate[string](t, tab, "location.href"), s.URL) {
					break
				}
			}
			tab.Go(t, s.URL+"/me")
			tab.Until(t, "the page is closed", `location.pathname === "/closed"`)
			left := webtest.Evaluate[string](t, tab, `(async () => JSON.stringify([document.cookie, localStorage.length, sessionStorage.length, (await caches.keys()).length, (await indexedDB.databases()).length]))()`)
			if left != `["",0,0,0,0]` {
				t.Errorf("left on the device: %s", left)
			}
			nothingInTheBrowser(t, tab)
		})
	}
}

// nothingInTheBrowser looks at what pages cannot see: cookies of every kind, and the
// history.
func nothingInTheBrowser(t *testing.T, tab *webtest.Tab) {
	t.Helper()
	tab.Run(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		cookies, err := cdp.Call(ctx, target, storage.GetCookies, storage.GetCookiesParams{})
		if err != nil {
			return err
		}
		for _, c := range cookies.Cookies {
			t.Errorf("the cookie %s is left", c.Name)
		}
		history, err := cdp.Call(ctx, target, browserpage.GetNavigationHistory, cdp.Empty{})
		if err != nil {
			return err
		}
		for _, entry := range history.Entries {
			_, path, _ := strings.Cut(strings.TrimPrefix(entry.URL, "http://"), "/")
			if word := tells(entry.Title + " " + path); word != "" {
				t.Errorf("the history says %q: %s %s", word, entry.Title, entry.URL)
			}
		}
		return nil
	}))
}
