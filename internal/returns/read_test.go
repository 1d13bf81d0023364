package returns_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"stablefutures/internal/framework"
	"stablefutures/internal/returns"
	"stablefutures/internal/returns/table"
)

var opt = returns.Options{Today: "2026-11-24", Editions: []*framework.Edition{framework.Working()}}

func read(t testing.TB, data []byte) []returns.Table {
	t.Helper()
	tables, err := returns.Read("a file", data, opt)
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

// asCSV is a sheet's rows as a CSV, cells as a spreadsheet shows them.
func asCSV(t *testing.T, rows [][]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	if err := errors.Join(w.WriteAll(rows), w.Error()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Each list of the sample, saved as a CSV of its own and as a workbook whose
// sheets have other names, reads as it did in the sample.
func TestOneCSVAListAndOtherSheetNames(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "annex-a", "Annex_A_2024_Jan.xlsx"))
	if err != nil {
		t.Skip("the shared Annex A sample is not beside the project")
	}
	whole := map[table.Kind]returns.Table{}
	for _, list := range read(t, data) {
		whole[list.Kind] = list
	}
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	same := func(how string, got returns.Table) {
		want, ok := whole[got.Kind]
		if !ok || got.RowsRead != want.RowsRead || got.RowsTaken != want.RowsTaken {
			t.Errorf("%s: %s, read %d, taken %d; in the sample read %d, taken %d", how, got.Kind, got.RowsRead, got.RowsTaken, want.RowsRead, want.RowsTaken)
		}
	}
	names := book.GetSheetList()
	for _, name := range names {
		rows, err := book.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, got := range read(t, asCSV(t, rows)) {
			same(name+" as CSV", got)
		}
	}
	for n, name := range names {
		if err := book.SetSheetName(name, strings.Repeat("x", n+1)); err != nil {
			t.Fatal(err)
		}
	}
	var renamed bytes.Buffer
	if err := book.Write(&renamed); err != nil {
		t.Fatal(err)
	}
	tables := read(t, renamed.Bytes())
	if len(tables) != len(names) {
		t.Errorf("%d lists under other names, want %d", len(tables), len(names))
	}
	for _, got := range tables {
		same("renamed", got)
	}
}

// List 9 grew from 13 columns to 17: both layouts are read.
func TestBothLayoutsOfListNine(t *testing.T) {
	const older = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Does the Child have a Disability,Allocated Team,Allocated Worker," +
		"Eligibility Category,LA In Touch,Type of Accommodation,Suitability of Accommodation,Activity Status\n" +
		"c1,a) Female,a) WBRI,01/02/2006,20,b) No,Blue,A Worker,d) Former relevant child,a) Yes,B) With parents or relatives,a) Suitable,F1\n"
	const current = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),\"Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)\"," +
		"Does the Child have a Disability,Allocated Team,Allocated Worker,Allocated Personal Advisor,Eligibility Category,Latest Pathway Plan Review Date," +
		"LA in Touch,Latest Date of Contact,Type of Accommodation,Suitability of Accommodation,Activity Status\n" +
		"c1,a) Female,a) WBRI,01/02/2006,20,a) Yes,b) No,Blue,A Worker,A Worker,d) Former relevant child,02/05/2026,a) Yes,03/05/2026,B) With parents or relatives,a) Suitable,F1\n"
	for name, text := range map[string]string{"older": older, "current": current} {
		tables := read(t, []byte(text))
		if len(tables) != 1 || tables[0].Kind != "annex-a/list-9" || tables[0].RowsTaken != 1 {
			t.Errorf("%s: %+v", name, tables)
		}
		for _, p := range tables[0].Problems {
			// That the older layout says nothing of unaccompanied children is told.
			if name != "older" || p.Code != "missing-columns" || !strings.Contains(p.Message, "Unaccompanied") {
				t.Errorf("%s: %+v", name, p)
			}
		}
	}
}

// Whatever the bytes, reading ends in words or in tables that add up, and no
// row is lost between them.
func FuzzRead(f *testing.F) {
	f.Add([]byte("Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of Contact,Source of Contact\nc1,Male,WBRI,01/01/2010,15,01/02/2025,Police\n"))
	f.Add([]byte("CHILD,DOB,REVIEW,REVIEW_CODE\nc1,,01/04/2025,PN1\nCHILD,DOB,MISSING,MIS_START,MIS_END\nc1,,M,01/04/2025,\n"))
	f.Add([]byte("Child Unique ID,Gender,Ethnicity,Date of Birth,Allocated Team,Eligibility Category,LA In Touch,Type of Accommodation,Activity Status\nc1,b) Male,q) NOBT,45000,Blue,x,y,z,F2\n"))
	f.Add([]byte("<Message><Children><Child/></Children></Message>"))
	f.Add([]byte("Title,x\n\nCHILD,DOB,REVIEW,REVIEW_CODE\rc1,,01/04/2025,\"PN1\rc1,,,\x00\r"))
	f.Add([]byte("Child ID,State,Referred on,Note\nc1,referred,01/01/2026,a\x00b\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		tables, err := returns.Read("a file", data, opt)
		if err != nil {
			var told *returns.Unrecognised
			if !errors.As(err, &told) || told.Message == "" || strings.ContainsAny(told.Message, "\n\x00") {
				t.Errorf("not told in one line: %v", err)
			}
			return
		}
		if text, err := json.Marshal(tables); err != nil || bytes.Contains(text, []byte(`\u0000`)) {
			t.Errorf("a zero byte gets through: %q %v", text, err)
		}
		for _, got := range tables {
			if got.RowsRead != got.RowsTaken+got.RowsSetAside {
				t.Errorf("%s: read %d, taken %d, set aside %d", got.Kind, got.RowsRead, got.RowsTaken, got.RowsSetAside)
			}
		}
	})
}
