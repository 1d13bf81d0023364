package web_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
	"stablefutures/internal/web"
	"stablefutures/internal/web/ui"
)

// heard is what a server wrote to its logs.
type heard struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (h *heard) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.text.Write(p)
}

func (h *heard) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.text.String()
}

// listenedTo is a site of which every log line is kept, and whose database can be
// taken away.
func listenedTo(t *testing.T) (s *site, log *heard, takeAway func()) {
	t.Helper()
	if err := ui.AssetsReady(); err != nil {
		t.Skip(err)
	}
	s, log = &site{cookies: map[access.Role]*http.Cookie{}, actors: map[access.Role]service.Actor{}, now: today}, &heard{}
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "site.db"), store.Options{Clock: s.clock, Master: storetest.Master})
	if err != nil {
		t.Fatal(err)
	}
	if s.Service, err = service.New(db, s.clock, rand.Reader); err != nil {
		t.Fatal(err)
	}
	if err := s.AddAuthority(t.Context(), "999", "Fernshire Council", false); err != nil {
		t.Fatal(err)
	}
	logger := slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	handler, err := web.New(s.Service, web.Options{Log: logger})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(nil)
	server.Config = web.DefaultLimits.Server(handler, logger)
	server.Start()
	s.URL = server.URL
	closed := sync.OnceFunc(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() { server.Close(); closed() })
	for _, role := range access.Roles {
		s.person(t, role)
	}
	return s, log, closed
}

// planted is what must stand on pages alone: a name, a number, a day, words, a
// username, a password.
var planted = []string{"quiggle", "zarathustra", "x987654321001", "moonflower", "planted.username", "wrong password of somebody"}

var address = regexp.MustCompile(`(?:href|action|src|formaction)="([^"]*)"`)

// Nothing personal is in an address or in a log: not when pages are read, found, sent,
// sent wrongly, nor when everything fails.
func TestNothingPersonalIsInAddressesOrLogs(t *testing.T) {
	t.Parallel()
	s, log, takeAway := listenedTo(t)
	form := newYoung(s)
	form.Set("name", "Quiggle Zarathustra")
	form.Set("upn", "X987654321001")
	s.post(t, access.Worker, "/records/new", form)
	record := s.young(t, "Zarathustra Quiggle")
	s.refer(t, record)
	talk := s.talk(t, record, 2, 4, "moonflower")
	list, err := s.Caseload(t.Context(), s.actors[access.Manager], "", service.ByReference)
	if err != nil {
		t.Fatal(err)
	}
	secret := append([]string{}, planted...)
	for _, row := range list.Rows {
		secret = append(secret, strings.ToLower(row.Reference))
	}
	if len(secret) < len(planted)+1 {
		t.Fatal("no record was added")
	}
	addresses := map[string]bool{}
	see := func(p page) {
		addresses[p.Location] = true
		for _, m := range address.FindAllStringSubmatch(p.Body, -1) {
			addresses[m[1]] = true
		}
	}
	wrong := newYoung(s)
	wrong.Set("name", "Quiggle Zarathustra")
	wrong.Set("birth-date-month", "13")
	sent := []struct {
		role access.Role
		path string
		form url.Values
	}{
		{access.Worker, "/records/new", wrong},
		{access.Worker, "/records/new", form},
		{access.Manager, "/caseload/find", url.Values{"find": {"quiggle"}}},
		{access.Manager, "/caseload/find", url.Values{"find": {list.Rows[0].Reference}}},
		{access.Worker, "/talks/" + talk + "/young/home.1", url.Values{"id": {s.NewID()}, "answer": {"9"}, "words": {"moonflower"}}},
		{access.Worker, "/records/" + record + "/register", url.Values{"state": {"moonflower"}, "first-responder": {"Quiggle"}}},
		{access.Worker, "/records/" + record + "/identity", url.Values{"name": {"Quiggle Zarathustra"}, "upn": {"moonflower"}}},
		{access.Administrator, "/accounts", url.Values{"username": {"planted.username"}, "name": {"Quiggle"}, "role": {"nobody"}, "password": {"short"}}},
		{"", "/sign-in", url.Values{"authority": {"999"}, "username": {"planted.username"}, "password": {"wrong password of somebody"}}},
	}
	drive := func() {
		for _, f := range sent {
			p := s.post(t, f.role, f.path, f.form)
			see(p)
			if p.Location != "" {
				see(s.get(t, f.role, p.Location))
			}
		}
		for _, role := range append([]access.Role{""}, access.Roles...) {
			s.crawl(t, role, see)
		}
	}
	drive()
	if len(addresses) < 60 {
		t.Errorf("only %d addresses were seen", len(addresses))
	}
	takeAway() // now every page fails, and says so in the log
	drive()
	if n := strings.Count(log.String(), "a page failed"); n < 5 {
		t.Errorf("%d pages that failed in the log, want many:\n%s", n, log)
	}
	heardOf := strings.ToLower(log.String())
	for _, word := range secret {
		if at := strings.Index(heardOf, word); at >= 0 {
			t.Errorf("the log says %q: …%s…", word, heardOf[max(0, at-200):min(len(heardOf), at+100)])
		}
		for a := range addresses {
			if plain, err := url.QueryUnescape(a); err != nil || strings.Contains(strings.ToLower(plain), word) {
				t.Errorf("the address %q says %q", a, word)
			}
		}
	}
}

