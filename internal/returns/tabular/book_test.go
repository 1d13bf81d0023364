package tabular_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/tabular"
)

func workbook(t *testing.T, fill func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func set(t *testing.T, f *excelize.File, cell string, value any) {
	t.Helper()
	if err := f.SetCellValue("Sheet1", cell, value); err != nil {
		t.Fatal(err)
	}
}

// archive is a zip of parts, by turns a name and a content.
func archive(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		f, err := w.Create(parts[i])
		if err == nil {
			_, err = f.Write([]byte(parts[i+1]))
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

const (
	mainSpace   = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	strictSpace = "http://purl.oclc.org/ooxml/spreadsheetml/main"
)

// xlsx is a workbook whose sheets are written out, by turns the attributes of the
// sheet and its XML.
func xlsx(t testing.TB, space string, sheets ...string) []byte {
	t.Helper()
	var list, relations strings.Builder
	var parts []string
	for i := 0; i < len(sheets); i += 2 {
		n := i/2 + 1
		fmt.Fprintf(&list, `<sheet %s sheetId="%d" r:id="rId%d"/>`, sheets[i], n, n)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`, n, n)
		parts = append(parts, fmt.Sprintf("xl/worksheets/sheet%d.xml", n), sheets[i+1])
	}
	parts = append(parts, "xl/workbook.xml", `<?xml version="1.0"?><workbook xmlns="`+space+`" xmlns:r="x"><sheets>`+list.String()+`</sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships>`+relations.String()+`</Relationships>`)
	return archive(t, parts...)
}

// rows wraps rows into a sheet.
func rows(space, rows string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="` + space + `"><sheetData>` + rows + `</sheetData></worksheet>`
}

const header = `<row r="1"><c r="A1" t="inlineStr"><is><t>CHILD</t></is></c><c r="B1" t="inlineStr"><is><t>NOTE</t></is></c></row>`

// one reads a workbook and gives its only sheet.
func one(t *testing.T, data []byte) *tabular.Sheet {
	t.Helper()
	book, err := tabular.Workbook(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(book.Sheets) != 1 || len(book.LeftOut) > 0 {
		t.Fatalf("%d sheets, left out %+v", len(book.Sheets), book.LeftOut)
	}
	return book.Sheets[0]
}

func codes(list []table.Problem) (out []string) {
	for _, p := range list {
		out = append(out, fmt.Sprint(p.Row, " ", p.Code))
	}
	return out
}

func TestWorkbook(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		set(t, f, "A1", "Annex A, list 3") // a title above the table
		set(t, f, "A3", "Child Unique ID")
		set(t, f, "B3", "Date of referral")
		set(t, f, "A4", "c1")
		set(t, f, "B4", 45000)
		set(t, f, "A5", "c2")
		set(t, f, "B5", "#N/A")
		set(t, f, "A6", true)
		set(t, f, "B6", time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC))
		set(t, f, "A7", 123456789012)
		set(t, f, "B7", "x_y & <Zoë>")
		if err := f.MergeCell("Sheet1", "A4", "A5"); err != nil {
			t.Fatal(err)
		}
	})
	s := one(t, data)
	want := [][]string{{"c1", "45000"}, {"", "#N/A"}, {"TRUE", "45748"}, {"123456789012", "x_y & <Zoë>"}}
	if diff := cmp.Diff(want, s.Rows); diff != "" || s.HeaderRow != 3 || s.Number(0) != 4 {
		t.Errorf("header at %d, first row at %d (-want +got):\n%s", s.HeaderRow, s.Number(0), diff)
	}
	if diff := cmp.Diff([]string{"4 merged-cells"}, codes(s.Problems)); diff != "" {
		t.Error(diff)
	}
}

func TestADayOfAWorkbookThatCountsFrom1904(t *testing.T) {
	s := one(t, workbook(t, func(f *excelize.File) {
		yes := true
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
			t.Fatal(err)
		}
		set(t, f, "A1", "CHILD")
		set(t, f, "B1", "DAY")
		set(t, f, "A2", 44286)
		set(t, f, "B2", time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC))
	}))
	if diff := cmp.Diff([][]string{{"44286", "45748"}}, s.Rows); diff != "" {
		t.Error(diff)
	}
}

