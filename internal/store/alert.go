package store

import (
	"database/sql"
	"time"

	"stablefutures/internal/alert"
)

// Alert is that a young person says that they are not safe. It stays as it was sent; who
// has it, and how it ended, is added.
type Alert struct {
	ID             string
	Child          string
	Record         string // that shows the child now
	How            alert.Reach
	Words          string // empty where nothing more was said
	Language       string // tag of the language of the page
	SentAt         time.Time
	AcknowledgedAt time.Time // zero while nobody has it
	AcknowledgedBy string
	Answer         alert.Answer
	ClosedAt       time.Time // zero while it goes on
	ClosedBy       string
	Remark         string // what was done
}

const (
	alertState   = `a.language, a.sent_at, a.acknowledged_at, a.acknowledged_by, a.answer, a.closed_at, a.closed_by`
	alertFrom    = ` from alert a join child c on c.authority = a.authority and c.id = a.child_id `
	alertColumns = `select a.id, a.child_id, c.record_id, a.how, a.words, ` + alertState + `, a.remark` + alertFrom
	alertUnread  = `select a.id, a.child_id, c.record_id, a.how, '', ` + alertState + `, ''` + alertFrom
)

// forAccount are the alerts a that concern the account $2: those of which it was told,
// and those of young people who are allocated to it. From whom a restriction keeps the
// record, the alert is kept too, unless they were told.
const forAccount = `c.erased_at is null and (
	exists (select 1 from alert_told t where t.authority = a.authority and t.alert_id = a.id and t.account_id = $2)
	or exists (
		select 1 from child s join allocation l on l.authority = s.authority and l.child_id = s.id
		where s.authority = c.authority and s.record_id = c.record_id and l.account_id = $2 and l.ended_at is null
			and not exists (
				select 1 from child o join restriction r on r.authority = o.authority and r.child_id = o.id
				where o.authority = c.authority and o.record_id = c.record_id and r.ended_at is null and not exists (
					select 1 from restriction_name n where n.authority = r.authority and n.restriction_id = r.id and n.account_id = $2))))`

var (
	insertAlert = statement(`insert into alert (authority, id, child_id, how, words, language, sent_at, answer, remark) values ($1, $2, $3, $4, $5, $6, $7, '', '')`)
	alertsOf    = statement(alertColumns + `where a.authority = $1 and c.record_id = $2 order by a.sent_at desc, a.id limit 20`)
	unreadAlert = statement(alertUnread + `where a.authority = $1 and a.id = $2 and c.erased_at is null`)
	openAlerts  = statement(alertUnread + `where a.authority = $1 and a.closed_at is null and c.erased_at is null order by a.sent_at, a.id`)
	alertsFor   = statement(alertColumns + `where a.authority = $1 and a.closed_at is null and ` + forAccount + ` order by a.sent_at, a.id`)
	endedFor    = statement(alertColumns + `where a.authority = $1 and a.closed_at >= $3 and ` + forAccount + ` order by a.closed_at desc, a.id limit 50`)
	oneAlertFor = statement(alertColumns + `where a.authority = $1 and a.id = $3 and ` + forAccount)
	waitingFor  = statement(`select count(*) from alert a join child c on c.authority = a.authority and c.id = a.child_id
		where a.authority = $1 and a.id <> $3 and a.closed_at is null and a.acknowledged_at is null and ` + forAccount)
	acknowledgeAlert = statement(`update alert set acknowledged_at = $3, acknowledged_by = $4, answer = $5 where authority = $1 and id = $2 and acknowledged_at is null and closed_at is null`)
	answerAlert      = statement(`update alert set answer = $4 where authority = $1 and id = $2 and acknowledged_by = $3 and closed_at is null`)
	releaseAlert     = statement(`update alert set acknowledged_at = null, acknowledged_by = null, answer = '' where authority = $1 and id = $2 and acknowledged_at is not null and closed_at is null`)
	closeAlert       = statement(`update alert set closed_at = $3, closed_by = $4, remark = $5 where authority = $1 and id = $2 and acknowledged_at is not null and closed_at is null`)
	insertTold       = statement(`insert into alert_told (authority, alert_id, place, account_id, way, round, told_at, until_at)
		select $1, $2, (select count(*) + 1 from alert_told where authority = $1 and alert_id = $2), $3, $4, $5, $6, $7`)
	toldOf = statement(`select account_id, way, round, told_at, until_at from alert_told where authority = $1 and alert_id = $2 order by place`)
)

// AddAlert keeps an alert; ErrConflict where its id is there already.
func (tx *Tx) AddAlert(authority string, a Alert) error {
	words, err := tx.sealText(childOf(authority, a.Child), place(authority, "alert", "words", a.ID), a.Words)
	if err != nil {
		return err
	}
	return tx.exec(insertAlert, authority, a.ID, a.Child, string(a.How), words, a.Language, instant(tx.Now))
}

