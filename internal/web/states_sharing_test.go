package web_test

import (
	"net/url"
	"path/filepath"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/consent"
)

// The pages of consent, sharing and the study, empty, filled and wrong: axe finds
// nothing there, at any width, with and without script.
func TestPagesOfSharingInABrowser(t *testing.T) {
	t.Parallel()
	s := newSharingSite(t, filepath.Join(t.TempDir(), "site.db"))
	look := s.looks(t)
	record := "/records/" + s.record
	look("nobody was asked", access.Worker, record+"/consent", false)
	look("a partner without an agency", access.Partner, "/shared", false)
	look("nobody agreed to the study", access.StudyTeam, "/study", false)
	look("what was asked", access.Worker, record+"/consent/new", false)
	wrong := s.asks(t, consent.Who, func(f url.Values) {
		f.Set("answer", "")
		f.Set("how", "")
		f.Set("language", "")
		f.Set("asked-on-month", "13")
	})
	look("an answer with errors", access.Worker, wrong.Location, true)

	for _, section := range consent.Sections {
		s.shares(t, section)
	}
	s.asks(t, consent.Who, func(f url.Values) {
		f.Set("basis", "vital-interests")
		f.Set("remark", "They are in danger tonight.")
	})
	s.post(t, access.Worker, s.withdrawPath(t), nil)
	look("what they agreed to", access.Worker, record+"/consent", false)
	look("before it is withdrawn", access.Worker, s.withdrawPath(t), false)
	refused := s.post(t, access.Worker, record+"/shares", url.Values{"agency": {"nobody"}, "section": {"who"}, "basis": {"consent"}})
	look("what cannot be shared", access.Worker, refused.Location, true)
	look("who can see it", access.Worker, record+"/history", false)

	for _, section := range consent.Sections[1:] {
		s.places(t, section)
		look("a partner's "+string(section), access.Partner, "/shared/"+s.record, false)
	}
	look("a partner's list", access.Partner, "/shared", false)
	look("not shared", access.Partner, "/shared/nothing", true)

	look("agencies", access.Administrator, "/agencies", false)
	look("an agency with errors", access.Administrator, s.post(t, access.Administrator, "/agencies", url.Values{"agency-name": {"fernshire nhs"}}).Location, true)
	look("before an agency ends", access.Administrator, "/agencies/"+s.agency+"/end", false)
	partner := "/accounts/" + s.actors[access.Partner].Account
	look("a partner's account", access.Administrator, partner, false)
	look("a partner's agency", access.Administrator, partner+"/agency", false)
	look("a partner's agency with errors", access.Administrator, s.post(t, access.Administrator, partner+"/agency", nil).Location, true)
	s.post(t, access.Administrator, "/agencies/"+s.agency+"/end", nil)
	look("an agency that ended", access.Administrator, "/agencies", false)
	look("what an ended agency saw", access.Worker, record+"/consent", false)

	s.agreeToStudy(t, 24, 14)
	look("the study", access.StudyTeam, "/study", false)
}
