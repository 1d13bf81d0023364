package store

import (
	"time"

	"stablefutures/internal/conversation"
	"stablefutures/internal/seal"
)

// Draft is what stands on a form of a conversation that nobody has sent yet. Of one
// account there is one for each voice and indicator of a conversation.
type Draft struct {
	Conversation string
	Indicator    string
	Voice        conversation.Voice
	Account      string
	State        conversation.State // empty while nothing is chosen
	Value        int
	Evidence     conversation.Evidence
	Words        string
	Replaces     string // the reading that the form showed
	SavedAt      time.Time
}

const draftColumns = `select d.conversation_id, d.indicator, d.voice, d.account_id, d.state, d.value, d.evidence, d.words, d.replaces, d.saved_at, v.child_id from draft d join conversation v on v.authority = d.authority and v.id = d.conversation_id `

var (
	childOfTalk = statement(`select child_id from conversation where authority = $1 and id = $2`)
	putDraft    = statement(`insert into draft (authority, conversation_id, indicator, voice, account_id, state, value, evidence, words, replaces, saved_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		on conflict (authority, conversation_id, indicator, voice, account_id) do update set state = excluded.state, value = excluded.value,
		evidence = excluded.evidence, words = excluded.words, replaces = excluded.replaces, saved_at = excluded.saved_at`)
	dropDraft      = statement(`delete from draft where authority = $1 and conversation_id = $2 and indicator = $3 and voice = $4 and account_id = $5`)
	draftsOfTalk   = statement(draftColumns + `where d.authority = $1 and d.conversation_id = $2 order by d.indicator, d.voice, d.account_id`)
	draftsOfRecord = statement(draftColumns + `join child c on c.authority = v.authority and c.id = v.child_id
		where d.authority = $1 and c.record_id = $2 and d.account_id = $3 and d.state <> '' order by d.saved_at, d.indicator, d.voice`)
	draftsBefore = statement(draftColumns + `where d.authority = $1 and d.saved_at < $2 and d.state <> '' order by d.saved_at, d.indicator, d.voice`)
)

// PutDraft keeps a draft in the place of the one before.
func (tx *Tx) PutDraft(authority string, d Draft) error {
	var childID string
	if err := tx.one(childOfTalk, []any{authority, d.Conversation}, &childID); err != nil {
		return err
	}
	words, err := tx.sealText(childOf(authority, childID), draftPlace(authority, d), d.Words)
	if err != nil {
		return err
	}
	return tx.exec(putDraft, authority, d.Conversation, d.Indicator, string(d.Voice), d.Account, string(d.State), d.Value,
		string(d.Evidence), words, d.Replaces, instant(tx.Now))
}

func draftPlace(authority string, d Draft) seal.Place {
	return place(authority, "draft", "words", d.Conversation, d.Indicator, string(d.Voice), d.Account)
}

// DropDraft takes a draft away; ErrNotFound where there was none.
func (tx *Tx) DropDraft(authority string, d Draft) error {
	return tx.execOne(dropDraft, authority, d.Conversation, d.Indicator, string(d.Voice), d.Account)
}

// DraftsOfConversation are all drafts of a conversation.
func (tx *Tx) DraftsOfConversation(authority, id string) ([]Draft, error) {
	return tx.openedDrafts(authority, draftsOfTalk, authority, id)
}

// AnsweredDrafts are the drafts of an account in a record in which an answer or a
// state was chosen, the oldest first.
func (tx *Tx) AnsweredDrafts(authority, record, account string) ([]Draft, error) {
	return tx.openedDrafts(authority, draftsOfRecord, authority, record, account)
}

// AnsweredDraftsBefore are the drafts of everybody in which an answer or a state
// was chosen and that were left before an instant, the oldest first.
func (tx *Tx) AnsweredDraftsBefore(authority string, before time.Time) ([]Draft, error) {
	return tx.openedDrafts(authority, draftsBefore, authority, instant(before))
}

// sealedDraft is a draft of which the words are still sealed.
type sealedDraft struct {
	Draft
	child string
}

func (s *sealedDraft) whose() string { return s.child }

func (tx *Tx) openedDrafts(authority string, q stmt, args ...any) ([]Draft, error) {
	list, err := all(tx, q, args, scanDraft)
	if err != nil {
		return nil, err
	}
	out := make([]Draft, 0, len(list))
	_, err = openAll(tx, authority, list, (*sealedDraft).whose, func(s *sealedDraft) (err error) {
		s.Words, err = tx.openText(childOf(authority, s.child), draftPlace(authority, s.Draft), s.Words)
		out = append(out, s.Draft)
		return err
	})
	return out, err
}

func scanDraft(row scanner) (sealedDraft, error) {
	var d sealedDraft
	var saved string
	err := row.Scan(&d.Conversation, &d.Indicator, &d.Voice, &d.Account, &d.State, &d.Value, &d.Evidence, &d.Words, &d.Replaces, &saved, &d.child)
	d.SavedAt = parseInstant(saved)
	return d, err
}
