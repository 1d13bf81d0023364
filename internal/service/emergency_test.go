package service_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

const whyOpened = "Found at the station, needs a placement tonight."

// told are the kinds of the notices that stand on somebody's pages.
func (h *house) told(t *testing.T, actor service.Actor) service.Notices {
	t.Helper()
	n, err := h.Notices(t.Context(), actor)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// ask opens the ward's record to the colleague in an emergency, and gives its id.
func (w *ward) ask(t *testing.T) (id string) {
	t.Helper()
	record, opened, err := w.AskEmergency(t.Context(), w.colleague, w.reference, whyOpened)
	if err != nil || !opened || record != w.record {
		t.Fatalf("opened %v %q: %v", opened, record, err)
	}
	own, err := w.OwnEmergencies(t.Context(), w.colleague)
	if err != nil || len(own) == 0 {
		t.Fatal(own, err)
	}
	return own[0].ID
}

func TestAnEmergencyOpensARecordForThreeHours(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		if w.opens(t, w.colleague, w.record) {
			t.Fatal("open before there was an emergency")
		}
		begun := w.clock.now
		w.ask(t)
		r, err := w.Record(t.Context(), w.colleague, w.record)
		if err != nil {
			t.Fatal(err)
		}
		if until := r.Head.Emergency; !until.Equal(begun.Add(3*time.Hour)) || r.MayWrite || r.Head.May(access.WriteRecord) {
			t.Errorf("until %s, may write: %v", until, r.MayWrite)
		}
		if own, err := w.Record(t.Context(), w.worker, w.record); err != nil || !own.Head.Emergency.IsZero() || !own.MayWrite {
			t.Errorf("the worker's own record is told to be an emergency: %+v, %v", own.Head, err)
		}
		if err := w.SaveRegister(t.Context(), w.colleague, w.record, 0, register.Entry{register.FieldState: string(register.Suspected)}); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("wrote in an emergency: %v", err)
		}
		if _, err := w.Identity(t.Context(), w.colleague, w.record); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("the form for writing is shown: %v", err)
		}
		if list, err := w.Caseload(t.Context(), w.colleague, "", ""); err != nil || len(list.Rows) != 0 {
			t.Errorf("what is open in an emergency is in the caseload: %+v, %v", list.Rows, err)
		}
		if w.opens(t, w.colleague, w.other) {
			t.Error("another record is open too")
		}
		w.clock.now = begun.Add(3*time.Hour - time.Microsecond)
		if !w.opens(t, w.colleague, w.record) {
			t.Error("closed before three hours were over")
		}
		w.clock.now = begun.Add(3 * time.Hour)
		if w.opens(t, w.colleague, w.record) {
			t.Error("open after three hours")
		}
		if own, err := w.OwnEmergencies(t.Context(), w.colleague); err != nil || len(own) != 0 {
			t.Errorf("%+v, %v", own, err)
		}
	})
}

func TestAnEmergencyIsEndedByWhoeverOpenedIt(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		id := w.ask(t)
		for _, actor := range []service.Actor{w.worker, w.manager} {
			if err := w.EndEmergency(t.Context(), actor, id); !errors.Is(err, service.ErrNotFound) {
				t.Errorf("%s ended it: %v", actor.Username, err)
			}
		}
		if err := w.EndEmergency(t.Context(), w.colleague, id); err != nil {
			t.Fatal(err)
		}
		if w.opens(t, w.colleague, w.record) {
			t.Error("open after it was ended")
		}
		if err := w.EndEmergency(t.Context(), w.colleague, id); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("ended twice: %v", err)
		}
		log := w.history(t)
		for _, act := range []string{"open in an emergency", "end emergency access"} {
			if !strings.Contains(log, act) {
				t.Errorf("the history says nothing of %q: %s", act, log)
			}
		}
	})
}

func TestWhoWorksWithTheYoungPersonIsToldOfAnEmergencyAtOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		elsewhere := h.account(t, "elsewhere", access.Manager)
		h.write(t, func(tx *store.Tx) error {
			for id, name := range map[string]string{"north": "North", "south": "South"} {
				if err := tx.AddTeam("999", id, name, ""); err != nil {
					return err
				}
			}
			if err := tx.Place("999", elsewhere.Account, "south", "", ""); err != nil {
				return err
			}
			return tx.SetTeamOfRecord("999", w.record, "north")
		})
		elsewhere.Team = "south"
		w.ask(t)
		for _, actor := range []service.Actor{w.worker, w.manager} { // the north has no manager: who answers for all is told
			n := w.told(t, actor)
			if len(n.Told) != 1 || n.Told[0].Kind != service.NoticeEmergency || n.Told[0].Who != "Name of colleague" || n.Told[0].Record != w.record {
				t.Errorf("%s is told %+v", actor.Username, n)
			}
		}
		for _, actor := range []service.Actor{elsewhere, w.colleague, w.auditor} {
			if n := w.told(t, actor); len(n.Told)+len(n.Untold) != 0 {
				t.Errorf("%s is told %+v", actor.Username, n)
			}
		}
		n := w.told(t, w.worker)
		if err := w.SeeNotices(t.Context(), w.manager, []string{n.Told[0].ID, "nothing"}); err != nil {
			t.Fatal(err)
		}
		if n := w.told(t, w.worker); len(n.Told) != 1 {
			t.Error("somebody else saw a notice away")
		}
		if err := w.SeeNotices(t.Context(), w.worker, []string{n.Told[0].ID}); err != nil {
			t.Fatal(err)
		}
		if n := w.told(t, w.worker); len(n.Told) != 0 {
			t.Error("it stands there after it was seen")
		}

		// A team with a manager of its own: they are told, and nobody answering for all.
		h.write(t, func(tx *store.Tx) error { return tx.SetTeamOfRecord("999", w.other, "south") })
		if _, opened, err := w.AskEmergency(t.Context(), w.colleague, w.referenceOf(t, w.other), whyOpened); err != nil || !opened {
			t.Fatal(opened, err)
		}
		if n := w.told(t, elsewhere); len(n.Told) != 1 {
			t.Errorf("the team's manager is told %+v", n)
		}
		if n := w.told(t, w.manager); len(n.Told) != 1 {
			t.Errorf("the manager of no team is told %+v", n)
		}
	})
}

