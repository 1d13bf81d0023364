package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

// A cookie of a session that somebody ended, or that is long over, plants nothing for its
// owner to send on; neither does one that has just run out, for what needs a fresh proof.
func TestADeadCookiePlantsNothing(t *testing.T) {
	s := newSite(t)
	planted := func(role access.Role, path string, form url.Values) {
		t.Helper()
		asked := s.post(t, role, path, form)
		if !strings.Contains(asked.Location, "unsent") {
			t.Errorf("%s: a form that is not to be kept leads to %s", path, asked.Location)
		}
		s.signIn(t, string(role), asked).lacks(t, "Nothing was lost", "Mallory")
	}
	if err := s.EndSessionsOf(t.Context(), service.Operator("999"), s.actors[access.Worker].Account); err != nil {
		t.Fatal(err)
	}
	planted(access.Worker, "/records/new", url.Values{"name": {"Mallory"}})
	s.now = s.now.Add(61 * time.Minute)
	planted(access.Administrator, "/accounts/"+s.actors[access.Worker].Account, url.Values{"name": {"Mallory"}, "role": {"manager"}})
	planted(access.Manager, "/decisions/"+s.NewID(), url.Values{"decided": {"yes"}, "remark": {"Mallory"}})
	s.now = s.now.Add(30 * time.Minute) // more than half an hour after the sessions were over
	planted(access.DutyWorker, "/records/new", url.Values{"name": {"Mallory"}})
}

// Whoever sends a kept form on sees first what it is and where it goes.
func TestWhatIsSentOnIsShown(t *testing.T) {
	s := newSite(t)
	s.now = s.now.Add(61 * time.Minute)
	asked := s.post(t, access.Worker, "/records/new", newYoung(s))
	mine := s.signIn(t, string(access.Worker), asked)
	mine.has(t, "a young person who is added by hand", "<dd class=\"govuk-summary-list__value\">Semhar Tesfay", "Birth date")
}
