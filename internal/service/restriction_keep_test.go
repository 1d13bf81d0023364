package service_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// newRing is a ward with a second manager, an administrator, and two teams.
func newRing(t *testing.T, h *house) (w *ward, second, admin service.Actor) {
	t.Helper()
	w = newWard(t, h)
	second, admin = h.account(t, "second", access.Manager), h.account(t, "admin", access.Administrator)
	admin.Fresh = true
	h.write(t, func(tx *store.Tx) error {
		return errors.Join(tx.AddTeam("999", "north", "North", ""), tx.AddTeam("999", "south", "South", ""),
			tx.Place("999", w.manager.Account, "north", "", ""), tx.Place("999", second.Account, "north", "", ""), tx.SetTeamOfRecord("999", w.record, "north"))
	})
	w.manager.Team, second.Team = "north", "north"
	return w, second, admin
}

// refused fails where an act was not refused for one field.
func refused(t *testing.T, what string, err error, field, says string) {
	t.Helper()
	var wrong service.Invalid
	if !errors.As(err, &wrong) || wrong[0].Field != field || !strings.Contains(wrong[0].Message, says) {
		t.Errorf("%s: %v", what, err)
	}
}

// A restricted record always has a manager who may change whom it names: whatever takes
// the last one away is refused, until there is another.
func TestARestrictedRecordKeepsAManager(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w, second, admin := newRing(t, h)
		last := map[string]func() error{
			"ending the account":      func() error { return w.EndAccount(t.Context(), admin, w.manager.Account) },
			"another role":            func() error { return w.ChangeAccount(t.Context(), admin, w.manager.Account, "N", access.Worker) },
			"another team":            func() error { return w.PutInTeam(t.Context(), admin, w.manager.Account, "south") },
			"the record's other team": func() error { return w.GiveToTeam(t.Context(), w.manager, w.record, "south") },
		}
		w.restrict(t, w.manager, w.worker)
		for what, do := range last {
			field := "role"
			if strings.Contains(what, "team") {
				field = "team"
			}
			says := "last manager"
			if strings.Contains(what, "record") {
				says = "Name a manager there first"
			}
			refused(t, what, do(), field, says)
			if _, err := w.Restriction(t.Context(), w.manager, w.record); err != nil {
				t.Fatalf("%s was refused and done: %v", what, err)
			}
		}
		if err := w.ChangeAccount(t.Context(), admin, w.manager.Account, "Another Name", access.Manager); err != nil {
			t.Errorf("another name is refused: %v", err)
		}
		if err := w.EndAccount(t.Context(), admin, w.worker.Account); err != nil {
			t.Errorf("a worker who is named is not ended: %v", err)
		}

		// With another manager beside them they may go.
		w.restrict(t, w.manager, second)
		if err := w.EndAccount(t.Context(), admin, w.manager.Account); err != nil {
			t.Fatal(err)
		}
		refused(t, "ending the other", w.EndAccount(t.Context(), admin, second.Account), "role", "last manager")
		if _, err := w.Restriction(t.Context(), second, w.record); err != nil {
			t.Error(err)
		}
	})
}

// A manager of another team reaches a record by its being allocated to them: taking that
// away is refused too.
func TestAllocatingKeepsTheManagerOfARestrictedRecord(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w, second, admin := newRing(t, h)
		if err := w.PutInTeam(t.Context(), admin, w.manager.Account, "south"); err != nil {
			t.Fatal(err)
		}
		w.manager.Team = "south"
		if err := w.Allocate(t.Context(), second, w.record, []string{w.manager.Account}); err != nil {
			t.Fatal(err)
		}
		w.restrict(t, w.manager, w.worker)
		w.clock.now = w.clock.now.Add(time.Minute)
		refused(t, "allocating it to others", w.Allocate(t.Context(), w.manager, w.record, []string{w.worker.Account}), "workers", "Name a manager there first")
		if err := w.Allocate(t.Context(), w.manager, w.record, []string{w.worker.Account, w.manager.Account}); err != nil {
			t.Error(err)
		}
	})
}

// Where the last one cannot be asked, the operator names another: in these records alone,
// and nobody who works here can.
func TestTheOperatorNamesASuccessor(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w, second, admin := newRing(t, h)
		w.restrict(t, w.manager, w.worker)
		for _, actor := range []service.Actor{admin, second, w.manager} {
			if _, err := w.Succeed(t.Context(), actor, "manager", "second"); !errors.Is(err, service.ErrRefused) {
				t.Errorf("%s named one: %v", actor.Username, err)
			}
		}
		_, err := w.Succeed(t.Context(), service.Operator("999"), "manager", "colleague")
		refused(t, "a worker", err, "successor", "manager in use")
		if w.opens(t, second, w.record) {
			t.Fatal("open before")
		}
		if n, err := w.Succeed(t.Context(), service.Operator("999"), "manager", " Second "); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		if n, err := w.Succeed(t.Context(), service.Operator("999"), "manager", "second"); err != nil || n != 0 {
			t.Errorf("named again where another manager is: %d, %v", n, err)
		}
		if err := w.EndAccount(t.Context(), admin, w.manager.Account); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Restriction(t.Context(), second, w.record); err != nil {
			t.Error(err)
		}
		if log := w.history(t); strings.Count(log, "name in restriction") != 3 {
			t.Errorf("the history says %s", log)
		}
	})
}
