package returns_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"stablefutures/internal/returns"
)

const (
	missingHeader = "CHILD,DOB,MISSING,MIS_START,MIS_END\n"
	reviewsHeader = "CHILD,DOB,REVIEW,REVIEW_CODE\n"
)

// book is a workbook with the given sheets, by turns a name and its rows as a CSV.
func book(t *testing.T, change func(*excelize.File) error, sheets ...string) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i := 0; i < len(sheets); i += 2 {
		name := sheets[i]
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(strings.TrimSpace(sheets[i+1]), "\n") {
			var cells []any
			for _, text := range strings.Split(line, ",") {
				cells = append(cells, text)
			}
			if err := f.SetSheetRow(name, fmt.Sprint("A", n+1), &cells); err != nil {
				t.Fatal(err)
			}
		}
	}
	err := f.DeleteSheet("Sheet1")
	if err == nil && change != nil {
		err = change(f)
	}
	var out bytes.Buffer
	if err := errors.Join(err, f.Write(&out)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func codes(list []returns.Problem) (out []string) {
	for _, p := range list {
		word := fmt.Sprint(p.Row, " ", p.Column, " ", p.Code)
		if p.SetAside {
			word += " (row)"
		}
		out = append(out, word)
	}
	return out
}

// The names of the columns are found below what people put above a table.
func TestTheHeaderIsFoundBelowTitles(t *testing.T) {
	const table = missingHeader + "c1,01/01/2010,M,01/05/2025,\nc2,01/01/2010,M,02/05/2025,\n"
	for _, row := range []struct {
		why  string
		data []byte
		row  int // at which c1 stands
		want []string
	}{
		{"a title of one line", []byte("Missing episodes\n" + table), 3, nil},
		{"a title, a date and a blank line", []byte("Missing episodes\nAs at 31 March 2026\n\n" + table), 5, nil},
		{"a title of two cells", []byte("Missing episodes,2025/26,,,\n" + table), 3, []string{"2  rows-above"}},
		{"a separator declared", []byte("sep=,\r\n" + strings.ReplaceAll(table, "\n", "\r\n")), 3, nil},
		{"a title of two cells in a workbook", book(t, nil, "Sheet2", "Missing episodes,2025/26\n"+table), 3, []string{"2  rows-above"}},
		{"a merged band in a workbook", book(t, func(f *excelize.File) error {
			return errors.Join(f.MergeCell("Sheet2", "A1", "B1"), f.MergeCell("Sheet2", "C1", "E1"))
		},
			"Sheet2", "Child,,Episode\n"+table), 3, []string{"2  rows-above"}},
	} {
		got := read(t, row.data)
		if len(got) != 1 || got[0].Kind != "ssda903/missing" || got[0].RowsTaken != 2 || got[0].Rows[0].Number != row.row {
			t.Errorf("%s: %+v", row.why, got)
			continue
		}
		if diff := cmp.Diff(row.want, codes(got[0].Problems)); diff != "" {
			t.Errorf("%s: %s", row.why, diff)
		}
	}
}

func TestATableWithoutRowsSaysSo(t *testing.T) {
	for _, data := range [][]byte{[]byte(missingHeader), book(t, nil, "Sheet2", missingHeader)} {
		got := read(t, data)
		if diff := cmp.Diff([]string{"0  no-rows"}, codes(got[0].Problems)); diff != "" || got[0].RowsRead != 0 {
			t.Errorf("%d rows %s", got[0].RowsRead, diff)
		}
	}
}

// One list on two sheets is not merged without a word.
func TestTheSameListOnTwoSheets(t *testing.T) {
	const header = "Child Unique ID,Gender,Ethnicity,Date of Birth,Allocated Team,Eligibility Category,LA In Touch,Type of Accommodation,Activity Status\n"
	const a, b, c = "c1,a) Male,a) WBRI,01/02/2006,Blue,a) Relevant child,a) Yes,U,F1\n", "c2,a) Male,a) WBRI,01/02/2006,Blue,a) Relevant child,a) Yes,U,F1\n", "c2,a) Male,a) WBRI,01/02/2006,Blue,a) Relevant child,b) No,U,F1\n"
	got := read(t, book(t, nil, "List 9 (old)", header+a+c, "List 9", header+a+b))
	if len(got) != 2 {
		t.Fatalf("%+v", got)
	}
	old, current := got[0], got[1]
	if current.RowsTaken != 2 || current.RowsSetAside != 0 || old.RowsTaken != 0 || old.RowsSetAside != 2 || len(old.Rows) != 0 {
		t.Errorf("of the list %d were taken, of its older copy %d", current.RowsTaken, old.RowsTaken)
	}
	var aside []string
	for _, p := range old.Problems {
		if p.SetAside {
			aside = append(aside, fmt.Sprint(p.Row, " ", p.Code))
			if !strings.Contains(p.Message, "sheet List 9, row") {
				t.Error(p.Message)
			}
		}
	}
	if diff := cmp.Diff([]string{"2 duplicate-row", "3 duplicate-child"}, aside); diff != "" {
		t.Error(diff)
	}
	// Reviews of one day may differ, so that both are taken, and told.
	got = read(t, book(t, nil, "Sheet2", reviewsHeader+"c1,,01/05/2025,PN1\n", "Sheet3", reviewsHeader+"c1,,01/05/2025,PN2\n"))
	if got[1].RowsTaken != 1 || codes(got[1].Problems)[0] != "2  differs-between-sheets" {
		t.Errorf("%+v", got[1])
	}
	// A child who stands on two sheets of the register is taken once.
	const register = "Child ID,State,Referred on\n"
	got = read(t, book(t, nil, "Sheet2", register+"c1,referred,01/01/2026\n", "Sheet3", register+"c1,referred,02/01/2026\nc2,referred,02/01/2026\n"))
	if got[0].RowsTaken != 1 || got[1].RowsTaken != 1 || got[1].RowsSetAside != 1 {
		t.Errorf("%+v", got)
	}
}

// What is left out of a workbook is told beside what was taken, and named.
func TestSheetsThatAreLeftOut(t *testing.T) {
	stray := func(f *excelize.File) error {
		return errors.Join(f.SetCellValue("List 3", "XFD2", "x"), f.SetSheetVisible("List 8", false))
	}
	got := read(t, book(t, stray, "List 3", missingHeader, "Tab 2", reviewsHeader+"c1,,01/05/2025,PN1\n", "List 8", missingHeader+"c1,,M,01/05/2025,\n", "Quiggle caseload ZQ9 7XY", "Name,Team\nx,y\n"))
	if len(got) != 1 || got[0].RowsTaken != 1 {
		t.Fatalf("%+v", got)
	}
	said := map[string]string{}
	for _, p := range got[0].Problems {
		said[p.Sheet] = p.Code
	}
	want := map[string]string{"List 3": "sheet-too-large", "List 8": "hidden-sheet", "(sheet 4)": "unknown-sheet"}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Error(diff)
	}
}

