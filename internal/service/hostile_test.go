package service_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"stablefutures/internal/service"
)

// book is a workbook of one sheet, filled by the test.
func book(t *testing.T, rows [][]any, change func(f *excelize.File) error, opt ...excelize.Options) []byte {
	t.Helper()
	f := excelize.NewFile()
	for n, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, n+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	if change != nil {
		if err := change(f); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out, opt...); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func inUTF16(text string) []byte {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return out
}

var missingTable = [][]any{{"CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"}, {"c1", 40180, "M", 45800, 45801}, {"c2", "01/01/2010", "M", "01/06/2025", ""}}

// census is a CIN census of one child.
const census = `<?xml version="1.0"?><Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>` +
	`<Source><SourceLevel>L</SourceLevel><LEA>LEA-HERE</LEA></Source></Header><Children><Child><ChildIdentifiers><LAchildID>c1</LAchildID><PersonBirthDate>2010-01-01</PersonBirthDate><GenderCurrent>1</GenderCurrent></ChildIdentifiers>` +
	`<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics><CINdetails><CINreferralDate>2025-05-01</CINreferralDate><ReferralSource>1A</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode></CINdetails></Child></Children></Message>`

func censusOf(lea string) string { return strings.Replace(census, "LEA-HERE", lea, 1) }

// A file of which nothing can be taken gets one clear line, does not stop the
// file beside it, and leaves the database as it was.
func TestFilesThatCannotBeTakenGetOneClearLine(t *testing.T) {
	whole := book(t, missingTable, nil)
	bad := []struct {
		why  string
		data []byte
		says string
	}{
		{"empty", nil, "empty"},
		{"blank lines alone", []byte("\n\n , ,\n"), "empty"},
		{"UTF-16", inUTF16(episodesBefore), "UTF-16"},
		{"a letter", []byte("Dear all,\nplease see below"), "not"},
		{"a PDF", []byte("%PDF-1.7\n"), "PDF"},
		{"a table of something else", []byte("Team,Budget\nBlue,100\n"), "Team"},
		{"10,000 columns", []byte(strings.Repeat("CHILD,", 10_000) + "\nc1\n"), "10001 columns"},
		{"10,000 columns in a workbook", book(t, [][]any{slices.Repeat([]any{"CHILD"}, 10_000)}, nil), "10000 columns"},
		{"a workbook under a password", book(t, missingTable, nil, excelize.Options{Password: "secret"}), "password"},
		{"a workbook cut off", whole[:len(whole)/2], "cut off"},
		{"a workbook of nothing", book(t, nil, nil), "No sheet"},
		{"XML with an entity", []byte(`<?xml version="1.0"?><!DOCTYPE Message [<!ENTITY a SYSTEM "file:///etc/passwd">]>` + strings.Replace(censusOf("999"), `<?xml version="1.0"?>`, "", 1)), "DOCTYPE"},
		{"XML with a wrong root", []byte("<Census><Child/></Census>"), "root Census"},
		{"XML cut off", []byte(censusOf("999")[:500]), "breaks off"},
		{"two authorities in one file", []byte(strings.Replace(censusOf("999"), "<LEA>999</LEA>", "<LEA>999</LEA><LEA>998</LEA>", 1)), "two authorities"},
		{"another authority's file", []byte(censusOf("998")), "998"},
	}
	onEngines(t, func(t *testing.T, h *house) {
		opt := service.ImportOptions{YearEnding: "2026-03-31"}
		h.take(t, opt, file("good.csv", episodesBefore))
		for _, b := range bad {
			report, err := h.Import(t.Context(), h.operator, []service.File{{Name: "bad", Data: b.data}, file("good.csv", episodesBefore)}, opt)
			if err != nil {
				t.Errorf("%s: %v", b.why, err)
				continue
			}
			if len(report.Unrecognised) != 1 || report.Unrecognised[0].Name != "bad" || !strings.Contains(report.Unrecognised[0].Message, b.says) || strings.Contains(report.Unrecognised[0].Message, "\n") {
				t.Errorf("%s: want one line that says %q: %+v", b.why, b.says, report.Unrecognised)
			}
			if !report.Unchanged || len(report.Files) != 1 || report.Files[0].Same != 3 {
				t.Errorf("%s: the file beside it was hindered, or something changed: %+v", b.why, report.Files)
			}
		}
	})
}

// Two tables below each other in one file are read each by itself.
func TestTwoTablesMixedUpInOneFile(t *testing.T) {
	h := newHouse(t, filepath.Join(t.TempDir(), "one.db"))
	text := "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nc1,1,01/01/2010,WBRI,,,\nCHILD,DOB,MISSING,MIS_START,MIS_END,,\nc1,01/01/2010,M,01/05/2025,31/02/2025,,\nc1,01/01/2010,M,01/06/2025,,,\n"
	report := h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, file("all.csv", text))
	if len(report.Files) != 2 || report.Files[0].Kind != "ssda903/header" || report.Files[1].Kind != "ssda903/missing" {
		t.Fatalf("%+v", report)
	}
	missing := report.Files[1]
	if report.Files[0].RowsTaken != 1 || missing.RowsTaken != 1 || missing.RowsSetAside != 1 {
		t.Errorf("%+v", report.Files)
	}
	if last := missing.Problems[len(missing.Problems)-1]; last.Row != 4 || last.Column != "MIS_END" {
		t.Errorf("the row is not that of the file: %+v", last)
	}
}

