package store

import (
	"database/sql"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/consent"
	"stablefutures/internal/date"
)

// Share is a section of a record that was given to an agency.
type Share struct {
	ID    string
	Child string
	access.Share
	BeganAt time.Time
	EndedAt time.Time // zero while nobody has ended it
	EndedBy string
}

// SharedChild is a record that is shared, as its list shows it.
type SharedChild struct {
	Record    string
	Reference string
	BeganAt   time.Time
}

const shareColumns = `select h.id, h.child_id, h.agency_id, h.section, h.basis, h.began_at, h.began_by, h.ended_at, h.ended_by from share h `

var (
	insertShare    = statement(`insert into share (authority, id, child_id, agency_id, section, basis, began_at, began_by) values ($1, $2, $3, $4, $5, $6, $7, $8)`)
	endShare       = statement(`update share set ended_at = $3, ended_by = $4 where authority = $1 and id = $2 and ended_at is null`)
	sharesOfRecord = statement(shareColumns + `where h.authority = $1 and h.child_id in (select id from child where authority = $1 and record_id = $2) order by h.ended_at is not null, h.began_at desc, h.id`)
	liveOfRecord   = statement(shareColumns + `join child c on c.authority = h.authority and c.id = h.child_id where ` + access.LiveShare + ` and c.record_id = $3 order by h.began_at desc, h.id`)
	sharedWith     = statement(`select c.record_id, t.reference, h.began_at from share h join child c on c.authority = h.authority and c.id = h.child_id
		join child t on t.authority = c.authority and t.id = c.record_id where ` + access.InShared + ` order by t.reference, h.began_at, h.id`)
	sharedOne = statement(`select c.record_id, t.reference, h.began_at from share h join child c on c.authority = h.authority and c.id = h.child_id
		join child t on t.authority = c.authority and t.id = c.record_id where ` + access.InShared + ` and c.record_id = (select x.record_id from child x where x.authority = $1 and x.id = $4) order by h.began_at, h.id`)
	endedAgencies = statement(`select id from agency where authority = $1 and ended_at is not null`)
)

// AddShare gives a section of a record to an agency.
func (tx *Tx) AddShare(authority string, s Share) error {
	return tx.exec(insertShare, authority, s.ID, s.Child, s.Agency, string(s.Section), string(s.Basis), instant(tx.Now), s.BegunBy)
}

// EndShare takes it back; ErrNotFound where it is not given any more.
func (tx *Tx) EndShare(authority, id, by string) error {
	return tx.execOne(endShare, authority, id, instant(tx.Now), by)
}

// SharesOfRecord are all shares of a record, those that nobody has ended first.
func (tx *Tx) SharesOfRecord(authority, record string) ([]Share, error) {
	return all(tx, sharesOfRecord, []any{authority, record}, scanShare)
}

// LiveSharesOfRecord are the shares of a record that an agency sees on a day.
func (tx *Tx) LiveSharesOfRecord(authority, record string, day date.Date) ([]Share, error) {
	return all(tx, liveOfRecord, []any{authority, string(day), record}, scanShare)
}

// SharedWith are the records of which an account of another agency sees its section on
// a day, each once, by reference.
func (tx *Tx) SharedWith(authority, account string, day date.Date) ([]SharedChild, error) {
	rows, err := all(tx, sharedWith, []any{authority, string(day), account}, scanSharedChild)
	list, seen := []SharedChild{}, map[string]bool{}
	for _, r := range rows {
		if !seen[r.Record] { // of linked children each may have been shared
			seen[r.Record] = true
			list = append(list, r)
		}
	}
	return list, err
}

// SharedRecord is one of them; ErrNotFound where it is not shared with the account. A
// child that a link has put into another record leads to that record.
func (tx *Tx) SharedRecord(authority, account, record string, day date.Date) (SharedChild, error) {
	rows, err := all(tx, sharedOne, []any{authority, string(day), account, record}, scanSharedChild)
	return first(rows, err)
}

// SharedFacts is what the decision needs to know of a record that is shared.
func (tx *Tx) SharedFacts(authority, record string) (access.SharedRecord, error) {
	r := access.SharedRecord{Authority: authority}
	head, err := tx.AccessRecord(authority, record)
	if err != nil {
		return r, err
	}
	r.Erased, r.Named = head.Erased, head.Named
	shares, err := tx.SharesOfRecord(authority, record)
	if err != nil {
		return r, err
	}
	for _, s := range shares {
		if s.EndedAt.IsZero() {
			r.Shares = append(r.Shares, s.Share)
		}
	}
	entries, err := tx.ConsentOfRecord(authority, record)
	if err != nil {
		return r, err
	}
	r.Ledger = Ledger(entries)
	r.Ended, err = all(tx, endedAgencies, []any{authority}, scanText)
	return r, err
}

// Ledger are entries without who recorded them.
func Ledger(list []ConsentEntry) []consent.Entry {
	out := make([]consent.Entry, len(list))
	for i, e := range list {
		out[i] = e.Entry
	}
	return out
}

func scanShare(row scanner) (Share, error) {
	var s Share
	var began string
	var ended, by sql.NullString
	err := row.Scan(&s.ID, &s.Child, &s.Agency, &s.Section, &s.Basis, &began, &s.BegunBy, &ended, &by)
	s.BeganAt, s.EndedAt, s.EndedBy = parseInstant(began), parseInstant(ended.String), by.String
	return s, err
}

func scanSharedChild(row scanner) (SharedChild, error) {
	var c SharedChild
	var began string
	err := row.Scan(&c.Record, &c.Reference, &began)
	c.BeganAt = parseInstant(began)
	return c, err
}
