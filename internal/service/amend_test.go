package service_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"stablefutures/internal/foi"
	"stablefutures/internal/service"
)

// missingFile is a missing table of 50 periods; change gives other ends to the
// first ten, leaves out the last three and adds two.
func missingFile(amended bool) string {
	var b strings.Builder
	b.WriteString("CHILD,DOB,MISSING,MIS_START,MIS_END\n")
	for n := range 50 {
		ended := "20/05/2025"
		if amended && n < 10 {
			ended = "25/05/2025"
		}
		if amended && n >= 47 {
			continue
		}
		fmt.Fprintf(&b, "m%02d,01/02/2010,M,15/05/2025,%s\n", n, ended)
	}
	if amended {
		b.WriteString("m98,01/02/2010,M,15/05/2025,\nm99,01/02/2010,M,15/05/2025,\n")
	}
	return b.String()
}

func episodesOf(from, to int) string {
	var b strings.Builder
	b.WriteString("CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n")
	for n := from; n < to; n++ {
		fmt.Fprintf(&b, "m%02d,01/04/2025,S,V2,N8,U6,PR1,,,,,,\n", n)
	}
	return b.String()
}

func uascOf(from, to int) string {
	var b strings.Builder
	b.WriteString("CHILD,SEX,DOB,DUC\n")
	for n := from; n < to; n++ {
		fmt.Fprintf(&b, "m%02d,1,01/02/2010,\n", n)
	}
	return b.String()
}

// An amended return with ten rows changed, three gone and two new gives exactly
// these counts and the new answer; what was entered by hand stays.
func TestTenChangedThreeGoneTwoNew(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		opt := service.ImportOptions{YearEnding: "2026-03-31"}
		h.take(t, opt, file("episodes.csv", episodesOf(0, 100)), file("uasc.csv", uascOf(0, 100)), file("missing.csv", missingFile(false)))
		f := h.take(t, opt, file("missing, amended.csv", missingFile(true))).Files[0]
		if f.Changed != 10 || f.Gone != 3 || f.Added != 2 || f.Same != 37 {
			t.Errorf("%d changed, %d gone, %d added, %d as before; want 10, 3, 2 and 37", f.Changed, f.Gone, f.Added, f.Same)
		}
		a, err := h.Answer(t.Context(), h.operator, "2026-03-31", false)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := four(t, a.Answer, foi.UASC), [4]int{100, 49, 49, 2}; got != want {
			t.Errorf("the new answer is %v, want %v", got, want)
		}
	})
}

func TestOneBadRowDoesNotHinderTheRest(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		text := strings.Replace(missingFile(false), "m07,01/02/2010,M,15/05/2025,20/05/2025", "m07,01/02/2010,M,31/02/2025,20/05/2025", 1)
		f := h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, file("missing.csv", text)).Files[0]
		if f.RowsRead != 50 || f.RowsTaken != 49 || f.RowsSetAside != 1 || len(f.Problems) == 0 {
			t.Fatalf("%d read, %d taken, %d set aside: %+v", f.RowsRead, f.RowsTaken, f.RowsSetAside, f.Problems)
		}
		if p := f.Problems[0]; p.Row != 9 || p.Column != "MIS_START" || !p.SetAside || p.Message == "" {
			t.Errorf("the bad row is told as %+v", p)
		}
	})
}

// A child who left and came back, and stands in two years, is one child.
func TestAChildWhoCameBackIsOneChild(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		first := "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\nback,01/05/2023,S,C2,N1,U6,PR1,01/02/2024,E4A\n"
		again := "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\nback,01/06/2025,S,C2,N1,U6,PR1,,\n"
		one := h.take(t, service.ImportOptions{YearEnding: "2024-03-31"}, file("a.csv", first))
		two := h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, file("b.csv", again))
		if one.NewChildren != 1 || two.NewChildren != 0 {
			t.Errorf("%d and %d children were new", one.NewChildren, two.NewChildren)
		}
	})
}

// An SSDA903 return as XML is whole: where an amended one has no missing periods
// and no unaccompanied child any more, the earlier facts hold no longer.
func TestAnAmendedXMLThatLostASection(t *testing.T) {
	const child = "<CHILD><HEADER><CHILDID>c1</CHILDID><SEX>1</SEX><DOB>01/02/2010</DOB><ETHNIC>WBRI</ETHNIC>SECTION</HEADER>" +
		"<EPISODE><DECOM>01/05/2025</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U4</PL></EPISODE></CHILD>"
	of := func(section string) service.File {
		return file("903.xml", "<EXPSSDA903>"+strings.Replace(child, "SECTION", section, 1)+"</EXPSSDA903>")
	}
	onEngines(t, func(t *testing.T, h *house) {
		opt := service.ImportOptions{YearEnding: "2026-03-31"}
		h.take(t, opt, of("<UASC>1</UASC><AMISSING><MISSING>M</MISSING><MIS_START>15/05/2025</MIS_START></AMISSING>"))
		gone := map[string]int{}
		for _, f := range h.take(t, opt, of("<UASC>0</UASC>")).Files {
			gone[f.Kind] = f.Gone
		}
		if gone["ssda903/missing"] != 1 || gone["ssda903/uasc"] != 1 || gone["ssda903/episodes"] != 0 {
			t.Errorf("no longer there: %v", gone)
		}
		a, err := h.Answer(t.Context(), h.operator, "2026-03-31", false)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := four(t, a.Answer, foi.UASC), [4]int{0, 0, 0, 0}; got != want {
			t.Errorf("the new answer is %v, want %v", got, want)
		}
	})
}

