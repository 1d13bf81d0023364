package service_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/date"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/foi"
	"stablefutures/internal/service"
)

// sample reads one table of the shared fake return in the test's own way: rows
// by the column's name.
func sample(t *testing.T, name string) []map[string]string {
	t.Helper()
	text := string(shared(t, "ssda903-fake/"+name)[0].Data)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, head := range rows[0] {
			m[head] = row[i]
		}
		list = append(list, m)
	}
	return list
}

// day reads 03/05/2017; the zero time for an empty cell.
func day(t *testing.T, cell string) time.Time {
	t.Helper()
	if cell == "" {
		return time.Time{}
	}
	d, err := time.Parse("02/01/2006", cell)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The year of the shared fake return.
var (
	yearBegin = time.Date(2017, 4, 1, 0, 0, 0, 0, time.UTC)
	yearEnd   = time.Date(2018, 3, 31, 0, 0, 0, 0, time.UTC)
)

const fakeYear = "2018-03-31"

func runs(from, to time.Time) bool {
	return !from.After(yearEnd) && (to.IsZero() || !to.Before(yearBegin))
}

// independent counts the answer straight from the CSVs: the base, and of the
// children in a group how many went missing, how often, and who still was.
type independent struct {
	base map[string]bool
	uasc map[string]bool
	rows []map[string]string // missing.csv
}

func countIndependently(t *testing.T) independent {
	t.Helper()
	in := independent{base: map[string]bool{}, uasc: map[string]bool{}, rows: sample(t, "missing.csv")}
	for _, e := range sample(t, "episodes.csv") {
		if e["LS"] != "V3" && e["LS"] != "V4" && runs(day(t, e["DECOM"]), day(t, e["DEC"])) {
			in.base[e["CHILD"]] = true
		}
	}
	for _, u := range sample(t, "uasc.csv") {
		if ceased := day(t, u["DUC"]); in.base[u["CHILD"]] && (ceased.IsZero() || !ceased.Before(yearBegin)) {
			in.uasc[u["CHILD"]] = true
		}
	}
	return in
}

func (in independent) group(t *testing.T, members map[string]bool) [4]int {
	t.Helper()
	went, still, episodes := map[string]bool{}, map[string]bool{}, 0
	for _, m := range in.rows {
		from, to := day(t, m["MIS_START"]), day(t, m["MIS_END"])
		if m["MISSING"] != "M" || !members[m["CHILD"]] || !in.base[m["CHILD"]] || !runs(from, to) {
			continue
		}
		went[m["CHILD"]] = true
		episodes++
		if to.IsZero() || to.After(yearEnd) {
			still[m["CHILD"]] = true
		}
	}
	n := 0
	for c := range members {
		if in.base[c] {
			n++
		}
	}
	return [4]int{n, len(went), episodes, len(still)}
}

func (h *house) answer(t *testing.T, published bool) foi.Answer {
	t.Helper()
	a, err := h.Answer(t.Context(), h.operator, fakeYear, published)
	if err != nil {
		t.Fatal(err)
	}
	return a.Answer
}

func four(t *testing.T, a foi.Answer, id string) [4]int {
	t.Helper()
	g, ok := a.Group(id)
	if !ok {
		t.Fatal(id)
	}
	return [4]int{g.Children.Value, g.WentMissing.Value, g.MissingEpisodes.Value, g.StillMissing.Value}
}

func TestTheAnswerEqualsAnIndependentCount(t *testing.T) {
	want := countIndependently(t)
	onEngines(t, func(t *testing.T, h *house) {
		h.take(t, service.ImportOptions{YearEnding: fakeYear}, shared(t, "ssda903-fake/*.csv")...)
		a := h.answer(t, false)
		if a.Base.LookedAfter.Value != len(want.base) {
			t.Errorf("base %d, counted straight from the file %d", a.Base.LookedAfter.Value, len(want.base))
		}
		if got := four(t, a, foi.UASC); got != want.group(t, want.uasc) {
			t.Errorf("unaccompanied %v, counted straight from the files %v", got, want.group(t, want.uasc))
		}
		if got := four(t, a, foi.Identified); got != [4]int{} {
			t.Errorf("identified %v without a register and without factors", got)
		}
	})
}

// With facts of the register and of the CIN census each group moves as its
// definition says.
func TestEachGroupMovesAsItsDefinitionSays(t *testing.T) {
	want := countIndependently(t)
	// children of the base: those who went missing first, so that every number moves
	var inBase, unaccompanied []string
	for _, m := range want.rows {
		if want.base[m["CHILD"]] && m["MISSING"] == "M" {
			inBase = append(inBase, m["CHILD"])
		}
	}
	for _, u := range sample(t, "uasc.csv") {
		if want.uasc[u["CHILD"]] {
			unaccompanied = append(unaccompanied, u["CHILD"])
		}
	}
	referred, closedBefore, closedWithin, suspected, byFactor := inBase[0], inBase[1], inBase[2], inBase[3], unaccompanied[0]
	register := "Child ID,State,Referred on,First responder organisation,Exploitation types,Closed on,Reason closed,Reasonable grounds,Reasonable grounds on,Suspected on,Why suspected\n" +
		referred + ",Referred,02/05/2017,Council,Criminal,,,Positive,09/05/2017,,\n" +
		closedBefore + ",Referred,02/05/2016,Council,Criminal,01/02/2017,All decisions made,Negative,09/05/2016,,\n" +
		closedWithin + ",Referred,02/05/2016,Council,Labour,01/05/2017,All decisions made,Negative,09/05/2016,,\n" +
		suspected + ",\"Suspected, not referred\",,,Sexual,,,,,01/06/2017,Seen with older men\n" +
		"nobody-we-look-after,Referred,02/05/2017,Council,Criminal,,,Positive,09/05/2017,,\n"
	cin := fmt.Sprintf(cinFile, byFactor)
	identified := map[string]bool{referred: true, closedWithin: true, byFactor: true}
	suspects := map[string]bool{suspected: true}
	both := map[string]bool{}
	for c := range identified {
		if want.uasc[c] {
			both[c] = true
		}
	}
	if want.uasc[suspected] {
		both[suspected] = true
	}
	onEngines(t, func(t *testing.T, h *house) {
		h.take(t, service.ImportOptions{YearEnding: fakeYear}, shared(t, "ssda903-fake/*.csv")...)
		report := h.take(t, service.ImportOptions{AuthoritySaid: true}, file("register.csv", register), file("cin.xml", cin))
		for _, f := range report.Files {
			if f.RowsSetAside != 0 {
				t.Fatalf("%s: %+v", f.Name, f.Problems)
			}
		}
		a := h.answer(t, false)
		for id, members := range map[string]map[string]bool{foi.Identified: identified, foi.Suspected: suspects, foi.UASC: want.uasc, foi.Both: both} {
			if got := four(t, a, id); got != want.group(t, members) {
				t.Errorf("%s: %v, by its definition %v", id, got, want.group(t, members))
			}
		}
		published := h.answer(t, true)
		for _, g := range published.Groups {
			for _, c := range []disclosure.Cell{g.Children, g.WentMissing, g.MissingEpisodes, g.StillMissing, g.ChildrenAbsent, g.Absences} {
				if c.Shown && c.Value >= 1 && c.Value <= 5 {
					t.Errorf("%s publishes %d", g.ID, c.Value)
				}
			}
		}
	})
}

// cinFile is a census of one child with one assessment that ended in the year
// and found trafficking.
const cinFile = `<?xml version="1.0" encoding="UTF-8"?>
<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2018</Year><ReferenceDate>2018-03-31</ReferenceDate></CollectionDetails>
<Source><SourceLevel>L</SourceLevel><LEA>999</LEA><SoftwareCode>Local Authority</SoftwareCode></Source></Header>
<Children><Child><ChildIdentifiers><LAchildID>%s</LAchildID></ChildIdentifiers><ChildCharacteristics><Ethnicity>BAFR</Ethnicity></ChildCharacteristics>
<CINdetails><CINreferralDate>2017-06-01</CINreferralDate><ReferralSource>1A</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode>
<Assessments><AssessmentActualStartDate>2017-06-05</AssessmentActualStartDate><AssessmentAuthorisationDate>2017-07-05</AssessmentAuthorisationDate>
<FactorsIdentifiedAtAssessment><AssessmentFactors>12A</AssessmentFactors><AssessmentFactors>4A</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>
</CINdetails></Child></Children></Message>`

func TestAnotherYearLeavesTheFirstOnesAnswer(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		h.take(t, service.ImportOptions{YearEnding: fakeYear}, shared(t, "ssda903-fake/*.csv")...)
		before := h.answer(t, false)
		h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, file("a.csv", episodesBefore), file("m.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END\nc1,01/02/2010,M,03/06/2025,\n"))
		after := h.answer(t, false)
		for i := range before.Groups {
			if before.Groups[i] != after.Groups[i] {
				t.Errorf("the first year's answer moved: %+v, then %+v", before.Groups[i], after.Groups[i])
			}
		}
		next, err := h.Answer(t.Context(), h.operator, "2026-03-31", false)
		if err != nil || next.Base.LookedAfter.Value != 3 {
			t.Errorf("the second year counts %v: %v", next.Base.LookedAfter, err)
		}
	})
}