func TestACommaInACellIsTold(t *testing.T) {
	got := read(t, []byte(missingHeader+"c1,01/01/2010,M,01/05/2025,02/05/2025\nc2,01/01/2010,M,01/05/2025,02/05/2025,x\nc3,01/01/2010,M,01/05/2025,,\n"))
	if diff := cmp.Diff([]string{"3  more-cells"}, codes(got[0].Problems)); diff != "" || got[0].RowsTaken != 3 {
		t.Error(diff)
	}
}

func utf16LE(text string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return out
}

func zipped(t *testing.T, name, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create(name)
	if err == nil {
		_, err = f.Write([]byte(text))
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What is not read is told for what it is, with a remedy that helps.
func TestWhatIsNotReadIsToldForWhatItIs(t *testing.T) {
	const xml = `<?xml version="1.0" encoding="UTF-16"?><Message><Header/></Message>`
	for _, row := range []struct {
		why   string
		data  []byte
		says  string
		never string
	}{
		{"XML in UTF-16", append([]byte("\xff\xfe"), utf16LE(xml)...), "UTF-8", "CSV"},
		{"XML in UTF-16 without a mark", utf16LE(xml), "UTF-8", "root"},
		{"a CSV in UTF-16 without a mark", utf16LE(strings.Repeat("CHILD,DOB\n", 10_000)), "UTF-16", "not text"},
		{"Windows-1252 under the name of UTF-8", []byte("<?xml version='1.0' encoding='UTF-8'?>\n<Message>\n<Header>caf\xe9</Header></Message>"), "line 3 holds signs of another encoding", "well formed"},
		{"a web page as xls", []byte("<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>CHILD"), "HTML", "root"},
		{"a web page with a declaration", []byte("<?xml version='1.0'?><html><body>"), "HTML", "root"},
		{"an XML spreadsheet", []byte("<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook xmlns='x'/>"), "Excel 2003", "root"},
		{"an old xls", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), append(make([]byte, 600), utf16LE("Workbook")...)...), "xls", "password"},
		{"an old xls without its container", append([]byte("\x09\x08\x10\x00\x00\x06\x05\x00"), make([]byte, 600)...), "xls", "UTF-16"},
		{"a document", zipped(t, "word/document.xml", "<x/>"), "Word", "damaged"},
		{"an archive of CSVs", zipped(t, "header.csv", missingHeader), "Unpack", "damaged"},
		{"an empty archive", []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), "empty", "damaged"},
		{"a compressed file", []byte("\x1f\x8b\x08\x00"), "archive", "text"},
		{"rich text", []byte(`{\rtf1 CHILD}`), "RTF", "columns"},
		{"a root that is none of ours", []byte("<JaneQuigglethorpe/>"), "EXPSSDA903", "Quiggle"},
		{"a damaged sheet", damagedSheet(t), "damaged in sheet Tab 1", "\n"},
		{"columns that are none of ours", []byte("Jane Quigglethorpe,ZQ9 7XY,Team,01/02/2010\nc1,x,y,z\n"), "(column 1, A), (column 2, B), Team", "ZQ9"},
	} {
		_, err := returns.Read("a file", row.data, opt)
		var told *returns.Unrecognised
		if !errors.As(err, &told) || !strings.Contains(told.Message, row.says) || strings.Contains(told.Message, row.never) || strings.ContainsAny(told.Message, "\n\x00") {
			t.Errorf("%s: %v, want one line that says %q and not %q", row.why, err, row.says, row.never)
		}
	}
}

