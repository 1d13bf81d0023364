package store

import (
	"database/sql"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
)

// Emergency is a record that somebody opened in an emergency.
type Emergency struct {
	ID         string
	Child      string
	Account    string
	Reason     string
	BeganAt    time.Time
	UntilAt    time.Time
	EndedAt    time.Time // zero where they did not end it before
	ReviewedAt time.Time // zero while nobody has reviewed it
	ReviewedBy string
	Outcome    string // right, wrong; empty before the review
	Remark     string
}

const emergencyColumns = `select e.id, e.child_id, e.account_id, e.reason, e.began_at, e.until_at, e.ended_at, e.reviewed_at, e.reviewed_by, e.outcome, e.remark from emergency e `

var (
	insertEmergency  = statement(`insert into emergency (authority, id, child_id, account_id, reason, began_at, until_at) values ($1, $2, $3, $4, $5, $6, $7)`)
	endEmergency     = statement(`update emergency set ended_at = $4 where authority = $1 and id = $2 and account_id = $3 and ended_at is null and until_at > $4`)
	reviewEmergency  = statement(`update emergency set reviewed_at = $3, reviewed_by = $4, outcome = $5, remark = $6 where authority = $1 and id = $2 and reviewed_at is null and account_id <> $4`)
	selectEmergency  = statement(emergencyColumns + `where e.authority = $1 and e.id = $2`)
	listEmergencies  = statement(emergencyColumns + `where e.authority = $1 order by e.reviewed_at is not null, e.began_at desc, e.id limit $2`)
	emergenciesOfOne = statement(emergencyColumns + `where e.authority = $1 and e.account_id = $2 order by e.began_at desc, e.id limit $3`)
	recordByNumber   = statement(childColumns + `where ` + access.InScope + ` and c.la_id = $6`)
	readsOfRecord    = statement(`select count(*) from child s join audit a on a.authority = s.authority and a.subject_id = s.id
		where s.authority = $1 and s.record_id = $2 and a.account_id = $3 and a.subject = 'record' and a.act like 'read %' and a.at >= $4 and a.at <= $5`)
)

// AddEmergency opens a record to somebody until an instant.
func (tx *Tx) AddEmergency(authority string, e Emergency) error {
	return tx.exec(insertEmergency, authority, e.ID, e.Child, e.Account, e.Reason, instant(tx.Now), instant(e.UntilAt))
}

// EndEmergency ends what an account opened; ErrNotFound where it holds no more.
func (tx *Tx) EndEmergency(authority, id, account string) error {
	return tx.execOne(endEmergency, authority, id, account, instant(tx.Now))
}

// ReviewEmergency closes a review; ErrNotFound where it is closed, or was opened by
// the reviewer.
func (tx *Tx) ReviewEmergency(authority, id, by, outcome, remark string) error {
	return tx.execOne(reviewEmergency, authority, id, instant(tx.Now), by, outcome, remark)
}

// Emergency is one; ErrNotFound where there is none.
func (tx *Tx) Emergency(authority, id string) (Emergency, error) {
	rows, err := all(tx, selectEmergency, []any{authority, id}, scanEmergency)
	return first(rows, err)
}

// Emergencies are the latest of the authority, those that wait for a review first.
func (tx *Tx) Emergencies(authority string, limit int) ([]Emergency, error) {
	return all(tx, listEmergencies, []any{authority, limit}, scanEmergency)
}

// EmergenciesOf are the latest that an account opened.
func (tx *Tx) EmergenciesOf(authority, account string, limit int) ([]Emergency, error) {
	return all(tx, emergenciesOfOne, []any{authority, account, limit}, scanEmergency)
}

// RecordByNumber is the child in scope with a number of the authority's own.
func (tx *Tx) RecordByNumber(scope access.Scope, number string) (child.Child, error) {
	rows, err := all(tx, recordByNumber, scope.Args(number), scanChild)
	return first(rows, err)
}

// ReadsOfRecord counts how often an account opened a page of a record from one
// instant to another.
func (tx *Tx) ReadsOfRecord(authority, record, account string, from, to time.Time) (n int, err error) {
	err = tx.one(readsOfRecord, []any{authority, record, account, instant(from), instant(to)}, &n)
	return n, err
}

func scanEmergency(row scanner) (Emergency, error) {
	var e Emergency
	var began, until string
	var ended, reviewed, by sql.NullString
	err := row.Scan(&e.ID, &e.Child, &e.Account, &e.Reason, &began, &until, &ended, &reviewed, &by, &e.Outcome, &e.Remark)
	e.BeganAt, e.UntilAt, e.EndedAt, e.ReviewedAt, e.ReviewedBy = parseInstant(began), parseInstant(until), parseInstant(ended.String), parseInstant(reviewed.String), by.String
	return e, err
}
