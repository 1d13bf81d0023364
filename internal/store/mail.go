package store

import (
	"errors"
	"time"
)

// Mail is an e-mail that waits to be sent. Nothing is kept of one that was.
type Mail struct {
	ID     string
	To     string // address; empty where it does not open
	MadeAt time.Time
	NextAt time.Time // when it is tried (again)
	Tries  int
	Failed string // why the last try failed, in words that name nobody
}

const mailColumns = `select id, recipient, made_at, next_at, tries, failed from mail `

var (
	insertMail  = statement(`insert into mail (authority, id, recipient, made_at, next_at, tries, failed) values ($1, $2, $3, $4, $4, 0, '')`)
	waitingMail = statement(mailColumns + `where authority = $1 order by next_at, id`)
	dueMail     = statement(mailColumns + `where authority = $1 and next_at <= $2 order by next_at, id limit 20`)
	takeMail    = statement(`update mail set next_at = $4, tries = tries + 1 where authority = $1 and id = $2 and next_at = $3`)
	hurryMail   = statement(`update mail set next_at = $3 where authority = $1 and id = $2`)
	dropMail    = statement(`delete from mail where authority = $1 and id = $2`)
	failMail    = statement(`update mail set next_at = $3, failed = $4 where authority = $1 and id = $2`)
)

// AddMail keeps an e-mail to be sent.
func (tx *Tx) AddMail(authority string, m Mail) error {
	to, err := tx.sealText(ownOf(authority), place(authority, "mail", "recipient", m.ID), m.To)
	if err != nil {
		return err
	}
	return tx.exec(insertMail, authority, m.ID, to, instant(tx.Now))
}

// WaitingMail are the e-mails that were not sent yet.
func (tx *Tx) WaitingMail(authority string) ([]Mail, error) {
	return tx.openedMail(authority, waitingMail, authority)
}

// DueMail are some that are to be tried now.
func (tx *Tx) DueMail(authority string) ([]Mail, error) {
	return tx.openedMail(authority, dueMail, authority, instant(tx.Now))
}

// TakeMail takes an e-mail as it was read, to try it: of several at once, for one.
// Until then nobody else tries it; where whoever took it ends, it is tried again.
func (tx *Tx) TakeMail(authority string, m Mail, until time.Time) error {
	return tx.execOne(takeMail, authority, m.ID, instant(m.NextAt), instant(until))
}

// HurryMail has an e-mail that waits tried now.
func (tx *Tx) HurryMail(authority, id string) error {
	return tx.exec(hurryMail, authority, id, instant(tx.Now))
}

// DropMail takes an e-mail away: it was sent, or is not to be. That it is gone already is
// no error.
func (tx *Tx) DropMail(authority, id string) error { return tx.exec(dropMail, authority, id) }

// FailMail notes that it could not be sent, and when it is tried again. That it was taken
// away meanwhile is no error.
func (tx *Tx) FailMail(authority, id string, next time.Time, why string) error {
	return tx.exec(failMail, authority, id, instant(next), why)
}

// openedMail opens the addresses. One that does not open keeps no other from being sent to.
func (tx *Tx) openedMail(authority string, q stmt, args ...any) ([]Mail, error) {
	list, err := all(tx, q, args, func(row scanner) (m Mail, err error) {
		var made, next string
		err = row.Scan(&m.ID, &m.To, &made, &next, &m.Tries, &m.Failed)
		m.MadeAt, m.NextAt = parseInstant(made), parseInstant(next)
		return m, err
	})
	return opened(list, err, func(m *Mail) (err error) {
		m.To, err = tx.openText(ownOf(authority), place(authority, "mail", "recipient", m.ID), m.To)
		if errors.Is(err, ErrTampered) {
			m.To, err = "", nil
		}
		return err
	})
}
