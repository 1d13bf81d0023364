package store

import (
	"database/sql"
	"time"
)

// Restriction keeps a record to the people whom it names.
type Restriction struct {
	ID      string
	Child   string
	BeganAt time.Time
	BeganBy string
	EndedAt time.Time // zero while it holds
	Names   []string  // accounts
}

var (
	insertRestriction = statement(`insert into restriction (authority, id, child_id, began_at, began_by) values ($1, $2, $3, $4, $5)`)
	endRestriction    = statement(`update restriction set ended_at = $3, ended_by = $4 where authority = $1 and id = $2 and ended_at is null`)
	insertName        = statement(`insert into restriction_name (authority, restriction_id, account_id, named_at, named_by) values ($1, $2, $3, $4, $5) on conflict (authority, restriction_id, account_id) do nothing`)
	deleteName        = statement(`delete from restriction_name where authority = $1 and restriction_id = $2 and account_id = $3`)
	restrictionsOf    = statement(`select r.id, r.child_id, r.began_at, r.began_by, r.ended_at from restriction r join child c on c.authority = r.authority and c.id = r.child_id where r.authority = $1 and c.record_id = $2 and r.ended_at is null order by r.began_at, r.id`)
	selectRestriction = statement(`select id, child_id, began_at, began_by, ended_at from restriction where authority = $1 and id = $2`)
	restrictedNaming  = statement(`select distinct c.record_id from restriction_name n join restriction r on r.authority = n.authority and r.id = n.restriction_id
		join child c on c.authority = r.authority and c.id = r.child_id
		where n.authority = $1 and n.account_id = $2 and r.ended_at is null and c.erased_at is null order by c.record_id`)
	namedAt = statement(`select account_id, named_by from restriction_name where authority = $1 and restriction_id = $2 and named_at = $3 order by account_id`)
	namesOf = statement(`select account_id from restriction_name where authority = $1 and restriction_id = $2 order by named_at, account_id`)
)

// Restrict begins to keep a record to named people.
func (tx *Tx) Restrict(authority, id, childID, by string) error {
	return tx.exec(insertRestriction, authority, id, childID, instant(tx.Now), by)
}

// EndRestriction lifts a restriction; ErrNotFound where it does not hold.
func (tx *Tx) EndRestriction(authority, id, by string) error {
	return tx.execOne(endRestriction, authority, id, instant(tx.Now), by)
}

// NameIn names an account in a restriction; naming it twice is no error.
func (tx *Tx) NameIn(authority, restriction, account, by string) error {
	return tx.exec(insertName, authority, restriction, account, instant(tx.Now), by)
}

// UnnameIn takes an account out of a restriction.
func (tx *Tx) UnnameIn(authority, restriction, account string) error {
	return tx.execOne(deleteName, authority, restriction, account)
}

// RestrictionsOfRecord are the restrictions that hold on a record, with their names.
func (tx *Tx) RestrictionsOfRecord(authority, record string) ([]Restriction, error) {
	list, err := all(tx, restrictionsOf, []any{authority, record}, scanRestriction)
	for n := range list {
		if err == nil {
			list[n].Names, err = tx.NamesOf(authority, list[n].ID)
		}
	}
	return list, err
}

// NamesOf are the accounts that a restriction names, or named when it ended.
func (tx *Tx) NamesOf(authority, restriction string) ([]string, error) {
	return all(tx, namesOf, []any{authority, restriction}, scanText)
}

// NamedIn is an account that a restriction names, and by whom.
type NamedIn struct{ Account, By string }

// NamedAt are those whom a restriction names since this instant.
func (tx *Tx) NamedAt(authority, restriction string, at time.Time) ([]NamedIn, error) {
	return all(tx, namedAt, []any{authority, restriction, instant(at)}, func(row scanner) (n NamedIn, err error) {
		return n, row.Scan(&n.Account, &n.By)
	})
}

// RestrictedNaming are the records that a restriction keeps to this account and others.
func (tx *Tx) RestrictedNaming(authority, account string) ([]string, error) {
	return all(tx, restrictedNaming, []any{authority, account}, scanText)
}

// Restriction is one restriction, whether or not it holds; ErrNotFound where there is none.
func (tx *Tx) Restriction(authority, id string) (Restriction, error) {
	rows, err := all(tx, selectRestriction, []any{authority, id}, scanRestriction)
	return first(rows, err)
}

func scanRestriction(row scanner) (Restriction, error) {
	var r Restriction
	var began string
	var ended sql.NullString
	err := row.Scan(&r.ID, &r.Child, &began, &r.BeganBy, &ended)
	r.BeganAt, r.EndedAt = parseInstant(began), parseInstant(ended.String)
	return r, err
}
