package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/date"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
	"stablefutures/internal/web/webtest"
)

func newYoung(s *site) url.Values {
	return url.Values{"id": {s.NewID()}, "name": {"Semhar Tesfay"}, "birth-date-day": {"3"}, "birth-date-month": {"2"}, "birth-date-year": {"2010"},
		"sex": {"F"}, "ethnicity": {"BAFR"}}
}

func TestAYoungPersonWhoIsInNoReturnIsAddedOnce(t *testing.T) {
	s := newSite(t)
	s.get(t, access.Manager, "/records/new").has(t, "Add a young person", "Number in your case system")
	s.get(t, access.Worker, "/records/new").lacks(t, "Number in your case system")
	claimed := newYoung(s)
	claimed.Set("la-id", "1001") // whose facts the next return would bring
	s.submit(t, access.Worker, "/records/new", claimed).has(t, "is for a manager to give")
	form := newYoung(s)
	first := s.post(t, access.Worker, "/records/new", form)
	first.is(t, http.StatusSeeOther)
	if again := s.post(t, access.Worker, "/records/new", form); again.Location != first.Location {
		t.Errorf("the form sent twice added two: %s, %s", first.Location, again.Location)
	}
	s.get(t, access.Worker, first.Location).has(t, "Semhar Tesfay", "3 February 2010", "entered by Name of worker")

	likely := s.submit(t, access.Worker, "/records/new", newYoung(s))
	likely.is(t, http.StatusOK)
	likely.has(t, "may be somebody who is here already", "the same date of birth", "It is somebody else: add them", `value="Semhar Tesfay"`)
	_, other := s.another(t, "other-worker", access.Worker)
	hidden := s.follow(t, s.ask(t, http.MethodPost, "/records/new", newYoung(s), other), other)
	hidden.has(t, "1 more record is alike that you may not open")
	hidden.lacks(t, "Open ")
}

// Two records that nothing makes a likely match are linked by their references.
func TestTwoRecordsArePairedByTheirReferences(t *testing.T) {
	s := newSite(t)
	one, other := s.young(t, "Semhar Tesfay"), s.young(t, "Duc Nguyen")
	references := map[string]string{}
	for _, record := range []string{one, other} {
		_, rest, _ := strings.Cut(s.get(t, access.Worker, "/records/"+record).Body, "Caseload</a>")
		references[record] = referenceIn.FindString(rest)
	}
	s.submit(t, access.DataOfficer, "/matches/pair", url.Values{"one": {references[one]}, "other": {"AAAA-AA"}}).has(t, "no record with this reference", `value="`+references[one])
	s.submit(t, access.DataOfficer, "/matches/pair", url.Values{"one": {references[one]}, "other": {references[one]}}).has(t, "the same record twice")
	s.submit(t, access.DataOfficer, "/matches/pair", url.Values{"one": {references[one]}, "other": {strings.ToLower(references[other])}}).has(t, "They are one young person now")
	for _, address := range []string{one, other} {
		s.get(t, access.Manager, "/records/"+address).is(t, http.StatusOK) // no address dies
		// The worker had both for having added them: a link by a data officer ends that.
		s.get(t, access.Worker, "/records/"+address).is(t, http.StatusNotFound)
	}
}

var referenceIn = regexp.MustCompile(`[A-Z0-9]{4}-[A-Z0-9]{2}`)

// Whom somebody may be already is shown before they are added, and shown again
// where it is not the same any more as what was shown.
func TestLikelyDuplicatesAreSeenBeforeAdding(t *testing.T) {
	s := newSite(t)
	s.young(t, "Semhar Tesfay")
	form := newYoung(s)
	form.Set("name", "Semhar Tesfay")
	likely := s.submit(t, access.Worker, "/records/new", form)
	likely.has(t, "may be somebody who is here already")
	form.Set("anyway", "yes")
	form.Set("shown", "yes")
	s.submit(t, access.Worker, "/records/new", form).has(t, "may be somebody who is here already")

	form.Set("shown", between(likely.Body, `name="shown" value="`, `"`))
	form.Set("birth-date-day", "4") // another day: nobody is like them but by name
	form.Set("name", "Semhar Haile")
	s.submit(t, access.Worker, "/records/new", form).lacks(t, "may be somebody who is here already")

	second := newYoung(s)
	likely = s.submit(t, access.Worker, "/records/new", second)
	second.Set("shown", between(likely.Body, `name="shown" value="`, `"`))
	third := newYoung(s) // in the meantime somebody else adds one more who is like them
	third.Set("shown", second.Get("shown"))
	s.submit(t, access.Manager, "/records/new", third).has(t, "How things stand for Semhar Tesfay")
	s.submit(t, access.Worker, "/records/new", second).has(t, "may be somebody who is here already", "1 more record is alike that you may not open")
}

