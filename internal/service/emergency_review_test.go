package service_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

func TestReviewsOfEmergencies(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		second := h.account(t, "second", access.Manager)
		id := w.ask(t)
		w.opens(t, w.colleague, w.record)
		w.opens(t, w.colleague, w.record)
		w.opens(t, w.worker, w.record) // somebody else's reading does not count
		review := func(actor service.Actor, outcome string) error {
			return w.ReviewEmergency(t.Context(), actor, id, outcome, "Spoke with them about it.")
		}
		var wrong service.Invalid
		if err := review(w.manager, service.EmergencyRight); !errors.As(err, &wrong) || wrong[0].Field != "outcome" {
			t.Errorf("reviewed as right while it is open: %v", err)
		}
		w.clock.now = w.clock.now.Add(7*24*time.Hour + time.Second)
		list, err := w.Emergencies(t.Context(), w.manager)
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		if e := list[0]; e.Reads != 2 || !e.Overdue || e.Open || !e.Waits() || e.By != "Name of colleague" || e.Reference != w.reference || e.Record != w.record || e.Reason != whyOpened {
			t.Errorf("%+v", e)
		}
		for _, actor := range []service.Actor{w.colleague, w.worker, w.auditor} {
			if err := review(actor, service.EmergencyRight); !errors.Is(err, service.ErrRefused) {
				t.Errorf("%s reviewed it: %v", actor.Username, err)
			}
		}
		if err := w.ReviewEmergency(t.Context(), w.manager, id, "fine", ""); !errors.As(err, &wrong) || len(wrong) != 2 {
			t.Errorf("a review without outcome and remark: %v", err)
		}
		if err := review(w.manager, service.EmergencyWrong); err != nil {
			t.Fatal(err)
		}
		if err := review(second, service.EmergencyRight); !errors.Is(err, service.ErrChanged) {
			t.Errorf("reviewed twice: %v", err)
		}
		for _, actor := range []service.Actor{second, w.auditor} {
			n := w.told(t, actor)
			if at := len(n.Told) - 1; at < 0 || n.Told[at].Kind != service.NoticeWrongEmergency || n.Told[at].Who != "Name of colleague" {
				t.Errorf("%s is told %+v", actor.Username, n)
			}
		}
		if n := w.told(t, w.auditor); len(n.Told) != 1 || n.Told[0].Reference != "" {
			t.Errorf("the auditor is told which record: %+v", n)
		}
		if n := w.told(t, w.colleague); len(n.Told) != 0 {
			t.Errorf("whoever opened it is told %+v", n)
		}
		if list, err = w.Emergencies(t.Context(), second); err != nil || list[0].Waits() || list[0].Overdue || list[0].Reviewer != "Name of manager" {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

// A manager may open a record of another team in an emergency, and does not review that.
func TestNobodyReviewsTheirOwnEmergency(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		away := h.account(t, "away", access.Manager)
		h.write(t, func(tx *store.Tx) error {
			return errors.Join(tx.AddTeam("999", "north", "North", ""), tx.Place("999", away.Account, "north", "", ""))
		})
		away.Team = "north"
		if _, opened, err := w.AskEmergency(t.Context(), away, w.reference, whyOpened); err != nil || !opened {
			t.Fatal(opened, err)
		}
		if r, err := w.Record(t.Context(), away, w.record); err != nil || r.MayWrite || r.Head.May(access.Allocate) || r.Head.May(access.Restrict) {
			t.Errorf("a manager may do more than read: %+v, %v", r.Head, err)
		}
		list, err := w.Emergencies(t.Context(), away)
		if err != nil || len(list) != 1 || !list[0].Own {
			t.Fatalf("%+v, %v", list, err)
		}
		if err := w.ReviewEmergency(t.Context(), away, list[0].ID, service.EmergencyWrong, "I should not have."); !errors.Is(err, service.ErrRefused) {
			t.Errorf("reviewed their own: %v", err)
		}
		// Found wrong by another, it ends at once.
		if err := w.ReviewEmergency(t.Context(), w.manager, list[0].ID, service.EmergencyWrong, "Not an emergency at all."); err != nil {
			t.Fatal(err)
		}
		if w.opens(t, away, w.record) {
			t.Error("still open after it was found wrong")
		}
	})
}

// Of two who close a review at once one does, and one notice is written to each.
func TestTwoReviewersAtOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		second := h.account(t, "second", access.Manager)
		id := w.ask(t)
		var errs [2]error
		var both sync.WaitGroup
		for n, actor := range []service.Actor{w.manager, second} {
			both.Go(func() {
				errs[n] = w.ReviewEmergency(t.Context(), actor, id, service.EmergencyWrong, "Spoke with them about it.")
			})
		}
		both.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs[:]...), service.ErrChanged) {
			t.Errorf("%v", errs)
		}
		if n := w.told(t, w.auditor); len(n.Told) != 1 {
			t.Errorf("the auditor is told %+v", n)
		}
	})
}

// What became restricted is kept from its reviewers too, and closes to whoever had it
// open; a record that was erased is reviewed without its reference.
func TestReviewsKeepToRestrictions(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		second := h.account(t, "second", access.Manager)
		id := w.ask(t)
		if _, err := w.Restrict(t.Context(), w.manager, w.record, []string{w.manager.Account, w.worker.Account}); err != nil {
			t.Fatal(err)
		}
		if w.opens(t, w.colleague, w.record) {
			t.Error("restricted, and open in an emergency")
		}
		if own, err := w.OwnEmergencies(t.Context(), w.colleague); err != nil || len(own) != 0 {
			t.Errorf("%+v, %v", own, err)
		}
		if list, err := w.Emergencies(t.Context(), second); err != nil || len(list) != 0 {
			t.Errorf("a manager who is not named sees %+v, %v", list, err)
		}
		if _, err := w.Emergency(t.Context(), second, id); !errors.Is(err, service.ErrNotFound) {
			t.Error(err)
		}
		if err := w.ReviewEmergency(t.Context(), second, id, service.EmergencyWrong, "Not an emergency."); !errors.Is(err, service.ErrNotFound) {
			t.Error(err)
		}
		if list, err := w.Emergencies(t.Context(), w.manager); err != nil || len(list) != 1 {
			t.Errorf("a manager who is named sees %+v, %v", list, err)
		}
		w.clock.now = w.clock.now.Add(4 * time.Hour)
		h.markErased(t, w.record)
		list, err := w.Emergencies(t.Context(), w.manager)
		if err != nil || len(list) != 1 || list[0].Reference != "" || list[0].Record != "" {
			t.Errorf("of an erased record is shown %+v, %v", list, err)
		}
		if list, err := w.Emergencies(t.Context(), second); err != nil || len(list) != 0 {
			t.Errorf("erased, and a manager who is not named sees %+v, %v", list, err)
		}
	})
}
