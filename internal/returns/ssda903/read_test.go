package ssda903

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stablefutures/internal/care"
	"stablefutures/internal/returns/table"
)

var testOptions = table.Options{Today: "2026-11-23"}

// postcodeShape finds whole postcodes anywhere in a text.
var postcodeShape = regexp.MustCompile(`\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b`)

// readText reads a CSV text; its kind is recognised from its header.
func readText(t testing.TB, text string) table.Table {
	t.Helper()
	cells := csv.NewReader(strings.NewReader(text))
	cells.FieldsPerRecord = -1
	rows, err := cells.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	kind, ok := Recognise("", rows[0])
	if !ok {
		t.Fatalf("no table has the columns %q", rows[0])
	}
	out := table.Table{File: "test.csv", Kind: kind}
	readRows(&out, rows[0], rows[1:], func(i int) int { return i + 2 }, testOptions)
	checkSums(t, out)
	return out
}

func checkSums(t testing.TB, out table.Table) {
	t.Helper()
	if out.RowsRead != out.RowsTaken+out.RowsSetAside || out.RowsTaken != len(out.Rows) {
		t.Errorf("%s: read %d, taken %d (%d rows), set aside %d", out.Kind, out.RowsRead, out.RowsTaken, len(out.Rows), out.RowsSetAside)
	}
	aside := 0
	for _, p := range out.Problems {
		if p.SetAside {
			aside += p.Stands()
		}
	}
	if aside != out.RowsSetAside {
		t.Errorf("%s: %d rows set aside, but %d reasons", out.Kind, out.RowsSetAside, aside)
	}
	text, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	if found := postcodeShape.Find(text); found != nil {
		t.Errorf("%s: a postcode came through: %s", out.Kind, found)
	}
}

func problems(out table.Table) []string {
	var words []string
	for _, p := range out.Problems {
		word := p.Column + " " + p.Code
		if p.SetAside {
			word += " (row)"
		}
		words = append(words, word)
	}
	return words
}

func TestAnEpisodeIsReadWholeAndItsPostcodesBecomeABand(t *testing.T) {
	out := readText(t, "PL_POST,URN,CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST\n"+
		"ZZ1 2ZZ,SC012345, 77 ,01/04/2025,P,C2,N1,u4,PR1,30/04/2025,X1,CARPL,zz19zz\n")
	want := []care.Row{{
		Key: "77|2025-04-01", Child: "77", Number: 2,
		Facts: []care.Fact{{Kind: care.Episode, Began: "2025-04-01", Ended: "2025-04-30", Code: "C2", Details: []care.Detail{
			{Name: "RNE", Value: "P"}, {Name: "CIN", Value: "N1"}, {Name: "PLACE", Value: "U4"}, {Name: "PLACE_PROVIDER", Value: "PR1"}, {Name: "REC", Value: "X1"},
			{Name: "REASON_PLACE_CHANGE", Value: "CARPL"}, {Name: "URN", Value: "SC012345"}, {Name: DistanceBand, Value: "same postcode district"},
		}}},
	}}
	if diff := cmp.Diff(want, out.Rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]table.ReadAs{{Column: "PLACE", Observed: "u4", TakenAs: "U4", Count: 1}}, out.ReadAs); diff != "" {
		t.Error(diff)
	}
	if year := out.Years.Ending(); year != "2026-03-31" {
		t.Errorf("the year of its days is %s", year)
	}
}

func TestDistanceBands(t *testing.T) {
	for _, row := range []struct{ home, placement, want string }{
		{"ZZ1 1ZZ", "ZZ1 9AA", "same postcode district"},
		{"ZZ11ZZ", "zz1 9aa", "same postcode district"},
		{"ZZ1 1ZZ", "ZZ12 1ZZ", "same postcode area"},
		{"Z1 1ZZ", "ZZ1 1ZZ", "elsewhere"},
		{"", "ZZ1 1ZZ", ""},
		{"nope", "ZZ1 1ZZ", ""},
		{"1ZZ", "ZZ1 1ZZ", ""},
	} {
		if got := distanceBand(row.home, row.placement); got != row.want {
			t.Errorf("%q and %q: %q, want %q", row.home, row.placement, got, row.want)
		}
	}
}

