package template

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"stablefutures/internal/care"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/returns/shown"
	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/tabular"
)

// anyWords draws text as people and attackers write it.
func anyWords(t *rapid.T, name string) string {
	first := rapid.SampledFrom([]string{"", "", "=1+1", "+44", "-", "n/a", "#N/A", "NULL", "#", "@SUM(A1)", "＝1+1", "－", "＠x", "'＋", "'", "''=", "\"", "a,b;c", "één ", "line\nline "}).Draw(t, name+" first")
	rest := rapid.StringOf(rapid.RuneFrom([]rune("abc =+-@'\",;\n<&>éß漢字\u202e_x000D_"))).Draw(t, name)
	return cleanWords(first + rest)
}

func anyReading(t *rapid.T, i int) table.ReadingRow {
	voice := rapid.SampledFrom(conversation.Voices).Draw(t, "voice")
	state := rapid.SampledFrom(conversation.States).Draw(t, "state")
	row := table.ReadingRow{
		Child: "C" + itoa(i), Conversation: oneLine(anyWords(t, "conversation")), Language: rapid.SampledFrom([]string{"", "English", "Tiếng Việt", "Tigrinya"}).Draw(t, "language"),
		Reading: conversation.Reading{
			Edition: "working-2026", Indicator: rapid.SampledFrom([]string{"safe-home.1", "safe-home.11"}).Draw(t, "indicator"),
			Voice: voice, State: state, Words: anyWords(t, "words"), SaidOn: date.Date("2024-02-28").AddDays(rapid.IntRange(0, 900).Draw(t, "day")),
		},
	}
	if len(row.Conversation) > maxShort || shown.Postcode(row.Conversation) {
		row.Conversation = ""
	}
	if state == conversation.Answered {
		row.Reading.Value = rapid.IntRange(1, 5).Draw(t, "value")
	}
	if voice == conversation.Worker {
		row.Reading.Evidence = rapid.SampledFrom(append([]conversation.Evidence{""}, conversation.EvidenceKinds...)).Draw(t, "evidence")
	}
	for _, h := range conversation.Helps {
		if rapid.Bool().Draw(t, string(h)) {
			row.Reading.HelpedBy = append(row.Reading.HelpedBy, h)
		}
	}
	return row
}

func anyRegisterRow(t *rapid.T, i int) table.RegisterRow {
	row := table.RegisterRow{
		Child: "0" + itoa(i), Name: oneLine(anyWords(t, "name")), Entry: register.Entry{"state": "referred", "referred-on": "2026-01-10"},
		Identity: care.Identity{BirthDate: rapid.SampledFrom([]date.Date{"", "2010-03-27"}).Draw(t, "born"), Sex: rapid.SampledFrom([]string{"", "M", "F", "U"}).Draw(t, "sex")},
	}
	for _, f := range register.Fields() {
		var raw string
		switch f.Kind {
		case register.Text, register.LongText:
			raw = anyWords(t, f.ID)
		case register.Choices:
			for _, o := range f.Options {
				if rapid.Bool().Draw(t, f.ID+o.ID) && f.ID != register.FieldUnsafeContact {
					raw += ";" + o.ID
				}
			}
		case register.YesNoUnsure:
			raw = rapid.SampledFrom([]string{"", register.Yes, register.No, register.Unsure}).Draw(t, f.ID)
		default:
			continue // days and decisions must fit each other
		}
		if value, _, err := register.ParseValue(f, raw); err == nil && value != "" {
			row.Entry[f.ID] = value
		}
	}
	return row
}

var ignorePlace = cmp.Options{cmpopts.IgnoreFields(table.RegisterRow{}, "Sheet", "Number"), cmpopts.IgnoreFields(table.ReadingRow{}, "Sheet", "Number"), cmpopts.EquateEmpty()}

func TestWhatIsExportedIsReadAgainWithoutLoss(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		format := rapid.SampledFrom([]Format{CSV, XLSX}).Draw(t, "format")
		var readings []table.ReadingRow
		var entries []table.RegisterRow
		for i := range rapid.IntRange(1, 3).Draw(t, "rows") {
			readings, entries = append(readings, anyReading(t, i)), append(entries, anyRegisterRow(t, i))
		}
		var a, b bytes.Buffer
		if err := ExportReadings(&a, format, []*framework.Edition{edition()}, readings); err != nil {
			t.Fatal(err)
		}
		if err := ExportRegister(&b, format, entries); err != nil {
			t.Fatal(err)
		}
		gotReadings := readSheet(t, sheetOf(t, format, a.Bytes(), "Readings"))
		if diff := cmp.Diff(readings, gotReadings.Readings, ignorePlace); diff != "" || len(gotReadings.ReadAs) > 0 {
			t.Fatalf("%s readings (-written +read):\n%s %v %v", format, diff, gotReadings.Problems, gotReadings.ReadAs)
		}
		gotRegister := readSheet(t, sheetOf(t, format, b.Bytes(), "Register"))
		if diff := cmp.Diff(entries, gotRegister.Register, ignorePlace); diff != "" || len(gotRegister.ReadAs) > 0 {
			t.Fatalf("%s register (-written +read):\n%s %v %v", format, diff, gotRegister.Problems, gotRegister.ReadAs)
		}
	})
}

