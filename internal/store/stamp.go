package store

import (
	"fmt"

	"stablefutures/internal/date"
)

var (
	stampOf    = statement(`select (select coalesce(max(d.number), 0) from delivery d where d.authority = $1), (select count(*) from register_entry r where r.authority = $1)`)
	countTalks = statement(`select count(*) from conversation where authority = $1`)
	lastTalks  = statement(`select v.child_id, max(v.held_on) from conversation v where v.authority = $1 and ` + saidToAll + ` group by v.child_id`)
	linked     = statement(`select child_a, child_b from child_match where authority = $1 and state = 'linked' order by child_a, child_b`)
)

// Stamp names what the returns, the register and the links between children say
// now: where two stamps of an authority are the same, so is all of that. Facts,
// entries and deliveries are only ever added, so that it is enough to know how
// many there are.
func (tx *Tx) Stamp(authority string) (string, error) {
	var deliveries, entries int
	if err := tx.one(stampOf, []any{authority}, &deliveries, &entries); err != nil {
		return "", err
	}
	stamp := fmt.Sprintf("%d returns, %d entries", deliveries, entries)
	links, err := tx.Links(authority)
	for _, m := range links {
		stamp += ", " + m.A + " is " + m.B
	}
	return stamp, err
}

// Links are the pairs of children that are linked now.
func (tx *Tx) Links(authority string) ([]Match, error) {
	return all(tx, linked, []any{authority}, func(row scanner) (Match, error) {
		m := Match{State: MatchLinked}
		err := row.Scan(&m.A, &m.B)
		return m, err
	})
}

// CountConversations is how many conversations there are; they are only ever added.
func (tx *Tx) CountConversations(authority string) (n int, err error) {
	err = tx.one(countTalks, []any{authority}, &n)
	return n, err
}

// LastTalks are the days of the last conversations, by child.
func (tx *Tx) LastTalks(authority string) (map[string]date.Date, error) {
	out := map[string]date.Date{}
	err := tx.each(lastTalks, []any{authority}, func(row scanner) error {
		var child string
		var day date.Date
		err := row.Scan(&child, &day)
		out[child] = day
		return err
	})
	return out, err
}
