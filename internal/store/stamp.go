package store

import "fmt"

var (
	stampOf    = statement(`select (select coalesce(max(d.number), 0) from delivery d where d.authority = $1), (select count(*) from register_entry r where r.authority = $1)`)
	countTalks = statement(`select count(*) from conversation where authority = $1`)
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
	err := tx.each(linked, []any{authority}, func(row scanner) error {
		var a, b string
		err := row.Scan(&a, &b)
		stamp += ", " + a + " is " + b
		return err
	})
	return stamp, err
}

// CountConversations is how many conversations there are; they are only ever added.
func (tx *Tx) CountConversations(authority string) (n int, err error) {
	err = tx.one(countTalks, []any{authority}, &n)
	return n, err
}
