package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

// strayed is a site on which the manager opened a record that has nothing to do with
// them, and the address of that finding.
func strayed(t *testing.T) (s *site, path string) {
	t.Helper()
	s = newSite(t)
	record := s.young(t, "Semhar Tesfay")
	s.get(t, access.Manager, "/records/"+record).is(t, http.StatusOK)
	list := s.get(t, access.DataOfficer, "/unusual")
	list.has(t, "To be explained: 1 line", "Name of manager", "1 record, not allocated to them, nor by them", "Nothing has been taken further", "nobody yet")
	list.lacks(t, "Semhar", record)
	id, _, _ := strings.Cut(list.Body[strings.Index(list.Body, `href="/unusual/`)+len(`href="/unusual/`):], `"`)
	return s, "/unusual/" + id
}

// Who read is asked on their own account page, says why, and it goes below; somebody
// else can still take it further.
func TestUnusualReadingIsToldAndTakenFurther(t *testing.T) {
	s, path := strayed(t)
	s.get(t, access.Worker, "/account").lacks(t, "unusual")
	s.get(t, access.Manager, "/account").has(t, "Reading of yours that was unusual: 1 line", `href="/account`+path+`"`, "Say why")
	s.submit(t, access.Manager, "/account"+path, url.Values{"words": {" "}}).has(t, "There is a problem", "Say why you opened these records.")
	s.submit(t, access.Manager, "/account"+path, url.Values{"words": {"I stood in for <her> worker"}}).has(t, "What you said was written down", "I stood in for &lt;her&gt; worker")
	s.get(t, access.Manager, "/account").has(t, "You said why")
	s.get(t, access.DataOfficer, "/unusual").has(t, "Nothing waits to be explained", "Explained: 1 line", "Name of manager, 24 November 2026, 10:00")

	// The one whom it is about does not take it further, and nobody else tells why.
	own := s.get(t, access.Manager, path)
	own.has(t, "It is your own reading")
	own.lacks(t, "Take it further")
	s.post(t, access.Manager, path, url.Values{"words": {"x"}}).is(t, http.StatusForbidden)
	s.get(t, access.DataOfficer, "/account"+path).is(t, http.StatusNotFound)
	s.post(t, access.DataOfficer, "/account"+path, url.Values{"words": {"x"}}).is(t, http.StatusNotFound)
	s.get(t, access.Worker, "/account"+path).is(t, http.StatusNotFound)

	s.submit(t, access.DataOfficer, path, url.Values{"words": {""}}).has(t, "Say to whom you took it, and why.")
	s.submit(t, access.DataOfficer, path, url.Values{"words": {"The head of service: the worker was there that day"}}).has(t, "you took it further", "The head of service: the worker was there that day", "taken further, said Name of data-officer on 24 November 2026")
	s.get(t, access.DataOfficer, path).lacks(t, "<textarea")
	s.post(t, access.DataOfficer, path, url.Values{"words": {"again"}}).is(t, http.StatusConflict)
	s.get(t, access.DataOfficer, "/unusual").has(t, "Taken further: 1 line", "Nothing has been explained yet")
	s.get(t, access.Manager, "/account").has(t, "Taken further")
}

// entries is how long the council's log is.
func (s *site) entries(t *testing.T) int64 {
	t.Helper()
	reports, err := s.VerifyLedger(t.Context(), s.actors[access.DataOfficer], nil)
	if err != nil || len(reports) != 1 {
		t.Fatal(reports, err)
	}
	return reports[0].Entries
}

// Everybody is told how the log is protected; those who see the log take a checkpoint
// that verifies.
func TestTheLogSaysHowItIsProtected(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	s.get(t, access.Worker, "/records/"+record)
	entries := s.entries(t)
	s.get(t, access.Worker, "/records/"+record+"/history").has(t, fmt.Sprintf("entry %d of the log", entries), `href="/log"`)
	worker := s.get(t, access.Worker, "/log")
	worker.has(t, fmt.Sprintf("The log of this council has %d entries.", entries+1))
	worker.lacks(t, "Download a checkpoint", "ledger/999+")
	s.get(t, access.DataOfficer, "/log").has(t, "Download a checkpoint", "stablefutures/ledger/999&#43;")
	file := s.get(t, access.DataOfficer, "/log/checkpoint")
	file.is(t, http.StatusOK)
	if name := file.Header.Get("Content-Disposition"); !strings.Contains(name, fmt.Sprintf("999-%d.checkpoint", entries+1)) {
		t.Errorf("the file is named by %q", name)
	}
	s.get(t, access.Worker, "/records/"+record)
	reports, err := s.VerifyLedger(t.Context(), s.actors[access.DataOfficer], []service.KeptCheckpoint{{Name: "kept", Text: []byte(file.Body)}})
	if err != nil || len(reports) != 1 || reports[0].Entries != entries+2 || len(reports[0].Findings) > 0 {
		t.Errorf("%+v %v", reports, err)
	}
}

func TestTrustPagesInABrowser(t *testing.T) {
	t.Parallel()
	s, path := strayed(t)
	look := s.looks(t)
	look("how the log is protected", access.DataOfficer, "/log", false)
	look("unusual reading", access.DataOfficer, "/unusual", false)
	look("one to take further", access.DataOfficer, path, false)
	look("nothing was said", access.DataOfficer, s.post(t, access.DataOfficer, path, url.Values{"words": {""}}).Location, true)
	look("tell why", access.Manager, "/account"+path, false)
	look("nothing was told", access.Manager, s.post(t, access.Manager, "/account"+path, url.Values{"words": {""}}).Location, true)
	look("an account with unusual reading", access.Manager, "/account", false)
	s.post(t, access.Manager, "/account"+path, url.Values{"words": {strings.Repeat("x", 200)}}).is(t, http.StatusSeeOther)
	s.post(t, access.DataOfficer, path, url.Values{"words": {"The head of service"}}).is(t, http.StatusSeeOther)
	look("one that was taken further", access.DataOfficer, path, false)
	look("one's own that was taken further", access.Manager, "/account"+path, false)
	look("unusual reading that was taken further", access.DataOfficer, "/unusual", false)
}
