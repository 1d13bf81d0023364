package store

import (
	"database/sql"
	"time"

	"stablefutures/internal/seal"
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

	// Of a session for which the council's sign-in service vouches.
	Refresh   string    // with which it is asked again, sealed as soon as it is kept; empty where it gave none
	VouchedAt time.Time // when it last vouched
	AskedAt   time.Time // when it was last asked again; zero where it never was
}

const sessionColumns = `select token_hash, account_id, created_at, seen_at, ended_at, way, whole, stepped_up_at, browser, refresh, vouched_at, asked_at from session `

var (
	insertSession = statement(`insert into session (authority, token_hash, account_id, created_at, seen_at, way, whole, stepped_up_at, browser, refresh, vouched_at) values ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10)`)
	selectSession = statement(sessionColumns + `where authority = $1 and token_hash = $2 and ended_at is null`)
	wasSession    = statement(sessionColumns + `where authority = $1 and token_hash = $2`)
	listSessions  = statement(sessionColumns + `where authority = $1 and account_id = $2 and ended_at is null and created_at >= $3 and seen_at >= $4 order by seen_at desc, token_hash`)
	touchSession  = statement(`update session set seen_at = $3 where authority = $1 and token_hash = $2`)
	stepUpSession = statement(`update session set token_hash = $3, stepped_up_at = $4, seen_at = $4 where authority = $1 and token_hash = $2 and ended_at is null`)
	endSession    = statement(`update session set ended_at = $3, refresh = '' where authority = $1 and token_hash = $2 and ended_at is null`)
	endOthers     = statement(`update session set ended_at = $4, refresh = '' where authority = $1 and account_id = $2 and token_hash <> $3 and ended_at is null`)
	vouchSession  = statement(`update session set refresh = case when $3 = '' then refresh else $3 end, vouched_at = $4 where authority = $1 and token_hash = $2 and ended_at is null`)
	askSession    = statement(`update session set asked_at = $3 where authority = $1 and token_hash = $2 and asked_at = $4 and ended_at is null`)
	dropRefresh   = statement(`update session set refresh = '' where authority = $1 and account_id = $2 and created_at < $3 and refresh <> ''`)
)

// AddSession begins a session.
func (tx *Tx) AddSession(authority string, s Session) error {
	refresh, err := tx.sealText(ownOf(authority), refreshPlace(authority, s.Account), s.Refresh)
	if err != nil {
		return err
	}
	return tx.exec(insertSession, authority, s.Hash, s.Account, instant(tx.Now), s.Way, flag(s.Whole), instantOrNone(s.SteppedUpAt), s.Browser, refresh, instantOrNone(s.VouchedAt))
}

func instantOrNone(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return instant(t)
}

// Vouch notes that the council's sign-in service vouches now for the owner of a
// session, and with what it is asked the next time: with the same as before where
// refresh is empty. ErrNotFound where the session is over.
func (tx *Tx) Vouch(authority string, s Session, refresh string) error {
	sealed, err := tx.sealText(ownOf(authority), refreshPlace(authority, s.Account), refresh)
	if err != nil {
		return err
	}
	return tx.execOne(vouchSession, authority, s.Hash, sealed, instant(tx.Now))
}

// AskAgain notes that the sign-in service is being asked about a session as it was
// read: of several at once, for one. ErrNotFound for the others.
func (tx *Tx) AskAgain(authority string, s Session) error {
	return tx.execOne(askSession, authority, s.Hash, instant(tx.Now), instantOrNone(s.AskedAt))
}

// DropRefresh forgets with what the service would be asked about sessions of an account
// that began before an instant.
func (tx *Tx) DropRefresh(authority, account string, before time.Time) error {
	return tx.exec(dropRefresh, authority, account, instant(before))
}

// OpenRefresh opens what stands sealed in Refresh of a session that was read.
func (tx *Tx) OpenRefresh(authority string, s Session) (string, error) {
	if s.Refresh == "" {
		return "", nil
	}
	return tx.openText(ownOf(authority), refreshPlace(authority, s.Account), s.Refresh)
}

// refreshPlace names the account and not the session's token, which changes as the
// session goes on.
func refreshPlace(authority, account string) seal.Place {
	return place(authority, "session", "refresh", account)
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
	var created, seen, steppedUp, vouched, asked string
	var ended sql.NullString
	var whole int
	err := row.Scan(&s.Hash, &s.Account, &created, &seen, &ended, &s.Way, &whole, &steppedUp, &s.Browser, &s.Refresh, &vouched, &asked)
	s.CreatedAt, s.SeenAt, s.EndedAt = parseInstant(created), parseInstant(seen), parseInstant(ended.String)
	s.VouchedAt, s.AskedAt = parseInstant(vouched), parseInstant(asked)
	s.Whole, s.SteppedUpAt = whole == 1, parseInstant(steppedUp)
	return s, err
}
