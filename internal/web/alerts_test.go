package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/webtest"
)

// alarm is a site with the duty worker on duty, who cannot open the young person's
// record, and the young person on their own page.
type alarm struct {
	*site
	record, reference string
	own               *http.Cookie
}

func newAlarm(t *testing.T, duty ...access.Role) *alarm {
	t.Helper()
	s := &alarm{site: newSite(t)}
	s.elsewhere(t)
	s.record = s.young(t, "Semhar Tesfay")
	s.reference = s.referenceOf(t, s.record)
	form := url.Values{}
	for n, role := range duty {
		at := "-" + string(rune('1'+n))
		form.Set("person"+at, s.actors[role].Account)
		form.Set("email"+at, string(role)+"@council.example")
	}
	s.post(t, access.Manager, "/duty", form).is(t, http.StatusSeeOther)
	s.own = s.come(t, s.record, "en")
	return s
}

// sends lets the young person send an alert, and gives the address of what they read then.
func (s *alarm) sends(t testing.TB) string {
	t.Helper()
	p := s.ask(t, http.MethodPost, "/me/now", url.Values{"id": {s.NewID()}, "how": {"not"}, "words": {"He is at the door"}}, s.own)
	p.is(t, http.StatusSeeOther)
	return p.Location
}

const banner = "A young person says that they are not safe."

// shown tells whether the banner stands on somebody's page.
func (s *alarm) shown(t testing.TB, role access.Role, path string) bool {
	t.Helper()
	body := s.get(t, role, path).Body
	return strings.Contains(body, `data-watch="/alerts/waiting"><p`)
}

var alertLink = regexp.MustCompile(`/alerts/[a-z0-9]{10,}`)

func TestAnAlertOnThePagesOfStaff(t *testing.T) {
	s := newAlarm(t, access.DutyWorker)
	if s.shown(t, access.DutyWorker, "/caseload") {
		t.Error("the banner stands where nothing waits")
	}
	s.get(t, access.Auditor, "/account").lacks(t, banner, "data-watch")
	s.sends(t)
	for role, want := range map[access.Role]bool{access.DutyWorker: true, access.Worker: true, access.Manager: false} {
		for _, path := range []string{"/caseload", "/account", "/records/nothing"} {
			if s.shown(t, role, path) != want {
				t.Errorf("%s at %s: banner %v", role, path, !want)
			}
		}
	}
	s.get(t, access.DutyWorker, "/caseload").lacks(t, "Semhar", s.reference)
	list := s.get(t, access.DutyWorker, "/alerts")
	list.has(t, "Nobody yet", "24 November 2026, 10:00")
	list.lacks(t, "Semhar", s.reference, "door")
	path := alertLink.FindString(list.Body)
	s.get(t, access.Manager, path).is(t, http.StatusNotFound)

	p := s.get(t, access.DutyWorker, path)
	p.has(t, "Semhar Tesfay", s.reference, "Do not call or write", "He is at the door", "Open the record in an emergency", "Name of duty-worker, on duty")
	p.lacks(t, "/records/"+s.record, "End the alert")
	p.has(t, "Semhar Tesfay says that they are not safe", "They asked not to be called.", "Their page is in English.", "Less than a minute ago")
	if s.shown(t, access.DutyWorker, path) || !strings.Contains(p.Body, "Another young person says that they are not safe.") {
		t.Error("the page of an alert says of itself that another one waits")
	}
	s.get(t, access.Worker, path).has(t, "/records/"+s.record)
	opens := s.post(t, access.DutyWorker, path+"/open", url.Values{})
	s.get(t, access.DutyWorker, opens.Location).has(t, `value="`+s.reference+`"`, "They said on their own page at 10:00 that they are not safe.")

	wrong := s.post(t, access.DutyWorker, path, url.Values{"answer": {"soon"}})
	s.get(t, access.DutyWorker, wrong.Location).is(t, http.StatusUnprocessableEntity)
	s.post(t, access.DutyWorker, path, url.Values{"answer": {"coming"}}).is(t, http.StatusSeeOther)
	late := s.post(t, access.Worker, path, url.Values{"answer": {"calling"}})
	if late.Location != path || !strings.Contains(late.Header.Get("Set-Cookie"), "alert-taken") {
		t.Errorf("the second one is led to %s, %s", late.Location, late.Header.Get("Set-Cookie"))
	}
	s.get(t, access.Worker, path).has(t, "Name of duty-worker", "I am on my way to you", "End the alert")
	if s.shown(t, access.Worker, "/caseload") {
		t.Error("the banner stands where somebody has it")
	}
	s.get(t, access.Worker, s.post(t, access.Worker, path+"/close", url.Values{"remark": {"short"}}).Location).has(t, "Say what was done, in 10 to 1,000 characters.")
	s.post(t, access.Worker, path+"/close", url.Values{"remark": {"She is with her carer."}}).is(t, http.StatusSeeOther)
	ended := s.get(t, access.DutyWorker, path)
	ended.has(t, "Semhar Tesfay said that they were not safe", "She is with her carer.", "By Name of worker", "Who had it", "“Do not call or write”")
	ended.lacks(t, "it may not be safe for them")
	s.get(t, access.DutyWorker, "/alerts").has(t, "1 ended in the last two weeks")
}

