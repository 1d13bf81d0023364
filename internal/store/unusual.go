package store

import (
	"errors"
	"time"

	"stablefutures/internal/date"
)

// Unusual is reading of records by one person on one day that somebody has to explain.
type Unusual struct {
	ID      string
	Account string
	Kind    string
	Day     date.Date
	Records int // different ones
	FoundAt time.Time
}

// UnusualWord is what was said of unusual reading.
type UnusualWord struct {
	ID      string
	Unusual string
	At      time.Time
	Account string
	Act     string // "explained" or "escalated"
	Words   string
}

// Reading is that an account read a record within an hour.
type Reading struct {
	Account string
	Hour    time.Time // its beginning
	Record  string
}

// Relation is that an account had a record, or gave it to somebody, for a time.
type Relation struct {
	Record, Account, BeganBy string
	From, To                 time.Time // To is zero where it goes on
}

var (
	// An hour of London begins with one of UTC, so that hours can be told in SQL.
	readingsSince  = statement(`select distinct account_id, substr(at, 1, 13), subject_id from audit where authority = $1 and at >= $2 and subject = 'record' and act like 'read %' and account_id <> ''`)
	relationsSince = statement(`select c.record_id, a.account_id, a.began_by, a.began_at, coalesce(a.ended_at, '') from allocation a join child c on c.authority = a.authority and c.id = a.child_id where a.authority = $1 and (a.ended_at is null or a.ended_at >= $2)`)
	keepUnusual    = statement(`insert into unusual (authority, id, account_id, kind, day, records, found_at) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (authority, account_id, kind, day) do update set records = excluded.records where unusual.records < excluded.records returning id`)
	unusualSince = statement(`select id, account_id, kind, day, records, found_at from unusual where authority = $1 and day >= $2 order by day desc, account_id, kind`)
	unusualOf    = statement(`select id, account_id, kind, day, records, found_at from unusual where authority = $1 and account_id = $2 order by day desc, kind`)
	unusualByID  = statement(`select id, account_id, kind, day, records, found_at from unusual where authority = $1 and id = $2`)
	unusualWords = statement(`select id, unusual_id, at, account_id, act, words from unusual_word where authority = $1 order by at, id`)
	wordsOf      = statement(`select id, unusual_id, at, account_id, act, words from unusual_word where authority = $1 and unusual_id = $2 order by at, id`)
	addWord      = statement(`insert into unusual_word (authority, unusual_id, id, at, account_id, act, words) values ($1, $2, $3, $4, $5, $6, $7)`)
)

// ReadingsSince are who read which record in which hour, by the log.
func (tx *Tx) ReadingsSince(authority string, from time.Time) ([]Reading, error) {
	return all(tx, readingsSince, []any{authority, instant(from)}, func(row scanner) (Reading, error) {
		var r Reading
		var hour string
		err := row.Scan(&r.Account, &hour, &r.Record)
		r.Hour, _ = time.Parse("2006-01-02T15", hour) // the zero hour where the log was spoiled
		return r, err
	})
}

// RelationsSince are the allocations that held at some time since.
func (tx *Tx) RelationsSince(authority string, from time.Time) ([]Relation, error) {
	return all(tx, relationsSince, []any{authority, instant(from)}, func(row scanner) (Relation, error) {
		var r Relation
		var began, ended string
		err := row.Scan(&r.Record, &r.Account, &r.BeganBy, &began, &ended)
		r.From, r.To = parseInstant(began), parseInstant(ended)
		return r, err
	})
}

// KeepUnusual keeps what was found, and tells whether it is new: of one person, kind
// and day there is one, and only its number of records grows.
func (tx *Tx) KeepUnusual(authority string, u Unusual) (fresh bool, err error) {
	var id string
	err = tx.one(keepUnusual, []any{authority, u.ID, u.Account, u.Kind, u.Day, u.Records, instant(tx.Now)}, &id)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return id == u.ID, err
}

// UnusualSince is all unusual reading since a day, the latest first.
func (tx *Tx) UnusualSince(authority string, from date.Date) ([]Unusual, error) {
	return all(tx, unusualSince, []any{authority, from}, scanUnusual)
}

// UnusualOf is the unusual reading of one person, the latest first.
func (tx *Tx) UnusualOf(authority, account string) ([]Unusual, error) {
	return all(tx, unusualOf, []any{authority, account}, scanUnusual)
}

// Unusual is one finding; ErrNotFound where there is none.
func (tx *Tx) Unusual(authority, id string) (Unusual, error) {
	rows, err := all(tx, unusualByID, []any{authority, id}, scanUnusual)
	return first(rows, err)
}

// UnusualWords is all that was said of unusual reading, the earliest first.
func (tx *Tx) UnusualWords(authority string) ([]UnusualWord, error) {
	return all(tx, unusualWords, []any{authority}, scanUnusualWord)
}

// WordsOfUnusual is what was said of one finding, the earliest first.
func (tx *Tx) WordsOfUnusual(authority, id string) ([]UnusualWord, error) {
	return all(tx, wordsOf, []any{authority, id}, scanUnusualWord)
}

// AddUnusualWord adds what somebody says of a finding.
func (tx *Tx) AddUnusualWord(authority string, w UnusualWord) error {
	return tx.exec(addWord, authority, w.Unusual, w.ID, instant(tx.Now), w.Account, w.Act, w.Words)
}

func scanUnusual(row scanner) (Unusual, error) {
	var u Unusual
	var found string
	err := row.Scan(&u.ID, &u.Account, &u.Kind, &u.Day, &u.Records, &found)
	u.FoundAt = parseInstant(found)
	return u, err
}

func scanUnusualWord(row scanner) (UnusualWord, error) {
	var w UnusualWord
	var at string
	err := row.Scan(&w.ID, &w.Unusual, &at, &w.Account, &w.Act, &w.Words)
	w.At = parseInstant(at)
	return w, err
}
