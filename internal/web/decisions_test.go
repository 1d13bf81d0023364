package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

const why = "Asked for by the data protection officer."

// asked asks for a decision through the pages and gives its id.
func (s *site) asked(t testing.TB, role access.Role, form url.Values) (id string) {
	t.Helper()
	form.Set("reason", why)
	p := s.post(t, role, "/decisions/new", form)
	if strings.HasPrefix(p.Location, "/decisions/sure") {
		s.get(t, role, p.Location).is(t, http.StatusOK)
		form.Set("sure", "yes")
		p = s.post(t, role, "/decisions/new", form)
	}
	if p.Location != "/decisions" {
		t.Fatalf("asking leads to %d %s: %s", p.Status, p.Location, s.get(t, role, p.Location).Body)
	}
	list, err := s.Decisions(t.Context(), s.actors[role])
	if err != nil || len(list) == 0 || !list[0].Open {
		t.Fatalf("nothing waits: %v %v", list, err)
	}
	return list[0].ID
}

// From the record to the yes: what will happen is said, asked once more, and done by
// the second person's yes alone.
func TestARecordIsErasedByTwoPeople(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	reference := s.referenceOf(t, record)
	s.get(t, access.Worker, "/records/"+record+"/history").lacks(t, "Erase this record")
	s.get(t, access.Manager, "/records/"+record+"/history").has(t, "Erase this record", "/decisions/new?act=erase&amp;record="+record)
	s.get(t, access.Manager, "/decisions/new?act=erase&record="+record).has(t, "Record "+reference, "Nobody can bring it back", "Continue")

	form := url.Values{"act": {"erase"}, "record": {record}, "reason": {"short"}}
	wrong := s.submit(t, access.Manager, "/decisions/new", form)
	wrong.has(t, "There is a problem", "Say why, in 10 to 1,000 characters", `href="#reason"`, "short</textarea>", "Record "+reference)
	form.Set("reason", why)
	sure := s.submit(t, access.Manager, "/decisions/new", form)
	sure.has(t, "Ask for record "+reference+" to be erased?", why, "Ask for this record to be erased", "Do not ask")
	s.get(t, access.DataOfficer, "/decisions").has(t, "Nothing waits for a second person") // asking once more asked nobody yet
	id := s.asked(t, access.Manager, url.Values{"act": {"erase"}, "record": {record}})
	s.get(t, access.Manager, "/decisions").has(t, "Erase record "+reference, "Take it back", "By Name of data-officer")
	s.get(t, access.Manager, "/decisions").lacks(t, "Yes, erase the record")

	waits := s.get(t, access.DataOfficer, "/decisions")
	waits.has(t, "1 decision waits", "Erase record "+reference, why, "Name of manager", "Nobody can bring it back", "Yes, erase the record")
	waits.lacks(t, "Semhar")
	path := "/decisions/" + id
	yes := url.Values{"act": {"erase"}, "decided": {"yes"}, "remark": {"I looked at it."}}
	s.submit(t, access.DataOfficer, path, yes).has(t, "Tick that you know that nobody can bring it back", `href="#sure-`+id, "I looked at it.")
	s.get(t, access.Manager, "/records/"+record).is(t, http.StatusOK)
	typed := s.post(t, access.Worker, "/records/"+record+"/identity", url.Values{"name": {"Kanarienvogel"}, "upn": {"short"}})
	s.get(t, access.Worker, typed.Location).has(t, "Kanarienvogel")
	yes.Set("sure", "yes")
	s.submit(t, access.DataOfficer, path, yes).has(t, "You said yes. The record was erased.", "Yes by Name of data-officer", "Erased with the record")

	for _, page := range []string{"", "/history", "/register", "/outcomes", "/talk", "/identity"} {
		gone, never := s.get(t, access.Worker, "/records/"+record+page), s.get(t, access.Worker, "/records/"+s.NewID()+page)
		if gone.Status != http.StatusNotFound || gone.Body != never.Body {
			t.Errorf("%s of the erased record is %d, of one that never was %d", page, gone.Status, never.Status)
		}
	}
	if p := s.get(t, access.Worker, typed.Location); p.Status != http.StatusNotFound || strings.Contains(p.Body, "Kanarienvogel") {
		t.Errorf("a form that was kept about it: %d", p.Status)
	}
	late := s.submit(t, access.DataOfficer, path, yes)
	late.is(t, http.StatusConflict)
	late.has(t, "Somebody decided this before you", `href="#past"`)
}

