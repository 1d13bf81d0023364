package service

import (
	"context"
	"slices"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

// A restricted record always has somebody who may change whom it names: a manager in use
// whom it names and whose reach includes it. Restrict sees to that when the names change;
// what is here sees to it when the people do. Whatever would take the last one away is
// refused until another is named. Where the last one cannot or should not be asked, the
// operator names another for them: nobody who works here can name themselves.

// mayRename tells whether somebody among these accounts may change whom a record names.
func mayRename(tx *store.Tx, accounts []store.Account, facts access.Record) bool {
	return slices.ContainsFunc(accounts, func(a store.Account) bool {
		if !a.InUse() {
			return false
		}
		scope, err := asColleague(a).scope(access.Restrict)
		return err == nil && at(scope, tx).Includes(facts)
	})
}

// lost are the restricted records among these that nobody may rename.
func lost(tx *store.Tx, authority string, records []string) (list []string, err error) {
	accounts, err := tx.Accounts(authority)
	if err != nil {
		return nil, err
	}
	for _, record := range records {
		facts, err := tx.AccessRecord(authority, record)
		if err != nil {
			return nil, err
		}
		if len(facts.Named) > 0 && !facts.Erased && !mayRename(tx, accounts, facts) {
			list = append(list, record)
		}
	}
	return list, nil
}

// lastNamed is what is said to whoever would take away the last one of a record. Which
// record it is is not told: an administrator knows of none.
const lastNamed = "This person is the last manager who can change who is named in a restricted record. Ask them to name another manager there first. " +
	"If they cannot, or should not be asked, have whoever runs the program name one: stablefutures account succeed."

// keepingNames does something to an account, and refuses it where a restricted record
// would be left with nobody who may change its names. What was lost before hinders nobody.
func keepingNames(tx *store.Tx, authority, account, field string, do func() error) error {
	records, err := tx.RestrictedNaming(authority, account)
	if err != nil {
		return err
	}
	return keepingRecords(tx, authority, records, Invalid{{field, lastNamed}}, do)
}

const lastOfRecord = "Nobody could change any more who is named in this restricted record. Name a manager there first who answers for the young person’s team."

// keepingRecord is keepingNames for something that is done to one record.
func keepingRecord(tx *store.Tx, authority, record, field string, do func() error) error {
	return keepingRecords(tx, authority, []string{record}, Invalid{{field, lastOfRecord}}, do)
}

func keepingRecords(tx *store.Tx, authority string, records []string, refused Invalid, do func() error) error {
	before, err := lost(tx, authority, records)
	if err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	after, err := lost(tx, authority, records)
	if err == nil && slices.ContainsFunc(after, func(r string) bool { return !slices.Contains(before, r) }) {
		return refused
	}
	return err
}

// Succeed names a manager in every restricted record in which another account is the
// last who may change the names, and gives how many that were. It opens nothing to
// anybody else, and is for the operator alone.
func (s *Service) Succeed(ctx context.Context, operator Actor, last, successor string) (records int, err error) {
	if operator.Role != access.Operator {
		return 0, ErrRefused
	}
	last, successor = strings.ToLower(strings.TrimSpace(last)), strings.ToLower(strings.TrimSpace(successor))
	err = s.change(ctx, operator, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		records = 0
		from, err := tx.AccountNamed(operator.Authority, last)
		if err != nil {
			return err
		}
		to, err := tx.AccountNamed(operator.Authority, successor)
		if err != nil {
			return err
		}
		list, err := onlyRenamed(tx, from)
		if err != nil {
			return err
		}
		for _, record := range list {
			if err := s.succeedIn(tx, operator, record, to); err != nil {
				return err
			}
		}
		records = len(list)
		return nil
	})
	return records, err
}

// onlyRenamed are the restricted records of which nobody but this account, or nobody at
// all, may change the names.
func onlyRenamed(tx *store.Tx, account store.Account) ([]string, error) {
	records, err := tx.RestrictedNaming(account.Authority, account.ID)
	if err != nil {
		return nil, err
	}
	accounts, err := tx.Accounts(account.Authority)
	if err != nil {
		return nil, err
	}
	others := slices.DeleteFunc(accounts, func(a store.Account) bool { return a.ID == account.ID })
	var list []string
	for _, record := range records {
		facts, err := tx.AccessRecord(account.Authority, record)
		if err != nil {
			return nil, err
		}
		if !facts.Erased && !mayRename(tx, others, facts) {
			list = append(list, record)
		}
	}
	return list, nil
}

// succeedIn names an account in every restriction of a record.
func (s *Service) succeedIn(tx *store.Tx, operator Actor, record string, to store.Account) error {
	held, err := tx.RestrictionsOfRecord(operator.Authority, record)
	if err != nil {
		return err
	}
	for _, r := range held {
		if slices.Contains(r.Names, to.ID) {
			continue
		}
		if err := tx.NameIn(operator.Authority, r.ID, to.ID, ""); err != nil {
			return err
		}
		if err := s.audit(tx, operator, "name in restriction", "record", record, to.ID); err != nil {
			return err
		}
	}
	facts, err := tx.AccessRecord(operator.Authority, record)
	if err == nil && !mayRename(tx, []store.Account{to}, facts) {
		return Invalid{{"successor", "Name a manager in use who answers for the team of each of these young people."}}
	}
	return err
}

// noteLost writes into the log which restricted records nobody else may rename, where
// the council's sign-in service takes away what somebody may do: that is the council's to
// do, and not refused.
func (s *Service) noteLost(tx *store.Tx, account store.Account) error {
	records, err := onlyRenamed(tx, account)
	if err != nil {
		return err
	}
	for _, record := range records {
		if err := s.audit(tx, Actor{Authority: account.Authority}, "restriction without a manager", "record", record, account.ID); err != nil {
			return err
		}
	}
	return nil
}