func TestWhatIsWrongWithAYoungPersonStandsAtItsField(t *testing.T) {
	s := newSite(t)
	form := newYoung(s)
	form.Set("birth-date-year", "2030")
	form.Set("upn", "short")
	p := s.submit(t, access.Worker, "/records/new", form)
	p.is(t, http.StatusUnprocessableEntity)
	p.has(t, "in the future", `href="#birth-date-day"`, "13 letters and digits", `value="2030"`)
	form.Set("birth-date-month", "13")
	both := s.submit(t, access.Worker, "/records/new", form) // a bad date hides nothing else
	both.has(t, "Semhar Tesfay", `value="13"`, "The date of birth: the month must be", "13 letters and digits")
	s.post(t, access.DataOfficer, "/records/new", newYoung(s)).is(t, http.StatusForbidden)
}

func referral(version string) url.Values {
	return url.Values{"version": {version}, "state": {"referred"}, "referred-on-day": {"2"}, "referred-on-month": {"3"}, "referred-on-year": {"2026"},
		"first-responder": {"Fernshire Council"}, register.FieldTypes: {"criminal"}, "reasonable-grounds": {"positive"},
		"reasonable-grounds-on-day": {"9"}, "reasonable-grounds-on-month": {"3"}, "reasonable-grounds-on-year": {"2026"}}
}

func TestTheRegisterKeepsEveryVersion(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	path := "/records/" + record + "/register"
	empty := s.get(t, access.Worker, path)
	empty.has(t, "There is no entry yet", "NRM referral", "Guardian", `name="version" value="0"`)
	s.post(t, access.Worker, path, referral("0")).is(t, http.StatusSeeOther)
	kept := s.submit(t, access.Worker, path, referral("1")) // the same again is no other version
	kept.has(t, "The entry is kept", "1 version", `name="version" value="1"`, "Name of worker", "Referred on: 2 March 2026")
	again := referral("1")
	again.Set("conclusive-grounds", "positive")
	again.Set("conclusive-grounds-on-day", "1")
	again.Set("conclusive-grounds-on-month", "10")
	again.Set("conclusive-grounds-on-year", "2026")
	s.post(t, access.Worker, path, again).is(t, http.StatusSeeOther)
	s.get(t, access.Worker, path).has(t, "2 versions", "Conclusive grounds on: 1 October 2026")
	s.get(t, access.Worker, "/records/"+record).has(t, "Register: referred to the NRM", "Register: reasonable grounds: positive", "Register: conclusive grounds: positive")
}

func TestDatesAreCheckedAgainstEachOther(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	path := "/records/" + record + "/register"
	form := referral("0")
	form.Set("reasonable-grounds-on-year", "2025") // before the referral
	p := s.submit(t, access.Worker, path, form)
	p.is(t, http.StatusUnprocessableEntity)
	p.has(t, `href="#reasonable-grounds-on-day"`, `value="2025"`, "Fernshire Council")
	form = referral("0")
	form.Set("referred-on-month", "13")
	s.submit(t, access.Worker, path, form).has(t, `href="#referred-on-month"`, `value="13"`)
	s.get(t, access.Worker, path).has(t, "There is no entry yet")
}

