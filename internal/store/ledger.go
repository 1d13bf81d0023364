package store

import (
	"context"
	"errors"
	"fmt"

	"stablefutures/internal/ledger"
)

var (
	insertLedger  = statement(`insert into ledger (authority, size, edge) values ($1, 0, '')`)
	selectLedger  = statement(`select size, edge from ledger where authority = $1`)
	listLedgers   = statement(`select authority from ledger union select code from authority union select authority from audit order by 1`)
	entriesInLog  = statement(`select n, id, at, account_id, act, subject, subject_id, detail, mac, hashes from audit where authority = $1 and n is not null order by n`)
	entriesBeside = statement(`select count(*) from audit where authority = $1 and n is null`)
)

// Ledgers are the authorities that have a log, or entries; the empty text where there are
// entries of no authority.
func (tx *Tx) Ledgers() ([]string, error) {
	return all(tx, listLedgers, nil, func(row scanner) (code string, err error) {
		err = row.Scan(&code)
		return code, err
	})
}

// LogSize is how many entries an authority's log has.
func (tx *Tx) LogSize(authority string) (int64, error) {
	var size int64
	var edge string
	err := tx.one(selectLedger, []any{authority}, &size, &edge)
	return size, err
}

// Checkpoint signs an authority's log as it is now. Of the same log it gives the same text.
func (tx *Tx) Checkpoint(authority string) (c ledger.Checkpoint, text []byte, err error) {
	var size int64
	var edge string
	if err := tx.one(selectLedger, []any{authority}, &size, &edge); err != nil {
		return c, nil, err
	}
	tree, err := ledger.ParseTree(size, edge)
	if err != nil {
		return c, nil, fmt.Errorf("the head of the log is not as it was written, run `stablefutures ledger verify`: %w", err)
	}
	c = ledger.Checkpoint{Authority: authority, Size: size, Root: tree.Root()}
	text, err = tx.ledger.Sign(c)
	return c, text, err
}

// LedgerKey is the public key of an authority's checkpoints.
func (db *DB) LedgerKey(authority string) (string, error) { return db.ledger.VerifierKey(authority) }

// OpenCheckpoint reads a checkpoint that this database signed.
func (db *DB) OpenCheckpoint(text []byte) (ledger.Checkpoint, error) { return db.ledger.Open(text) }

// LedgerReport is what the check of one log found.
type LedgerReport struct {
	Authority string
	Entries   int64
	Findings  []ledger.Finding
}

// VerifyLedger goes through an authority's log, entry by entry, and compares all that is
// kept of it with the seals, with the tree, and with checkpoints that were kept elsewhere.
func (db *DB) VerifyLedger(ctx context.Context, authority string, points []ledger.Checkpoint) (report LedgerReport, err error) {
	report.Authority = authority
	err = db.Read(ctx, func(tx *Tx) error {
		check := db.ledger.Check(authority, points)
		err := tx.each(entriesInLog, []any{authority}, func(row scanner) error {
			e := ledger.Sealed{Entry: ledger.Entry{Authority: authority}}
			if err := row.Scan(&e.N, &e.ID, &e.At, &e.Account, &e.Act, &e.Subject, &e.SubjectID, &e.Detail, &e.MAC, &e.Hashes); err != nil {
				return err
			}
			check.Entry(e)
			return nil
		})
		if err != nil {
			return err
		}
		beside := 0
		if err := tx.one(entriesBeside, []any{authority}, &beside); err != nil {
			return err
		}
		check.Outside(beside)
		var size int64
		var edge string
		switch err := tx.one(selectLedger, []any{authority}, &size, &edge); {
		case errors.Is(err, ErrNotFound):
			check.Missing()
		case err != nil:
			return err
		}
		report.Findings, report.Entries = check.End(size, edge)
		return nil
	})
	return report, err
}
