package store

import (
	"time"

	"stablefutures/internal/locale"
)

// Wording is a text that an authority put in the place of one that came with the
// program, or the state that it gave to one. Rows are only added: the latest of a
// language, name and form holds, and what one said before can be found again.
type Wording struct {
	Number    int64  // counts the authority's wordings from 1
	Language  string // tag
	Name      string // page/leave, edition/working-2026/outcome.home
	Form      string // plural form; empty for a text without
	Words     string
	State     locale.State
	ChangedAt time.Time
	ChangedBy string // account; empty for the operator
}

const wordingColumns = `select number, language, name, form, words, state, changed_at, changed_by from wording w where authority = $1 and language = $2 `

var (
	insertWording  = statement(`insert into wording (authority, number, language, name, form, words, state, changed_at, changed_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`)
	lastWording    = statement(`select coalesce(max(number), 0) from wording where authority = $1`)
	wordingsOf     = statement(wordingColumns + `and not exists (select 1 from wording n where n.authority = w.authority and n.language = w.language and n.name = w.name and n.form = w.form and n.number > w.number) order by name, form`)
	wordingsOfText = statement(wordingColumns + `and name = $3 order by number desc limit $4`)
)

// AddWording adds a wording, as the next of the authority, whose row is locked.
func (tx *Tx) AddWording(authority string, w Wording) error {
	number, err := tx.LastWording(authority)
	if err != nil {
		return err
	}
	return tx.exec(insertWording, authority, number+1, w.Language, w.Name, w.Form, w.Words, string(w.State), instant(tx.Now), w.ChangedBy)
}

// LastWording is the number of an authority's latest wording, 0 where it has none: what
// was worked out of its wordings holds as long as this is the same.
func (tx *Tx) LastWording(authority string) (number int64, err error) {
	err = tx.one(lastWording, []any{authority}, &number)
	return number, err
}

// Wordings are those of a language that hold.
func (tx *Tx) Wordings(authority, language string) ([]Wording, error) {
	return all(tx, wordingsOf, []any{authority, language}, scanWording)
}

// WordingsOfText are those of one text, the latest first.
func (tx *Tx) WordingsOfText(authority, language, name string, limit int) ([]Wording, error) {
	return all(tx, wordingsOfText, []any{authority, language, name, limit}, scanWording)
}

func scanWording(row scanner) (w Wording, err error) {
	var changed string
	err = row.Scan(&w.Number, &w.Language, &w.Name, &w.Form, &w.Words, &w.State, &changed, &w.ChangedBy)
	w.ChangedAt = parseInstant(changed)
	return w, err
}
