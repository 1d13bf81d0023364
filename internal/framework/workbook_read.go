package framework

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// largestUnpacked bounds what a workbook may unpack to, in bytes.
const largestUnpacked = 64 << 20

// bookReader reads a workbook into an edition and gathers what is wrong with it.
type bookReader struct {
	file   *excelize.File
	faults Problems
}

// row is one row of a sheet, its cells by the column's name.
type row struct {
	sheet string
	n     int // as the sheet counts, from 1
	cells map[string]string
}

func (r row) where(column string) string {
	return fmt.Sprintf("sheet %s, row %d, column %s", r.sheet, r.n, column)
}

func parseWorkbook(data []byte) (e *Edition, err error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: largestUnpacked, UnzipXMLSizeLimit: largestUnpacked})
	if err != nil {
		return nil, Problems{{"the file", "the workbook cannot be opened; if it is protected by a password, save it without one (" + err.Error() + ")"}}
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	b := &bookReader{file: f}
	e = &Edition{Title: Texts{}, Notice: Texts{}}
	b.readEdition(e)
	b.readLanguages(e)
	b.readScale(e)
	b.readItems(e)
	if len(b.faults) == 0 {
		b.keepToRules(e)
	}
	if len(b.faults) > 0 {
		return nil, b.faults
	}
	return e, nil
}

// keepToRules holds the edition to the same schema and rules as one from JSON.
func (b *bookReader) keepToRules(e *Edition) {
	data, err := json.Marshal(e)
	if err == nil {
		_, err = parseJSON(data)
	}
	var faults Problems
	switch {
	case errors.As(err, &faults):
		b.faults = append(b.faults, faults...)
	case err != nil:
		b.faults = append(b.faults, Problem{"the workbook", err.Error()})
	}
}

func (b *bookReader) say(where, format string, args ...any) {
	b.faults = append(b.faults, Problem{where, fmt.Sprintf(format, args...)})
}

// rows are the rows of a sheet that say anything, by the names of its columns.
// Names are matched without regard to case and spaces around them.
func (b *bookReader) rows(sheet string, needed ...string) []row {
	all, err := b.file.GetRows(sheet)
	if err != nil || len(all) == 0 {
		b.say("the workbook", "there is no sheet %s with a row of headings: export an edition to see the layout", sheet)
		return nil
	}
	names := make([]string, len(all[0]))
	have := map[string]bool{}
	for k, cell := range all[0] {
		names[k] = strings.ToLower(strings.TrimSpace(cell))
		have[names[k]] = true
	}
	for _, name := range needed {
		if !have[name] {
			b.say("sheet "+sheet+", row 1", "there is no column %q", name)
		}
	}
	var list []row
	for n, cells := range all[1:] {
		r := row{sheet, n + 2, map[string]string{}}
		for k, cell := range cells {
			if k < len(names) && names[k] != "" && strings.TrimSpace(cell) != "" {
				r.cells[names[k]] = strings.TrimSpace(cell)
			}
		}
		if len(r.cells) > 0 {
			list = append(list, r)
		}
	}
	return list
}

func (b *bookReader) readEdition(e *Edition) {
	for _, r := range b.rows(sheetEdition, "field", "value") {
		field, value := strings.ToLower(r.cells["field"]), r.cells["value"]
		name, tag, isText := textHeading(field)
		switch {
		case field == "id":
			e.ID = value
		case field == "version":
			e.Version = value
		case field == "published":
			e.Published = b.yes(r, value)
		case isText && name == "title":
			e.Title[tag] = text(value, r.cells["origin"], r.cells["review"])
		case isText && name == "notice":
			e.Notice[tag] = text(value, r.cells["origin"], r.cells["review"])
		default:
			b.say(r.where("field"), "%q is not known: id, version, published, title [en] and notice [en] are", field)
		}
	}
}

func (b *bookReader) yes(r row, value string) bool {
	switch strings.ToLower(value) {
	case "yes", "true", "1":
		return true
	case "no", "false", "0", "":
		return false
	}
	b.say(r.where("value"), "%q: write yes or no", value)
	return false
}

func (b *bookReader) readLanguages(e *Edition) {
	for _, r := range b.rows(sheetLanguages, "tag", "name", "direction") {
		e.Languages = append(e.Languages, Language{r.cells["tag"], r.cells["name"], r.cells["direction"]})
	}
}

func (b *bookReader) readScale(e *Edition) {
	for _, r := range b.rows(sheetScale, "kind", "id") {
		w, _ := r.texts()
		switch r.cells["kind"] {
		case "answer":
			value, err := strconv.Atoi(r.cells["id"])
			if err != nil {
				b.say(r.where("id"), "%q is no number: the answers are 1 to 5", r.cells["id"])
			}
			e.Scale.Answers = append(e.Scale.Answers, Answer{value, w, words(r.cells["also"])})
		case "state":
			e.Scale.States = append(e.Scale.States, State{r.cells["id"], w})
		default:
			b.say(r.where("kind"), "%q: write answer or state", r.cells["kind"])
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

func (b *bookReader) readItems(e *Edition) {
	for _, r := range b.rows(sheetItems, "level", "id", "article") {
		w, short := r.texts()
		switch r.cells["level"] {
		case levelPrinciple:
			article, err := strconv.Atoi(r.cells["article"])
			if err != nil {
				b.say(r.where("article"), "%q is no number: it is the article of the Convention", r.cells["article"])
			}
			e.Principles = append(e.Principles, Principle{ID: r.cells["id"], Article: article, Title: w})
		case levelOutcome:
			if len(e.Principles) == 0 {
				b.say(r.where("level"), "an outcome stands below its principle, and there is none above this one")
				continue
			}
			p := &e.Principles[len(e.Principles)-1]
			p.Outcomes = append(p.Outcomes, Outcome{ID: r.cells["id"], Short: short, Title: w, Drawing: r.cells["drawing"], Source: r.cells["source"]})
		case levelIndicator:
			o := e.lastOutcome()
			if o == nil {
				b.say(r.where("level"), "an indicator stands below its outcome, and there is none above this one")
				continue
			}
			o.Indicators = append(o.Indicators, Indicator{r.cells["id"], w})
		default:
			b.say(r.where("level"), "%q: write principle, outcome or indicator", r.cells["level"])
		}
	}
}

func (e *Edition) lastOutcome() *Outcome {
	if len(e.Principles) == 0 {
		return nil
	}
	list := e.Principles[len(e.Principles)-1].Outcomes
	if len(list) == 0 {
		return nil
	}
	return &list[len(list)-1]
}

// texts are the texts of a row by audience, and its short ones.
func (r row) texts() (Wording, Texts) {
	w, short := Wording{}, Texts{}
	for heading, value := range r.cells {
		name, tag, ok := textHeading(heading)
		if !ok {
			continue
		}
		t := text(value, r.cells[heading+" origin"], r.cells[heading+" review"])
		if name == "short" {
			short[tag] = t
			continue
		}
		if w[Audience(name)] == nil {
			w[Audience(name)] = Texts{}
		}
		w[Audience(name)][tag] = t
	}
	return w, short
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
	return Text{value, origin, review}
}

// textHeading takes "young-person [en]" apart.
func textHeading(heading string) (name, tag string, ok bool) {
	name, rest, found := strings.Cut(heading, " [")
	tag, ok = strings.CutSuffix(rest, "]")
	return name, tag, found && ok
}
