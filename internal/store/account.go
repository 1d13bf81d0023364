package store

import (
	"database/sql"
	"time"

	"stablefutures/internal/access"
)

// Account is somebody who may sign in. Ended accounts stay, so that what they
// did keeps its name.
type Account struct {
	Authority string
	ID        string
	Username  string // lower case
	Name      string
	Role      access.Role
	Team      string // empty for somebody in no team
	Agency    string // of a partner
	Section   string // of a partner: what of a shared record they may see
	Password  string // argon2id, as a PHC string
	CreatedAt time.Time
	CreatedBy string
	EndedAt   time.Time // zero while the account is in use

	OneTime    bool      // somebody else set the password: its owner chooses another at the next sign-in
	PasswordAt time.Time // when the password was set; zero where nobody kept that
	PasswordBy string    // account that set it; empty for the command line
}

// InUse tells whether the account may still sign in.
func (a Account) InUse() bool { return a.EndedAt.IsZero() }

const accountColumns = `select authority, id, username, name, role, team, agency, section, password, created_at, created_by, ended_at, one_time, password_at, password_by from account `

var (
	insertAccount  = statement(`insert into account (authority, id, username, name, role, password, created_at, created_by, one_time, password_at, password_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $7, $8)`)
	selectAccount  = statement(accountColumns + `where authority = $1 and id = $2`)
	accountByName  = statement(accountColumns + `where authority = $1 and username = $2`)
	listAccounts   = statement(accountColumns + `where authority = $1 order by ended_at is not null, username`)
	changeAccount  = statement(`update account set name = $3, role = $4 where authority = $1 and id = $2 and ended_at is null`)
	changePassword = statement(`update account set password = $3, one_time = $4, password_at = $5, password_by = $6 where authority = $1 and id = $2 and ended_at is null`)
	endAccount     = statement(`update account set ended_at = $3 where authority = $1 and id = $2 and ended_at is null`)
	endAllSessions = statement(`update session set ended_at = $3 where authority = $1 and account_id = $2 and ended_at is null`)
	endAllocations = statement(`update allocation set ended_at = $3, ended_by = $4 where authority = $1 and account_id = $2 and ended_at is null`)
	insertSession  = statement(`insert into session (authority, token_hash, account_id, created_at, seen_at) values ($1, $2, $3, $4, $4)`)
	selectSession  = statement(`select account_id, created_at, seen_at from session where authority = $1 and token_hash = $2 and ended_at is null`)
	wasSession     = statement(`select account_id, created_at, seen_at, ended_at from session where authority = $1 and token_hash = $2`)
	touchSession   = statement(`update session set seen_at = $3 where authority = $1 and token_hash = $2`)
	endSession     = statement(`update session set ended_at = $3 where authority = $1 and token_hash = $2 and ended_at is null`)
)

// AddAccount adds an account, its password set by whoever adds it; ErrConflict
// where its username is taken.
func (tx *Tx) AddAccount(a Account) error {
	return tx.exec(insertAccount, a.Authority, a.ID, a.Username, a.Name, string(a.Role), a.Password, instant(tx.Now), a.CreatedBy, flag(a.OneTime))
}

// Account is one account; ErrNotFound where there is none.
func (tx *Tx) Account(authority, id string) (Account, error) {
	rows, err := all(tx, selectAccount, []any{authority, id}, scanAccount)
	return first(rows, err)
}

// AccountNamed is the account with a username; ErrNotFound where there is none.
func (tx *Tx) AccountNamed(authority, username string) (Account, error) {
	rows, err := all(tx, accountByName, []any{authority, username}, scanAccount)
	return first(rows, err)
}

// Accounts are all accounts of an authority, those in use first.
func (tx *Tx) Accounts(authority string) ([]Account, error) {
	return all(tx, listAccounts, []any{authority}, scanAccount)
}

// ChangeAccount gives an account in use another name and role.
func (tx *Tx) ChangeAccount(authority, id, name string, role access.Role) error {
	return tx.execOne(changeAccount, authority, id, name, string(role))
}

// ChangePassword gives an account in use another password; one that somebody else
// set is good for one sign-in.
func (tx *Tx) ChangePassword(authority, id, password, by string) error {
	return tx.execOne(changePassword, authority, id, password, flag(by != id), instant(tx.Now), by)
}

// EndAccount ends an account, its sessions and its allocations.
func (tx *Tx) EndAccount(authority, id, by string) error {
	if err := tx.execOne(endAccount, authority, id, instant(tx.Now)); err != nil {
		return err
	}
	if err := tx.EndSessions(authority, id); err != nil {
		return err
	}
	return tx.exec(endAllocations, authority, id, instant(tx.Now), by)
}

// EndSessions ends every session of an account.
func (tx *Tx) EndSessions(authority, account string) error {
	return tx.exec(endAllSessions, authority, account, instant(tx.Now))
}

func scanAccount(row scanner) (Account, error) {
	var a Account
	var created, set string
	var oneTime int
	var ended sql.NullString
	err := row.Scan(&a.Authority, &a.ID, &a.Username, &a.Name, &a.Role, &a.Team, &a.Agency, &a.Section, &a.Password, &created, &a.CreatedBy, &ended, &oneTime, &set, &a.PasswordBy)
	a.CreatedAt, a.EndedAt, a.PasswordAt, a.OneTime = parseInstant(created), parseInstant(ended.String), parseInstant(set), oneTime == 1
	return a, err
}

// Session is somebody signed in on one device.
type Session struct {
	Account   string
	CreatedAt time.Time
	SeenAt    time.Time
	EndedAt   time.Time // zero where nobody ended it; it may still be too old
}

// AddSession begins a session; hash is the SHA-256 of its token, which is never kept.
func (tx *Tx) AddSession(authority, hash, account string) error {
	return tx.exec(insertSession, authority, hash, account, instant(tx.Now))
}

// Session is a session that has not been ended; ErrNotFound otherwise.
func (tx *Tx) Session(authority, hash string) (Session, error) {
	rows, err := all(tx, selectSession, []any{authority, hash}, func(row scanner) (Session, error) {
		var s Session
		var created, seen string
		err := row.Scan(&s.Account, &created, &seen)
		s.CreatedAt, s.SeenAt = parseInstant(created), parseInstant(seen)
		return s, err
	})
	return first(rows, err)
}

// WasSession is a session whether or not it has been ended; ErrNotFound where
// there never was one.
func (tx *Tx) WasSession(authority, hash string) (Session, error) {
	rows, err := all(tx, wasSession, []any{authority, hash}, func(row scanner) (Session, error) {
		var s Session
		var created, seen string
		var ended sql.NullString
		err := row.Scan(&s.Account, &created, &seen, &ended)
		s.CreatedAt, s.SeenAt, s.EndedAt = parseInstant(created), parseInstant(seen), parseInstant(ended.String)
		return s, err
	})
	return first(rows, err)
}

// TouchSession notes that a session was used.
func (tx *Tx) TouchSession(authority, hash string) error {
	return tx.exec(touchSession, authority, hash, instant(tx.Now))
}

// EndSession ends one session; ending it twice is no error.
func (tx *Tx) EndSession(authority, hash string) error {
	return tx.exec(endSession, authority, hash, instant(tx.Now))
}