// What nobody has stands first, however late it came, and the bar on another alert's page
// says that it waits.
func TestWhatNobodyHasStandsFirst(t *testing.T) {
	s := newAlarm(t, access.DutyWorker)
	s.sends(t)
	held := alertLink.FindString(s.get(t, access.DutyWorker, "/alerts").Body)
	s.post(t, access.DutyWorker, held, url.Values{"answer": {"coming"}}).is(t, http.StatusSeeOther)
	s.now = s.now.Add(9 * time.Minute)
	s.own = s.come(t, s.young(t, "Tam Nguyen"), "en")
	s.sends(t)
	s.now = s.now.Add(2 * time.Minute)
	list := s.get(t, access.DutyWorker, "/alerts")
	list.has(t, "2 alerts now, 1 that nobody has yet", "11 minutes ago", "2 minutes ago")
	if first := alertLink.FindString(list.Body); first == held {
		t.Error("the one that somebody has stands first")
	}
	if !strings.Contains(s.get(t, access.DutyWorker, held).Body, `data-watch="/alerts/waiting?but=`+strings.TrimPrefix(held, "/alerts/")+`"><p`) {
		t.Error("on the page of the one nothing says that the other waits")
	}
}

// A page that asks by itself keeps nobody signed in, and stands in no log.
func TestAskingForAlertsIsNoUseOfASession(t *testing.T) {
	s := newAlarm(t, access.DutyWorker)
	s.sends(t)
	before := s.entries(t)
	for range 13 {
		s.now = s.now.Add(5 * time.Minute)
		s.get(t, access.DutyWorker, "/alerts/waiting")
	}
	if p := s.get(t, access.DutyWorker, "/alerts/waiting"); p.Status == http.StatusOK {
		t.Errorf("after an hour alone the session goes on: %s", p.Body)
	}
	if after := s.entries(t); after != before {
		t.Errorf("%d entries were written", after-before)
	}
}

