package service_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

const why = "Asked for by the council’s data protection officer."

// ask asks for a decision and fails the test where that is refused.
func (h *house) ask(t *testing.T, actor service.Actor, act, record string) (id string) {
	t.Helper()
	id, err := h.AskDecision(t.Context(), actor, service.NewDecision{Act: act, Record: record, Reason: why})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// decisions are the decisions that somebody sees, by id.
func (h *house) decisions(t *testing.T, actor service.Actor) map[string]service.DecisionView {
	t.Helper()
	list, err := h.Decisions(t.Context(), actor)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]service.DecisionView{}
	for _, d := range list {
		out[d.ID] = d
	}
	return out
}

// restrict keeps a record to named people.
func (h *house) restrict(t *testing.T, record string, named ...service.Actor) (id string) {
	t.Helper()
	id = h.NewID()
	err := h.db.Write(t.Context(), func(tx *store.Tx) error {
		if err := tx.Restrict("999", id, record, named[0].Account); err != nil {
			return err
		}
		for _, n := range named {
			if err := tx.NameIn("999", id, n.Account, named[0].Account); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func says(err error) string {
	if err == nil {
		return "nothing"
	}
	return err.Error()
}

// What one person asks another decides: never the same, never twice, never too late.
func TestNobodyDecidesAlone(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		asker, second, officer := h.account(t, "asker", access.Manager), h.account(t, "second", access.Manager), h.account(t, "officer", access.DataOfficer)
		worker := h.account(t, "worker", access.Worker)
		for _, reason := range []string{"", "too short", strings.Repeat("x", 1001)} {
			_, err := h.AskDecision(t.Context(), asker, service.NewDecision{Act: store.DecideExport, Reason: reason})
			if wrong := (service.Invalid{}); !errors.As(err, &wrong) || wrong[0].Field != "reason" {
				t.Errorf("a reason of %d characters: %v", len(reason), err)
			}
		}
		if _, err := h.AskDecision(t.Context(), worker, service.NewDecision{Act: store.DecideExport, Reason: why}); !errors.Is(err, service.ErrRefused) {
			t.Errorf("a worker asks: %v", err)
		}
		id := h.ask(t, asker, store.DecideExport, "")
		if _, err := h.AskDecision(t.Context(), asker, service.NewDecision{Act: store.DecideExport, Reason: why}); err == nil {
			t.Error("the same was asked twice")
		}
		if _, err := h.Decide(t.Context(), asker, id, true, ""); !strings.Contains(says(err), "somebody else has to decide") {
			t.Errorf("who asked says yes: %v", err)
		}
		if _, err := h.Decide(t.Context(), worker, id, true, ""); !errors.Is(err, service.ErrRefused) {
			t.Errorf("a worker says yes: %v", err)
		}
		if v := h.decisions(t, officer)[id]; !v.Open || v.Own || v.Usable || v.AskedName != "Name of asker" || !slices.Equal(v.Others, []string{"Name of officer", "Name of second"}) {
			t.Errorf("a second person sees %+v", v)
		}
		if _, err := h.Decide(t.Context(), second, id, false, "Not needed."); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Decide(t.Context(), officer, id, true, ""); !errors.Is(err, service.ErrChanged) {
			t.Errorf("a yes after the no: %v", err)
		}
		if v := h.decisions(t, asker)[id]; v.Open || v.Usable || v.Decided != store.DecidedNo || v.Remark != "Not needed." || v.DecidedName != "Name of second" {
			t.Errorf("who asked sees %+v", v)
		}

		id = h.ask(t, asker, store.DecideExport, "")
		if err := h.WithdrawDecision(t.Context(), second, id); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("somebody else withdraws: %v", err)
		}
		if err := h.WithdrawDecision(t.Context(), asker, id); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Decide(t.Context(), second, id, true, ""); !errors.Is(err, service.ErrChanged) {
			t.Errorf("a yes to what was withdrawn: %v", err)
		}

		id = h.ask(t, asker, store.DecideExport, "")
		h.clock.now = h.clock.now.Add(service.DecisionOpen)
		if _, err := h.Decide(t.Context(), second, id, true, ""); !errors.Is(err, service.ErrChanged) {
			t.Errorf("a yes after seven days: %v", err)
		}
		if err := h.WithdrawDecision(t.Context(), asker, id); !errors.Is(err, service.ErrChanged) {
			t.Errorf("withdrawn after seven days: %v", err)
		}

		id = h.ask(t, asker, store.DecideExport, "")
		h.clock.now = h.clock.now.Add(service.DecisionOpen - time.Second)
		if err := h.EndAccount(t.Context(), h.operator, second.Account); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Decide(t.Context(), second, id, true, ""); !errors.Is(err, service.ErrRefused) {
			t.Errorf("an ended account says yes: %v", err)
		}
		if err := h.ChangeAccount(t.Context(), h.operator, asker.Account, "Name of asker", access.Worker); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Decide(t.Context(), officer, id, true, ""); !strings.Contains(says(err), "may not ask for it any more") {
			t.Errorf("a yes to somebody who is a worker now: %v", err)
		}
		if _, err := h.Decide(t.Context(), officer, id, false, ""); err != nil {
			t.Errorf("a no to somebody who is a worker now: %v", err)
		}
	})
}

// Many say yes or no in one moment: one of them counts, and the others are told.
func TestOfTwoWhoDecideAtOnceOneCounts(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		asker, worker := h.account(t, "asker", access.Manager), h.account(t, "worker", access.Worker)
		var others []service.Actor
		for _, name := range []string{"second", "third", "fourth", "fifth"} {
			others = append(others, h.account(t, name, access.Manager))
		}
		for round, name := range []string{"Semhar Tesfay", "Duc Nguyen", "Arben Hoxha", "Zahra Ahmadi", "Ion Popa", "Mary Green"} {
			act := []string{store.DecideErase, store.DecideExport}[round%2]
			record := h.added(t, worker, service.NewChild{Name: name})
			id := h.ask(t, asker, act, record)
			errs := make([]error, len(others))
			var at sync.WaitGroup
			for n, other := range others {
				at.Go(func() { _, errs[n] = h.Decide(t.Context(), other, id, (n+round/2)%2 == 0, "") })
			}
			at.Wait()
			counted := -1
			for n, err := range errs {
				switch {
				case err == nil && counted >= 0:
					t.Errorf("round %d: two people counted: %v", round, errs)
				case err == nil:
					counted = n
				case !errors.Is(err, service.ErrChanged):
					t.Errorf("round %d: the other is told %v", round, err)
				}
			}
			if counted < 0 {
				t.Fatalf("round %d: nobody counted: %v", round, errs)
			}
			yes := (counted+round/2)%2 == 0
			d := h.decisions(t, asker)[id]
			if d.DecidedBy != others[counted].Account || (d.Decided == store.DecidedYes) != yes {
				t.Errorf("round %d: %s counted (yes: %v), kept is %s by %s", round, others[counted].Username, yes, d.Decided, d.DecidedName)
			}
			if gone := !h.opens(t, worker, record); gone != (act == store.DecideErase && yes) {
				t.Errorf("round %d: %s, yes: %v, the record is gone: %v", round, act, yes, gone)
			}
		}
		checkCounts(t, h)
	})
}

