package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/web/webtest"
)

// shaky is a connection to a site that breaks when told: before what is sent arrives, or
// after it was done and before the answer comes back.
type shaky struct {
	URL                  string
	before, after, hangs atomic.Int32 // how many of the next sendings are cut so, or get no answer at all
}

func (s *site) shaky(t *testing.T) *shaky {
	t.Helper()
	to, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	line := &shaky{}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to); r.Out.Host = r.In.Host },
		ModifyResponse: func(r *http.Response) error {
			if r.Request.Method == http.MethodPost && line.after.Add(-1) >= 0 {
				panic(http.ErrAbortHandler)
			}
			return nil
		}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && line.before.Add(-1) >= 0 {
			panic(http.ErrAbortHandler)
		}
		if r.Method == http.MethodPost && line.hangs.Add(-1) >= 0 {
			io.Copy(io.Discard, r.Body) //nolint:errcheck // only then it is known that the sender has gone
			<-r.Context().Done()
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	line.URL = server.URL
	return line
}

// said is what a young person said so far, the latest first.
func (s *site) said(t *testing.T, cookie *http.Cookie) []service.OwnSaying {
	t.Helper()
	_, token, _ := strings.Cut(cookie.Value, ".")
	y, err := s.OwnSession(t.Context(), "999", token)
	if err != nil {
		t.Fatal(err)
	}
	talk, err := s.OwnTalk(t.Context(), y, "en")
	if err != nil {
		t.Fatal(err)
	}
	return talk.Said
}

// A connection that breaks, at whatever moment, loses no answer that was shown as kept,
// and makes none of it two.
func TestABrokenConnectionLosesNoAnswer(t *testing.T) {
	s := newSite(t)
	line := s.shaky(t)
	browser := webtest.Start(t)
	for _, c := range []struct {
		name          string
		before, after int32 // before: until it was looked at
		kept          int   // then
	}{{"before it arrives", 1000, 0, 0}, {"after it was kept, before the answer", 0, 1, 1}, {"twice", 1000, 1, 0}} {
		t.Run(c.name, func(t *testing.T) {
			cookie := s.come(t, s.young(t, "Yusuf "+c.name), "en")
			tab := browser.Open(t, webtest.Visit{URL: line.URL + "/me/about/home.1", Cookies: []*http.Cookie{cookie}, Width: 360, Height: 640})
			line.before.Store(c.before)
			line.after.Store(c.after)
			webtest.Evaluate[bool](t, tab, `(() => {
				document.querySelector("[value='4']").click();
				document.querySelector("[name=words]").value = "It is quiet.";
				document.querySelector("form[data-keep]").requestSubmit();
				return true })()`)
			tab.Until(t, "it says that it is not kept yet, or goes on", `location.pathname !== "/me/about/home.1" || (document.querySelector(".kept") || {}).textContent === "Not kept yet. We keep trying."`)
			if got := s.said(t, cookie); len(got) != c.kept {
				t.Errorf("when it broke there is %+v", got)
			}
			line.before.Store(0)
			tab.Until(t, "it was kept and the page goes on", `location.pathname === "/me/about/home.2"`)
			if got := s.said(t, cookie); len(got) != 1 || got[0].Value != 4 || got[0].Words != "It is quiet." {
				t.Errorf("kept is %+v", got)
			}
		})
	}
}

// hurried lets ten times as much time pass for the script of a page, and notes after how
// long it gives a sending up.
const hurried = `(() => {
	const later = setTimeout, limit = AbortSignal.timeout;
	window.setTimeout = (what, ms) => later(what, ms / 10);
	AbortSignal.timeout = ms => { window.limit = ms; return limit.call(AbortSignal, ms / 10); };
	return true })()`

