package store

import (
	"time"

	"stablefutures/internal/seal"
)

// CodeApp is the app on somebody's phone that shows one-time codes.
type CodeApp struct {
	Secret    []byte
	LastStep  int64 // no code of this step of time or an earlier one is good
	CreatedAt time.Time
}

var (
	selectCodeApp = statement(`select secret, last_step, created_at from code_app where authority = $1 and account_id = $2`)
	putCodeApp    = statement(`insert into code_app (authority, account_id, secret, last_step, created_at) values ($1, $2, $3, $4, $5)
		on conflict (authority, account_id) do update set secret = excluded.secret, last_step = excluded.last_step, created_at = excluded.created_at`)
	spendCode     = statement(`update code_app set last_step = $3 where authority = $1 and account_id = $2 and last_step < $3`)
	deleteCodeApp = statement(`delete from code_app where authority = $1 and account_id = $2`)

	insertRecovery  = statement(`insert into recovery_code (authority, account_id, code_hash, created_at, used_at) values ($1, $2, $3, $4, '')`)
	deleteRecovery  = statement(`delete from recovery_code where authority = $1 and account_id = $2`)
	unusedRecovery  = statement(`select code_hash from recovery_code where authority = $1 and account_id = $2 and used_at = '' order by code_hash`)
	useRecoveryCode = statement(`update recovery_code set used_at = $4 where authority = $1 and account_id = $2 and code_hash = $3 and used_at = ''`)
)

// CodeApp is the app of an account; ErrNotFound where it has none.
func (tx *Tx) CodeApp(authority, account string) (CodeApp, error) {
	var app CodeApp
	var sealed, created string
	if err := tx.one(selectCodeApp, []any{authority, account}, &sealed, &app.LastStep, &created); err != nil {
		return app, err
	}
	app.CreatedAt = parseInstant(created)
	var err error
	app.Secret, err = tx.openSecret(ownOf(authority), codePlace(authority, account), sealed)
	return app, err
}

// PutCodeApp gives an account an app, in place of the one that it had.
func (tx *Tx) PutCodeApp(authority, account string, app CodeApp) error {
	sealed, err := tx.sealSecret(ownOf(authority), codePlace(authority, account), app.Secret)
	if err != nil {
		return err
	}
	return tx.exec(putCodeApp, authority, account, sealed, app.LastStep, instant(tx.Now))
}

// SpendCode notes that the code of a step of time was taken; ErrNotFound where it, or
// a later one, was taken already: of two tries with one code, one succeeds.
func (tx *Tx) SpendCode(authority, account string, number int64) error {
	return tx.execOne(spendCode, authority, account, number)
}

// RemoveCodeApp takes the app of an account away.
func (tx *Tx) RemoveCodeApp(authority, account string) error {
	return tx.exec(deleteCodeApp, authority, account)
}

func codePlace(authority, account string) seal.Place {
	return place(authority, "code_app", "secret", account)
}

// PutRecoveryCodes keeps codes for when a phone is lost, as hashes, in place of all
// that there were.
func (tx *Tx) PutRecoveryCodes(authority, account string, hashes []string) error {
	if err := tx.exec(deleteRecovery, authority, account); err != nil {
		return err
	}
	for _, hash := range hashes {
		if err := tx.exec(insertRecovery, authority, account, hash, instant(tx.Now)); err != nil {
			return err
		}
	}
	return nil
}

// RecoveryCodes are the codes of an account that have not been used, as hashes.
func (tx *Tx) RecoveryCodes(authority, account string) ([]string, error) {
	return all(tx, unusedRecovery, []any{authority, account}, func(row scanner) (hash string, err error) {
		err = row.Scan(&hash)
		return hash, err
	})
}

// UseRecoveryCode uses a code up; ErrNotFound where it was used already.
func (tx *Tx) UseRecoveryCode(authority, account, hash string) error {
	return tx.execOne(useRecoveryCode, authority, account, hash, instant(tx.Now))
}
