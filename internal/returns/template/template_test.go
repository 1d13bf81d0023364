package template

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"stablefutures/internal/care"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/tabular"
)

const today = date.Date("2026-11-23")

func texts(english string) framework.Wording {
	return framework.Wording{framework.YoungPerson: {"en": {Text: english}}}
}

// edition is a small one: two indicators share a wording, which then names neither.
func edition() *framework.Edition {
	e := &framework.Edition{
		ID: "working-2026", Languages: []framework.Language{{Tag: "en", Name: "English"}, {Tag: "vi", Name: "Tiếng Việt"}},
		Principles: []framework.Principle{{ID: "life", Outcomes: []framework.Outcome{{ID: "safe-home", Indicators: []framework.Indicator{
			{ID: "safe-home.1", Title: texts("I feel safe where I live")},
			{ID: "safe-home.11", Title: texts("I can lock my door")},
			{ID: "safe-home.2", Title: texts("I can lock my door")},
		}}}}},
	}
	for i, word := range []string{"Not at all", "Not much", "Some of the time", "Mostly", "Always"} {
		e.Scale.Answers = append(e.Scale.Answers, framework.Answer{Value: i + 1, Title: texts(word)})
	}
	e.Scale.Answers[2].Also = []string{"Partly"}
	for _, w := range stateWords {
		e.Scale.States = append(e.Scale.States, framework.State{ID: w.id, Title: texts("I would say: " + w.label)})
	}
	return e
}

func options() table.Options {
	return table.Options{Today: today, Editions: []*framework.Edition{edition()}}
}

func read(t interface {
	Helper()
	Fatalf(string, ...any)
	Errorf(string, ...any)
}, sheet string, rows [][]string) table.Table {
	t.Helper()
	kind, ok := Recognise(sheet, rows[0])
	if !ok {
		t.Fatalf("no template has the columns %q", rows[0])
	}
	out := table.Table{Kind: kind, Sheet: sheet}
	readRows(&out, rows[0], rows[1:], func(i int) int { return i + 2 }, options())
	if out.RowsRead != out.RowsTaken+out.RowsSetAside || out.RowsTaken != len(out.Register)+len(out.Readings) {
		t.Errorf("read %d, taken %d, set aside %d: they do not add up", out.RowsRead, out.RowsTaken, out.RowsSetAside)
	}
	return out
}

func parse(text string) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\uFEFF")))
	r.FieldsPerRecord = -1
	return r.ReadAll()
}

func readCSV(t testing.TB, text string) table.Table {
	t.Helper()
	rows, err := parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, "", rows)
}