// Cells as programs write them. A formula without a result is none of its values;
// one whose result is the empty text is blank.
func TestCellsOfAWorkbook(t *testing.T) {
	for _, row := range []struct{ why, cell, want string }{
		{"a number", `<c r="B2"><v>12</v></c>`, "12"},
		{"a number in another form", `<c r="B2"><v>1.2345E+5</v></c>`, "123450"},
		{"a number that lost figures", `<c r="B2"><v>1.2345678901234568E+19</v></c>`, "1.2345678901234568E+19"},
		{"text where a number should be", `<c r="B2"><v>twelve</v></c>`, "twelve"},
		{"yes and no", `<c r="B2" t="b"><v>0</v></c>`, "FALSE"},
		{"a failed formula", `<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>`, "#DIV/0!"},
		{"a day", `<c r="B2" t="d"><v>2025-04-01T00:00:00</v></c>`, "2025-04-01T00:00:00"},
		{"a formula with a result", `<c r="B2" t="str"><f>A1</f><v>x</v></c>`, "x"},
		{"a formula whose result is the empty text", `<c r="B2" t="str"><f>IF(A1="","",A1)</f><v></v></c>`, ""},
		{"the same in short", `<c r="B2" t="str"><f>IF(A1="","",A1)</f><v/></c>`, ""},
		{"a formula without a result", `<c r="B2"><f>A1</f></c>`, cell.NoResult},
		{"a formula with an empty result of a number", `<c r="B2"><f>A1</f><v></v></c>`, cell.NoResult},
		{"a formula of text without a result", `<c r="B2" t="str"><f>A1</f></c>`, cell.NoResult},
		{"text in runs, with an aid to reading", `<c r="B2" t="inlineStr"><is><r><t>a</t></r><r><t> b</t></r><rPh><t>zz</t></rPh></is></c>`, "a b"},
		{"escaped characters", `<c r="B2" t="str"><v>a_x000A_b &amp; &#99;_x005F_x000D_</v></c>`, "a\nb & c_x000D_"},
		{"a zero byte in disguise", `<c r="B2" t="str"><v>a_x0000_b&#0;c</v></c>`, "a\uFFFDb\uFFFDc"},
		{"bytes that are no UTF-8", "<c r=\"B2\" t=\"str\"><v>a\xffb</v></c>", "a\uFFFDb"},
		{"plain text", `<c r="B2" t="str"><v><![CDATA[a<b]]></v></c>`, "a<b"},
		{"no place", `<c/><c t="str"><v>x</v></c>`, "x"},
	} {
		for _, space := range []string{mainSpace, strictSpace} {
			text := row.cell
			if !strings.HasPrefix(text, "<c/>") {
				text = `<c r="A2" t="inlineStr"><is><t>1</t></is></c>` + text
			}
			s := one(t, xlsx(t, space, `name="Sheet1"`, rows(space, header+`<row r="2">`+text+`</row>`)))
			got := ""
			if len(s.Rows[0]) > 1 {
				got = s.Rows[0][1]
			}
			if got != row.want {
				t.Errorf("%s: %q, want %q", row.why, got, row.want)
			}
		}
	}
}

// Rows that a program wrote out of order are all there, in the order of the sheet.
func TestRowsOutOfOrder(t *testing.T) {
	const cells = `<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d"><v>0</v></c></row>`
	var b strings.Builder
	for _, n := range []int{4, 2, 3} {
		fmt.Fprintf(&b, cells, n, n, n, n)
	}
	s := one(t, xlsx(t, mainSpace, `name="Sheet1"`, rows(mainSpace, header+b.String())))
	if diff := cmp.Diff([][]string{{"2", "0"}, {"3", "0"}, {"4", "0"}}, s.Rows); diff != "" || s.Number(0) != 2 || s.Number(2) != 4 {
		t.Error(diff)
	}
}