// All that is wrong is said at once, each date by its name, and one mistake once.
func TestAllThatIsWrongWithAnEntryIsSaidAtOnce(t *testing.T) {
	s := newSite(t)
	path := "/records/" + s.young(t, "Semhar Tesfay") + "/register"
	form := referral("0")
	form.Set("referred-on-year", "26")
	form.Set("closed-reason", "decided") // without a day
	form.Set("contact-note", "Ring 07700 900123 after five")
	p := s.submit(t, access.Worker, path, form)
	p.is(t, http.StatusUnprocessableEntity)
	p.has(t, "“Referred on”: the year must have four digits", "There is a reason for closing but no day", "holds what looks like a phone number", `value="26"`)

	form = referral("0")
	form.Set("state", "suspected")
	p = s.submit(t, access.Worker, path, form)
	if _, summary, _ := strings.Cut(p.Body, "govuk-error-summary__list"); strings.Count(summary[:strings.Index(summary, "</ul>")], "<li>") != 1 {
		t.Errorf("one wrong answer is told several times:\n%s", summary)
	}
	p.has(t, "suspected and not referred, but these are filled in: Referred on, Reasonable grounds, Reasonable grounds on", `href="#state"`)
}

// Two people change one entry. What only the other one changed comes into the
// second one's form, and is not overwritten by an old value in it.
func TestWhatSomebodyElseChangedComesIntoTheForm(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	path := "/records/" + record + "/register"
	s.post(t, access.Worker, path, referral("0")).is(t, http.StatusSeeOther)
	theirs := referral("1")
	theirs.Set("first-responder", "Fernshire Police")
	s.post(t, access.Manager, path, theirs).is(t, http.StatusSeeOther)
	mine := referral("1")
	mine.Set("guardian", "requested")
	p := s.submit(t, access.Worker, path, mine)
	p.is(t, http.StatusConflict)
	p.has(t, "Somebody else changed this entry", "by Name of manager", "They changed this and you did not", "Fernshire Police", `name="version" value="2"`,
		`<option value="requested" selected`, `value="Fernshire Police"`)
	p.lacks(t, "which holds?")
	s.get(t, access.Worker, p.Location).is(t, http.StatusConflict)
	shown := mine // as the form stands now
	shown.Set("version", "2")
	shown.Set("first-responder", "Fernshire Police")
	s.submit(t, access.Worker, path, shown).has(t, "3 versions", `value="Fernshire Police"`, `<option value="requested" selected`)
}

// What both changed differently is asked: nothing is kept before it is decided.
func TestWhatTwoPeopleChangedDifferentlyIsAsked(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	path := "/records/" + record + "/register"
	s.post(t, access.Worker, path, referral("0")).is(t, http.StatusSeeOther)
	theirs := referral("1")
	theirs.Set("first-responder", "Fernshire Police")
	theirs.Set("referred-on-day", "4")
	theirs["types"] = []string{"labour"}
	s.post(t, access.Manager, path, theirs).is(t, http.StatusSeeOther)
	mine := referral("1")
	mine.Set("first-responder", "Fernshire NHS")
	mine.Set("referred-on-day", "5")
	mine["types"] = []string{"criminal", "sexual"}
	p := s.submit(t, access.Worker, path, mine)
	p.is(t, http.StatusConflict)
	p.has(t, "First responder organisation: which holds?", "Yours: Fernshire NHS", "Theirs: Fernshire Police", "Yours: 5 March 2026", "Theirs: 4 March 2026", "Yours: Criminal; Sexual", "Theirs: Labour",
		`name="both" value="first-responder"`, `name="referred-on-day" value="5"`, `name="types" value="sexual"`)
	again := mine
	again.Set("version", "2")
	again["both"] = []string{"first-responder", "referred-on", "types"}
	again.Set("choose-first-responder", "theirs")
	again.Set("choose-types", "theirs")
	undecided := s.submit(t, access.Worker, path, again)
	undecided.is(t, http.StatusConflict)
	undecided.has(t, "Choose which holds for “Referred on”: yours or theirs", "Yours: Fernshire NHS")
	s.get(t, access.Worker, path).has(t, "2 versions")
	again.Set("choose-referred-on", "mine")
	s.submit(t, access.Worker, path, again).has(t, "3 versions", `value="Fernshire Police"`, `name="referred-on-day" type="text" value="5"`, "Exploitation types: Labour")
}

