package framework

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// largestUnpacked bounds what a workbook may unpack to, in bytes.
const largestUnpacked = 64 << 20

func parseWorkbook(data []byte) (e *Edition, err error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: largestUnpacked, UnzipXMLSizeLimit: largestUnpacked})
	if err != nil {
		return nil, aboutFile("it cannot be opened as an Excel workbook: it may be damaged, too large, or of another kind. Open it in a spreadsheet program, save it as .xlsx, and try again")
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var sheets []sheet
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			return nil, Problems{{"sheet " + plain(name), "it cannot be read: open the file in a spreadsheet program, save it as .xlsx, and try again"}}
		}
		sheets = append(sheets, sheet{name, rows})
	}
	return readBook(sheets)
}

// sheet is a sheet of a workbook as it was read: the first row has the headings.
type sheet struct {
	name string
	rows [][]string
}

// readBook makes an edition of a workbook's sheets. Where its layout is wrong,
// such as a heading, that is all that is told: the rest would follow from it.
func readBook(sheets []sheet) (*Edition, error) {
	b := newBook(sheets)
	e := &Edition{Title: Texts{}, Notice: Texts{}, Prompt: Texts{}, Languages: []Language{}, Principles: []Principle{}, Scale: Scale{[]Answer{}, []State{}}}
	b.readLanguages(e)
	if len(b.tags) > 0 {
		b.readEdition(e)
		b.readScale(e)
		b.readItems(e)
	} else {
		for _, name := range []string{sheetEdition, sheetScale, sheetItems} {
			b.find(name)
		}
	}
	if len(e.Prompt) == 0 {
		e.Prompt = nil // as a file has it that says nothing of a prompt
	}
	if len(b.layout) > 0 {
		return nil, told(b.layout)
	}
	data, err := json.Marshal(e)
	if err != nil {
		return nil, Problems{{"the workbook", err.Error()}}
	}
	root, err := asDocument(e)
	if err != nil {
		return nil, Problems{{"the workbook", err.Error()}}
	}
	_, faults := read(data, root)
	if list := b.findings(faults); len(list) > 0 {
		return nil, told(list)
	}
	return e, nil
}

// row is one row of a sheet, its cells by the heading of their column.
type row struct {
	sheet string
	n     int // as the sheet counts, from 1
	cells map[string]string
}

func (b *book) readLanguages(e *Edition) {
	for _, r := range b.table(sheetLanguages, []string{"tag", "name", "direction"}, nil) {
		b.stands(path{}.item("languages", len(e.Languages)), r)
		e.Languages = append(e.Languages, Language{r.cells["tag"], r.cells["name"], strings.ToLower(r.cells["direction"])})
		if tag := r.cells["tag"]; tag != "" {
			b.tags = append(b.tags, tag)
		}
	}
	if len(b.tags) == 0 && len(b.layout) == 0 {
		b.misplaced(place{sheet: sheetLanguages}, "", "there is no row with a tag below the headings: "+wanted["languages"])
	}
}

func (b *book) readEdition(e *Edition) {
	seen := map[string]bool{}
	known := append([]string{"id", "version", "published"}, b.headingsOf("title", "notice", textPrompt)...)
	for _, r := range b.table(sheetEdition, []string{"field", "value"}, []string{"origin", "review"}) {
		field, value := b.own(r.cells["field"]), r.cells["value"]
		if seen[field] {
			b.misplaced(b.cell(r, "field"), field, "a field stands once: take one of the two rows out")
			continue
		}
		seen[field] = true
		name, tag, isText := textHeading(field)
		at := path{field}
		if isText {
			at = path{name, tag}
		}
		b.stands(at, r)
		t := text(value, r.cells["origin"], r.cells["review"])
		switch {
		case field == "id":
			e.ID = value
		case field == "version":
			e.Version = value
		case field == "published":
			e.Published = b.yes(r, value)
		case isText && name == "title":
			e.Title[tag] = t
		case isText && name == "notice":
			e.Notice[tag] = t
		case isText && name == textPrompt:
			e.Prompt[tag] = t
		default:
			b.misplaced(b.cell(r, "field"), r.cells["field"], meant(field, known))
		}
	}
}

// meant says what an unknown word may be a slip for, or which words are known.
func meant(word string, known []string) string {
	if near := nearest(word, known); near != "" {
		return "it may be a slip for “" + near + "”"
	}
	return "it is not known: write " + listed(known, "or") + ", or take the row out"
}

func (b *book) yes(r row, value string) bool {
	switch strings.ToLower(value) {
	case "yes", "true", "1":
		return true
	case "no", "false", "0", "":
		return false
	}
	b.wrong(b.cell(r, "value"), value, "write yes where this is the published framework, and otherwise no")
	return false
}