// A data officer names a record by its reference and sees nothing more of it.
func TestADataOfficerAsksByTheReference(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	s.get(t, access.DataOfficer, "/decisions/new?act=erase").has(t, "Reference of the record")
	form := url.Values{"act": {"erase"}, "reference": {"ZZZZ-ZZ"}, "reason": {why}}
	s.submit(t, access.DataOfficer, "/decisions/new", form).has(t, "There is no record with this reference", "ZZZZ-ZZ", why)
	form.Set("reference", strings.ToLower(s.referenceOf(t, record)))
	sure := s.submit(t, access.DataOfficer, "/decisions/new", form)
	sure.has(t, "Ask for record "+s.referenceOf(t, record)+" to be erased?")
	sure.lacks(t, "Semhar")
	id := s.asked(t, access.DataOfficer, form)
	s.submit(t, access.Manager, "/decisions/"+id, url.Values{"decided": {"no"}, "act": {"erase"}, "remark": {"They are still with us."}}).has(t, "You said no. Nothing was done.", "No by Name of manager", "They are still with us.")
	s.get(t, access.Worker, "/records/"+record).is(t, http.StatusOK)
	s.get(t, access.Manager, "/records/"+record+"/history").has(t, "Asked for the record to be erased", "Said no to the record being erased")
}

// An export with names is asked for under Files, downloaded once, by its own button.
func TestAnExportWithNamesIsDownloadedOnce(t *testing.T) {
	s := newSite(t)
	s.young(t, "Semhar Tesfay")
	s.get(t, access.DataOfficer, "/files").has(t, "Ask for an export with names")
	id := s.asked(t, access.DataOfficer, url.Values{"act": {store.DecideExport}})
	path := "/decisions/" + id
	s.submit(t, access.DataOfficer, path+"/export", nil).has(t, "nobody said yes to it")
	s.submit(t, access.DataOfficer, path, url.Values{"decided": {"yes"}, "act": {store.DecideExport}}).lacks(t, "You said yes")
	s.submit(t, access.Manager, path, url.Values{"decided": {"yes"}, "act": {store.DecideExport}}).has(t, "You said yes. Whoever asked can download the file once")
	s.get(t, access.Manager, "/decisions").lacks(t, "Download it now")
	s.get(t, access.DataOfficer, "/decisions").has(t, "Your export with names can be downloaded,", "Download it now", "can be downloaded until")
	s.post(t, access.Manager, path+"/export", nil).is(t, http.StatusNotFound)
	if p := s.get(t, access.DataOfficer, path+"/export"); p.Status != http.StatusMethodNotAllowed && p.Status != http.StatusNotFound {
		t.Errorf("opened by its address alone: %d", p.Status)
	}
	file := s.post(t, access.DataOfficer, path+"/export", nil)
	file.is(t, http.StatusOK)
	if h := file.Header; h.Get("Cache-Control") != "no-store" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || !strings.HasPrefix(file.Body, "PK") {
		t.Errorf("headers %v, the file begins with %q", h, file.Body[:2])
	}
	again := s.submit(t, access.DataOfficer, path+"/export", nil)
	again.is(t, http.StatusConflict)
	again.has(t, "This export was downloaded already", "downloaded 24 November 2026")

	id = s.asked(t, access.DataOfficer, url.Values{"act": {store.DecideExport}})
	s.submit(t, access.DataOfficer, "/decisions/"+id+"/withdraw", nil).has(t, "You took it back. Nothing was done.", "Taken back by Name of data-officer")
	s.submit(t, access.Manager, "/decisions/"+id, url.Values{"decided": {"yes"}, "act": {store.DecideExport}}).has(t, "Somebody decided this before you")
}

// Files that wait and hold somebody who was erased meanwhile are to be chosen again; the
// page says why, and what becomes of their rows.
func TestFilesThatHoldSomebodyErasedAreChosenAgain(t *testing.T) {
	s := newSite(t)
	rows := "CHILD,DOB,MISSING,MIS_START,MIS_END\n1001,01/02/2010,M,01/05/2025,02/05/2025\n"
	first := s.upload(t, access.DataOfficer, nil, map[string]string{"first.csv": rows})
	s.post(t, access.DataOfficer, first.Location+"/take", nil).is(t, http.StatusSeeOther)
	found, err := s.Caseload(t.Context(), s.actors[access.Manager], "1001", service.ByName)
	if err != nil || len(found.Rows) != 1 {
		t.Fatal(err, found)
	}
	waits := s.upload(t, access.DataOfficer, nil, map[string]string{"second.csv": strings.Replace(rows, "01/05", "01/04", 1)})
	id := s.asked(t, access.Manager, url.Values{"act": {"erase"}, "record": {found.Rows[0].Record}})
	s.submit(t, access.DataOfficer, "/decisions/"+id, url.Values{"act": {"erase"}, "decided": {"yes"}, "sure": {"yes"}}).has(t, "The record was erased")

	page := s.get(t, access.DataOfficer, waits.Location)
	page.has(t, "Choose the files again", "the record of somebody in them was erased", "second.csv")
	page.lacks(t, "Take it all in")
	again := s.upload(t, access.DataOfficer, nil, map[string]string{"second.csv": rows})
	s.get(t, access.DataOfficer, again.Location).has(t, "was erased here on 24 November 2026: the row is left out", "the row is set aside")
}
