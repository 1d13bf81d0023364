package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

// restricts keeps a record to some accounts, by the first of them. A data officer may be
// among them, whom no page offers to name.
func (s *site) restricts(t *testing.T, record string, named ...string) {
	t.Helper()
	restriction := s.NewID()
	err := s.db.Write(t.Context(), func(tx *store.Tx) error {
		if err := tx.Restrict("999", restriction, record, named[0]); err != nil {
			return err
		}
		for _, account := range named {
			if err := tx.NameIn("999", restriction, account, named[0]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The pages of decisions in the states in which people meet them.
func TestPagesOfDecisionsInABrowser(t *testing.T) {
	t.Parallel()
	s := newSiteOf(t, "Fernshire Council", true)
	look := s.looksOf(t, s.at)
	manager, officer := s.cookies[access.Manager], s.cookies[access.DataOfficer]
	record, other := s.young(t, "Semhar Tesfay"), s.young(t, "Duc Nguyen")
	s.restricts(t, other, s.actors[access.Manager].Account, s.actors[access.DataOfficer].Account, s.actors[access.Worker].Account)

	look("nothing was decided", officer, "/decisions", false)
	look("links on a record", manager, "/records/"+other+"/history", false)
	look("asking for an export", officer, "/decisions/new?act=export", false)
	look("asking to lift a restriction", manager, "/decisions/new?act=lift-restriction&record="+other, false)
	look("asking by reference", officer, "/decisions/new?act=erase", false)
	form := url.Values{"act": {"erase"}, "record": {record}, "reason": {"short"}}
	look("asking, with an error", manager, s.post(t, access.Manager, "/decisions/new", form).Location, true)
	form.Set("reason", why)
	look("asking once more", manager, s.post(t, access.Manager, "/decisions/new", form).Location, false)

	export := s.asked(t, access.DataOfficer, url.Values{"act": {store.DecideExport}})
	s.asked(t, access.Manager, url.Values{"act": {store.DecideLift}, "record": {other}})
	erase := s.asked(t, access.Manager, url.Values{"act": {"erase"}, "record": {record}})
	look("what waits for others", manager, "/decisions", false)
	look("what waits for me", officer, "/decisions", false)
	yes := url.Values{"act": {"erase"}, "decided": {"yes"}}
	look("a yes without the tick", officer, s.post(t, access.DataOfficer, "/decisions/"+erase, yes).Location, true)
	s.post(t, access.Manager, "/decisions/"+export, url.Values{"decided": {"yes"}})
	look("an export to be downloaded", officer, "/decisions", false)
	yes.Set("sure", "yes")
	s.post(t, access.DataOfficer, "/decisions/"+erase, yes)
	look("what was decided", officer, "/decisions", false)
	look("decided by somebody else before", officer, s.post(t, access.DataOfficer, "/decisions/"+erase, yes).Location, true)
}

// A restriction is lifted by two of those whom it names, from the record's own page.
func TestARestrictionIsLiftedByTwoPeople(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	unnamed, cookie := s.another(t, "unnamed", access.Manager)
	second, theirs := s.another(t, "second", access.Manager)
	s.restricts(t, record, second.Account, s.actors[access.Manager].Account)
	s.get(t, access.Manager, "/records/"+record+"/history").has(t, "Lift the restriction")
	id := s.asked(t, access.Manager, url.Values{"act": {store.DecideLift}, "record": {record}})
	s.ask(t, http.MethodGet, "/decisions", nil, cookie).has(t, "Nothing waits for a second person", "Nothing has been decided yet")
	yes := url.Values{"act": {store.DecideLift}, "decided": {"yes"}}
	hidden, never := s.ask(t, http.MethodPost, "/decisions/"+id, yes, cookie), s.ask(t, http.MethodPost, "/decisions/"+s.NewID(), yes, cookie)
	if hidden.Status != http.StatusNotFound || hidden.Body != never.Body {
		t.Errorf("%s decides: %d; of what never was: %d", unnamed.Username, hidden.Status, never.Status)
	}
	about := s.ask(t, http.MethodGet, "/decisions/new?act=lift-restriction&record="+record, nil, cookie)
	about.is(t, http.StatusNotFound)
	s.ask(t, http.MethodGet, "/records/"+record, nil, cookie).is(t, http.StatusNotFound)
	s.follow(t, s.ask(t, http.MethodPost, "/decisions/"+id, yes, theirs), theirs).has(t, "You said yes. The restriction was lifted.", "and done")
	s.ask(t, http.MethodGet, "/records/"+record, nil, cookie).is(t, http.StatusOK)
}
