package service_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"

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
