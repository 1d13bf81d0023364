package service_test

import (
	"errors"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

// inTeam gives an account's team to it and to the actor that stands for it.
func (h *house) inTeam(t *testing.T, actor service.Actor, team string) service.Actor {
	t.Helper()
	if err := h.PutInTeam(t.Context(), h.operator, actor.Account, team); err != nil {
		t.Fatal(err)
	}
	actor.Team = team
	return actor
}

func (h *house) team(t *testing.T, name string) string {
	t.Helper()
	id, err := h.AddTeam(t.Context(), h.operator, name)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// A manager sees the young people of their team and what is allocated to them; a
// manager of no team sees all, and only then are exact figures theirs.
func TestTeamsSeeTheirYoungPeople(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		north, south := h.team(t, "North"), h.team(t, "South")
		all := h.account(t, "all", access.Manager)
		northern := h.inTeam(t, h.account(t, "northern", access.Manager), north)
		duty := h.inTeam(t, h.account(t, "duty", access.DutyWorker), south)
		mine := h.added(t, northern, service.NewChild{Name: "Amber Quill", BirthDate: "2010-02-03", Sex: "F"})
		theirs := h.added(t, all, service.NewChild{Name: "Bela Rook", BirthDate: "2011-04-05", Sex: "M"})
		sees := func(actor service.Actor, record string, want bool) {
			t.Helper()
			_, err := h.Record(t.Context(), actor, record)
			if want && err != nil || !want && !errors.Is(err, service.ErrNotFound) {
				t.Errorf("%s opens %s: %v, want %v", actor.Username, record, err, want)
			}
		}
		sees(all, mine, true)
		sees(all, theirs, true)
		sees(northern, mine, true) // who adds somebody adds them to their own team
		sees(northern, theirs, false)
		sees(duty, theirs, false)
		if err := h.GiveToTeam(t.Context(), all, theirs, south); err != nil {
			t.Fatal(err)
		}
		sees(duty, theirs, true)
		sees(northern, theirs, false)
		if err := h.Allocate(t.Context(), all, theirs, []string{northern.Account}); err != nil {
			t.Fatal(err)
		}
		sees(northern, theirs, true)
		for actor, want := range map[*service.Actor]bool{&all: true, &northern: true, &duty: false} {
			if answer, err := h.Answer(t.Context(), *actor, "2026-03-31", false); err != nil || answer.MayExact != want {
				t.Errorf("%s: exact figures %v, %v, want %v", actor.Username, answer.MayExact, err, want)
			}
		}
		h.added(t, all, service.NewChild{Name: "Cora Swift", BirthDate: "2009-01-01", Sex: "F"})
		if answer, err := h.Answer(t.Context(), northern, "2026-03-31", false); err != nil || answer.MayExact {
			t.Errorf("a manager who cannot open every record counted sees exact figures: %v", err)
		}
	})
}

func TestATeamEndsWhenNobodyIsInIt(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		north := h.team(t, "North")
		northern := h.inTeam(t, h.account(t, "northern", access.Manager), north)
		var wrong service.Invalid
		if err := h.EndTeam(t.Context(), h.operator, north); !errors.As(err, &wrong) {
			t.Errorf("the team of a manager ended: %v; they would answer for everybody", err)
		}
		if _, err := h.AddTeam(t.Context(), h.operator, " north "); !errors.As(err, &wrong) {
			t.Errorf("two teams with one name: %v", err)
		}
		if err := h.PutInTeam(t.Context(), h.operator, northern.Account, "no such team"); !errors.As(err, &wrong) {
			t.Errorf("put into a team that is not there: %v", err)
		}
		if err := h.EndAccount(t.Context(), h.operator, northern.Account); err != nil {
			t.Fatal(err)
		}
		if err := h.EndTeam(t.Context(), h.operator, north); err != nil {
			t.Error(err)
		}
		if err := h.PutInTeam(t.Context(), h.operator, h.account(t, "quill", access.Manager).Account, north); !errors.As(err, &wrong) {
			t.Errorf("put into a team that has ended: %v", err)
		}
	})
}

// Somebody who inspects reads what was chosen for them, and changes nothing.
func TestAnInspectorReadsWhatWasChosen(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		manager, inspector := h.account(t, "manager", access.Manager), h.account(t, "inspector", access.Inspector)
		record := h.added(t, manager, service.NewChild{Name: "Amber Quill", BirthDate: "2010-02-03", Sex: "F"})
		if _, err := h.Record(t.Context(), inspector, record); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("before it was chosen: %v", err)
		}
		if err := h.Allocate(t.Context(), manager, record, []string{inspector.Account}); err != nil {
			t.Fatal(err)
		}
		opened, err := h.Record(t.Context(), inspector, record)
		if err != nil || len(opened.Head.Workers) != 0 {
			t.Errorf("%v; works with the young person: %v", err, opened.Head.Workers)
		}
		if _, err := h.StartConversation(t.Context(), inspector, record, service.NewConversation{ID: h.NewID(), HeldOn: h.Today()}); !errors.Is(err, service.ErrRefused) {
			t.Errorf("an inspector began a conversation: %v", err)
		}
	})
}
