package store

import (
	"encoding/base64"
	"time"

	"stablefutures/internal/seal"
)

// Passkey is a passkey of somebody.
type Passkey struct {
	Credential     []byte
	Account        string
	Public         []byte
	Uses           uint32
	BackupEligible bool
	Name           string
	CreatedAt      time.Time
	UsedAt         time.Time // zero where it never was
}

var (
	insertPasskey = statement(`insert into passkey (authority, credential, account_id, public_key, uses, backup_eligible, name, created_at, used_at) values ($1, $2, $3, $4, $5, $6, $7, $8, '')`)
	listPasskeys  = statement(`select credential, account_id, public_key, uses, backup_eligible, name, created_at, used_at from passkey where authority = $1 and account_id = $2 order by created_at, credential`)
	usePasskey    = statement(`update passkey set uses = $4, used_at = $5 where authority = $1 and account_id = $2 and credential = $3`)
	deletePasskey = statement(`delete from passkey where authority = $1 and account_id = $2 and credential = $3`)
	deleteAllKeys = statement(`delete from passkey where authority = $1 and account_id = $2`)
)

var base64url = base64.RawURLEncoding

// AddPasskey keeps a passkey; ErrConflict where it is kept already.
func (tx *Tx) AddPasskey(authority string, p Passkey) error {
	name, err := tx.sealText(ownOf(authority), passkeyPlace(authority, p), p.Name)
	if err != nil {
		return err
	}
	return tx.exec(insertPasskey, authority, base64url.EncodeToString(p.Credential), p.Account, base64url.EncodeToString(p.Public),
		int64(p.Uses), flag(p.BackupEligible), name, instant(tx.Now))
}

// People call a passkey after themselves or their phone, so that its name is sealed.
func passkeyPlace(authority string, p Passkey) seal.Place {
	return place(authority, "passkey", "name", base64url.EncodeToString(p.Credential))
}

// Passkeys are the passkeys of an account, in the order in which they were added.
func (tx *Tx) Passkeys(authority, account string) ([]Passkey, error) {
	list, err := all(tx, listPasskeys, []any{authority, account}, func(row scanner) (Passkey, error) {
		var p Passkey
		var credential, public, created, used string
		var uses int64
		var eligible int
		if err := row.Scan(&credential, &p.Account, &public, &uses, &eligible, &p.Name, &created, &used); err != nil {
			return p, err
		}
		p.Uses, p.BackupEligible, p.CreatedAt, p.UsedAt = uint32(uses), eligible == 1, parseInstant(created), parseInstant(used)
		var err error
		if p.Credential, err = base64url.DecodeString(credential); err != nil {
			return p, err
		}
		p.Public, err = base64url.DecodeString(public)
		return p, err
	})
	return opened(list, err, func(p *Passkey) (err error) {
		p.Name, err = tx.openText(ownOf(authority), passkeyPlace(authority, *p), p.Name)
		return err
	})
}

// UsePasskey notes a use of a passkey, with the count that it told; ErrNotFound
// where it has been taken away.
func (tx *Tx) UsePasskey(authority, account string, credential []byte, uses uint32) error {
	return tx.execOne(usePasskey, authority, account, base64url.EncodeToString(credential), int64(uses), instant(tx.Now))
}

// RemovePasskey takes a passkey away; ErrNotFound where the account has no such one.
func (tx *Tx) RemovePasskey(authority, account string, credential []byte) error {
	return tx.execOne(deletePasskey, authority, account, base64url.EncodeToString(credential))
}

// RemovePasskeys takes every passkey of an account away.
func (tx *Tx) RemovePasskeys(authority, account string) error {
	return tx.exec(deleteAllKeys, authority, account)
}