// sheetOf opens what was written, in either format, as an import does.
func sheetOf(t *rapid.T, format Format, data []byte, name string) tabular.Sheet {
	if format == CSV {
		sheet, err := tabular.CSV(data)
		if err != nil {
			t.Fatal(err)
		}
		return *sheet
	}
	read, err := tabular.Workbook(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, sheet := range read.Sheets {
		if sheet.Name == name {
			return *sheet
		}
		if kind, ok := Recognise(sheet.Name, sheet.Header); ok {
			t.Fatalf("the sheet %q was taken for %s", sheet.Name, kind)
		}
	}
	t.Fatalf("no sheet %q", name)
	return tabular.Sheet{}
}

// readSheet reads a sheet as an import does.
func readSheet(t *rapid.T, sheet tabular.Sheet) table.Table {
	kind, ok := Recognise(sheet.Name, sheet.Header)
	if !ok {
		t.Fatalf("no template has the columns %q", sheet.Header)
	}
	return Read(sheet, kind, options())
}

func problems(out table.Table) []string {
	var words []string
	for _, p := range out.Problems {
		if p.Code == "missing-columns" {
			continue // the rows of these tests have few: see TestMissingColumnsAreTold
		}
		word := p.Column + " " + p.Code
		if p.SetAside {
			word += " (row)"
		}
		words = append(words, word)
	}
	return words
}

func TestARegisterRowIsReadByLabelsOrIds(t *testing.T) {
	want := []table.RegisterRow{{
		Child: "0077", Name: "Test Child", Number: 2, Identity: care.Identity{BirthDate: "2010-03-27", Sex: "F", Ethnicity: "AOTH", UPN: "A123456789012"},
		Entry: register.Entry{"state": "referred", "referred-on": "2026-01-10", "types": "criminal; labour", "towns": "Leeds; Hull", "county-lines": "yes"},
	}}
	for _, header := range []string{
		"Child ID,Name,Date of birth,Sex,Ethnicity,UPN,State,Referred on,Exploitation types,Towns of exploitation,County lines",
		"child_id,NAME,dob,sex,ethnic,upn,state,referred-on,types,towns,county-lines",
	} {
		out := readCSV(t, header+"\n0077,Test  Child,27/03/2010,2,aoth,a123456789012,Referred to the NRM,10/01/2026,Labour; criminal exploitation,Leeds; Hull,Y\n")
		if diff := cmp.Diff(want, out.Register, cmpopts.IgnoreFields(table.RegisterRow{}, "Unsaid")); diff != "" {
			t.Errorf("(-want +got):\n%s%v", diff, out.Problems)
		}
		var read []string
		for _, r := range out.ReadAs {
			read = append(read, r.Observed+" = "+r.TakenAs)
		}
		if diff := cmp.Diff([]string{"2 = Female", "aoth = AOTH", "(in small letters) = (the same in capitals)", "Labour; criminal exploitation = Criminal; Labour", "Y = Yes"}, read); diff != "" {
			t.Error(diff)
		}
	}
}

func TestRegisterRows(t *testing.T) {
	const header = "Child ID,Date of birth,State,Referred on,Reasonable grounds,Reasonable grounds on,Conclusive grounds,Conclusive grounds on,Suspected on\n"
	for _, row := range []struct {
		why, text string
		taken     int
		want      []string
	}{
		{"the id of the state", header + "1,,Suspected,,,,,,01/02/2026\n", 1, nil},
		{"a label parted by its own comma", header + "1,,Suspected, not referred\n", 0, []string{"Referred on unknown-value (row)"}},
		{"suspected, quoted", header + "1,,\"Suspected, not referred\",,,,,,01/02/2026\n", 1, nil},
		{"a warning is told", header + "1,,referred,01/01/2026,positive,05/01/2026,positive,06/01/2026,\n", 1, []string{"Conclusive grounds on soon-decision"}},
		{"an error sets aside", header + "1,,referred,01/01/2026,positive,31/12/2025,,,\n", 0, []string{"Reasonable grounds on wrong-order (row)"}},
		{"before birth", header + "1,01/02/2026,referred,01/01/2026,,,,,\n", 0, []string{"Referred on before-birth (row)"}},
		{"no child", header + ",,referred,01/01/2026,,,,,\n", 0, []string{"Child ID missing-child-id (row)"}},
		{"no state", header + "1,,,,,,,,\n", 0, []string{"State missing-value (row)"}},
		{"a blank row", header + ",,,,,,,,\n", 0, nil},
		{"twice alike", header + strings.Repeat("1,,referred,01/01/2026,,,,,\n", 2), 1, []string{"Child ID duplicate-row (row)"}},
		{"twice unlike", header + "1,,referred,01/01/2026,,,,,\n1,,referred,02/01/2026,,,,,\n", 1, []string{"Child ID duplicate-child (row)"}},
		{"a bad birthday costs the birthday", header + "1,31/02/2010,referred,01/01/2026,,,,,\n", 1, []string{"Date of birth impossible-date"}},
		{"a column nobody knows", "Child ID,State,Referred on,Shoe size\n1,referred,01/01/2026,4\n", 1, []string{"Shoe size unknown-column"}},
	} {
		out := readCSV(t, row.text)
		if diff := cmp.Diff(row.want, problems(out)); diff != "" || out.RowsTaken != row.taken {
			t.Errorf("%s: taken %d, want %d (-want +got):\n%s", row.why, out.RowsTaken, row.taken, diff)
		}
	}
}

const readingsHeader = "Child ID,Conversation,Said on,Language,Edition,Indicator,Voice,Answer,Evidence,Helped by,Words\n"

func TestReadingsRows(t *testing.T) {
	for _, row := range []struct {
		why, cells string
		taken      int
		want       []string
	}{
		{"sound", "1,a,01/02/2026,en,working-2026,safe-home.1,Young person,4,,Interpreter; Read aloud,warm", 1, nil},
		{"only edition left out", "1,a,01/02/2026,en,,safe-home.1,Young person,4,,,", 1, nil},
		{"unknown edition", "1,a,01/02/2026,en,published-2,safe-home.1,Young person,4,,,", 0, []string{"Edition unknown-edition (row)"}},
		{"unknown indicator", "1,a,01/02/2026,en,working-2026,safe-home.9,Young person,4,,,", 0, []string{"Indicator unknown-indicator (row)"}},
		{"by its wording", "1,a,01/02/2026,en,working-2026,i feel safe where I live.,Young person,4,,,", 1, nil},
		{"a wording that two share", "1,a,01/02/2026,en,working-2026,I can lock my door,Young person,4,,,", 0, []string{"Indicator unknown-indicator (row)"}},
		{"six of five", "1,a,01/02/2026,en,working-2026,safe-home.1,Young person,6,,,", 0, []string{"Answer unknown-answer (row)"}},
		{"no answer is not a low answer", "1,a,01/02/2026,en,working-2026,safe-home.1,Young person,,,,", 0, []string{"Answer missing-answer (row)"}},
		{"words of the scale", "1,a,01/02/2026,en,working-2026,safe-home.1,Young person,some of the TIME,,,", 1, nil},
		{"a word that the scale had before", "1,a,01/02/2026,en,working-2026,safe-home.1,Worker,partly,,,", 1, nil},
		{"a state's words", "1,a,01/02/2026,en,working-2026,safe-home.1,Young person,Does not know,,,", 1, nil},
		{"nobody's voice", "1,a,01/02/2026,en,working-2026,safe-home.1,Teacher,4,,,", 0, []string{"Voice unknown-voice (row)"}},
		{"tomorrow", "1,a,24/11/2026,en,working-2026,safe-home.1,Worker,4,,,", 0, []string{"Said on future-date (row)"}},
		{"no day", "1,a,,en,working-2026,safe-home.1,Worker,4,,,", 0, []string{"Said on missing-date (row)"}},
		{"evidence with a young person's answer", "1,a,01/02/2026,en,working-2026,safe-home.1,Young person,4,My judgement,,", 1, []string{"Evidence not-a-workers"}},
		{"help nobody knows", "1,a,01/02/2026,en,working-2026,safe-home.1,Young person,4,,Robot,", 1, []string{"Helped by unknown-code"}},
		{"a postcode slipped in", "1,a,01/02/2026,en,working-2026,ZZ1 1ZZ,Young person,4,,,", 0, []string{"Indicator unknown-indicator (row)"}},
	} {
		out := readCSV(t, readingsHeader+row.cells+"\n")
		if diff := cmp.Diff(row.want, problems(out)); diff != "" || out.RowsTaken != row.taken {
			t.Errorf("%s: taken %d, want %d (-want +got):\n%s", row.why, out.RowsTaken, row.taken, diff)
		}
		for _, p := range out.Problems {
			if strings.Contains(p.Message, "ZZ1") {
				t.Errorf("%s: a postcode is told: %s", row.why, p.Message)
			}
		}
	}
}

func TestTheFourStatesStayApart(t *testing.T) {
	var text strings.Builder
	text.WriteString(readingsHeader)
	for _, w := range stateWords {
		fmt.Fprintf(&text, "1,a,01/02/2026,en,working-2026,safe-home.1,Young person,%s,,,\n2,a,01/02/2026,en,working-2026,safe-home.1,Worker,%s,,,\n3,a,01/02/2026,en,working-2026,safe-home.1,Worker,I would say: %s,,,\n", w.id, w.label, w.label)
	}
	out := readCSV(t, text.String())
	counts := map[conversation.State]int{}
	for _, row := range out.Readings {
		counts[row.Reading.State]++
		if row.Reading.Value != 0 {
			t.Errorf("%s has the value %d", row.Reading.State, row.Reading.Value)
		}
	}
	want := map[conversation.State]int{conversation.NotTalkedAbout: 3, conversation.DoesNotWantToSay: 3, conversation.DoesNotKnow: 3, conversation.NotPartOfMyLife: 3}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Error(diff)
	}
}

func TestTwoAnswersInOneConversationAreBothTaken(t *testing.T) {
	const row = "1,a,01/02/2026,en,working-2026,safe-home.1,Young person,%s,,,\n"
	out := readCSV(t, readingsHeader+fmt.Sprintf(row, "4")+fmt.Sprintf(row, "2")+fmt.Sprintf(row, "4"))
	if diff := cmp.Diff([]string{"Answer two-answers", "Indicator duplicate-row (row)"}, problems(out)); diff != "" || out.RowsTaken != 2 {
		t.Errorf("taken %d: %s", out.RowsTaken, diff)
	}
}
