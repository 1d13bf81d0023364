package template

import (
	"fmt"
	"strings"
	"time"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/id"
	"stablefutures/internal/register"
	"stablefutures/internal/returns/shown"
	"stablefutures/internal/returns/table"
)

// longest words and the longest of the short texts, in characters.
const (
	maxWords    = 10_000
	maxShort    = 100
	maxLanguage = 40
)

// readReadings reads the rows of the readings template. A reading whose child,
// day, edition, indicator, voice or answer is not certain is set aside.
func readReadings(out *table.Table, header []string, rows [][]string, number func(i int) int, opt table.Options) {
	r := &readingsReader{sheetReader: newSheetReader(out, header), today: opt.Today, editions: map[string]*editionIndex{}, seen: map[string]int{}}
	for _, e := range opt.Editions {
		r.editions[foldID(e.ID)] = newEditionIndex(e)
		r.ids = append(r.ids, e.ID)
	}
	for i, cells := range rows {
		if !r.begin(number(i), cells) {
			continue
		}
		r.notes = r.notes[:0]
		row, ok := r.row()
		if ok {
			ok = r.once(row)
		}
		r.end(ok)
		if ok {
			out.Readings = append(out.Readings, row)
			r.count(r.notes)
		}
	}
	out.Problems = r.log.Problems()
}

type readingsReader struct {
	*sheetReader
	today    date.Date
	editions map[string]*editionIndex
	ids      []string
	seen     map[string]int // a reading in words to the row in which it stands
	notes    []observed
}

// refuse sets the row aside.
func (r *readingsReader) refuse(id, code, format string, args ...any) {
	r.tell(id, code, fmt.Sprintf(format, args...)+" The row is set aside.", true)
}

// text is a cell of which a sign for an empty one is blank, and noted.
func (r *readingsReader) text(id string) string {
	text, told := r.value(id)
	r.notes = append(r.notes, told...)
	return text
}

func (r *readingsReader) note(id, cell, takenAs string) {
	r.notes = append(r.notes, observed{id, cell, takenAs})
}

func (r *readingsReader) row() (table.ReadingRow, bool) {
	row := table.ReadingRow{Conversation: oneLine(r.cell(colConversation)), Sheet: r.out.Sheet, Number: r.number}
	child, notes, ok := r.child()
	r.notes = append(r.notes, notes...)
	if row.Child = child; !ok || !r.readable() {
		return row, false
	}
	if len(row.Conversation) > maxShort || shown.Postcode(row.Conversation) {
		r.refuse(colConversation, "long-text", "The conversation's word is longer than %d characters, or looks like an address: use a short one.", maxShort)
		return row, false
	}
	edition := r.edition()
	said := r.saidOn()
	voice, voiceOK := r.voice()
	if edition == nil || !said.Known() || !voiceOK {
		return row, false
	}
	indicator, indicatorOK := r.indicator(edition)
	state, value, answerOK := r.answer(edition)
	words := cleanWords(r.cell(colWords))
	if len([]rune(words)) > maxWords {
		r.refuse(colWords, "long-text", "The words are longer than %d characters: shorten them.", maxWords)
		return row, false
	}
	row.Language = r.language(edition)
	row.Reading = conversation.Reading{
		Edition: edition.edition.ID, Indicator: indicator, Voice: voice, State: state, Value: value,
		HelpedBy: r.helpedBy(), Evidence: r.evidence(voice), Words: words, SaidOn: said,
		ID: r.id(colReading), Replaces: r.id(colReplaces), RecordedAt: r.recordedAt(),
	}
	return row, indicatorOK && answerOK
}

// recordedAt is when an export says that the answer was recorded; the zero time where
// the file says nothing that can be read.
func (r *readingsReader) recordedAt() time.Time {
	text := r.cell(colRecordedAt)
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		r.tell(colRecordedAt, "impossible-date", "This is no moment as an export writes it, such as 2026-03-31T09:30:00Z: it is left out.", false)
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}

// edition is the edition named; where none is named and only one may be, that one.
func (r *readingsReader) edition() *editionIndex {
	text := r.text(colEdition)
	if text == "" && len(r.ids) == 1 {
		r.note(colEdition, "", r.ids[0])
		return r.editions[foldID(r.ids[0])]
	}
	found := r.editions[foldID(text)]
	switch {
	case text == "":
		r.refuse(colEdition, "missing-edition", "The edition is missing: name one of %s.", list(r.ids))
	case found == nil:
		r.refuse(colEdition, "unknown-edition", "%s is no edition here: name one of %s, or import the edition first.", shown.Cell(text), list(r.ids))
	case found.edition.ID != text:
		r.note(colEdition, text, found.edition.ID)
	}
	return found
}

func (r *readingsReader) saidOn() date.Date {
	text, told := r.day(colSaidOn)
	r.notes = append(r.notes, told...)
	day, _, err := register.ParseValue(dayField, text)
	d := date.Date(day)
	switch {
	case text == "":
		r.refuse(colSaidOn, "missing-date", "The day on which it was said is missing: write it as 31/03/2026.")
	case err != nil:
		r.refuse(colSaidOn, "impossible-date", "%s is no day: write it as 31/03/2026.", shown.Cell(text))
	case r.today.Known() && d > r.today:
		r.refuse(colSaidOn, "future-date", "The day %s has not come yet: check the date.", d.Long())
		return ""
	}
	return d
}

