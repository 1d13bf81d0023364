package service_test

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// clock stands still until a test moves it.
type clock struct{ now time.Time }

func (c *clock) read() time.Time { return c.now }

// house is a service on one engine with an authority and people who sign in.
type house struct {
	*service.Service
	db       *store.DB
	dsn      string
	clock    *clock
	operator service.Actor

	allocates string // account of a manager
}

const password = "three unrelated words"

// onEngines runs a test on each engine with a fresh authority 999.
func onEngines(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	t.Parallel() // each test has a house of its own on each engine
	storetest.Engines(t, func(t *testing.T, dsn string) {
		t.Parallel()
		test(t, newHouse(t, dsn))
	})
}

func newHouse(t *testing.T, dsn string) *house {
	t.Helper()
	h := opened(t, dsn)
	if err := h.AddAuthority(t.Context(), "999", "Fernshire", false); err != nil {
		t.Fatal(err)
	}
	return h
}

// opened is newHouse on a database that holds an authority 999 already.
func opened(t *testing.T, dsn string) *house {
	t.Helper()
	c := &clock{time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)}
	db, err := store.Open(t.Context(), dsn, store.Options{Clock: c.read, Master: storetest.Master})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	s, err := service.New(db, c.read, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &house{Service: s, db: db, dsn: dsn, clock: c, operator: service.Operator("999")}
}

// manager is the account of a manager who allocates, made when first asked for.
func (h *house) manager(t *testing.T) string {
	t.Helper()
	if h.allocates == "" {
		h.allocates = h.account(t, "allocates", access.Manager).Account
	}
	return h.allocates
}

// account adds somebody and gives them as an actor.
func (h *house) account(t *testing.T, username string, role access.Role) service.Actor {
	t.Helper()
	id, err := h.AddAccount(t.Context(), h.operator, service.NewAccount{Username: username, Name: "Name of " + username, Role: role, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	return service.Actor{Authority: "999", Account: id, Username: username, Name: "Name of " + username, Role: role, Fresh: true}
}

// take imports files and fails the test where one is not recognised.
func (h *house) take(t *testing.T, opt service.ImportOptions, files ...service.File) service.ImportReport {
	t.Helper()
	report, err := h.Import(t.Context(), h.operator, files, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range report.Unrecognised {
		t.Errorf("%s was not recognised: %s", u.Name, u.Message)
	}
	return report
}

func file(name, text string) service.File { return service.File{Name: name, Data: []byte(text)} }

// shared reads a folder of sample files; the test is skipped where they are absent.
func shared(t testing.TB, pattern string) []service.File {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "data", pattern))
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Skipf("the shared sample files %s are not beside the project", pattern)
	}
	var files []service.File
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, service.File{Name: filepath.Base(path), Data: data})
	}
	return files
}
