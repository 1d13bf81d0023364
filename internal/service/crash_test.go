package service_test

import (
	"bufio"
	"context"
	cryptorand "crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/store/pgtest"
	"stablefutures/internal/store/storetest"
)

// How often a writing process is killed, how many records it writes to at a time, and
// how many records there are in all.
const (
	crashRounds  = 200
	crashWriters = 6
	crashRecords = 36
)

// Processes are killed in the middle of writing, two hundred times: what they were told
// is kept is there, nothing is there by half, and the kept counts and the log are what
// the data say. On PostgreSQL the server itself is killed now and then.
//
// A kill shows what the program and the engine leave behind, not what a disk does
// when the power goes: what the kernel has taken, it writes later.
func TestNothingKeptIsLostWhereProcessesAreKilled(t *testing.T) {
	t.Run(string(store.SQLite), func(t *testing.T) {
		t.Parallel()
		killWriters(t, filepath.Join(t.TempDir(), "crash.db"), nil)
	})
	t.Run(string(store.PostgreSQL), func(t *testing.T) {
		t.Parallel()
		server := ownServer(t)
		killWriters(t, server.URL, server)
	})
}

// ownServer is a PostgreSQL that a test may kill: other tests do not use it.
func ownServer(t *testing.T) *pgtest.Cluster {
	t.Helper()
	server, err := pgtest.Start(t.Context())
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
	return server
}

func killWriters(t *testing.T, dsn string, server *pgtest.Cluster) {
	began := time.Now()
	h := newHouse(t, dsn)
	o := order{DSN: dsn, Worker: h.account(t, "worker", access.Worker), Ahead: h.clock.now.Sub(began)}
	records := make([]string, crashRecords)
	for i := range records {
		records[i] = h.added(t, o.Worker, service.NewChild{Name: "Child " + strconv.Itoa(i), BirthDate: "2010-02-03", Sex: "F", Ethnicity: "BAFR", Anyway: true})
	}
	if err := h.db.Close(); err != nil { // whoever opens it next finds it as the killed process left it
		t.Fatal(err)
	}
	kept := 0
	for round := range crashRounds {
		o.Records = nil
		for i := range crashWriters {
			o.Records = append(o.Records, records[(round*crashWriters+i)%crashRecords])
		}
		p := startWriting(t, o)
		if round%4 > 0 { // otherwise it may not have kept anything yet
			p.wait(t, p.first)
		}
		time.Sleep(rand.N(80 * time.Millisecond))
		serverToo := server != nil && round%10 == 9
		if serverToo {
			killServer(t, server)
		}
		said := p.kill(t, serverToo)
		kept += len(said)
		again := openAgain(t, dsn)
		for _, record := range o.Records {
			again.holds(t, record, said)
		}
		if round%20 == 19 {
			again.wholeHolds(t)
		}
		if err := again.db.Close(); err != nil {
			t.Fatal(err)
		}
		if t.Failed() {
			t.Fatalf("after %d kills", round+1)
		}
	}
	t.Logf("%d kills in %s, %d acknowledged writes", crashRounds, time.Since(began).Round(time.Second), kept)
	if kept < crashRounds/2 {
		t.Errorf("only %d writes were acknowledged in %d rounds: the processes were killed before they wrote", kept, crashRounds)
	}
}

// killServer kills the server while it is written to, and starts it again; sometimes
// the writers find it there again, sometimes they are gone by then.
func killServer(t *testing.T, server *pgtest.Cluster) {
	t.Helper()
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := server.Again(context.Background()); err != nil {
		t.Fatal(err)
	}
	time.Sleep(rand.N(80 * time.Millisecond))
}

// writing is a process that writes: what it says, that it begins, and that something
// was acknowledged for the first time.
type writing struct {
	process      *exec.Cmd
	said         chan string
	begun, first chan bool
}

// startWriting returns once it begins to.
func startWriting(t *testing.T, o order) *writing {
	t.Helper()
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	p := &writing{process: exec.Command(os.Args[0], "-test.run=^TestProcessThatWrites$"), said: make(chan string, 100_000), begun: make(chan bool), first: make(chan bool)}
	p.process.Env = append(os.Environ(), crashOrder+"="+string(text))
	out, err := p.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.process.Start(); err != nil {
		t.Fatal(err)
	}
	go p.listen(out)
	p.wait(t, p.begun)
	return p
}

