package service_test

import (
	"errors"
	"strings"
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

// Being named opens nothing by itself: an emergency does, and those whom the
// restriction does not name are told nothing, not even that there is something.
func TestOfARestrictedRecordTheNamedAloneAreTold(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWard(t, h)
		w.restrict(t, w.manager, w.colleague)
		w.ask(t)
		if n := w.told(t, w.manager); len(n.Told) != 1 {
			t.Errorf("the manager who is named is told %+v", n)
		}
		if n := w.told(t, w.worker); len(n.Told)+len(n.Untold) != 0 {
			t.Errorf("the worker who is not named is told %+v", n)
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
			w.clock.now = w.clock.now.Add(time.Minute)
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