// Only people whom a restriction names learn of it, ask to lift it, and decide.
func TestLiftingARestrictionIsForThoseWhomItNames(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker := h.account(t, "worker", access.Worker)
		asker, second, unnamed, officer := h.account(t, "asker", access.Manager), h.account(t, "second", access.Manager), h.account(t, "unnamed", access.Manager), h.account(t, "officer", access.DataOfficer)
		record := h.added(t, worker, service.NewChild{Name: "Semhar Tesfay"})
		reference := h.reference(t, asker, record)
		if _, err := h.AskDecision(t.Context(), asker, service.NewDecision{Act: store.DecideLift, Record: record, Reason: why}); !strings.Contains(says(err), "not restricted") {
			t.Errorf("lifting what is not there: %v", err)
		}
		restriction := h.restrict(t, record, asker)
		if _, err := h.AskDecision(t.Context(), asker, service.NewDecision{Act: store.DecideLift, Record: record, Reason: why}); !strings.Contains(says(err), "Nobody else may decide") {
			t.Errorf("asked where nobody else is named: %v", err)
		}
		if err := h.db.Write(t.Context(), func(tx *store.Tx) error { return tx.NameIn("999", restriction, second.Account, asker.Account) }); err != nil {
			t.Fatal(err)
		}
		for _, who := range []service.Actor{unnamed, officer} {
			for _, act := range []string{store.DecideLift, store.DecideErase} {
				if _, err := h.AskDecision(t.Context(), who, service.NewDecision{Act: act, Record: record, Reason: why}); !errors.Is(err, service.ErrNotFound) {
					t.Errorf("%s asks for %s: %v", who.Username, act, err)
				}
				_, theirs := h.AskDecision(t.Context(), who, service.NewDecision{Act: act, Reference: reference, Reason: why})
				_, none := h.AskDecision(t.Context(), who, service.NewDecision{Act: act, Reference: "ZZZZ-ZZ", Reason: why})
				if says(theirs) != says(none) || theirs == nil {
					t.Errorf("%s, by reference: %v; of one that is not there: %v", who.Username, theirs, none)
				}
			}
		}
		id := h.ask(t, asker, store.DecideLift, record)
		for _, who := range []service.Actor{unnamed, officer} {
			if _, there := h.decisions(t, who)[id]; there {
				t.Errorf("%s sees that a record is restricted", who.Username)
			}
			if _, err := h.Decide(t.Context(), who, id, true, ""); !errors.Is(err, service.ErrNotFound) {
				t.Errorf("%s decides: %v", who.Username, err)
			}
		}
		if v := h.decisions(t, second)[id]; v.Reference != reference || !slices.Equal(v.Others, []string{"Name of second"}) {
			t.Errorf("the other who is named sees %+v", v)
		}
		if h.opens(t, unnamed, record) {
			t.Fatal("the record is not restricted")
		}
		if _, err := h.Decide(t.Context(), second, id, true, ""); err != nil {
			t.Fatal(err)
		}
		if !h.opens(t, unnamed, record) || !h.opens(t, worker, record) {
			t.Error("the restriction was lifted, and still keeps people out")
		}
		if v := h.decisions(t, asker)[id]; v.UsedAt.IsZero() || v.Decided != store.DecidedYes {
			t.Errorf("kept as %+v", v)
		}
	})
}

