package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

const whyNow = "Found at the station, needs a placement tonight."

// referenceOf is what people call a record by.
func (s *site) referenceOf(t testing.TB, record string) string {
	t.Helper()
	r, err := s.Record(t.Context(), s.actors[access.Worker], record)
	if err != nil {
		t.Fatal(err)
	}
	return r.Head.Reference
}

// elsewhere puts the duty worker into a team that works with none of the young people.
func (s *site) elsewhere(t testing.TB) {
	t.Helper()
	err := s.db.Write(t.Context(), func(tx *store.Tx) error {
		if err := tx.AddTeam("999", "north", "North", ""); err != nil {
			return err
		}
		return tx.Place("999", s.actors[access.DutyWorker].Account, "north", "", "")
	})
	if err != nil {
		t.Fatal(err)
	}
}

var ends = regexp.MustCompile(`/emergency/[^/"]+/end`)

// From asking to the end: the page leads to the record, which says why it is open and
// until when, and shows nothing that would be refused.
func TestAnEmergencyFromAskingToItsEnd(t *testing.T) {
	s := newSite(t)
	s.elsewhere(t)
	record := s.young(t, "Semhar Tesfay")
	talk := s.talk(t, record, 3, 1, "It is quiet.")
	reference := s.referenceOf(t, record)
	found := s.post(t, access.DutyWorker, "/caseload/find", url.Values{"find": {reference}})
	s.get(t, access.DutyWorker, found.Location).has(t, "Nobody was found", `href="/emergency"`)

	p := s.post(t, access.DutyWorker, "/emergency", url.Values{"reference": {"ZZZZ-ZZ"}, "reason": {whyNow}})
	wrong := s.get(t, access.DutyWorker, p.Location)
	wrong.is(t, http.StatusUnprocessableEntity)
	wrong.has(t, "No record with this reference or number can be opened", "ZZZZ-ZZ", whyNow)
	p = s.post(t, access.DutyWorker, "/emergency", url.Values{"reference": {reference}, "reason": {whyNow}})
	if p.Location != "/records/"+record {
		t.Fatalf("it leads to %q", p.Location)
	}
	for _, path := range []string{"", "/outcomes", "/register", "/history"} {
		p := s.get(t, access.DutyWorker, "/records/"+record+path)
		p.is(t, http.StatusOK)
		p.has(t, "You opened this in an emergency.", "It ends at 13:00. Why you did is reviewed.")
		p.lacks(t, "/talk\"", "/identity\"", "/workers\"", "Keep this entry")
	}
	s.get(t, access.DutyWorker, "/talks/"+talk+"/said").lacks(t, "Change the answer", "your own reading")
	if p := s.get(t, access.DutyWorker, "/talks/"+talk); p.Location != "/talks/"+talk+"/said" {
		t.Errorf("the cards answer %d %s", p.Status, p.Location)
	}
	for _, path := range []string{"/records/" + record + "/talk", "/records/" + record + "/identity", "/talks/" + talk + "/mine", "/talks/" + talk + "/young/home.1", "/talks/" + talk + "/mine/home.1"} {
		s.get(t, access.DutyWorker, path).is(t, http.StatusNotFound)
	}
	s.get(t, access.Worker, "/records/"+record).lacks(t, "You opened this in an emergency.")

	mine := s.get(t, access.DutyWorker, "/emergency")
	mine.has(t, reference, "until 13:00", whyNow, "End it now")
	p = s.post(t, access.DutyWorker, ends.FindString(mine.Body), url.Values{})
	p.is(t, http.StatusSeeOther)
	s.get(t, access.DutyWorker, "/records/"+record).is(t, http.StatusNotFound)
	s.get(t, access.DutyWorker, "/emergency").lacks(t, "End it now")
	s.get(t, access.Worker, "/records/"+record+"/history").has(t, "Opened the record in an emergency, for three hours", "Ended what they had opened in an emergency")
}

var noticeID = regexp.MustCompile(`name="notice" value="([^"]+)"`)

// A notice stands on every page until it was seen, for whom it is for alone, and on
// no screen that a young person looks at.
func TestANoticeStandsOnEveryPageUntilItWasSeen(t *testing.T) {
	s := newSite(t)
	s.elsewhere(t)
	record := s.young(t, "Semhar Tesfay")
	talk := s.talk(t, record, 3, 1, "It is quiet.")
	s.post(t, access.DutyWorker, "/emergency", url.Values{"reference": {s.referenceOf(t, record)}, "reason": {whyNow}})
	const says = "Name of duty-worker opened record"
	for _, path := range []string{"/caseload", "/account", "/overview", "/records/" + record, "/records/nothing", "/accounts", "/talks/" + talk + "/said"} {
		s.get(t, access.Worker, path).has(t, says, "I have seen this")
	}
	s.get(t, access.Worker, "/caseload").lacks(t, "Semhar Tesfay opened", whyNow)
	s.get(t, access.Manager, "/caseload").has(t, says)
	for _, role := range []access.Role{access.DutyWorker, access.Administrator, access.Auditor, access.DataOfficer} {
		s.get(t, role, "/account").lacks(t, says)
	}
	for _, path := range []string{"/talks/" + talk, "/talks/" + talk + "/young/home.1", "/talks/" + talk + "/today"} {
		p := s.get(t, access.Worker, path)
		p.is(t, http.StatusOK)
		p.lacks(t, says, "I have seen this")
	}
	id := noticeID.FindStringSubmatch(s.get(t, access.Worker, "/caseload?show=missing").Body)[1]
	s.post(t, access.Manager, "/notices/seen", url.Values{"notice": {id}})
	s.get(t, access.Worker, "/caseload").has(t, says)
	p := s.post(t, access.Worker, "/notices/seen", url.Values{"notice": {id}, "back": {"/caseload?show=missing"}})
	if p.Location != "/caseload?show=missing" {
		t.Errorf("it leads back to %q", p.Location)
	}
	if p := s.post(t, access.Worker, "/notices/seen", url.Values{"notice": {id}, "back": {"//elsewhere.example"}}); p.Location != "/" {
		t.Errorf("it leads to %q", p.Location)
	}
	s.get(t, access.Worker, "/caseload").lacks(t, says)
	s.get(t, access.Manager, "/caseload").has(t, says)
}

