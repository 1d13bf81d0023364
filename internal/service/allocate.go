package service

import (
	"context"
	"slices"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/store"
)

// Allocation is who has a young person, and who could.
type Allocation struct {
	Head    Head
	Workers []Colleague  // everybody to whom young people can be allocated
	Team    string       // the young person's
	Teams   []store.Team // in use
}

// Colleague is somebody with an account, and what they are.
type Colleague struct {
	Person
	Role access.Role
}

// Allocation opens the page on which a manager gives a young person to workers.
func (s *Service) Allocation(ctx context.Context, actor Actor, record string) (a Allocation, err error) {
	if _, err := actor.scope(access.Allocate); err != nil {
		return a, err
	}
	err = s.openRecord(ctx, actor, record, "allocation", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		a = Allocation{} // a transaction that is done again begins anew
		r := Record{Today: s.todayIn(tx)}
		if err := s.fillWho(tx, actor, head, &r); err != nil {
			return err
		}
		if !r.Head.May(access.Allocate) {
			return ErrNotFound // as the sending of the form is answered
		}
		a.Head, a.Team = r.Head, head.Team
		if a.Workers, err = caseworkers(tx, actor.Authority); err != nil {
			return err
		}
		if err := onlyNamed(tx, actor.Authority, head.ID, &a); err != nil {
			return err
		}
		teams, err := tx.Teams(actor.Authority)
		for _, t := range teams {
			if t.InUse() {
				a.Teams = append(a.Teams, t)
			}
		}
		return err
	})
	return a, err
}

// onlyNamed offers for a restricted record those alone who could open it.
func onlyNamed(tx *store.Tx, authority, record string, a *Allocation) error {
	facts, err := tx.AccessRecord(authority, record)
	a.Workers = slices.DeleteFunc(a.Workers, func(c Colleague) bool { return !namedIn(facts, c.Account) })
	return err
}

// caseworkers are the accounts in use to which young people can be allocated.
func caseworkers(tx *store.Tx, authority string) ([]Colleague, error) {
	accounts, err := tx.Accounts(authority)
	var list []Colleague
	for _, a := range accounts {
		if a.InUse() && access.ReachOf(a.Role, access.ReadRecord) != access.None {
			list = append(list, Colleague{Person{a.ID, a.Name}, a.Role})
		}
	}
	return list, err
}

// Allocate gives a young person to exactly these workers: others lose them.
func (s *Service) Allocate(ctx context.Context, actor Actor, record string, workers []string) error {
	return s.changeRecord(ctx, actor, access.Allocate, record, "allocate", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		possible, err := caseworkers(tx, actor.Authority)
		if err != nil {
			return err
		}
		for _, w := range workers {
			if !slices.ContainsFunc(possible, func(c Colleague) bool { return c.Account == w }) {
				return Invalid{{"workers", "Choose among the people who work with young people."}}
			}
		}
		held, err := tx.AllocationsOfRecord(actor.Authority, head.ID)
		if err != nil {
			return err
		}
		err = keepingRecord(tx, actor.Authority, head.ID, "workers", func() error { return allocate(tx, actor, head.ID, held, workers) })
		if err != nil {
			return err
		}
		return endOwnOfThoseGone(tx, actor.Authority, head.ID)
	})
}

// allocate makes these workers the ones whom a record has.
func allocate(tx *store.Tx, actor Actor, record string, held []store.Allocation, workers []string) error {
	ended := map[string]bool{} // of linked records both may have been a worker's
	for _, a := range held {
		if !slices.Contains(workers, a.Account) && !ended[a.Account] {
			ended[a.Account] = true
			if err := tx.EndAllocation(actor.Authority, record, a.Account, actor.Account); err != nil {
				return err
			}
		}
	}
	for _, w := range slices.Compact(slices.Sorted(slices.Values(workers))) {
		if !slices.ContainsFunc(held, func(a store.Allocation) bool { return a.Account == w }) {
			if err := tx.Allocate(actor.Authority, record, w, actor.Account); err != nil {
				return err
			}
		}
	}
	return nil
}