// A line that takes what is sent and never answers: that is told soon, and it is sent
// again. What would be typed meanwhile would be lost, and cannot be typed.
func TestALineThatNeverAnswersLosesNothing(t *testing.T) {
	s := newSite(t)
	line := s.shaky(t)
	cookie := s.come(t, s.young(t, "Yusuf Placeholder"), "en")
	tab := webtest.Start(t).Open(t, webtest.Visit{URL: line.URL + "/me/about/home.1", Cookies: []*http.Cookie{cookie}, Width: 360, Height: 640})
	line.hangs.Store(1000) // until it was looked at
	webtest.Evaluate[bool](t, tab, hurried)
	webtest.Evaluate[bool](t, tab, `(() => {
		document.querySelector("[value='4']").click();
		document.querySelector("details").open = true;
		document.querySelector("[name=words]").value = "It is quiet.";
		document.querySelector("form[data-keep]").requestSubmit();
		return true })()`)
	tab.Until(t, "it says that it is not kept yet", `(document.querySelector(".kept") || {}).textContent === "Not kept yet. We keep trying."`)
	if got := webtest.Evaluate[string](t, tab, `(() => { const words = document.querySelector("[name=words]"), form = words.form; words.focus();
		return [form.inert, document.activeElement === words, form.contains(document.querySelector(".kept")), window.limit].join() })()`); got != "true,false,false,10000" {
		t.Errorf("while it is sent (closed, typed into, told where nobody reads it, given up after): %s", got)
	}
	line.hangs.Store(0)
	tab.Until(t, "it was kept and the page goes on", `location.pathname === "/me/about/home.2"`)
	if got := s.said(t, cookie); len(got) != 1 || got[0].Words != "It is quiet." {
		t.Errorf("kept is %+v", got)
	}
	tab.Go(t, line.URL+"/me/own")
	webtest.Evaluate[bool](t, tab, hurried)
	line.hangs.Store(1000)
	tab.Leads(t, `(document.getElementById("words").value = "Mine", document.querySelector("form[data-keep]").requestSubmit(), true)`)
	tab.Until(t, "it is being sent", `window.limit === 300000`) // a picture over a weak line takes its time
}

// What cannot be kept is said on the page, and what was typed stays there.
func TestARefusalLosesNothing(t *testing.T) {
	s := newSite(t)
	cookie := s.come(t, s.young(t, "Yusuf Placeholder"), "en")
	for path, want := range map[string]string{"/me/about/none": "This is not here any more.", "/me/asks/none/helped": "It was not kept. Please try again."} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+path, strings.NewReader("words=x"))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Keeps-Itself", "1")
		p := s.send(t, r, cookie)
		if said, err := url.PathUnescape(p.Header.Get("X-Wrong")); err != nil || said != want || p.Status < 400 || p.Status >= 500 {
			t.Errorf("%s: status %d, %q, %v", path, p.Status, said, err)
		}
	}
	tab := webtest.Start(t).Open(t, webtest.Visit{URL: s.URL + "/me/about/home.1", Cookies: []*http.Cookie{cookie}, Width: 360, Height: 640})
	webtest.Evaluate[bool](t, tab, `(() => {
		const form = document.querySelector("form[data-keep]");
		form.action = "/me/about/none";
		document.querySelector("[value='4']").click();
		document.querySelector("[name=words]").value = "It is quiet.";
		form.requestSubmit();
		return true })()`)
	tab.Until(t, "it is told", `(document.querySelector(".kept") || {}).textContent === "This is not here any more."`)
	if !webtest.Evaluate[bool](t, tab, `document.querySelector("[name=words]").value === "It is quiet." && !document.querySelector("form[data-keep]").inert && location.pathname === "/me/about/home.1"`) {
		t.Error("what was typed is gone, or cannot be sent again")
	}
}

