package store

import (
	"cmp"
	"database/sql"
	"slices"
	"strings"
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
	Password  string // argon2id, as a PHC string; empty where there is none
	CreatedAt time.Time
	CreatedBy string
	EndedAt   time.Time // zero while the account is in use

	PasswordAt time.Time // when the password was set; zero where nobody kept that
	PasswordBy string    // account that set it; empty for the command line

	Issuer  string // of the council's sign-in service, where that vouches for the person
	Subject string // the service's own id of the person
}

// InUse tells whether the account may still sign in.
func (a Account) InUse() bool { return a.EndedAt.IsZero() }

const accountColumns = `select authority, id, username, name, role, team, agency, section, password, created_at, created_by, ended_at, password_at, password_by, issuer, subject from account `

var (
	insertAccount = statement(`insert into account (authority, id, username, username_hash, name, role, password, created_at, created_by, password_at, password_by, issuer, subject, subject_hash)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $10, $11, $12, $13)`)
	selectAccount    = statement(accountColumns + `where authority = $1 and id = $2`)
	accountBySubject = statement(accountColumns + `where authority = $1 and issuer = $2 and subject_hash = $3`)
	accountByName    = statement(accountColumns + `where authority = $1 and username_hash = $2`)
	listAccounts     = statement(accountColumns + `where authority = $1`)
	changeAccount    = statement(`update account set name = $3, role = $4 where authority = $1 and id = $2 and ended_at is null`)
	changePassword   = statement(`update account set password = $3, password_at = $4, password_by = $5 where authority = $1 and id = $2 and ended_at is null`)
	endAccount       = statement(`update account set ended_at = $3 where authority = $1 and id = $2 and ended_at is null`)
	endAllSessions   = statement(`update session set ended_at = $3, refresh = '' where authority = $1 and account_id = $2 and ended_at is null`)
	endAllocations   = statement(`update allocation set ended_at = $3, ended_by = $4 where authority = $1 and account_id = $2 and ended_at is null`)
)

// AddAccount adds an account; ErrConflict where its username is taken.
func (tx *Tx) AddAccount(a Account) error {
	sealed, err := tx.sealAccount(a)
	if err != nil {
		return err
	}
	return tx.exec(insertAccount, a.Authority, a.ID, sealed.username, tx.usernameHash(a.Authority, a.Username), sealed.name, string(a.Role), a.Password,
		instant(tx.Now), a.CreatedBy, a.PasswordBy, a.Issuer, sealed.subject, tx.subjectHash(a.Authority, a.Issuer, a.Subject))
}

// Account is one account; ErrNotFound where there is none.
func (tx *Tx) Account(authority, id string) (Account, error) {
	return first(tx.openedAccounts(selectAccount, authority, id))
}

// AccountNamed is the account with a username; ErrNotFound where there is none. Where
// there is none the database is asked the same, so that it does not show by the time.
func (tx *Tx) AccountNamed(authority, username string) (Account, error) {
	if _, err := tx.dataKey(ownOf(authority)); err != nil {
		return Account{}, err
	}
	a, err := first(tx.openedAccounts(accountByName, authority, tx.usernameHash(authority, username)))
	if err == nil && a.Username != username {
		return Account{}, foundByAnothers(a, "username_hash")
	}
	return a, err
}

// AccountOf is the account of whom a sign-in service vouches for; ErrNotFound where
// there is none.
func (tx *Tx) AccountOf(authority, issuer, subject string) (Account, error) {
	a, err := first(tx.openedAccounts(accountBySubject, authority, issuer, tx.subjectHash(authority, issuer, subject)))
	if err == nil && a.Subject != subject {
		return Account{}, foundByAnothers(a, "subject_hash")
	}
	return a, err
}

// Accounts are all accounts of an authority, those in use first, by their usernames.
func (tx *Tx) Accounts(authority string) ([]Account, error) {
	list, err := tx.openedAccounts(listAccounts, authority)
	slices.SortFunc(list, func(a, b Account) int {
		return cmp.Or(inUseFirst(a.InUse(), b.InUse()), strings.Compare(a.Username, b.Username))
	})
	return list, err
}

// inUseFirst orders what is in use before what has ended.
func inUseFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// ChangeAccount gives an account in use another name and role.
func (tx *Tx) ChangeAccount(authority, id, name string, role access.Role) error {
	sealed, err := tx.sealText(ownOf(authority), accountPlace(authority, id, "name"), name)
	if err != nil {
		return err
	}
	return tx.execOne(changeAccount, authority, id, sealed, string(role))
}

// ChangePassword gives an account in use another password; none where it is empty.
func (tx *Tx) ChangePassword(authority, id, password, by string) error {
	return tx.execOne(changePassword, authority, id, password, instant(tx.Now), by)
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

// scanAccount reads an account that is still sealed.
func scanAccount(row scanner) (Account, error) {
	var a Account
	var created, set string
	var ended sql.NullString
	err := row.Scan(&a.Authority, &a.ID, &a.Username, &a.Name, &a.Role, &a.Team, &a.Agency, &a.Section, &a.Password, &created, &a.CreatedBy, &ended, &set, &a.PasswordBy, &a.Issuer, &a.Subject)
	a.CreatedAt, a.EndedAt, a.PasswordAt = parseInstant(created), parseInstant(ended.String), parseInstant(set)
	return a, err
}
