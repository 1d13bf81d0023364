package tabular_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/tabular"
)

const odsSpaces = `xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:calcext="c"`

// ods is an OpenDocument spreadsheet with the given tables.
func ods(t testing.TB, tables string, more ...string) []byte {
	t.Helper()
	content := `<?xml version="1.0" encoding="UTF-8"?><office:document-content ` + odsSpaces + `><office:automatic-styles>
		<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>
		<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
		<office:body><office:spreadsheet>` + tables + `</office:spreadsheet></office:body></office:document-content>`
	return archive(t, append([]string{"mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", content}, more...)...)
}

func p(text string) string {
	return `<table:table-cell office:value-type="string"><text:p>` + text + `</text:p></table:table-cell>`
}

func odsTable(name, style, rows string) string {
	return fmt.Sprintf(`<table:table table:name="%s" table:style-name="%s"><table:table-column table:number-columns-repeated="16384"/>%s<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>`, name, style, rows)
}

func TestOpenDocumentSpreadsheets(t *testing.T) {
	const title = `<table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="3"><text:p>Annex A</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>`
	head := `<table:table-header-rows><table:table-row>` + p("CHILD") + p("DAY") + p("NOTE") + `</table:table-row></table:table-header-rows>`
	body := `<table:table-row>` + p("c1") + `<table:table-cell office:value-type="date" office:date-value="2025-04-01"><text:p>01/04/25</text:p></table:table-cell>` +
		`<table:table-cell office:value-type="string"><office:annotation><text:p>a note of somebody</text:p></office:annotation><text:p>one<text:s text:c="2"/>two <text:span>three</text:span></text:p><text:p>line</text:p></table:table-cell></table:table-row>` +
		`<table:table-row><table:table-cell office:value-type="float" office:value="123456789012"><text:p>1.23E+11</text:p></table:table-cell><table:table-cell/><table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell></table:table-row>` +
		`<table:table-row>` + p("c3") + `<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell><table:table-cell table:formula="of:=A1"/></table:table-row>` +
		`<table:table-row table:number-rows-repeated="2">` + p("c4") + `<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell></table:table-row>`
	book, err := tabular.Workbook(ods(t, odsTable("List 8", "ta1", title+head+body)+odsTable("List 9", "ta2", head+body)))
	if err != nil || len(book.Sheets) != 1 || len(book.LeftOut) != 1 {
		t.Fatalf("%+v, %v", book, err)
	}
	s := book.Sheets[0]
	want := [][]string{{"c1", "2025-04-01", "one  two three\nline"}, {"123456789012", "", "TRUE"}, {"c3", "#DIV/0!", cell.NoResult}, {"c4", "7", "7"}, {"c4", "7", "7"}}
	if diff := cmp.Diff(want, s.Rows) + cmp.Diff([]string{"CHILD", "DAY", "NOTE"}, s.Header) + cmp.Diff([]int{3, 4, 5, 6, 7}, s.Numbers); diff != "" || s.Name != "List 8" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"5 formula-without-result"}, codes(s.Problems)); diff != "" {
		t.Error(diff)
	}
	if says := book.LeftOut[0].Message; !strings.Contains(says, "List 9 is hidden") || !strings.Contains(says, "5 rows") {
		t.Error(says)
	}
}

func TestBrokenOpenDocumentSpreadsheets(t *testing.T) {
	sound := odsTable("List 8", "ta1", `<table:table-row>`+p("CHILD")+p("DAY")+`</table:table-row>`)
	for _, row := range []struct {
		why  string
		data []byte
		says string
	}{
		{"under a password", ods(t, sound, "META-INF/manifest.xml", `<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>`), "password"},
		{"under a password, of the new kind", ods(t, sound, "encrypted-package", `x`), "password"},
		{"cut off", ods(t, sound[:len(sound)-20]), "damaged"},
		{"filled to the last row", ods(t, odsTable("List 8", "ta1", `<table:table-row table:number-rows-repeated="900000000">`+p("CHILD")+p("DAY")+`</table:table-row>`)), ""},
	} {
		book, err := tabular.Workbook(row.data)
		switch {
		case row.says == "" && (err != nil || len(book.LeftOut) != 1 || len(book.Sheets) != 0):
			t.Errorf("%s: %+v, %v", row.why, book, err)
		case row.says != "" && (err == nil || !strings.Contains(err.Error(), row.says)):
			t.Errorf("%s: %v, want a refusal that says %q", row.why, err, row.says)
		}
	}
}

func FuzzODS(f *testing.F) {
	f.Add(odsTable("List 8", "ta1", `<table:table-row table:number-rows-repeated="3">`+p("CHILD")+p("a<text:s/>b")+`</table:table-row>`))
	f.Add(`<table:table><table:table-row><table:table-cell table:number-columns-repeated="99999999" office:value-type="float" office:value="1e3"/></table:table-row></table:table>`)
	f.Fuzz(func(t *testing.T, tables string) { told(t, ods(t, tables)) })
}
