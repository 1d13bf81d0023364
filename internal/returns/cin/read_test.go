package cin_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stablefutures/internal/care"
	"stablefutures/internal/date"
	"stablefutures/internal/returns/cin"
	"stablefutures/internal/returns/table"
)

const today = date.Date("2026-11-23")

var opt = table.Options{Today: today}

// census wraps Child elements in a sound message.
func census(children string) []byte {
	return []byte(`<?xml version="1.0" encoding="utf-8"?><Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>
	<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails><Source><LEA>999</LEA></Source></Header><Children>` + children + `</Children></Message>`)
}

func childOf(id, details string) string {
	return `<Child><ChildIdentifiers><LAchildID>` + id + `</LAchildID><PersonBirthDate>2012-05-06</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>
	<CINdetails><CINreferralDate>2025-06-01</CINreferralDate><ReferralSource>6</ReferralSource>` + details + `<ReferralNFA>0</ReferralNFA></CINdetails></Child>`
}

func assessment(start, end, factors string) string {
	return "<Assessments><AssessmentActualStartDate>" + start + "</AssessmentActualStartDate><AssessmentAuthorisationDate>" + end +
		"</AssessmentAuthorisationDate><FactorsIdentifiedAtAssessment>" + regexp.MustCompile(`\S+`).ReplaceAllString(factors, "<AssessmentFactors>$0</AssessmentFactors>") +
		"</FactorsIdentifiedAtAssessment></Assessments>"
}

func read(t *testing.T, data []byte) table.Table {
	t.Helper()
	got, err := cin.Read("census.xml", data, opt)
	if err != nil {
		t.Fatal(err)
	}
	if got.RowsRead != got.RowsTaken+got.RowsSetAside || got.RowsTaken != len(got.Rows) {
		t.Errorf("read %d, taken %d (%d rows), set aside %d: they do not add up", got.RowsRead, got.RowsTaken, len(got.Rows), got.RowsSetAside)
	}
	return got
}

func codesOf(got table.Table) []string {
	var codes []string
	for _, p := range got.Problems {
		codes = append(codes, p.Column+" "+p.Code)
	}
	return codes
}