func TestHiddenSheetsAreLeftOutAndTold(t *testing.T) {
	whole := rows(mainSpace, header+`<row r="2"><c r="A2"><v>1</v></c></row>`)
	book, err := tabular.Workbook(xlsx(t, mainSpace, `name="List 8"`, whole, `name="List 8 (old)" state="hidden"`, whole, `name="Quiggle caseload ZQ9 7XY" state="veryHidden"`, whole))
	if err != nil || len(book.Sheets) != 1 || len(book.LeftOut) != 2 {
		t.Fatalf("%+v, %v", book, err)
	}
	if says := book.LeftOut[0].Message; !strings.Contains(says, "List 8 (old) is hidden") || !strings.Contains(says, "1 rows") {
		t.Error(says)
	}
	if says := fmt.Sprint(book.LeftOut[1]); strings.Contains(says, "Quiggle") || !strings.Contains(says, "(sheet 3)") {
		t.Error(says)
	}
}

// A stray cell far to the right, or a sheet of everything, costs its own sheet.
func TestASheetThatIsTooWideIsLeftOutAndNamed(t *testing.T) {
	sound := rows(mainSpace, header+`<row r="2"><c r="A2"><v>1</v></c></row>`)
	for _, stray := range []string{`<c r="ZZZ3"><v>1</v></c>`, `<c r="B3"><v>1</v></c><c r="XFD3"><v>1</v></c>`} {
		book, err := tabular.Workbook(xlsx(t, mainSpace, `name="List 3"`, rows(mainSpace, header+`<row r="3">`+stray+`</row>`), `name="List 8"`, sound))
		if err != nil || len(book.Sheets) != 1 || book.Sheets[0].Name != "List 8" || len(book.LeftOut) != 1 {
			t.Fatalf("%+v, %v", book, err)
		}
		if p := book.LeftOut[0]; p.Sheet != "List 3" || !strings.Contains(p.Message, "columns") {
			t.Errorf("%+v", p)
		}
	}
}