func (r *readingsReader) voice() (conversation.Voice, bool) {
	text := r.text(colVoice)
	id, exact, ok := find(voiceWords, text)
	if !ok {
		r.refuse(colVoice, "unknown-voice", "%s is no voice: use %s.", shown.Cell(text), list(labelsOf(voiceWords)))
	} else if !exact {
		r.note(colVoice, text, labelOf(voiceWords, id))
	}
	return conversation.Voice(id), ok
}

func (r *readingsReader) indicator(x *editionIndex) (string, bool) {
	text := r.text(colIndicator)
	id, exact, ok := x.indicator(text)
	switch {
	case text == "":
		r.refuse(colIndicator, "missing-indicator", "The indicator is missing: write its number or its whole wording.")
	case !ok:
		r.refuse(colIndicator, "unknown-indicator", "%s is no indicator of the edition %s: write its number or its whole wording.", shown.Cell(text), x.edition.ID)
	case !exact:
		r.note(colIndicator, text, id)
	}
	return id, ok
}

func (r *readingsReader) answer(x *editionIndex) (conversation.State, int, bool) {
	text := r.text(colAnswer)
	state, value, exact, ok := x.answer(text)
	switch {
	case text == "":
		r.refuse(colAnswer, "missing-answer", "The answer is missing: write 1 to 5, or why there is none (%s).", list(labelsOf(stateWords)))
	case !ok:
		r.refuse(colAnswer, "unknown-answer", "%s is no answer: write 1 to 5, the words of the scale, or one of %s.", shown.Cell(text), list(labelsOf(stateWords)))
	case !exact && value > 0:
		r.note(colAnswer, text, itoa(value))
	case !exact:
		r.note(colAnswer, text, labelOf(stateWords, string(state)))
	}
	return state, value, ok
}

// language is what was spoken, by the name that the edition has for it where it
// has one; another language stands as it was written.
func (r *readingsReader) language(x *editionIndex) string {
	text := oneLine(r.text(colLanguage))
	name, ok := x.languages[fold(text)]
	switch {
	case text == "":
		return ""
	case !ok && (len([]rune(text)) > maxLanguage || strings.ContainsAny(text, "0123456789@")):
		r.tell(colLanguage, "long-text", "This is no language: the cell is left blank. Write its name.", false)
		return ""
	case !ok:
		return text
	case name != text:
		r.note(colLanguage, text, name)
	}
	return name
}

func (r *readingsReader) helpedBy() (helped []conversation.Help) {
	given := map[string]bool{}
	for part := range strings.FieldsFuncSeq(r.text(colHelpedBy), func(c rune) bool { return c == ';' || c == ',' || c == '\n' }) {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		id, exact, ok := find(helpWords, part)
		if !ok {
			r.tell(colHelpedBy, "unknown-code", shown.Cell(part)+" is no kind of help: it is left out. Use one or more of "+list(labelsOf(helpWords))+".", false)
			continue
		}
		if !exact {
			r.note(colHelpedBy, part, labelOf(helpWords, id))
		}
		if !given[id] {
			helped = append(helped, conversation.Help(id))
		}
		given[id] = true
	}
	return helped
}

func (r *readingsReader) evidence(voice conversation.Voice) conversation.Evidence {
	text := r.text(colEvidence)
	if text == "" {
		return ""
	}
	id, exact, ok := find(evidenceWords, text)
	switch {
	case !ok:
		r.tell(colEvidence, "unknown-code", shown.Cell(text)+" is no kind of evidence: the cell is left blank. Use one of "+list(labelsOf(evidenceWords))+".", false)
	case voice != conversation.Worker:
		r.tell(colEvidence, "not-a-workers", "Evidence stands only with a worker's answer: the cell is left out. What young people say needs none.", false)
		return ""
	case !exact:
		r.note(colEvidence, text, labelOf(evidenceWords, id))
	}
	return conversation.Evidence(id)
}

// id is an id that this program made; what is none is left out, and told.
func (r *readingsReader) id(column string) string {
	text := r.text(column)
	if text == "" || id.Valid(text) {
		return text
	}
	r.tell(column, "unknown-id", "This is no id of this program: the cell is left blank. Leave the column empty where the file is no export.", false)
	return ""
}

// once sets aside a row that says again what another said, and tells where one
// voice gave two answers to one indicator in one conversation: both are taken.
func (r *readingsReader) once(row table.ReadingRow) bool {
	g := row.Reading
	where := strings.Join([]string{row.Child, row.Conversation, string(g.SaidOn), g.Edition, g.Indicator, string(g.Voice)}, "\x00")
	whole := fmt.Sprintf("%s\x00%s\x00%s\x00%d\x00%s\x00%s\x00%s\x00%s", where, row.Language, g.State, g.Value, g.HelpedBy, g.Evidence, g.Words, g.ID)
	if before, again := r.seen["w"+whole]; again {
		r.tell(colIndicator, "duplicate-row", fmt.Sprintf("The row is the same as row %d: it is counted once.", before), true)
		return false
	}
	if before, again := r.seen["i"+where]; again && g.ID == "" {
		r.tell(colAnswer, "two-answers", fmt.Sprintf("Row %d holds another answer of the same voice in the same conversation: both are taken.", before), false)
	}
	r.seen["w"+whole], r.seen["i"+where] = row.Number, row.Number
	return true
}

// cleanWords keeps lines apart and drops characters that no file can carry.
func cleanWords(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if c < ' ' && c != '\n' && c != '\t' || c == 0x7F || c == 0xFFFE || c == 0xFFFF {
			return -1
		}
		return c
	}, s))
}
