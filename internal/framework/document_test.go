package framework

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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
