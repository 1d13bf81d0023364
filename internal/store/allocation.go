package store

import (
	"time"

	"stablefutures/internal/access"
)

// Allocation is a young person given to a worker, now.
type Allocation struct {
	Record  string
	Child   string
	Account string
	BeganAt time.Time
	BeganBy string // account; the worker's own where they added the young person by hand
}

var (
	insertAllocation = statement(`insert into allocation (authority, child_id, account_id, began_at, began_by) values ($1, $2, $3, $4, $5)`)
	endAllocation    = statement(`update allocation set ended_at = $4, ended_by = $5 where authority = $1 and account_id = $3 and ended_at is null and child_id in (select id from child where authority = $1 and record_id = $2)`)
	allocationsOf    = statement(`select c.record_id, a.child_id, a.account_id, a.began_at, a.began_by from allocation a join child c on c.authority = a.authority and c.id = a.child_id where a.authority = $1 and c.record_id = $2 and a.ended_at is null order by a.began_at, a.account_id`)
	allocationsIn    = statement(`select c.record_id, a.child_id, a.account_id, a.began_at, a.began_by from allocation a join child c on c.authority = a.authority and c.id = a.child_id where ` + access.InScope + ` and a.ended_at is null order by a.began_at, a.account_id`)
	// Young people whom an account has now, and whether anybody else has them.
	youngPeopleOf = statement(`select m.record_id, (select count(*) from allocation o join child oc on oc.authority = o.authority and oc.id = o.child_id
		where o.authority = $1 and oc.record_id = m.record_id and o.ended_at is null and o.account_id <> $2)
		from (select distinct c.record_id from allocation a join child c on c.authority = a.authority and c.id = a.child_id
		where a.authority = $1 and a.account_id = $2 and a.ended_at is null) m`)
)

// Allocate gives a young person to a worker.
func (tx *Tx) Allocate(authority, record, account, by string) error {
	return tx.exec(insertAllocation, authority, record, account, instant(tx.Now), by)
}

// EndAllocation takes a young person from a worker; ErrNotFound where the worker
// did not have them.
func (tx *Tx) EndAllocation(authority, record, account, by string) error {
	return tx.execOne(endAllocation, authority, record, account, instant(tx.Now), by)
}

// AllocationsOfRecord are the workers who have a young person now.
func (tx *Tx) AllocationsOfRecord(authority, record string) ([]Allocation, error) {
	return all(tx, allocationsOf, []any{authority, record}, scanAllocation)
}

// AllocationsInScope are the allocations that hold now, of the records in scope.
func (tx *Tx) AllocationsInScope(scope access.Scope) ([]Allocation, error) {
	return all(tx, allocationsIn, scope.Args(), scanAllocation)
}

// YoungPeopleOf counts the young people whom an account has now, and those of them
// whom nobody else has.
func (tx *Tx) YoungPeopleOf(authority, account string) (n, alone int, err error) {
	err = tx.each(youngPeopleOf, []any{authority, account}, func(row scanner) error {
		var record string
		var others int
		if err := row.Scan(&record, &others); err != nil {
			return err
		}
		n++
		if others == 0 {
			alone++
		}
		return nil
	})
	return n, alone, err
}

func scanAllocation(row scanner) (Allocation, error) {
	var a Allocation
	var began string
	err := row.Scan(&a.Record, &a.Child, &a.Account, &began, &a.BeganBy)
	a.BeganAt = parseInstant(began)
	return a, err
}
