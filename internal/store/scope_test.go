package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// town is two authorities with some children: linked, allocated, in teams, restricted,
// opened in an emergency, erased.
type town struct {
	children []child.Child
	records  map[string]access.Record // by authority and record
}

var teams = []string{"", "t1", "t2"}

// The SQL that queries carry and the decision in Go say the same for random people
// and records, on both engines; and what is gathered of a record for the decision is
// what was done to it.
func TestScopeInSQLIsTheDecisionInGo(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		for seed := range uint64(4) {
			authorities := []string{fmt.Sprint("8", seed), fmt.Sprint("9", seed)}
			place := settle(t, db, authorities, rand.New(rand.NewPCG(seed, 7)))
			for _, authority := range authorities {
				place.ofAll(t, db, authority)
			}
		}
	})
}

// ofAll compares for everybody, every team, every reach, with and without emergencies.
func (p town) ofAll(t *testing.T, db *store.DB, authority string) {
	for _, account := range append(slices.Clone(people), "nobody") {
		for _, team := range append(slices.Clone(teams), access.NotPlaced) {
			for _, reach := range []access.Reach{access.Whole, access.Authority, access.Team, access.TeamOrAll, access.Allocated, access.Shared, access.None} {
				for _, emergencies := range []bool{false, true} {
					p.compare(t, db, access.Scope{Authority: authority, Account: account, Team: team, Reach: reach, Now: noon, Emergencies: emergencies})
				}
			}
		}
	}
}

func settle(t *testing.T, db *store.DB, authorities []string, random *rand.Rand) town {
	t.Helper()
	place := town{records: map[string]access.Record{}}
	eachAuthority(t, db, authorities, func(tx *store.Tx, authority string) error { return place.fill(tx, authority, random) })
	return place
}

// fill adds children of an authority, things happen to each, and then links move some
// of them into the records of others.
func (p *town) fill(tx *store.Tx, authority string, random *rand.Rand) error {
	ids, record := linked(authority, 14, random)
	for _, id := range ids {
		team := teams[random.IntN(len(teams))]
		if err := tx.AddChild(authority, child.Child{ID: id, Reference: "R" + id, Record: id, Team: team}); err != nil {
			return err
		}
		facts := p.records[record[id]]
		facts.Authority = authority
		if team != "" {
			facts.Teams = append(facts.Teams, team)
		}
		if err := happen(tx, authority, id, &facts, random); err != nil {
			return err
		}
		p.records[record[id]] = facts
	}
	for _, id := range ids {
		p.children = append(p.children, child.Child{ID: id, Record: record[id]})
	}
	return link(tx, authority, ids, record)
}

// happen allocates a child to some, ends that for some, restricts it now and then, and
// opens it in an emergency that may be over.
func happen(tx *store.Tx, authority, id string, facts *access.Record, random *rand.Rand) error {
	for _, account := range people {
		if random.IntN(4) == 0 {
			if err := tx.Allocate(authority, id, account, account); err != nil {
				return err
			}
			if random.IntN(3) > 0 {
				facts.AllocatedTo = append(facts.AllocatedTo, account)
			} else if err := tx.EndAllocation(authority, id, account, account); err != nil {
				return err
			}
		}
		if random.IntN(6) == 0 {
			until := noon.Add([]time.Duration{-time.Hour, 0, time.Microsecond, time.Hour}[random.IntN(4)])
			e := store.Emergency{ID: id + account, Child: id, Account: account, Reason: "why", UntilAt: until}
			if err := tx.AddEmergency(authority, e); err != nil {
				return err
			}
			switch err := error(nil); {
			case until.After(noon) && random.IntN(3) == 0:
				if err = tx.EndEmergency(authority, e.ID, account); err != nil {
					return err
				}
			default:
				facts.Emergencies = append(facts.Emergencies, access.Emergency{Account: account, Until: until})
			}
		}
	}
	if random.IntN(6) > 0 {
		return nil
	}
	return restrict(tx, authority, id, facts, random)
}

// restrict restricts a child to some people, and lifts that now and then.
func restrict(tx *store.Tx, authority, id string, facts *access.Record, random *rand.Rand) error {
	if err := tx.Restrict(authority, "r"+id, id, "a1"); err != nil {
		return err
	}
	named := []string{}
	for _, account := range people {
		if random.IntN(2) == 0 {
			named = append(named, account)
			if err := tx.NameIn(authority, "r"+id, account, "a1"); err != nil {
				return err
			}
		}
	}
	if random.IntN(4) == 0 {
		return tx.EndRestriction(authority, "r"+id, "a1")
	}
	facts.Named = append(facts.Named, named)
	return nil
}

func (p town) compare(t *testing.T, db *store.DB, scope access.Scope) {
	t.Helper()
	var want, got, gathered []string
	all, expected := true, true
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		for _, c := range p.children {
			facts := p.records[c.Record]
			if facts.Authority != scope.Authority {
				continue
			}
			if scope.Includes(facts) {
				want = append(want, c.ID)
			} else {
				expected = false
			}
			held, err := tx.AccessRecord(scope.Authority, c.Record)
			if err != nil {
				return err
			}
			if scope.Includes(held) {
				gathered = append(gathered, c.ID)
			}
		}
		list, err := tx.ChildrenInScope(scope)
		for _, c := range list {
			got = append(got, c.ID)
		}
		if err != nil {
			return err
		}
		all, err = tx.ReachesAll(scope)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(got)
	slices.Sort(want)
	slices.Sort(gathered)
	if !slices.Equal(got, want) || !slices.Equal(gathered, want) || all != expected {
		t.Errorf("%+v: SQL gives %v, what is gathered %v, Go decides %v; all in reach: %v, want %v", scope, got, gathered, want, all, expected)
	}
}