// A sheet that the workbook names and does not hold is told.
func TestASheetThatIsNotThere(t *testing.T) {
	sound := rows(mainSpace, header+`<row r="2"><c r="A2"><v>1</v></c></row>`)
	data := archive(t, "xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="List 3" r:id="rId9"/><sheet name="List 8" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>`, "xl/worksheets/sheet1.xml", sound)
	book, err := tabular.Workbook(data)
	if err != nil || len(book.Sheets) != 1 || len(book.LeftOut) != 1 || book.LeftOut[0].Sheet != "List 3" {
		t.Errorf("%+v, %v", book, err)
	}
}

// Small files that unpack to much are refused, or cost little memory.
func TestWorkbooksThatUnpackToMuch(t *testing.T) {
	long := rows(mainSpace, header+`<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><v>`+strings.Repeat("A", 4<<20)+`</v></c></row>`)
	s := one(t, xlsx(t, mainSpace, `name="Sheet1"`, long))
	if s.Rows[0][1] != cell.TooLong || len(s.Problems) != 1 || s.Problems[0].Row != 2 {
		t.Errorf("%.40q %+v", s.Rows, s.Problems)
	}
	bomb := xlsx(t, mainSpace, `name="Sheet1"`, rows(mainSpace, header+strings.Repeat(" ", 257<<20)))
	if len(bomb) > 1<<20 {
		t.Fatalf("the bomb has %d bytes", len(bomb))
	}
	if _, err := tabular.Workbook(bomb); err == nil || !strings.Contains(err.Error(), "unpacks to more than") {
		t.Errorf("%v", err)
	}
	var wide strings.Builder
	wide.WriteString(header)
	for n := 2; n < 40_000; n++ { // 40,000 rows of 1,000 cells are blank but for the last
		fmt.Fprintf(&wide, `<row r="%d"><c r="ALL%d"><v>1</v></c></row>`, n, n)
	}
	book, err := tabular.Workbook(xlsx(t, mainSpace, `name="Sheet1"`, rows(mainSpace, wide.String())))
	if err != nil || len(book.Sheets) != 0 || len(book.LeftOut) != 1 || !strings.Contains(book.LeftOut[0].Message, "cells") {
		t.Errorf("%+v, %v", book, err)
	}
}

func TestBrokenWorkbooksAreRefused(t *testing.T) {
	whole := workbook(t, func(f *excelize.File) { set(t, f, "A1", "a"); set(t, f, "B1", "b") })
	sound := rows(mainSpace, header)
	for _, row := range []struct {
		why  string
		data []byte
		says string
	}{
		{"cut off", whole[:len(whole)/2], "cut off"},
		{"empty", workbook(t, func(*excelize.File) {}), "No sheet"},
		{"a sheet that is cut off", xlsx(t, mainSpace, `name="List 8"`, sound[:len(sound)-30]), "damaged in sheet List 8"},
		{"a sheet with a DTD", xlsx(t, mainSpace, `name="List 8"`, `<!DOCTYPE x [<!ENTITY a "b">]>`+sound), "damaged in sheet List 8"},
		{"a sheet with an entity", xlsx(t, mainSpace, `name="List 8"`, strings.Replace(sound, "CHILD", "&a;", 1)), "damaged in sheet List 8"},
		{"crossed tags", xlsx(t, mainSpace, `name="List 8"`, strings.Replace(sound, "</is></c>", "</c></is>", 1)), "damaged in sheet List 8"},
		{"a text that is not there", xlsx(t, mainSpace, `name="List 8"`, rows(mainSpace, `<row><c t="s"><v>7</v></c></row>`)), "damaged"},
		{"a sheet of nothing", xlsx(t, mainSpace, `name="List 8"`, ""), "damaged"},
		{"a sheet in UTF-16", xlsx(t, mainSpace, `name="List 8"`, strings.Join(strings.Split(sound, ""), "\x00")), "damaged"},
		{"nothing in it", archive(t), "empty archive"},
		{"a document", archive(t, "word/document.xml", "<x/>"), "Word"},
		{"a presentation", archive(t, "ppt/presentation.xml", "<x/>"), "PowerPoint"},
		{"a binary workbook", archive(t, "xl/workbook.bin", "x"), "xlsb"},
		{"an archive of files", archive(t, "header.csv", "CHILD", "episodes.csv", "CHILD"), "Unpack it"},
		{"something else", archive(t, "a.txt", "x"), "zip archive"},
		{"an OpenDocument text", archive(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<x/>"), "OpenDocument"},
	} {
		_, err := tabular.Workbook(row.data)
		var refused *tabular.Refused
		if !errors.As(err, &refused) || !strings.Contains(refused.Message, row.says) || strings.Contains(refused.Message, "\n") {
			t.Errorf("%s: %v, want a refusal that says %q", row.why, err, row.says)
		}
	}
}

func FuzzWorkbook(f *testing.F) {
	book := excelize.NewFile()
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add(xlsx(f, strictSpace, `name="Sheet1"`, rows(strictSpace, header)))
	f.Fuzz(func(t *testing.T, data []byte) {
		told(t, data)
	})
}

// FuzzSheet has one sheet's XML alone go wrong, so that it is reached at all.
func FuzzSheet(f *testing.F) {
	f.Add(rows(mainSpace, header+`<row r="3"><c r="B3" t="s"><f>A1</f><v>1</v></c></row><row r="2"><c t="e"><v>#N/A</v></c></row>`) + `<mergeCells><mergeCell ref="A1:B2"/></mergeCells>`)
	f.Add(`<worksheet><row r="2"><c r="A2" t="b"><v>1</v></c><c><is><r><t>&amp;</t></r></is></c></row></worksheet>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		told(t, xlsx(t, mainSpace, `name="Sheet1"`, sheet))
	})
}

// told reads a workbook, which must end in one line or in sound cells.
func told(t *testing.T, data []byte) {
	t.Helper()
	book, err := tabular.Workbook(data)
	var refused *tabular.Refused
	if err != nil && (!errors.As(err, &refused) || strings.Contains(refused.Message, "\n")) {
		t.Errorf("not told in one line: %v", err)
	}
	if err != nil {
		return
	}
	for _, s := range book.Sheets {
		for _, row := range append([][]string{s.Header}, s.Rows...) {
			for _, text := range row {
				if strings.ContainsRune(text, 0) || strings.ToValidUTF8(text, "") != text {
					t.Errorf("%q gets through", text)
				}
			}
		}
	}
}
