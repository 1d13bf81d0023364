package service_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// On a full disk what is written is refused in one way and leaves nothing by half.
// What needs no entry in the log can be read; a record cannot be opened, because
// nobody sees one without an entry. With room again all goes on by itself.
func TestAFullDisk(t *testing.T) {
	storetest.EnginesOnSmallDisks(t, func(t *testing.T, dsn string, disk *storetest.Disk) {
		h := newHouse(t, dsn)
		worker := h.account(t, "worker", access.Worker)
		record, talk := h.talk(t, worker)
		var said []string
		for _, indicator := range framework.Working().Outcomes()[0].Indicators[:2] {
			id := h.NewID()
			h.say(t, worker, service.NewReading{ID: id, Conversation: talk, Indicator: indicator.ID, Value: 3, Words: wordsOf(id)})
			said = append(said, "reading "+record+" "+id)
		}

		disk.Fill(t)
		untilFull(t, "a reading", func(n int) error {
			id := h.NewID()
			indicators := framework.Working().Outcomes()[1].Indicators
			_, err := h.SaveReading(t.Context(), worker, service.NewReading{ID: id, Conversation: talk, Voice: conversation.YoungPerson,
				Indicator: indicators[n%len(indicators)].ID, State: conversation.Answered, Value: 1 + n%5, Words: wordsOf(id)})
			if err == nil {
				said = append(said, "reading "+record+" "+id)
			}
			return err
		})
		untilFull(t, "many at once", func(int) error { return h.manyAtOnce(t, worker, record) })
		untilFull(t, "a file", func(n int) error {
			files := []service.File{file("episodes.csv", strings.ReplaceAll(manyEpisodes(2000), "\nk", "\nk"+strconv.Itoa(n)))}
			_, err := h.Import(t.Context(), h.operator, files, service.ImportOptions{YearEnding: "2026-03-31"})
			return err
		})
		untilFull(t, "opening a record", func(int) error {
			_, err := h.Record(t.Context(), worker, record)
			return err
		})
		untilFull(t, "a search", func(int) error {
			_, err := h.Caseload(t.Context(), worker, "semhar", "")
			return err
		})
		entries, _ := h.caseloadEntries(t, worker)
		for range 30 {
			if list, err := h.Caseload(t.Context(), worker, "", ""); err != nil || len(list.Rows) != 1 {
				t.Errorf("the caseload has %d rows: %v", len(list.Rows), err)
			}
		}
		if _, err := h.Overview(t.Context(), worker, "2026-03-31", false); err != nil {
			t.Errorf("the overview cannot be read: %v", err)
		}
		h.holds(t, record, said)

		disk.Free(t)
		if _, err := h.Caseload(t.Context(), worker, "", ""); err != nil {
			t.Errorf("there is room again, and the caseload cannot be read: %v", err)
		}
		if now, made := h.caseloadEntries(t, worker); made == 0 || now-entries+made != 31 {
			t.Errorf("the caseload was read 31 times: the log says %d times, and %d times on a full disk", now-entries, made)
		}
		h.say(t, worker, service.NewReading{Conversation: talk, Indicator: framework.Working().Outcomes()[2].Indicators[0].ID, Value: 4, ID: "after", Words: wordsOf("after")})
		if _, err := h.Record(t.Context(), worker, record); err != nil {
			t.Errorf("there is room again, and the record cannot be opened: %v", err)
		}
		h.holds(t, record, append(said, "reading "+record+" after"))
		h.wholeHolds(t)
	})
}

// caseloadEntries counts what the log says of somebody's caseload: its entries, and
// what they say was read while there was no room for one.
func (h *house) caseloadEntries(t *testing.T, who service.Actor) (entries, made int) {
	t.Helper()
	err := h.db.Read(t.Context(), func(tx *store.Tx) error {
		list, err := tx.AuditOfKind("999", "caseload", who.Account, 10_000)
		for _, e := range list {
			var listed, times int
			if n, _ := fmt.Sscanf(e.Detail, "%d listed, and %d times while the disk was full", &listed, &times); n == 2 {
				made += times
			}
		}
		entries = len(list)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return entries, made
}

// untilFull does something until there is no room for it. Some of it may find room
// within what is there already.
func untilFull(t *testing.T, what string, do func(n int) error) {
	t.Helper()
	for n := range 2000 {
		err := do(n)
		if errors.Is(err, service.ErrFull) {
			return
		}
		if err != nil {
			t.Fatalf("%s on a full disk: %v", what, err)
		}
	}
	t.Fatalf("there is always room for %s", what)
}

// manyAtOnce opens a record from many sides at the same moment, and gives the first
// error: on SQLite they share a transaction, and with it the full disk.
func (h *house) manyAtOnce(t *testing.T, worker service.Actor, record string) error {
	t.Helper()
	ended := make(chan error, 16)
	for range cap(ended) {
		go func() {
			_, err := h.Register(t.Context(), worker, record)
			ended <- err
		}()
	}
	var full error
	for range cap(ended) {
		switch err := <-ended; {
		case errors.Is(err, service.ErrFull):
			full = err
		case err != nil:
			return fmt.Errorf("one of many: %w", err)
		}
	}
	return full
}
