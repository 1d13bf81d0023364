package service_test

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/service"
	"stablefutures/internal/store/storetest"
)

// insistents is how many people work at the same time.
const insistents = 8

// backWithin is how long after PostgreSQL is there again everybody is served again.
const backWithin = 5 * time.Second

// PostgreSQL is stopped in the middle of everything and started again, several times,
// while it is read and written. Who meets that is told that it is away, and nothing
// else; who sends the same again has it kept once; all are served again within five
// seconds, and no connection is left in the middle of a transaction.
func TestPostgreSQLIsStartedAgainUnderLoad(t *testing.T) {
	server := ownServer(t)
	h := newHouse(t, server.URL)
	worker := h.account(t, "worker", access.Worker)
	var everybody []*insistent
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var all sync.WaitGroup
	for i := range insistents {
		record := h.added(t, worker, service.NewChild{Name: "Child " + strconv.Itoa(i), BirthDate: "2010-02-03", Sex: "F", Ethnicity: "BAFR", Anyway: true})
		everybody = append(everybody, &insistent{house: h, worker: worker, record: record})
	}
	for _, w := range everybody {
		all.Go(func() { w.work(ctx, t) })
	}
	for restart := range 4 {
		waitForAll(t, everybody, time.Minute)
		if err := server.Halt(); err != nil {
			t.Fatal(err)
		}
		if restart%2 == 1 {
			time.Sleep(3 * time.Second) // longer than anybody waits for it
		}
		if err := server.Again(t.Context()); err != nil {
			t.Fatal(err)
		}
		waitForAll(t, everybody, backWithin)
	}
	stop()
	all.Wait()
	away := 0
	for _, w := range everybody {
		h.holds(t, w.record, w.said)
		away += w.away
		if n := len(h.written(t, w.record).readings); n != w.kept {
			t.Errorf("%d readings were acknowledged and %d are there", w.kept, n)
		}
	}
	if away == 0 {
		t.Error("nobody was ever told that the database is away")
	}
	h.wholeHolds(t)
	nobodyIsInTheMiddle(t, server.URL)
}

// A caseload whose connection breaks at its end is read anew, and lists nobody twice.
func TestACaseloadThatIsReadAnewListsEverybodyOnce(t *testing.T) {
	dsn, cutter := storetest.PostgresBehindCutter(t)
	h := newHouse(t, dsn)
	worker := h.account(t, "worker", access.Worker)
	h.talk(t, worker)
	if err := h.db.Close(); err != nil { // connections that know the statement already do not send its text
		t.Fatal(err)
	}
	h = openAgain(t, dsn)
	defer h.db.Close()
	cutter.Cut("insert into audit", false)
	list, err := h.Caseload(t.Context(), worker, "", "")
	if err != nil || len(list.Rows) != 1 {
		t.Errorf("the caseload has %d rows, one young person is on it: %v", len(list.Rows), err)
	}
	if entries, _ := h.caseloadEntries(t, worker); entries != 1 {
		t.Errorf("it was read once, and is in the log %d times", entries)
	}
}

// insistent is somebody who records readings and looks at the record, and does what
// was not done again until it is.
type insistent struct {
	*house
	worker service.Actor
	record string

	kept, away int
	said       []string
	done       atomic.Int64 // how often something was
}

func (w *insistent) work(ctx context.Context, t *testing.T) {
	indicators := framework.Working().Outcomes()[0].Indicators
	for n := 0; ctx.Err() == nil; n++ {
		talk, reading := w.NewID(), w.NewID()
		w.insist(ctx, t, func() error {
			_, err := w.StartConversation(t.Context(), w.worker, w.record, service.NewConversation{ID: talk, HeldOn: "2026-11-20", Language: "English"})
			return err
		})
		w.insist(ctx, t, func() error {
			_, err := w.SaveReading(t.Context(), w.worker, service.NewReading{ID: reading, Conversation: talk, Indicator: indicators[n%len(indicators)].ID,
				Voice: conversation.YoungPerson, State: conversation.Answered, Value: 1 + n%5, Words: wordsOf(reading)})
			if err == nil {
				w.kept++
				w.said = append(w.said, "reading "+w.record+" "+reading)
			}
			return err
		})
		w.insist(ctx, t, func() error {
			_, err := w.Record(t.Context(), w.worker, w.record)
			return err
		})
		w.insist(ctx, t, func() error {
			list, err := w.Caseload(t.Context(), w.worker, "", "")
			if err == nil && len(list.Rows) != insistents {
				t.Errorf("the caseload has %d rows, %d people are on it", len(list.Rows), insistents)
			}
			return err
		})
		w.insist(ctx, t, func() error {
			_, err := w.Overview(t.Context(), w.worker, "2026-03-31", false)
			return err
		})
	}
}

// insist does something until it is done. The only excuse is that the database is away.
func (w *insistent) insist(ctx context.Context, t *testing.T, do func() error) {
	for {
		err := do()
		if err == nil {
			w.done.Add(1)
			return
		}
		w.away++
		if !errors.Is(err, service.ErrAway) {
			t.Errorf("told something else than that the database is away: %v", err)
			return
		}
	}
}

// waitForAll waits until everybody was served once more. What was under way when it is
// called may have been done before, so that it does not count.
func waitForAll(t *testing.T, everybody []*insistent, within time.Duration) {
	t.Helper()
	until := time.Now().Add(within)
	var before []int64
	for _, w := range everybody {
		before = append(before, w.done.Load())
	}
	for i, w := range everybody {
		for w.done.Load() < before[i]+2 {
			if time.Now().After(until) {
				t.Fatalf("after %s number %d of %d is not served again", within, i+1, len(everybody))
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
	t.Logf("everybody is served after %s", (within - time.Until(until)).Round(time.Millisecond))
}

func nobodyIsInTheMiddle(t *testing.T, dsn string) {
	t.Helper()
	raw, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	var busy int
	const asked = `select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() and state <> 'idle'`
	if err := raw.QueryRow(asked).Scan(&busy); err != nil || busy > 0 {
		t.Errorf("%d connections are in the middle of something, and nobody works: %v", busy, err)
	}
}