// careOf is a return of care episodes: child, first day, last day.
func careOf(rows ...[3]string) service.File {
	text := "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\n"
	for _, r := range rows {
		rec := ""
		if r[2] != "" {
			rec = "E8"
		}
		text += r[0] + "," + r[1] + ",S,C2,N1,U6,PR1," + r[2] + "," + rec + "\n"
	}
	return file("episodes.csv", text)
}

// awayOf is a return of missing periods: child, code, first day, last day.
func awayOf(rows ...[4]string) service.File {
	text := "CHILD,DOB,MISSING,MIS_START,MIS_END\n"
	for _, r := range rows {
		text += r[0] + ",01/02/2010," + r[1] + "," + r[2] + "," + r[3] + "\n"
	}
	return file("missing.csv", text)
}

// Where no return of the year asked for was read, those of other years answer: what
// one left open, and a later one ended or tells no more of, is over.
func TestOtherYearsAnswerForAYearThatWasNotRead(t *testing.T) {
	register := "Child ID,State,Referred on,First responder organisation\n" +
		"A1,Referred,02/05/2022,Council\nA2,Referred,02/05/2022,Council\nA3,Referred,02/05/2022,Council\nA4,Referred,02/05/2022,Council\n"
	onEngines(t, func(t *testing.T, h *house) {
		h.take(t, service.ImportOptions{YearEnding: "2023-03-31"},
			careOf([3]string{"A1", "01/05/2022", ""}, [3]string{"A2", "01/05/2022", ""}, [3]string{"A3", "01/06/2022", ""}),
			awayOf([4]string{"A1", "M", "01/03/2023", ""}, [4]string{"A2", "M", "02/03/2023", ""}))
		h.take(t, service.ImportOptions{YearEnding: "2024-03-31"},
			careOf([3]string{"A1", "01/05/2022", "10/06/2023"}, [3]string{"A2", "01/05/2022", ""}, [3]string{"A4", "01/09/2023", ""}),
			awayOf([4]string{"A2", "M", "02/03/2023", "09/06/2023"}, [4]string{"A4", "M", "05/03/2024", ""}))
		h.take(t, service.ImportOptions{AuthoritySaid: true}, file("register.csv", register))
		for _, c := range []struct {
			year     date.Date
			base     int
			four     [4]int
			fallback bool
			why      string
		}{
			{"2023-03-31", 3, [4]int{3, 2, 2, 2}, false, "as its own return has it, open periods and all"},
			{"2024-03-31", 3, [4]int{3, 2, 2, 1}, false, "A3 was not told of any more"},
			{"2025-03-31", 2, [4]int{2, 1, 1, 1}, true, "A2 and A4 run on; A1 ended in June 2023, A3 by the end of the year that told of it last; A4 is still missing"},
		} {
			p, err := h.Answer(t.Context(), h.operator, c.year, false)
			if err != nil {
				t.Fatal(err)
			}
			if got := four(t, p.Answer, foi.Identified); p.Base.LookedAfter.Value != c.base || got != c.four {
				t.Errorf("%s: base %v, identified %v, want %d and %v: %s", c.year, p.Base.LookedAfter, got, c.base, c.four, c.why)
			}
			if said := strings.Contains(strings.Join(p.Notes, " "), "returns of other years"); said != c.fallback {
				t.Errorf("%s: the notes say %q", c.year, p.Notes)
			}
		}
	})
}

