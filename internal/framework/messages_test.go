package framework

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"stablefutures/editions"
)

// part is an object of a JSON file.
type part = map[string]any

// edited is the working edition's file, changed.
func edited(t *testing.T, change func(e part)) []byte {
	t.Helper()
	var e part
	if err := json.Unmarshal(editions.Working, &e); err != nil {
		t.Fatal(err)
	}
	change(e)
	data, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// in walks down a JSON file by names and numbers.
func in(e any, way ...any) part {
	for _, step := range way {
		switch step := step.(type) {
		case int:
			e = e.([]any)[step]
		case string:
			e = e.(part)[step]
		}
	}
	return e.(part)
}

func linesOf(t *testing.T, err error) []string {
	t.Helper()
	var faults Problems
	if !errors.As(err, &faults) || len(faults) == 0 {
		t.Fatalf("no problem was told: %v", err)
	}
	return strings.Split(faults.Error(), "\n")
}

// plainly holds a message to what no message may say: the words of the schema and
// of Go, and counting from 0.
func plainly(t *testing.T, lines []string) {
	t.Helper()
	for _, line := range lines {
		for _, never := range []string{"minLength", "minItems", "minProperties", "pattern", "^[", "got ", "jsonschema", "json:", "Go ", ", 0", "<nil>", "map[", "null", "%!"} {
			if strings.Contains(line, never) {
				t.Errorf("%q says %q", line, never)
			}
		}
	}
}

const (
	wantID        = "write one in small letters, digits and hyphens, such as safe-home"
	wantIndicator = "write one in small letters, digits, hyphens and points, such as safe-home.1"
	wantOrigin    = "write where the text comes from: project, published, machine, translator or authority"
	wantNotice    = "write what is shown wherever the edition is shown, such as that it is not the published CSF-POF"
	wantStates    = "write all four: not-talked-about, does-not-want-to-say, does-not-know and not-part-of-my-life"
	wantState     = "write not-talked-about, does-not-want-to-say, does-not-know or not-part-of-my-life"
)

// What each mistake in a JSON file is told as: every line, word for word.
func TestWhatIsWrongWithAJSONFileIsSaidPlainly(t *testing.T) {
	advice := []any{"principles", 1, "outcomes", 2} // legal-advice
	third := append(slices.Clone(advice), "indicators", 2)
	words := append(slices.Clone(third), "title", "young-person")
	english := append(slices.Clone(words), "en")
	for _, c := range []struct {
		why    string
		change func(e part)
		want   []string
	}{
		{"hardly anything", func(e part) { clear(e); e["id"], e["principles"] = "broken", []any{} }, []string{
			"version: it is missing: write one in digits with points, such as 1.0",
			"title: it is missing: write it",
			"notice: it is missing: " + wantNotice,
			"published: it is missing: write true where this is the published framework, and otherwise false",
			"languages: it is missing: name at least one; every text stands in the first",
			"scale: it is missing: write the five answers and the four states",
			"principles: there are no principles: add at least one principle"}},
		{"a slip is told once, not as one part too many and one missing", func(e part) { e["vresion"] = e["version"]; delete(e, "version") }, []string{
			"the edition: “vresion” is not known here: it may be a slip for “version”"}},
		{"a part that nobody knows", func(e part) { e["colour"] = 1 }, []string{
			"the edition: “colour” is not known here: take it out, or write one of id, version, title, notice, prompt, published, languages, scale or principles"}},
		{"an id with spaces cannot stand in an address", func(e part) { e["id"] = "My edition" }, []string{"id: it says “My edition”; " + wantID}},
		{"an outcome's id", func(e part) { in(e, advice...)["id"] = "Legal advice" }, []string{"outcome “Legal advice”, id: it says “Legal advice”; " + wantID}},
		{"an outcome without an id is counted from the first", func(e part) { delete(in(e, advice...), "id") }, []string{
			"principle “best-interests”, third outcome, id: it is missing: " + wantID}},
		{"an indicator with no id, and another's is not one", func(e part) { in(e, third...)["id"] = ""; in(e, append(advice, "indicators", 1)...)["id"] = "x y" }, []string{
			"indicator “x y”, id: it says “x y”; " + wantIndicator,
			"outcome “legal-advice”, third indicator, id: it is empty: " + wantIndicator}},
		{"two outcomes with one id", func(e part) { in(e, advice...)["id"] = "equality" }, []string{
			"principle “best-interests”, third outcome, id: it says “equality”; an id stands once: give one of the two another (it stands in principle “non-discrimination”, first outcome too)"}},
		{"an outcome and an indicator with one id", func(e part) { in(e, third...)["id"] = "legal-advice" }, []string{
			"indicator “legal-advice”, id: it says “legal-advice”; an id stands once: give one of the two another (it stands in outcome “legal-advice” too)"}},
		{"no words for young people", func(e part) { delete(in(e, third...)["title"].(part), "young-person") }, []string{
			"indicator “legal-advice.3”, wording for young people: it is missing: write it"}},
		{"no words in any language", func(e part) { clear(in(e, words...)) }, []string{"indicator “legal-advice.3”, wording for young people: it is empty: write it"}},
		{"empty words", func(e part) { in(e, english...)["text"] = "" }, []string{"indicator “legal-advice.3”, wording for young people in en: it is empty: write it"}},
		{"words that are only spaces", func(e part) { in(e, english...)["text"] = " \t" }, []string{"indicator “legal-advice.3”, wording for young people in en: it is empty: write it"}},
		{"too many words", func(e part) { in(e, english...)["text"] = strings.Repeat("x", 1001) }, []string{
			"indicator “legal-advice.3”, wording for young people in en: it has 1001 characters, and at most 1000 are kept: shorten it"}},
		{"words where a part is expected", func(e part) { in(e, third...)["title"].(part)["young-person"] = "words" }, []string{
			"indicator “legal-advice.3”, wording for young people: there is a text in quotation marks, where a part in curly brackets { } has to stand: see how `stablefutures framework export` writes it"}},
		{"an origin that nobody can explain", func(e part) { in(e, english...)["origin"] = "internet" }, []string{
			"indicator “legal-advice.3”, wording for young people in en, origin: it says “internet”; " + wantOrigin}},
		{"a review that nobody can explain", func(e part) { in(e, english...)["review"] = "me" }, []string{
			"indicator “legal-advice.3”, wording for young people in en, review: it says “me”; write who has reviewed the text: none, professional or young-people"}},
		{"a text in a language that is not named", func(e part) { in(e, "title")["so"] = in(e, "title", "en") }, []string{
			"title in so: there is a text in so, which is not among the languages of the edition (en): add the language to them, or take the text out"}},
		{"a text under what is no language", func(e part) { in(e, words...)["english!"] = in(e, english...) }, []string{
			"indicator “legal-advice.3”, wording for young people in english!: there is a text in english!, which is not among the languages of the edition (en): add the language to them, or take the text out"}},
		{"a text that the first language lacks", func(e part) {
			e["languages"] = append(e["languages"].([]any), part{"tag": "cy", "name": "Cymraeg", "direction": "ltr"})
			in(e, words...)["cy"] = in(e, english...)
			delete(in(e, words...), "en")
		}, []string{"indicator “legal-advice.3”, wording for young people in en: it is missing: write it, for every text stands in en, the first language of the edition"}},
		{"all texts lack the first language: said once", func(e part) {
			e["languages"] = append([]any{part{"tag": "cy", "name": "Cymraeg", "direction": "ltr"}}, e["languages"].([]any)...)
		}, []string{"title in cy; notice in cy; prompt in cy; and 275 more places: it is missing: write it, for every text stands in cy, the first language of the edition"}},
		{"an outcome without indicators", func(e part) { in(e, advice...)["indicators"] = []any{} }, []string{
			"outcome “legal-advice”, indicators: there are no indicators: add at least one indicator to this outcome"}},
		{"an article that there is not", func(e part) { in(e, "principles", 3)["article"] = 70 }, []string{"principle “being-heard”, article: it says “70”; the Convention has its rights in Articles 1 to 54"}},
		{"an article in quotation marks", func(e part) { in(e, "principles", 3)["article"] = "12" }, []string{
			"principle “being-heard”, article: there is a text in quotation marks, where a whole number has to stand: write the number of the article of the Convention, such as 12"}},
		{"answers out of order", func(e part) { slices.Reverse(in(e, "scale")["answers"].([]any)[:2]) }, []string{
			"scale, first answer, value: it says “2”; the answers stand in order, from 1 (lowest) to 5",
			"scale, second answer, value: it says “1”; the answers stand in order, from 1 (lowest) to 5"}},
		{"a ninth step", func(e part) { in(e, "scale", "answers", 2)["value"] = 9 }, []string{"scale, third answer, value: it says “9”; the answers are numbered from 1 (lowest) to 5"}},
		{"a further word with a semicolon", func(e part) { in(e, "scale", "answers", 2)["also"] = []any{"a;b"} }, []string{
			"scale, third answer, also, first: it says “a;b”; write further words for the answer, without semicolons, or leave it out"}},
		{"four answers", func(e part) { in(e, "scale")["answers"] = in(e, "scale")["answers"].([]any)[:4] }, []string{
			"scale, answers: there are 4 answers: write five, from 1 (lowest) to 5"}},
		{"a state that nobody knows", func(e part) { in(e, "scale", "states", 2)["id"] = "other" }, []string{"scale, state “other”, id: it says “other”; " + wantState}},
		{"a state twice", func(e part) { in(e, "scale", "states", 2)["id"] = "does-not-know" }, []string{
			"scale, third state, id: it says “does-not-know”; each of the four states stands once: " + wantStates + " (it stands in scale, second state too)"}},
		{"a language that is read in no direction", func(e part) { in(e, "languages", 0)["direction"] = "left" }, []string{
			"language “en”, direction: it says “left”; write ltr (left to right) or rtl (right to left)"}},
		{"a language without a tag is one line, not one for each text", func(e part) { in(e, "languages", 0)["tag"] = "" }, []string{
			"first language, tag: it is empty: write the tag of the language, such as en, cy or pt-BR"}},
		{"a language in capitals", func(e part) {
			e["languages"] = append(e["languages"].([]any), part{"tag": "EN", "name": "English", "direction": "ltr"})
		}, []string{
			"language “EN”, tag: it says “EN”; write the tag of the language, such as en, cy or pt-BR"}},
		{"one language as two", func(e part) {
			e["languages"] = append(e["languages"].([]any), part{"tag": "en", "name": "English", "direction": "ltr"})
		}, []string{
			"second language, tag: it says “en”; a language is named once: take one of the two out (it stands in first language too)"}},
		{"no language", func(e part) { e["languages"] = []any{} }, []string{"languages: there are no languages: name at least one; every text stands in the first"}},
		{"a version that is a number", func(e part) { e["version"] = 1 }, []string{
			"version: there is a number, where a text in quotation marks has to stand: write one in digits with points, such as 1.0"}},
		{"published in words", func(e part) { e["published"] = "no" }, []string{
			"published: there is a text in quotation marks, where true or false without quotation marks has to stand: write true where this is the published framework, and otherwise false"}},
		{"the same in every outcome: said once", func(e part) {
			for _, p := range e["principles"].([]any) {
				for _, o := range p.(part)["outcomes"].([]any) {
					delete(o.(part), "short")
				}
			}
		}, []string{"outcome “equality”, short; outcome “being-believed”, short; outcome “child-first”, short; and 22 more places: it is missing: write a few words that stand for the outcome in tables"}},
		{"ids of one kind: said once, with the first of them", func(e part) {
			for n, i := range in(e, "principles", 1, "outcomes", 0)["indicators"].([]any) {
				i.(part)["id"] = fmt.Sprintf("I %d", n)
			}
			for n, i := range in(e, "principles", 1, "outcomes", 1)["indicators"].([]any) {
				i.(part)["id"] = fmt.Sprintf("G %d", n)
			}
		}, []string{"indicator “I 0”, id; indicator “I 1”, id; indicator “I 2”, id; and 4 more places: they say “I 0”, “I 1”, “I 2” and 4 others; " + wantIndicator}},
		{"what would not print is not printed", func(e part) { e["id"] = "a\x1b[2J\u202e" }, []string{"id: it says “a [2J ”; " + wantID}},
	} {
		t.Run(c.why, func(t *testing.T) {
			_, err := Parse(edited(t, c.change))
			lines := linesOf(t, err)
			plainly(t, lines)
			if diff := cmp.Diff(c.want, lines); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatCannotBeReadIsSaidPlainly(t *testing.T) {
	for _, c := range []struct{ why, data, want string }{
		{"an empty file", "", "it is empty; an edition is a JSON file or a workbook as `stablefutures framework export` writes them"},
		{"a file that is something else", "%PDF-1.4", "it is neither a workbook (.xlsx) nor JSON: an edition is one of the two, as `stablefutures framework export` writes them"},
		{"a zip that is no workbook", "PK\x03\x04rubbish", "it cannot be opened as an Excel workbook: it may be damaged, too large, or of another kind. Open it in a spreadsheet program, save it as .xlsx, and try again"},
		{"an old or a protected workbook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it is an Excel file of the old kind (.xls), or one with a password: open it, save it as .xlsx without a password, and try again"},
		{"UTF-16", "\xff\xfe{\x00}\x00", "it is saved as UTF-16: save it as UTF-8, and try again"},
		{"letters that are not UTF-8", "{\n  \"id\": \"caf\xe9\"}", "line 2, character 13: there is a character that is not UTF-8: save the file as UTF-8, and try again"},
		{"a comma too many", "{\n  \"id\": \"x\",\n}", "line 3, character 1: it cannot be read as JSON from here on: look just before for a comma, a quotation mark or a bracket that is missing or too many"},
		{"a file that was cut off", "{\n  \"id\": ", "it ends too early: the file was cut off, or a closing bracket is missing"},
		{"two documents", "{}{}", "line 1, character 3: it cannot be read as JSON from here on: look just before for a comma, a quotation mark or a bracket that is missing or too many"},
	} {
		_, err := Parse([]byte(c.data))
		if diff := cmp.Diff([]string{"the file: " + c.want}, linesOf(t, err)); diff != "" {
			t.Errorf("%s:\n%s", c.why, diff)
		}
	}
}

// Of a part that stands twice, JSON keeps the last and says nothing.
func TestAPartThatStandsTwiceIsNotDropped(t *testing.T) {
	twice := strings.Replace(string(editions.Working), `"article": 2,`, `"article": 2, "article": 3,`, 1)
	_, err := Parse([]byte(twice))
	if diff := cmp.Diff([]string{"principle “non-discrimination”: “article” stands twice, and only one of the two would be kept: take one out"}, linesOf(t, err)); diff != "" {
		t.Error(diff)
	}
}

// A number with a point is a whole one to the schema and none to Go.
func TestAWholeNumberWithAPointIsToldByItsLine(t *testing.T) {
	_, err := Parse([]byte(strings.Replace(string(editions.Working), `"article": 2,`, `"article": 2.0,`, 1)))
	lines := linesOf(t, err)
	plainly(t, lines)
	if len(lines) != 1 || !strings.Contains(lines[0], "write the number without a point, such as 12 and not 12.0") || !strings.Contains(lines[0], "line ") {
		t.Errorf("%q", lines)
	}
}

// sheetsOf are the sheets of an edition's workbook.
func sheetsOf(e *Edition) []sheet {
	return []sheet{{sheetEdition, editionRows(e)}, {sheetLanguages, languageRows(e)}, {sheetScale, scaleRows(e)}, {sheetItems, itemRows(e)}}
}

// What each mistake in a workbook is told as, by sheet, row and column: every
// line, word for word.
func TestWhatIsWrongWithAWorkbookIsSaidByItsCell(t *testing.T) {
	const (
		export = "`stablefutures framework export -o edition.xlsx` writes a workbook "
		head   = ": the headings stand in the first row; " + export + "that has them all"
	)
	for _, c := range []struct {
		why    string
		change func(edition, languages, scale, items *sheet)
		want   []string
	}{
		{"a sheet is missing", func(_, _, _, items *sheet) { items.name = "Notes" }, []string{"the workbook: there is no sheet “Items”: " + export + "with all that are needed"}},
		{"a sheet's name has a slip", func(_, _, _, items *sheet) { items.name = "Itmes" }, []string{"the workbook: there is no sheet “Items”: the sheet “Itmes” may be meant; give it that name"}},
		{"two sheets are missing", func(_, languages, scale, _ *sheet) { languages.name, scale.name = "x", "y" }, []string{
			"the workbook: there is no sheet “Languages”: " + export + "with all that are needed",
			"the workbook: there is no sheet “Scale”: " + export + "with all that are needed"}},
		{"a sheet is empty", func(_, _, scale, _ *sheet) { scale.rows = nil }, []string{"sheet Scale: it is empty: " + export + "with the headings that it needs"}},
		{"a heading has a slip: one line, whatever follows from it", func(_, _, _, items *sheet) { items.rows[0][8] = "Young-persn [en]" }, []string{
			"sheet Items, row 1, column I: it says “Young-persn [en]”; it may be a slip for “young-person [en]”: put the heading right, or empty it to have the column left aside"}},
		{"so has that of an origin, which nobody would miss", func(_, _, _, items *sheet) { items.rows[0][9] = "young-person [en] orgin" }, []string{
			"sheet Items, row 1, column J: it says “young-person [en] orgin”; it may be a slip for “young-person [en] origin”: put the heading right, or empty it to have the column left aside"}},
		{"a column is missing", func(_, _, _, items *sheet) { items.rows[0][8] = "" }, []string{"sheet Items, row 1: the column “young-person [en]” is missing" + head}},
		{"another table altogether", func(_, _, _, items *sheet) { items.rows[0] = []string{"Title"} }, []string{
			"sheet Items, row 1: there is the column A (“Title”) with a heading that is not known: put it right, or empty it to have the column left aside",
			"sheet Items, row 1: the columns “level”, “id”, “article”, “short [en]”, “young-person [en]” and “practitioner [en]” are missing" + head}},
		{"columns in a language that is not named", func(_, _, _, items *sheet) {
			items.rows[0] = append(items.rows[0], "young-person [fr]", "young-person [fr] origin", "young-person [fr] review", "practitioner [fr]", "practitioner [fr] origin", "practitioner [fr] review")
		}, []string{
			"sheet Items, row 1: there are the columns R (“young-person [fr]”), S (“young-person [fr] origin”), T (“young-person [fr] review”), U (“practitioner [fr]”) and 2 more for texts in fr, which is not on the sheet Languages: add a row for it there, or empty the heading to have the column left aside"}},
		{"a heading twice", func(_, _, _, items *sheet) { items.rows[0] = append(items.rows[0], "ID ") }, []string{
			"sheet Items, row 1, column R: it says “ID”; a heading stands once: take one of the two columns out, or empty its heading to have it left aside"}},
		{"a text is missing", func(_, _, _, items *sheet) { items.rows[5][8] = "" }, []string{"sheet Items, row 6, column I (“young-person [en]”): it is missing: write it"}},
		{"many texts are missing", func(_, _, _, items *sheet) {
			for n := 5; n < 30; n++ {
				items.rows[n][8] = ""
			}
			items.rows[40][8] = ""
		}, []string{"sheet Items, rows 6–30, 41, column I (“young-person [en]”): it is missing: write it"}},
		{"a bad id", func(_, _, _, items *sheet) { items.rows[5][1] = "X Y" }, []string{"sheet Items, row 6, column B (“id”): it says “X Y”; " + wantIndicator}},
		{"no id", func(_, _, _, items *sheet) { items.rows[2][1] = "" }, []string{"sheet Items, row 3, column B (“id”): it is empty: " + wantID}},
		{"an id twice", func(_, _, _, items *sheet) { items.rows[5][1] = items.rows[6][1] }, []string{
			"sheet Items, row 7, column B (“id”): it says “equality.4”; an id stands once: give one of the two another (it stands in sheet Items, row 6 too)"}},
		{"a bad origin", func(_, _, _, items *sheet) { items.rows[5][9] = "internet" }, []string{"sheet Items, row 6, column J (“young-person [en] origin”): it says “internet”; " + wantOrigin}},
		{"many bad origins", func(_, _, _, items *sheet) {
			for n := 5; n < 30; n += 2 {
				items.rows[n][9] = "me"
			}
		}, []string{"sheet Items, rows 6, 8, 10, 12, 14, 16, 18, 20 and 5 more, column J (“young-person [en] origin”): each says “me”; " + wantOrigin}},
		{"a level that nobody knows", func(_, _, _, items *sheet) { items.rows[5][0] = "indicatr" }, []string{
			"sheet Items, row 6, column A (“level”): it says “indicatr”; write principle, outcome or indicator"}},
		{"an outcome without a principle", func(_, _, _, items *sheet) { items.rows[1][0] = "outcome" }, []string{
			"sheet Items, row 2, column A (“level”): an outcome stands below its principle, and there is none above this one: put the row of the principle above it"}},
		{"an indicator without an outcome", func(_, _, _, items *sheet) { items.rows = slices.Delete(items.rows, 2, 3) }, []string{
			"sheet Items, row 3, column A (“level”): an indicator stands below its outcome, and there is none above this one: put the row of the outcome above it"}},
		{"an article in words", func(_, _, _, items *sheet) { items.rows[1][2] = "two" }, []string{
			"sheet Items, row 2, column C (“article”): it says “two”; write the number of the article of the Convention, such as 12"}},
		{"no article", func(_, _, _, items *sheet) { items.rows[1][2] = "" }, []string{
			"sheet Items, row 2, column C (“article”): it is empty: write the number of the article of the Convention, such as 12"}},
		{"a cell that could not be worked out", func(_, _, _, items *sheet) { items.rows[5][8] = "#REF!" }, []string{
			"sheet Items, row 6, column I (“young-person [en]”): it says “#REF!”; the spreadsheet could not work this cell out: write the text itself"}},
		{"a cell that would be lost", func(_, _, _, items *sheet) { items.rows[5][5] = "Few words" }, []string{
			"sheet Items, row 6, column F (“short [en]”): it says “Few words”; it has no meaning in the row of an indicator: empty the cell"}},
		{"a principle without outcomes", func(_, _, _, items *sheet) {
			items.rows = append(items.rows, []string{"principle", "play", "31", "", "", "", "", "", "I play", "", "", "Play"})
		}, []string{"sheet Items, row 117: there are no outcomes: add at least one outcome to this principle"}},
		{"a step in words", func(_, _, scale, _ *sheet) { scale.rows[3][1] = "three" }, []string{"sheet Scale, row 4, column B (“id”): it says “three”; the answers are numbered from 1 (lowest) to 5"}},
		{"steps out of order", func(_, _, scale, _ *sheet) { scale.rows[3][1] = "4" }, []string{"sheet Scale, row 4, column B (“id”): it says “4”; the answers stand in order, from 1 (lowest) to 5"}},
		{"neither an answer nor a state", func(_, _, scale, _ *sheet) { scale.rows[3][0] = "step" }, []string{"sheet Scale, row 4, column A (“kind”): it says “step”; write answer or state"}},
		{"a state too few", func(_, _, scale, _ *sheet) { scale.rows = scale.rows[:9] }, []string{"sheet Scale: there are 3 states: " + wantStates}},
		{"a state that nobody knows", func(_, _, scale, _ *sheet) { scale.rows[7][1] = "x" }, []string{"sheet Scale, row 8, column B (“id”): it says “x”; " + wantState}},
		{"a direction that nobody reads in", func(_, languages, _, _ *sheet) { languages.rows[1][2] = "left" }, []string{
			"sheet Languages, row 2, column C (“direction”): it says “left”; write ltr (left to right) or rtl (right to left)"}},
		{"no language", func(_, languages, _, _ *sheet) { languages.rows = languages.rows[:1] }, []string{
			"sheet Languages: there is no row with a tag below the headings: name at least one; every text stands in the first"}},
		{"a language twice", func(_, languages, _, _ *sheet) { languages.rows = append(languages.rows, languages.rows[1]) }, []string{
			"sheet Languages, row 3, column A (“tag”): it says “en”; a language is named once: take one of the two out (it stands in sheet Languages, row 2 too)"}},
		{"a field with a slip", func(edition, _, _, _ *sheet) { edition.rows[2][0] = "vresion" }, []string{"sheet Edition, row 3, column A (“field”): it says “vresion”; it may be a slip for “version”"}},
		{"a field that nobody knows", func(edition, _, _, _ *sheet) { edition.rows[2][0] = "colour" }, []string{
			"sheet Edition, row 3, column A (“field”): it says “colour”; it is not known: write id, version, published, title [en], notice [en] or prompt [en], or take the row out"}},
		{"a field twice", func(edition, _, _, _ *sheet) { edition.rows = append(edition.rows, edition.rows[1]) }, []string{
			"sheet Edition, row 8, column A (“field”): it says “id”; a field stands once: take one of the two rows out"}},
		{"a version in words", func(edition, _, _, _ *sheet) { edition.rows[2][1] = "v2" }, []string{"sheet Edition, row 3, column B (“value”): it says “v2”; write one in digits with points, such as 1.0"}},
		{"no version, title or notice", func(edition, _, _, _ *sheet) { edition.rows = slices.Delete(edition.rows[:4], 2, 3) }, []string{
			"sheet Edition, row “version”: it is missing: write one in digits with points, such as 1.0",
			"sheet Edition, row “title [en]”: it is missing: write it",
			"sheet Edition, row “notice [en]”: it is missing: " + wantNotice}},
		{"perhaps published", func(edition, _, _, _ *sheet) { edition.rows[3][1] = "perhaps" }, []string{
			"sheet Edition, row 4, column B (“value”): it says “perhaps”; write yes where this is the published framework, and otherwise no"}},
		{"a title in a language that is not named", func(edition, _, _, _ *sheet) { edition.rows = append(edition.rows, []string{"title [fr]", "Titre"}) }, []string{
			"sheet Edition, row 8, column B (“value”): there is a text in fr, which is not among the languages of the edition (en): add the language to them, or take the text out"}},
		{"several at once, in the order of the workbook", func(edition, _, scale, items *sheet) {
			items.rows[5][1], scale.rows[3][1], edition.rows[2][1] = "X Y", "three", "v2"
		}, []string{
			"sheet Edition, row 3, column B (“value”): it says “v2”; write one in digits with points, such as 1.0",
			"sheet Scale, row 4, column B (“id”): it says “three”; the answers are numbered from 1 (lowest) to 5",
			"sheet Items, row 6, column B (“id”): it says “X Y”; " + wantIndicator}},
	} {
		t.Run(c.why, func(t *testing.T) {
			s := sheetsOf(Working())
			c.change(&s[0], &s[1], &s[2], &s[3])
			_, err := readBook(s)
			lines := linesOf(t, err)
			plainly(t, lines)
			if diff := cmp.Diff(c.want, lines); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What people do to a workbook and is no mistake.
func TestAWorkbookMayBeUntidy(t *testing.T) {
	s := sheetsOf(Working())
	slices.Reverse(s)
	items, scale := &s[0], &s[1]
	items.name, scale.name = " ITEMS ", "scale"
	items.rows[0][0], items.rows[0][8] = " Level ", "Young-Person  [EN]"
	items.rows[1][0] = "Principle"
	scale.rows[1][0] = "Answer"
	for n := range items.rows[1:] {
		items.rows[n+1] = append(items.rows[n+1], "", "a comment under no heading")
	}
	items.rows = slices.Insert(items.rows, 3, []string{}, []string{"", " "})
	back, err := readBook(append(s, sheet{"Notes", [][]string{{"anything"}}}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Working(), back); diff != "" {
		t.Error(diff)
	}
}

// The places told are those of the file itself, not of what was read from it.
func TestARealWorkbookIsToldByItsCells(t *testing.T) {
	var out bytes.Buffer
	if err := WriteWorkbook(&out, Working()); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	for cell, value := range map[string]string{"B6": "Not An Id", "J9": "nobody"} {
		if err := f.SetCellStr(sheetItems, cell, value); err != nil {
			t.Fatal(err)
		}
	}
	changed, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	_, err = Parse(changed.Bytes())
	want := []string{
		"sheet Items, row 6, column B (“id”): it says “Not An Id”; " + wantIndicator,
		"sheet Items, row 9, column J (“young-person [en] origin”): it says “nobody”; " + wantOrigin}
	if diff := cmp.Diff(want, linesOf(t, err)); diff != "" {
		t.Error(diff)
	}
}

func TestHardTextsAreToldWithoutAbsurdAges(t *testing.T) {
	e, err := Parse(edited(t, func(e part) {
		in(e, "principles", 0, "outcomes", 0, "indicators", 0, "title", "young-person", "en")["text"] = "Professionals consider proportionality considerations appropriately"
		in(e, "principles", 0, "outcomes", 0, "indicators", 1, "title", "young-person", "en")["text"] = "The people in my community understand my religion well"
	}))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, n := range Notes(e) {
		if n.Where != "texts" {
			lines = append(lines, n.Where+": "+n.Message)
		}
	}
	want := []string{
		"indicator equality.1, wording for young people: “Professionals consider proportionality considerations appro…” is hard to read: it takes an adult who reads well; aim at the age of 9. Shorten the sentence, or use simpler words.",
		"indicator equality.2, wording for young people: “The people in my community understand my religion well” is hard to read: it takes a reader of about 15; aim at the age of 9. Shorten the sentence, or use simpler words."}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
}

// The hardest are told one by one, the others by their names.
func TestManyHardTextsAreNotAFlood(t *testing.T) {
	e, err := Parse(edited(t, func(e part) {
		for _, o := range in(e, "principles", 2)["outcomes"].([]any) {
			for _, i := range o.(part)["indicators"].([]any) {
				in(i, "title", "young-person", "en")["text"] = "Professionals consider proportionality"
			}
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	notes := Notes(e)
	if len(notes) != mostHard+2 {
		t.Fatalf("%d notes, want the %d hardest, one of the others and one of who has reviewed them", len(notes), mostHard)
	}
	if more := notes[mostHard]; more.Where != "hard to read too" || !strings.HasPrefix(more.Message, "21 more: indicator emotional-wellbeing.1; ") {
		t.Errorf("%s: %s", more.Where, more.Message)
	}
}

func TestCountingAndNearness(t *testing.T) {
	for n, want := range map[int]string{0: "first", 9: "tenth", 10: "11th", 11: "12th", 12: "13th", 20: "21st", 21: "22nd", 22: "23rd", 110: "111th", 120: "121st"} {
		if got := ordinal(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"id", "idd", 1}, {"vresion", "version", 1}, {"kitten", "sitting", 3}, {"a", "", 1}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("%q to %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
	if got := nearest("colour", []string{"id", "version"}); got != "" {
		t.Errorf("colour is taken for %s", got)
	}
}

// FuzzBook reads sheets made of any text: rows apart by lines, cells by tabs.
// What is taken keeps the rules, and comes back from its own workbook.
func FuzzBook(f *testing.F) {
	as := func(s sheet) string {
		var lines []string
		for _, row := range s.rows {
			lines = append(lines, strings.Join(row, "\t"))
		}
		return strings.Join(lines, "\n")
	}
	s := sheetsOf(small())
	f.Add(as(s[0]), as(s[1]), as(s[2]), as(s[3]))
	f.Add("", "tag\tname\tdirection\nen", "kind\tid\nstate\nanswer\tx", "level\tid\tarticle\tshort [en]\tyoung-person [en]\tpractitioner [en]\nindicator\noutcome\nprinciple")
	f.Fuzz(func(t *testing.T, edition, languages, scale, items string) {
		var sheets []sheet
		for name, text := range map[string]string{sheetEdition: edition, sheetLanguages: languages, sheetScale: scale, sheetItems: items} {
			one := sheet{name: name}
			for line := range strings.SplitSeq(text, "\n") {
				one.rows = append(one.rows, strings.Split(line, "\t"))
			}
			sheets = append(sheets, one)
		}
		e, err := readBook(sheets)
		if err != nil {
			linesOf(t, err)
			return
		}
		if faults := Check(e); len(faults) > 0 {
			t.Errorf("an edition was taken that breaks the rules: %v", faults)
		}
		back, err := readBook(sheetsOf(e))
		if err != nil {
			t.Fatalf("its own workbook is refused: %v", err)
		}
		if diff := cmp.Diff(e, back); diff != "" {
			t.Error(diff)
		}
	})
}
