package web_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
	"stablefutures/internal/web"
	"stablefutures/internal/web/ui"
)

const password = "three unrelated words"

// today stands still in every test of pages: 24 November 2026, a morning.
var today = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

// site is the pages on a real database, with one account of each role.
type site struct {
	*service.Service
	db      *store.DB
	URL     string
	cookies map[access.Role]*http.Cookie
	actors  map[access.Role]service.Actor
	now     time.Time

	consents map[string]consented // by record, where a test made some
	wants    map[string]askedFor  // by record, where a young person asked for something
	given    map[string]string    // by record: the picture that a young person gave, where a test lets them
	phones   map[string]*phone    // by username
}

// newSite serves an empty authority 999 with one person of each role. The test
// is skipped where the style sheet has not been built.
func newSite(t testing.TB) *site {
	t.Helper()
	return newSiteOf(t, "Fernshire Council", false)
}

// newSiteOf is newSite for an authority of another name, fictional or not. Its people are
// made once: each site is a copy.
func newSiteOf(t testing.TB, authority string, fictional bool) *site {
	t.Helper()
	if err := ui.AssetsReady(); err != nil {
		t.Skip(err)
	}
	from := peopled(t, authority, fictional)
	file := filepath.Join(t.TempDir(), "site.db")
	if err := os.WriteFile(file, from.file, 0o600); err != nil {
		t.Fatal(err)
	}
	s := openSite(t, file)
	s.cookies, s.actors = maps.Clone(from.cookies), maps.Clone(from.actors)
	for username, p := range from.phones {
		own := *p
		s.keepPhone(username, &own)
	}
	return s
}

// peopledSite is a site's database with one person of each role, and how they are signed in.
type peopledSite struct {
	*site
	file []byte
}

// peopledSites are those that were made, by authority.
var peopledSites sync.Map

