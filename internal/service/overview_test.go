package service_test

import (
	"crypto/rand"
	"fmt"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
)

// everyFigure is every number of an overview and its answer, as it shows.
func everyFigure(t *testing.T, s *service.Service, actor service.Actor, published bool) map[string]string {
	t.Helper()
	o, err := s.Overview(t.Context(), actor, "", published)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{"register": o.Cell("register").String(), "silence": o.Silence, "base": o.Answer.Base.LookedAfter.String()}
	for _, g := range o.Answer.Groups {
		out["answer "+g.ID] = fmt.Sprint(g.Children, g.WentMissing, g.MissingEpisodes, g.StillMissing)
	}
	for _, b := range append(o.Breakdowns(), o.Reviews()...) {
		for _, l := range b.Lines {
			out[l.ID] = o.Cell(l.ID).String() + " of " + o.Cell(b.Base).String()
		}
	}
	for _, outcome := range o.Edition.Outcomes() {
		out[outcome.ID] = fmt.Sprint(o.Item(outcome.ID))
		for _, i := range outcome.Indicators {
			out[i.ID] = fmt.Sprint(o.Item(i.ID))
		}
	}
	return out
}

// everybodyHasATalkOrNone fails where the bands of the last conversation do not add
// up to the register: linked children are one young person.
func everybodyHasATalkOrNone(t *testing.T, what string, figures map[string]string) {
	t.Helper()
	sum := 0
	for _, band := range []string{"6-months", "12-months", "earlier", "never"} {
		n, all := 0, 0
		if _, err := fmt.Sscanf(figures["talk/"+band], "%d of %d", &n, &all); err != nil || fmt.Sprint(all) != figures["register"] {
			t.Fatalf("%s: %s of %s: %v", what, figures["talk/"+band], figures["register"], err)
		}
		sum += n
	}
	if fmt.Sprint(sum) != figures["register"] {
		t.Errorf("%s: conversations of %d, on the register %s", what, sum, figures["register"])
	}
}

// What is kept of the figures is never older than what it was made from: after
// each change a service that kept them says the same as one that has just begun.
func TestKeptFiguresFollowEveryChange(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker := h.account(t, "worker", access.Worker)
		before := map[string]string{}
		step := func(what string, do func() error) {
			t.Helper()
			if err := do(); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			fresh, err := service.New(h.db, h.clock.read, rand.Reader)
			if err != nil {
				t.Fatal(err)
			}
			for _, published := range []bool{false, true} {
				kept, counted := everyFigure(t, h.Service, h.operator, published), everyFigure(t, fresh, h.operator, published)
				if diff := cmp.Diff(counted, kept); diff != "" {
					t.Errorf("%s (published %v): what was kept is old:\n%s", what, published, diff)
				}
				if !published && maps.Equal(kept, before) {
					t.Errorf("%s changed no figure: the test proves nothing", what)
				}
				if !published {
					before = kept
					everybodyHasATalkOrNone(t, what, kept)
				}
			}
		}
		var records []string
		step("the first children", func() error {
			for n := range 14 {
				record, _, err := h.AddChild(t.Context(), worker, service.NewChild{ID: h.NewID(), Name: fmt.Sprint("Child ", n), BirthDate: "2010-02-03", Sex: "M", Ethnicity: "AOTH", Anyway: true})
				if err != nil {
					return err
				}
				records = append(records, record)
				entry := register.Entry{register.FieldState: string(register.Suspected)}
				if err := h.SaveRegister(t.Context(), worker, record, 0, entry); err != nil {
					return err
				}
			}
			return nil
		})
		step("a referral", func() error {
			return h.SaveRegister(t.Context(), worker, records[0], 1, register.Entry{register.FieldState: string(register.Referred),
				register.FieldReferredOn: "2026-03-02", register.FieldFirstResponder: "Fernshire Council", register.FieldTypes: "criminal"})
		})
		var talks []string
		step("conversations", func() error {
			for _, record := range records[:12] {
				talk, err := h.StartConversation(t.Context(), worker, record, service.NewConversation{ID: h.NewID(), HeldOn: "2026-11-20", Language: "English", HelpedBy: []conversation.Help{conversation.WorkerHelp}})
				if err != nil {
					return err
				}
				talks = append(talks, talk)
			}
			return nil
		})
		indicator := framework.Working().Outcomes()[2].Indicators[0].ID
		say := func(talk string, value int) error {
			_, err := h.SaveReading(t.Context(), worker, service.NewReading{ID: h.NewID(), Conversation: talk, Indicator: indicator, Voice: conversation.YoungPerson, State: conversation.Answered, Value: value})
			return err
		}
		step("readings", func() error {
			for _, talk := range talks {
				if err := say(talk, 3); err != nil {
					return err
				}
			}
			return nil
		})
		step("one more reading", func() error { return say(talks[0], 5) })
		step("a register file", func() error {
			text := "Child ID,Name,Date of birth,Sex,Ethnicity,State,Suspected on,Why suspected\n"
			for n := range 4 {
				text += fmt.Sprintf("f%d,Child %d,03/02/2010,M,AOTH,\"Suspected, not referred\",01/06/2025,New phones\n", n, n)
			}
			h.take(t, service.ImportOptions{AuthoritySaid: true}, file("register.csv", text))
			return nil
		})
		step("a return", func() error {
			h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, careOf([3]string{"c1", "01/05/2025", ""}, [3]string{"c2", "01/05/2025", ""}))
			return nil
		})
		step("an amended return", func() error {
			h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, careOf([3]string{"c1", "01/05/2025", ""}))
			return nil
		})
		officer := h.account(t, "officer", access.DataOfficer)
		pairs, err := h.Matches(t.Context(), officer)
		if err != nil || len(pairs) < 2 {
			t.Fatalf("%d likely pairs: %v", len(pairs), err)
		}
		step("a link", func() error { return h.Link(t.Context(), officer, pairs[0].A, pairs[0].B) })
		step("the link undone", func() error { return h.Unlink(t.Context(), officer, pairs[0].A, pairs[0].B) })
		step("another link", func() error { return h.Link(t.Context(), officer, pairs[1].A, pairs[1].B) })
		step("another day", func() error {
			h.clock.now = h.clock.now.AddDate(0, 9, 0)
			return nil
		})
	})
}

// Only outcomes of which something changed are protected anew; nobody sees the
// number of a council of another one.
func TestFiguresOfTwoCouncilsAreTwo(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		if err := h.AddAuthority(t.Context(), "998", "Mereshire", false); err != nil {
			t.Fatal(err)
		}
		h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, careOf([3]string{"c1", "01/05/2025", ""}))
		mine, other := everyFigure(t, h.Service, h.operator, false), everyFigure(t, h.Service, service.Operator("998"), false)
		if mine["base"] != "1" || other["base"] != "x" {
			t.Errorf("one council's base is %s, the other's %s", mine["base"], other["base"])
		}
	})
}