func TestAManagerAllocates(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	other, cookie := s.another(t, "other-worker", access.Worker)
	path := "/records/" + record + "/workers"
	s.get(t, access.Worker, path).is(t, http.StatusForbidden)
	s.get(t, access.Manager, path).has(t, "Name of worker", "Name of other-worker")
	s.ask(t, http.MethodGet, "/records/"+record, nil, cookie).is(t, http.StatusNotFound)
	s.post(t, access.Manager, path, url.Values{"workers": {other.Account}}).is(t, http.StatusSeeOther)
	s.ask(t, http.MethodGet, "/records/"+record, nil, cookie).is(t, http.StatusOK)
	s.get(t, access.Worker, "/records/"+record).is(t, http.StatusNotFound)
	s.submit(t, access.Manager, path, url.Values{"workers": {"nobody"}}).is(t, http.StatusUnprocessableEntity)
}

func TestIdentityByHandIsBelieved(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	s.now = s.now.Add(time.Minute) // two corrections have two times
	form := newYoung(s)
	form.Set("name", "Semhar Tesfay Haile")
	s.get(t, access.Worker, "/records/"+record+"/identity").has(t, "believed before every return", `value="Semhar Tesfay"`)
	s.post(t, access.Worker, "/records/"+record+"/identity", form).is(t, http.StatusSeeOther)
	s.get(t, access.Worker, "/records/"+record).has(t, "Semhar Tesfay Haile")
	form.Set("birth-date-year", "1960")
	s.submit(t, access.Worker, "/records/"+record+"/identity", form).has(t, "over 30")
}

// One young person under two numbers: somebody links them, one record shows
// both, and the link can be undone.
func TestALinkIsMadeAndUndone(t *testing.T) {
	s := newSite(t)
	header := func(id string) string {
		return "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n" + id + ",1,01/02/2010,WBRI,A123456789012,,\n"
	}
	for n, id := range []string{"1001", "2002"} {
		report, err := s.Import(t.Context(), service.Operator("999"), []service.File{{Name: id + ".csv", Data: []byte(header(id))}}, service.ImportOptions{YearEnding: []date.Date{"2025-03-31", "2026-03-31"}[n]})
		if err != nil || len(report.Unrecognised) > 0 {
			t.Fatal(err, report.Unrecognised)
		}
	}
	p := s.get(t, access.DataOfficer, "/matches")
	p.has(t, "1 pair waits", "the same pupil number", "1001", "2002")
	pair := url.Values{"a": {between(p.Body, `name="a" value="`, `"`)}, "b": {between(p.Body, `name="b" value="`, `"`)}}
	s.post(t, access.DataOfficer, "/matches/link", pair).is(t, http.StatusSeeOther)
	s.get(t, access.DataOfficer, "/matches").has(t, "No pair waits", "Linked, said Name of data-officer", "Take this back")
	found := s.submit(t, access.Manager, "/caseload/find", url.Values{"find": {"2002"}})
	found.has(t, "1 young person for")
	_, rest, _ := strings.Cut(found.Body, "<table")
	record := between(rest, `href="/records/`, `"`)
	s.get(t, access.Manager, "/records/"+record).has(t, "1001, 2002")
	s.post(t, access.DataOfficer, "/matches/undo", pair).is(t, http.StatusSeeOther)
	s.get(t, access.DataOfficer, "/matches").has(t, "1 pair waits")
	s.post(t, access.DataOfficer, "/matches/different", pair).is(t, http.StatusSeeOther)
	s.get(t, access.DataOfficer, "/matches").has(t, "Two young people, said")
	s.post(t, access.DataOfficer, "/matches/link", url.Values{"a": {"x"}, "b": {"y"}}).is(t, http.StatusNotFound)
	s.get(t, access.Worker, "/matches").is(t, http.StatusForbidden)
}

func TestRegisterPagesInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	full, empty := s.young(t, "Duc Nguyen"), s.young(t, "Semhar Tesfay")
	s.refer(t, full)
	browser := webtest.Start(t)
	for n, visit := range []struct {
		role access.Role
		path string
	}{
		{access.Worker, "/records/new"}, {access.Worker, "/records/" + full + "/register"}, {access.Worker, "/records/" + empty + "/register"},
		{access.Worker, "/records/" + full + "/identity"}, {access.Manager, "/records/" + full + "/workers"}, {access.Manager, "/matches"}, {access.Manager, "/caseload"},
	} {
		t.Run(strconv.Itoa(n), func(t *testing.T) {
			browser.Check(t, webtest.Visit{URL: s.URL + visit.path, Cookies: []*http.Cookie{s.cookies[visit.role]}})
		})
	}
}
