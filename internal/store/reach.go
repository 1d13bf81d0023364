package store

import (
	"slices"

	"stablefutures/internal/access"
)

var (
	allocatedTo = statement(`select distinct a.account_id from allocation a join child s on s.authority = a.authority and s.id = a.child_id where s.authority = $1 and s.record_id = $2 and a.ended_at is null`)
	emergencies = statement(`select e.account_id, e.until_at from emergency e join child s on s.authority = e.authority and s.id = e.child_id where s.authority = $1 and s.record_id = $2 and e.ended_at is null and e.until_at > $3`)
	namedIn     = statement(`select r.id, n.account_id from restriction r join child s on s.authority = r.authority and s.id = r.child_id
		left join restriction_name n on n.authority = r.authority and n.restriction_id = r.id
		where s.authority = $1 and s.record_id = $2 and r.ended_at is null order by r.id`)
	erasedChildren = statement(`select count(*) from child where authority = $1 and record_id = $2 and erased_at is not null`)
	restrictedFrom = statement(`select count(*) from child c join child s on s.authority = c.authority and s.record_id = c.record_id
		join restriction r on r.authority = s.authority and r.child_id = s.id
		where c.authority = $1 and c.id = $2 and r.ended_at is null and not exists (
			select 1 from restriction_name n where n.authority = r.authority and n.restriction_id = r.id and n.account_id = $3)`)
	unnamedAnywhere = statement(`select count(*) from restriction r join child s on s.authority = r.authority and s.id = r.child_id
		where r.authority = $1 and r.ended_at is null and s.erased_at is null and not exists (
			select 1 from restriction_name n where n.authority = r.authority and n.restriction_id = r.id and n.account_id = $2)`)
	outOfScope = statement(`select 1 from child c where c.authority = $1 and c.erased_at is null and not (` + access.InScope + `) limit 1`)
)

// AccessRecord is what the decision needs to know of a record.
func (tx *Tx) AccessRecord(authority, record string) (access.Record, error) {
	r := access.Record{Authority: authority}
	children, err := tx.ChildrenOfRecord(authority, record)
	if err != nil {
		return r, err
	}
	for _, c := range children {
		if c.Team != "" && !slices.Contains(r.Teams, c.Team) {
			r.Teams = append(r.Teams, c.Team)
		}
	}
	var erased int
	if err := tx.one(erasedChildren, []any{authority, record}, &erased); err != nil {
		return r, err
	}
	r.Erased = erased > 0
	if r.AllocatedTo, err = all(tx, allocatedTo, []any{authority, record}, scanText); err != nil {
		return r, err
	}
	if r.Emergencies, err = all(tx, emergencies, []any{authority, record, instant(tx.Now)}, scanEmergencyHeld); err != nil {
		return r, err
	}
	r.Named, err = tx.namedIn(authority, record)
	return r, err
}

// namedIn are the accounts that each restriction of a record names; a restriction that
// names nobody keeps everybody out.
func (tx *Tx) namedIn(authority, record string) (named [][]string, err error) {
	last := ""
	err = tx.each(namedIn, []any{authority, record}, func(row scanner) error {
		var id string
		var account *string
		if err := row.Scan(&id, &account); err != nil {
			return err
		}
		if id != last {
			last = id
			named = append(named, []string{})
		}
		if account != nil {
			named[len(named)-1] = append(named[len(named)-1], *account)
		}
		return nil
	})
	return named, err
}

// RestrictedFrom tells whether the record that shows a child is restricted, and does
// not name this account.
func (tx *Tx) RestrictedFrom(authority, childID, account string) (bool, error) {
	var n int
	err := tx.one(restrictedFrom, []any{authority, childID, account}, &n)
	return n > 0, err
}

// ReachesAll tells whether every record of the authority is in scope.
func (tx *Tx) ReachesAll(scope access.Scope) (bool, error) {
	if scope.Reach == access.Whole {
		return true, nil
	}
	if scope.Reach == access.Authority || scope.Reach == access.TeamOrAll && scope.Team == "" {
		// Only a restriction can stand between: asked of the few restrictions, not of
		// all children.
		var n int
		err := tx.one(unnamedAnywhere, []any{scope.Authority, scope.Account}, &n)
		return n == 0, err
	}
	beyond, err := all(tx, outOfScope, scope.Args(), func(row scanner) (n int, err error) { return n, row.Scan(&n) })
	return len(beyond) == 0, err
}

func scanText(row scanner) (text string, err error) { return text, row.Scan(&text) }

func scanEmergencyHeld(row scanner) (access.Emergency, error) {
	var e access.Emergency
	var until string
	err := row.Scan(&e.Account, &until)
	e.Until = parseInstant(until)
	return e, err
}
