package service

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strconv"

	"stablefutures/internal/access"
	"stablefutures/internal/locale"
	"stablefutures/internal/publish/sheet"
	"stablefutures/internal/publish/translation"
	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/tabular"
	"stablefutures/internal/store"
)

// ExportLanguage writes the workbook of a language for its translator.
func (s *Service) ExportLanguage(ctx context.Context, actor Actor, tag string, w io.Writer) error {
	t, err := s.Language(ctx, actor, tag)
	if err != nil {
		return err
	}
	var pages, edition []translation.Row
	for _, text := range t.Texts {
		for _, line := range text.Lines {
			row := translation.Row{Name: text.Name, Place: text.Place, English: text.Source.English(), Note: text.Source.Note, Most: text.Source.Most(),
				Form: line.Form, Example: line.Example, Words: line.Words, State: line.State.Label(), Check: text.Check()}
			if text.OfEdition() {
				edition = append(edition, row)
			} else {
				pages = append(pages, row)
			}
		}
	}
	var out bytes.Buffer // whole, before anything of it goes out
	if err := translation.Write(&out, t.Language, pages, edition); err != nil {
		return err
	}
	_, err = out.WriteTo(w)
	return err
}

// TranslationFile is what is asked of a file that a translator sent back.
type TranslationFile struct {
	File
	Language string       // that it must be of; empty for whichever it says
	State    locale.State // of all that is taken; empty for what each row says
	DryRun   bool         // say what would be taken, and take nothing
}

// TranslationReport is what a translator's file says, and what is or would be taken.
type TranslationReport struct {
	Language locale.Language
	Changed  int                 // texts whose words change
	Looked   int                 // texts whose state alone changes
	Same     int                 // texts as they are already
	Absent   int                 // texts of the language that are not in the file: they stay as they are
	New      []TranslationChange // the words of Changed
	Problems []TranslationProblem
}

// TranslationChange is words that take the place of others.
type TranslationChange struct{ English, Form, Before, After string }

// TranslationProblem is a row that is set aside, or a file that is.
type TranslationProblem struct {
	Sheet, Column string
	Row           int // 0 where it is no single row
	Message       string
}

// Where says in which cell it is.
func (p TranslationProblem) Where() string {
	return "sheet " + p.Sheet + ", row " + strconv.Itoa(p.Row) + ", " + p.Column
}

// ImportTranslation takes a translator's file in: what is sound in one step, what is not
// is set aside and told. The same file once more changes nothing. A file that is none is
// Invalid.
func (s *Service) ImportTranslation(ctx context.Context, actor Actor, f TranslationFile) (report TranslationReport, err error) {
	tag, rows, err := translation.Read(f.Data)
	var refused *tabular.Refused
	if errors.As(err, &refused) {
		return report, Invalid{{"files", refused.Message}}
	}
	if err != nil {
		return report, err
	}
	w, ok := locale.Of(tag)
	switch {
	case !ok || tag == locale.SourceTag:
		return report, Invalid{{"files", "The file says that it is of a language into which nothing is translated here. Download the file of the language, fill it in, and send that."}}
	case f.Language != "" && f.Language != tag:
		return report, Invalid{{"files", "The file is of " + w.English() + ". Send it on the page of that language."}}
	case f.State != "" && !slices.Contains(locale.States, f.State):
		return report, Invalid{{"state", "Choose who has looked at the words."}}
	}
	take := func(tx *store.Tx) error {
		t, err := s.translations(tx, actor.Authority, tag)
		if err != nil {
			return err
		}
		r := reader{of: t, state: f.State}
		r.read(rows)
		report = r.report
		return s.addWordings(tx, actor, tag, r.take)
	}
	if f.DryRun {
		if _, err := actor.scope(access.KeepWords); err != nil {
			return report, err
		}
		return report, known(s.db.Rehearse(ctx, take))
	}
	err = s.change(ctx, actor, access.KeepWords, func(tx *store.Tx, _ access.Scope) error { return take(tx) })
	return report, err
}

// addWordings adds wordings with one entry in the log; where there are none, none.
func (s *Service) addWordings(tx *store.Tx, actor Actor, tag string, list []store.Wording) error {
	if len(list) == 0 {
		return nil
	}
	for _, w := range list {
		w.Language, w.ChangedBy = tag, actor.Account
		if err := tx.AddWording(actor.Authority, w); err != nil {
			return err
		}
	}
	return s.audit(tx, actor, "change words", "language", tag, strconv.Itoa(len(list))+" texts")
}

// reader goes through the rows of a translator's file.
type reader struct {
	of     Translations
	state  locale.State // of all; empty for what each row says
	take   []store.Wording
	report TranslationReport
}

func (r *reader) read(rows []translation.Row) {
	r.report.Language = r.of.Language
	byName := map[string][]translation.Row{}
	for _, row := range rows {
		if _, ok := r.of.Find(row.Name); !ok {
			r.wrong(row, translation.Key, "There is no text of this key. Leave the keys as they were in the file that you were sent; a text of a former edition is not needed any more.")
			continue
		}
		byName[row.Name] = append(byName[row.Name], row)
	}
	for _, text := range r.of.Texts {
		if rows, ok := byName[text.Name]; ok {
			r.text(text, rows)
		} else {
			r.report.Absent++
		}
	}
}

func (r *reader) wrong(row translation.Row, column, message string) {
	r.report.Problems = append(r.report.Problems, TranslationProblem{Sheet: row.Sheet, Column: column, Row: row.Number, Message: message})
}

