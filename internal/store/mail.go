package store

import (
	"database/sql"
	"time"
)

// Mail is an e-mail that is to be sent. It says nothing of what it is about.
type Mail struct {
	ID      string
	To      string
	Subject string
	Body    string
	MadeAt  time.Time
	NextAt  time.Time // when it is tried (again)
	Tries   int
	SentAt  time.Time // zero while it was not sent
	Failed  string    // why the last try failed, in words that name nobody
}

const mailColumns = `select id, recipient, subject, body, made_at, next_at, tries, sent_at, failed from mail `

var (
	insertMail  = statement(`insert into mail (authority, id, recipient, subject, body, made_at, next_at, tries, failed) values ($1, $2, $3, $4, $5, $6, $6, 0, '')`)
	waitingMail = statement(mailColumns + `where authority = $1 and sent_at is null order by next_at, id`)
	dueMail     = statement(mailColumns + `where authority = $1 and sent_at is null and next_at <= $2 order by next_at, id limit 20`)
	takeMail    = statement(`update mail set next_at = $4, tries = tries + 1 where authority = $1 and id = $2 and sent_at is null and next_at = $3`)
	sentMail    = statement(`update mail set sent_at = $3, failed = '' where authority = $1 and id = $2 and sent_at is null`)
	failMail    = statement(`update mail set next_at = $3, failed = $4 where authority = $1 and id = $2 and sent_at is null`)
)

// AddMail keeps an e-mail to be sent.
func (tx *Tx) AddMail(authority string, m Mail) error {
	to, err := tx.sealText(ownOf(authority), place(authority, "mail", "recipient", m.ID), m.To)
	if err != nil {
		return err
	}
	return tx.exec(insertMail, authority, m.ID, to, m.Subject, m.Body, instant(tx.Now))
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

// SentMail notes that an e-mail was sent.
func (tx *Tx) SentMail(authority, id string) error {
	return tx.execOne(sentMail, authority, id, instant(tx.Now))
}

// FailMail notes that it could not be sent, and when it is tried again.
func (tx *Tx) FailMail(authority, id string, next time.Time, why string) error {
	return tx.execOne(failMail, authority, id, instant(next), why)
}

func (tx *Tx) openedMail(authority string, q stmt, args ...any) ([]Mail, error) {
	list, err := all(tx, q, args, func(row scanner) (m Mail, err error) {
		var made, next string
		var sent sql.NullString
		err = row.Scan(&m.ID, &m.To, &m.Subject, &m.Body, &made, &next, &m.Tries, &sent, &m.Failed)
		m.MadeAt, m.NextAt, m.SentAt = parseInstant(made), parseInstant(next), parseInstant(sent.String)
		return m, err
	})
	return opened(list, err, func(m *Mail) (err error) {
		m.To, err = tx.openText(ownOf(authority), place(authority, "mail", "recipient", m.ID), m.To)
		return err
	})
}
