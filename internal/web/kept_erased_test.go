package web_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// erase has two managers erase a record, and gives what the second is answered.
func (s *site) erase(t testing.TB, record string) (answered page, second *http.Cookie) {
	t.Helper()
	first, _ := s.another(t, "erases.one", access.Manager)
	_, second = s.another(t, "erases.two", access.Manager)
	id, err := s.AskDecision(t.Context(), first, service.NewDecision{Act: store.DecideErase, Record: record, Reason: "A reason that is long enough."})
	if err != nil {
		t.Fatal(err)
	}
	return s.ask(t, http.MethodPost, "/decisions/"+id, url.Values{"decided": {"yes"}, "act": {"erase"}, "sure": {"yes"}}, second), second
}

// What was typed about somebody and waits to be sent on is gone with them, and so is
// every search of the council: a name is searched for under no id.
func TestErasingTakesWhatIsKeptOfThePerson(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	s.now = s.now.Add(61 * time.Minute)
	_, searcher := s.another(t, "searcher", access.Manager)
	found := s.ask(t, http.MethodPost, "/caseload/find", url.Values{"find": {"Semhar"}}, searcher)
	s.ask(t, http.MethodGet, found.Location, nil, searcher).has(t, "Semhar")
	asked := s.post(t, access.Worker, "/records/"+record+"/identity", url.Values{"name": {"Semhar Secretname"}})
	answered, _ := s.erase(t, record)
	answered.is(t, http.StatusSeeOther)
	s.signIn(t, string(access.Worker), asked).lacks(t, "Semhar Secretname", "Nothing was lost")
	s.ask(t, http.MethodGet, found.Location, nil, searcher).lacks(t, "Semhar")
}

// Where the disk is not clean of somebody yet, the record is erased all the same, and
// the page says both.
func TestErasedWithTracesLeftIsSaid(t *testing.T) {
	t.Parallel() // it waits for as long as a cleaning does
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	// Another program reads the database and holds its write-ahead log open.
	ctx := t.Context()
	begun, end, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- s.db.Read(ctx, func(tx *store.Tx) error {
			_, err := tx.Authority("999")
			close(begun)
			<-end
			return err
		})
	}()
	<-begun
	answered, second := s.erase(t, record)
	close(end)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	answered.is(t, http.StatusSeeOther)
	said := s.follow(t, answered, second)
	said.is(t, http.StatusOK)
	said.has(t, "The record was erased.", "traces", "free space of the file")
}
