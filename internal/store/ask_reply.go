package store

import (
	"database/sql"
	"strconv"
	"time"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/seal"
)

// AskReply is a reply to an ask. Replies are added; the latest is what holds. Only what
// the young person does with one is noted on it: that they read it, and whether it helped.
type AskReply struct {
	ID          string
	Ask         string
	Number      int // counts the replies to an ask from 1
	Child       string
	Came        conversation.Came
	Why         conversation.WhyNot
	By          date.Date // by when it will be done; unknown for none
	Words       string
	Language    string // tag of the words
	RepliedAt   time.Time
	RepliedBy   string
	ReadAt      time.Time // when the young person first saw it; zero before
	Helped      conversation.Helped
	HelpedWords string
	HelpedAt    time.Time
}

const replyColumns = `select r.id, r.ask_id, r.number, r.child_id, r.outcome, r.why, r.by_on, r.words, r.language, r.replied_at, r.replied_by, r.read_at, r.helped, r.helped_words, r.helped_at
	from ask_reply r join ask a on a.authority = r.authority and a.id = r.ask_id
	join child c on c.authority = a.authority and c.id = a.child_id `

var (
	insertReply = statement(`insert into ask_reply (authority, ask_id, number, id, child_id, outcome, why, by_on, words, language, replied_at, replied_by, helped, helped_words)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', '')`)
	repliesOf   = statement(replyColumns + `where r.authority = $1 and c.record_id = $2 order by r.ask_id, r.number`)
	repliesFor  = statement(replyColumns + `where r.authority = $1 and c.record_id = $2 and ` + askFor("$3") + ` order by r.ask_id, r.number`)
	readReplies = statement(`update ask_reply set read_at = $3 where authority = $1 and ask_id = $2 and read_at is null`)
	setHelped   = statement(`update ask_reply set helped = $4, helped_words = $5, helped_at = $6 where authority = $1 and ask_id = $2 and number = $3`)
)

// AddReply keeps a reply; ErrConflict where its id or its number is there already.
func (tx *Tx) AddReply(authority string, r AskReply) error {
	words, err := tx.sealText(childOf(authority, r.Child), replyPlace(authority, r, "words"), r.Words)
	if err != nil {
		return err
	}
	return tx.exec(insertReply, authority, r.Ask, r.Number, r.ID, r.Child, string(r.Came), string(r.Why), string(r.By), words, r.Language, instant(tx.Now), r.RepliedBy)
}

// RepliesOf are all replies to a young person, for themselves alone, by ask, the first
// first.
func (tx *Tx) RepliesOf(authority, record string) (map[string][]AskReply, error) {
	return tx.openedReplies(authority, repliesOf, authority, record)
}

// RepliesFor are those to asks that an account may see.
func (tx *Tx) RepliesFor(authority, record, account string) (map[string][]AskReply, error) {
	return tx.openedReplies(authority, repliesFor, authority, record, account)
}

// ReadReplies notes that a young person saw the replies to an ask.
func (tx *Tx) ReadReplies(authority, ask string) error {
	return tx.exec(readReplies, authority, ask, instant(tx.Now))
}

// SetHelped keeps what a young person says of a reply.
func (tx *Tx) SetHelped(authority string, r AskReply) error {
	words, err := tx.sealText(childOf(authority, r.Child), replyPlace(authority, r, "helped_words"), r.HelpedWords)
	if err != nil {
		return err
	}
	return tx.execOne(setHelped, authority, r.Ask, r.Number, string(r.Helped), words, instant(tx.Now))
}

func (tx *Tx) openedReplies(authority string, q stmt, args ...any) (map[string][]AskReply, error) {
	list, err := all(tx, q, args, func(row scanner) (r AskReply, err error) {
		var replied string
		var read, helped sql.NullString
		err = row.Scan(&r.ID, &r.Ask, &r.Number, &r.Child, &r.Came, &r.Why, &r.By, &r.Words, &r.Language, &replied, &r.RepliedBy, &read, &r.Helped, &r.HelpedWords, &helped)
		r.RepliedAt, r.ReadAt, r.HelpedAt = parseInstant(replied), parseInstant(read.String), parseInstant(helped.String)
		return r, err
	})
	list, err = opened(list, err, func(r *AskReply) (err error) {
		of := childOf(authority, r.Child)
		if r.Words, err = tx.openText(of, replyPlace(authority, *r, "words"), r.Words); err != nil {
			return err
		}
		r.HelpedWords, err = tx.openText(of, replyPlace(authority, *r, "helped_words"), r.HelpedWords)
		return err
	})
	out := map[string][]AskReply{}
	for _, r := range list {
		out[r.Ask] = append(out[r.Ask], r)
	}
	return out, err
}

func replyPlace(authority string, r AskReply, column string) seal.Place {
	return place(authority, "ask_reply", column, r.Ask, strconv.Itoa(r.Number))
}
