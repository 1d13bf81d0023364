package service_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/returns/template"
	"stablefutures/internal/service"
)

// added is a young person whom a manager added by hand and gave to a worker.
func (h *house) added(t *testing.T, worker service.Actor, n service.NewChild) (record string) {
	t.Helper()
	n.ID = h.NewID()
	manager := service.Actor{Authority: worker.Authority, Account: h.manager(t), Role: access.Manager}
	record, duplicates, err := h.AddChild(t.Context(), manager, n)
	if err != nil || len(duplicates) > 0 && !n.Anyway {
		t.Fatal(err, duplicates)
	}
	if err := h.Allocate(t.Context(), manager, record, []string{worker.Account}); err != nil {
		t.Fatal(err)
	}
	return record
}

// talk begins a conversation with a young person added by hand.
func (h *house) talk(t *testing.T, worker service.Actor) (record, talk string) {
	t.Helper()
	record = h.added(t, worker, service.NewChild{Name: "Semhar Tesfay", LAID: "1001", BirthDate: "2010-02-03", Sex: "F", Ethnicity: "BAFR"})
	var err error
	talk, err = h.StartConversation(t.Context(), worker, record, service.NewConversation{ID: h.NewID(), HeldOn: "2026-11-20", Language: "Tigrinya",
		HelpedBy: []conversation.Help{conversation.Interpreter}})
	if err != nil {
		t.Fatal(err)
	}
	return record, talk
}

func (h *house) say(t *testing.T, actor service.Actor, n service.NewReading) conversation.Reading {
	t.Helper()
	if n.ID == "" {
		n.ID = h.NewID()
	}
	if n.Voice == "" {
		n.Voice = conversation.YoungPerson
	}
	if n.State == "" {
		n.State = conversation.Answered
	}
	kept, err := h.SaveReading(t.Context(), actor, n)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// sayings is what stands and what was corrected, in words that do not depend on
// ids of accounts or on the moment of recording.
func (h *house) sayings(t *testing.T, actor service.Actor, record string) []string {
	t.Helper()
	out, err := h.Outcomes(t.Context(), actor, record, "")
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, o := range out.Edition.Outcomes() {
		for _, i := range o.Indicators {
			for _, r := range out.Rows[i.ID].Readings {
				list = append(list, fmt.Sprintf("%s %s %s %d %v %s %q %s replaces %s stands %v", r.Indicator, r.Voice, r.State, r.Value, r.HelpedBy, r.Evidence, r.Words, r.SaidOn, r.Replaces, out.Rows[i.ID].Standing[r.ID]))
			}
		}
	}
	slices.Sort(list)
	return list
}

// The four states, corrections and two simultaneous editors survive store,
// export and import, on both engines; taken in again, the file changes nothing.
func TestReadingsSurviveExportAndImport(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker, manager := h.account(t, "worker", access.Worker), h.account(t, "manager", access.Manager)
		record, talk := h.talk(t, worker)
		indicators := framework.Working().Outcomes()[9].Indicators
		states := []conversation.State{conversation.DoesNotWantToSay, conversation.DoesNotKnow, conversation.NotPartOfMyLife, conversation.NotTalkedAbout}
		for n, i := range indicators {
			h.say(t, worker, service.NewReading{Conversation: talk, Indicator: i.ID, State: states[n], Words: "=1+1; it is quiet\nat night"})
		}
		first := h.say(t, worker, service.NewReading{Conversation: talk, Indicator: indicators[0].ID, Value: 2})
		h.say(t, worker, service.NewReading{Conversation: talk, Indicator: indicators[0].ID, Value: 4, Replaces: first.ID, Words: "ደህና ነው"})
		h.say(t, manager, service.NewReading{Conversation: talk, Indicator: indicators[0].ID, Value: 1}) // at the same time
		h.say(t, worker, service.NewReading{Conversation: talk, Indicator: indicators[1].ID, Voice: conversation.Worker, Value: 5, Evidence: conversation.Seen})
		h.clock.now = h.clock.now.Add(time.Minute)
		want := h.sayings(t, manager, record)
		if len(want) != 8 {
			t.Fatalf("%d readings were kept, 8 were given:\n%v", len(want), want)
		}
		for _, format := range []template.Format{template.CSV, template.XLSX} {
			var readings bytes.Buffer
			if _, err := h.ExportReadings(t.Context(), h.operator, &readings, format); err != nil {
				t.Fatal(err)
			}
			again := h.take(t, service.ImportOptions{}, service.File{Name: "readings", Data: readings.Bytes()})
			if !again.Unchanged || again.Files[0].Same != 8 {
				t.Errorf("%s: taken in again where it came from, it changes something: %+v", format, again.Files[0])
			}
			other := newHouse(t, filepath.Join(t.TempDir(), "other.db"))
			report := other.take(t, service.ImportOptions{}, service.File{Name: "readings", Data: readings.Bytes()})
			if f := report.Files[0]; f.Added != 8 || f.RowsSetAside != 0 {
				t.Fatalf("%s: %+v", format, f)
			}
			theirs := other.account(t, "manager", access.Manager)
			found, err := other.Caseload(t.Context(), theirs, "1001", service.ByName)
			if err != nil || len(found.Rows) != 1 {
				t.Fatal(err, found)
			}
			if diff := cmp.Diff(want, other.sayings(t, theirs, found.Rows[0].Record)); diff != "" {
				t.Errorf("%s: written and read again:\n%s", format, diff)
			}
			checkCounts(t, other)
		}
		checkCounts(t, h)
	})
}

