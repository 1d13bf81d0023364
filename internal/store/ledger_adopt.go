package store

import (
	"context"
	"errors"

	"stablefutures/internal/ledger"
)

var (
	ledgerBegun   = statement(`select count(*) from ledger`)
	beginLedger   = statement(`insert into ledger (authority, size, edge) values ('', 0, '') on conflict (authority) do nothing returning size`)
	entriesPlaced = statement(`select count(*) from audit where n is not null`)
	entriesNext   = statement(`select id, at, account_id, act, subject, subject_id, detail from audit where authority = $1 and (at, id) > ($2, $3) order by at, id limit 1000`)
	placeEntry    = statement(`update audit set n = $3, mac = $4, hashes = $5 where authority = $1 and id = $2`)
	keepHead      = statement(`update ledger set size = $2, edge = $3 where authority = $1`)
)

// errLedgerLost: entries have places in a log, and there is no log.
var errLedgerLost = errors.New("somebody took the heads of the logs away: the log of this database cannot be trusted. Restore it from a backup, or verify a copy beside an older checkpoint")

// beginLedgers makes the logs of a database that has none yet, and puts the entries that
// were written before there were logs into them, in their order. It is done once, by
// whichever process comes first: an entry that turns up without a place later was added
// past the program, and gets none.
func (db *DB) beginLedgers(ctx context.Context) error {
	begun := 0
	if err := db.Read(ctx, func(tx *Tx) error { return tx.one(ledgerBegun, nil, &begun) }); err != nil || begun > 0 {
		return err
	}
	return db.WriteLong(ctx, func(tx *Tx) error {
		size := 0
		switch err := tx.one(beginLedger, nil, &size); {
		case errors.Is(err, ErrNotFound):
			return nil // another process was first
		case err != nil:
			return err
		}
		placed := 0
		if err := tx.one(entriesPlaced, nil, &placed); err != nil {
			return err
		}
		if placed > 0 {
			return errLedgerLost
		}
		authorities, err := tx.Authorities()
		if err != nil {
			return err
		}
		for _, a := range authorities {
			if err := tx.exec(insertLedger, a.Code); err != nil {
				return err
			}
			if err := tx.adopt(a.Code); err != nil {
				return err
			}
		}
		return tx.adopt("")
	})
}

// adopt gives the entries of an authority their places in its new log.
func (tx *Tx) adopt(authority string) error {
	var tree ledger.Tree
	for last := (ledger.Sealed{}); ; {
		some, err := all(tx, entriesNext, []any{authority, last.At, last.ID}, func(row scanner) (ledger.Entry, error) {
			e := ledger.Entry{Authority: authority}
			err := row.Scan(&e.ID, &e.At, &e.Account, &e.Act, &e.Subject, &e.SubjectID, &e.Detail)
			return e, err
		})
		if err != nil {
			return err
		}
		if len(some) == 0 {
			return tx.exec(keepHead, authority, tree.Size, tree.Edge())
		}
		for _, e := range some {
			last = tx.ledger.Append(&tree, e)
			if err := tx.exec(placeEntry, authority, last.ID, last.N, last.MAC, last.Hashes); err != nil {
				return err
			}
		}
	}
}
