package framework

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

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