// Somebody who fills the workbook in types days, of which Excel makes numbers.
func TestDaysTypedIntoTheWorkbook(t *testing.T) {
	var data bytes.Buffer
	if err := WriteRegister(&data, XLSX); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&data)
	if err != nil {
		t.Fatal(err)
	}
	for cell, value := range map[string]any{"A2": "0077", "C2": time.Date(2010, 3, 27, 0, 0, 0, 0, time.UTC), "G2": "Referred to the NRM", "L2": time.Date(2026, 1, 10, 0, 0, 0, 0, time.UTC)} {
		if err := f.SetCellValue("Register", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	data.Reset()
	if err := errors.Join(f.Write(&data), f.Close()); err != nil {
		t.Fatal(err)
	}
	book, err := tabular.Workbook(data.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	sheets := book.Sheets
	out := Read(*sheets[0], Register, options())
	want := []table.RegisterRow{{Child: "0077", Identity: care.Identity{BirthDate: "2010-03-27"}, Entry: register.Entry{"state": "referred", "referred-on": "2026-01-10"}}}
	if diff := cmp.Diff(want, out.Register, ignorePlace); diff != "" || len(out.ReadAs) > 0 {
		t.Errorf("(-want +got):\n%s %v %v %q", diff, out.Problems, out.ReadAs, sheets[0].Header)
	}
}

func TestNoCellThatIsWrittenCanRunAsAFormula(t *testing.T) {
	for _, words := range []string{"=HYPERLINK(\"http://x\")", "+1", "-1", "@A1", "\t=1"} {
		cell := guard(words)
		if strings.IndexByte("=+-@\t\r", cell[0]) >= 0 || unguard(cell) != words {
			t.Errorf("%q is written as %q and read as %q", words, cell, unguard(cell))
		}
	}
	if unguard("'tis mine") != "'tis mine" {
		t.Error("an apostrophe that somebody typed is lost")
	}
}

func TestTheEmptyTemplatesExplainThemselves(t *testing.T) {
	var data bytes.Buffer
	if err := WriteReadings(&data, XLSX, []*framework.Edition{edition()}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&data)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	help, err := f.GetRows(HelpSheet)
	if err != nil {
		t.Fatal(err)
	}
	if rows := len(help) - 3; rows < len(readingsColumns(nil)) {
		t.Errorf("%d columns explained of %d", rows, len(readingsColumns(nil)))
	}
	lists, err := f.GetDataValidations("Readings")
	if err != nil || len(lists) != 4 {
		t.Errorf("%d lists offered (edition, voice, answer, evidence), %v", len(lists), err)
	}
	if _, ok := Recognise(HelpSheet, help[2]); ok {
		t.Error("the sheet of help was taken for a template")
	}
	var text bytes.Buffer
	if err := WriteRegister(&text, CSV); err != nil {
		t.Fatal(err)
	}
	if out := readCSV(t, text.String()); out.Kind != Register || out.RowsRead != 0 || len(out.Problems) != 0 {
		t.Errorf("the empty register reads as %+v", out)
	}
	if err := WriteRegister(&data, "pdf"); err == nil {
		t.Error("a format that is not written gave no error")
	}
}

func FuzzTemplate(f *testing.F) {
	f.Add(readingsHeader + "1,a,01/02/2026,en,working-2026,safe-home.1,Young person,4,,Interpreter,'=warm\n")
	f.Add("Child ID,State,Referred on,Towns of exploitation\n1,referred,01/01/2026,a;b\n1,\"x\ny\",,\n")
	f.Add("child-id,state,state,Name\n,,,\n\"'=\",suspected,,'\n")
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := parse(text)
		if err != nil || len(rows) == 0 {
			return
		}
		if _, ok := Recognise("", rows[0]); !ok {
			return
		}
		read(t, "", rows)
	})
}
