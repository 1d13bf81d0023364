package service_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
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

// plantedFiles are sound files in which each cell in turn holds what must not be
// kept, in columns, sheets and elements that are not made for it.
func plantedFiles(t *testing.T, planted string) []service.File {
	t.Helper()
	tables := [][2]string{
		{"CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN", "1,01/05/2025,S,C2,N1,U6,PR1,,,,,,SC012345"},
		{"CHILD,DOB,MISSING,MIS_START,MIS_END", "1,01/02/2010,M,01/05/2025,"},
		{"CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM", "1,01/02/2010,P1,302,"},
		{"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB", "1,M,01/02/2010,WBRI,,,"},
		{"Child Unique ID,Gender,Ethnicity,Date of Birth,Allocated Team,Eligibility Category,LA In Touch,Type of Accommodation,Activity Status", "1,a) Male,a) WBRI,01/02/2006,Blue,a) Relevant child,a) Yes,U,F1"},
		{"Child ID,State,Referred on,Sex,Ethnicity,UPN,Route,Gender", "1,referred,01/01/2026,Male,WBRI,,,"},
	}
	var files []service.File
	for n, table := range tables {
		cells := strings.Split(table[1], ",")
		text := table[0] + "," + planted + "\n"
		for at := range cells {
			row := append([]string{}, cells...)
			if at > 0 {
				row[0] = fmt.Sprint(100*n + at)
			}
			row[at] = planted
			text += strings.Join(row, ",") + "\n"
		}
		files = append(files, file(fmt.Sprint(n, ".csv"), text))
		f := excelize.NewFile()
		if err := f.SetSheetName("Sheet1", strings.ReplaceAll(planted, ":", " ")); err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
			row := strings.Split(line, ",")
			if err := f.SetSheetRow(f.GetSheetName(0), fmt.Sprint("A", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		files = append(files, service.File{Name: fmt.Sprint(n, ".xlsx"), Data: out.Bytes()})
	}
	return append(files,
		file("census.xml", strings.NewReplacer("LEA-HERE", "999", "WBRI", planted, "<ReferralSource>1A", "<Note>"+planted+"</Note><ReferralSource>"+planted, "N1", planted).Replace(census)),
		file("903.xml", "<EXPSSDA903><CHILD><HEADER><CHILDID>9</CHILDID><SEX>"+planted+"</SEX><IN_TOUCH>"+planted+"</IN_TOUCH></HEADER>"+planted+"<EPISODE><DECOM>01/05/2025</DECOM><LS>"+planted+"</LS><URN>"+planted+"</URN></EPISODE></CHILD></EXPSSDA903>"),
		file("header.csv", planted+",x\n1,2\n"), file("line.csv", "CHILD,DOB,REVIEW,REVIEW_CODE\r7,01/02/2010,01/05/2025,"+planted+"\r"))
}

func TestWhatIsPlantedInWrongPlacesNeverReachesTheDatabase(t *testing.T) {
	for _, planted := range []string{"Jane Quigglethorpe", "Quigglethorpe", "J.Quiggle", "QUIGGLE", "U4 Quigglethorpe", "ZQ9 7XY", "ZQ97XY"} {
		path := filepath.Join(t.TempDir(), "canary.db")
		h := newHouse(t, path)
		report, err := h.Import(t.Context(), h.operator, plantedFiles(t, planted), service.ImportOptions{YearEnding: "2026-03-31"})
		if err != nil {
			t.Fatal(err)
		}
		if len(report.Files) < 20 || len(report.Unrecognised) != 1 {
			t.Fatalf("%d tables, not recognised: %v", len(report.Files), report.Unrecognised)
		}
		found, err := filepath.Glob(path + "*")
		if err != nil || len(found) == 0 {
			t.Fatal(err, found)
		}
		text := []byte(fmt.Sprintf("%+v", report))
		for _, name := range found {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			text = append(text, data...)
		}
		if at := cameThrough.FindIndex(text); at != nil {
			t.Errorf("%q got through: …%s…", planted, text[max(0, at[0]-200):min(len(text), at[0]+60)])
		}
	}
}

// cameThrough finds what was planted, or a part of it that stands by itself: ids and
// digests are random, and may hold any three signs.
var cameThrough = regexp.MustCompile(`(?i)quiggle|zq9.?7xy|\bzq9\b`)

// A census that has come to hold nobody takes the place of the one before.
func TestACensusOfNobodyReplacesTheOneBefore(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		h.take(t, service.ImportOptions{}, file("a.xml", censusOf("999")))
		begin, end := strings.Index(census, "<Child>"), strings.Index(census, "</Children>")
		f := h.take(t, service.ImportOptions{}, file("b.xml", strings.Replace(census[:begin]+census[end:], "LEA-HERE", "999", 1))).Files[0]
		if f.Gone != 1 || f.RowsRead != 0 || len(f.Problems) != 1 || f.Problems[0].Code != "no-rows" {
			t.Errorf("%+v", f)
		}
	})
}