func (s *alarm) entries(t *testing.T) (n int) {
	t.Helper()
	err := s.db.Read(t.Context(), func(tx *store.Tx) error {
		list, err := tx.AuditOfRecord("999", s.record, 1000)
		n = len(list)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// The banner comes by itself onto a page that is open already.
func TestTheBannerComesByItselfInABrowser(t *testing.T) {
	s := newAlarm(t, access.DutyWorker)
	tab := webtest.Start(t).Open(t, webtest.Visit{URL: s.URL + "/caseload", Cookies: []*http.Cookie{s.cookies[access.DutyWorker]}})
	const hidden = `document.querySelector("[data-watch]").hidden`
	if !webtest.Evaluate[bool](t, tab, hidden) {
		t.Fatal("the banner stands where nothing waits")
	}
	s.sends(t)
	tab.Until(t, "the banner comes", "!"+hidden)
}

func TestTheAlertPagesInABrowser(t *testing.T) {
	t.Parallel()
	s := newAlarm(t, access.DutyWorker)
	browser := webtest.Start(t)
	look := func(name string, role access.Role, path string, refusal bool) {
		t.Run(name, func(t *testing.T) {
			browser.Check(t, webtest.Visit{URL: s.URL + path, Cookies: []*http.Cookie{s.cookies[role]}, Refusal: refusal})
		})
	}
	look("no alert", access.DutyWorker, "/alerts", false)
	look("on duty", access.Manager, "/duty", false)
	look("on duty, with errors", access.Manager, s.post(t, access.Manager, "/duty", url.Values{"email-2": {"x"}}).Location, true)
	look("settings with errors", access.Manager, s.post(t, access.Manager, "/duty/settings", url.Values{"minutes": {"0"}, "number-1": {"x"}}).Location, true)
	s.sends(t)
	look("alerts", access.DutyWorker, "/alerts", false)
	path := alertLink.FindString(s.get(t, access.DutyWorker, "/alerts").Body)
	look("an alert", access.DutyWorker, path, false)
	look("an alert, with errors", access.DutyWorker, s.post(t, access.DutyWorker, path, nil).Location, true)
	s.post(t, access.DutyWorker, path, url.Values{"answer": {"police"}})
	look("an alert that somebody has", access.DutyWorker, path, false)
}

// A restricted record: whom to reach, and nothing of the young person.
func TestAnAlertOfARestrictedRecordOnItsPage(t *testing.T) {
	s := newAlarm(t, access.DutyWorker)
	boss, _ := s.another(t, "boss", access.Manager)
	if _, err := s.Restrict(t.Context(), s.actors[access.Manager], s.record, []string{s.actors[access.Manager].Account, boss.Account}); err != nil {
		t.Fatal(err)
	}
	before := s.ask(t, http.MethodGet, "/me/now", nil, s.own)
	before.lacks(t, "They see your name")
	s.sends(t)
	path := alertLink.FindString(s.get(t, access.DutyWorker, "/alerts").Body)
	p := s.get(t, access.DutyWorker, path)
	p.has(t, "whose record is restricted", "Name of boss", "Name of manager")
	p.lacks(t, "Semhar", s.reference, "door", s.record, "in an emergency</button>")
	s.post(t, access.DutyWorker, path+"/open", url.Values{}).is(t, http.StatusNotFound)
	s.get(t, access.Worker, path).is(t, http.StatusNotFound)
	s.get(t, access.Manager, path).has(t, "Semhar Tesfay")
	s.post(t, access.DutyWorker, path, url.Values{"answer": {"finding"}}).is(t, http.StatusSeeOther)
}

func TestWhoIsOnDutyIsKept(t *testing.T) {
	s := newAlarm(t, access.DutyWorker, access.Worker)
	p := s.get(t, access.Manager, "/duty")
	p.has(t, "duty-worker@council.example", "worker@council.example", `value="0800 1111"`, "Police, ambulance, fire")
	wrong := s.post(t, access.Manager, "/duty/settings", url.Values{"minutes": {"90"}, "days": {"7"}, "number-name-1": {"Police"}, "number-1": {"999"}})
	again := s.get(t, access.Manager, wrong.Location)
	again.is(t, http.StatusUnprocessableEntity)
	again.has(t, "Enter a whole number of minutes from 1 to 60.", `value="90"`, "duty-worker@council.example")
	s.post(t, access.Manager, "/duty/settings", url.Values{"minutes": {"3"}, "days": {"7"}, "leave-to": {"https://weather.example/today"}, "number-name-1": {"Police"}, "number-1": {"999"}}).is(t, http.StatusSeeOther)
	s.ask(t, http.MethodGet, "/me/now", nil, s.own).has(t, "in \u20683\u2069 minutes", `href="tel:999"`)
	if err := s.EndAccount(t.Context(), service.Operator("999"), s.actors[access.DutyWorker].Account); err != nil {
		t.Fatal(err)
	}
	s.get(t, access.Manager, "/duty").has(t, "Not told, because their account has ended or may not answer alerts: Name of duty-worker.")
	s.ask(t, http.MethodGet, "/me/now", nil, s.own).has(t, "Name of worker")
	left := s.ask(t, http.MethodPost, "/me/leave", nil, s.own)
	if left.Header.Get("Refresh") != "0; url=https://weather.example/today" {
		t.Errorf("Leave leads to %q, %q", left.Header.Get("Refresh"), left.Location)
	}
}
