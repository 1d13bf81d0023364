package tabular_test

import (
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/tabular"
)

func TestCSVIsReadAsCouncilsWriteIt(t *testing.T) {
	want := [][]string{{"1", "Zoë"}, {"2", "x;y"}}
	for _, row := range []struct{ why, text string }{
		{"commas", "CHILD,NOTE\n1,Zoë\n2,x;y\n"},
		{"a byte order mark and CR LF", "\xef\xbb\xbfCHILD,NOTE\r\n1,Zoë\r\n2,x;y\r\n"},
		{"lines that end in CR, as on an old Mac", "CHILD,NOTE\r1,Zoë\r2,x;y\r"},
		{"lines that end in CR, with a separator declared", "sep=;\rCHILD;NOTE\r1;Zoë\r2;\"x;y\"\r"},
		{"semicolons", "CHILD;NOTE\n1;Zoë\n2;\"x;y\"\n"},
		{"a separator declared", "sep=;\nCHILD;NOTE\n1;Zoë\n2;\"x;y\"\n"},
		{"a separator declared in quotes", "\"sep=;\"\r\nCHILD;NOTE\r\n1;Zoë\r\n2;\"x;y\"\r\n"},
		{"tabs", "CHILD\tNOTE\n1\tZoë\n2\tx;y\n"},
		{"bars", "CHILD|NOTE\n1|Zoë\n2|x;y\n"},
		{"everything in quotes", "\"CHILD\",\"NOTE\"\n\"1\",\"Zoë\"\n\"2\",\"x;y\"\n"},
		{"Windows-1252", "CHILD,NOTE\n1,Zo\xeb\n2,x;y\n"},
		{"blank lines", "\n\nCHILD,NOTE\n1,Zoë\n,\n2,x;y\n\n\n"},
		{"the end of a file, as DOS wrote it", "CHILD,NOTE\n1,Zoë\n2,x;y\n\x1a"},
		{"no line end behind the last row", "CHILD,NOTE\n1,Zoë\n2,x;y"},
	} {
		sheet, err := tabular.CSV([]byte(row.text))
		if err != nil {
			t.Errorf("%s: %v", row.why, err)
			continue
		}
		if diff := cmp.Diff([]string{"CHILD", "NOTE"}, sheet.Header); diff != "" {
			t.Errorf("%s: header (-want +got):\n%s", row.why, diff)
		}
		if diff := cmp.Diff(want, sheet.Rows); diff != "" || len(sheet.Problems) > 0 {
			t.Errorf("%s: rows (-want +got):\n%s%v", row.why, diff, sheet.Problems)
		}
	}
}