// A return that holds nothing is noted when it is first read: that nobody went
// missing is known then. The second time it changes nothing.
func TestAReturnThatHoldsNothingIsNotedOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		opt := service.ImportOptions{YearEnding: "2026-03-31"}
		h.take(t, opt, file("episodes.csv", episodesOf(0, 10)))
		sentences := func() string {
			a, err := h.Answer(t.Context(), h.operator, "2026-03-31", false)
			if err != nil {
				t.Fatal(err)
			}
			return strings.Join(foi.Sentences(a.Answer, "Fernshire"), " ")
		}
		if says := sentences(); !strings.Contains(says, "not known here") {
			t.Errorf("before a return of missing periods the answer says: %s", says)
		}
		empty := file("missing.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END\n")
		if first := h.take(t, opt, empty); first.Unchanged {
			t.Error("the first empty return was not noted")
		}
		if says := sentences(); strings.Contains(says, "not known here") {
			t.Errorf("after it the answer says: %s", says)
		}
		if again := h.take(t, opt, empty); !again.Unchanged {
			t.Errorf("the empty return again: %+v", again.Files)
		}
	})
}

// Rows of one child and one day are told apart by what they say, not by where they
// stand.
func TestRowsOfOneDay(t *testing.T) {
	const header = "CHILD,DOB,REVIEW,REVIEW_CODE\n"
	const a, b, c = "c1,,01/06/2025,PN1\n", "c1,,01/06/2025,PN2\n", "c1,,01/06/2025,PN3\n"
	for _, row := range []struct {
		why, before, after         string
		added, changed, gone, same int
	}{
		{"in another order", a + b + c, c + a + b, 0, 0, 0, 3},
		{"without the first", a + b + c, b + c, 0, 0, 1, 2},
		{"without the last", a + b + c, b + a, 0, 0, 1, 2},
		{"the first changed", a + b, c + b, 0, 1, 0, 1},
		{"one more before them", b + c, a + b + c, 1, 0, 0, 2},
		{"all of them gone but one", a + b + c, c, 0, 0, 2, 1},
		{"back from one to three", c, a + b + c, 2, 0, 0, 1},
	} {
		t.Run(row.why, func(t *testing.T) {
			onEngines(t, func(t *testing.T, h *house) {
				opt := service.ImportOptions{YearEnding: "2026-03-31"}
				h.take(t, opt, file("a.csv", header+row.before))
				f := h.take(t, opt, file("b.csv", header+row.after)).Files[0]
				if f.Added != row.added || f.Changed != row.changed || f.Gone != row.gone || f.Same != row.same {
					t.Errorf("%d added, %d changed, %d gone, %d same; want %d, %d, %d, %d", f.Added, f.Changed, f.Gone, f.Same, row.added, row.changed, row.gone, row.same)
				}
				if again := h.take(t, opt, file("b.csv", header+row.after)); !again.Unchanged {
					t.Errorf("again: %+v", again.Files)
				}
			})
		})
	}
}

// Two files of one call that say different things of one child and day are both
// taken, and that is told; what both say is counted once.
func TestTwoFilesThatDiffer(t *testing.T) {
	h := newHouse(t, filepath.Join(t.TempDir(), "one.db"))
	const header = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
	report := h.take(t, service.ImportOptions{YearEnding: "2026-03-31"},
		file("a.csv", header+"c1,01/05/2025,S,C2,N1,U6,PR1,,,,,,\nc2,01/05/2025,S,C2,N1,U6,PR1,,,,,,\n"),
		file("b.csv", header+"c1,01/05/2025,S,C2,N1,U6,PR1,,,,,,\nc2,01/05/2025,S,C1,N1,U6,PR1,,,,,,\n"))
	f := report.Files[1]
	if f.Same != 1 || f.Added != 1 || len(f.Problems) != 1 || f.Problems[0].Code != "differs-between-files" || f.Problems[0].Row != 3 {
		t.Errorf("%+v", f)
	}
}
