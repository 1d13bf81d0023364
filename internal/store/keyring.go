package store

import (
	"context"
	"encoding/base64"
	"errors"

	"stablefutures/internal/seal"
)

var (
	selectKeyring = statement(`select wrapped from keyring where id = 1`)
	insertKeyring = statement(`insert into keyring (id, wrapped) values (1, $1) on conflict (id) do nothing`)
)

// openKeys opens the keyring of the database with the master key; a new database
// gets a new one. Several processes may start at once: the first one's is kept.
func (db *DB) openKeys(ctx context.Context, master seal.Master) error {
	wrapped, err := db.wrappedKeys(ctx)
	if errors.Is(err, ErrNotFound) {
		fresh, err := seal.NewKeyring().Wrap(master)
		if err != nil {
			return err
		}
		if err := db.WriteLong(ctx, func(tx *Tx) error { return tx.exec(insertKeyring, base64.StdEncoding.EncodeToString(fresh)) }); err != nil {
			return err
		}
		wrapped, err = db.wrappedKeys(ctx)
		if err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	db.keys, err = seal.Unwrap(master, wrapped)
	return err
}

func (db *DB) wrappedKeys(ctx context.Context) (wrapped []byte, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		var text string
		if err := tx.one(selectKeyring, nil, &text); err != nil {
			return err
		}
		wrapped, err = base64.StdEncoding.DecodeString(text)
		return err
	})
	return wrapped, err
}
