package web_test

import (
	"net/http"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/date"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// What is decided is not waited for, and each stands where it belongs.
func TestWhatWaitsIsToldFromWhatIsDecided(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	path := "/records/" + record
	s.get(t, access.Worker, path).has(t, "Nothing is waited for", "Not on the register")
	s.refer(t, record)
	parts := func() (waits, decided page) {
		_, body, _ := strings.Cut(s.get(t, access.Worker, path).Body, `id="waits"`)
		before, after, _ := strings.Cut(body, "What is decided")
		after, _, _ = strings.Cut(after, "</section>")
		return page{Body: before}, page{Body: after}
	}
	waits, decided := parts()
	waits.has(t, "Waiting 260 days for conclusive grounds", "Since the reasonable grounds decision on 9 March 2026")
	waits.lacks(t, "Positive", "Criminal", "Guardian")
	decided.has(t, "Referred to the NRM", "Reasonable grounds", "Positive", "On 9 March 2026", "Criminal")
	decided.lacks(t, "Conclusive grounds")

	err := s.SaveRegister(t.Context(), s.actors[access.Worker], record, 1, register.Entry{
		register.FieldState: string(register.Referred), register.FieldReferredOn: "2026-03-02", register.FieldReasonableGrounds: register.Negative,
		register.FieldReasonableGroundsOn: "2026-03-09", register.FieldGuardian: register.GuardianRequested, register.FieldGuardianRequestedOn: "2026-11-14"})
	if err != nil {
		t.Fatal(err)
	}
	waits, decided = parts()
	waits.has(t, "Waiting 10 days for a guardian")
	waits.lacks(t, "grounds")
	decided.has(t, "Negative")
	s.get(t, access.Worker, path).has(t, "Register: reasonable grounds: negative", "Register: guardian requested")
}

// A record says a name or a reference once above its tabs.
func TestTheHeadDoesNotRepeatTheHeading(t *testing.T) {
	s := newSite(t)
	p := s.get(t, access.Worker, "/records/"+s.young(t, "Semhar Tesfay"))
	head := between(p.Body, `<h1 class="govuk-heading-l">`, `<nav class="sf-tabs"`)
	if strings.Count(head, "Semhar Tesfay") != 1 || !strings.Contains(head, "16 years old") {
		t.Errorf("the head says %s", head)
	}
}

// Counts of a year are shown, each year's by itself.
func TestCountsOfAYearAreShown(t *testing.T) {
	s := newSite(t)
	list8 := func(missing string) string {
		return "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date Started to be Looked After,Child's Legal Status," +
			"Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months,Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months,Number of Placements in the Last 12 months,Child's Category of Need\n" +
			"1001,a) Male,a) WBRI,01/02/2010,16,01/05/2024,C2," + missing + ",0,1,N8\n"
	}
	for year, missing := range map[string]string{"2025-03-31": "1", "2026-03-31": "3"} {
		report, err := s.Import(t.Context(), service.Operator("999"), []service.File{{Name: "list8.csv", Data: []byte(list8(missing))}}, service.ImportOptions{YearEnding: date.Date(year)})
		if err != nil || len(report.Unrecognised) > 0 || report.Files[0].RowsTaken != 1 {
			t.Fatal(err, report)
		}
	}
	found, err := s.Caseload(t.Context(), s.actors[access.Manager], "1001", service.ByName)
	if err != nil || len(found.Rows) != 1 {
		t.Fatal(err, found.Rows)
	}
	s.get(t, access.Manager, "/records/"+found.Rows[0].Record).has(t, "In the last 12 months missing 1 time, absent 0 times", "In the last 12 months missing 3 times, absent 0 times")
}

// Who looked at a record, and what at, is said in plain words.
func TestTheLogOfARecordIsInPlainWords(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	path := "/records/" + record
	for _, part := range []string{"", "/register", "/identity", "/outcomes"} {
		s.get(t, access.Worker, path+part).is(t, http.StatusOK)
	}
	s.refer(t, record)
	s.talk(t, record, 2, 1, "")
	s.get(t, access.Manager, path+"/workers").is(t, http.StatusOK)
	s.post(t, access.Manager, path+"/workers", map[string][]string{"workers": {s.actors[access.Worker].Account}}).is(t, http.StatusSeeOther)
	p := s.get(t, access.Worker, path+"/history")
	p.has(t, "Opened the record", "Opened the register entry", "Opened who the young person is", "Opened the outcomes", "Changed the register entry", "Began a conversation", "Wrote down what was said",
		"Changed who works with the young person", "Added the young person")
	p.lacks(t, "Read register", "Read record", "Allocate<", "Record reading")
}

// A refusal and a page that is not there keep the way on, for who is signed in.
func TestErrorPagesKeepTheFrame(t *testing.T) {
	s := newSiteOf(t, "Fernshire Council", true)
	for path, status := range map[string]int{"/records/nothing": http.StatusNotFound, "/nowhere": http.StatusNotFound, "/accounts": http.StatusForbidden} {
		p := s.get(t, access.Worker, path)
		p.is(t, status)
		p.has(t, "<strong>Fictional.</strong>", `href="/caseload"`, "Sign out", "Name of worker", "Go to the first page")
	}
	bad := s.post(t, access.Worker, "/records/"+s.young(t, "Semhar Tesfay")+"/register", map[string][]string{"version": {"x"}})
	bad.is(t, http.StatusBadRequest)
	bad.has(t, `href="/caseload"`)
	s.get(t, "", "/nowhere").lacks(t, "Sign out")
	if p, _ := ui.ProblemPage(http.StatusConflict); p.Heading != "Somebody else was first" {
		t.Errorf("a change by somebody else is told as %q", p.Heading)
	}
}