func TestEveryPartOfAChildBecomesAFact(t *testing.T) {
	got := read(t, census(childOf("A1", `<PrimaryNeedCode>N1</PrimaryNeedCode><CINclosureDate>2026-01-05</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>`+
		assessment("2025-06-02", "2025-07-01", "12A 24a")+
		`<CINPlanDates><CINPlanStartDate>2025-07-02</CINPlanStartDate></CINPlanDates>
		<Section47><S47ActualStartDate>2025-08-01</S47ActualStartDate><ICPCnotRequired>false</ICPCnotRequired></Section47>
		<ChildProtectionPlans><CPPstartDate>2025-08-20</CPPstartDate><InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><LatestCategoryOfAbuse>SAB</LatestCategoryOfAbuse>
		<NumberOfPreviousCPP>0</NumberOfPreviousCPP><Reviews><CPPreviewDate>2025-11-01</CPPreviewDate></Reviews></ChildProtectionPlans>
		<PreProceedingsandFGDM><PPStartDate>2025-10-01</PPStartDate><PPOutcome>A</PPOutcome></PreProceedingsandFGDM>`)))
	d := func(pairs ...string) (out []care.Detail) {
		for i := 0; i < len(pairs); i += 2 {
			out = append(out, care.Detail{Name: pairs[i], Value: pairs[i+1]})
		}
		return out
	}
	want := []care.Row{{
		Key: "A1", Child: "A1", Identity: &care.Identity{BirthDate: "2012-05-06", Sex: "F"}, Sheet: "Message/Children/Child", Number: 1,
		Facts: []care.Fact{
			{Kind: care.Person, Code: "F"},
			{Kind: care.Referral, Began: "2025-06-01", Ended: "2026-01-05", Code: "6", Details: d("PrimaryNeedCode", "N1", "ReasonForClosure", "RC7", "ReferralNFA", "0")},
			{Kind: care.Assessment, Began: "2025-06-02", Ended: "2025-07-01"},
			{Kind: care.Factor, Began: "2025-06-02", Ended: "2025-07-01", Code: "12A"},
			{Kind: care.Factor, Began: "2025-06-02", Ended: "2025-07-01", Code: "24A"},
			{Kind: care.InNeedPlan, Began: "2025-07-02"},
			{Kind: care.Section47, Began: "2025-08-01", Details: d("ICPCnotRequired", "0")},
			{Kind: care.ProtectionPlan, Began: "2025-08-20", Code: "SAB", Details: d("InitialCategoryOfAbuse", "NEG", "NumberOfPreviousCPP", "0", "CPPreviewDate", "2025-11-01")},
			{Kind: care.PreProceedings, Began: "2025-10-01", Code: "A"},
		},
	}}
	if diff := cmp.Diff(want, got.Rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if got.YearEnding != "2026-03-31" || got.Authority != "999" || got.Years.Ending() != "2026-03-31" {
		t.Errorf("year %s, authority %s, year of its days %s", got.YearEnding, got.Authority, got.Years.Ending())
	}
	wantRead := []table.ReadAs{{Column: "ICPCnotRequired", Observed: "false", TakenAs: "0", Count: 1}, {Column: "AssessmentFactors", Observed: "24a", TakenAs: "24A", Count: 1}}
	slices.SortFunc(got.ReadAs, func(a, b table.ReadAs) int { return -strings.Compare(a.Column, b.Column) })
	if diff := cmp.Diff(wantRead, got.ReadAs); diff != "" {
		t.Errorf("read as (-want +got):\n%s", diff)
	}
}

func TestOddValuesAreToldAndDoNotStopTheRest(t *testing.T) {
	for _, row := range []struct {
		why, details string
		want         []string
	}{
		{"sound", assessment("2025-06-02", "2025-07-01", "12A"), nil},
		{"a retired factor", assessment("2025-06-02", "2025-07-01", "18A"), []string{"AssessmentFactors retired-code"}},
		{"a factor that never was", assessment("2025-06-02", "2025-07-01", "RB"), []string{"AssessmentFactors unknown-code"}},
		{"ended before it began", assessment("2025-06-02", "2025-05-01", "12A"), []string{"AssessmentAuthorisationDate end-before-start"}},
		{"begins after today", assessment("2028-06-02", "", ""), []string{"AssessmentActualStartDate future-date"}},
		{"factors before the end", assessment("2025-06-02", "", "12A"), []string{"AssessmentAuthorisationDate factor-before-end"}},
		{"no day at all", assessment("2025-06-31", "2025-07-01", "12A"), []string{"AssessmentActualStartDate impossible-date"}},
		{"stray text", "<Section47>oops<S47ActualStartDate>2025-08-01</S47ActualStartDate></Section47>", []string{"Section47 stray-text"}},
		{"an element that is not the census's", "<Worker>Jo Bloggs</Worker>", []string{"Worker unknown-column"}},
		{"a plan whose end cannot be read", "<CINPlanDates><CINPlanStartDate>2025-07-02</CINPlanStartDate><CINPlanEndDate>soon</CINPlanEndDate></CINPlanDates>", []string{"CINPlanEndDate impossible-date"}},
		{"a category nobody knows", "<ChildProtectionPlans><CPPstartDate>2025-08-20</CPPstartDate><LatestCategoryOfAbuse>XYZ</LatestCategoryOfAbuse></ChildProtectionPlans>", []string{"LatestCategoryOfAbuse unknown-code"}},
	} {
		got := read(t, census(childOf("A1", row.details)+childOf("A2", "")))
		if diff := cmp.Diff(row.want, codesOf(got)); diff != "" || got.RowsTaken != 2 {
			t.Errorf("%s: taken %d (-want +got):\n%s", row.why, got.RowsTaken, diff)
		}
		if text, err := json.Marshal(got); err != nil || strings.Contains(string(text), "Bloggs") {
			t.Errorf("%s: a name came through (%v)", row.why, err)
		}
	}
}

func TestAPlanThatCannotBeReadIsNotTakenForOneThatStillGoesOn(t *testing.T) {
	got := read(t, census(childOf("A1", "<CINPlanDates><CINPlanStartDate>2025-07-02</CINPlanStartDate><CINPlanEndDate>31/13/2025</CINPlanEndDate></CINPlanDates>")))
	for _, f := range got.Rows[0].Facts {
		if f.Kind == care.InNeedPlan {
			t.Errorf("a plan with an unreadable end was taken: %v", f)
		}
	}
}

func TestChildrenWithoutAnIdAndTwiceOver(t *testing.T) {
	got := read(t, census(childOf("", "")+childOf("A1", "")+childOf("A1", "")+childOf("A1", assessment("2025-06-02", "2025-07-01", "9A"))))
	want := []string{"LAchildID missing-child-id", " duplicate-row", "LAchildID duplicate-child"}
	if diff := cmp.Diff(want, codesOf(got)); diff != "" {
		t.Error(diff)
	}
	if got.RowsRead != 4 || got.RowsTaken != 2 || got.Rows[1].Key != "A1#2" || got.Rows[1].Child != "A1" {
		t.Errorf("read %d, taken %d: %+v", got.RowsRead, got.RowsTaken, got.Rows)
	}
}

func TestSexIsReadByItsYearsCodes(t *testing.T) {
	for _, row := range []struct{ why, element, want string }{
		{"letters from 2025", "<Sex>M</Sex>", "M"},
		{"numbers to 2024", "<GenderCurrent>2</GenderCurrent>", "F"},
		{"not specified", "<GenderCurrent>9</GenderCurrent>", "U"},
		{"the wrong set for the year", "<Sex>1</Sex>", "M"},
		{"none of them", "<Sex>X</Sex>", ""},
	} {
		got := read(t, census("<Child><ChildIdentifiers><LAchildID>A1</LAchildID>"+row.element+"</ChildIdentifiers></Child>"))
		if code := got.Rows[0].Facts[0].Code; code != row.want {
			t.Errorf("%s: %q, want %q", row.why, code, row.want)
		}
	}
}

func TestHeadersThatDisagree(t *testing.T) {
	change := func(from, to string) []byte {
		return []byte(strings.Replace(string(census(childOf("A1", ""))), from, to, 1))
	}
	for _, row := range []struct {
		why  string
		data []byte
		year date.Date
		want []string
	}{
		{"year wins over the reference date", change("<ReferenceDate>2026", "<ReferenceDate>2025"), "2026-03-31", []string{"ReferenceDate reference-date"}},
		{"a few days off", change("2026-03-31", "2026-03-28"), "2026-03-31", []string{"ReferenceDate reference-date"}},
		{"no year", change("<Year>2026</Year>", ""), "2026-03-31", nil},
		{"no header", change("<Header>", "<Other>"), "", nil},
	} {
		if row.why == "no header" {
			row.data = []byte("<Message><Children>" + childOf("A1", "") + "</Children></Message>")
			row.want = []string{"Header missing-header"}
		}
		got := read(t, row.data)
		if diff := cmp.Diff(row.want, codesOf(got)); diff != "" || got.YearEnding != row.year {
			t.Errorf("%s: year %s, want %s %s", row.why, got.YearEnding, row.year, diff)
		}
	}
}

func TestFilesThatAreNoCensusAreRefusedWhole(t *testing.T) {
	sound := string(census(childOf("A1", "")))
	for _, row := range []struct{ why, data, want string }{
		{"two authorities", strings.Replace(sound, "<LEA>999</LEA>", "<LEA>999</LEA><LEA>998</LEA>", 1), "two authorities"},
		{"another collection", strings.Replace(sound, ">CIN<", ">SC<", 1), "collection"},
		{"another root", "<EXPSSDA903/>", "EXPSSDA903"},
		{"cut off", sound[:len(sound)-60], "breaks off"},
		{"a DOCTYPE", "<!DOCTYPE Message [<!ENTITY a 'b'>]>" + sound[38:], "DOCTYPE"},
		{"no children", "<Message><Header/><Children/></Message>", "no Child"},
		{"empty", "", "no XML"},
	} {
		_, err := cin.Read("x.xml", []byte(row.data), opt)
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %q", row.why, err, row.want)
		}
	}
}

