package service_test

import (
	"errors"
	"strings"
	"testing"

	"stablefutures/internal/service"
)

// Somebody who was erased does not come back with the next file: each kind of file
// leaves their rows out and says so, and takes the others.
func TestAnErasedPersonDoesNotComeBackWithAFile(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		p := plant(t, h)
		h.erase(t, p)
		readings := "Child ID,Conversation,Said on,Language,Edition,Indicator,Voice,Answer\n"
		for _, f := range []service.File{
			file("episodes.csv", episodesHead+"KN1001,01/06/2025,S,C2,N1,U6,PR1,,\nKN1002,01/05/2025,S,C2,N1,U6,PR1,,\n2002,01/05/2025,S,C2,N1,U6,PR1,,\n3003,01/05/2025,S,C2,N1,U6,PR1,,\n"),
			file("register.csv", registerHead+"KN1001,\"Suspected, not referred\",01/02/2026,"+canary+" phones,,,\n"+p.reference+",\"Suspected, not referred\",01/02/2026,"+canary+",,,\n3003,\"Suspected, not referred\",01/02/2026,New phones,,,\n"),
			file("readings.csv", readings+"KN1001,a,20/11/2026,English,working-2026,home.1,Young person,3\n"+p.reference+",a,20/11/2026,English,working-2026,home.1,Young person,3\n3003,a,20/11/2026,English,working-2026,home.1,Young person,3\n"),
		} {
			for _, dry := range []bool{true, false} {
				report := h.take(t, service.ImportOptions{YearEnding: "2026-03-31", DryRun: dry}, f).Files[0]
				if report.Added != 1 || report.RowsSetAside != 2 || strings.Count(codes(report), "erased") != 2 || report.Gone != 0 {
					t.Errorf("%s: %d added, %d set aside, %s", f.Name, report.Added, report.RowsSetAside, codes(report))
					continue
				}
				if last := report.Problems[len(report.Problems)-1]; !last.SetAside || !strings.Contains(last.Message, "was erased here on 24 November 2026") {
					t.Errorf("%s: it is said as %q", f.Name, last.Message)
				}
			}
		}
		if again := h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, file("episodes.csv", episodesHead+"KN1001,01/06/2025,S,C2,N1,U6,PR1,,\n2002,01/05/2025,S,C2,N1,U6,PR1,,\n3003,01/05/2025,S,C2,N1,U6,PR1,,\n")); !again.Unchanged {
			t.Errorf("the same file again changes something: %+v", again.Files[0])
		}
		for table, rows := range h.rows(t) {
			if text := strings.Join(rows, "\n"); strings.Contains(text, canary) || strings.Contains(text, "KN100") {
				t.Errorf("%s holds the young person again", table)
			}
		}
		_, _, err := h.AddChild(t.Context(), p.manager, service.NewChild{Name: "Somebody", LAID: "KN1001"})
		if wrong := (service.Invalid{}); !errors.As(err, &wrong) || wrong[0].Field != "la-id" || !strings.Contains(wrong[0].Message, "was erased here on") {
			t.Errorf("the number is given by hand: %v", err)
		}
		checkCounts(t, h)
	})
}

// Files that wait for a yes and hold somebody who is erased meanwhile are let go of;
// others wait on, and files that are read afterwards leave the rows out.
func TestFilesThatWaitLetGoOfSomebodyErased(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		p := plant(t, h)
		stage := func(rows string) string {
			id, _, err := h.Stage(t.Context(), h.operator, []service.File{file("new.csv", episodesHead+rows)}, service.ImportOptions{YearEnding: "2026-03-31"})
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		state := func(id string) service.Upload {
			up, err := h.Staged(t.Context(), h.operator, id)
			if err != nil {
				t.Fatal(err)
			}
			return up
		}
		theirs, others := stage("KN1001,01/07/2025,S,C2,N1,U6,PR1,,\n"), stage("2002,01/07/2025,S,C2,N1,U6,PR1,,\n")
		h.erase(t, p)
		if up := state(theirs); up.State != service.UploadVoid || len(up.Report.Files[0].Problems) > 0 || up.Files()[0] != "new.csv" {
			t.Errorf("files that hold the young person: %+v", up)
		}
		if _, err := h.Confirm(t.Context(), h.operator, theirs); !errors.Is(err, service.ErrChanged) {
			t.Errorf("they are taken in: %v", err)
		}
		if up := state(others); up.State != service.UploadWaits {
			t.Errorf("files of others: %+v", up)
		}
		later := stage("KN1001,01/07/2025,S,C2,N1,U6,PR1,,\n2002,01/07/2025,S,C2,N1,U6,PR1,,\n")
		if f := state(later).Report.Files[0]; f.RowsSetAside != 1 || f.RowsTaken != 1 {
			t.Errorf("read afterwards: %+v", f)
		}
		report, err := h.Confirm(t.Context(), h.operator, later)
		if err != nil || report.NewChildren != 0 || report.Files[0].RowsSetAside != 1 || strings.Count(codes(report.Files[0]), "erased") != 1 {
			t.Errorf("taken in afterwards: %v %+v", err, report)
		}
	})
}

// What is kept of a number is a hash that takes the keys of the database to make: two
// databases keep the same number differently.
func TestOfANumberAKeyedHashIsKept(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		if h.db.Blind("a", "1001") == h.db.Blind("b", "1001") || h.db.Blind("a", "1001") != h.db.Blind("a", "1001") || h.db.Blind("a", "1001") == h.db.Blind("a", "1002") {
			t.Error("a hash is not of its purpose and its text")
		}
		other := newHouse(t, t.TempDir()+"/other.db")
		if h.db.Blind("a", "1001") == other.db.Blind("a", "1001") {
			t.Error("two databases keep a number alike")
		}
	})
}
