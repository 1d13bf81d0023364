package tabular_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"stablefutures/internal/returns/tabular"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

func TestCSVIsReadAsCouncilsWriteIt(t *testing.T) {
	want := [][]string{{"1", "Zoë"}, {"2", "x;y"}}
	for _, row := range []struct{ why, text string }{
		{"commas", "CHILD,NOTE\n1,Zoë\n2,x;y\n"},
		{"a byte order mark and CR LF", "\xef\xbb\xbfCHILD,NOTE\r\n1,Zoë\r\n2,x;y\r\n"},
		{"semicolons", "CHILD;NOTE\n1;Zoë\n2;\"x;y\"\n"},
		{"tabs", "CHILD\tNOTE\n1\tZoë\n2\tx;y\n"},
		{"Windows-1252", "CHILD,NOTE\n1,Zo\xeb\n2,x;y\n"},
		{"blank lines", "\n\nCHILD,NOTE\n1,Zoë\n,\n2,x;y\n\n\n"},
	} {
		sheet, err := tabular.CSV([]byte(row.text))
		if err != nil {
			t.Errorf("%s: %v", row.why, err)
			continue
		}
		if diff := cmp.Diff([]string{"CHILD", "NOTE"}, sheet.Header); diff != "" {
			t.Errorf("%s: header (-want +got):\n%s", row.why, diff)
		}
		if diff := cmp.Diff(want, sheet.Rows); diff != "" {
			t.Errorf("%s: rows (-want +got):\n%s", row.why, diff)
		}
	}
}

func TestRowNumbersAreThoseOfTheFile(t *testing.T) {
	sheet, err := tabular.CSV([]byte("\nCHILD,NOTE\n1,\"two\nlines\"\n\n2,b\n"))
	if err != nil {
		t.Fatal(err)
	}
	if sheet.HeaderRow != 2 || sheet.Number(0) != 3 || sheet.Number(1) != 6 {
		t.Errorf("header at %d, rows at %d and %d; want 2, 3 and 6", sheet.HeaderRow, sheet.Number(0), sheet.Number(1))
	}
}

func TestWhatCannotBeReadIsRefusedInPlainWords(t *testing.T) {
	for _, row := range []struct{ why, data, says string }{
		{"empty", "", "empty"},
		{"spaces alone", " \n\t\n ", "empty"},
		{"UTF-16", "\xff\xfeC\x00H\x00", "UTF-16"},
		{"UTF-16 without a mark", strings.Repeat("C\x00", 50), "UTF-16"},
		{"a picture", "\x89PNG\r\n\x1a\n\x00" + strings.Repeat("abcdefgh", 20), "not text"},
		{"10,000 columns", strings.Repeat("a,", 10_000) + "\n", "columns"},
	} {
		_, err := tabular.CSV([]byte(row.data))
		var refused *tabular.Refused
		if !errors.As(err, &refused) || !strings.Contains(refused.Message, row.says) {
			t.Errorf("%s: %v, want a refusal that says %q", row.why, err, row.says)
		}
	}
}

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

func TestWorkbook(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		set(t, f, "A1", "Annex A, list 3") // a title above the table
		set(t, f, "A3", "Child Unique ID")
		set(t, f, "B3", "Date of referral")
		set(t, f, "A4", "c1")
		set(t, f, "B4", 45000)
		set(t, f, "A5", "c2")
		set(t, f, "B5", "#N/A")
		if err := f.MergeCell("Sheet1", "A4", "A5"); err != nil {
			t.Fatal(err)
		}
	})
	sheets, err := tabular.Workbook(data)
	if err != nil {
		t.Fatal(err)
	}
	s := sheets[0]
	if s.HeaderRow != 3 || s.Number(0) != 4 || s.Rows[0][1] != "45000" {
		t.Errorf("header at %d, first row at %d: %q", s.HeaderRow, s.Number(0), s.Rows)
	}
	if len(s.ReadAs) != 1 || s.ReadAs[0].Observed != "#N/A" || s.ReadAs[0].TakenAs != "(blank)" {
		t.Errorf("error values are not told: %+v", s.ReadAs)
	}
	if len(s.Problems) != 1 || s.Problems[0].Code != "merged-cells" || s.Problems[0].Row != 4 {
		t.Errorf("merged cells are not told: %+v", s.Problems)
	}
}

func TestBrokenWorkbooksAreRefused(t *testing.T) {
	whole := workbook(t, func(f *excelize.File) { set(t, f, "A1", "a"); set(t, f, "B1", "b") })
	var locked bytes.Buffer
	f := excelize.NewFile()
	if err := f.Write(&locked, excelize.Options{Password: "secret"}); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		why  string
		data []byte
		says string
	}{
		{"cut off", whole[:len(whole)/2], "cut off"},
		{"protected", locked.Bytes(), "password"},
		{"empty", workbook(t, func(*excelize.File) {}), "No sheet"},
	} {
		_, err := tabular.Workbook(row.data)
		if err == nil || !strings.Contains(err.Error(), row.says) {
			t.Errorf("%s: %v, want a refusal that says %q", row.why, err, row.says)
		}
	}
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("CHILD,NOTE\n1,\"a\n\"\n"))
	f.Add([]byte("a;b\n\"\"\"\n"))
	f.Add([]byte("\xef\xbb\xbf,\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		sheet, err := tabular.CSV(data)
		if err == nil && len(sheet.Header) == 0 {
			t.Error("read without a header")
		}
	})
}

func FuzzWorkbook(f *testing.F) {
	book := excelize.NewFile()
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(_ *testing.T, data []byte) {
		if _, err := tabular.Workbook(data); err != nil {
			return // refused in words, which is what is wanted
		}
	})
}