func TestHeaderGivesAPersonAndTheIdentity(t *testing.T) {
	out := readText(t, "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"+
		"1,2,27/03/2010,wrom,d051910639385,1.0,01/01/2026\n"+
		"2,U,15/01/2009,REFU,UN2,,\n")
	want := []care.Row{
		{
			Key: "1", Child: "1", Number: 2, Identity: &care.Identity{BirthDate: "2010-03-27", UPN: "D051910639385", Sex: "F", Ethnicity: "WROM"},
			Facts: []care.Fact{{Kind: care.Person, Code: "F", Details: []care.Detail{{Name: "ETHNIC", Value: "WROM"}, {Name: "MOTHER", Value: "1"}}}},
		},
		{
			Key: "2", Child: "2", Number: 3, Identity: &care.Identity{BirthDate: "2009-01-15", Sex: "U", Ethnicity: "REFU"},
			Facts: []care.Fact{{Kind: care.Person, Code: "U", Details: []care.Detail{{Name: "ETHNIC", Value: "REFU"}, {Name: "UPN", Value: "UN2"}}}},
		},
	}
	if diff := cmp.Diff(want, out.Rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(out.ReadAs) != 4 {
		t.Errorf("sex, ethnicity, UPN and mother were written otherwise, told: %v", out.ReadAs)
	}
}

func TestEachTableIsRecognisedByItsColumns(t *testing.T) {
	for kind, header := range map[table.Kind]string{
		Header:             "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
		Episodes:           "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN", // no PLACE_PROVIDER, as in older files
		Uasc:               "DUC,DOB,SEX,CHILD",
		Missing:            "\ufeffchild,dob,missing,mis_start,mis_end",
		Reviews:            "CHILD,DOB,REVIEW,REVIEW_CODE",
		OC2:                "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK",
		OC3:                "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
		AD1:                "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
		PlacedAdoption:     "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED",
		PreviousPermanence: "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM",
		SocialWorkers:      "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON",
		LibertyOrders:      "CHILD,DOB,DOLO_START,DOLO_END",
	} {
		if got, ok := Recognise("whatever", strings.Split(header, ",")); !ok || got != kind {
			t.Errorf("%s: recognised as %q, want %q", header, got, kind)
		}
	}
	for _, header := range []string{"CHILD,DOB", "Child Unique ID,Gender", "", "DECOM,LS"} {
		if got, ok := Recognise("episodes", strings.Split(header, ",")); ok {
			t.Errorf("%q was taken for %s", header, got)
		}
	}
	if hint := Hint([]string{"DECOM", "LS", "PLACE", "REC"}); !strings.Contains(hint, "episodes") || !strings.Contains(hint, "CHILD") {
		t.Errorf("hint %q", hint)
	}
}

func TestHostileRows(t *testing.T) {
	const episodes = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
	const missing = "CHILD,DOB,MISSING,MIS_START,MIS_END\n"
	for _, row := range []struct {
		why, text string
		taken     int
		want      []string
	}{
		{"no child", episodes + ",01/04/2025,P,C2,N1,U4,PR1,,,,,,\n", 0, []string{"CHILD missing-child-id (row)"}},
		{"an Excel error for a child", episodes + "#N/A,01/04/2025,P,C2,N1,U4,PR1,,,,,,\n", 0, []string{"CHILD missing-child-id (row)"}},
		{"a blank row is no row", episodes + ",,,,,,,,,,,,\n", 0, nil},
		{"a short row", episodes + "1,01/04/2025,P,C2\n", 1, nil},
		{"a day that does not exist", episodes + "1,31/04/2025,P,C2,N1,U4,PR1,,,,,,\n", 0, []string{"DECOM impossible-date (row)"}},
		{"29 February of no leap year", episodes + "1,29/02/2025,P,C2,N1,U4,PR1,,,,,,\n", 0, []string{"DECOM impossible-date (row)"}},
		{"a day to come", episodes + "1,24/11/2026,P,C2,N1,U4,PR1,,,,,,\n", 1, []string{"DECOM future-date"}},
		{"an end that cannot be read is not still going on", episodes + "1,01/04/2025,P,C2,N1,U4,PR1,never,,,,,\n", 0, []string{"DEC impossible-date (row)"}},
		{"ended before it began", episodes + "1,01/04/2025,P,C2,N1,U4,PR1,31/03/2025,,,,,\n", 0, []string{"DEC end-before-start (row)"}},
		{"ended on the day it began", episodes + "1,01/04/2025,P,C2,N1,U4,PR1,01/04/2025,,,,,\n", 1, nil},
		{"NULL, as databases write it", episodes + "1,01/04/2025,P,C2,N1,U4,PR1,NULL,,,,,\n", 1, nil},
		{"an unknown legal status keeps the episode", episodes + "1,01/04/2025,P,Q9,N1,U4,PR1,,,,,,\n", 1, []string{"LS unknown-code"}},
		{"no legal status", episodes + "1,01/04/2025,P,,N1,U4,PR1,,,,,,\n", 1, []string{"LS missing-code"}},
		{"a postcode slipped into another column", episodes + "1,01/04/2025,P,C2,N1,ZZ1 1ZZ,ZZ11ZZ,,,,,,ZZ1 1ZZ\n", 1, []string{"PLACE unknown-code", "PLACE_PROVIDER unknown-code", "URN unknown-code"}},
		{"the same row twice", episodes + strings.Repeat("1,01/04/2025,P,C2,N1,U4,PR1,,,,,,\n", 2), 1, []string{" duplicate-row (row)"}},
		{"the same key, other cells", episodes + "1,01/04/2025,P,C2,N1,U4,PR1,,,,,,\n1,01/04/2025,L,C1,N1,U4,PR1,,,,,,\n", 2, nil},
		{"neither missing nor away", missing + "1,01/01/2010,X,01/04/2025,\n", 0, []string{"MISSING unknown-code (row)"}},
		{"no first day", missing + "1,01/01/2010,M,,02/04/2025\n", 0, []string{"MIS_START missing-date (row)"}},
		{"an unreadable end is not still missing", missing + "1,01/01/2010,M,01/04/2025,02/13/2025\n", 0, []string{"MIS_END impossible-date (row)"}},
		{"a bad birthday costs the birthday", missing + "1,01/13/2010,m,01/04/2025,\n", 1, []string{"DOB impossible-date"}},
		{"missing before birth", missing + "1,01/05/2025,M,01/04/2025,\n", 1, []string{"DOB before-birth"}},
		{"no column for the end", "CHILD,DOB,MISSING,MIS_START\n1,01/01/2010,M,01/04/2025\n", 1, []string{"MIS_END missing-column"}},
		{"a column nobody knows, one twice", "CHILD,CHILD,Team,REVIEW,REVIEW_CODE\n1,2,Blue,01/04/2025,PN1\n", 1, []string{"CHILD column-twice", "Team unknown-column", " missing-columns"}},
		{"a child twice in the header, alike", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER\n1,M,01/01/2010,WBRI\n1,M,01/01/2010,WBRI\n", 1, []string{" duplicate-row (row)"}},
		{"a child twice in the header, unlike", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER\n1,M,01/01/2010,WBRI\n1,F,01/01/2010,WBRI\n", 1, []string{"CHILD duplicate-child (row)"}},
		{"a UASC status that ceases in two years", "CHILD,SEX,DOB,DUC\n1,M,01/01/2010,01/01/2028\n", 1, nil},
		{"a score above 40", "CHILD,DOB,SDQ_SCORE,IMMUNISATIONS,TEETH_CHECK\n1,01/01/2010,41,1,1\n", 1, []string{" missing-columns", "SDQ_SCORE unknown-code"}},
	} {
		out := readText(t, row.text)
		if diff := cmp.Diff(row.want, problems(out)); diff != "" || out.RowsTaken != row.taken {
			t.Errorf("%s: taken %d, want %d (-want +got):\n%s", row.why, out.RowsTaken, row.taken, diff)
		}
	}
}

func TestDaysThatAreReadAsSomethingElseAreTold(t *testing.T) {
	const header = "CHILD,DOB,REVIEW,REVIEW_CODE\n"
	for cell, want := range map[string]string{
		"45748":            "REVIEW 45748=2025-04-01",
		"01-May-25":        "REVIEW 01-May-25=2025-05-01",
		"01/04/2025 14:35": "REVIEW (days with a time of day)=(the day alone)",
		"2025-04-01":       "",
		"1 April 2025":     "",
	} {
		out := readText(t, header+"1,01/01/2010,"+cell+",PN1\n")
		got := ""
		for _, r := range out.ReadAs {
			got += r.Column + " " + r.Observed + "=" + r.TakenAs
		}
		if got != want || out.RowsTaken != 1 {
			t.Errorf("%s: taken %d, told %q, want %q", cell, out.RowsTaken, got, want)
		}
	}
}

func TestManyKeysStayApart(t *testing.T) {
	var rows strings.Builder
	for i := range 5000 { // two episodes a child
		fmt.Fprintf(&rows, "%d,%02d/04/2025,P,C2,N1,U1,PR1\n", 100000+i/2, 1+i%2)
	}
	out := readText(t, "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER\n"+rows.String())
	seen := map[string]bool{}
	for _, row := range out.Rows {
		if seen[row.Key] || !strings.HasPrefix(row.Key, row.Child+"|") {
			t.Fatalf("key %q twice, or not of child %q", row.Key, row.Child)
		}
		seen[row.Key] = true
	}
	if out.RowsTaken != 5000 || len(seen) != 5000 {
		t.Errorf("taken %d, keys %d", out.RowsTaken, len(seen))
	}
}

func Fuzz903CSV(f *testing.F) {
	f.Add("CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n1,01/04/2025,P,C2,N1,U4,PR1,,,,ZZ1 1ZZ,ZZ11ZZ,XXXXXXX\n1,01/04/2025,P\n")
	f.Add("CHILD,DOB,MISSING,MIS_START,MIS_END\n1,2010-01-01,m,1/4/2025,2025-04-02 00:00:00\n#2,,A,,\n")
	f.Add("child,sex,dob,ethnic,upn\n1,1.0,29/02/2011,wbri,UN3\n1,2,,,NULL\n")
	f.Fuzz(func(t *testing.T, text string) {
		cells := csv.NewReader(strings.NewReader(text))
		cells.FieldsPerRecord, cells.LazyQuotes = -1, true
		rows, err := cells.ReadAll()
		if err != nil || len(rows) == 0 {
			return
		}
		kind, ok := Recognise("", rows[0])
		if !ok {
			return
		}
		out := table.Table{Kind: kind}
		readRows(&out, rows[0], rows[1:], func(i int) int { return i + 2 }, testOptions)
		keys := map[string]bool{}
		for _, row := range out.Rows {
			if keys[row.Key] {
				t.Errorf("key %q twice", row.Key)
			}
			keys[row.Key] = true
		}
		if out.RowsRead != out.RowsTaken+out.RowsSetAside || out.RowsTaken != len(out.Rows) {
			t.Errorf("read %d, taken %d, rows %d, set aside %d", out.RowsRead, out.RowsTaken, len(out.Rows), out.RowsSetAside)
		}
	})
}