// damagedSheet is a sound package of which one sheet is cut off.
func damagedSheet(t *testing.T) []byte {
	t.Helper()
	data := book(t, nil, "Tab 1", missingHeader+"c1,,M,01/05/2025,\n")
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range in.File {
		if !strings.HasPrefix(f.Name, "xl/worksheets/") {
			if err := w.Copy(f); err != nil {
				t.Fatal(err)
			}
			continue
		}
		out, err := w.Create(f.Name)
		if err == nil {
			_, err = out.Write([]byte("<worksheet><sheetData><row"))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The roots of the XML are known in any case and with any prefix.
func TestRootsOfXML(t *testing.T) {
	const census = `<M><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year></CollectionDetails></Header><Children><Child><ChildIdentifiers><LAchildID>c1</LAchildID></ChildIdentifiers></Child></Children></M>`
	for root, kind := range map[string]returns.Kind{"Message": "cin-census", "message": "cin-census", "d:Message": "cin-census"} {
		text := strings.NewReplacer("<M>", "<"+root+" xmlns:d='x'>", "</M>", "</"+root+">").Replace(census)
		if got := read(t, []byte(text)); got[0].Kind != kind || got[0].RowsTaken != 1 {
			t.Errorf("%s: %+v", root, got)
		}
	}
	if got := read(t, []byte("<expssda903><CHILD><HEADER><CHILDID>c1</CHILDID></HEADER></CHILD></expssda903>")); got[0].Kind != "ssda903/header" || got[0].RowsTaken != 1 {
		t.Errorf("%+v", got)
	}
}

// The XML is a whole return: a table that is empty in it takes the place of an
// earlier one.
func TestXMLGivesBackEachTableOfTheReturn(t *testing.T) {
	got := read(t, []byte("<EXPSSDA903><CHILD><HEADER><CHILDID>c1</CHILDID><UASC>0</UASC></HEADER></CHILD></EXPSSDA903>"))
	var kinds []string
	for _, table := range got {
		kinds = append(kinds, fmt.Sprint(table.Kind, " ", table.RowsRead))
	}
	want := []string{"ssda903/header 1", "ssda903/episodes 0", "ssda903/uasc 0", "ssda903/missing 0", "ssda903/reviews 0", "ssda903/oc2 0", "ssda903/oc3 0", "ssda903/ad1 0", "ssda903/placed-adoption 0", "ssda903/previous-permanence 0"}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Error(diff)
	}
}

// Rows of data that are taken for names of columns come through nowhere.
func TestACSVOfAnOldMac(t *testing.T) {
	got := read(t, []byte("CHILD,DOB,REVIEW,REVIEW_CODE\rc1,01/02/2010,01/05/2025,PN1\rc2,01/02/2010,01/05/2025,PN1\r"))
	if got[0].RowsTaken != 2 || len(got[0].Problems) != 0 {
		t.Errorf("%+v", got[0])
	}
	got = read(t, []byte("CHILD,DOB,REVIEW,REVIEW_CODE,Jane Quigglethorpe,ZQ9 7XY\nc1,01/02/2010,01/05/2025,PN1\n"))
	text, err := json.Marshal(got)
	if err != nil || strings.Contains(string(text), "Quiggle") || strings.Contains(string(text), "ZQ9") {
		t.Errorf("%s %v", text, err)
	}
}