// To ask for an erasure, or to agree to one, takes a record that one may open: not one of
// another team, and not one that is open in an emergency alone.
func TestAnErasureIsOfARecordInReach(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker, chief, other := h.account(t, "worker", access.Worker), h.account(t, "chief", access.Manager), h.account(t, "other", access.Manager)
		record := h.added(t, worker, service.NewChild{Name: "Semhar Tesfay"})
		err := h.db.Write(t.Context(), func(tx *store.Tx) error {
			other.Team = h.NewID()
			if err := tx.AddTeam("999", other.Team, "North", ""); err != nil {
				return err
			}
			if err := tx.Place("999", other.Account, other.Team, "", ""); err != nil {
				return err
			}
			return tx.AddEmergency("999", store.Emergency{ID: h.NewID(), Child: record, Account: other.Account, Reason: why, UntilAt: tx.Now.Add(time.Hour)})
		})
		if err != nil {
			t.Fatal(err)
		}
		if !h.opens(t, other, record) {
			t.Fatal("the emergency does not open the record")
		}
		if _, err := h.AskDecision(t.Context(), other, service.NewDecision{Act: store.DecideErase, Record: record, Reason: why}); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("a manager of another team asks: %v", err)
		}
		id := h.ask(t, chief, store.DecideErase, record)
		if _, err := h.Decide(t.Context(), other, id, true, ""); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("a manager of another team agrees: %v", err)
		}
		if _, there := h.decisions(t, other)[id]; there {
			t.Error("a manager of another team sees it")
		}
		if !h.opens(t, worker, record) {
			t.Error("the record is gone")
		}
	})
}

func (h *house) reference(t *testing.T, actor service.Actor, record string) string {
	t.Helper()
	r, err := h.Record(t.Context(), actor, record)
	if err != nil {
		t.Fatal(err)
	}
	return r.Head.Reference
}