// text takes one text, with all its plural forms, or nothing of it.
func (r *reader) text(text Translation, rows []translation.Row) {
	sound, take, changed := true, []store.Wording(nil), []TranslationChange(nil)
	seen := map[string]bool{}
	for _, row := range rows {
		n := slices.IndexFunc(text.Lines, func(l TranslationLine) bool { return l.Form == row.Form })
		switch {
		case n < 0:
			r.wrong(row, translation.Form, "The language has no such plural form of this text. Leave the column as it was.")
			sound = false
			continue
		case seen[row.Form]:
			r.wrong(row, translation.Key, "This text stands in the file twice. Take one of the rows out.")
			sound = false
			continue
		}
		seen[row.Form] = true
		w, different, ok := r.line(text, text.Lines[n], row)
		sound = sound && ok
		if w.Name != "" {
			take = append(take, w)
		}
		if different {
			changed = append(changed, TranslationChange{text.Source.English(), row.Form, text.Lines[n].Words, w.Words})
		}
	}
	for _, line := range text.Lines {
		if !seen[line.Form] {
			r.wrong(rows[0], translation.Form, "The plural form “"+line.Form+"” (such as "+strconv.Itoa(line.Example)+") is missing. Add its row: without it the sentence is wrong for some numbers.")
			sound = false
		}
	}
	switch {
	case !sound:
	case len(take) == 0:
		r.report.Same++
	case len(changed) > 0:
		r.report.Changed++
		r.report.New = append(r.report.New, changed...)
	default:
		r.report.Looked++
	}
	if sound {
		r.take = append(r.take, take...)
	}
}

// line is the wording that a row makes, none where it changes nothing; ok is false where
// something is wrong with it.
func (r *reader) line(text Translation, before TranslationLine, row translation.Row) (w store.Wording, changed, ok bool) {
	words := locale.Tidy(row.Words)
	state, known := r.stateOf(row)
	wrong := func(column, message string) (store.Wording, bool, bool) {
		r.wrong(row, column, message)
		return store.Wording{}, false, false
	}
	changed = words != before.Words
	switch {
	case row.Check != text.Check():
		return wrong(translation.Check, "The English was changed since the file was made, or the column was. Download the file anew, and see whether the translation still fits.")
	case !known:
		return wrong(translation.State, "Write “"+locale.Machine.Label()+"”, “"+locale.Reviewed.Label()+"” or “"+locale.Tried.Label()+"”.")
	case cell.Unreadable(words) || sheet.Runs(words):
		return wrong(translation.Words, "It begins like a formula. Begin it with another sign.")
	}
	if message := text.Source.Check(r.of.Tag, row.Form, words); message != "" {
		return wrong(translation.Words, message)
	}
	switch {
	case !changed && locale.Worse(state, before.State) == state:
		return store.Wording{}, false, true // a file takes no state back
	case !state.After(before.State, changed):
		return wrong(translation.State, "Young people can have tried only what a translator reviewed and nobody changed since. Have it reviewed first.")
	}
	return store.Wording{Name: text.Name, Form: row.Form, Words: words, State: state}, changed, true
}

func (r *reader) stateOf(row translation.Row) (locale.State, bool) {
	if r.state != "" {
		return r.state, true
	}
	for _, state := range locale.States {
		if locale.Tidy(row.State) == state.Label() || row.State == string(state) {
			return state, true
		}
	}
	return "", false
}

// NewWording is one text as somebody changed it by hand.
type NewWording struct {
	Language, Name string
	Words          map[string]string // by plural form; under "" for a text without
	State          locale.State
}

// KeepWording changes one text, or says who has looked at it. Invalid names the field of
// a form as words or words-few.
func (s *Service) KeepWording(ctx context.Context, actor Actor, n NewWording) error {
	return s.change(ctx, actor, access.KeepWords, func(tx *store.Tx, _ access.Scope) error {
		t, err := s.translations(tx, actor.Authority, n.Language)
		if err != nil {
			return err
		}
		text, ok := t.Find(n.Name)
		if !ok {
			return store.ErrNotFound
		}
		list, wrong := n.lines(text)
		if len(wrong) > 0 {
			return wrong
		}
		return s.addWordings(tx, actor, n.Language, list)
	})
}

// WordsField is the name of the field of a plural form.
func WordsField(form string) string {
	if form == "" {
		return "words"
	}
	return "words-" + form
}

func (n NewWording) lines(text Translation) (list []store.Wording, wrong Invalid) {
	if !slices.Contains(locale.States, n.State) {
		return nil, Invalid{{"state", "Choose who has looked at the words."}}
	}
	allowed := true
	for _, line := range text.Lines {
		words := locale.Tidy(n.Words[line.Form])
		message := text.Source.Check(n.Language, line.Form, words)
		if message == "" && sheet.Runs(words) {
			message = "It begins like a formula. Begin it with another sign."
		}
		if message != "" {
			wrong = append(wrong, FieldError{WordsField(line.Form), message})
		}
		changed := words != line.Words
		allowed = allowed && n.State.After(line.State, changed)
		if changed || n.State != line.State {
			list = append(list, store.Wording{Name: text.Name, Form: line.Form, Words: words, State: n.State})
		}
	}
	if !allowed {
		wrong = append(wrong, FieldError{"state", "Young people can have tried only what a translator reviewed and nobody changed since. Keep it as reviewed first."})
	}
	return list, wrong
}
