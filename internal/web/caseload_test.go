package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"stablefutures/internal/access"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
	"stablefutures/internal/web/webtest"
)

// A search leads to a page of its own, whose address holds no name: it can be
// reloaded, it is its finder's alone, and it ends.
func TestWhatWasFoundHasAnAddressWithoutTheName(t *testing.T) {
	s := newSite(t)
	s.young(t, "Semhar Tesfay")
	s.young(t, "Duc Nguyen")
	found := s.submit(t, access.Worker, "/caseload/find", url.Values{"find": {" semhar "}})
	found.has(t, "1 young person for “semhar”", "Semhar Tesfay", `value="semhar"`, "Show the whole caseload")
	found.lacks(t, "Duc Nguyen", "What waits now")
	if strings.Contains(strings.ToLower(found.Location), "semhar") || !strings.HasPrefix(found.Location, "/caseload/found/") {
		t.Errorf("the address is %s", found.Location)
	}
	if again := s.get(t, access.Worker, found.Location); again.Body != found.Body {
		t.Error("a reload finds something else")
	}
	s.get(t, access.Manager, found.Location).lacks(t, "semhar")
	s.now = s.now.Add(31 * time.Minute)
	gone := s.get(t, access.Worker, found.Location)
	gone.is(t, http.StatusOK)
	gone.has(t, "kept for half an hour, and is gone now", "Duc Nguyen", `href="/caseload?order=age"`)

	nobody := s.submit(t, access.Worker, "/caseload/find", url.Values{"find": {"zzz"}})
	nobody.has(t, "Nobody was found for “zzz”", "Nobody who is allocated to you matches")
	nobody.lacks(t, "0 young people")

	for form, want := range map[string]string{"": "/caseload", "order=age": "/caseload?order=age"} {
		values, err := url.ParseQuery(form)
		if err != nil {
			t.Fatal(err)
		}
		if p := s.post(t, access.Worker, "/caseload/find", values); p.Location != want {
			t.Errorf("an empty search leads to %s", p.Location)
		}
	}
	if p := s.get(t, access.Worker, "/caseload/find"); p.Status != http.StatusSeeOther || p.Location != "/caseload" {
		t.Errorf("GET /caseload/find answers %d %s", p.Status, p.Location)
	}
}

// rowsOf are the references of a caseload's rows, in order.
func rowsOf(p page) []string {
	_, table, _ := strings.Cut(p.Body, `id="cases"`)
	var list []string
	for _, row := range strings.Split(table, `href="/records/`)[1:] {
		list = append(list, between(row, `">`, "<"))
	}
	return list
}

func TestTheCaseloadIsOrderedAndNarrowed(t *testing.T) {
	s := newSite(t)
	talked, referred := s.young(t, "Semhar Tesfay"), s.young(t, "Duc Nguyen")
	s.talk(t, talked, 2, 4, "")
	s.refer(t, referred)
	names := func(path string) string {
		p := s.get(t, access.Worker, path)
		p.is(t, http.StatusOK)
		_, table, _ := strings.Cut(p.Body, `id="cases"`)
		first, second := strings.Index(table, "Semhar"), strings.Index(table, "Duc")
		switch {
		case first < 0 && second < 0:
			return "nobody"
		case second < 0:
			return "Semhar"
		case first < 0:
			return "Duc"
		case first < second:
			return "Semhar, Duc"
		}
		return "Duc, Semhar"
	}
	for path, want := range map[string]string{
		"/caseload": "Duc, Semhar", "/caseload?order=nonsense": "Duc, Semhar", "/caseload?order=talk": "Duc, Semhar", "/caseload?order=talked": "Duc, Semhar",
		"/caseload?order=waiting": "Duc, Semhar", "/caseload?show=waiting": "Duc", "/caseload?show=no-talk": "Duc", "/caseload?show=missing": "nobody", "/caseload?show=nonsense": "Duc, Semhar",
	} {
		if got := names(path); got != want {
			t.Errorf("%s lists %s, want %s", path, got, want)
		}
	}
	s.get(t, access.Worker, "/caseload?order=age").has(t, `aria-sort="descending"`, "the oldest first", `href="/caseload?order=missing"`, `href="/caseload?order=talked"`)
	s.get(t, access.Worker, "/caseload?show=missing").has(t, "There is nobody to show here", "missing now", `<option value="missing" selected`)
	s.get(t, access.Worker, "/caseload").has(t, `<td class="govuk-table__cell sf-quiet" role="cell"><span class="sf-stack__label" aria-hidden="true">Missing now: </span>no`)
	if rows := rowsOf(s.get(t, access.Worker, "/caseload?order=reference")); len(rows) != 2 || rows[0] > rows[1] {
		t.Errorf("by reference: %v", rows)
	}
}

