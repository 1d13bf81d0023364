package store

import "time"

// OwnLock are the four pictures with which a young person sees again what they kept from
// others.
type OwnLock struct {
	Child    string // whose it is, which a link of records does not change
	Pictures string // as kept
	Wrong    int    // wrong tries since the last right one
	TriedAt  time.Time
	MadeAt   time.Time
}

var (
	putOwnLock = statement(`insert into own_lock (authority, child_id, pictures, wrong, tried_at, made_at) values ($1, $2, $3, 0, $4, $4)
		on conflict (authority, child_id) do update set pictures = excluded.pictures, wrong = 0, tried_at = excluded.tried_at, made_at = excluded.made_at`)
	ownLocksOf = statement(`select l.child_id, l.pictures, l.wrong, l.tried_at, l.made_at from own_lock l join child c on c.authority = l.authority and c.id = l.child_id
		where l.authority = $1 and c.record_id = $2 and c.erased_at is null order by l.made_at, l.child_id`)
	tryOwnLock  = statement(`update own_lock set wrong = $3, tried_at = $4 where authority = $1 and child_id = $2`)
	carryProved = statement(`update own_session set proved = $3 where authority = $1 and proved = $2`)
	// A session sees what was kept in itself, and in one that proved the same device or
	// the same lock.
	keptInSight = statement(`select v.id from conversation v join child c on c.authority = v.authority and c.id = v.child_id
		left join own_session t on t.authority = v.authority and t.token_hash = v.session_hash
		where v.authority = $1 and c.record_id = $2 and v.session_hash <> ''
		and (v.session_hash = $3 or t.proved <> '' and t.proved = $4 or t.unlocked <> '' and t.unlocked = $5)`)
)

// PutOwnLock keeps pictures, in the place of those that were chosen before.
func (tx *Tx) PutOwnLock(authority, childID, pictures string) error {
	return tx.exec(putOwnLock, authority, childID, pictures, instant(tx.Now))
}

// OwnLocks are the pictures of a record: of each of its linked children that had some. One
// opens nothing that was kept under another: who links two records is not who chose both.
func (tx *Tx) OwnLocks(authority, record string) ([]OwnLock, error) {
	return all(tx, ownLocksOf, []any{authority, record}, func(row scanner) (l OwnLock, err error) {
		var tried, made string
		err = row.Scan(&l.Child, &l.Pictures, &l.Wrong, &tried, &made)
		l.TriedAt, l.MadeAt = parseInstant(tried), parseInstant(made)
		return l, err
	})
}

// TryOwnLock notes how often pictures were tried since the last right try.
func (tx *Tx) TryOwnLock(authority, childID string, wrong int) error {
	return tx.execOne(tryOwnLock, authority, childID, wrong, instant(tx.Now))
}

// CarryProved gives what sessions of one device kept to another, on the same phone.
func (tx *Tx) CarryProved(authority, from, to string) error {
	if from == "" {
		return nil
	}
	return tx.exec(carryProved, authority, from, to)
}

// KeptInSight are the conversations of which a session may see what was kept from others.
func (tx *Tx) KeptInSight(authority string, s OwnSession) (map[string]bool, error) {
	ids, err := all(tx, keptInSight, []any{authority, s.Child, s.Hash, s.Proved, s.Unlocked}, func(row scanner) (id string, err error) {
		err = row.Scan(&id)
		return id, err
	})
	sees := make(map[string]bool, len(ids))
	for _, id := range ids {
		sees[id] = true
	}
	return sees, err
}
