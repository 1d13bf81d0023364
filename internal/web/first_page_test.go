package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"stablefutures/internal/access"
)

// Everybody begins on the page that is their work, and finds there what they may do.
func TestEverybodyBeginsWithTheirWork(t *testing.T) {
	s := newSite(t)
	for role, begins := range map[access.Role]struct{ path, heading string }{
		access.Worker: {"/caseload", "Who you work with"}, access.DutyWorker: {"/caseload", "Who you work with"}, access.Manager: {"/caseload", "Who we work with"},
		access.ParticipationLead: {"/overview", "How many, and how are they"}, access.DataOfficer: {"/files", "Files"}, access.Partner: {"/shared", "Shared with you"},
		access.Inspector: {"/caseload", "Records chosen for the inspection"}, access.StudyTeam: {"/study", "How those who agreed to the study are doing"},
		access.Auditor: {"/log", "How the log is protected"}, access.Administrator: {"/accounts", "Who can sign in"},
	} {
		if to := s.get(t, role, "/").Location; to != begins.path {
			t.Errorf("%s begins at %s", role, to)
		}
		page := s.get(t, role, begins.path)
		page.is(t, http.StatusOK)
		page.has(t, begins.heading+"</h1>", `href="`+begins.path+`" aria-current="page"`)
	}
	s.get(t, access.Inspector, "/caseload").lacks(t, "What waits now", "Add a young person", "you can also add")
}

// What waits stands in the same order each time that the page is opened.
func TestWhatWaitsStandsInOneOrder(t *testing.T) {
	s := newSite(t)
	for _, name := range []string{"Semhar Tesfay", "Duc Nguyen", "Abel Alemu", "Liam Nuttall"} {
		s.young(t, name)
	}
	var before []string
	for range 10 {
		_, waits, _ := strings.Cut(s.get(t, access.Worker, "/caseload").Body, "What waits now")
		waits, _, _ = strings.Cut(waits, "</ul>")
		lines := strings.Split(waits, "<li")
		if before != nil && !slices.Equal(lines, before) {
			t.Fatalf("another order:\n%s\n%s", before, lines)
		}
		before = lines
	}
}
