package ssda903

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/care"
	"stablefutures/internal/returns/table"
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

func ahead(day string) bool {
	d, err := time.Parse("02/01/2006", day)
	return err == nil && d.After(time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC))
}

// Every file's counts, told another way: rows of the CSV, less copies of a row,
// less reviews that lie ahead of the day on which the test stands.
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
		review := slices.Index(rows[0], "REVIEW")
		copies, late, seen := 0, 0, map[string]bool{}
		for _, row := range rows[1:] {
			whole := strings.Join(row, ",")
			if review >= 0 && ahead(row[review]) {
				late++
			} else if seen[whole] {
				copies++
			}
			seen[whole] = true
		}
		out := readText(t, string(data))
		if out.Kind != kind || out.RowsRead != len(rows)-1 || out.RowsSetAside != copies+late {
			t.Errorf("%s: %s, read %d, set aside %d; the file has %d rows, %d copies, %d in the future", name, out.Kind, out.RowsRead, out.RowsSetAside, len(rows)-1, copies, late)
		}
		t.Logf("%s: read %d, set aside %d, problems %d, latest %s, read as %v", name, out.RowsRead, out.RowsSetAside, len(out.Problems), out.Latest, out.ReadAs)
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

// The XML's counts, taken from the text by pattern.
func TestFakeXMLCounts(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(fake(t), "fake_903.xml"))
	if err != nil {
		t.Fatal(err)
	}
	count := func(pattern string) int { return len(regexp.MustCompile(pattern).FindAll(data, -1)) }
	late := 0
	for _, m := range regexp.MustCompile(`<REVIEW>([^<]+)</REVIEW>`).FindAllSubmatch(data, -1) {
		if ahead(string(m[1])) {
			late++
		}
	}
	got := readXMLText(t, string(data))
	for kind, want := range map[table.Kind]int{
		Header: count(`<CHILD>`), Episodes: count(`<EPISODE>`), Uasc: count(`<DUC>[^<]`), Missing: count(`<AMISSING>`), Reviews: count(`<AREVIEW>`),
		OC2: count(`<OC2>`), OC3: count(`<IN_TOUCH>`), AD1: count(`<DATE_INT>`), PlacedAdoption: count(`<AD_PLACED>`), PreviousPermanence: count(`<PERMANENCE>`),
	} {
		aside := 0
		if kind == Reviews {
			aside = late
		}
		if got[kind].RowsRead != want || got[kind].RowsSetAside-aside > 2 || got[kind].RowsSetAside < aside {
			t.Errorf("%s: read %d, set aside %d (%v); the text has %d, %d of them in the future", kind, got[kind].RowsRead, got[kind].RowsSetAside, problems(got[kind])[:min(5, len(got[kind].Problems))], want, aside)
		}
		t.Logf("%s: read %d, set aside %d, problems %d", kind, got[kind].RowsRead, got[kind].RowsSetAside, len(got[kind].Problems))
	}
}
