package store

import (
	"database/sql"
	"time"
)

// Decision is something that two people must decide: one asks, another decides.
type Decision struct {
	ID        string
	Act       string // export, erase, lift-restriction
	Subject   string // record or restriction; empty for an export
	Reason    string // in the asker's words
	AskedAt   time.Time
	AskedBy   string
	DecidedAt time.Time // zero while nobody has
	DecidedBy string
	Decided   string // yes, no, withdrawn; empty while it waits
	Remark    string // what the second person wrote
	UntilAt   time.Time
	UsedAt    time.Time // when what was decided was done; zero where it was not
}

// What two people decide, and how. Values are stored.
const (
	DecideExport = "export"
	DecideErase  = "erase"
	DecideLift   = "lift-restriction"

	DecidedYes  = "yes"
	DecidedNo   = "no"
	DecidedBack = "withdrawn"
)

const decisionColumns = `select id, act, subject_id, reason, asked_at, asked_by, decided_at, decided_by, decided, remark, until_at, used_at from decision `

var (
	insertDecision = statement(`insert into decision (authority, id, act, subject_id, reason, asked_at, asked_by, until_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`)
	selectDecision = statement(decisionColumns + `where authority = $1 and id = $2`)
	listDecisions  = statement(decisionColumns + `where authority = $1 order by case when decided = '' and until_at > $2 then 0 else 1 end, asked_at desc, id limit $3`)
	openDecisions  = statement(decisionColumns + `where authority = $1 and act = $2 and subject_id = $3 and decided = '' and until_at > $4 order by asked_at, id`)
	settleDecision = statement(`update decision set decided = $4, decided_at = $5, decided_by = $3, remark = $6, until_at = $7 where authority = $1 and id = $2 and decided = '' and until_at > $5 and asked_by <> $3`)
	takeBack       = statement(`update decision set decided = 'withdrawn', decided_at = $4, decided_by = $3 where authority = $1 and id = $2 and decided = '' and until_at > $4 and asked_by = $3`)
	useDecision    = statement(`update decision set used_at = $3 where authority = $1 and id = $2 and decided = 'yes' and used_at is null and until_at > $3`)
)

// AskDecision asks for a decision; it can be decided until an instant.
func (tx *Tx) AskDecision(authority string, d Decision) error {
	return tx.exec(insertDecision, authority, d.ID, d.Act, d.Subject, d.Reason, instant(tx.Now), d.AskedBy, instant(d.UntilAt))
}

// Decision is one decision; ErrNotFound where there is none.
func (tx *Tx) Decision(authority, id string) (Decision, error) {
	rows, err := all(tx, selectDecision, []any{authority, id}, scanDecision)
	return first(rows, err)
}

// Decisions are the latest decisions, those that can still be decided first.
func (tx *Tx) Decisions(authority string, limit int) ([]Decision, error) {
	return all(tx, listDecisions, []any{authority, instant(tx.Now), limit}, scanDecision)
}

// OpenDecisions are those about one subject that can still be decided.
func (tx *Tx) OpenDecisions(authority, act, subject string) ([]Decision, error) {
	return all(tx, openDecisions, []any{authority, act, subject, instant(tx.Now)}, scanDecision)
}

// SettleDecision says yes or no; what was decided can be used until an instant.
// ErrNotFound where it was decided or withdrawn, is too old, or was asked for by the
// one who decides.
func (tx *Tx) SettleDecision(authority, id, by, decided, remark string, until time.Time) error {
	return tx.execOne(settleDecision, authority, id, by, decided, instant(tx.Now), remark, instant(until))
}

// WithdrawDecision takes back what an account asked for; ErrNotFound where it was
// decided, is too old, or was asked for by somebody else.
func (tx *Tx) WithdrawDecision(authority, id, by string) error {
	return tx.execOne(takeBack, authority, id, by, instant(tx.Now))
}

// UseDecision notes that what was decided was done; ErrNotFound where it was done
// before, was never decided, or is too old.
func (tx *Tx) UseDecision(authority, id string) error {
	return tx.execOne(useDecision, authority, id, instant(tx.Now))
}

func scanDecision(row scanner) (Decision, error) {
	var d Decision
	var asked, until string
	var decided, by, used sql.NullString
	err := row.Scan(&d.ID, &d.Act, &d.Subject, &d.Reason, &asked, &d.AskedBy, &decided, &by, &d.Decided, &d.Remark, &until, &used)
	d.AskedAt, d.UntilAt = parseInstant(asked), parseInstant(until)
	d.DecidedAt, d.DecidedBy, d.UsedAt = parseInstant(decided.String), by.String, parseInstant(used.String)
	return d, err
}
