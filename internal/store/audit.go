package store

import "time"

// AuditEntry is who did what to what. It holds ids only, never a name or a text.
type AuditEntry struct {
	ID        string
	At        time.Time
	Account   string // empty for the command line
	Act       string
	Subject   string // record, account, file, …
	SubjectID string
	Detail    string
}

var (
	insertAudit   = statement(`insert into audit (authority, id, at, account_id, act, subject, subject_id, detail) values ($1, $2, $3, $4, $5, $6, $7, $8)`)
	auditOfRecord = statement(`select id, at, account_id, act, subject, subject_id, detail from audit where authority = $1 and subject_id in (select id from child where authority = $1 and record_id = $2) order by at desc, id limit $3`)
	auditOfKind   = statement(`select id, at, account_id, act, subject, subject_id, detail from audit where authority = $1 and subject = $2 and subject_id = $3 order by at desc, id limit $4`)
)

// AddAudit writes an entry at the transaction's instant.
func (tx *Tx) AddAudit(authority string, e AuditEntry) error {
	return tx.exec(insertAudit, authority, e.ID, instant(tx.Now), e.Account, e.Act, e.Subject, e.SubjectID, e.Detail)
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

func scanAudit(row scanner) (AuditEntry, error) {
	var e AuditEntry
	var at string
	err := row.Scan(&e.ID, &at, &e.Account, &e.Act, &e.Subject, &e.SubjectID, &e.Detail)
	e.At = parseInstant(at)
	return e, err
}
