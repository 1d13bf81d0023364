package service_test

import (
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
)

const registerHead = "Child ID,State,Suspected on,Why suspected,First responder organisation,Referred on,Exploitation types\n"

// entered is a record of one file's register, which a manager has changed on the page.
func entered(t *testing.T, h *house) (manager service.Actor, record string) {
	t.Helper()
	h.take(t, service.ImportOptions{}, file("register.csv", registerHead+"A1,\"Suspected, not referred\",01/02/2026,New phones,,,\n"))
	manager = h.account(t, "manager", access.Manager)
	found, err := h.Caseload(t.Context(), manager, "A1", service.ByName)
	if err != nil || len(found.Rows) != 1 {
		t.Fatal(err, found)
	}
	record = found.Rows[0].Record
	page, err := h.Register(t.Context(), manager, record)
	if err != nil {
		t.Fatal(err)
	}
	entry := page.Entry
	entry[register.FieldState], entry[register.FieldReferredOn], entry[register.FieldFirstResponder] = "referred", "2026-03-10", "Fernshire Council"
	if err := h.SaveRegister(t.Context(), manager, record, page.Version, entry); err != nil {
		t.Fatal(err)
	}
	return manager, record
}

func codes(f service.FileReport) string {
	var list []string
	for _, p := range f.Problems {
		list = append(list, p.Code)
	}
	return strings.Join(list, " ")
}

func (h *house) entry(t *testing.T, actor service.Actor, record string) register.Entry {
	t.Helper()
	page, err := h.Register(t.Context(), actor, record)
	if err != nil {
		t.Fatal(err)
	}
	return page.Entry
}

// The same register file again does not undo what a person entered since; a later
// file that says something new is taken beside it, and where both changed the same
// the person's stays and the report says so.
func TestARegisterFileUndoesNothingThatAPersonEntered(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		manager, record := entered(t, h)
		again := h.take(t, service.ImportOptions{}, file("register.csv", registerHead+"A1,\"Suspected, not referred\",01/02/2026,New phones,,,\n"))
		if !again.Unchanged || again.Files[0].Same != 1 {
			t.Errorf("the same file again: %+v", again.Files[0])
		}
		if e := h.entry(t, manager, record); e.State() != register.Referred || e[register.FieldReferredOn] != "2026-03-10" {
			t.Errorf("the entry is %v", e)
		}
		later := h.take(t, service.ImportOptions{}, file("register 2.csv", registerHead+"A1,\"Suspected, not referred\",01/02/2026,New phones and money,,,Criminal\n"))
		if f := later.Files[0]; f.Changed != 1 || f.RowsTaken != 1 || codes(f) != "missing-columns" {
			t.Errorf("a later file: %+v", f)
		}
		if e := h.entry(t, manager, record); e.State() != register.Referred || e["suspected-why"] != "New phones and money" || e[register.FieldTypes] == "" {
			t.Errorf("the entry is %v", e)
		}
		// A file without a column says nothing of it.
		h.take(t, service.ImportOptions{}, file("register 2b.csv", "Child ID,State,Suspected on,Why suspected\nA1,\"Suspected, not referred\",01/02/2026,New phones and money\n"))
		if e := h.entry(t, manager, record); e[register.FieldTypes] == "" {
			t.Errorf("a column that is not there emptied its field: %v", e)
		}
		both := h.take(t, service.ImportOptions{}, file("register 3.csv", registerHead+"A1,Referred,01/02/2026,New phones and money,Another Council,10/03/2026,Criminal\n"))
		f := both.Files[0]
		if f.Changed != 0 || codes(f) != "missing-columns entered-by-hand" || !strings.Contains(f.Problems[1].Column, "First responder") {
			t.Errorf("where both changed the same: %+v", f)
		}
		if e := h.entry(t, manager, record); e[register.FieldFirstResponder] != "Fernshire Council" {
			t.Errorf("the entry is %v", e)
		}
		checkCounts(t, h)
	})
}

// Two register files that name one child in one call are two versions, not a fault.
func TestTwoRegisterFilesOfOneChildInOneCall(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		head := "Child ID,Name,Date of birth,State,Suspected on,Why suspected\n"
		report := h.take(t, service.ImportOptions{},
			file("one.csv", head+"A1,Semhar Tesfay,03/02/2010,\"Suspected, not referred\",01/02/2026,New phones\n"),
			file("two.csv", head+"A1,Semhar Tesfai,04/02/2010,\"Suspected, not referred\",01/02/2026,New phones and money\n"))
		if report.Files[0].Added != 1 || report.Files[1].Changed != 1 {
			t.Errorf("%+v", report.Files)
		}
		manager := h.account(t, "manager", access.Manager)
		found, err := h.Caseload(t.Context(), manager, "A1", service.ByName)
		if err != nil || len(found.Rows) != 1 || found.Rows[0].Name != "Semhar Tesfai" {
			t.Error(err, found.Rows)
		}
	})
}
