package service_test

import (
	"strings"
	"testing"

	"stablefutures/internal/service"
)

func TestTheSameFilesAgainChangeNothing(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		files := shared(t, "ssda903-fake/*.csv")
		first := h.take(t, service.ImportOptions{YearEnding: "2018-03-31"}, files...)
		if first.Unchanged || first.NewChildren == 0 {
			t.Fatalf("the first import says it changed nothing: %+v", first)
		}
		again := h.take(t, service.ImportOptions{YearEnding: "2018-03-31"}, files...)
		if !again.Unchanged {
			t.Error("the same files again do not say that nothing changed")
		}
		for _, f := range again.Files {
			if f.Added+f.Changed+f.Gone != 0 || f.Same != f.RowsTaken {
				t.Errorf("%s again: %d added, %d changed, %d gone, %d same of %d taken", f.Name, f.Added, f.Changed, f.Gone, f.Same, f.RowsTaken)
			}
		}
	})
}

const episodesBefore = `CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN
c1,01/05/2025,S,C2,N1,U6,PR1,,,,,,
c2,01/05/2025,S,C2,N1,U6,PR1,01/06/2025,E4A,,,,
c3,01/05/2025,S,V2,N8,U6,PR1,,,,,,
`

const episodesAfter = `CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN
c1,01/05/2025,S,C2,N1,U6,PR1,01/07/2025,E4A,,,,
c3,01/05/2025,S,V2,N8,U6,PR1,,,,,,
c4,01/05/2025,S,V2,N8,U6,PR1,,,,,,
`

func TestAnAmendedReturnTakesThePlaceOfTheFirst(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		year := service.ImportOptions{YearEnding: "2026-03-31"}
		h.take(t, year, file("a.csv", episodesBefore))
		f := h.take(t, year, file("b.csv", episodesAfter)).Files[0]
		if f.Added != 1 || f.Changed != 1 || f.Gone != 1 || f.Same != 1 {
			t.Errorf("amended: %d added, %d changed, %d gone, %d same; want one each", f.Added, f.Changed, f.Gone, f.Same)
		}
		// Back to the first: what was superseded may hold again.
		f = h.take(t, year, file("a.csv", episodesBefore)).Files[0]
		if f.Added != 1 || f.Changed != 1 || f.Gone != 1 || f.Same != 1 {
			t.Errorf("and back: %d added, %d changed, %d gone, %d same; want one each", f.Added, f.Changed, f.Gone, f.Same)
		}
	})
}

func TestADryRunChangesNothing(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		dry := h.take(t, service.ImportOptions{YearEnding: "2026-03-31", DryRun: true}, file("a.csv", episodesBefore))
		wet := h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, file("a.csv", episodesBefore))
		if dry.Files[0].Added != 3 || wet.Files[0].Added != 3 || dry.NewChildren != wet.NewChildren {
			t.Errorf("a dry run reported %d added, and the import after it %d; want 3 both times", dry.Files[0].Added, wet.Files[0].Added)
		}
	})
}

func TestFilesThatAreNotOursAreToldAndHinderNothing(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		report, err := h.Import(t.Context(), h.operator, []service.File{
			file("notes.txt", "Dear all,\nplease see below"), file("empty.csv", ""), file("a.csv", episodesBefore),
		}, service.ImportOptions{YearEnding: "2026-03-31"})
		if err != nil {
			t.Fatal(err)
		}
		if len(report.Unrecognised) != 2 || len(report.Files) != 1 || report.Files[0].RowsTaken != 3 {
			t.Errorf("two foreign files and a return: %+v", report)
		}
	})
}

// Files of two years that are read together would be taken for one return.
func TestTwoYearsInOneCallAreNotTakenForOne(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		files := []service.File{
			file("this year.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END\nc1,01/02/2010,M,15/05/2025,16/05/2025\n"),
			file("last year.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END\nc1,01/02/2010,M,15/05/2024,16/05/2024\n"),
			file("header.csv", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nc1,1,01/02/2010,WBRI,,,\n"),
		}
		report, err := h.Import(t.Context(), h.operator, files, service.ImportOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if len(report.Unrecognised) != 3 || len(report.Files) != 0 || report.NewChildren != 0 {
			t.Fatalf("two years were taken as one: %+v", report)
		}
		if said := report.Unrecognised[0].Message; !strings.Contains(said, "31 March 2025") || !strings.Contains(said, "31 March 2026") {
			t.Errorf("the message names neither year: %s", said)
		}
		if said := h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, files...); len(said.Files) != 3 {
			t.Errorf("with the year said, %d of 3 tables were taken", len(said.Files))
		}
	})
}