// The separator is that of most lines, and not that of a title or of a number
// with a decimal comma.
func TestTheSeparatorIsThatOfMostLines(t *testing.T) {
	for _, text := range []string{
		"Annex A, list 8, as at today, for Ofsted, draft\nCHILD;AGE;X\n1;6,5;\n2;7,5;\n",
		"CHILD;AGE;X\n1;6,5;\n2;7,5;\n",
	} {
		sheet, err := tabular.CSV([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if last := sheet.Rows[len(sheet.Rows)-1]; last[1] != "7,5" {
			t.Errorf("%q was parted into %q", text, last)
		}
	}
}

// A quote that is not closed must not swallow the rows below it.
func TestQuotesThatAreNotClosed(t *testing.T) {
	const header = "CHILD,NAME,DAY,CODE\n"
	for _, row := range []struct {
		why, text string
		want      [][]string
		told      []table.Problem
	}{
		{"never closed", "1,\"a,01/01,M\n2,b,02/01,M\n3,c,03/01,M\n", [][]string{{"1", "a", "01/01", "M"}, {"2", "b", "02/01", "M"}, {"3", "c", "03/01", "M"}}, []table.Problem{{Row: 2, Code: "unbalanced-quote"}}},
		{"two rows each with one", "1,\"a,01/01,M\n2,b,02/01,M\n3,\"c,03/01,M\n", [][]string{{"1", "a", "01/01", "M"}, {"2", "b", "02/01", "M"}, {"3", "c", "03/01", "M"}}, []table.Problem{{Row: 2, Code: "unbalanced-quote"}, {Row: 4, Code: "unbalanced-quote"}}},
		{"closed in another column of a later row", "1,\"a,01/01,M\n2,b,02/01,M\n3,c,03/01\",M\n", [][]string{{"1", "a", "01/01", "M"}, {"2", "b", "02/01", "M"}, {"3", "c", "03/01\"", "M"}}, []table.Problem{{Row: 2, Code: "unbalanced-quote"}}},
		{"closed in the next row", "1,\"a,01/01,M\n2,b,02/01\",M\n3,c,03/01,M\n", [][]string{{"1", "a", "01/01", "M"}, {"2", "b", "02/01\"", "M"}, {"3", "c", "03/01", "M"}}, []table.Problem{{Row: 2, Code: "unbalanced-quote"}}},
		{"a sound quoted cell in the same row", "1,\"a,01/01,\"x,y\"\n2,b,02/01,M\n", [][]string{{"1", "a", "01/01", "x,y"}, {"2", "b", "02/01", "M"}}, []table.Problem{{Row: 2, Code: "unbalanced-quote"}}},
		{"not closed in the last row", "1,b,02/01,M\n2,\"a,01/01,M", [][]string{{"1", "b", "02/01", "M"}, {"2", "a", "01/01", "M"}}, []table.Problem{{Row: 3, Code: "unbalanced-quote"}}},
		{"closed in the same column of a later row: which of both is meant cannot be told", "1,\"a,01/01,M\n2,b,02/01,M\n3,c\",03/01,M\n", [][]string{{"1", "a,01/01,M\n2,b,02/01,M\n3,c", "03/01", "M"}}, []table.Problem{{Row: 2, Code: "quote-over-rows"}}},
		{"quotes within quotes", "1,\"a \"b\" c\",01/01,M\n2,b,02/01,M\n", [][]string{{"1", "a \"b\" c", "01/01", "M"}, {"2", "b", "02/01", "M"}}, nil},
		{"inches", "1,5\" tall,01/01,M\n2,b,02/01,M\n", [][]string{{"1", "5\" tall", "01/01", "M"}, {"2", "b", "02/01", "M"}}, nil},
		{"two lines in a cell", "1,\"two, or\nthree \"\"lines\"\"\",01/01,M\n2,b,02/01,M\n", [][]string{{"1", "two, or\nthree \"lines\"", "01/01", "M"}, {"2", "b", "02/01", "M"}}, nil},
	} {
		sheet, err := tabular.CSV([]byte(header + row.text))
		if err != nil {
			t.Errorf("%s: %v", row.why, err)
			continue
		}
		var told []table.Problem
		for _, p := range sheet.Problems {
			if !strings.Contains(p.Message, "row") {
				t.Errorf("%s: %s", row.why, p.Message)
			}
			told = append(told, table.Problem{Row: p.Row, Code: p.Code})
		}
		if diff := cmp.Diff(row.want, sheet.Rows) + cmp.Diff(row.told, told); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.why, diff)
		}
	}
}

