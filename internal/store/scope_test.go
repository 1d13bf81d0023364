package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// town is two authorities with some children, some of them linked, some allocated.
type town struct {
	children    []child.Child
	authority   map[string]string              // of a child
	allocations map[string]map[string][]string // by authority and record, to accounts, now
}

// The SQL that queries carry and the decision in Go say the same for random people
// and records, on both engines.
func TestScopeInSQLIsTheDecisionInGo(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		place := settle(t, db, rand.New(rand.NewPCG(7, 7)))
		for _, authority := range []string{"998", "999"} {
			for _, account := range []string{"a1", "a2", "a3", "nobody"} {
				for _, reach := range []access.Reach{access.Authority, access.Allocated, access.None} {
					place.compare(t, db, access.Scope{Authority: authority, Account: account, Reach: reach})
				}
			}
		}
	})
}

func settle(t *testing.T, db *store.DB, random *rand.Rand) town {
	t.Helper()
	place := town{authority: map[string]string{}, allocations: map[string]map[string][]string{}}
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		for _, authority := range []string{"998", "999"} {
			if err := tx.AddAuthority(store.Authority{Code: authority, Name: authority, Edition: "e"}); err != nil {
				return err
			}
			for n := range 3 {
				if err := tx.AddAccount(store.Account{Authority: authority, ID: fmt.Sprint("a", n+1), Username: fmt.Sprint("user", n), Role: access.Worker}); err != nil {
					return err
				}
			}
			if err := place.fill(tx, authority, random); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return place
}

// fill adds children of an authority: allocations are made first, then links move
// some children into other records, and some allocations end.
func (p *town) fill(tx *store.Tx, authority string, random *rand.Rand) error {
	var ids []string
	p.allocations[authority] = map[string][]string{}
	for n := range 12 {
		id := fmt.Sprintf("%s-%02d", authority, n)
		ids = append(ids, id)
		c := child.Child{ID: id, Reference: "R" + id, Record: id}
		if err := tx.AddChild(authority, c); err != nil {
			return err
		}
		p.authority[id] = authority
	}
	record := map[string]string{}
	for _, id := range ids {
		record[id] = id
		if other := ids[random.IntN(len(ids))]; random.IntN(3) == 0 && record[other] == other {
			record[id] = other
		}
	}
	for _, id := range ids {
		for n := range 3 {
			account := fmt.Sprint("a", n+1)
			if random.IntN(4) > 0 {
				continue
			}
			if err := tx.Allocate(authority, id, account, account); err != nil {
				return err
			}
			if random.IntN(3) == 0 {
				if err := tx.EndAllocation(authority, id, account, account); err != nil {
					return err
				}
				continue
			}
			p.allocations[authority][record[id]] = append(p.allocations[authority][record[id]], account)
		}
	}
	for _, id := range ids {
		if record[id] != id {
			if err := tx.MoveChild(authority, id, record[id]); err != nil {
				return err
			}
		}
		p.children = append(p.children, child.Child{ID: id, Record: record[id]})
	}
	return nil
}

func (p town) compare(t *testing.T, db *store.DB, scope access.Scope) {
	t.Helper()
	var want, got []string
	for _, c := range p.children {
		if authority := p.authority[c.ID]; scope.Includes(authority, p.allocations[authority][c.Record]) {
			want = append(want, c.ID)
		}
	}
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		list, err := tx.ChildrenInScope(scope)
		for _, c := range list {
			got = append(got, c.ID)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%+v: SQL gives %v, Go decides %v", scope, got, want)
	}
}
