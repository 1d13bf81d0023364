package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"stablefutures/internal/access"
	"stablefutures/internal/framework"
	"stablefutures/internal/web/webtest"
)

// Pages in the states in which people meet them when something is wrong, or is
// about to change for good: axe finds nothing there either.
func TestPagesInEveryStateInABrowser(t *testing.T) {
	t.Parallel()
	s := newSiteOf(t, "Fernshire Council", true)
	look := s.looksOf(t, s.at)
	worker, manager, officer, admin := s.cookies[access.Worker], s.cookies[access.Manager], s.cookies[access.DataOfficer], s.cookies[access.Administrator]
	record := s.young(t, "Semhar Tesfay")

	wrong := newYoung(s)
	wrong.Set("upn", "short")
	wrong.Set("birth-date-month", "13")
	look("a form with errors", worker, s.post(t, access.Worker, "/records/new", wrong).Location, true)
	alike := newYoung(s)
	alike.Set("name", "Semhar Tesfay")
	look("likely duplicates", worker, s.post(t, access.Worker, "/records/new", alike).Location, false)
	look("what was found", worker, s.post(t, access.Worker, "/caseload/find", url.Values{"find": {"semhar"}}).Location, false)
	look("nobody found", worker, s.post(t, access.Worker, "/caseload/find", url.Values{"find": {"nobody"}}).Location, false)
	look("what waits", worker, "/caseload", false)
	look("narrowed", manager, "/caseload?show=missing", false)

	register := "/records/" + record + "/register"
	s.post(t, access.Worker, register, referral("0"))
	theirs, mine := referral("1"), referral("1")
	theirs.Set("first-responder", "Fernshire Police")
	theirs.Set("guardian", "requested")
	mine.Set("first-responder", "Fernshire NHS")
	s.post(t, access.Manager, register, theirs)
	look("two people changed one entry", worker, s.post(t, access.Worker, register, mine).Location, true)
	bad := referral("2")
	bad.Set("state", "suspected")
	bad.Set("referred-on-year", "26")
	look("an entry with errors", worker, s.post(t, access.Worker, register, bad).Location, true)

	look("not found", worker, "/records/nothing", true)
	look("not allowed", worker, "/accounts", true)
	look("not found, signed out", nil, "/nowhere", true)
	look("wrong password", nil, s.post(t, "", "/sign-in", url.Values{"username": {"worker"}, "password": {"wrong"}}).Location, true)

	rows := "CHILD,DOB,MISSING,MIS_START,MIS_END\n1001,01/02/2010,M,01/05/2025,02/05/2025\n1002,01/02/2010,M,01/06/2025,02/06/2025\n"
	whole := s.upload(t, access.DataOfficer, nil, map[string]string{"whole.csv": rows})
	taken := s.post(t, access.DataOfficer, whole.Location+"/take", nil).Location
	part := s.upload(t, access.DataOfficer, nil, map[string]string{"part.csv": strings.Join(strings.SplitAfter(rows, "\n")[:2], ""), "photo.png": "\x89PNG\r\n"})
	s.get(t, access.DataOfficer, part.Location).has(t, "Much of what is there now is not in these files")
	look("a file that would take much away", officer, part.Location, false)
	look("files that wait", officer, "/files", false)
	look("files that were taken in", officer, taken, false)
	look("no file was chosen", officer, s.upload(t, access.DataOfficer, nil, nil).Location, true)
	look("files that are gone", officer, "/files/waiting/nothing", true)

	account := "/accounts/" + s.actors[access.Worker].Account
	look("before an account ends", admin, account+"/end", false)
	s.post(t, access.Administrator, account+"/end", nil)
	look("an account that has ended", admin, account, false)
	look("ended accounts in the list", admin, "/accounts", false)
}