func peopled(t testing.TB, authority string, fictional bool) peopledSite {
	t.Helper()
	key := fmt.Sprint(authority, fictional)
	if made, ok := peopledSites.Load(key); ok {
		return made.(peopledSite)
	}
	folder, err := os.MkdirTemp("", "stablefutures-site-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	dsn := filepath.Join(folder, "site.db")
	s := emptySite()
	s.connect(t, dsn)
	s.inhabit(t, authority, fictional)
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(dsn)
	if err != nil {
		t.Fatal(err)
	}
	made := peopledSite{s, file}
	peopledSites.Store(key, made)
	return made
}

// newSiteOn is newSiteOf on a database of either engine, which is empty.
func newSiteOn(t testing.TB, dsn, authority string, fictional bool) *site {
	t.Helper()
	if err := ui.AssetsReady(); err != nil {
		t.Skip(err)
	}
	s := openSite(t, dsn)
	s.inhabit(t, authority, fictional)
	return s
}

func emptySite() *site {
	return &site{cookies: map[access.Role]*http.Cookie{}, actors: map[access.Role]service.Actor{}, now: today}
}

// openSite serves a database until the test ends.
func openSite(t testing.TB, dsn string) *site {
	t.Helper()
	s := emptySite()
	s.connect(t, dsn)
	t.Cleanup(func() {
		if err := s.db.Close(); err != nil {
			t.Error(err)
		}
	})
	handler, err := web.New(s.Service, web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

func (s *site) connect(t testing.TB, dsn string) {
	t.Helper()
	db, err := store.Open(context.Background(), dsn, store.Options{Clock: s.clock, Master: storetest.Master})
	if err != nil {
		t.Fatal(err)
	}
	s.db = db
	if s.Service, err = service.New(db, s.clock, rand.Reader); err != nil {
		t.Fatal(err)
	}
}

// inhabit adds an authority with one person of each role, signed in.
func (s *site) inhabit(t testing.TB, authority string, fictional bool) {
	t.Helper()
	if err := s.AddAuthority(t.Context(), "999", authority, fictional); err != nil {
		t.Fatal(err)
	}
	for _, role := range access.Roles {
		s.person(t, role)
	}
}

func (s *site) clock() time.Time { return s.now }

// person adds somebody of a role and signs them in.
func (s *site) person(t testing.TB, role access.Role) {
	t.Helper()
	actor, cookie := s.another(t, string(role), role)
	s.actors[role], s.cookies[role] = actor, cookie
}

// another adds one more person and signs them in.
func (s *site) another(t testing.TB, username string, role access.Role) (service.Actor, *http.Cookie) {
	t.Helper()
	_, err := s.AddAccount(t.Context(), service.Operator("999"), service.NewAccount{
		Username: username, Name: "Name of " + username, Role: role, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	in := s.wholeSession(t, username)
	return in.Actor, sessionOf(in)
}

// page is what came back: redirects are not followed.
type page struct {
	Status   int
	Location string
	Header   http.Header
	Body     string
}

// get opens an address as somebody; role "" is nobody.
func (s *site) get(t testing.TB, role access.Role, path string) page {
	t.Helper()
	return s.ask(t, http.MethodGet, path, nil, s.cookies[role])
}

// post sends a form as somebody.
func (s *site) post(t testing.TB, role access.Role, path string, form url.Values) page {
	t.Helper()
	return s.ask(t, http.MethodPost, path, form, s.cookies[role])
}

func (s *site) ask(t testing.TB, method, path string, form url.Values, cookie *http.Cookie) page {
	t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, body)
	if err != nil {
		t.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return s.send(t, r, cookie)
}

func (s *site) send(t testing.TB, r *http.Request, cookie *http.Cookie) page {
	t.Helper()
	if cookie != nil {
		r.AddCookie(cookie)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return page{answer.StatusCode, answer.Header.Get("Location"), answer.Header, string(text)}
}

// has fails the test where the page lacks one of the texts.
func (p page) has(t testing.TB, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(p.Body, text) {
			t.Errorf("the page (status %d) does not say %q:\n%s", p.Status, text, shortened(p.Body))
		}
	}
}

// lacks fails the test where the page has one of the texts.
func (p page) lacks(t testing.TB, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(p.Body, text) {
			t.Errorf("the page says %q", text)
		}
	}
}

// is fails the test where the status is another.
func (p page) is(t testing.TB, status int) {
	t.Helper()
	if p.Status != status {
		t.Fatalf("status %d, want %d:\n%s", p.Status, status, shortened(p.Body))
	}
}

func shortened(body string) string {
	if _, main, ok := strings.Cut(body, "<main"); ok {
		body = main
	}
	return body[:min(len(body), 4000)]
}

// young adds a young person by hand as a worker, who gets them allocated.
func (s *site) young(t testing.TB, name string) (record string) {
	t.Helper()
	record, _, err := s.AddChild(t.Context(), s.actors[access.Worker], service.NewChild{
		ID: s.NewID(), Name: name, BirthDate: "2010-02-03", Sex: "M", Ethnicity: "AOTH", Anyway: true})
	if err != nil {
		t.Fatal(err)
	}
	return record
}

// refer puts a young person on the register with an NRM referral.
func (s *site) refer(t testing.TB, record string) {
	t.Helper()
	err := s.SaveRegister(t.Context(), s.actors[access.Worker], record, 0, register.Entry{
		register.FieldState: string(register.Referred), register.FieldReferredOn: "2026-03-02",
		register.FieldFirstResponder: "Fernshire Council", register.FieldTypes: "criminal",
		register.FieldReasonableGrounds: register.Positive, register.FieldReasonableGroundsOn: "2026-03-09",
		register.FieldConclusiveGrounds: register.Undecided})
	if err != nil {
		t.Fatal(err)
	}
}

// talk holds a conversation in which the young person and the worker answer the
// first indicators, one each, from value on.
func (s *site) talk(t testing.TB, record string, value, answers int, words string) (conversationID string) {
	t.Helper()
	worker := s.actors[access.Worker]
	talk, err := s.StartConversation(t.Context(), worker, record, service.NewConversation{
		ID: s.NewID(), HeldOn: "2026-11-20", Language: "English", HelpedBy: []conversation.Help{conversation.WorkerHelp}})
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range framework.Working().Outcomes() {
		if i >= answers {
			break
		}
		for _, voice := range []conversation.Voice{conversation.YoungPerson, conversation.Worker} {
			n := service.NewReading{ID: s.NewID(), Conversation: talk, Indicator: o.Indicators[0].ID, Voice: voice,
				State: conversation.Answered, Value: value}
			if voice == conversation.Worker {
				n.Evidence, n.Value = conversation.Seen, min(value+2, 5)
			} else {
				n.Words = words
			}
			if _, err := s.SaveReading(t.Context(), worker, n); err != nil {
				t.Fatal(err)
			}
		}
	}
	return talk
}