// The first page says what waits: who, what, since when, and why.
func TestTheFirstPageSaysWhatWaits(t *testing.T) {
	s := newSite(t)
	s.get(t, access.Worker, "/caseload").has(t, "What waits now", "Nothing waits: nobody is missing")
	old, fresh := s.young(t, "Semhar Tesfay"), s.young(t, "Duc Nguyen")
	s.talk(t, fresh, 2, 4, "")
	s.refer(t, fresh) // reasonable grounds in March: waiting for less than a year
	err := s.SaveRegister(t.Context(), s.actors[access.Worker], old, 0, register.Entry{
		register.FieldState: string(register.Referred), register.FieldReferredOn: "2026-11-02", register.FieldReasonableGrounds: register.Undecided})
	if err != nil {
		t.Fatal(err)
	}
	waits, _, _ := strings.Cut(s.get(t, access.Worker, "/caseload").Body, `id="list"`)
	p := page{Body: waits, Status: http.StatusOK}
	p.has(t, "Semhar Tesfay", "Waiting 22 days for reasonable grounds, since 2 November 2026", "5 working days", "No conversation yet; known here since 24 November 2026", "Nobody has asked them")
	p.lacks(t, "Duc Nguyen", "likely match")

	s.now = s.now.AddDate(0, 7, 0) // the sessions are over; the door is asked
	list, err := s.Caseload(t.Context(), s.actors[access.Worker], "", service.ByName)
	if err != nil {
		t.Fatal(err)
	}
	silent := 0
	for _, w := range list.Waits {
		if w.Kind == service.ShowSilent {
			silent++
		}
	}
	if silent != 2 {
		t.Errorf("seven months later %d young people wait for a conversation, want both", silent)
	}
}

// Who is missing stands first, and a few are named for each reason: the others
// are one link away.
func TestMissingStandsFirstAndManyAreCounted(t *testing.T) {
	s := newSite(t)
	for range 5 {
		s.young(t, "Semhar Tesfay")
	}
	_, err := s.Import(t.Context(), service.Operator("999"), []service.File{{Name: "m.csv", Data: []byte(missingCSV + "1003,03/04/2011,M,03/11/2026,\n")}}, service.ImportOptions{YearEnding: "2027-03-31"})
	if err != nil {
		t.Fatal(err)
	}
	found := s.submit(t, access.Manager, "/caseload/find", url.Values{"find": {"1003"}})
	_, row, _ := strings.Cut(found.Body, `id="cases"`)
	record := between(row, `href="/records/`, `"`)
	s.submit(t, access.Manager, "/records/"+record+"/workers", url.Values{"workers": {s.actors[access.Worker].Account}}).has(t, "The workers are kept")
	p := s.get(t, access.Worker, "/caseload")
	p.has(t, "Missing since 3 November 2026", "sf-waits__bar", "3 more", `href="/caseload?show=no-talk"`)
	if strings.Index(p.Body, "Missing since 3 November") > strings.Index(p.Body, "No conversation yet") {
		t.Error("somebody who is missing does not stand first")
	}
}

// Whom a manager adds by hand is on the caseload, and somebody is told to
// allocate them; whom a worker adds is theirs.
func TestWhoWasAddedByHandIsOnTheCaseload(t *testing.T) {
	s := newSite(t)
	s.submit(t, access.Manager, "/records/new", newYoung(s)).has(t, "The young person has been added. Nobody works with them yet: allocate them to a worker")
	s.get(t, access.Manager, "/caseload").has(t, "Semhar Tesfay", "nobody yet", "1 young person</a>", "Without a worker")
	s.get(t, access.Worker, "/caseload").lacks(t, "Semhar Tesfay")

	form := newYoung(s)
	form.Set("name", "Duc Nguyen")
	form.Set("ethnicity", "CHNE")
	own := s.submit(t, access.Worker, "/records/new", form)
	own.has(t, "The young person has been added.")
	own.lacks(t, "Nobody works with them yet")
	s.get(t, access.Worker, "/caseload").has(t, "Duc Nguyen")
}

// Back, after finding somebody and opening their record, is a page and never the
// question whether to send a form again; what was typed into the field still filters.
func TestBackAfterFindingIsAPage(t *testing.T) {
	s := newSite(t)
	s.young(t, "Semhar Tesfay")
	s.young(t, "Duc Nguyen")
	browser := webtest.Start(t)
	tab := browser.Open(t, webtest.Visit{URL: s.URL + "/caseload", Cookies: []*http.Cookie{s.cookies[access.Worker]}})
	const open = `document.querySelector("#cases th a").click(); true`
	tab.Run(t, chromedp.SendKeys(chromedp.ID("find"), "semhar"))
	const shown = `[...document.querySelectorAll("#cases tbody tr")].filter((r) => r.getClientRects().length).length === 1`
	tab.Until(t, "one row is left", shown)
	tab.Leads(t, `[...document.querySelectorAll("#cases tbody tr")].find((r) => r.getClientRects().length).querySelector("a").click(); true`)
	tab.Until(t, "the record is open", `location.pathname.startsWith("/records/") && document.readyState === "complete"`)
	webtest.Evaluate[bool](t, tab, `history.back(); true`)
	tab.Until(t, "the filter still holds", `location.pathname === "/caseload" && document.readyState === "complete" && `+shown)

	tab.Leads(t, `document.querySelector("form[role=search]").requestSubmit(); true`)
	tab.Until(t, "somebody is found", `location.pathname.startsWith("/caseload/found/") && document.readyState === "complete"`)
	webtest.Evaluate[bool](t, tab, open)
	tab.Until(t, "the record is open", `location.pathname.startsWith("/records/") && document.readyState === "complete"`)
	webtest.Evaluate[bool](t, tab, `history.back(); true`)
	tab.Until(t, "what was found is there again", `location.pathname.startsWith("/caseload/found/") && document.body.textContent.includes("1 young person for")`)
}