// Of a file that is odd in places the rest is taken, and each odd place told.
func TestFilesThatAreOddInPlaces(t *testing.T) {
	const header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
	formula := func(f *excelize.File) error {
		return errors.Join(f.SetCellValue("Sheet1", "C3", nil), f.SetCellFormula("Sheet1", "C3", `IF(1=1,"M","A")`))
	}
	merged := func(f *excelize.File) error { return f.MergeCell("Sheet1", "A2", "A3") }
	odd := []struct {
		why   string
		data  []byte
		read  int
		taken int
		want  []string // problems as "row column code", read-as entries as "column observed=taken as"
	}{
		{"a byte order mark", []byte("\xef\xbb\xbf" + episodesBefore), 3, 3, nil},
		{"semicolons", []byte(strings.ReplaceAll(episodesBefore, ",", ";")), 3, 3, nil},
		{"another return's file by name", []byte(header + "c1,1,01/01/2010,WBRI,,,\n"), 1, 1, nil},
		{"days as text and as serial numbers", book(t, missingTable, nil), 2, 2, nil},
		{"merged cells", book(t, missingTable, merged), 2, 1, []string{"2  merged-cells", "3 CHILD missing-child-id"}},
		{"a formula without its result", book(t, missingTable, formula), 2, 1, []string{"3  formula-without-result", "3 MISSING unknown-code"}},
		{"#N/A", book(t, [][]any{missingTable[0], {"c1", "#N/A", "M", 45800, 45801}}, nil), 1, 1, []string{"DOB #N/A=(blank)"}},
		{"impossible days", []byte(strings.Replace(episodesBefore, "c1,01/05/2025", "c1,31/02/2025", 1)), 3, 2, []string{"2 DECOM impossible-date"}},
		{"unknown codes", []byte(strings.Replace(episodesBefore, "c1,01/05/2025,S,C2", "c1,01/05/2025,S,Q9", 1)), 3, 3, []string{"2 LS unknown-code"}},
		{"a child twice, unlike", []byte(header + "c1,1,01/01/2010,WBRI,,,\nc1,2,01/01/2010,WBRI,,,\nc2,1,01/01/2010,WBRI,,,\n"), 3, 2, []string{"3 CHILD duplicate-child"}},
		{"two exports in one file", []byte(header + "c1,1,01/01/2010,WBRI,,,\n" + header + "c2,1,01/01/2010,WBRI,,,\n"), 2, 2, []string{"3  header-again"}},
	}
	onEngines(t, func(t *testing.T, h *house) {
		for _, o := range odd {
			report := h.take(t, service.ImportOptions{YearEnding: "2026-03-31", DryRun: true}, service.File{Name: "missing.csv", Data: o.data})
			if len(report.Files) != 1 {
				t.Errorf("%s: %+v", o.why, report)
				continue
			}
			f := report.Files[0]
			var got []string
			for _, p := range f.Problems {
				got = append(got, strings.Join([]string{strconv.Itoa(p.Row), p.Column, p.Code}, " "))
			}
			for _, r := range f.ReadAs {
				if o.why == "#N/A" {
					got = append(got, r.Column+" "+r.Observed+"="+r.TakenAs)
				}
			}
			if f.RowsRead != o.read || f.RowsTaken != o.taken || !slices.Equal(got, o.want) {
				t.Errorf("%s: read %d, taken %d, told %q; want %d, %d, %q\n%+v", o.why, f.RowsRead, f.RowsTaken, got, o.read, o.taken, o.want, f.Problems)
			}
		}
	})
}