func (p *writing) listen(out io.Reader) {
	defer close(p.said)
	kept := 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		line, ok := strings.CutPrefix(lines.Text(), "said: ")
		switch {
		case line == "begun":
			close(p.begun)
			continue
		case !ok:
			line = "failed " + line
		case !strings.HasPrefix(line, "failed "):
			if kept++; kept == 1 {
				close(p.first)
			}
		}
		p.said <- line
	}
}

func (p *writing) wait(t *testing.T, until chan bool) {
	t.Helper()
	select {
	case <-until:
	case <-time.After(time.Minute):
		t.Fatal("the process did not begin to write")
	}
}

// kill ends it and gives what it said was acknowledged. That the database was away may
// be said where it was.
func (p *writing) kill(t *testing.T, away bool) (kept []string) {
	t.Helper()
	if err := p.process.Process.Kill(); err != nil {
		t.Error(err)
	}
	for line := range p.said {
		if why, failed := strings.CutPrefix(line, "failed "); !failed {
			kept = append(kept, line)
		} else if !away || !strings.Contains(why, service.ErrAway.Error()) {
			t.Errorf("the process failed: %s", why)
		}
	}
	var exit *exec.ExitError
	if err := p.process.Wait(); !errors.As(err, &exit) || exit.Exited() {
		t.Errorf("the process ended by itself: %v", err)
	}
	return kept
}

// openAgain is the service as it starts after a crash.
func openAgain(t *testing.T, dsn string) *house {
	t.Helper()
	c := &clock{time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)}
	db, err := store.Open(t.Context(), dsn, store.Options{Clock: c.read, Master: storetest.Master})
	if err != nil {
		t.Fatal(err)
	}
	s, err := service.New(db, c.read, cryptorand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &house{Service: s, db: db, dsn: dsn, clock: c, operator: service.Operator("999")}
}

// holds looks at a record: what was said to be kept is there, nothing is there by
// half, and there is an entry in the log for each thing and a thing for each entry.
func (h *house) holds(t *testing.T, record string, said []string) {
	t.Helper()
	now := h.written(t, record)
	for _, line := range said {
		if fields := strings.Fields(line); fields[1] == record && !now.has(fields) {
			t.Errorf("acknowledged and lost: %s", line)
		}
	}
	for _, r := range now.readings {
		if r.Words != wordsOf(r.ID) {
			t.Errorf("a reading is there by half: its words are %q", r.Words)
		}
	}
	for i, v := range now.register {
		if want := len(now.register) - i; v.Version != want || v.Entry["note"] != "note "+strconv.Itoa(want) {
			t.Errorf("version %d of the register entry is %d, with the note %q", want, v.Version, v.Entry["note"])
		}
	}
	if begun, logged := len(now.drafts), now.entries("write in a conversation"); begun != len(logged) {
		t.Errorf("%d forms are half filled in, and %d are in the log", begun, len(logged))
	}
	for act, at := range now.instants() {
		logged := now.entries(act)
		slices.SortFunc(at, time.Time.Compare)
		slices.SortFunc(logged, time.Time.Compare)
		if !slices.EqualFunc(at, logged, time.Time.Equal) {
			t.Errorf("%q: %d are there, and %d entries in the log that are not of the same instants", act, len(at), len(logged))
		}
	}
}

// wholeHolds looks at the whole database: whatever else must hold after a crash is
// asked here.
func (h *house) wholeHolds(t *testing.T) {
	t.Helper()
	differences, err := h.CheckCounts(t.Context(), h.operator, false)
	if err != nil || len(differences) > 0 {
		t.Errorf("what is kept is not what the readings say: %v %v", err, differences)
	}
	log, err := h.db.VerifyLedger(t.Context(), "999", nil)
	if err != nil || len(log.Findings) > 0 {
		t.Errorf("the log is not as it was written: %v %v", err, log.Findings)
	}
	if h.db.Engine != store.SQLite {
		return
	}
	raw, err := sql.Open("sqlite", h.dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	var said string
	if err := raw.QueryRow("pragma integrity_check").Scan(&said); err != nil || said != "ok" {
		t.Errorf("integrity_check says %q: %v", said, err)
	}
}
