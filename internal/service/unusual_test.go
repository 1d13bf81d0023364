package service_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// reads are young people added by hand, one after another, and read.
func (h *house) reads(t *testing.T, who service.Actor, records []string) {
	t.Helper()
	for _, record := range records {
		if _, err := h.Record(t.Context(), who, record); err != nil {
			t.Fatal(err)
		}
	}
}

func (h *house) youngPeople(t *testing.T, by service.Actor, n int) (records []string) {
	t.Helper()
	for i := range n {
		record, _, err := h.AddChild(t.Context(), by, service.NewChild{ID: h.NewID(), Name: fmt.Sprintf("Young %c%c", 'A'+i/26, 'A'+i%26), BirthDate: "2010-02-03", Sex: "M", Ethnicity: "AOTH", Anyway: true})
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, record)
	}
	return records
}

// found is what is unusual, as "kind day records of whom".
func (h *house) found(t *testing.T, by service.Actor) (words []string) {
	t.Helper()
	list, err := h.UnusualReading(t.Context(), by)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range list {
		words = append(words, fmt.Sprintf("%s %s %d %s", u.Kind, u.Day, u.Records, strings.TrimPrefix(u.Name, "Name of ")))
	}
	slices.Sort(words)
	return words
}

func (h *house) expect(t *testing.T, by service.Actor, what string, want ...string) {
	t.Helper()
	if words := h.found(t, by); !slices.Equal(words, want) {
		t.Errorf("%s: found was %q, want %q", what, words, want)
	}
}

func TestUnusualReadingIsFound(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker, manager, officer := h.account(t, "worker", access.Worker), h.account(t, "manager", access.Manager), h.account(t, "officer", access.DataOfficer)
		records := h.youngPeople(t, worker, 33)
		h.reads(t, worker, records[:30])
		h.expect(t, officer, "a day's work")

		h.reads(t, worker, records[:30]) // the same again
		h.expect(t, officer, "the same records again")
		h.reads(t, worker, records[30:31])
		h.expect(t, officer, "one more than a caseload", "many 2026-11-24 31 worker")
		h.reads(t, worker, records[31:])
		h.expect(t, officer, "two more: the same finding grows", "many 2026-11-24 33 worker")
		many := "many 2026-11-24 33 worker"

		h.reads(t, manager, records[:2])
		relation := "relation 2026-11-24 2 manager"
		h.expect(t, officer, "a manager who has nothing to do with two", many, relation)
		if err := h.Allocate(t.Context(), manager, records[2], []string{worker.Account}); err != nil {
			t.Fatal(err)
		}
		h.reads(t, manager, records[2:3])
		h.expect(t, officer, "a manager who did not allocate the third: it was the worker's already", many, "relation 2026-11-24 3 manager")
		relation = "relation 2026-11-24 3 manager"
		second := h.account(t, "second", access.Worker)
		if err := h.Allocate(t.Context(), manager, records[3], []string{worker.Account, second.Account}); err != nil {
			t.Fatal(err)
		}
		h.reads(t, manager, records[3:4])
		h.expect(t, officer, "one whom the manager allocated", many, relation)

		h.clock.now = time.Date(2026, 11, 24, 19, 59, 0, 0, time.UTC)
		h.reads(t, second, records[3:4])
		h.expect(t, officer, "just before eight", many, relation)
		h.clock.now = time.Date(2026, 11, 24, 20, 0, 0, 0, time.UTC)
		h.reads(t, second, records[3:4])
		evening := "hours 2026-11-24 1 second"
		h.expect(t, officer, "at eight", evening, many, relation)
		h.clock.now = time.Date(2026, 11, 28, 11, 0, 0, 0, time.UTC) // a Saturday
		h.reads(t, second, records[3:4])
		h.expect(t, officer, "on a Saturday", evening, "hours 2026-11-28 1 second", many, relation)
		// In summer London is an hour ahead: 06:30 is half past seven there.
		h.clock.now = time.Date(2027, 6, 8, 6, 30, 0, 0, time.UTC)
		h.reads(t, second, records[3:4])
		h.expect(t, officer, "half past seven in summer")
		h.clock.now = time.Date(2027, 6, 8, 19, 30, 0, 0, time.UTC)
		h.reads(t, second, records[3:4])
		h.expect(t, officer, "half past eight in summer", "hours 2027-06-08 1 second")
	})
}

