package service

import (
	"cmp"
	"slices"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

// Viewer is somebody who can open a record, and why.
type Viewer struct {
	Person
	Role access.Role
	Why  access.Why
}

// viewers are all people with an account who can open a record, the nearest first. It
// asks the same decision that the queries carry.
func viewers(tx *store.Tx, authority, record string) (list []Viewer, restricted bool, err error) {
	facts, err := tx.AccessRecord(authority, record)
	if err != nil {
		return nil, false, err
	}
	accounts, err := tx.Accounts(authority)
	if err != nil {
		return nil, false, err
	}
	for _, a := range accounts {
		scope, err := actorOf(a).scope(access.ReadRecord)
		if !a.InUse() || err != nil {
			continue
		}
		if why, in := at(scope, tx).Because(facts); in {
			list = append(list, Viewer{Person{a.ID, a.Name}, a.Role, why})
		}
	}
	slices.SortStableFunc(list, func(a, b Viewer) int { return cmp.Compare(nearness(a.Why), nearness(b.Why)) })
	return list, len(facts.Named) > 0, nil
}

// nearness orders reasons: those who work with the young person come first.
func nearness(w access.Why) int {
	return slices.Index([]access.Why{access.ByAllocation, access.ByEmergency, access.ByTeam, access.ByAllTeams, access.ByAuthority}, w)
}