// checkCounts proves that what is kept of standings and counts is what the
// readings say.
func checkCounts(t *testing.T, h *house) {
	t.Helper()
	differences, err := h.CheckCounts(t.Context(), h.operator, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range differences {
		t.Errorf("a kept count is not what the readings say: %v", d)
	}
}

func TestTheSameAnswerSentTwiceIsOneReading(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker := h.account(t, "worker", access.Worker)
		record, talk := h.talk(t, worker)
		n := service.NewReading{ID: h.NewID(), Conversation: talk, Indicator: "home.1", Value: 3}
		h.say(t, worker, n)
		h.say(t, worker, n)
		if list := h.sayings(t, worker, record); len(list) != 1 {
			t.Errorf("%d readings: %v", len(list), list)
		}
		n.Value = 5 // the same form, changed and sent again: a correction
		h.say(t, worker, n)
		if list := h.sayings(t, worker, record); len(list) != 2 {
			t.Errorf("%d readings after a change: %v", len(list), list)
		}
		checkCounts(t, h)
	})
}

// The register survives export and import too, field by field.
func TestTheRegisterSurvivesExportAndImport(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker := h.account(t, "worker", access.Worker)
		record, _ := h.talk(t, worker)
		if err := h.SaveRegister(t.Context(), worker, record, 0, map[string]string{"state": "suspected", "suspected-on": "2026-05-04", "suspected-why": "=cmd; seen with older men", register.FieldTypes: "criminal; labour"}); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if _, err := h.ExportRegister(t.Context(), h.operator, &out, template.XLSX); err != nil {
			t.Fatal(err)
		}
		if again := h.take(t, service.ImportOptions{}, service.File{Name: "register", Data: out.Bytes()}); again.Files[0].Changed+again.Files[0].Added != 0 {
			t.Errorf("taken in again where it came from, the register changes: %+v", again.Files[0])
		}
		other := newHouse(t, filepath.Join(t.TempDir(), "other.db"))
		other.take(t, service.ImportOptions{}, service.File{Name: "register", Data: out.Bytes()})
		theirs := other.account(t, "manager", access.Manager)
		found, err := other.Caseload(t.Context(), theirs, "1001", service.ByName)
		if err != nil || len(found.Rows) != 1 {
			t.Fatal(err, found)
		}
		mine, err := h.Register(t.Context(), worker, record)
		if err != nil {
			t.Fatal(err)
		}
		read, err := other.Register(t.Context(), theirs, found.Rows[0].Record)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(mine.Entry, read.Entry); diff != "" {
			t.Error(diff)
		}
	})
}
