package store

import "time"

// Notice is something that somebody is to be told on their next page.
type Notice struct {
	ID      string
	Account string // whom
	Kind    string
	Subject string // id of what it is about
	At      time.Time
}

var (
	insertNotice = statement(`insert into notice (authority, id, account_id, kind, subject_id, at) values ($1, $2, $3, $4, $5, $6)`)
	listNotices  = statement(`select id, account_id, kind, subject_id, at from notice where authority = $1 and account_id = $2 and seen_at is null order by at, id limit $3`)
	seeNotice    = statement(`update notice set seen_at = $4 where authority = $1 and id = $2 and account_id = $3 and seen_at is null`)
)

// AddNotice puts a notice at the top of an account's pages.
func (tx *Tx) AddNotice(authority string, n Notice) error {
	return tx.exec(insertNotice, authority, n.ID, n.Account, n.Kind, n.Subject, instant(tx.Now))
}

// Notices are what an account has not seen yet, the oldest first.
func (tx *Tx) Notices(authority, account string, limit int) ([]Notice, error) {
	return all(tx, listNotices, []any{authority, account, limit}, func(row scanner) (Notice, error) {
		var n Notice
		var at string
		err := row.Scan(&n.ID, &n.Account, &n.Kind, &n.Subject, &at)
		n.At = parseInstant(at)
		return n, err
	})
}

// SeeNotice takes a notice from an account's pages; ErrNotFound where it does not
// stand there.
func (tx *Tx) SeeNotice(authority, id, account string) error {
	return tx.execOne(seeNotice, authority, id, account, instant(tx.Now))
}