// Somebody who reads two a day and then eleven reads more than three times as many; so
// does one who reads four and then thirteen, and not twelve.
func TestFarMoreThanSomebodysOwnUsualIsFound(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker, officer := h.account(t, "worker", access.Worker), h.account(t, "officer", access.DataOfficer)
		other := h.account(t, "other", access.Worker)
		records, others := h.youngPeople(t, worker, 12), h.youngPeople(t, other, 13)
		for range 5 {
			h.reads(t, worker, records[:2])
			h.reads(t, other, others[:4])
			h.clock.now = h.clock.now.AddDate(0, 0, 1)
			if day := h.clock.now.Weekday(); day == time.Saturday {
				h.clock.now = h.clock.now.AddDate(0, 0, 2)
			}
		}
		h.reads(t, worker, records[:10])
		h.expect(t, officer, "ten")
		h.reads(t, worker, records[10:11])
		h.expect(t, officer, "eleven", "many 2026-12-01 11 worker")
		h.reads(t, other, others[:12])
		h.expect(t, officer, "three times as many", "many 2026-12-01 11 worker")
		h.reads(t, other, others[12:])
		h.expect(t, officer, "more than three times as many", "many 2026-12-01 11 worker", "many 2026-12-01 13 other")
	})
}

// Who read explains, others escalate; nobody does the other's part, and what was said
// stands in no entry of the log.
func TestUnusualReadingIsExplainedOrEscalated(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker, manager, officer := h.account(t, "worker", access.Worker), h.account(t, "manager", access.Manager), h.account(t, "officer", access.DataOfficer)
		records := h.youngPeople(t, worker, 1)
		h.reads(t, manager, records)
		h.expect(t, officer, "a manager's reading", "relation 2026-11-24 1 manager")
		own, err := h.OwnUnusual(t.Context(), manager)
		if err != nil || len(own) != 1 || own[0].State() != "" {
			t.Fatalf("%+v %v", own, err)
		}
		id := own[0].ID
		const why = "Semhar rang me herself"
		for _, c := range []struct {
			what string
			err  error
			want error
		}{
			{"somebody else explains", h.ExplainUnusual(t.Context(), officer, id, why), service.ErrNotFound},
			{"a worker explains", h.ExplainUnusual(t.Context(), worker, id, why), service.ErrNotFound},
			{"a worker escalates", h.EscalateUnusual(t.Context(), worker, id, why), service.ErrRefused},
			{"who read escalates", h.EscalateUnusual(t.Context(), manager, id, why), service.ErrRefused},
			{"another authority's officer escalates", h.EscalateUnusual(t.Context(), service.Actor{Authority: "998", Account: "x", Role: access.DataOfficer}, id, why), service.ErrNotFound},
			{"who read explains", h.ExplainUnusual(t.Context(), manager, id, " "+why+" "), nil},
		} {
			if !errors.Is(c.err, c.want) {
				t.Errorf("%s: %v, want %v", c.what, c.err, c.want)
			}
		}
		if _, err := h.OneUnusual(t.Context(), worker, id); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("a worker opens somebody else's: %v", err)
		}
		for _, words := range []string{" ", strings.Repeat("x", 2001)} {
			var wrong service.Invalid
			if err := h.ExplainUnusual(t.Context(), manager, id, words); !errors.As(err, &wrong) {
				t.Errorf("%d characters: %v", len(words), err)
			}
		}
		u, err := h.OneUnusual(t.Context(), officer, id)
		if err != nil || u.State() != service.Explained || len(u.Words) != 1 || u.Words[0].Words != why || u.Words[0].Name != "Name of manager" {
			t.Errorf("%+v %v", u, err)
		}
		if err := h.EscalateUnusual(t.Context(), officer, id, "Told the head of service"); err != nil {
			t.Fatal(err)
		}
		if err := h.EscalateUnusual(t.Context(), officer, id, "again"); !errors.Is(err, service.ErrChanged) {
			t.Errorf("escalated twice: %v", err)
		}
		if err := h.ExplainUnusual(t.Context(), manager, id, "There is more to say"); err != nil {
			t.Fatal(err)
		}
		if u, err = h.OneUnusual(t.Context(), officer, id); err != nil || u.State() != service.Escalated || len(u.Words) != 3 {
			t.Errorf("%+v %v", u, err)
		}
		h.write(t, func(tx *store.Tx) error {
			entries, err := tx.AuditOfKind("999", "unusual", id, 100)
			entries = slices.DeleteFunc(entries, func(e store.AuditEntry) bool { return e.Act != "read one unusual reading" || e.Account != officer.Account })
			if len(entries) != 2 {
				t.Errorf("it was opened twice, and %d times by the log", len(entries))
			}
			return err
		})
		if _, err := h.UnusualReading(t.Context(), worker); !errors.Is(err, service.ErrRefused) {
			t.Errorf("a worker sees all: %v", err)
		}
		reports, err := h.VerifyLedger(t.Context(), officer, nil)
		if err != nil || len(reports[0].Findings) > 0 {
			t.Errorf("%+v %v", reports, err)
		}
	})
}