func (b *book) readScale(e *Edition) {
	for _, r := range b.table(sheetScale, append([]string{"kind", "id"}, b.needed(scaleTexts...)...), append([]string{"also"}, b.headingsOf(scaleTexts...)...)) {
		w, _, _ := r.texts()
		switch strings.ToLower(r.cells["kind"]) {
		case "answer":
			value, err := strconv.Atoi(r.cells["id"])
			if err != nil {
				b.wrong(b.cell(r, "id"), r.cells["id"], "the answers are numbered from 1 (lowest) to 5")
			}
			b.stands(path{"scale"}.item("answers", len(e.Scale.Answers)), r)
			e.Scale.Answers = append(e.Scale.Answers, Answer{value, w, words(r.cells["also"])})
		case "state":
			b.stands(path{"scale"}.item("states", len(e.Scale.States)), r)
			e.Scale.States = append(e.Scale.States, State{r.cells["id"], w})
			b.unused(r, "a state", "also")
		default:
			b.misplaced(b.cell(r, "kind"), r.cells["kind"], "write answer or state")
		}
	}
}

// words are the words of a cell, apart by semicolons.
func words(cell string) []string {
	var list []string
	for word := range strings.SplitSeq(cell, ";") {
		if word = strings.TrimSpace(word); word != "" {
			list = append(list, word)
		}
	}
	return list
}

func (b *book) readItems(e *Edition) {
	needed := append([]string{"level", "id", "article"}, b.needed(textShort, string(YoungPerson), string(Practitioner))...)
	for _, r := range b.table(sheetItems, needed, append([]string{"drawing", "source"}, b.headingsOf(itemTexts...)...)) {
		w, short, prompt := r.texts()
		last := len(e.Principles) - 1
		switch strings.ToLower(r.cells["level"]) {
		case levelPrinciple:
			article, err := strconv.Atoi(r.cells["article"])
			if err != nil {
				b.wrong(b.cell(r, "article"), r.cells["article"], wanted["article"])
			}
			b.stands(path{}.item("principles", last+1), r)
			b.unused(r, "a principle", "drawing", "source", textShort, textPrompt)
			e.Principles = append(e.Principles, Principle{ID: r.cells["id"], Article: article, Title: w, Outcomes: []Outcome{}})
		case levelOutcome:
			if last < 0 {
				b.orphan(r, "an outcome", "principle")
				continue
			}
			p := &e.Principles[last]
			b.stands(path{}.item("principles", last).item("outcomes", len(p.Outcomes)), r)
			b.unused(r, "an outcome", "article")
			p.Outcomes = append(p.Outcomes, Outcome{ID: r.cells["id"], Short: short, Title: w, Drawing: r.cells["drawing"], Source: r.cells["source"], Prompt: prompt, Indicators: []Indicator{}})
		case levelIndicator:
			if last < 0 || len(e.Principles[last].Outcomes) == 0 {
				b.orphan(r, "an indicator", "outcome")
				continue
			}
			list := e.Principles[last].Outcomes
			o := &list[len(list)-1]
			b.stands(path{}.item("principles", last).item("outcomes", len(list)-1).item("indicators", len(o.Indicators)), r)
			b.unused(r, "an indicator", "article", "drawing", "source", textShort, textPrompt)
			o.Indicators = append(o.Indicators, Indicator{r.cells["id"], w})
		default:
			b.misplaced(b.cell(r, "level"), r.cells["level"], "write principle, outcome or indicator")
		}
	}
}

// orphan tells a row that stands above what it belongs to; of those that follow
// each other, the first.
func (b *book) orphan(r row, what, parent string) {
	if b.orphaned != r.n-1 {
		b.misplaced(b.cell(r, "level"), "", what+" stands below its "+parent+", and there is none above this one: put the row of the "+parent+" above it")
	}
	b.orphaned = r.n
}

// texts are the texts of a row by audience, and those that are the same for all.
func (r row) texts() (w Wording, short, prompt Texts) {
	w, short = Wording{}, Texts{}
	for heading, value := range r.cells {
		name, tag, ok := textHeading(heading)
		if !ok {
			continue
		}
		t := text(value, r.cells[heading+" origin"], r.cells[heading+" review"])
		switch name {
		case textShort:
			short[tag] = t
		case textPrompt:
			if prompt == nil {
				prompt = Texts{}
			}
			prompt[tag] = t
		default:
			if w[Audience(name)] == nil {
				w[Audience(name)] = Texts{}
			}
			w[Audience(name)][tag] = t
		}
	}
	return w, short, prompt
}

// text is a text of a workbook. Whoever leaves its origin empty brought it
// along themselves: it is the authority's own until they say otherwise.
func text(value, origin, review string) Text {
	if origin == "" {
		origin = "authority"
	}
	if review == "" {
		review = "none"
	}
	return Text{value, strings.ToLower(origin), strings.ToLower(review)}
}

// textHeading takes "young-person [en]" apart.
func textHeading(heading string) (name, tag string, ok bool) {
	name, rest, found := strings.Cut(heading, " [")
	tag, ok = strings.CutSuffix(rest, "]")
	return name, tag, found && ok
}
