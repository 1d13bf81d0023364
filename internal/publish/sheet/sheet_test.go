package sheet_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"stablefutures/internal/publish/sheet"
)

var book = sheet.Book{Notes: []string{"Everything here is fictional.", "Council,=1+1;-2"}, Tables: []sheet.Table{{
	Name: "Figures", Head: []string{"what", "number"},
	Rows: [][]any{{"on the register", 61}, {"=HYPERLINK(1)", "c"}, {"-1+1", 2}},
}}}

func TestCSVCannotBeRun(t *testing.T) {
	var out bytes.Buffer
	if err := sheet.CSV(&out, book); err != nil {
		t.Fatal(err)
	}
	want := "# Everything here is fictional.\r\n# Council, =1+1; -2\r\nwhat,number\r\non the register,61\r\n'=HYPERLINK(1),c\r\n'-1+1,2\r\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestWorkbookHoldsNumbersAsNumbers(t *testing.T) {
	var out bytes.Buffer
	if err := sheet.XLSX(&out, book); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if kind, err := f.GetCellType("Figures", "B2"); err != nil || kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString {
		t.Errorf("61 is no number in the workbook: %v, %v", kind, err)
	}
	rows, err := f.GetRows("Figures")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"what", "number"}, {"on the register", "61"}, {"'=HYPERLINK(1)", "c"}, {"'-1+1", "2"}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
	if note, err := f.GetCellValue("About", "A1"); err != nil || note != "Everything here is fictional." {
		t.Errorf("the notes are missing: %q, %v", note, err)
	}
}