func TestAnEmergencyIsReviewedByAManager(t *testing.T) {
	s := newSite(t)
	s.elsewhere(t)
	record := s.young(t, "Semhar Tesfay")
	reference := s.referenceOf(t, record)
	s.post(t, access.DutyWorker, "/emergency", url.Values{"reference": {reference}, "reason": {whyNow}})
	s.get(t, access.DutyWorker, "/records/"+record)
	s.now = s.now.Add(8 * 24 * time.Hour)
	for _, role := range []access.Role{access.Manager, access.Auditor} {
		s.cookies[role] = s.trySignIn(t, s.credentials(t, string(role), password)).session()
	}
	list := s.get(t, access.Manager, "/emergencies")
	list.has(t, "1 waits for a review", "Name of duty-worker", reference, `href="/records/`+record+`"`, "Overdue")
	page := "/emergencies/" + regexp.MustCompile(`/emergencies/([a-z0-9]+)"`).FindStringSubmatch(list.Body)[1]
	s.get(t, access.Manager, page).has(t, whyNow, "Pages of it opened", "Was it right")
	p := s.post(t, access.Manager, page, url.Values{"outcome": {"wrong"}})
	s.get(t, access.Manager, p.Location).has(t, "Say what you found")
	p = s.post(t, access.Manager, page, url.Values{"outcome": {"wrong"}, "remark": {"They could have rung the worker."}})
	if p.Location != "/emergencies" {
		t.Fatalf("it leads to %q", p.Location)
	}
	s.get(t, access.Manager, "/emergencies").has(t, "Nothing waits for a review", "1 reviewed", "Wrong")
	s.get(t, access.Manager, page).has(t, "They could have rung the worker.")
	s.post(t, access.Manager, page, url.Values{"outcome": {"right"}, "remark": {"On second thoughts."}}).is(t, http.StatusConflict)
	told := s.get(t, access.Auditor, "/account")
	told.has(t, "A review found that Name of duty-worker should not have opened a record in an emergency.")
	told.lacks(t, reference)
}

func TestRestrictingARecord(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	path := "/records/" + record
	s.get(t, access.Manager, path).has(t, "Restrict to named people")
	s.get(t, access.Worker, path).lacks(t, "Restrict to named people")
	page := s.get(t, access.Manager, path+"/restriction")
	page.has(t, "Only the people whom you name can open the record", "Works with this young person now")
	page.lacks(t, "To lift it")
	if checked := strings.Count(page.Body, " checked"); checked != 1 {
		t.Errorf("%d boxes are ticked, want the manager's own", checked)
	}
	manager, worker, inspector := s.actors[access.Manager].Account, s.actors[access.Worker].Account, s.actors[access.Inspector].Account
	p := s.post(t, access.Manager, path+"/restriction", url.Values{"names": {manager}})
	s.get(t, access.Manager, p.Location).has(t, "Name at least two people")
	p = s.post(t, access.Manager, path+"/restriction", url.Values{"names": {manager, inspector}})
	p.is(t, http.StatusSeeOther)
	s.get(t, access.Worker, path).is(t, http.StatusNotFound)
	s.get(t, access.Manager, path+"/restriction").has(t, "restricted since", "To lift it, two people must agree", `href="/decisions"`)
	s.get(t, access.Manager, path).has(t, "Change to whom it is restricted")
	other, _ := s.another(t, "second", access.Manager)
	p = s.post(t, access.Manager, path+"/restriction", url.Values{"names": {worker, other.Account}})
	if p.Location != "/caseload" {
		t.Errorf("whoever took themselves off is led to %q", p.Location)
	}
	s.get(t, access.Manager, path).is(t, http.StatusNotFound)
	s.get(t, access.Worker, path).is(t, http.StatusOK)
}

// Who may read a record and not change it is shown nothing that would be refused.
func TestWhoOnlyReadsIsShownNoButtons(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	talk := s.talk(t, record, 3, 1, "It is quiet.")
	manager := s.actors[access.Manager]
	if err := s.Allocate(t.Context(), manager, record, []string{s.actors[access.Worker].Account, s.actors[access.Inspector].Account}); err != nil {
		t.Fatal(err)
	}
	for _, role := range []access.Role{access.Inspector} {
		for _, path := range []string{"/records/" + record, "/records/" + record + "/register", "/records/" + record + "/outcomes", "/talks/" + talk + "/said", "/talks/" + talk + "/today"} {
			p := s.get(t, role, path)
			p.is(t, http.StatusOK)
			p.lacks(t, "/talk\"", "/identity\"", "/workers\"", "/restriction\"", "a register entry", "the register entry", "Keep this entry", "Change the answer", "All cards", "your own reading")
		}
	}
}
