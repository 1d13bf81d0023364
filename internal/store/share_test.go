package store_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/consent"
	"stablefutures/internal/date"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// county is two authorities with agencies, people of theirs, and records that are
// shared, with what was told when. It is told by what was done, not by what is stored.
type county struct {
	records map[string]*access.SharedRecord // by authority and record
	study   map[string][]consent.Entry      // by record
	people  []access.Recipient
	numbers map[string]int // length of the ledger, by authority
}

const day date.Date = "2026-11-24"

// What the queries give an agency and what the decision in Go gives it are the same, for
// random agreements, withdrawals, last days, links, restrictions, erased records, ended
// agencies and accounts, on both engines.
func TestSharedInSQLIsTheDecisionInGo(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		seen, agreed := 0, 0
		for seed := range uint64(8) {
			authorities := []string{fmt.Sprint("8", seed), fmt.Sprint("9", seed)}
			place := settled(t, db, authorities, rand.New(rand.NewPCG(seed, 11)))
			place.erase(t, db, dsn)
			for _, p := range place.people {
				seen += place.compare(t, db, p)
			}
			for _, authority := range authorities {
				agreed += place.compareStudy(t, db, authority)
			}
		}
		if seen < 20 || agreed < 10 {
			t.Errorf("only %d shares are live and %d agreed to the study: too few to tell anything", seen, agreed)
		}
	})
}

func settled(t *testing.T, db *store.DB, authorities []string, random *rand.Rand) county {
	t.Helper()
	place := county{records: map[string]*access.SharedRecord{}, study: map[string][]consent.Entry{}, numbers: map[string]int{}}
	eachAuthority(t, db, authorities, func(tx *store.Tx, authority string) error {
		if err := place.settle(tx, authority, random); err != nil {
			return err
		}
		return place.fill(tx, authority, random)
	})
	return place
}

// settle adds the agencies and their people, some of whom have ended, are in no agency,
// or are something else.
func (p *county) settle(tx *store.Tx, authority string, random *rand.Rand) error {
	for _, agency := range []string{"g1", "g2"} {
		if err := tx.AddAgency(authority, agency, agency, "health", "a1"); err != nil {
			return err
		}
	}
	n := 0
	for _, role := range []access.Role{access.Partner, access.Worker} {
		for _, agency := range []string{"", "g1", "g2"} {
			for _, section := range append([]consent.Section{""}, consent.Sections[:2]...) {
				n++
				one := access.Recipient{Authority: authority, Account: fmt.Sprint("p", n), InUse: true, Role: role, Agency: agency, Section: section, Day: day}
				if err := tx.AddAccount(store.Account{Authority: authority, ID: one.Account, Username: fmt.Sprint("partner", n), Role: role}); err != nil {
					return err
				}
				if err := tx.Place(authority, one.Account, "", agency, string(section)); err != nil {
					return err
				}
				if random.IntN(5) == 0 {
					one.InUse = false
					if err := tx.EndAccount(authority, one.Account, "a1"); err != nil {
						return err
					}
				}
				p.people = append(p.people, one)
			}
		}
	}
	return nil
}

// fill adds children; things are shared, told, restricted, and links move some of them
// into the records of others. An agency ends at last, now and then.
func (p *county) fill(tx *store.Tx, authority string, random *rand.Rand) error {
	ids, record := linked(authority, 16, random)
	for _, id := range ids {
		if err := tx.AddChild(authority, child.Child{ID: id, Reference: "R" + id, Record: id}); err != nil {
			return err
		}
		facts := p.records[record[id]]
		if facts == nil {
			facts = &access.SharedRecord{Authority: authority}
			p.records[record[id]] = facts
		}
		for n := range 3 {
			share := access.Share{Agency: pick(random, "g1", "g2"), Section: consent.Sections[random.IntN(2)], Basis: consent.Bases[random.IntN(2)], BegunBy: pick(random, people...)}
			if random.IntN(4) == 0 {
				continue
			}
			key := fmt.Sprint(id, "-", n)
			if err := tx.AddShare(authority, store.Share{ID: key, Child: id, Share: share}); err != nil {
				return err
			}
			if random.IntN(6) == 0 {
				if err := tx.EndShare(authority, key, "a1"); err != nil {
					return err
				}
				continue
			}
			facts.Shares = append(facts.Shares, share)
		}
		if err := p.happen(tx, authority, id, record[id], facts, random); err != nil {
			return err
		}
	}
	for round := range 6 {
		for _, id := range ids {
			if err := p.tell(tx, authority, id, record[id], round, random); err != nil {
				return err
			}
		}
	}
	if err := link(tx, authority, ids, record); err != nil {
		return err
	}
	return p.endAgency(tx, authority, ids[0], p.records[record[ids[0]]], random)
}

// happen restricts a record now and then.
func (p *county) happen(tx *store.Tx, authority, id, record string, facts *access.SharedRecord, random *rand.Rand) error {
	if random.IntN(3) > 0 {
		return nil
	}
	was := access.Record{Named: facts.Named}
	err := restrict(tx, authority, id, &was, random)
	facts.Named = was.Named
	return err
}