func shared(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	for err == nil && dir != "/" {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(filepath.Dir(dir), "shared", "data", "cin-fake")
	if _, err := os.Stat(path); err != nil {
		t.Skip("the shared fake census files are not beside the project")
	}
	return path
}

// The counts are taken from the text by pattern, not by reading XML.
func TestCountsEqualThoseOfTheText(t *testing.T) {
	dir := shared(t)
	for _, name := range []string{"fake_CIN_data.xml", "CIN_Census_2021.xml", "CIN_Census_2026.xml", "CIN_header_issues_100.xml"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		got := read(t, data)
		count := func(pattern string) int { return len(regexp.MustCompile(pattern).FindAll(data, -1)) }
		facts := map[care.Kind]int{}
		for _, row := range got.Rows {
			for _, f := range row.Facts {
				facts[f.Kind]++
			}
		}
		for kind, want := range map[care.Kind]int{
			care.Person: count(`<Child>`), care.Referral: count(`<CINdetails>`), care.Assessment: count(`<Assessments>`),
			care.Factor:     count(`<AssessmentFactors>[0-9]+[A-F]?</`),
			care.InNeedPlan: count(`<CINPlanDates>`), care.Section47: count(`<Section47>`), care.ProtectionPlan: count(`<ChildProtectionPlans>`),
			care.PreProceedings: count(`<PreProceedingsandFGDM>`),
		} {
			if facts[kind] != want {
				t.Errorf("%s: %d %s facts, the text has %d", name, facts[kind], kind, want)
			}
		}
		if got.RowsRead != count(`<LAchildID>`) || got.RowsSetAside != 0 {
			t.Errorf("%s: read %d, set aside %d", name, got.RowsRead, got.RowsSetAside)
		}
		t.Logf("%s: %d children, problems %v", name, got.RowsRead, codesOf(got))
	}
}

func FuzzCIN(f *testing.F) {
	f.Add(census(childOf("A1", assessment("2025-06-02", "2025-07-01", "12A 18A RB"))))
	f.Add([]byte("<Message><Header>x</Header><Children><Child><ChildIdentifiers/></Child></Children></Message>"))
	f.Add([]byte("<Message><Child><Child/></Child></Message>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := cin.Read("fuzz.xml", data, opt)
		if err == nil && (got.RowsRead != got.RowsTaken+got.RowsSetAside || got.RowsTaken != len(got.Rows)) {
			t.Errorf("read %d, taken %d, rows %d, set aside %d", got.RowsRead, got.RowsTaken, len(got.Rows), got.RowsSetAside)
		}
	})
}
