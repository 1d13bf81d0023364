package service

import (
	"slices"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

// May tells whether who reads this may do an act to this record: their role may do it
// to some, which says nothing of this one.
func (h Head) May(act access.Act) bool { return slices.Contains(h.may, act) }

// namedIn tells whether no restriction keeps an account from a record.
func namedIn(facts access.Record, account string) bool {
	return !slices.ContainsFunc(facts.Named, func(named []string) bool { return !slices.Contains(named, account) })
}

// fillReach says what this actor may do to a record, and by what right they read it.
func (s *Service) fillReach(tx *store.Tx, actor Actor, head *Head) error {
	facts, err := tx.AccessRecord(actor.Authority, head.Record)
	if err != nil {
		return err
	}
	head.Restricted = len(facts.Named) > 0
	actor.Fresh = true // to be shown the way is not to go it
	for _, act := range access.Acts {
		if !access.OfRecords(act) {
			continue
		}
		scope, err := actor.scope(act)
		if err != nil {
			continue
		}
		why, in := at(scope, tx).Because(facts)
		if in {
			head.may = append(head.may, act)
		}
		if act == access.ReadRecord && why == access.ByEmergency {
			for _, e := range facts.Emergencies {
				if e.Account == actor.Account && e.Until.After(head.Emergency) {
					head.Emergency = s.Local(e.Until)
				}
			}
		}
	}
	return nil
}