// crawl opens what somebody can reach from their first page, each address once, and a
// few of every kind.
func (s *site) crawl(t *testing.T, role access.Role, see func(page)) {
	t.Helper()
	waiting, seen, kinds := []string{"/", "/caseload", "/files", "/overview", "/answer", "/accounts", "/account", "/matches"}, map[string]bool{}, map[string]int{}
	for len(waiting) > 0 {
		path := waiting[0]
		waiting = waiting[1:]
		if path, _, _ = strings.Cut(path, "#"); seen[path] || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "/static/") {
			continue
		}
		seen[path] = true
		kind := opaque.ReplaceAllString(path, "…")
		if kinds[kind]++; kinds[kind] > 3 {
			continue
		}
		p := s.get(t, role, path)
		see(p)
		for _, m := range address.FindAllStringSubmatch(p.Body, -1) {
			waiting = append(waiting, strings.ReplaceAll(m[1], "&amp;", "&"))
		}
		if p.Location != "" {
			waiting = append(waiting, p.Location)
		}
	}
}

// opaque are the parts of an address that tell one thing of a kind from another.
var opaque = regexp.MustCompile(`[a-z2-7]{26}|[a-z]+\.\d+|\?.*`)

// A page that panics answers with the error page; what it panicked with is not in the log.
func TestAPageThatPanics(t *testing.T) {
	s, log, _ := listenedTo(t)
	handler := web.Recovered(s.Service, slog.New(slog.NewTextHandler(log, nil)), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/half":
			w.Write([]byte("half a page")) //nolint:errcheck // whether it comes is what is asked
		case "/ours":
			var none map[string]int
			none["quiggle"] = 1
		}
		panic(fmt.Errorf("no such child: Quiggle Zarathustra"))
	}))
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	s.URL = server.URL
	for _, path := range []string{"/whole", "/ours"} {
		p := s.get(t, "", path)
		p.is(t, http.StatusInternalServerError)
		p.has(t, "Something went wrong here")
	}
	if answer, err := http.Get(server.URL + "/half"); err == nil {
		if _, err := new(bytes.Buffer).ReadFrom(answer.Body); err == nil {
			t.Error("half a page looks like a whole one")
		}
		answer.Body.Close()
	}
	said := log.String()
	for _, want := range []string{"a page panicked", "private_test.go", "assignment to entry in nil map"} {
		if !strings.Contains(said, want) {
			t.Errorf("the log does not say %q:\n%s", want, said)
		}
	}
	if strings.Contains(strings.ToLower(said), "quiggle") {
		t.Errorf("the log says a name:\n%s", said)
	}
}
