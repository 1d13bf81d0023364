package store

import (
	"database/sql"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
)

// Ask is something that a young person wants somebody to do. What is for one person is
// given to that person alone: every query but those for the young person asks who reads.
type Ask struct {
	ID           string
	Child        string // whose it is
	Record       string
	Conversation string // in which it was said
	Outcome      string // what it is about; empty for nothing special
	Indicator    string
	Words        string
	Language     string // tag of the words
	Audience     conversation.Audience
	Owner        string // account that answers; empty where nobody worked with them
	AskedAt      time.Time
	DueOn        date.Date // last day for an answer
	SeenAt       time.Time // when who answers first read it; zero before
	SeenBy       string
}

// AskCount is what figures count of an ask. It holds nothing that was said.
type AskCount struct {
	Record    string
	DueOn     date.Date
	RepliedAt time.Time // the first reply; zero without one
	Helped    conversation.Helped
}

const askColumns = `select a.id, a.child_id, c.record_id, a.conversation_id, a.outcome, a.indicator, a.words, a.language, a.audience, a.owner, a.asked_at, a.due_on, a.seen_at, coalesce(a.seen_by, '')
	from ask a join child c on c.authority = a.authority and c.id = a.child_id `

// askFor is what an account, named by its argument, may see of asks: a is a row of ask.
func askFor(account string) string {
	return `(a.audience = 'helpers' or a.audience = 'one' and a.owner = ` + account + `)`
}

var (
	insertAsk = statement(`insert into ask (authority, id, child_id, conversation_id, outcome, indicator, words, language, audience, owner, asked_at, due_on) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`)
	asksOf    = statement(askColumns + `where a.authority = $1 and c.record_id = $2 order by a.asked_at desc, a.id`)
	asksFor   = statement(askColumns + `where a.authority = $1 and c.record_id = $2 and ` + askFor("$3") + ` order by a.asked_at desc, a.id`)
	seeAsk    = statement(`update ask set seen_at = $3, seen_by = $4 where authority = $1 and id = $2 and seen_at is null`)
	openAsk   = statement(`update ask set audience = 'helpers', owner = $3, due_on = $4 where authority = $1 and id = $2 and audience = 'one'`)
	// $2 is the account of the scope: what is for one person waits for that person alone.
	asksWaiting = statement(`select a.id, c.record_id, a.audience, a.owner, a.asked_at, a.due_on
		from ask a join child c on c.authority = a.authority and c.id = a.child_id
		where ` + access.InScope + ` and ` + askFor("$2") + `
		and not exists (select 1 from ask_reply r where r.authority = a.authority and r.ask_id = a.id)
		order by a.due_on, a.asked_at, a.id`)
	askCounts = statement(`select c.record_id, a.due_on,
		(select min(r.replied_at) from ask_reply r where r.authority = a.authority and r.ask_id = a.id),
		coalesce((select r.helped from ask_reply r where r.authority = a.authority and r.ask_id = a.id order by r.number desc limit 1), '')
		from ask a join child c on c.authority = a.authority and c.id = a.child_id
		where a.authority = $1 and c.erased_at is null and a.audience = 'helpers' and a.asked_at >= $2`)
)

// AddAsk keeps what was asked; ErrConflict where its id is there already.
func (tx *Tx) AddAsk(authority string, a Ask) error {
	words, err := tx.sealText(childOf(authority, a.Child), place(authority, "ask", "words", a.ID), a.Words)
	if err != nil {
		return err
	}
	return tx.exec(insertAsk, authority, a.ID, a.Child, a.Conversation, a.Outcome, a.Indicator, words, a.Language, string(a.Audience), a.Owner, instant(tx.Now), string(a.DueOn))
}

// AsksOf is all that a young person asked for, for themselves alone, the latest first.
func (tx *Tx) AsksOf(authority, record string) ([]Ask, error) {
	return tx.openedAsks(authority, asksOf, authority, record)
}

// AsksFor is what an account may see of it: what is for everybody who helps, and what is
// for this account alone.
func (tx *Tx) AsksFor(authority, record, account string) ([]Ask, error) {
	return tx.openedAsks(authority, asksFor, authority, record, account)
}

// SeeAsk notes that who answers read an ask; ErrNotFound where that is noted already.
func (tx *Tx) SeeAsk(authority, id, account string) error {
	return tx.execOne(seeAsk, authority, id, instant(tx.Now), account)
}

// OpenAsk opens an ask that was for one person to everybody who helps, to be answered by
// somebody from now on; ErrNotFound where it is open already.
func (tx *Tx) OpenAsk(authority, id, owner string, due date.Date) error {
	return tx.execOne(openAsk, authority, id, owner, string(due))
}

// AsksWaiting are the asks without a reply in scope that the account of the scope may
// see, without their words, the longest due first.
func (tx *Tx) AsksWaiting(scope access.Scope) ([]Ask, error) {
	return all(tx, asksWaiting, scope.Args(), func(row scanner) (a Ask, err error) {
		var asked string
		err = row.Scan(&a.ID, &a.Record, &a.Audience, &a.Owner, &asked, &a.DueOn)
		a.AskedAt = parseInstant(asked)
		return a, err
	})
}

// AskCounts are the asks for everybody who helps that were asked since an instant. What
// is for one person is not counted.
func (tx *Tx) AskCounts(authority string, since time.Time) ([]AskCount, error) {
	return all(tx, askCounts, []any{authority, instant(since)}, func(row scanner) (a AskCount, err error) {
		var replied sql.NullString
		err = row.Scan(&a.Record, &a.DueOn, &replied, &a.Helped)
		a.RepliedAt = parseInstant(replied.String)
		return a, err
	})
}

func (tx *Tx) openedAsks(authority string, q stmt, args ...any) ([]Ask, error) {
	list, err := all(tx, q, args, func(row scanner) (a Ask, err error) {
		var asked string
		var seen sql.NullString
		err = row.Scan(&a.ID, &a.Child, &a.Record, &a.Conversation, &a.Outcome, &a.Indicator, &a.Words, &a.Language, &a.Audience, &a.Owner,
			&asked, &a.DueOn, &seen, &a.SeenBy)
		a.AskedAt, a.SeenAt = parseInstant(asked), parseInstant(seen.String)
		return a, err
	})
	return opened(list, err, func(a *Ask) (err error) {
		a.Words, err = tx.openText(childOf(authority, a.Child), place(authority, "ask", "words", a.ID), a.Words)
		return err
	})
}
