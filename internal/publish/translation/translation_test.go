package translation_test

import (
	"bytes"
	"errors"
	"testing"

	"stablefutures/internal/locale"
	"stablefutures/internal/publish/sheet"
	"stablefutures/internal/publish/translation"
	"stablefutures/internal/returns/tabular"
)

func TestWhatIsWrittenIsRead(t *testing.T) {
	arabic := locale.Language{Tag: "ar", Name: "العربية", Direction: "rtl"}
	pages := []translation.Row{{Name: "page/leave", Place: "Every page", English: "Leave", Most: 14, Words: "خروج", State: "made by machine", Check: "1234abcd"},
		{Name: "page/who.people", Form: "two", Example: 2, English: "{n} people", Words: "شخصان"}}
	edition := []translation.Row{{Name: "edition/e/outcome.home", Words: "=1+1"}}
	var out bytes.Buffer
	if err := translation.Write(&out, arabic, pages, edition); err != nil {
		t.Fatal(err)
	}
	tag, rows, err := translation.Read(out.Bytes())
	if err != nil || tag != "ar" || len(rows) != 3 {
		t.Fatalf("%s, %+v, %v", tag, rows, err)
	}
	if r := rows[0]; r.Sheet != "Pages" || r.Number != 2 || r.Name != "page/leave" || r.Words != "خروج" || r.State != "made by machine" || r.Check != "1234abcd" || r.Form != "" {
		t.Errorf("%+v", r)
	}
	if r := rows[1]; r.Form != "two" || r.Words != "شخصان" || r.Number != 3 {
		t.Errorf("%+v", r)
	}
	if r := rows[2]; r.Sheet != "Edition" || r.Words != "=1+1" {
		t.Errorf("%+v", r)
	}
}

func TestWhatIsNoneOfOursIsRefused(t *testing.T) {
	var other, two bytes.Buffer
	if err := sheet.XLSX(&other, sheet.Book{Tables: []sheet.Table{{Name: "a", Head: []string{"Key", "Value"}, Rows: [][]any{{"a", "b"}}}}}); err != nil {
		t.Fatal(err)
	}
	if err := sheet.XLSX(&two, sheet.Book{Tables: []sheet.Table{{Name: "a", Head: []string{"Key", "Translation [ar]"}, Rows: [][]any{{"a", "b"}}}, {Name: "b", Head: []string{"Key", "Translation [ti]"}, Rows: [][]any{{"a", "b"}}}}}); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"nothing": nil, "a picture": []byte("\x89PNG"), "another table": other.Bytes(), "two languages": two.Bytes(), "huge": make([]byte, translation.MostBytes+1)} {
		var refused *tabular.Refused
		if _, _, err := translation.Read(data); !errors.As(err, &refused) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
