package store

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"sync/atomic"

	"stablefutures/internal/seal"
)

var (
	selectKeyring  = statement(`select wrapped, generation, sealed_at from keyring where id = 1`)
	insertKeyring  = statement(`insert into keyring (id, wrapped, generation) values (1, $1, 1) on conflict (id) do nothing`)
	replaceKeyring = statement(`update keyring set wrapped = $1, generation = $2 where id = 1 and wrapped = $3`)
	insertSealKey  = statement(`insert into seal_key (id, made_at) values ($1, $2)`)
)

// keys are the keys of an open database. Another process may rotate them: whoever
// meets a key that is not among them reads them again, see Tx.reload.
type keys struct {
	now    atomic.Pointer[keysAt]
	master atomic.Pointer[seal.Master]
}

// keysAt are the keys as they were at one generation.
type keysAt struct {
	*seal.Keyring
	generation int
}

// Derive is a key for a purpose that no rotation changes.
func (k *keys) Derive(purpose string) []byte { return k.now.Load().Derive(purpose) }

// newer puts keys in the place of earlier ones.
func (k *keys) newer(next *keysAt) {
	for {
		held := k.now.Load()
		if held != nil && held.generation >= next.generation {
			return
		}
		if k.now.CompareAndSwap(held, next) {
			return
		}
	}
}

// keptKeyring is the row of the keyring.
type keptKeyring struct {
	wrapped    string // base64
	generation int
	sealedAt   string
}

// keptKeyring reads the row; ErrNotFound in a new database.
func (tx *Tx) keptKeyring() (row keptKeyring, err error) {
	err = tx.one(selectKeyring, nil, &row.wrapped, &row.generation, &row.sealedAt)
	return row, err
}

// unwrap opens a kept keyring; whole is false where a keyset had to be put into it.
func (k *keys) unwrap(row keptKeyring) (at *keysAt, whole bool, err error) {
	raw, err := base64.StdEncoding.DecodeString(row.wrapped)
	if err != nil {
		return nil, false, fmt.Errorf("the keys of this database cannot be read: %w", err)
	}
	ring, whole, err := seal.Unwrap(*k.master.Load(), raw)
	if err != nil {
		return nil, false, err
	}
	if held := k.now.Load(); held != nil {
		ring.Inherit(held.Keyring)
	}
	return &keysAt{ring, row.generation}, whole, nil
}

func wrapped(ring *seal.Keyring, master seal.Master) (string, error) {
	raw, err := ring.Wrap(master)
	return base64.StdEncoding.EncodeToString(raw), err
}

// errLost: another process was first; what it kept is to be read.
var errLost = errors.New("another process was first")

// openKeys opens the keyring of the database with the master key; a new database
// gets a new one. Several processes may start at once: the first one's is kept.
func (db *DB) openKeys(ctx context.Context, master seal.Master) error {
	db.keys = &keys{}
	db.keys.master.Store(&master)
	for {
		err := db.WriteLong(ctx, func(tx *Tx) error {
			row, err := tx.keptKeyring()
			if errors.Is(err, ErrNotFound) {
				return tx.makeKeyring()
			}
			if err != nil {
				return err
			}
			at, whole, err := db.keys.unwrap(row)
			if err == nil && !whole {
				at.generation++
				err = tx.replaceKeyring(row, at)
				err = errors.Join(err, tx.exec(insertSealKey, at.Primary(), instant(tx.Now)))
			}
			if err == nil {
				db.keys.newer(at)
			}
			return err
		})
		if !errors.Is(err, errLost) {
			return err
		}
	}
}

func (tx *Tx) makeKeyring() error {
	ring, err := seal.NewKeyring()
	if err != nil {
		return err
	}
	text, err := wrapped(ring, *tx.db.keys.master.Load())
	if err != nil {
		return err
	}
	if err := tx.execOne(insertKeyring, text); errors.Is(err, ErrNotFound) {
		return errLost
	} else if err != nil {
		return err
	}
	if err := tx.exec(insertSealKey, ring.Primary(), instant(tx.Now)); err != nil {
		return err
	}
	tx.db.keys.newer(&keysAt{ring, 1})
	return nil
}

// replaceKeyring keeps other keys in the place of those that were read; errLost where
// somebody else changed them since.
func (tx *Tx) replaceKeyring(held keptKeyring, next *keysAt) error {
	text, err := wrapped(next.Keyring, *tx.db.keys.master.Load())
	if err != nil {
		return err
	}
	err = tx.execOne(replaceKeyring, text, next.generation, held.wrapped)
	if errors.Is(err, ErrNotFound) {
		return errLost
	}
	return err
}

// ring are the keys that the transaction uses.
func (tx *Tx) ring() *keysAt {
	if tx.keys == nil {
		tx.keys = tx.db.keys.now.Load()
	}
	return tx.keys
}

// reload reads the keys again, as the transaction sees them: an old view of the data
// finds the keys that belong to it.
func (tx *Tx) reload() error {
	row, err := tx.keptKeyring()
	if err != nil {
		return err
	}
	at, _, err := tx.db.keys.unwrap(row)
	if errors.Is(err, seal.ErrMaster) {
		return fmt.Errorf("the master key was changed and keys were rotated since: start this program again with the new master key: %w", err)
	}
	if err != nil {
		return err
	}
	tx.keys = at
	tx.db.keys.newer(at)
	return nil
}
