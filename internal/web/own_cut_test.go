package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"stablefutures/internal/service"
	"stablefutures/internal/web/webtest"
)

// shaky is a connection to a site that breaks when told: before what is sent arrives, or
// after it was done and before the answer comes back.
type shaky struct {
	URL           string
	before, after atomic.Int32 // how many of the next sendings are cut so
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
		before, after int32
	}{{"before it arrives", 1, 0}, {"after it was kept, before the answer", 0, 1}, {"twice", 1, 1}} {
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
			if got := s.said(t, cookie); c.before == 1 && c.after == 0 && len(got) > 1 {
				t.Errorf("before it arrived there is %+v", got)
			}
			tab.Until(t, "it was kept and the page goes on", `location.pathname === "/me/about/home.2"`)
			if got := s.said(t, cookie); len(got) != 1 || got[0].Value != 4 || got[0].Words != "It is quiet." {
				t.Errorf("kept is %+v", got)
			}
		})
	}
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
