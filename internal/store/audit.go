package store

import (
	"errors"
	"fmt"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/ledger"
)

// AuditEntry is who did what to what. It holds ids, kinds and keyed hashes only, never
// a name or a text.
type AuditEntry struct {
	ID        string
	At        time.Time
	Account   string // empty for the command line
	Act       string
	Subject   string // record, account, file, …
	SubjectID string
	Detail    string
	Number    int64 // place in the authority's log, from 1; given by AddAudit
}

const auditColumns = `id, at, account_id, act, subject, subject_id, detail, coalesce(n + 1, 0)`

var (
	growLedger    = statement(`update ledger set size = size + 1 where authority = $1 returning size, edge`)
	keepEdge      = statement(`update ledger set edge = $2 where authority = $1`)
	insertAudit   = statement(`insert into audit (authority, id, at, account_id, act, subject, subject_id, detail, n, mac, hashes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`)
	auditOfRecord = statement(`select ` + auditColumns + ` from audit where authority = $1 and subject_id in (select id from child where authority = $1 and record_id = $2) order by at desc, n desc limit $3`)
	auditOfKind   = statement(`select ` + auditColumns + ` from audit where authority = $1 and subject = $2 and subject_id = $3 order by at desc, n desc limit $4`)
	listsSince    = statement(`select at from audit where authority = $1 and act in ('export with names', 'export register', 'export readings')
		and subject_id in (select id from decision where authority = $1 and act = 'export' union all select $1)
		and at >= (select min(created_at) from child where authority = $1 and record_id = $2) order by at desc limit $3`)
)

// AddAudit adds an entry to the authority's log, at the transaction's instant. What is
// tried at an authority that does not exist goes to the log of none. Entries of one log
// come one after another: the first statement takes its head.
func (tx *Tx) AddAudit(authority string, e AuditEntry) error {
	if tx.dry || !access.Protected {
		return nil
	}
	tree, err := tx.growLedger(authority)
	if errors.Is(err, ErrNotFound) {
		if _, err := tx.Authority(authority); !errors.Is(err, ErrNotFound) {
			return errors.Join(fmt.Errorf("the log of authority %s has lost its head: run `stablefutures ledger verify`", authority), err)
		}
		authority = ""
		tree, err = tx.growLedger(authority)
	}
	if err != nil {
		return err
	}
	sealed := tx.ledger.Append(&tree, ledger.Entry{Authority: authority, ID: e.ID, At: instant(tx.Now), Account: e.Account,
		Act: e.Act, Subject: e.Subject, SubjectID: e.SubjectID, Detail: e.Detail})
	return tx.execAll([]change{
		{insertAudit, []any{sealed.Authority, sealed.ID, sealed.At, sealed.Account, sealed.Act, sealed.Subject,
			sealed.SubjectID, sealed.Detail, sealed.N, sealed.MAC, sealed.Hashes}},
		{keepEdge, []any{authority, tree.Edge()}},
	})
}

// growLedger counts one more entry and gives the tree as it was without it.
func (tx *Tx) growLedger(authority string) (ledger.Tree, error) {
	var size int64
	var edge string
	if err := tx.one(growLedger, []any{authority}, &size, &edge); err != nil {
		return ledger.Tree{}, err
	}
	tree, err := ledger.ParseTree(size-1, edge)
	if err != nil {
		err = fmt.Errorf("the head of the log is not as it was written, run `stablefutures ledger verify`: %w", err)
	}
	return tree, err
}

// AuditOfRecord are the latest entries about a record, whichever of its linked
// children it was at the time.
func (tx *Tx) AuditOfRecord(authority, record string, limit int) ([]AuditEntry, error) {
	return all(tx, auditOfRecord, []any{authority, record, limit}, scanAudit)
}

// AuditOfKind are the latest entries about a subject of a kind: what an account did
// with the caseload, say, is no entry about the account.
func (tx *Tx) AuditOfKind(authority, subject, subjectID string, limit int) ([]AuditEntry, error) {
	return all(tx, auditOfKind, []any{authority, subject, subjectID, limit}, scanAudit)
}

// ListsSince are when files of many young people were taken out, since this one is known
// here, the latest first. Whom they held the log does not say.
func (tx *Tx) ListsSince(authority, record string, limit int) ([]time.Time, error) {
	return all(tx, listsSince, []any{authority, record, limit}, func(row scanner) (time.Time, error) {
		at, err := scanText(row)
		return parseInstant(at), err
	})
}

func scanAudit(row scanner) (AuditEntry, error) {
	var e AuditEntry
	var at string
	err := row.Scan(&e.ID, &at, &e.Account, &e.Act, &e.Subject, &e.SubjectID, &e.Detail, &e.Number)
	e.At = parseInstant(at)
	return e, err
}