// A session that ends while somebody types: what they sent is gone, and that is said, with
// and without script. Nothing says what it was.
func TestWhatIsSentTooLateIsSaidToBeGone(t *testing.T) {
	s := newSite(t)
	browser := webtest.Start(t)
	const gone = "The last thing was not kept. Ask for a new code."
	record := s.young(t, "Yusuf Placeholder")
	for name, script := range map[string]bool{"with script": true, "without script": false} {
		t.Run(name, func(t *testing.T) {
			for _, path := range []string{"/me/about/home.1", "/me/own", "/me/asks/new"} {
				cookie := s.come(t, record, "en")
				tab := browser.Open(t, webtest.Visit{URL: s.URL + path, Cookies: []*http.Cookie{cookie}, Width: 360, Height: 640})
				tab.Scripts(t, script)
				tab.Go(t, s.URL+path)
				s.post(t, access.Worker, "/records/"+record+"/own-page/end", url.Values{})
				tab.Leads(t, `(document.querySelector("textarea").value = "It is loud.", document.querySelector("main form").requestSubmit(), true)`)
				tab.Until(t, "it is closed", `document.readyState === "complete" && location.pathname === "/closed"`)
				if shown := webtest.Evaluate[string](t, tab, `[location.search, location.hash, document.title, document.querySelector("main").innerText].join("|")`); !strings.HasPrefix(shown, "?last||My page|This page is closed.") || !strings.HasSuffix(shown, gone) {
					t.Errorf("%s: %s", path, shown)
				}
				nothingInTheBrowser(t, tab)
				tab.Scripts(t, true) // what looks for faults runs in the page
				for _, found := range tab.Axe(t) {
					t.Errorf("axe: %s", found)
				}
			}
		})
	}
	cookie := s.come(t, record, "en")
	s.ask(t, http.MethodPost, "/me/leave", url.Values{}, cookie)
	if p := s.say(t, cookie, "home.1", "4", "helpers", "It is loud."); p.Location != "/closed?last" {
		t.Errorf("it leads to %d %s", p.Status, p.Location)
	}
	if p := s.ask(t, http.MethodHead, "/me", nil, cookie); p.Location != "/closed" {
		t.Errorf("what the page asks by itself leads to %d %s", p.Status, p.Location)
	}
	s.ask(t, http.MethodGet, "/closed", nil, nil).lacks(t, gone) // after leaving
}

// Without script a young person comes back with Back and sends the same form again: it is
// one answer, for everybody and for nobody alike.
func TestTheSameFormTwiceIsOneAnswer(t *testing.T) {
	s := newSite(t)
	for _, who := range []string{"helpers", "nobody"} {
		cookie := s.come(t, s.young(t, "Yusuf "+who), "en")
		form := url.Values{"id": {s.NewID()}, "answer": {"4"}, "who": {who}, "words": {"It is quiet."}}
		for range 2 {
			s.ask(t, http.MethodPost, "/me/about/home.1", form, cookie).is(t, http.StatusSeeOther)
		}
		if got := s.said(t, cookie); len(got) != 1 {
			t.Errorf("for %s: %+v", who, got)
		}
	}
}

// Texts of every script, marks of direction, and far too much: kept as typed, or told in
// plain words with nothing lost.
func TestWhatYoungPeopleTypeIsKeptAsTyped(t *testing.T) {
	s := newSite(t)
	cookie := s.come(t, s.young(t, "Yusuf Placeholder"), "ar")
	for _, words := range []string{"هنا هادئ", "ሰላም", "😀👨‍👩‍👧", "\u202eback\u202c \u200f", "<script>alert(1)</script>", "سڵاو – “x” & <b>"} {
		s.say(t, cookie, "home.1", "3", "nobody", words).is(t, http.StatusSeeOther)
		if got := s.said(t, cookie)[0].Words; got != words {
			t.Errorf("%q was kept as %q", words, got)
		}
		s.now = s.now.Add(time.Second)
	}
	s.ask(t, http.MethodGet, "/me/said", nil, cookie).lacks(t, "<script>alert")
	long := s.say(t, cookie, "home.2", "3", "helpers", strings.Repeat("ሰላም ", 25_000))
	long.is(t, http.StatusUnprocessableEntity)
	long.has(t, "ሰላም ሰላም")
	if n := len(s.said(t, cookie)); n != 6 {
		t.Errorf("there are %d things said", n)
	}
}
