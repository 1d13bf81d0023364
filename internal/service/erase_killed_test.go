package service_test

import (
	"bufio"
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// erasingDSN names the database of a process that erases and is killed; erasingBy is the
// account that says yes.
const (
	erasingDSN = "STABLEFUTURES_TEST_ERASING"
	erasingBy  = "STABLEFUTURES_TEST_ERASING_BY"
)

// TestProcessThatErases is no test: it is the process that the test below starts and
// kills. It says yes to all that waits, and names each decision when it is done.
func TestProcessThatErases(t *testing.T) {
	dsn := os.Getenv(erasingDSN)
	if dsn == "" {
		t.Skip("this is the process that another test kills")
	}
	clock := func() time.Time { return time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC) }
	db, err := store.Open(t.Context(), dsn, store.Options{Clock: clock, Master: storetest.Master})
	if err != nil {
		t.Fatal(err)
	}
	s, err := service.New(db, clock, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	second := service.Actor{Authority: "999", Account: os.Getenv(erasingBy), Role: access.Manager}
	list, err := s.Decisions(t.Context(), second)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		fmt.Println("begun")
		if _, err := s.Decide(t.Context(), second, d.ID, true, ""); err != nil {
			t.Fatal(err)
		}
		fmt.Println("done " + d.ID)
	}
}

// A process that is killed while it erases leaves each record whole or gone: what was
// acknowledged is gone, and nothing is half there.
func TestAKilledErasureIsWholeOrNothing(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		h := newHouse(t, dsn)
		worker, asker, second := h.account(t, "worker", access.Worker), h.account(t, "asker", access.Manager), h.account(t, "second", access.Manager)
		const people = 24
		records, decisions := [people]string{}, [people]string{}
		for n := range people {
			records[n] = h.added(t, worker, service.NewChild{LAID: fmt.Sprint("KN", 100+n), BirthDate: "2010-02-03"})
			talk, err := h.StartConversation(t.Context(), worker, records[n], service.NewConversation{ID: h.NewID(), HeldOn: "2026-11-20", Language: "English"})
			if err != nil {
				t.Fatal(err)
			}
			h.say(t, worker, service.NewReading{Conversation: talk, Indicator: "home.1", Value: 3, Words: canary})
			decisions[n] = h.ask(t, asker, store.DecideErase, records[n])
		}
		killed, done := false, map[string]bool{}
		for round := 0; round < 8 && len(done) < people; round++ {
			acknowledged, whole := eraseAndKill(t, dsn, second.Account, 1+2*round)
			killed = killed || !whole
			for _, id := range acknowledged {
				done[id] = true
			}
			h.clock.now = h.clock.now.Add(time.Second)
			held := h.rows(t)
			for n, record := range records {
				reads := h.opens(t, worker, record)
				if reads && done[decisions[n]] {
					t.Errorf("round %d: a record is there whose erasing was acknowledged", round)
				}
				for _, table := range []string{"identity", "reading", "reading_words", "conversation", "standing", "allocation"} {
					if strings.Contains(strings.Join(held[table], "\n"), record) != reads {
						t.Errorf("round %d: the record can be read: %v, and %s says otherwise", round, reads, table)
					}
				}
				if d := h.decisions(t, asker)[decisions[n]]; d.Open != reads || d.UsedAt.IsZero() != reads {
					t.Errorf("round %d: the record can be read: %v, and the decision is %+v", round, reads, d)
				}
			}
			checkCounts(t, h)
		}
		if !killed {
			t.Error("no process could be killed in the middle")
		}
	})
}

// eraseAndKill starts the process and kills it when it has begun the erasure of a
// number; whole tells that it came to its end before.
func eraseAndKill(t *testing.T, dsn, by string, number int) (acknowledged []string, whole bool) {
	t.Helper()
	process := exec.Command(os.Args[0], "-test.run=^TestProcessThatErases$", "-test.v")
	process.Env = append(os.Environ(), erasingDSN+"="+dsn, erasingBy+"="+by)
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	begun := 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if lines.Text() == "begun" {
			if begun++; begun == number {
				if err := process.Process.Kill(); err != nil {
					t.Log(err)
				}
			}
		}
		if id, ok := strings.CutPrefix(lines.Text(), "done "); ok {
			acknowledged = append(acknowledged, id)
		}
	}
	return acknowledged, process.Wait() == nil
}
