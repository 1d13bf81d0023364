package store

import (
	"context"
	"errors"
	"fmt"

	"stablefutures/internal/seal"
)

// Keys are rotated while servers run. A fresh key comes into the keyring first, and
// whoever meets it reads the keyring again; then each data key is wrapped anew; and a
// key goes only when no data key refers to it, which the database itself sees to.

var (
	wrappedByOthers = statement(`select authority, child_id, wrapped from data_key where key_id <> $1 and wrapped <> '' limit 200`)
	rewrapDataKey   = statement(`update data_key set wrapped = $3, key_id = $4 where authority = $1 and child_id = $2 and wrapped = $5`)
	dropSealKey     = statement(`delete from seal_key where id = $1`)
)

// Rotation is what a rotation did.
type Rotation struct {
	Rewrapped int // data keys that were wrapped anew
	Dropped   int // keys that wrap nothing any more and are gone
}

// mostRounds bounds how often a rotation comes back to data keys that were wrapped by an
// old key while it was at work.
const mostRounds = 20

// RotateKeys puts a fresh key in the place of those that wrap data keys. Where it is
// stopped, the next one finishes its work.
func (db *DB) RotateKeys(ctx context.Context) (done Rotation, err error) {
	if err := db.changeKeys(ctx, func(_ *Tx, now *seal.Keyring) (*seal.Keyring, error) { return now.Rotate() }); err != nil {
		return done, fmt.Errorf("add a key: %w", err)
	}
	for range mostRounds {
		n, err := db.rewrapAll(ctx)
		done.Rewrapped += n
		if err != nil {
			return done, fmt.Errorf("wrap data keys anew: %w", err)
		}
		dropped, err := db.dropOldKeys(ctx)
		if err == nil {
			done.Dropped = dropped
			return done, nil
		}
		if !errors.Is(err, ErrInvalid) { // a writer wrapped by an old key in between
			return done, fmt.Errorf("take old keys away: %w", err)
		}
	}
	return done, errors.New("old keys are still in use: everything is readable, and the fresh key is in use. Rotate again later")
}

// changeKeys changes the keyring in one transaction. A key that comes or goes comes or
// goes in seal_key too.
func (db *DB) changeKeys(ctx context.Context, change func(*Tx, *seal.Keyring) (*seal.Keyring, error)) error {
	for {
		var next *keysAt
		err := db.WriteLong(ctx, func(tx *Tx) error {
			row, err := tx.keptKeyring()
			if err != nil {
				return err
			}
			now, _, err := db.keys.unwrap(row)
			if err != nil {
				return err
			}
			ring, err := change(tx, now.Keyring)
			if err != nil {
				return err
			}
			next = &keysAt{ring, row.generation + 1}
			if err := tx.replaceKeyring(row, next); err != nil {
				return err
			}
			if ring.Primary() == now.Primary() {
				return nil
			}
			return tx.exec(insertSealKey, ring.Primary(), instant(tx.Now))
		})
		if errors.Is(err, errLost) {
			continue
		}
		if err == nil {
			db.keys.newer(next)
		}
		return err
	}
}

// rewrapAll wraps anew what other keys than the primary wrapped.
func (db *DB) rewrapAll(ctx context.Context) (total int, err error) {
	for {
		n := 0
		err := db.Write(ctx, func(tx *Tx) (err error) {
			n, err = tx.rewrapSome()
			return err
		})
		total += n
		if err != nil || n == 0 {
			return total, err
		}
	}
}

func (tx *Tx) rewrapSome() (int, error) {
	if err := tx.latestKeys(); err != nil {
		return 0, err
	}
	type row struct {
		of      seal.Owner
		wrapped string
	}
	primary := tx.ring().Primary()
	rows, err := all(tx, wrappedByOthers, []any{primary}, func(s scanner) (r row, err error) {
		err = s.Scan(&r.of.Authority, &r.of.Child, &r.wrapped)
		return r, err
	})
	if err != nil {
		return 0, err
	}
	for _, r := range rows {
		wrapped, err := tx.ring().Rewrap(r.of, r.wrapped)
		if err != nil {
			return 0, fmt.Errorf("the data key of %s/%s: %w", r.of.Authority, r.of.Child, err)
		}
		// One that was destroyed meanwhile stays so.
		if err := tx.exec(rewrapDataKey, r.of.Authority, r.of.Child, wrapped, primary, r.wrapped); err != nil {
			return 0, err
		}
	}
	return len(rows), nil
}

// dropOldKeys takes away all keys but the primary; ErrInvalid where one is in use.
func (db *DB) dropOldKeys(ctx context.Context) (dropped int, err error) {
	err = db.changeKeys(ctx, func(tx *Tx, now *seal.Keyring) (*seal.Keyring, error) {
		dropped = 0
		var old []string
		for _, id := range now.IDs() {
			if id == now.Primary() {
				continue
			}
			if err := tx.exec(dropSealKey, id); err != nil {
				return nil, err
			}
			old = append(old, id)
		}
		dropped = len(old)
		return now.Without(old)
	})
	return dropped, err
}

// RewrapKeyring wraps the keyring under another master key. The keys in it stay: servers
// that run go on with them, and ask for the new master key when they are started again.
func (db *DB) RewrapKeyring(ctx context.Context, master seal.Master) error {
	for {
		err := db.WriteLong(ctx, func(tx *Tx) error {
			row, err := tx.keptKeyring()
			if err != nil {
				return err
			}
			at, _, err := db.keys.unwrap(row)
			if err != nil {
				return err
			}
			text, err := wrapped(at.Keyring, master)
			if err != nil {
				return err
			}
			if err := tx.execOne(replaceKeyring, text, at.generation, row.wrapped); errors.Is(err, ErrNotFound) {
				return errLost
			} else if err != nil {
				return err
			}
			return nil
		})
		if errors.Is(err, errLost) {
			continue
		}
		if err == nil {
			db.keys.master.Store(&master)
		}
		return err
	}
}
