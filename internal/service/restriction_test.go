package service_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// restrict keeps the ward's record to some people.
func (w *ward) restrict(t *testing.T, named ...service.Actor) {
	t.Helper()
	var names []string
	for _, a := range named {
		names = append(names, a.Account)
	}
	if _, err := w.Restrict(t.Context(), w.manager, w.record, names); err != nil {
		t.Fatal(err)
	}
}

func TestARestrictedRecordIsOpenToTheNamedAlone(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		second := h.account(t, "second", access.Manager)
		w.restrict(t, w.manager, w.worker)
		if !w.opens(t, w.manager, w.record) || !w.opens(t, w.worker, w.record) || w.opens(t, second, w.record) {
			t.Error("it is not the named who can open it")
		}
		r, err := w.Record(t.Context(), w.worker, w.record)
		if err != nil || !r.Head.Restricted || !r.MayWrite || r.Head.May(access.Restrict) {
			t.Errorf("%+v, %v", r.Head, err)
		}
		if _, err := w.Restriction(t.Context(), w.worker, w.record); !errors.Is(err, service.ErrRefused) {
			t.Errorf("a worker opened the page: %v", err)
		}
		if _, err := w.Restriction(t.Context(), second, w.record); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("a manager who is not named opened the page: %v", err)
		}
		if _, err := w.Restrict(t.Context(), second, w.record, []string{second.Account, w.worker.Account}); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("a manager who is not named changed the names: %v", err)
		}

		if a, err := w.Allocation(t.Context(), w.manager, w.record); err != nil || len(a.Workers) != 2 {
			t.Errorf("%d people are offered to work with them, want the two who are named: %v", len(a.Workers), err)
		}
		if err := w.Allocate(t.Context(), w.manager, w.record, []string{w.worker.Account, w.colleague.Account}); err != nil {
			t.Fatal(err)
		}
		if w.opens(t, w.colleague, w.record) {
			t.Error("allocating it opened it to somebody who is not named")
		}

		// Who is taken off loses it at the next request, also who did it.
		still, err := w.Restrict(t.Context(), w.manager, w.record, []string{w.manager.Account, second.Account})
		if err != nil || !still || w.opens(t, w.worker, w.record) || !w.opens(t, second, w.record) {
			t.Errorf("still %v, %v", still, err)
		}
		still, err = w.Restrict(t.Context(), w.manager, w.record, []string{second.Account, w.worker.Account})
		if err != nil || still || w.opens(t, w.manager, w.record) {
			t.Errorf("still %v, %v", still, err)
		}
		p, err := w.Restriction(t.Context(), second, w.record)
		if err != nil || len(p.Named) != 2 || !slices.Contains(p.Named, second.Account) || p.Since.IsZero() {
			t.Errorf("%+v, %v", p, err)
		}
		log := w.history(t)
		for act, times := range map[string]int{"restrict record": 1, "name in restriction": 4, "take out of restriction": 2} {
			if n := strings.Count(log, act); n != times {
				t.Errorf("%q stands %d times in the history, want %d: %s", act, n, times, log)
			}
		}
	})
}

func TestARestrictionNeverLosesARecord(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		away := h.account(t, "away", access.Manager)
		h.write(t, func(tx *store.Tx) error {
			return errors.Join(tx.AddTeam("999", "north", "North", ""), tx.Place("999", away.Account, "north", "", ""))
		})
		for name, names := range map[string][]string{
			"nobody":                       {},
			"one alone":                    {w.manager.Account},
			"the same twice":               {w.manager.Account, w.manager.Account},
			"no manager":                   {w.worker.Account, w.colleague.Account},
			"a manager of another team":    {w.worker.Account, away.Account},
			"somebody who reads no record": {w.manager.Account, w.auditor.Account},
			"somebody who is not there":    {w.manager.Account, w.worker.Account, "nobody"},
		} {
			var wrong service.Invalid
			if _, err := w.Restrict(t.Context(), w.manager, w.record, names); !errors.As(err, &wrong) || wrong[0].Field != "names" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if !w.opens(t, w.worker, w.record) {
			t.Error("what was refused restricted the record")
		}
		if _, err := w.Restrict(t.Context(), w.worker, w.record, []string{w.manager.Account, w.worker.Account}); !errors.Is(err, service.ErrRefused) {
			t.Errorf("a worker restricted it: %v", err)
		}
	})
}

