package web_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web"
	"stablefutures/internal/web/webtest"
)

// mine is the young person's own page of their alert.
func (s *alarm) mine(t testing.TB, path string) page {
	t.Helper()
	return s.ask(t, http.MethodGet, path, nil, s.own)
}

// goOn lets minutes pass, and the loop of the program once.
func (s *alarm) goOn(t testing.TB, minutes int) {
	t.Helper()
	s.now = s.now.Add(time.Duration(minutes) * time.Minute)
	if err := s.EscalateAlerts(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// What a young person reads is what happened, from before they send it to its end.
func TestAYoungPersonReadsWhatHappened(t *testing.T) {
	s := newAlarm(t, access.DutyWorker, access.Manager)
	before := s.mine(t, "/me/now")
	before.has(t, "When you send this, \u2068Name of duty-worker\u2069 is told at once.", "If they do not answer in \u20685\u2069 minutes, the next person gets it.",
		"\u2068Name of worker\u2069", "They see your name and that you are not safe.", "In danger now? Call \u2068999\u2069.", `href="tel:999"`, "0800 1111", "data-keep", "Call me", "Do not call or write", "Send now")
	before.has(t, "<title>My page</title>")
	sent := s.sends(t)
	p := s.mine(t, sent)
	p.has(t, "You sent this at \u206810:00\u2069.", "Nobody has seen it yet. We keep trying.", "Look again", `data-state="waiting"`, "0800 1111")
	p.lacks(t, "door")
	if again := s.mine(t, "/me/now"); again.Location != sent {
		t.Errorf("while it goes on, it leads to %d %s", again.Status, again.Location)
	}
	s.mine(t, "/me/now?again").is(t, http.StatusOK)
	s.goOn(t, 5)
	s.mine(t, sent).has(t, "One person did not answer. It has gone to the next person.")
	s.goOn(t, 5)
	s.mine(t, sent).has(t, "Nobody has answered. Please call one of these numbers now.")
	path := alertLink.FindString(s.get(t, access.Manager, "/alerts").Body)
	s.post(t, access.Manager, path, url.Values{"answer": {"police"}}).is(t, http.StatusSeeOther)
	s.mine(t, sent).has(t, "\u2068Name of manager\u2069 has seen it, at \u206810:10\u2069.", "I have asked the police to help you.")
	s.mine(t, sent).lacks(t, "Nobody has")
	s.post(t, access.Manager, path+"/close", url.Values{"remark": {"The police are with her."}}).is(t, http.StatusSeeOther)
	over := s.mine(t, sent)
	over.has(t, "This has ended.", "Send it again")
	over.lacks(t, "police are with", "data-state")
	s.mine(t, "/me/now").is(t, http.StatusOK)

	other := s.come(t, s.young(t, "Duc Nguyen"), "en")
	s.ask(t, http.MethodGet, sent, nil, other).lacks(t, "You sent this")
}

func TestNobodyIsOnDutyAndThatIsSaid(t *testing.T) {
	s := newAlarm(t)
	before := s.mine(t, "/me/now")
	before.has(t, "Nobody is on duty now. Please call one of these numbers.", "08000 121 700", "Send now")
	before.lacks(t, "is told at once", "the next person gets it")
	sent := s.sends(t)
	s.mine(t, sent).has(t, "Nobody has seen it yet. We keep trying.", "Nobody is on duty now.", "0800 1111")
	for _, role := range []access.Role{access.Worker, access.Manager} {
		if !s.shown(t, role, "/caseload") {
			t.Errorf("the %s is not told", role)
		}
	}
}

// What the first page says of who sees it is true before anything is sent, too.
func TestTheFirstPageSaysWhetherSomebodyIsOnDuty(t *testing.T) {
	const promise = "A person who is at work is told at once."
	s := newAlarm(t)
	nobody := s.mine(t, "/me/first")
	nobody.has(t, "Nobody is on duty now. Please call one of these numbers.", `href="tel:999"`, "0800 1111")
	nobody.lacks(t, promise)
	s.post(t, access.Manager, "/duty", url.Values{"person-1": {s.actors[access.DutyWorker].Account}, "email-1": {"duty@council.example"}}).is(t, http.StatusSeeOther)
	somebody := s.mine(t, "/me/first")
	somebody.has(t, promise)
	somebody.lacks(t, "Nobody is on duty", "0800 1111")
}

// Where whoever is first on duty is signed in nowhere and gets no e-mail, nobody says that
// they are told at once: it waits for them, and the numbers stand beside that.
func TestNobodyIsPromisedWhoIsNotThere(t *testing.T) {
	s := newAlarm(t, access.DutyWorker, access.Manager)
	pages := func(what string, told bool) {
		t.Helper()
		s.own = s.come(t, s.record, "en")
		first, before := s.mine(t, "/me/first"), s.mine(t, "/me/now?again")
		if told {
			first.has(t, "A person who is at work is told at once.")
			before.has(t, "When you send this, \u2068Name of duty-worker\u2069 is told at once.")
			before.lacks(t, "We do not know")
			return
		}
		for _, p := range []page{first, before} {
			p.lacks(t, "at once")
			if strings.Count(p.Body, "0800 1111") != 1 {
				t.Errorf("%s: the numbers stand %d times", what, strings.Count(p.Body, "0800 1111"))
			}
		}
		first.has(t, "It waits for a person who is on duty. We do not know when they will see it. You can also call one of these numbers.")
		before.has(t, "When you send this, it waits for \u2068Name of duty-worker\u2069. We do not know when they will see it.", "If they do not answer in \u20685\u2069 minutes, the next person gets it.")
	}
	pages("they are signed in", true)
	s.now = s.now.Add(service.SessionIdle + time.Minute)
	pages("they are signed in nowhere", false)
	s.SendsMail()
	pages("they get an e-mail", true)
	s.ask(t, http.MethodPost, "/me/now", url.Values{"id": {s.NewID()}, "how": {"call"}}, s.own).is(t, http.StatusSeeOther)
	if err := s.SendMail(t.Context(), func(context.Context, service.Letter) error { return errors.New("away") }); err == nil {
		t.Error("the mail server is away, and nobody says so")
	}
	pages("the mail server is away", false)
}

// A page that asks by itself whether somebody has it keeps nobody's session; whoever
// writes for long is there, and keeps it.
func TestWhatKeepsAYoungPersonsSession(t *testing.T) {
	s := newAlarm(t, access.DutyWorker, access.Manager)
	sent := s.sends(t)
	asks := func(method, path string, byItself bool) page {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if byItself {
			r.Header.Set("X-Glance", "1")
		}
		return s.send(t, r, s.own)
	}
	s.now = s.now.Add(20 * time.Minute)
	asks(http.MethodHead, "/me", false).is(t, http.StatusOK)
	for range 3 {
		s.now = s.now.Add(9 * time.Minute)
		asks(http.MethodGet, sent, true).is(t, http.StatusOK)
	}
	path := alertLink.FindString(s.get(t, access.Manager, "/alerts").Body)
	s.post(t, access.Manager, path, url.Values{"answer": {"police"}}).is(t, http.StatusSeeOther)
	s.post(t, access.Manager, path+"/close", url.Values{"remark": {"The police are with her."}}).is(t, http.StatusSeeOther)
	s.now = s.now.Add(4 * time.Minute)
	if p := asks(http.MethodGet, sent, true); p.Location != "/closed?now" {
		t.Errorf("after half an hour alone the page still says %d %s", p.Status, shortened(p.Body))
	}
}

// Whoever waits for an answer with the phone in their pocket finds it, however long nobody
// touched the phone, and may send again. Nothing else of their page is open by then.
func TestWhoWaitsForAnAnswerFindsIt(t *testing.T) {
	s := newAlarm(t, access.DutyWorker)
	stranger := s.come(t, s.young(t, "Duc Nguyen"), "en")
	sent := s.sends(t)
	s.now = s.now.Add(service.OwnAbsolute + time.Hour)
	if err := s.EscalateAlerts(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.mine(t, sent).has(t, "Nobody has answered. Please call one of these numbers now.", `id="leave"`)
	s.ask(t, http.MethodPost, "/me/now", url.Values{"id": {s.NewID()}, "how": {"here"}, "words": {"Still here"}}, s.own).is(t, http.StatusSeeOther)
	for _, pattern := range web.OwnPatterns() {
		method, path, _ := strings.Cut(pattern, " ")
		if policy := ownPolicy[pattern]; policy == ownOnly && !strings.HasPrefix(path, "/me/now") {
			if p := s.ask(t, method, placeholder.ReplaceAllString(path, "none"), url.Values{}, s.own); !strings.HasPrefix(p.Location, "/closed") {
				t.Errorf("%s: status %d to %s", pattern, p.Status, p.Location)
			}
		}
	}
	if p := s.ask(t, http.MethodGet, sent, nil, stranger); p.Location != "/closed?now" {
		t.Errorf("somebody else whose session is over: status %d to %s", p.Status, p.Location)
	}
	s.mine(t, sent).has(t, "Nobody has answered.") // that was no use of the session, and did not end it
	s.ask(t, http.MethodPost, "/me/leave", nil, s.own).is(t, http.StatusSeeOther)
	if p := s.mine(t, sent); p.Location != "/closed?now" {
		t.Errorf("after leaving: status %d to %s", p.Status, p.Location)
	}
	s.own = s.come(t, s.record, "en")
	s.mine(t, sent).is(t, http.StatusOK)
	s.now = s.now.Add(24*time.Hour + time.Minute)
	if p := s.mine(t, sent); p.Location != "/closed?now" {
		t.Errorf("after a day: status %d to %s", p.Status, p.Location)
	}
}

// Where nobody has come in, or not any more, one number stands in plain words, and nothing
// of what else can be called. After leaving there is not even that.
func TestANumberStandsWhereNobodyIsIn(t *testing.T) {
	s := newAlarm(t)
	kept := s.comeByCode(t, s.record)
	for _, step := range []string{"/me/choices/phone", "/me/choices/phone/again"} {
		s.with(t, kept, http.MethodPost, step, four("1", "2", "3", "4"))
	}
	left := *kept["p"]
	silent := s.with(t, kept, http.MethodPost, "/me/leave", nil)
	pages := func(number string) {
		t.Helper()
		for name, p := range map[string]page{
			"code": s.ask(t, http.MethodGet, "/in", nil, nil), "wrong code": s.ask(t, http.MethodPost, "/in", url.Values{"code": {"1"}}, nil), "picture of a code": s.ask(t, http.MethodGet, "/in/123456789012", nil, nil),
			"pictures": s.with(t, kept, http.MethodGet, "/in", nil), "not there": s.ask(t, http.MethodGet, "/in/x/y", nil, nil),
			"not kept": s.ask(t, http.MethodGet, "/closed?last", nil, nil), "not safe": s.ask(t, http.MethodGet, "/closed?now", nil, nil),
		} {
			if dial := strings.ReplaceAll(number, " ", ""); !strings.Contains(p.Body, `<a href="tel:`+dial+`">Emergency: `+"\u2068"+number+"\u2069</a>") || strings.Count(p.Body, "tel:") != 1 {
				t.Errorf("%s: the number does not stand there, or more than that: %s", name, shortened(p.Body))
			}
			p.lacks(t, "not safe", "Police", "Talk to somebody", "Our own")
		}
	}
	pages("999")
	if p := s.ask(t, http.MethodGet, "/me/now", nil, &left); p.Location != "/closed?now" {
		t.Errorf("status %d to %s", p.Status, p.Location)
	}
	for _, p := range []page{silent, s.ask(t, http.MethodGet, "/closed", nil, nil)} {
		p.lacks(t, "tel:", "999")
	}
	set := service.NewOwnSetting{Minutes: "5", Days: "7", Numbers: []store.OwnNumber{{Name: "Our own", Number: "01632 960 001"}, {Name: "Police, ambulance, fire", Number: "112"}}}
	if err := s.SetOwnPages(t.Context(), s.actors[access.Manager], set); err != nil {
		t.Fatal(err)
	}
	pages("112")
	set.Numbers = set.Numbers[:1]
	if err := s.SetOwnPages(t.Context(), s.actors[access.Manager], set); err != nil {
		t.Fatal(err)
	}
	pages("01632 960 001")
}

// The script does so: its own question says that it is one, and typing tells the server
// so now and then.
func TestTheScriptTellsUseFromWaiting(t *testing.T) {
	s := newAlarm(t, access.DutyWorker, access.Manager)
	sent := s.sends(t)
	const listens = `(() => { window.asked = []; const real = fetch;
		window.fetch = (to, how = {}) => { asked.push([to, how.method || "GET", (how.headers || {})["X-Glance"] || "-"].join(" ")); return real(to, how); };
		return true })()`
	tab := webtest.Start(t).Open(t, webtest.Visit{URL: s.URL + "/me/own", Width: 360, Height: 640, Cookies: []*http.Cookie{s.own}})
	webtest.Evaluate[bool](t, tab, listens)
	const types = `(document.getElementById("words").dispatchEvent(new Event("input", {bubbles: true})), asked.join())`
	if got := webtest.Evaluate[string](t, tab, types); got != "" {
		t.Errorf("at once it asks %s", got)
	}
	webtest.Evaluate[bool](t, tab, `(() => { const now = Date.now; Date.now = () => now() + 6 * 60000; return true })()`)
	for range 2 {
		if got := webtest.Evaluate[string](t, tab, types); got != "/me HEAD -" {
			t.Errorf("after five minutes it asks %q", got)
		}
	}
	tab.Go(t, s.URL+sent)
	webtest.Evaluate[bool](t, tab, listens)
	tab.Until(t, "the page asks by itself", `asked.length > 0`)
	if got := webtest.Evaluate[string](t, tab, `asked[0]`); got != sent+" GET 1" {
		t.Errorf("it asks %q", got)
	}
}

// Where it cannot be kept, that is said, with the numbers: the disk, a page that was
// closed meanwhile, an alert that is not there.
func TestAnAlertNeverFailsSilently(t *testing.T) {
	s := newAlarm(t, access.DutyWorker)
	form := url.Values{"id": {s.NewID()}, "how": {"call"}}
	s.mine(t, "/me/now/none").has(t, "This is not here any more.", "0800 1111", `href="tel:999"`)
	big := s.ask(t, http.MethodPost, "/me/now", url.Values{"words": {strings.Repeat("x", 3<<20)}}, s.own)
	big.has(t, "0800 1111")

	left := *s.own
	s.ask(t, http.MethodPost, "/me/leave", nil, s.own).is(t, http.StatusSeeOther)
	closed := s.ask(t, http.MethodPost, "/me/now", form, &left)
	closed.is(t, http.StatusUnauthorized)
	closed.has(t, "This page is closed.", "It was not kept. Please try again.", "0800 1111")
	s.ask(t, http.MethodGet, "/me/now", nil, &left).lacks(t, "0800 1111", "safe")

	s.own = s.come(t, s.record, "en")
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	away := s.ask(t, http.MethodPost, "/me/now", form, s.own)
	if away.Status < 500 {
		t.Errorf("without a database: status %d", away.Status)
	}
	away.has(t, "It was not kept. Please try again.", "0800 1111", `href="tel:999"`)
}

// In a browser: the form keeps itself until it is kept, the page says by itself that
// somebody has it, and all fits the narrowest screen, also the other way round.
func TestIAmNotSafeInABrowser(t *testing.T) {
	t.Parallel()
	s := newAlarm(t, access.DutyWorker, access.Manager)
	browser := webtest.Start(t)
	tab := browser.Open(t, webtest.Visit{URL: s.URL + "/me/now", Width: 320, Height: 640, Cookies: []*http.Cookie{s.own}})
	if wide := webtest.Evaluate[int](t, tab, `document.documentElement.scrollWidth`); wide > 320 {
		t.Errorf("the form is %d wide", wide)
	}
	tab.Leads(t, `document.querySelector("main form").requestSubmit() || true`)
	tab.Until(t, "it was sent", `document.querySelector('[data-state="waiting"]') !== null`)
	path := alertLink.FindString(s.get(t, access.DutyWorker, "/alerts").Body)
	s.post(t, access.DutyWorker, path, url.Values{"answer": {"coming"}}).is(t, http.StatusSeeOther)
	tab.Until(t, "somebody has it", `document.querySelector('[data-state="hascoming"]') !== null`)
	browser.Check(t, webtest.Visit{URL: s.URL + "/me/now?again", Cookies: []*http.Cookie{s.own}})
	browser.Check(t, webtest.Visit{URL: webtest.Evaluate[string](t, tab, `location.href`), Cookies: []*http.Cookie{s.own}})
}
