package service_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"stablefutures/internal/service"
)

// Words that stand in the files and must not reach the database: postcodes, and
// the names of workers and teams.
const (
	canaryPostcode = "ZZ99 9ZZ"
	canaryWorker   = "Wilhelmina Canarywright"
	canaryTeam     = "Team Canaryshire"
)

func annexWithCanaries(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	if err := f.SetSheetName("Sheet1", "List 8"); err != nil {
		t.Fatal(err)
	}
	head := []any{"Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)", "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
		"Does the Child have a Disability", "Date Started to be Looked After", "Child's Category of Need", "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
		"Start date of current legal status", "Child's Legal Status", "Placement postcode", "Placement Type", "Number of Placements in the Last 12 months", "Allocated Team", "Allocated Worker"}
	row := []any{"1001", "a) Male", "a) WBRI", "01/02/2010", 16, "a) Yes", "b) No", "01/05/2025", "N8", "b) No", "01/05/2025", "C2", canaryPostcode, "U6", 1, canaryTeam, canaryWorker}
	for n, cells := range [][]any{head, row} {
		if err := f.SetSheetRow("List 8", fmt.Sprint("A", n+1), &cells); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What must not be kept is in no byte of the database: not in its file, not in
// the log that it writes ahead.
func TestPostcodesAndWorkersNamesNeverReachTheDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "canary.db")
	h := newHouse(t, path)
	episodes := "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n1002,01/05/2025,S,C2,N1,U6,PR1,,,," + canaryPostcode + "," + canaryPostcode + ",\n"
	workers := "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\n1002,01/02/2010," + strings.ReplaceAll(canaryWorker, " ", "") + ",01/05/2025,,FCONTA\n"
	report := h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, service.File{Name: "annex.xlsx", Data: annexWithCanaries(t)}, file("episodes.csv", episodes), file("sw.csv", workers))
	for _, f := range report.Files {
		if f.RowsTaken != 1 {
			t.Fatalf("%s was not taken: %+v", f.Name, f.Problems)
		}
		if text := fmt.Sprintf("%+v", f); strings.Contains(text, canaryWorker) || strings.Contains(text, "ZZ99") || strings.Contains(text, canaryTeam) {
			t.Errorf("the report holds what must not be kept: %s", text)
		}
	}
	found, err := filepath.Glob(path + "*")
	if err != nil || len(found) == 0 {
		t.Fatal(err, found)
	}
	for _, name := range found {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, canary := range []string{canaryPostcode, "ZZ999ZZ", canaryWorker, strings.ReplaceAll(canaryWorker, " ", ""), canaryTeam} {
			if bytes.Contains(data, []byte(canary)) {
				t.Errorf("%s holds %q", filepath.Base(name), canary)
			}
		}
	}
}
