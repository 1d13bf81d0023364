package sheet_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"regexp"
	"slices"
	"strings"
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

// No cell begins as a spreadsheet takes formulas to begin, in either format, nor does
// what follows a separator in a note.
func TestNoCellBeginsLikeAFormula(t *testing.T) {
	const signs = "=+-@\t\r\n＝＋－＠"
	for _, sign := range signs {
		text := string(sign) + "1+1"
		b := sheet.Book{Notes: []string{text, "x," + text + ";" + text}, Tables: []sheet.Table{{Name: "Figures", Head: []string{"what", "why"}, Rows: [][]any{{text, 3}, {"x", text}}}}}
		var plain, packed bytes.Buffer
		if err := errors.Join(sheet.CSV(&plain, b), sheet.XLSX(&packed, b)); err != nil {
			t.Fatal(err)
		}
		notes, rest, _ := strings.Cut(plain.String(), "what,why")
		for _, part := range regexp.MustCompile(`[,;]|^`).Split(notes, -1)[1:] {
			if strings.ContainsRune(signs, []rune(part)[0]) {
				t.Errorf("a part of a note begins like a formula: %q", part)
			}
		}
		rows, err := csv.NewReader(strings.NewReader("what,why" + rest)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(&packed)
		if err != nil {
			t.Fatal(err)
		}
		cells, err := f.GetRows("Figures")
		if err != nil {
			t.Fatal(err)
		}
		if formula, err := f.GetCellFormula("Figures", "A2"); err != nil || formula != "" {
			t.Errorf("%q is a formula in the workbook: %q %v", text, formula, err)
		}
		for _, cell := range slices.Concat(append(rows, cells...)...) {
			if strings.ContainsRune(signs, []rune(cell)[0]) {
				t.Errorf("a cell begins like a formula: %q", cell)
			}
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}