// AlertsOf are the last alerts of a record, the latest first.
func (tx *Tx) AlertsOf(authority, record string) ([]Alert, error) {
	return tx.openedAlerts(authority, alertsOf, authority, record)
}

// UnreadAlert is an alert by its id, without its words: who has it, and who is to be told,
// is known also where they do not open. ErrNotFound where there is none, or of somebody
// erased.
func (tx *Tx) UnreadAlert(authority, id string) (Alert, error) {
	return first(all(tx, unreadAlert, []any{authority, id}, scanAlert))
}

// OpenAlerts are those that nobody has closed, without their words, the oldest first.
func (tx *Tx) OpenAlerts(authority string) ([]Alert, error) {
	return all(tx, openAlerts, []any{authority}, scanAlert)
}

// AlertsFor are the open alerts that concern an account, the oldest first.
func (tx *Tx) AlertsFor(authority, account string) ([]Alert, error) {
	return tx.openedAlerts(authority, alertsFor, authority, account)
}

// EndedAlertsFor are those that concern an account and ended since an instant, the
// latest first.
func (tx *Tx) EndedAlertsFor(authority, account string, since time.Time) ([]Alert, error) {
	return tx.openedAlerts(authority, endedFor, authority, account, instant(since))
}

// AlertFor is an alert that concerns an account; ErrNotFound otherwise.
func (tx *Tx) AlertFor(authority, account, id string) (Alert, error) {
	return first(tx.openedAlerts(authority, oneAlertFor, authority, account, id))
}

// AlertsWaitingFor counts the alerts that concern an account and that nobody has, but for
// one of them.
func (tx *Tx) AlertsWaitingFor(authority, account, but string) (n int, err error) {
	err = tx.one(waitingFor, []any{authority, account, but}, &n)
	return n, err
}

// AcknowledgeAlert notes who has an alert; ErrNotFound where somebody has it already.
func (tx *Tx) AcknowledgeAlert(authority, id, account string, answer alert.Answer) error {
	return tx.execOne(acknowledgeAlert, authority, id, instant(tx.Now), account, string(answer))
}

// AnswerAlert changes what whoever has an alert says; ErrNotFound where somebody else has it.
func (tx *Tx) AnswerAlert(authority, id, account string, answer alert.Answer) error {
	return tx.execOne(answerAlert, authority, id, account, string(answer))
}

// ReleaseAlert takes an alert from whoever has it, so that it is told again.
func (tx *Tx) ReleaseAlert(authority, id string) error {
	return tx.execOne(releaseAlert, authority, id)
}

// CloseAlert ends an alert that somebody has; ErrNotFound for any other.
func (tx *Tx) CloseAlert(authority string, a Alert, by, remark string) error {
	sealed, err := tx.sealText(childOf(authority, a.Child), place(authority, "alert", "remark", a.ID), remark)
	if err != nil {
		return err
	}
	return tx.execOne(closeAlert, authority, a.ID, instant(tx.Now), by, sealed)
}

// AddTold notes that somebody was told of an alert.
func (tx *Tx) AddTold(authority, id string, t alert.Told) error {
	return tx.exec(insertTold, authority, id, t.Account, string(t.Way), t.Round, instant(t.At), instant(t.Until))
}

// Told are those who were told of an alert, in that order.
func (tx *Tx) Told(authority, id string) ([]alert.Told, error) {
	return all(tx, toldOf, []any{authority, id}, func(row scanner) (t alert.Told, err error) {
		var at, until string
		err = row.Scan(&t.Account, &t.Way, &t.Round, &at, &until)
		t.At, t.Until = parseInstant(at), parseInstant(until)
		return t, err
	})
}

func (tx *Tx) openedAlerts(authority string, q stmt, args ...any) ([]Alert, error) {
	list, err := all(tx, q, args, scanAlert)
	return opened(list, err, func(a *Alert) (err error) {
		of := childOf(authority, a.Child)
		if a.Words, err = tx.openText(of, place(authority, "alert", "words", a.ID), a.Words); err != nil {
			return err
		}
		a.Remark, err = tx.openText(of, place(authority, "alert", "remark", a.ID), a.Remark)
		return err
	})
}

// scanAlert reads an alert that is still sealed.
func scanAlert(row scanner) (a Alert, err error) {
	var sent string
	var has, by, closed, closedBy sql.NullString
	err = row.Scan(&a.ID, &a.Child, &a.Record, &a.How, &a.Words, &a.Language, &sent, &has, &by, &a.Answer, &closed, &closedBy, &a.Remark)
	a.SentAt, a.AcknowledgedAt, a.ClosedAt = parseInstant(sent), parseInstant(has.String), parseInstant(closed.String)
	a.AcknowledgedBy, a.ClosedBy = by.String, closedBy.String
	return a, err
}