// tell adds an entry about one child: an answer to sharing, to another basis, or to the study.
func (p *county) tell(tx *store.Tx, authority, id, record string, round int, random *rand.Rand) error {
	if random.IntN(3) == 0 {
		return nil
	}
	p.numbers[authority]++
	e := consent.Entry{ID: fmt.Sprint(id, "-e", round), Number: p.numbers[authority], Matter: consent.Matter{Purpose: consent.Study}, Basis: consent.Consent,
		Answer: []consent.Answer{consent.Agreed, consent.Agreed, consent.Declined, consent.Withdrawn}[random.IntN(4)], AskedOn: day,
		Expires: []date.Date{"", "", day, day.AddDays(1), day.AddDays(-1)}[random.IntN(5)]}
	if random.IntN(3) > 0 {
		e.Matter = consent.Matter{Purpose: consent.Sharing, Agency: pick(random, "g1", "g2"), Section: consent.Sections[random.IntN(2)]}
		if e.Basis = consent.Bases[random.IntN(2)]; e.Basis != consent.Consent {
			e.Answer = []consent.Answer{consent.Applies, consent.NoLonger}[random.IntN(2)]
		}
	}
	if err := tx.AddConsent(authority, id, e, "a1"); err != nil {
		return err
	}
	p.records[record].Ledger = append(p.records[record].Ledger, e)
	return nil
}

// endAgency ends an agency now and then, and shares with it afterwards.
func (p *county) endAgency(tx *store.Tx, authority, id string, facts *access.SharedRecord, random *rand.Rand) error {
	if random.IntN(2) > 0 {
		return nil
	}
	for _, r := range p.records {
		if r.Authority == authority {
			r.Ended = append(r.Ended, "g2")
		}
	}
	if err := tx.EndAgency(authority, "g2", "a1"); err != nil {
		return err
	}
	p.numbers[authority]++
	late := consent.Entry{ID: id + "-late", Number: p.numbers[authority], Matter: consent.Matter{Purpose: consent.Sharing, Agency: "g2", Section: consent.Who}, Basis: consent.Consent, Answer: consent.Agreed}
	share := access.Share{Agency: "g2", Section: consent.Who, Basis: consent.Consent, BegunBy: "a1"}
	facts.Ledger, facts.Shares = append(facts.Ledger, late), append(facts.Shares, share)
	if err := tx.AddConsent(authority, id, late, "a1"); err != nil {
		return err
	}
	return tx.AddShare(authority, store.Share{ID: id + "-late", Child: id, Share: share})
}

// erase marks some records as erased, as erasing does.
func (p *county) erase(t *testing.T, db *store.DB, dsn string) {
	t.Helper()
	raw := past(t, db, dsn)
	for n, record := range slices.Sorted(maps.Keys(p.records)) {
		facts := p.records[record]
		if n%5 > 0 {
			continue
		}
		facts.Erased = true
		if _, err := raw.Exec("update child set erased_at = 'x' where authority = $1 and record_id = $2", facts.Authority, record); err != nil {
			t.Fatal(err)
		}
	}
}

func pick(random *rand.Rand, of ...string) string { return of[random.IntN(len(of))] }

// compare tells how much one person sees, the same by each way of asking.
func (p county) compare(t *testing.T, db *store.DB, one access.Recipient) int {
	t.Helper()
	var want, got, gathered, single []string
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		for record, facts := range p.records {
			if one.Sees(*facts) {
				want = append(want, record)
			}
			held, err := tx.SharedFacts(one.Authority, record)
			if err != nil {
				return err
			}
			if facts.Authority == one.Authority && one.Sees(held) {
				gathered = append(gathered, record)
			}
			if _, err := tx.SharedRecord(one.Authority, one.Account, record, one.Day); err == nil {
				single = append(single, record)
			}
		}
		list, err := tx.SharedWith(one.Authority, one.Account, one.Day)
		for _, c := range list {
			got = append(got, c.Record)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range [][]string{want, got, gathered, single} {
		slices.Sort(list)
	}
	if !slices.Equal(got, want) || !slices.Equal(gathered, want) || !slices.Equal(single, want) {
		t.Errorf("%+v: the list has %v, one by one %v, what is gathered %v, Go decides %v", one, got, single, gathered, want)
	}
	return len(want)
}

func (p county) compareStudy(t *testing.T, db *store.DB, authority string) int {
	t.Helper()
	var want, got []string
	for record, facts := range p.records {
		if facts.Authority == authority && !facts.Erased && consent.Holds(facts.Ledger, consent.Study, "", "", day) {
			want = append(want, record)
		}
	}
	err := db.Read(t.Context(), func(tx *store.Tx) (err error) {
		got, err = tx.AgreedToStudy(authority, string(day))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("SQL counts %v in the study, Go decides %v", got, want)
	}
	return len(want)
}
