package web_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/store"
	"stablefutures/internal/web"
	"stablefutures/internal/web/webtest"
)

// ownState is what is kept of a young person, counted.
type ownState struct {
	said, open, files, asks, asksOpened, alerts, helped, stopped, phones int
	language                                                             string
	pictures                                                             bool
}

// stateOf counts what is kept of a young person.
func (s *site) stateOf(t *testing.T, cookie *http.Cookie) (st ownState) {
	t.Helper()
	y := s.youngOf(t, cookie)
	st.language, st.pictures = y.Language, y.Pictures
	for _, said := range s.said(t, cookie) {
		st.said++
		if said.File != "" {
			st.files++
		}
		if said.Audience == conversation.Helpers {
			st.open++
		}
	}
	asks, err := s.OwnAsks(t.Context(), y, "en")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range asks {
		st.asks++
		if a.Audience == conversation.Helpers {
			st.asksOpened++
		}
		if latest, ok := a.Latest(); ok && latest.Helped != "" {
			st.helped++
		}
	}
	phones, err := s.OwnDevices(t.Context(), y)
	if err != nil {
		t.Fatal(err)
	}
	st.phones = len(phones)
	agreed, err := s.OwnAgreed(t.Context(), y)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range agreed {
		if a.Stopped {
			st.stopped++
		}
	}
	err = s.db.Read(t.Context(), func(tx *store.Tx) error {
		alerts, err := tx.AlertsOf("999", y.Record)
		st.alerts = len(alerts)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// keeper is somebody who said and asked something, and got a reply: they have a page for
// each form that there is.
type keeper struct {
	cookie  *http.Cookie
	replied string // an ask to which there is a reply
	toOne   string // an ask of one person alone
}

func (s *site) keeper(t *testing.T) keeper {
	t.Helper()
	record, worker := s.young(t, "Yusuf Placeholder"), s.actors[access.Worker]
	k := keeper{s.come(t, record, "en"), s.NewID(), s.NewID()}
	s.say(t, k.cookie, "education.1", "2", "nobody", "Only mine").is(t, http.StatusSeeOther)
	s.sends(t, k.cookie, "/me/asks/new", url.Values{"id": {k.replied}, "ask": {"A lock on my door"}, "who": {"helpers"}})
	s.sends(t, k.cookie, "/me/asks/new", url.Values{"id": {k.toOne}, "ask": {"A bus pass"}, "who": {"one " + worker.Account}})
	s.sends(t, s.cookies[access.Worker], askedPath(record, k.replied), url.Values{"id": {s.NewID()}, "after": {"0"}, "came": {"done"}, "words": {"It is there."}, "language": {"en"}})
	s.sharesSomething(t, worker, record)
	return k
}

// cutForm is one form of the young person's pages that keeps something.
type cutForm struct {
	name    string
	pattern string // of the route that takes it
	page    func(keeper) string
	press   string // fills it in and sends it
	scripts bool   // only with a script
	keeps   func(*ownState)
	next    string // where it goes on
}

func at(path string) func(keeper) string { return func(keeper) string { return path } }

// keepsItself is the form that a script sends until it is kept.
const keepsItself = `form[data-keep]`

// fills fills that form in and sends it.
func fills(script string) string {
	return `const choose = value => document.querySelector("[type=radio][value^='" + value + "']").click(), write = (name, text) => { document.querySelector("[name=" + name + "]").value = text };
		const form = document.querySelector("` + keepsItself + `"); if (!form) return false;
		` + script + `; form.requestSubmit(); return true`
}

// presses presses the button of a form that no script sends.
func presses(button string) string {
	return `const button = document.querySelector("` + button + `"); if (!button) return false; button.click(); return true`
}

// attaches puts a file into a field of the page for their own words.
func attaches(field, name, data string) string {
	return `{ const bytes = Uint8Array.from(atob("` + base64.StdEncoding.EncodeToString([]byte(data)) + `"), c => c.charCodeAt(0)), d = new DataTransfer();
		d.items.add(new File([bytes], "` + name + `")); document.getElementById("` + field + `").files = d.files; }`
}

// cutForms are all of them. What the others do is in uncutForms.
func cutForms(t *testing.T) []cutForm {
	t.Helper()
	said := func(n, open, files, asks int) func(*ownState) {
		return func(st *ownState) {
			st.said += n
			st.open += open
			st.files += files
			st.asks += asks
			st.asksOpened += asks
		}
	}
	toReplied, toOne := func(k keeper) string { return "/me/asks/" + k.replied }, func(k keeper) string { return "/me/asks/" + k.toOne }
	return []cutForm{
		{"an answer, and something asked for", "POST /me/about/{indicator}", at("/me/about/home.1"), fills(`choose("4"); write("words", "It is quiet."); write("ask", "A lamp")`), false, said(1, 1, 0, 1), "/me/about/home.2"},
		{"an answer for one", "POST /me/about/{indicator}", at("/me/about/home.1"), fills(`choose("2"); choose("one "); write("words", "For you")`), false, said(1, 0, 0, 0), "/me/about/home.2"},
		{"an answer for nobody yet", "POST /me/about/{indicator}", at("/me/about/home.1"), fills(`choose("does-not-know"); choose("nobody")`), false, said(1, 0, 0, 0), "/me/about/home.2"},
		{"words without an answer", "POST /me/about/{indicator}", at("/me/about/home.1"), fills(`write("words", "Nothing of that")`), false, said(1, 1, 0, 0), "/me/about/home.2"},
		{"their own words", "POST /me/own", at("/me/own"), fills(`write("words", "Mine"); choose("nobody")`), false, said(1, 0, 0, 0), "/me/said"},
		{"a drawing", "POST /me/own", at("/me/own"), fills(drawsALine + `; write("words", "My house")`), true, said(1, 1, 1, 0), "/me/said"},
		{"a sound and a picture", "POST /me/own", at("/me/own"), fills(attaches("sound", "a.wav", sounding()) + attaches("picture", "a.png", pictured(t))), false, said(2, 2, 2, 0), "/me/said"},
		{"an ask", "POST /me/asks/new", at("/me/asks/new"), fills(`write("ask", "A desk")`), false, said(0, 0, 0, 1), "/me/asks"},
		{"that it helped", "POST /me/asks/{ask}/helped", toReplied, fills(`choose("yes"); write("words", "Thank you")`), false, func(st *ownState) { st.helped++ }, "/me/asks/[a-z0-9]+"},
		{"that they are not safe", "POST /me/now", at("/me/now"), fills(`choose("call"); write("words", "Outside")`), false, func(st *ownState) { st.alerts++ }, "/me/now/[a-z0-9]+"},
		{"a language", "POST /me/language", at("/me/language"), presses("[value=fr]"), false, func(st *ownState) { st.language = "fr" }, "/me"},
		{"pictures for words", "POST /me/choices/pictures", at("/me/choices"), presses("[value=yes] + button"), false, func(st *ownState) { st.pictures = true }, "/me"},
		{"something opened", "POST /me/said/{said}", at("/me/said"), presses("[action^='/me/said/'] button"), false, func(st *ownState) { st.open++ }, "/me/said"},
		{"an ask opened", "POST /me/asks/{ask}/open", toOne, presses("[action$='/open'] button"), false, func(st *ownState) { st.asksOpened++ }, "/me/asks/[a-z0-9]+"},
		{"what they agreed to stopped", "POST /me/choices/{entry}/stop", at("/me/choices"), presses("[action$='/stop'] button"), false, func(st *ownState) { st.stopped++ }, "/me/choices"},
		{"a phone forgotten", "POST /me/choices/phones/{phone}/forget", at("/me/choices"), presses("[action*='/phones/'] button"), false, func(st *ownState) { st.phones-- }, "/me/choices"},
	}
}

// uncutForms keep nothing that could be lost, or are tried elsewhere.
var uncutForms = map[string]string{
	"POST /in": "a code is used up by whoever comes in", "POST /in/ask": "asks the lock of a phone", "POST /me/leave": "TestLeaving",
	"POST /me/choices/phone": "keeps nothing yet", "POST /me/choices/phone/again": "a phone that did not hear that it is remembered is not",
	"POST /me/choices/phone/key/ask": "asks the lock of a phone", "POST /me/choices/phone/key": "a phone that did not hear that it is remembered is not",
	"POST /me/mine": "keeps nothing yet", "POST /me/mine/again": "whoever did not hear that the pictures are kept chooses them again",
	"POST /me/choices/phone/forget": "it is forgotten the second time too",
}

func TestEveryFormIsCut(t *testing.T) {
	cut := map[string]bool{}
	for _, f := range cutForms(t) {
		cut[f.pattern] = true
	}
	for _, pattern := range web.OwnPatterns() {
		if strings.HasPrefix(pattern, "POST ") && cut[pattern] == (uncutForms[pattern] != "") {
			t.Errorf("%s is in the table: %v, and is kept out of it: %q", pattern, cut[pattern], uncutForms[pattern])
		}
	}
}

// Whatever form a connection breaks under, and at whatever moment, with a script and
// without one: nothing that was shown as kept is lost, and nothing is kept twice.
func TestAConnectionThatBreaksUnderEveryForm(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	browser := webtest.Start(t)
	for _, f := range cutForms(t) {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			line, itself := s.shaky(t), strings.Contains(f.press, keepsItself)
			for _, script := range []bool{true, false} {
				if f.scripts && !script || script && !itself {
					continue // what no script sends is the same with one
				}
				for _, c := range []struct {
					name          string
					before, after int32 // before: until it was looked at
				}{{"before the answer", 0, 1}, {"before it arrives", 1000, 0}, {"twice", 1000, 1}} {
					if !script && (c.before > 0 && c.after > 0 || c.before > 0 && itself) {
						continue // they do the same again, and the same comes of it
					}
					k := s.keeper(t)
					if strings.Contains(f.pattern, "{phone}") {
						s.remembers(t, s.youngOf(t, k.cookie))
					}
					tab := browser.Open(t, webtest.Visit{URL: line.URL + "/healthy", Cookies: []*http.Cookie{k.cookie}, Width: 360, Height: 640})
					tab.Scripts(t, script)
					w := &cutWalk{t, s, tab, line, f, k, script, c.name}
					w.breaks(c.before, c.after)
				}
			}
		})
	}
}

// cutWalk is one form, sent over a connection that breaks.
type cutWalk struct {
	t      *testing.T
	s      *site
	tab    *webtest.Tab
	line   *shaky
	form   cutForm
	keeper keeper
	script bool
	name   string
}

// presses opens the page of the form anew, fills the form in and sends it: false where it
// is not there any more.
func (w *cutWalk) presses() bool {
	w.t.Helper()
	w.tab.Go(w.t, w.line.URL+w.form.page(w.keeper))
	if w.script {
		webtest.Evaluate[bool](w.t, w.tab, hurried)
	}
	return webtest.Evaluate[bool](w.t, w.tab, "(() => { window.before = true; "+w.form.press+"})()")
}

// goesOn tells whether the page goes on, and gone whether it is seen that it does not.
func (w *cutWalk) goesOn() string {
	return `(!window.before && document.readyState === "complete" && new RegExp("^` + w.form.next + `$").test(location.pathname))`
}

func (w *cutWalk) gone() string {
	if w.script {
		return `(document.querySelector(".kept") || {}).textContent === "Not kept yet. We keep trying."`
	}
	return `location.protocol === "chrome-error:"`
}

// holds fails the test where something else is kept.
func (w *cutWalk) holds(when string, want ownState) {
	w.t.Helper()
	if got := w.s.stateOf(w.t, w.keeper.cookie); got != want {
		w.t.Errorf("%s, script %v, %s: kept is %+v, want %+v", w.name, w.script, when, got, want)
	}
}

// breaks sends the form over a line that breaks so often. With a script it is sent again
// by itself; without one they see that the connection is gone, come back and do it again.
func (w *cutWalk) breaks(before, after int32) {
	w.t.Helper()
	first := w.s.stateOf(w.t, w.keeper.cookie)
	want := first
	w.form.keeps(&want)
	w.line.before.Store(before)
	w.line.after.Store(after)
	w.presses()
	w.tab.Until(w.t, "the connection is gone, or it was sent again by the browser", w.gone()+" || "+w.goesOn())
	if before > 0 {
		w.holds("when it broke", first)
	}
	w.line.before.Store(0)
	for range 3 {
		if w.script {
			w.tab.Until(w.t, "it was kept and goes on", w.goesOn())
		} else if !webtest.Evaluate[bool](w.t, w.tab, w.goesOn()) && w.presses() {
			w.tab.Until(w.t, "the connection is gone, or it was kept", w.gone()+" || "+w.goesOn())
			continue
		}
		break
	}
	w.line.after.Store(0)
	w.holds("at the end", want)
	if status := webtest.Evaluate[int](w.t, w.tab, `performance.getEntriesByType("navigation")[0].responseStatus`); status != http.StatusOK {
		w.t.Errorf("%s, script %v: it ends at status %d", w.name, w.script, status)
	}
}