// Notices, emergencies, their reviews and restrictions in each of their states.
func TestPagesOfTrustInABrowser(t *testing.T) {
	t.Parallel()
	s := newSiteOf(t, "Fernshire Council", true)
	s.elsewhere(t)
	look := s.looks(t)
	record, second := s.young(t, "Semhar Tesfay"), s.young(t, "Duc Nguyen")
	ask := func(role access.Role, reference, reason string) string {
		return s.post(t, role, "/emergency", url.Values{"reference": {reference}, "reason": {reason}}).Location
	}
	look("nothing opened yet", access.Manager, "/emergencies", false)
	look("asking", access.DutyWorker, "/emergency", false)
	look("asking, with errors", access.DutyWorker, ask(access.DutyWorker, "ZZZZ-ZZ", "quick"), true)
	look("no such record", access.DutyWorker, ask(access.DutyWorker, "ZZZZ-ZZ", whyNow), true)
	look("a record open in an emergency", access.DutyWorker, ask(access.DutyWorker, s.referenceOf(t, record), whyNow), false)
	ask(access.DutyWorker, s.referenceOf(t, second), strings.Repeat("NeededAtOnce", 20))
	look("two open in an emergency", access.DutyWorker, "/emergency", false)
	look("notices", access.Worker, "/caseload", false)
	look("notices on a page that is not there", access.Worker, "/records/nothing", true)
	look("two to review", access.Manager, "/emergencies", false)
	list, err := s.Emergencies(t.Context(), s.actors[access.Manager])
	if err != nil {
		t.Fatal(err)
	}
	review := "/emergencies/" + list[0].ID
	look("a review", access.Manager, review, false)
	look("a review with errors", access.Manager, s.post(t, access.Manager, review, nil).Location, true)
	s.post(t, access.Manager, review, url.Values{"outcome": {"wrong"}, "remark": {"They could have rung the worker."}})
	look("a closed review", access.Manager, review, false)
	look("one reviewed", access.Manager, "/emergencies", false)
	look("a notice to an auditor", access.Auditor, "/account", false)

	path := "/records/" + record + "/restriction"
	look("before a restriction", access.Manager, path, false)
	look("a restriction with errors", access.Manager, s.post(t, access.Manager, path, url.Values{}).Location, true)
	s.post(t, access.Manager, path, url.Values{"names": {s.actors[access.Manager].Account, s.actors[access.Inspector].Account}})
	look("a restriction", access.Manager, path, false)
	look("a notice of what cannot be opened any more", access.Worker, "/caseload", false)
}

const choose = `(() => { const files = new DataTransfer(); files.items.add(new File([%q], "missing.csv"));
	const input = document.querySelector("input[type=file]"); input.files = files.files; input.dispatchEvent(new Event("change")); return true; })()`

// Files are dropped or chosen, and how far they have come is said.
func TestFilesAreSentWithAWordOnHowFarTheyAre(t *testing.T) {
	s := newSite(t)
	browser := webtest.Start(t)
	visit := webtest.Visit{URL: s.URL + "/files", Cookies: []*http.Cookie{s.cookies[access.DataOfficer]}}
	tab := browser.Open(t, visit)
	tab.Until(t, "the field is a place to drop files", `document.querySelector(".govuk-file-upload-button").textContent.includes("drop them here")`)
	put := strings.Replace(choose, "%q", `"`+strings.ReplaceAll(missingCSV, "\n", `\n`)+`"`, 1)
	webtest.Evaluate[bool](t, tab, put)
	tab.Until(t, "the file is named", `document.querySelector(".govuk-file-upload-button__status").textContent === "missing.csv"`)

	// Where they cannot be sent, that is said and they stay chosen.
	tab.Leads(t, `document.querySelector("form[data-upload]").action = "http://127.0.0.1:9/"; document.querySelector("form[data-upload]").requestSubmit(); true`)
	tab.Until(t, "the failure is said", `document.getElementById("upload-status").textContent.startsWith("The files could not be sent")`)
	if n := webtest.Evaluate[int](t, tab, `document.querySelector("input[type=file]").files.length`); n != 1 {
		t.Errorf("%d files are still chosen", n)
	}
	webtest.Evaluate[bool](t, tab, `(() => { window.said = []; new MutationObserver(() => window.said.push(document.getElementById("upload-status").textContent)).observe(document.getElementById("upload-status"), {childList: true});
		sessionStorage.setItem("said", ""); addEventListener("pagehide", () => sessionStorage.setItem("said", window.said.join("|")));
		document.querySelector("form[data-upload]").action = "/files"; document.querySelector("form[data-upload]").requestSubmit(); return true; })()`)
	tab.Until(t, "what the files say is shown", `location.pathname.startsWith("/files/waiting/") && document.readyState === "complete"`)
	if said := webtest.Evaluate[string](t, tab, `sessionStorage.getItem("said")`); !strings.Contains(said, "Sending 1 file.") || !strings.Contains(said, "Reading 1 file.") {
		t.Errorf("on the way was said %q", said)
	}
}

