package ssda903

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"stablefutures/internal/care"
	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/tabular"
)

// fake is the folder of Data to Insight's fake return, beside the project.
func fake(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	for err == nil && dir != "/" {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(filepath.Dir(dir), "shared", "data", "ssda903-fake")
	if _, err := os.Stat(path); err != nil {
		t.Skip("the shared fake SSDA903 return is not beside the project")
	}
	return path
}

// Every file's counts, told another way: rows of the CSV, less copies of a row.
func TestFakeCSVCounts(t *testing.T) {
	dir := fake(t)
	for name, kind := range map[string]table.Kind{
		"header.csv": Header, "episodes.csv": Episodes, "uasc.csv": Uasc, "missing.csv": Missing, "reviews.csv": Reviews, "oc2.csv": OC2, "oc3.csv": OC3,
		"ad1.csv": AD1, "placed_for_adoption.csv": PlacedAdoption, "previous_permanence.csv": PreviousPermanence, "sw_episodes.csv": SocialWorkers,
	} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		copies, seen := 0, map[string]bool{}
		for _, row := range rows[1:] {
			whole := strings.Join(row, ",")
			if seen[whole] {
				copies++
			}
			seen[whole] = true
		}
		out := readText(t, string(data))
		if out.Kind != kind || out.RowsRead != len(rows)-1 || out.RowsSetAside != copies {
			t.Errorf("%s: %s, read %d, set aside %d; the file has %d rows, %d copies", name, out.Kind, out.RowsRead, out.RowsSetAside, len(rows)-1, copies)
		}
		t.Logf("%s: read %d, set aside %d, problems %d, year %s, read as %v", name, out.RowsRead, out.RowsSetAside, len(out.Problems), out.Years.Ending(), out.ReadAs)
	}
}

func TestFakeCSVValues(t *testing.T) {
	dir := fake(t)
	data, err := os.ReadFile(filepath.Join(dir, "episodes.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want, open := map[string]int{}, 0
	for _, row := range rows[1:] {
		want[row[3]]++
		if row[7] == "" {
			open++
		}
	}
	for _, row := range readText(t, string(data)).Rows {
		want[row.Facts[0].Code]--
		if !row.Facts[0].Ended.Known() {
			open--
		}
		if row.Facts[0].Kind != care.Episode {
			t.Fatalf("row %d is a %s", row.Number, row.Facts[0].Kind)
		}
	}
	for code, n := range want {
		if n != 0 {
			t.Errorf("legal status %s: off by %d", code, n)
		}
	}
	if open != 0 {
		t.Errorf("open episodes: off by %d", open)
	}
}

// A workbook with a sheet a table holds days as numbers, and reads the same.
func TestAWorkbookReadsAsItsTables(t *testing.T) {
	book := excelize.NewFile()
	if err := errors.Join(
		book.SetSheetName("Sheet1", "Tab 1"),
		book.SetSheetRow("Tab 1", "A1", &[]any{"CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"}),
		book.SetSheetRow("Tab 1", "A2", &[]any{77, time.Date(2010, 1, 15, 0, 0, 0, 0, time.UTC), "M", time.Date(2025, 5, 1, 0, 0, 0, 0, time.UTC), "02/05/2025"}),
	); err != nil {
		t.Fatal(err)
	}
	var data bytes.Buffer
	if err := errors.Join(book.Write(&data), book.Close()); err != nil {
		t.Fatal(err)
	}
	read, err := tabular.Workbook(data.Bytes())
	if err != nil || len(read.Sheets) != 1 {
		t.Fatalf("%+v, %v", read, err)
	}
	sheets := read.Sheets
	kind, _ := Recognise(sheets[0].Name, sheets[0].Header)
	sheets[0].Problems = []table.Problem{{Sheet: "Tab 1", Code: "merged-cells"}}
	out := Read(*sheets[0], kind, testOptions)
	want := []care.Row{{
		Key: "77|2025-05-01", Child: "77", Identity: &care.Identity{BirthDate: "2010-01-15"}, Sheet: "Tab 1", Number: 2,
		Facts: []care.Fact{{Kind: care.Missing, Began: "2025-05-01", Ended: "2025-05-02", Code: "M"}},
	}}
	if diff := cmp.Diff(want, out.Rows); diff != "" || len(out.ReadAs) > 0 || len(out.Problems) != 1 {
		t.Errorf("%s (-want +got):\n%s %v %v", kind, diff, out.ReadAs, out.Problems)
	}
}

// The XML's counts, taken from the text by pattern.
func TestFakeXMLCounts(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(fake(t), "fake_903.xml"))
	if err != nil {
		t.Fatal(err)
	}
	count := func(pattern string) int { return len(regexp.MustCompile(pattern).FindAll(data, -1)) }
	got := readXMLText(t, string(data))
	for kind, want := range map[table.Kind]int{
		Header: count(`<CHILD>`), Episodes: count(`<EPISODE>`), Uasc: count(`<DUC>[^<]`), Missing: count(`<AMISSING>`), Reviews: count(`<AREVIEW>`),
		OC2: count(`<OC2>`), OC3: count(`<IN_TOUCH>`), AD1: count(`<DATE_INT>`), PlacedAdoption: count(`<AD_PLACED>`), PreviousPermanence: count(`<PERMANENCE>`),
	} {
		if got[kind].RowsRead != want || got[kind].RowsTaken != want {
			t.Errorf("%s: read %d, taken %d (%v); the text has %d", kind, got[kind].RowsRead, got[kind].RowsTaken, problems(got[kind])[:min(5, len(got[kind].Problems))], want)
		}
		t.Logf("%s: read %d, set aside %d, problems %d", kind, got[kind].RowsRead, got[kind].RowsSetAside, len(got[kind].Problems))
	}
}
