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
	Workers []Person // everybody with an account who works with young people
}

// Allocation opens the page on which a manager gives a young person to workers.
func (s *Service) Allocation(ctx context.Context, actor Actor, record string) (a Allocation, err error) {
	if _, err := actor.scope(access.Allocate); err != nil {
		return a, err
	}
	err = s.openRecord(ctx, actor, record, "allocation", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		r := Record{Today: s.todayIn(tx)}
		if err := s.fillWho(tx, actor.Authority, head, &r); err != nil {
			return err
		}
		a.Head = r.Head
		a.Workers, err = caseworkers(tx, actor.Authority)
		return err
	})
	return a, err
}

// caseworkers are the accounts in use to which young people can be allocated.
func caseworkers(tx *store.Tx, authority string) ([]Person, error) {
	accounts, err := tx.Accounts(authority)
	var list []Person
	for _, a := range accounts {
		if a.InUse() && access.ReachOf(a.Role, access.ReadRecord) != access.None {
			list = append(list, Person{a.ID, a.Name})
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
			if !slices.ContainsFunc(possible, func(p Person) bool { return p.Account == w }) {
				return Invalid{{"workers", "Choose among the people who work with young people."}}
			}
		}
		held, err := tx.AllocationsOfRecord(actor.Authority, head.ID)
		if err != nil {
			return err
		}
		ended := map[string]bool{} // of linked records both may have been a worker's
		for _, a := range held {
			if !slices.Contains(workers, a.Account) && !ended[a.Account] {
				ended[a.Account] = true
				if err := tx.EndAllocation(actor.Authority, head.ID, a.Account, actor.Account); err != nil {
					return err
				}
			}
		}
		for _, w := range slices.Compact(slices.Sorted(slices.Values(workers))) {
			if !slices.ContainsFunc(held, func(a store.Allocation) bool { return a.Account == w }) {
				if err := tx.Allocate(actor.Authority, head.ID, w, actor.Account); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