// What does not apply to the chosen state is not shown, and what is filled in
// always is.
func TestTheRegisterShowsWhatApplies(t *testing.T) {
	s := newSite(t)
	empty, full := s.young(t, "Semhar Tesfay"), s.young(t, "Duc Nguyen")
	s.refer(t, full)
	browser := webtest.Start(t)
	open := func(record string, noScript bool) *webtest.Tab {
		return browser.Open(t, webtest.Visit{URL: s.URL + "/records/" + record + "/register", Cookies: []*http.Cookie{s.cookies[access.Worker]}, NoScript: noScript})
	}
	const referral = `document.getElementById("part-nrm-referral").getClientRects().length > 0`
	const link = `document.querySelector('a[href="#part-nrm-referral"]').getClientRects().length > 0`
	tab := open(empty, false)
	tab.Until(t, "the referral is not shown before a state is chosen", `!(`+referral+`) && !(`+link+`)`)
	webtest.Evaluate[bool](t, tab, `(() => { const state = document.getElementById("state"); state.value = "referred"; state.dispatchEvent(new Event("change", {bubbles: true})); return true; })()`)
	tab.Until(t, "the referral is shown", referral+` && `+link)
	tab.Until(t, "a date of a decision is not shown before there is one", `document.getElementById("reasonable-grounds-on").getClientRects().length === 0`)
	tab.Run(t, chromedp.SetValue(chromedp.ID("referred-on-day"), "3"))
	webtest.Evaluate[bool](t, tab, `(() => { const state = document.getElementById("state"); state.value = "suspected"; state.dispatchEvent(new Event("change", {bubbles: true})); return true; })()`)
	tab.Until(t, "what was filled in stays", referral)

	tab = open(full, false)
	tab.Until(t, "a referral is shown", referral+` && document.getElementById("reasonable-grounds-on").getClientRects().length > 0`)
	tab = open(empty, true)
	tab.Until(t, "without script all is there, and says when it applies", referral+` && document.getElementById("part-nrm-referral").textContent.includes("Only if the young person was referred")`)
}

// In forced colours one tab has the line of the page that is open, and the faces
// of the answers are drawn in the colours that the reader chose.
func TestForcedColours(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Duc Nguyen")
	talk := s.talk(t, record, 2, 0, "")
	browser := webtest.Start(t)
	visit := webtest.Visit{URL: s.URL + "/records/" + record, Cookies: []*http.Cookie{s.cookies[access.Worker]}, Forced: true}
	tab := browser.Open(t, visit)
	tab.Until(t, "one tab has a line", `[...document.querySelectorAll(".sf-tabs__link")].filter((a) => parseFloat(getComputedStyle(a).borderBottomWidth) > 0).map((a) => a.getAttribute("aria-current")).join() === "page"`)
	visit.URL = s.URL + "/talks/" + talk + "/young/" + framework.Working().Outcomes()[0].Indicators[0].ID
	tab = browser.Open(t, visit)
	tab.Until(t, "every line of a face is as light as the words", `(() => { const words = getComputedStyle(document.querySelector(".sf-answer__label")).color;
		return [...document.querySelectorAll(".sf-answer__face circle, .sf-answer__face path")].every((e) => [getComputedStyle(e).stroke, getComputedStyle(e).fill].includes(words)); })()`)
}

// Paper shows what is known: the values of an entry, and none of the furniture.
func TestPaperShowsWhatIsKnown(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Duc Nguyen")
	s.refer(t, record)
	s.talk(t, record, 2, 4, "Still waiting.")
	browser := webtest.Start(t)
	for _, path := range []string{"", "/register", "/outcomes"} {
		tab := browser.Open(t, webtest.Visit{URL: s.URL + "/records/" + record + path, Cookies: []*http.Cookie{s.cookies[access.Worker]}, Print: true, Width: 690})
		for _, part := range []string{".sf-tabs", ".govuk-button", "form", ".sf-contents", ".govuk-breadcrumbs", ".sf-header__nav", ".govuk-summary-list__actions"} {
			if webtest.Evaluate[bool](t, tab, `[...document.querySelectorAll("`+part+`")].some((e) => e.getClientRects().length > 0)`) {
				t.Errorf("%s prints %s", path, part)
			}
		}
	}
	tab := browser.Open(t, webtest.Visit{URL: s.URL + "/records/" + record + "/register", Cookies: []*http.Cookie{s.cookies[access.Worker]}, Print: true, Width: 690})
	tab.Until(t, "the entry is printed", `document.querySelector(".sf-print-only").getClientRects().length > 0 && document.querySelector(".sf-print-only").innerText.includes("Fernshire Council")`)
	tab = browser.Open(t, webtest.Visit{URL: s.URL + "/records/" + record + "/outcomes", Cookies: []*http.Cookie{s.cookies[access.Worker]}, Print: true, Width: 690})
	tab.Until(t, "a row of an outcome is one row at the width of a page", `(() => { const [a, b, c] = [...document.querySelector(".sf-row").children].map((e) => e.getBoundingClientRect()); return a.right <= b.left && b.right <= c.left; })()`)
	screen := browser.Open(t, webtest.Visit{URL: s.URL + "/records/" + record + "/register", Cookies: []*http.Cookie{s.cookies[access.Worker]}})
	screen.Until(t, "what is for paper is not on the screen", `document.querySelector(".sf-print-only").getClientRects().length === 0`)
}
