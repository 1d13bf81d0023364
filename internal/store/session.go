package store

import (
	"database/sql"
	"time"
)

// Session is somebody signed in on one device.
type Session struct {
	Hash      string // SHA-256 of its token, which is never kept
	Account   string
	CreatedAt time.Time
	SeenAt    time.Time // when it was last used, to within two minutes
	EndedAt   time.Time // zero where nobody ended it; it may still be too old

	Way         string    // how its owner signed in
	Whole       bool      // false while they have not set up how they sign in
	SteppedUpAt time.Time // when they last gave a second factor; zero where they never did
	Browser     string
}

const sessionColumns = `select token_hash, account_id, created_at, seen_at, ended_at, way, whole, stepped_up_at, browser from session `

var (
	insertSession = statement(`insert into session (authority, token_hash, account_id, created_at, seen_at, way, whole, stepped_up_at, browser) values ($1, $2, $3, $4, $4, $5, $6, $7, $8)`)
	selectSession = statement(sessionColumns + `where authority = $1 and token_hash = $2 and ended_at is null`)
	wasSession    = statement(sessionColumns + `where authority = $1 and token_hash = $2`)
	listSessions  = statement(sessionColumns + `where authority = $1 and account_id = $2 and ended_at is null and created_at >= $3 and seen_at >= $4 order by seen_at desc, token_hash`)
	touchSession  = statement(`update session set seen_at = $3 where authority = $1 and token_hash = $2`)
	stepUpSession = statement(`update session set token_hash = $3, stepped_up_at = $4, seen_at = $4 where authority = $1 and token_hash = $2 and ended_at is null`)
	endSession    = statement(`update session set ended_at = $3 where authority = $1 and token_hash = $2 and ended_at is null`)
	endOthers     = statement(`update session set ended_at = $4 where authority = $1 and account_id = $2 and token_hash <> $3 and ended_at is null`)
)

// AddSession begins a session.
func (tx *Tx) AddSession(authority string, s Session) error {
	steppedUp := ""
	if !s.SteppedUpAt.IsZero() {
		steppedUp = instant(s.SteppedUpAt)
	}
	return tx.exec(insertSession, authority, s.Hash, s.Account, instant(tx.Now), s.Way, flag(s.Whole), steppedUp, s.Browser)
}

// Session is a session that has not been ended; ErrNotFound otherwise.
func (tx *Tx) Session(authority, hash string) (Session, error) {
	rows, err := all(tx, selectSession, []any{authority, hash}, scanSession)
	return first(rows, err)
}

// WasSession is a session whether or not it has been ended; ErrNotFound where
// there never was one.
func (tx *Tx) WasSession(authority, hash string) (Session, error) {
	rows, err := all(tx, wasSession, []any{authority, hash}, scanSession)
	return first(rows, err)
}

// Sessions are the sessions of an account that began and were used since these
// times and have not been ended, the last used first.
func (tx *Tx) Sessions(authority, account string, began, seen time.Time) ([]Session, error) {
	return all(tx, listSessions, []any{authority, account, instant(began), instant(seen)}, scanSession)
}

// TouchSession notes that a session was used.
func (tx *Tx) TouchSession(authority, hash string) error {
	return tx.exec(touchSession, authority, hash, instant(tx.Now))
}

// StepUpSession notes that a second factor was given now, and gives the session
// another token: the one before opens nothing any more. ErrNotFound where the
// session is over.
func (tx *Tx) StepUpSession(authority, hash, fresh string) error {
	return tx.execOne(stepUpSession, authority, hash, fresh, instant(tx.Now))
}

// EndSession ends one session; ending it twice is no error.
func (tx *Tx) EndSession(authority, hash string) error {
	return tx.exec(endSession, authority, hash, instant(tx.Now))
}

// EndOtherSessions ends every session of an account but one.
func (tx *Tx) EndOtherSessions(authority, account, keep string) error {
	return tx.exec(endOthers, authority, account, keep, instant(tx.Now))
}

func scanSession(row scanner) (Session, error) {
	var s Session
	var created, seen, steppedUp string
	var ended sql.NullString
	var whole int
	err := row.Scan(&s.Hash, &s.Account, &created, &seen, &ended, &s.Way, &whole, &steppedUp, &s.Browser)
	s.CreatedAt, s.SeenAt, s.EndedAt = parseInstant(created), parseInstant(seen), parseInstant(ended.String)
	s.Whole, s.SteppedUpAt = whole == 1, parseInstant(steppedUp)
	return s, err
}