// Somebody who may not open a record any more is not told of it either: of their
// notices the number is left.
func TestANoticeTellsNoMoreThanMayBeSeenNow(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		second := h.account(t, "second", access.Worker)
		w.ask(t)
		if _, err := w.Restrict(t.Context(), w.manager, w.record, []string{w.manager.Account, second.Account}); err != nil {
			t.Fatal(err)
		}
		n := w.told(t, w.worker)
		if len(n.Told) != 0 || len(n.Untold) != 1 {
			t.Fatalf("%+v", n)
		}
		if err := w.SeeNotices(t.Context(), w.worker, n.Untold); err != nil {
			t.Fatal(err)
		}
		if n := w.told(t, w.worker); len(n.Untold) != 0 {
			t.Errorf("%+v", n)
		}
	})
}

func TestWhoCanOpenARecordAnywayIsLedThere(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		w.ask(t)
		for _, actor := range []service.Actor{w.worker, w.manager, w.colleague} {
			record, opened, err := w.AskEmergency(t.Context(), actor, strings.ToLower(w.reference), whyOpened)
			if err != nil || opened || record != w.record {
				t.Errorf("%s: %q %v %v", actor.Username, record, opened, err)
			}
		}
		if list, err := w.Emergencies(t.Context(), w.manager); err != nil || len(list) != 1 {
			t.Errorf("%d emergencies, want the first alone: %v", len(list), err)
		}
	})
}

func TestAnEmergencyNeedsARecordAndAReason(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		for _, bad := range [][3]string{{"", whyOpened, "reference"}, {w.reference, "quick", "reason"}, {w.reference, strings.Repeat("é", 1001), "reason"}, {w.reference, "          ", "reason"}} {
			_, _, err := w.AskEmergency(t.Context(), w.colleague, bad[0], bad[1])
			var wrong service.Invalid
			if !errors.As(err, &wrong) || wrong[0].Field != bad[2] {
				t.Errorf("%.20q: %v", bad, err)
			}
		}
		if _, _, err := w.AskEmergency(t.Context(), w.colleague, w.reference, strings.Repeat("é", 1000)); err != nil {
			t.Errorf("a reason of 1,000 characters: %v", err)
		}
		if _, _, err := w.AskEmergency(t.Context(), w.auditor, w.reference, whyOpened); !errors.Is(err, service.ErrRefused) {
			t.Errorf("an auditor asked: %v", err)
		}
	})
}

// A record that is restricted, erased, another authority's or not there: one answer,
// one kind of entry, and nothing opened.
func TestARecordThatCannotBeOpenedInAnEmergencyIsLikeNone(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		second := h.account(t, "second", access.Worker)
		if _, err := w.Restrict(t.Context(), w.manager, w.record, []string{w.manager.Account, second.Account}); err != nil {
			t.Fatal(err)
		}
		if err := h.AddAuthority(t.Context(), "998", "Elsewhere", false); err != nil {
			t.Fatal(err)
		}
		foreign := service.Actor{Authority: "998", Account: h.foreign(t), Role: access.Worker}
		theirs, _, err := w.AddChild(t.Context(), foreign, service.NewChild{Name: "Somebody", LAID: ""})
		if err != nil {
			t.Fatal(err)
		}
		var theirReference string
		h.write(t, func(tx *store.Tx) error {
			c, err := tx.Child("998", theirs)
			theirReference = c.Reference
			return err
		})
		w.numbered(t, w.record, "c-1001")
		h.markErased(t, w.other)
		var answers []string
		for _, wanted := range []string{"ZZZZ-ZZ", w.reference, "c-1001", theirReference, w.referenceOf(t, w.other), "c-9999"} {
			record, opened, err := w.AskEmergency(t.Context(), w.colleague, wanted, whyOpened)
			if err == nil || opened || record != "" {
				t.Fatalf("%s was opened", wanted)
			}
			answers = append(answers, err.Error())
		}
		for _, a := range answers[1:] {
			if a != answers[0] {
				t.Errorf("%q and %q", answers[0], a)
			}
		}
		kinds := map[string]int{}
		for _, e := range h.auditOf(t, w.colleague.Account) {
			kinds[e]++
		}
		if len(kinds) != 1 || kinds["emergency access refused/emergency//"] != len(answers) {
			t.Errorf("the log says %v", kinds)
		}
		for _, actor := range []service.Actor{w.worker, w.manager} {
			if n := w.told(t, actor); len(n.Told)+len(n.Untold) != 0 {
				t.Errorf("%s is told of what was refused: %+v", actor.Username, n)
			}
		}
	})
}

// The council's own number opens a record like its reference.
func TestAnEmergencyByTheCouncilsNumber(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		w.numbered(t, w.record, "c-1001")
		if record, opened, err := w.AskEmergency(t.Context(), w.colleague, " c-1001 ", whyOpened); err != nil || !opened || record != w.record {
			t.Errorf("%q %v %v", record, opened, err)
		}
	})
}

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
	})
}