// A CR alone ends a row where a whole row stands before it, in a file whose other
// lines end in LF.
func TestLineEndsOfTwoKinds(t *testing.T) {
	sheet, err := tabular.CSV([]byte("CHILD,NOTE,X\n1,a\rb,\n2,c,d\r3,e,f\n4,g,h\n5,i,j\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"1", "a\rb", ""}, {"2", "c", "d"}, {"3", "e", "f"}, {"4", "g", "h"}, {"5", "i", "j"}}
	if diff := cmp.Diff(want, sheet.Rows); diff != "" {
		t.Error(diff)
	}
}

func TestRowNumbersAreThoseOfTheFile(t *testing.T) {
	for _, row := range []struct {
		text                  string
		header, first, second int
	}{
		{"\nCHILD,NOTE\n1,\"two\nlines\"\n\n2,b\n", 2, 3, 6},
		{"sep=,\nCHILD,NOTE\n1,a\n2,b\n", 2, 3, 4},
		{"CHILD,NOTE\r1,a\r2,b\r", 1, 2, 3},
	} {
		sheet, err := tabular.CSV([]byte(row.text))
		if err != nil {
			t.Fatal(err)
		}
		if sheet.HeaderRow != row.header || sheet.Number(0) != row.first || sheet.Number(1) != row.second {
			t.Errorf("%q: header at %d, rows at %d and %d; want %d, %d and %d", row.text, sheet.HeaderRow, sheet.Number(0), sheet.Number(1), row.header, row.first, row.second)
		}
	}
}

// No zero byte gets through, wherever it stands.
func TestZeroBytes(t *testing.T) {
	text := "CHILD,NOTE\n" + strings.Repeat("1,abcdefgh\n", 1000) + "2,a\x00b\n3,c\n"
	sheet, err := tabular.CSV([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if got := sheet.Rows[1000]; got[1] != "a\uFFFDb" || len(sheet.Rows) != 1002 {
		t.Errorf("%d rows, the odd one is %q", len(sheet.Rows), got)
	}
	if len(sheet.Problems) != 1 || sheet.Problems[0].Code != "zero-byte" || sheet.Problems[0].Row != 1002 {
		t.Errorf("told as %+v", sheet.Problems)
	}
}

func TestACellThatIsTooLong(t *testing.T) {
	sheet, err := tabular.CSV([]byte("CHILD,NOTE\n1,\"" + strings.Repeat("x", 40_000) + "\"\n2,b\n"))
	if err != nil {
		t.Fatal(err)
	}
	if sheet.Rows[0][1] != cell.TooLong || len(sheet.Rows) != 2 || sheet.Problems[0].Code != "long-cell" || sheet.Problems[0].Row != 2 {
		t.Errorf("%.40q %+v", sheet.Rows, sheet.Problems)
	}
}

func TestWhatCannotBeReadIsRefusedInPlainWords(t *testing.T) {
	for _, row := range []struct{ why, data, says string }{
		{"empty", "", "empty"},
		{"spaces alone", " \n\t\n ", "empty"},
		{"UTF-16", "\xff\xfeC\x00H\x00", "UTF-16"},
		{"UTF-16 without a mark", strings.Repeat("C\x00", 50), "UTF-16"},
		{"much UTF-16 without a mark", strings.Repeat("C\x00", 50_000), "UTF-16"},
		{"UTF-16 of the other byte order", strings.Repeat("\x00C", 50_000), "UTF-16"},
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

func TestARowOfFarTooManyCells(t *testing.T) {
	sheet, err := tabular.CSV([]byte("CHILD,NOTE\n1" + strings.Repeat(",x", 5000) + "\n2,b\n"))
	if err != nil || len(sheet.Rows) != 2 || len(sheet.Rows[0]) != 1000 || sheet.Problems[0].Code != "too-many-columns" || sheet.Problems[0].Row != 2 {
		t.Errorf("%v %+v", err, sheet.Problems)
	}
}

// What a sound CSV says is what encoding/csv makes of it, and nothing that gets
// through holds what no database takes.
func FuzzCSV(f *testing.F) {
	f.Add([]byte("CHILD,NOTE\n1,\"a\n\"\n"))
	f.Add([]byte("a,b\n\"\"\"\n"))
	f.Add([]byte("a,b,c\n1,\"x,2\n3,y\",4\n\"5\",6,7\n"))
	f.Add([]byte("\xef\xbb\xbf,\n"))
	f.Add([]byte("a,b\r1,2\r"))
	f.Add([]byte("a,b\n1,\x002\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		sheet, err := tabular.CSV(data)
		if err != nil {
			return
		}
		if len(sheet.Header) == 0 {
			t.Error("read without a header")
		}
		all := append([][]string{sheet.Header}, sheet.Rows...)
		for _, row := range all {
			for _, text := range row {
				if strings.ContainsRune(text, 0) || strings.ToValidUTF8(text, "") != text {
					t.Errorf("%q gets through", text)
				}
			}
		}
		text := string(data)
		if len(sheet.Problems) > 0 || strings.ToValidUTF8(text, "") != text || strings.ContainsAny(text, ";|\t\x1a") || strings.HasPrefix(text, "\xef\xbb\xbf") || strings.HasPrefix(strings.ToLower(strings.Trim(text, "\"")), "sep=") ||
			strings.Count(text, "\r") > strings.Count(text, "\r\n") {
			return
		}
		reader := csv.NewReader(strings.NewReader(text))
		reader.FieldsPerRecord = -1
		rows, err := reader.ReadAll()
		if err != nil {
			return
		}
		var want [][]string
		for _, row := range rows {
			if strings.TrimSpace(strings.Join(row, "")) != "" {
				want = append(want, row)
			}
		}
		if len(want) == 0 {
			return
		}
		want[0] = tabular.Names(want[0])
		if diff := cmp.Diff(want, all); diff != "" {
			t.Errorf("%q (-encoding/csv +here):\n%s", text, diff)
		}
	})
}