// A year about which nothing was read has no numbers, and says what is missing.
func TestAYearOutsideAnyDataHasNoNumbers(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		check := func(year date.Date, want string) {
			t.Helper()
			p, err := h.Answer(t.Context(), h.operator, year, false)
			if err != nil {
				t.Fatal(err)
			}
			if !p.NoBase || p.Base.LookedAfter.String() != "x" || !strings.Contains(strings.Join(p.Notes, " "), want) || len(foi.Sentences(p.Answer, "Council")) > 0 {
				t.Errorf("%s: base %s, notes %q", year, p.Base.LookedAfter, p.Notes)
			}
			for _, g := range p.Groups {
				if g.Children.Shown || g.WentMissing.Shown {
					t.Errorf("%s: %+v", year, g)
				}
			}
		}
		check("2026-03-31", "No SSDA903 return and no Annex A list 8 was read")
		h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, careOf([3]string{"A1", "01/05/2025", ""}))
		check("2021-03-31", "No SSDA903 return was read for the year to 31 March 2021")
		check("2034-03-31", "has not begun")
	})
}

// A year that goes on is answered, and said to go on.
func TestAYearThatGoesOnIsSaidToGoOn(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		ending := h.Today().YearEnding()
		h.take(t, service.ImportOptions{YearEnding: ending}, careOf([3]string{"A1", "01/05/2025", ""}))
		p, err := h.Answer(t.Context(), h.operator, ending, false)
		if err != nil {
			t.Fatal(err)
		}
		if text := strings.Join(foi.Sentences(p.Answer, "Council"), " "); !p.Unfinished || p.Base.LookedAfter.Value != 1 || !strings.Contains(text, "has not ended: this is what the returns say so far") {
			t.Errorf("%+v: %s", p.Base, text)
		}
	})
}