// Wherever records are counted or compared, a restricted one does not show to whoever
// is not named.
func TestThatARecordIsRestrictedDoesNotShow(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		officer, second := h.account(t, "officer", access.DataOfficer), h.account(t, "second", access.Manager)
		twin := service.NewChild{Name: "Semhar Tesfay", BirthDate: "2010-02-03", Sex: "F"}
		alike := twin
		alike.Anyway = true
		if _, _, err := w.AddChild(t.Context(), w.colleague, alike); err != nil {
			t.Fatal(err)
		}
		waiting := func(actor service.Actor) (files, pairs, caseload int) {
			list, err := w.Matches(t.Context(), actor)
			if err != nil {
				t.Fatal(err)
			}
			if actor.May(access.ImportFiles) {
				if _, _, files, err = w.FilesRead(t.Context(), actor); err != nil {
					t.Fatal(err)
				}
			}
			if actor.May(access.ReadRecord) {
				c, err := w.Caseload(t.Context(), actor, "", "")
				if err != nil {
					t.Fatal(err)
				}
				caseload = c.Matches
			}
			return files, len(list), caseload
		}
		if files, pairs, _ := waiting(officer); files != 1 || pairs != 1 {
			t.Fatalf("before: %d on the page of files, %d pairs", files, pairs)
		}
		w.restrict(t, w.manager, w.worker)
		if files, pairs, _ := waiting(officer); files != 0 || pairs != 0 {
			t.Errorf("the data officer: %d on the page of files, %d pairs", files, pairs)
		}
		if _, pairs, caseload := waiting(second); pairs != 0 || caseload != 0 {
			t.Errorf("a manager: %d pairs, %d on the caseload", pairs, caseload)
		}
		if _, pairs, caseload := waiting(w.manager); pairs != 1 || caseload != 1 {
			t.Errorf("a manager who is named: %d pairs, %d on the caseload", pairs, caseload)
		}
		if c, err := w.Caseload(t.Context(), second, w.reference, ""); err != nil || len(c.Rows) != 0 {
			t.Errorf("found by its reference: %+v, %v", c.Rows, err)
		}
		if _, found, err := w.AddChild(t.Context(), second, twin); err != nil || len(found) != 1 {
			t.Errorf("%d are alike, want the one that is not restricted: %v", len(found), err)
		}
		taken := twin
		taken.ID, taken.Anyway = w.record, true
		if record, _, err := w.AddChild(t.Context(), second, taken); err != nil || record == w.record {
			t.Errorf("adding somebody under its id says that it is there: %q, %v", record, err)
		}
	})
}

// Files that make a restricted record a likely match say nothing of that.
func TestAFileDoesNotTellOfARestrictedMatch(t *testing.T) {
	const header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		officer := h.account(t, "officer", access.DataOfficer)
		first, again := file("a.csv", header+"c1,1,01/01/2010,WBRI,A123456789012,,\n"), file("b.csv", header+"c9,1,01/01/2010,WBRI,A123456789012,,\n")
		opt := service.ImportOptions{YearEnding: "2025-03-31"}
		h.take(t, opt, first)
		var record string
		h.write(t, func(tx *store.Tx) error {
			keys, err := tx.ChildrenByLAID("999")
			record = keys["c1"].Record
			return err
		})
		later := service.ImportOptions{YearEnding: "2026-03-31", DryRun: true}
		report, err := h.Import(t.Context(), officer, []service.File{again}, later)
		if err != nil || report.NewMatches == 0 {
			t.Fatalf("%d matches, %v", report.NewMatches, err)
		}
		if _, err := w.Restrict(t.Context(), w.manager, record, []string{w.manager.Account, w.worker.Account}); err != nil {
			t.Fatal(err)
		}
		if report, err = h.Import(t.Context(), officer, []service.File{again}, later); err != nil || report.NewMatches != 0 {
			t.Errorf("%d matches, %v", report.NewMatches, err)
		}
	})
}
