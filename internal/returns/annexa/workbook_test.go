package annexa

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"stablefutures/internal/care"
	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/tabular"
)

// The sample's rows, counted from the cells alone: in the column of ids, below
// the header, how many are filled.
func TestSampleWorkbookIsReadWhole(t *testing.T) {
	data, err := os.ReadFile(shared(t, "Annex_A_2024_Jan.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	counted := map[string]int{}
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] {
			if len(row) > 0 && row[0] != "" {
				counted[name]++
			}
		}
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	read, err := tabular.Workbook(data)
	if err != nil {
		t.Fatal(err)
	}
	lists := 0
	for _, sheet := range read.Sheets {
		kind, ok := Recognise("", sheet.Header)
		if want := "annex-a/" + strings.ReplaceAll(strings.ToLower(sheet.Name), " ", "-"); !ok || string(kind) != want {
			t.Errorf("sheet %s was taken for %q, want %q", sheet.Name, kind, want)
			continue
		}
		lists++
		out := Read(*sheet, kind, table.Options{Today: "2026-11-23"})
		checkSums(t, out)
		taken := counted[sheet.Name]
		if !specOf(kind).used() {
			taken = 0
		}
		if out.RowsRead != counted[sheet.Name] || out.RowsTaken != taken {
			t.Errorf("%s: read %d, taken %d; the cells have %d rows, %d to be taken", sheet.Name, out.RowsRead, out.RowsTaken, counted[sheet.Name], taken)
		}
		t.Logf("%s: read %d, taken %d, set aside %d, problems %v", sheet.Name, out.RowsRead, out.RowsTaken, out.RowsSetAside, problems(out))
	}
	if lists != 11 {
		t.Errorf("%d lists, want 11", lists)
	}
}

func checkSums(t testing.TB, out table.Table) {
	t.Helper()
	if out.RowsRead != out.RowsTaken+out.RowsSetAside || out.RowsTaken != len(out.Rows) {
		t.Errorf("%s: read %d, taken %d (%d rows), set aside %d", out.Kind, out.RowsRead, out.RowsTaken, len(out.Rows), out.RowsSetAside)
	}
	keys := map[string]bool{}
	for _, row := range out.Rows {
		if keys[row.Key] {
			t.Errorf("%s: key %q twice", out.Kind, row.Key)
		}
		keys[row.Key] = true
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

// header8 is list 8's header as the template has it.
var header8 = headerOf(List8)

func headerOf(kind table.Kind) []string {
	var names []string
	for _, c := range specOf(kind).columns {
		names = append(names, c.name)
	}
	return names
}

// with is a row of a list with the given cells, by words of their headers.
func with(kind table.Kind, cells map[string]string) []string {
	s := specOf(kind)
	row := make([]string, len(s.columns))
	for name, value := range cells {
		found := false
		for i, c := range s.columns {
			if !found && strings.Contains(strings.ToLower(c.name), strings.ToLower(name)) {
				row[i], found = value, true
			}
		}
		if !found {
			panic("no column " + name)
		}
	}
	return row
}

func readRow(kind table.Kind, sheet string, rows ...[]string) table.Table {
	return Read(tabular.Sheet{Name: sheet, Header: headerOf(kind), HeaderRow: 1, Rows: rows}, kind, table.Options{Today: "2026-11-23"})
}

func TestAChildInCareIsReadWhole(t *testing.T) {
	out := readRow(List8, "List 8", with(List8, map[string]string{
		"Child Unique": "c1", "Gender": "b) Female", "Ethnicity": "s) NOBT", "Date of Birth": "27/03/2010", "Age": "16.6", "UASC": "a) Yes", "Disability": "b) No",
		"Date Started": "45748", "Category of Need": "N8 - UASC", "second or subsequent": "N", "Start date of current": "45748", "Child's Legal Status": "C2: FCO", "permanence plan": "",
		"Number of Placements": "2.0", "Start Date of Most": "2025-04-02 00:00:00", "Placement Type": "d) U4: Foster placement - long term", "Placement Provider": "e) PR4 - Private provision",
		"postcode": "ZZ1 1ZZ", "URN": "SC012345", "Placement Location": "b) Out", "LA of Placement": "KENT COUNTY COUNCIL", "'Missing'": "3", "'Absent'": "0", "offered": "a) Yes", "accept": "N",
		"Team": "Team of Names", "Worker": "Invented Worker"}))
	want := []care.Row{{
		Key: "c1|2025-04-01", Child: "c1", Sheet: "List 8", Number: 2,
		Identity: &care.Identity{BirthDate: "2010-03-27", Sex: "F", Ethnicity: "NOBT"},
		Facts: []care.Fact{
			{Kind: care.LookedAfter, Began: "2025-04-01", Code: "C2", Details: []care.Detail{
				{Name: header8[5], Value: "yes"}, {Name: header8[6], Value: "no"}, {Name: header8[8], Value: "N8"}, {Name: header8[9], Value: "no"}, {Name: header8[10], Value: "2025-04-01"},
				{Name: "Number of Placements in the Last 12 months", Value: "2"}, {Name: "Start Date of Most Recent Placement", Value: "2025-04-02"}, {Name: "Placement Type", Value: "U4"},
				{Name: "Placement Provider", Value: "PR4"}, {Name: "Placement Location", Value: "out"}, {Name: "LA of Placement", Value: "Kent"},
			}},
			{Kind: care.Uasc},
			{Kind: care.MissingInLastYear, Details: []care.Detail{{Name: header8[28], Value: "3"}, {Name: header8[29], Value: "0"}, {Name: header8[30], Value: "yes"}, {Name: header8[31], Value: "no"}}},
		},
	}}
	if diff := cmp.Diff(want, out.Rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	told := map[string]string{}
	for _, r := range out.ReadAs {
		told[r.Observed] = r.TakenAs
	}
	wantTold := map[string]string{"b) Female": "F", "N8 - UASC": "N8", "N": "no", "C2: FCO": "C2", "2.0": "2", "d) U4: Foster placement - long term": "U4", "e) PR4 - Private provision": "PR4", "KENT COUNTY COUNCIL": "Kent"}
	if diff := cmp.Diff(wantTold, told); diff != "" {
		t.Errorf("values read as something else (-want +got):\n%s", diff)
	}
	if year := out.Years.Ending(); year != "2026-03-31" || len(out.Problems) > 0 {
		t.Errorf("year %s, problems %v", year, out.Problems)
	}
}
