package store

import "time"

// Invitation lets somebody set up how they sign in, once.
type Invitation struct {
	Hash      string // keyed hash of its code
	Account   string
	CreatedAt time.Time
	CreatedBy string // account; empty for the command line
	ExpiresAt time.Time
	UsedAt    time.Time // zero while it has not been used
}

const invitationColumns = `select code_hash, account_id, created_at, created_by, expires_at, used_at from invitation `

var (
	insertInvitation = statement(`insert into invitation (authority, code_hash, account_id, created_at, created_by, expires_at, used_at) values ($1, $2, $3, $4, $5, $6, '')`)
	selectInvitation = statement(invitationColumns + `where authority = $1 and code_hash = $2`)
	openInvitation   = statement(invitationColumns + `where authority = $1 and account_id = $2 and used_at = '' order by created_at desc, code_hash`)
	useInvitation    = statement(`update invitation set used_at = $3 where authority = $1 and code_hash = $2 and used_at = ''`)
	dropInvitations  = statement(`update invitation set used_at = $3 where authority = $1 and account_id = $2 and used_at = ''`)
)

// AddInvitation invites somebody; what invited them before is good no more.
func (tx *Tx) AddInvitation(authority string, i Invitation) error {
	if err := tx.DropInvitations(authority, i.Account); err != nil {
		return err
	}
	return tx.exec(insertInvitation, authority, i.Hash, i.Account, instant(tx.Now), i.CreatedBy, instant(i.ExpiresAt))
}

// Invitation is an invitation by its code's hash, used or not; ErrNotFound where
// there is none.
func (tx *Tx) Invitation(authority, hash string) (Invitation, error) {
	rows, err := all(tx, selectInvitation, []any{authority, hash}, scanInvitation)
	return first(rows, err)
}

// OpenInvitation is the invitation of an account that has not been used;
// ErrNotFound where there is none.
func (tx *Tx) OpenInvitation(authority, account string) (Invitation, error) {
	rows, err := all(tx, openInvitation, []any{authority, account}, scanInvitation)
	return first(rows, err)
}

// UseInvitation uses an invitation up; ErrNotFound where it was used already.
func (tx *Tx) UseInvitation(authority, hash string) error {
	return tx.execOne(useInvitation, authority, hash, instant(tx.Now))
}

// DropInvitations makes every open invitation of an account good no more.
func (tx *Tx) DropInvitations(authority, account string) error {
	return tx.exec(dropInvitations, authority, account, instant(tx.Now))
}

func scanInvitation(row scanner) (Invitation, error) {
	var i Invitation
	var created, expires, used string
	err := row.Scan(&i.Hash, &i.Account, &created, &i.CreatedBy, &expires, &used)
	i.CreatedAt, i.ExpiresAt, i.UsedAt = parseInstant(created), parseInstant(expires), parseInstant(used)
	return i, err
}
