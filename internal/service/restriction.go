package service

import (
	"context"
	"slices"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/store"
)

// leastNamed is how many people a restriction names at least: with one alone, a record
// would be lost on the day on which they leave.
const leastNamed = 2

// RestrictionPage is who a record is restricted to, and who it could be.
type RestrictionPage struct {
	Head   Head
	Since  time.Time // zero where the record is not restricted
	Named  []string  // accounts
	People []Nameable
}

// Nameable is somebody whom a restriction can name.
type Nameable struct {
	Person
	Role  access.Role
	Works bool // the young person is allocated to them
}

// Restriction opens the page on which a manager keeps a record to named people.
func (s *Service) Restriction(ctx context.Context, actor Actor, record string) (p RestrictionPage, err error) {
	if _, err := actor.scope(access.Restrict); err != nil {
		return p, err
	}
	err = s.openRecord(ctx, actor, record, "restriction", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		r := Record{Today: s.todayIn(tx)}
		if err := s.fillWho(tx, actor, head, &r); err != nil {
			return err
		}
		if !r.Head.May(access.Restrict) {
			return ErrNotFound // as the sending of the form is answered
		}
		p = RestrictionPage{Head: r.Head, Named: []string{actor.Account}}
		held, err := tx.RestrictionsOfRecord(actor.Authority, head.ID)
		if err != nil {
			return err
		}
		if len(held) > 0 {
			p.Since, p.Named = held[0].BeganAt, inAll(held)
		}
		p.People, err = nameable(tx, actor.Authority, head.ID)
		return err
	})
	return p, err
}

// inAll are the accounts that every one of several restrictions names: of linked
// records each may have been restricted before.
func inAll(held []store.Restriction) []string {
	names := slices.Clone(held[0].Names)
	for _, r := range held[1:] {
		names = slices.DeleteFunc(names, func(n string) bool { return !slices.Contains(r.Names, n) })
	}
	return names
}

// nameable are the accounts in use that may read records.
func nameable(tx *store.Tx, authority, record string) ([]Nameable, error) {
	accounts, err := tx.Accounts(authority)
	if err != nil {
		return nil, err
	}
	facts, err := tx.AccessRecord(authority, record)
	var list []Nameable
	for _, a := range accounts {
		if a.InUse() && access.ReachOf(a.Role, access.ReadRecord) != access.None {
			list = append(list, Nameable{Person{a.ID, a.Name}, a.Role, slices.Contains(facts.AllocatedTo, a.ID)})
		}
	}
	return list, err
}

// Restrict keeps a record to exactly these people. A restriction is changed in the same
// way, by somebody whom it names, alone and with a fresh proof; it is not lifted here. still tells whether the actor
// can open the record afterwards.
func (s *Service) Restrict(ctx context.Context, actor Actor, record string, names []string) (still bool, err error) {
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	err = s.change(ctx, actor, access.Restrict, func(tx *store.Tx, scope access.Scope) error {
		head, err := tx.Record(scope, record)
		if err != nil {
			return err
		}
		if err := checkNames(tx, actor.Authority, head.ID, names); err != nil {
			return err
		}
		held, err := tx.RestrictionsOfRecord(actor.Authority, head.ID)
		if err != nil {
			return err
		}
		if len(held) == 0 {
			begun := store.Restriction{ID: s.ids.New(), Child: head.ID}
			if err := tx.Restrict(actor.Authority, begun.ID, begun.Child, actor.Account); err != nil {
				return err
			}
			if err := s.audit(tx, actor, "restrict record", "record", head.ID, begun.ID); err != nil {
				return err
			}
			held = append(held, begun)
		}
		for _, r := range held {
			if err := s.name(tx, actor, head.ID, r, names); err != nil {
				return err
			}
		}
		if err := s.tellNamed(tx, actor, held, names); err != nil {
			return err
		}
		if err := endOwnOfThoseGone(tx, actor.Authority, head.ID); err != nil {
			return err
		}
		facts, err := tx.AccessRecord(actor.Authority, head.ID)
		still = scope.Includes(facts)
		return err
	})
	return still, err
}

// name makes a restriction name exactly these accounts, with an entry for each that it
// did not name before, or does not any more.
func (s *Service) name(tx *store.Tx, actor Actor, record string, r store.Restriction, names []string) error {
	for _, account := range names {
		if slices.Contains(r.Names, account) {
			continue
		}
		if err := tx.NameIn(actor.Authority, r.ID, account, actor.Account); err != nil {
			return err
		}
		if err := s.audit(tx, actor, "name in restriction", "record", record, account); err != nil {
			return err
		}
	}
	for _, account := range r.Names {
		if slices.Contains(names, account) {
			continue
		}
		if err := tx.UnnameIn(actor.Authority, r.ID, account); err != nil {
			return err
		}
		if err := s.audit(tx, actor, "take out of restriction", "record", record, account); err != nil {
			return err
		}
	}
	return nil
}

// tellNamed tells everybody who is named that people were added: one person does that
// alone, and the others are to know. Whoever adds somebody to a restriction that held is
// told too, in case it was not them; who begins one is not.
func (s *Service) tellNamed(tx *store.Tx, actor Actor, before []store.Restriction, names []string) error {
	var known []string // of which a notice tells
	for _, r := range before {
		added := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return slices.Contains(r.Names, n) || slices.Contains(known, n) })
		if len(added) == 0 {
			continue
		}
		known = append(known, added...)
		for _, account := range names {
			if account == actor.Account && len(r.Names) == 0 {
				continue
			}
			if err := s.tell(tx, actor.Authority, account, NoticeNamed, r.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkNames refuses names with which the record would be lost: too few, or nobody
// among them who can change them again.
func checkNames(tx *store.Tx, authority, record string, names []string) error {
	accounts, err := tx.Accounts(authority)
	if err != nil {
		return err
	}
	facts, err := tx.AccessRecord(authority, record)
	if err != nil {
		return err
	}
	facts.Named = [][]string{names}
	possible := 0
	for _, a := range accounts {
		if slices.Contains(names, a.ID) && a.InUse() && access.ReachOf(a.Role, access.ReadRecord) != access.None {
			possible++
		}
	}
	switch {
	case possible < len(names):
		return Invalid{{"names", "Choose among the people who may read records."}}
	case possible < leastNamed:
		return Invalid{{"names", "Name at least two people: with one alone, the record would be lost when they leave."}}
	case !mayRename(tx, accounts, facts):
		return Invalid{{"names", "Name at least one manager who answers for this young person’s team: nobody else could change who is named."}}
	}
	return nil
}
