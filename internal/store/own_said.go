package store

import (
	"database/sql"
	"time"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
)

// OwnSaid is something that a young person said on their own page and that is no
// reading: an answer that they keep to one person or to themselves, words, a drawing, a
// picture, a sound. What is kept stands in no table that anything else reads: no page, no
// count and no export can come upon it by mistake.
type OwnSaid struct {
	ID           string
	Child        string // the record
	Conversation string
	Kind         string // answer, words, drawing, picture, sound
	Outcome      string // empty where it is about nothing special
	Indicator    string // of an answer
	State        conversation.State
	Value        int
	Words        string
	Audience     conversation.Audience
	Account      string // whom alone, for conversation.One
	SaidOn       date.Date
	SaidAt       time.Time
	OpenedAt     time.Time // when it was opened to all who help; zero where it was not
	Reading      string    // the reading that an answer became then
	File         string    // what the file is, such as image/png; empty for none
}

// OwnFile is a drawing, a picture or a sound.
type OwnFile struct {
	ID    string // of the OwnSaid
	Child string
	Kind  string // image/png, …
	Body  []byte
}

const ownSaidColumns = `select s.id, s.child_id, s.conversation_id, s.kind, s.outcome, s.indicator, s.state, s.value, s.words, s.audience, s.account_id, s.said_on, s.said_at, s.opened_at, s.reading_id, coalesce(f.kind, '')
	from own_said s join child c on c.authority = s.authority and c.id = s.child_id
	left join own_file f on f.authority = s.authority and f.id = s.id `

var (
	insertOwnSaid = statement(`insert into own_said (authority, id, child_id, conversation_id, kind, outcome, indicator, state, value, words, audience, account_id, said_on, said_at, reading_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '')`)
	ownSaidOf     = statement(ownSaidColumns + `where s.authority = $1 and c.record_id = $2 order by s.said_at, s.id`)
	oneOwnSaid    = statement(ownSaidColumns + `where s.authority = $1 and c.record_id = $2 and s.id = $3`)
	ownSaidFor    = statement(ownSaidColumns + `where s.authority = $1 and c.record_id = $2 and s.reading_id = '' and (s.audience = 'helpers' or s.audience = 'one' and s.account_id = $3) order by s.said_at desc, s.id`)
	openOwnSaid   = statement(`update own_said set audience = 'helpers', account_id = '', opened_at = $3, reading_id = $4 where authority = $1 and id = $2 and audience <> 'helpers'`)
	insertOwnFile = statement(`insert into own_file (authority, id, child_id, kind, size, body) values ($1, $2, $3, $4, $5, $6)`)
	ownFileBytes  = statement(`select coalesce(sum(f.size), 0) from own_said s join child c on c.authority = s.authority and c.id = s.child_id
	join own_file f on f.authority = s.authority and f.id = s.id where s.authority = $1 and c.record_id = $2 and s.said_on = $3`)
	selectOwnFile = statement(`select id, child_id, kind, body from own_file where authority = $1 and id = $2`)
)

// AddOwnSaid keeps what was said; ErrConflict where its id is there already.
func (tx *Tx) AddOwnSaid(authority string, s OwnSaid) error {
	words, err := tx.sealText(childOf(authority, s.Child), place(authority, "own_said", "words", s.ID), s.Words)
	if err != nil {
		return err
	}
	return tx.exec(insertOwnSaid, authority, s.ID, s.Child, s.Conversation, s.Kind, s.Outcome, s.Indicator, string(s.State), s.Value, words,
		string(s.Audience), s.Account, string(s.SaidOn), instant(tx.Now))
}

// OwnSaidOf is all that a young person said so, for themselves alone, the first first.
func (tx *Tx) OwnSaidOf(authority, record string) ([]OwnSaid, error) {
	return tx.openedSaid(authority, ownSaidOf, authority, record)
}

// OneOwnSaid is one of them; ErrNotFound where it is not of this record.
func (tx *Tx) OneOwnSaid(authority, record, id string) (OwnSaid, error) {
	return first(tx.openedSaid(authority, oneOwnSaid, authority, record, id))
}

// OwnSaidFor is what an account may see of it, the latest first: what is for everybody
// who helps, and what is for this account alone. What became a reading is among the
// readings.
func (tx *Tx) OwnSaidFor(authority, record, account string) ([]OwnSaid, error) {
	return tx.openedSaid(authority, ownSaidFor, authority, record, account)
}

// OpenOwnSaid opens something to everybody who helps; ErrNotFound where it is open
// already. reading is the reading that an answer became; empty for what is none.
func (tx *Tx) OpenOwnSaid(authority, id, reading string) error {
	return tx.execOne(openOwnSaid, authority, id, instant(tx.Now), reading)
}

// AddOwnFile keeps the file of what was said.
func (tx *Tx) AddOwnFile(authority string, f OwnFile) error {
	body, err := tx.sealText(childOf(authority, f.Child), place(authority, "own_file", "body", f.ID), string(f.Body))
	if err != nil {
		return err
	}
	return tx.exec(insertOwnFile, authority, f.ID, f.Child, f.Kind, len(f.Body), body)
}

// OwnFileBytes is how many bytes of files a young person gave on one day.
func (tx *Tx) OwnFileBytes(authority, record string, day date.Date) (n int, err error) {
	err = tx.one(ownFileBytes, []any{authority, record, string(day)}, &n)
	return n, err
}

// OwnFile is the file of what was said, by its id.
func (tx *Tx) OwnFile(authority, id string) (OwnFile, error) {
	list, err := all(tx, selectOwnFile, []any{authority, id}, func(row scanner) (f OwnFile, err error) {
		err = row.Scan(&f.ID, &f.Child, &f.Kind, &f.Body)
		return f, err
	})
	f, err := first(list, err)
	if err != nil {
		return f, err
	}
	body, err := tx.openText(childOf(authority, f.Child), place(authority, "own_file", "body", f.ID), string(f.Body))
	f.Body = []byte(body)
	return f, err
}

func (tx *Tx) openedSaid(authority string, q stmt, args ...any) ([]OwnSaid, error) {
	list, err := all(tx, q, args, func(row scanner) (s OwnSaid, err error) {
		var said string
		var at sql.NullString
		err = row.Scan(&s.ID, &s.Child, &s.Conversation, &s.Kind, &s.Outcome, &s.Indicator, &s.State, &s.Value, &s.Words, &s.Audience, &s.Account,
			&s.SaidOn, &said, &at, &s.Reading, &s.File)
		s.SaidAt, s.OpenedAt = parseInstant(said), parseInstant(at.String)
		return s, err
	})
	return opened(list, err, func(s *OwnSaid) (err error) {
		s.Words, err = tx.openText(childOf(authority, s.Child), place(authority, "own_said", "words", s.ID), s.Words)
		return err
	})
}
