package web_test

import (
	"errors"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/framework"
	"stablefutures/internal/store"
	"stablefutures/internal/store/pgtest"
	"stablefutures/internal/store/storetest"
	"stablefutures/internal/web/webtest"
)

const fullHeading = "The computer that keeps the records is full"

// On a full disk a person is told so, and whom to tell; a form that keeps itself says
// it too. What needs no entry in the log is shown, also to somebody whose session's
// last use cannot be noted. With room again all of it works by itself.
func TestPagesOnAFullDisk(t *testing.T) {
	storetest.EnginesOnSmallDisks(t, func(t *testing.T, dsn string, disk *storetest.Disk) {
		s := newSiteOn(t, dsn, "Fernshire Council", false)
		record := s.young(t, "Semhar Tesfay")
		s.refer(t, record)
		talk := s.talk(t, record, 2, 1, "I am well here.")
		disk.Fill(t)
		s.until(t, func() page { return s.get(t, access.Worker, "/records/"+record) }, http.StatusInsufficientStorage).
			has(t, fullHeading, "What you saw as kept is still kept", "Tell whoever runs this service", "Name of worker")
		indicators := framework.Working().Outcomes()[0].Indicators
		answer := "/talks/" + talk + "/young/" + indicators[1].ID
		s.until(t, func() page {
			return s.post(t, access.Worker, answer, url.Values{"id": {s.NewID()}, "answer": {"3"}, "words": {s.NewID()}})
		}, http.StatusInsufficientStorage).has(t, fullHeading)
		p := s.until(t, func() page { return s.autosave(t, answer, url.Values{"words": {s.NewID()}}) }, http.StatusInsufficientStorage)
		p.has(t, `"message":"Not kept yet: the computer that keeps the records is full.`)
		s.until(t, func() page {
			return s.post(t, "", "/sign-in", url.Values{"username": {"worker"}, "password": {password}})
		}, http.StatusInsufficientStorage).has(t, fullHeading)

		if !store.IsPostgreSQL(dsn) { // the pages are the same
			webtest.Start(t).Check(t, webtest.Visit{URL: s.URL + "/records/" + record, Cookies: []*http.Cookie{s.cookies[access.Worker]}, Refusal: true})
		}
		s.now = s.now.Add(5 * time.Minute)
		for range 300 { // until nothing more finds room, and beyond
			s.get(t, access.Worker, "/caseload").is(t, http.StatusOK)
		}
		s.get(t, access.Worker, "/caseload").has(t, "Semhar Tesfay")
		for _, path := range []string{"/overview", "/answer", "/access"} {
			s.get(t, access.Worker, path).is(t, http.StatusOK)
		}

		disk.Free(t)
		s.get(t, access.Worker, "/records/"+record).is(t, http.StatusOK)
		s.post(t, access.Worker, answer, url.Values{"id": {s.NewID()}, "answer": {"4"}, "words": {"Still."}}).is(t, http.StatusSeeOther)
	})
}

// While PostgreSQL is away a person gets a page that says so, and when to come back; a
// form that keeps itself goes on trying, and what is sent again is kept once.
func TestPagesWhilePostgreSQLIsAway(t *testing.T) {
	t.Parallel()
	server, err := pgtest.Start(t.Context()) // one of its own: others use the shared one
	if errors.Is(err, pgtest.ErrAbsent) && os.Getenv(pgtest.Env) == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	s := newSiteOn(t, server.URL, "Fernshire Council", false)
	record := s.young(t, "Semhar Tesfay")
	talk := s.talk(t, record, 2, 0, "")
	path := "/talks/" + talk + "/young/" + framework.Working().Outcomes()[0].Indicators[0].ID
	answer := url.Values{"id": {s.NewID()}, "answer": {"3"}, "words": {"We are back."}}
	if err := server.Halt(); err != nil {
		t.Fatal(err)
	}
	asks := []func() page{
		func() page { return s.get(t, access.Worker, "/caseload") },
		func() page { return s.get(t, "", "/sign-in") },
		func() page { return s.post(t, access.Worker, path, answer) },
	}
	for _, ask := range asks {
		p := ask()
		p.is(t, http.StatusServiceUnavailable)
		p.has(t, "The records cannot be reached just now", "Try again in a moment", "look whether it is there before you send it again")
		if p.Header.Get("Retry-After") != "5" {
			t.Errorf("a browser is told to come back after %q seconds", p.Header.Get("Retry-After"))
		}
	}
	webtest.Start(t).Check(t, webtest.Visit{URL: s.URL + "/sign-in", Refusal: true})
	p := s.autosave(t, path, answer)
	p.is(t, http.StatusServiceUnavailable)
	p.has(t, `"message":"Not kept yet: the records cannot be reached just now.`)

	if err := server.Again(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.get(t, access.Worker, "/caseload").is(t, http.StatusOK)
	for range 2 {
		s.post(t, access.Worker, path, answer).is(t, http.StatusSeeOther)
	}
	said := s.get(t, access.Worker, "/records/"+record+"/outcomes")
	said.is(t, http.StatusOK)
	if n := strings.Count(said.Body, "We are back."); n != 1 {
		t.Errorf("what was sent twice is there %d times", n)
	}
}

// until asks until an answer has a status: some of what is written finds room within
// what is there already.
func (s *site) until(t *testing.T, ask func() page, status int) page {
	t.Helper()
	for range 2000 {
		if p := ask(); p.Status == status {
			return p
		} else if p.Status >= 500 {
			p.is(t, status)
		}
	}
	t.Fatalf("no answer has status %d", status)
	return page{}
}

// autosave sends a form as its script does while it is filled in.
func (s *site) autosave(t *testing.T, path string, values url.Values) page {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+path, strings.NewReader(values.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Autosave", "1")
	return s.send(t, r, s.cookies[access.Worker])
}
