package tabular_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"stablefutures/internal/returns/tabular"
)

// with adds parts to a package, by turns a name and a content.
func with(t *testing.T, data []byte, parts ...string) []byte {
	t.Helper()
	read, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range read.File {
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
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

// refusedWith fails the test where a workbook is not refused in one line that says so.
func refusedWith(t *testing.T, why string, data []byte, says string) {
	t.Helper()
	_, err := tabular.Workbook(data)
	var refused *tabular.Refused
	if !errors.As(err, &refused) || !strings.Contains(refused.Message, says) || strings.Contains(refused.Message, "\n") {
		t.Errorf("%s: %v, want a refusal that says %q", why, err, says)
	}
}

func TestAWorkbookWithMacrosIsRefused(t *testing.T) {
	sound := xlsx(t, mainSpace, `name="Sheet1"`, rows(mainSpace, header+`<row r="2"><c r="A2"><v>1</v></c></row>`))
	table := ods(t, odsTable("List 8", "ta1", `<table:table-row>`+p("CHILD")+p("DAY")+`</table:table-row>`))
	for _, row := range []struct {
		why  string
		data []byte
	}{
		{"of Excel", with(t, sound, "xl/vbaProject.bin", "x")},
		{"of Excel, in other letters", with(t, sound, `\XL\VBAPROJECT.BIN`, "x")},
		{"of Excel 4", with(t, sound, "xl/macrosheets/sheet1.xml", "<x/>")},
		{"of LibreOffice", with(t, table, "Basic/Standard/Module1.xml", "<x/>")},
		{"in another language of LibreOffice", with(t, table, "Scripts/python/a.py", "x")},
	} {
		refusedWith(t, row.why, row.data, "holds macros")
	}
	one(t, with(t, sound, "docProps/app.xml", "<x/>"))
}

func TestAWorkbookOfVeryManyParts(t *testing.T) {
	var parts []string
	for n := range 2001 {
		parts = append(parts, fmt.Sprintf("xl/worksheets/sheet%d.xml", n), "")
	}
	refusedWith(t, "2,001 parts", archive(t, parts...), "2001 parts")
	many := strings.Repeat(`<Relationship Id="a" Type="x" Target="y"/>`, 100_000)
	book, err := tabular.Workbook(archive(t, "xl/workbook.xml", `<workbook><sheets><sheet name="a" id="a"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", "<Relationships>"+many+"</Relationships>", "xl/y", rows(mainSpace, header)))
	if err != nil || len(book.Sheets) != 0 || len(book.LeftOut) != 1 {
		t.Errorf("100,000 relations: %+v, %v", book, err)
	}
	sheets := strings.Repeat(`<sheet name="a"/>`, 100_000)
	refusedWith(t, "100,000 sheets", archive(t, "xl/workbook.xml", "<workbook><sheets>"+sheets+"</sheets></workbook>"), "damaged")
}

// A package that says of a part that it is small, and is not, is not unpacked further
// than it said.
func TestAPackageThatLiesAboutItsSize(t *testing.T) {
	bomb := xlsx(t, mainSpace, `name="Sheet1"`, rows(mainSpace, header+strings.Repeat(" ", 255<<20)))
	at := bytes.Index(bomb, []byte("PK\x01\x02")) // the directory, of which the sheet is the first entry
	binary.LittleEndian.PutUint32(bomb[at+24:], 5000)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	refusedWith(t, "a sheet of 255 MB that says it has 5,000 bytes", bomb, "damaged in sheet Sheet1")
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 16<<20 {
		t.Errorf("%d MB were used for it", used>>20)
	}
}

// An archive within a workbook is never opened.
func TestAnArchiveWithinAWorkbook(t *testing.T) {
	inner := archive(t, "xl/worksheets/sheet1.xml", strings.Repeat(" ", 200<<20))
	sound := xlsx(t, mainSpace, `name="Sheet1"`, rows(mainSpace, header+`<row r="2"><c r="A2"><v>1</v></c></row>`))
	if s := one(t, with(t, sound, "xl/embeddings/a.xlsx", string(inner))); len(s.Rows) != 1 {
		t.Errorf("%d rows", len(s.Rows))
	}
	refusedWith(t, "an archive of archives", archive(t, "a.zip", string(inner), "b.zip", string(inner)), "zip archive")
}

// Nothing that a workbook points to is fetched.
func TestWhatAWorkbookPointsToIsNotFetched(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer server.Close()
	sheet := rows(mainSpace, header+`<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><f>WEBSERVICE("`+server.URL+`")</f><v>x</v></c></row>`)
	outside := with(t, xlsx(t, mainSpace, `name="Sheet1"`, sheet),
		"xl/externalLinks/externalLink1.xml", `<externalLink><externalBook r:id="rId1"/></externalLink>`,
		"xl/externalLinks/_rels/externalLink1.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/externalLinkPath" Target="`+server.URL+`" TargetMode="External"/></Relationships>`)
	if s := one(t, outside); len(s.Rows) != 1 || s.Rows[0][1] != "x" {
		t.Errorf("%+v", s.Rows)
	}
	elsewhere := archive(t, "xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="List 3" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="`+server.URL+`/sheet.xml" TargetMode="External"/></Relationships>`)
	if book, err := tabular.Workbook(elsewhere); err == nil && len(book.Sheets) > 0 {
		t.Errorf("a sheet that stands elsewhere was read: %+v", book.Sheets)
	}
	entity := xlsx(t, mainSpace, `name="Sheet1"`, `<!DOCTYPE x [<!ENTITY a SYSTEM "`+server.URL+`">]>`+strings.Replace(sheet, "CHILD", "&a;", 1))
	refusedWith(t, "an entity from elsewhere", entity, "damaged")
	if n := asked.Load(); n > 0 {
		t.Errorf("%d requests were made", n)
	}
}
