package store

import (
	"cmp"
	"strings"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/seal"
)

// Conversation is when readings are made: one young person, one day, one worker.
type Conversation struct {
	ID          string
	Child       string
	Account     string // empty where a file brought it
	Edition     string
	HeldOn      date.Date
	Language    string // as spoken: "Tigrinya"
	Interpreter bool
	HelpedBy    []conversation.Help
	FileKey     string
	RecordedAt  time.Time
	How         conversation.How // empty is in a talk with a worker
	Session     string           // of the young person's own page in which it is held, to be kept; never read back
}

// Words are what was said with a reading.
type Words struct {
	Reading   string
	Edition   string
	Indicator string
	Voice     conversation.Voice
	SaidOn    date.Date
	Words     string
}

const conversationColumns = `select v.id, v.child_id, v.account_id, v.edition, v.held_on, v.language, v.interpreter, v.helped_by, v.file_key, v.recorded_at, v.how
	from conversation v join child c on c.authority = v.authority and c.id = v.child_id `

const (
	answerColumns = `select r.id, r.child_id, r.conversation_id, r.edition, r.indicator, r.voice, r.account_id, r.state, r.value, r.helped_by, r.evidence, `
	answerFrom    = `, r.said_on, r.recorded_at, r.replaces
	from reading r join child c on c.authority = r.authority and c.id = r.child_id `
)

const readingColumns = answerColumns + `coalesce(w.words, '')` + answerFrom + `
	left join reading_words w on w.authority = r.authority and w.child_id = r.child_id and w.reading_id = r.id `

// saidToAll holds of a conversation of which everybody who helps may know: of one on the
// young person's own page in which they kept all to one person, or to themselves, nobody
// learns that it was.
const saidToAll = `(v.how not in ('own-page', 'handed-over')
	or exists (select 1 from reading r where r.authority = v.authority and r.child_id = v.child_id and r.conversation_id = v.id)
	or exists (select 1 from own_said s where s.authority = v.authority and s.child_id = v.child_id and s.conversation_id = v.id and s.audience = 'helpers')
	or exists (select 1 from ask k where k.authority = v.authority and k.child_id = v.child_id and k.conversation_id = v.id and k.audience = 'helpers'))`

var (
	insertConversation  = statement(`insert into conversation (authority, id, child_id, account_id, edition, held_on, language, interpreter, helped_by, file_key, recorded_at, how, session_hash) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`)
	selectConversation  = statement(conversationColumns + `where ` + access.InScope + ` and v.id = $6`)
	ownConversationsOf  = statement(conversationColumns + `where v.authority = $1 and c.record_id = $2 and v.how in ('own-page', 'handed-over', 'paper')`)
	conversationsOf     = statement(conversationColumns + `where v.authority = $1 and c.record_id = $2 and ` + saidToAll + ` order by v.held_on desc, v.recorded_at desc`)
	filedConversations  = statement(conversationColumns + `where v.authority = $1 and v.how = 'file' order by v.held_on, v.id`)
	allConversations    = statement(conversationColumns + `where v.authority = $1`)
	lastConversations   = statement(`select c.record_id, max(v.held_on), count(*) from conversation v join child c on c.authority = v.authority and c.id = v.child_id where ` + access.InScope + ` and ` + saidToAll + ` group by c.record_id`)
	insertReading       = statement(`insert into reading (authority, id, child_id, edition, indicator, voice, state, value, said_on, recorded_at, conversation_id, account_id, helped_by, evidence, replaces) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`)
	insertWords         = statement(`insert into reading_words (authority, reading_id, child_id, words) values ($1, $2, $3, $4)`)
	answersOn           = statement(answerColumns + `''` + answerFrom + `where r.authority = $1 and c.record_id = $2 and r.edition = $3 and r.indicator in ($4, $5, $6, $7, $8, $9, $10, $11) order by r.said_on, r.recorded_at, r.id`)
	readingsOfRecord    = statement(readingColumns + `where r.authority = $1 and c.record_id = $2 order by r.said_on, r.recorded_at, r.id`)
	readingsOfTalk      = statement(readingColumns + `where r.authority = $1 and c.record_id = $2 and r.conversation_id = $3 order by r.recorded_at, r.id`)
	readingsOfAuthority = statement(readingColumns + `where r.authority = $1 order by r.said_on, r.recorded_at, r.id`)
	lastWords           = statement(`select r.id, r.edition, r.indicator, r.voice, r.said_on, w.words, r.child_id
		from reading r join child c on c.authority = r.authority and c.id = r.child_id
		join reading_words w on w.authority = r.authority and w.child_id = r.child_id and w.reading_id = r.id
		where r.authority = $1 and c.record_id = $2 and r.voice = 'young-person'
		and not exists (select 1 from reading n where n.authority = r.authority and n.child_id = r.child_id and n.edition = r.edition and n.indicator = r.indicator and n.voice = r.voice and n.replaces = r.id)
		order by r.said_on desc, r.recorded_at desc, r.id limit $3`)
)

// AddConversation begins a conversation; ErrConflict where its id is there already.
func (tx *Tx) AddConversation(authority string, v Conversation) error {
	of := childOf(authority, v.Child)
	language, err := tx.sealText(of, talkPlace(authority, v.ID, "language"), v.Language)
	if err != nil {
		return err
	}
	fileKey, err := tx.sealText(of, talkPlace(authority, v.ID, "file_key"), v.FileKey)
	if err != nil {
		return err
	}
	return tx.exec(insertConversation, authority, v.ID, v.Child, v.Account, v.Edition, string(v.HeldOn), language,
		flag(v.Interpreter), joinHelp(v.HelpedBy), fileKey, instant(tx.Now), string(cmp.Or(v.How, conversation.InTalk)), v.Session)
}

func talkPlace(authority, id, column string) seal.Place {
	return place(authority, "conversation", column, id)
}

func wordsPlace(authority, childID, reading string) seal.Place {
	return place(authority, "reading_words", "words", childID, reading)
}

// Conversation is one conversation in scope; ErrNotFound otherwise.
func (tx *Tx) Conversation(scope access.Scope, id string) (Conversation, error) {
	rows, err := tx.openedTalks(scope.Authority, selectConversation, scope.Args(id)...)
	return first(rows, err)
}

// OwnConversationsOf are all that a young person held by themselves, on their own page or
// on paper, for themselves alone: also those in which they kept everything.
func (tx *Tx) OwnConversationsOf(authority, record string) ([]Conversation, error) {
	return tx.openedTalks(authority, ownConversationsOf, authority, record)
}

// ConversationsOfRecord are a record's conversations of which everybody who helps may
// know, the latest first.
func (tx *Tx) ConversationsOfRecord(authority, record string) ([]Conversation, error) {
	return tx.openedTalks(authority, conversationsOf, authority, record)
}

// Conversations are all conversations of an authority, by their ids.
func (tx *Tx) Conversations(authority string) (map[string]Conversation, error) {
	list, err := tx.openedTalks(authority, allConversations, authority)
	out := make(map[string]Conversation, len(list))
	for _, v := range list {
		out[v.ID] = v
	}
	return out, err
}

// FiledConversations are the conversations that files brought.
func (tx *Tx) FiledConversations(authority string) ([]Conversation, error) {
	return tx.openedTalks(authority, filedConversations, authority)
}

// Talk is when a record's last conversation was, and how many there were.
type Talk struct {
	LastOn date.Date
	Count  int
}

// LastConversations are the talks of the records in scope, by record.
func (tx *Tx) LastConversations(scope access.Scope) (map[string]Talk, error) {
	out := map[string]Talk{}
	err := tx.each(lastConversations, scope.Args(), func(row scanner) error {
		var record string
		var t Talk
		err := row.Scan(&record, &t.LastOn, &t.Count)
		out[record] = t
		return err
	})
	return out, err
}

// AddReading adds a reading and its words; ErrConflict where its id is there
// already, which makes a request that is sent twice one request.
func (tx *Tx) AddReading(authority string, r conversation.Reading) error {
	err := tx.exec(insertReading, authority, r.ID, r.Child, r.Edition, r.Indicator, string(r.Voice), string(r.State), r.Value,
		string(r.SaidOn), instant(tx.Now), r.Conversation, r.By, joinHelp(r.HelpedBy), string(r.Evidence), r.Replaces)
	if err != nil || r.Words == "" {
		return err
	}
	words, err := tx.sealText(childOf(authority, r.Child), wordsPlace(authority, r.Child, r.ID), r.Words)
	if err != nil {
		return err
	}
	return tx.exec(insertWords, authority, r.ID, r.Child, words)
}

// AddReadings adds many readings at once, as they are: RecordedAt included.
func (tx *Tx) AddReadings(authority string, readings []conversation.Reading) error {
	columns := []string{"authority", "id", "child_id", "edition", "indicator", "voice", "state", "value", "said_on", "recorded_at", "conversation_id", "account_id", "helped_by", "evidence", "replaces"}
	err := tx.bulk("reading", columns, len(readings), func(i int, put func(...any)) {
		r := &readings[i]
		put(authority, r.ID, r.Child, r.Edition, r.Indicator, string(r.Voice), string(r.State), r.Value, string(r.SaidOn),
			instant(r.RecordedAt), r.Conversation, r.By, joinHelp(r.HelpedBy), string(r.Evidence), r.Replaces)
	})
	if err != nil {
		return err
	}
	var spoken []int
	var speakers []string
	for i := range readings {
		if readings[i].Words != "" {
			spoken, speakers = append(spoken, i), append(speakers, readings[i].Child)
		}
	}
	if err := tx.keysToSeal(authority, speakers); err != nil {
		return err
	}
	return tx.bulk("reading_words", []string{"authority", "reading_id", "child_id", "words"}, len(spoken), func(i int, put func(...any)) {
		r := &readings[spoken[i]]
		put(authority, r.ID, r.Child, tx.sealReady(childOf(authority, r.Child), wordsPlace(authority, r.Child, r.ID), r.Words))
	})
}

// AnswersOn are all readings of a record to some indicators of an edition, without their
// words: of each indicator the first said first.
func (tx *Tx) AnswersOn(authority, record, edition string, indicators []string) ([]conversation.Reading, error) {
	return onItems(indicators, func(some []any) ([]conversation.Reading, error) {
		return all(tx, answersOn, append([]any{authority, record, edition}, some...), scanReading)
	})
}

// ReadingsOfRecord are all readings of a record, the first said first.
func (tx *Tx) ReadingsOfRecord(authority, record string) ([]conversation.Reading, error) {
	return tx.openedReadings(authority, readingsOfRecord, authority, record)
}

// ReadingsOfConversation are the readings of one conversation, in the order in which they were recorded.
func (tx *Tx) ReadingsOfConversation(authority, record, id string) ([]conversation.Reading, error) {
	return tx.openedReadings(authority, readingsOfTalk, authority, record, id)
}

// Readings are all readings of an authority, the first said first.
func (tx *Tx) Readings(authority string) ([]conversation.Reading, error) {
	return tx.openedReadings(authority, readingsOfAuthority, authority)
}

// LastWords are the latest things a young person said in their own words.
func (tx *Tx) LastWords(authority, record string, limit int) ([]Words, error) {
	type said struct {
		Words
		child string
	}
	list, err := all(tx, lastWords, []any{authority, record, limit}, func(row scanner) (w said, err error) {
		err = row.Scan(&w.Reading, &w.Edition, &w.Indicator, &w.Voice, &w.SaidOn, &w.Words.Words, &w.child)
		return w, err
	})
	if err != nil {
		return nil, err
	}
	out := make([]Words, 0, len(list))
	for _, w := range list {
		if w.Words.Words, err = tx.openText(childOf(authority, w.child), wordsPlace(authority, w.child, w.Reading), w.Words.Words); err != nil {
			return nil, err
		}
		out = append(out, w.Words)
	}
	return out, nil
}

func (tx *Tx) openedTalks(authority string, q stmt, args ...any) ([]Conversation, error) {
	list, err := all(tx, q, args, scanConversation)
	if err != nil {
		return nil, err
	}
	whose := func(v *Conversation) string { return v.Child }
	return openAll(tx, authority, list, whose, func(v *Conversation) (err error) {
		of := childOf(authority, v.Child)
		if v.Language, err = tx.openText(of, talkPlace(authority, v.ID, "language"), v.Language); err != nil {
			return err
		}
		v.FileKey, err = tx.openText(of, talkPlace(authority, v.ID, "file_key"), v.FileKey)
		return err
	})
}

func (tx *Tx) openedReadings(authority string, q stmt, args ...any) ([]conversation.Reading, error) {
	list, err := all(tx, q, args, scanReading)
	if err != nil {
		return nil, err
	}
	whose := func(r *conversation.Reading) string {
		if r.Words == "" {
			return ""
		}
		return r.Child
	}
	return openAll(tx, authority, list, whose, func(r *conversation.Reading) (err error) {
		r.Words, err = tx.openText(childOf(authority, r.Child), wordsPlace(authority, r.Child, r.ID), r.Words)
		return err
	})
}

// scanConversation reads a conversation that is still sealed.
func scanConversation(row scanner) (Conversation, error) {
	var v Conversation
	var interpreter int
	var helped, recorded string
	err := row.Scan(&v.ID, &v.Child, &v.Account, &v.Edition, &v.HeldOn, &v.Language, &interpreter, &helped, &v.FileKey, &recorded, &v.How)
	v.Interpreter, v.HelpedBy, v.RecordedAt = interpreter == 1, splitHelp(helped), parseInstant(recorded)
	return v, err
}

// scanReading reads a reading whose words are still sealed.
func scanReading(row scanner) (conversation.Reading, error) {
	var r conversation.Reading
	var helped, recorded string
	err := row.Scan(&r.ID, &r.Child, &r.Conversation, &r.Edition, &r.Indicator, &r.Voice, &r.By, &r.State, &r.Value,
		&helped, &r.Evidence, &r.Words, &r.SaidOn, &recorded, &r.Replaces)
	r.HelpedBy, r.RecordedAt = splitHelp(helped), parseInstant(recorded)
	return r, err
}

func joinHelp(list []conversation.Help) string {
	words := make([]string, len(list))
	for i, h := range list {
		words[i] = string(h)
	}
	return strings.Join(words, "; ")
}

func splitHelp(text string) []conversation.Help {
	if text == "" {
		return nil
	}
	var list []conversation.Help
	for word := range strings.SplitSeq(text, "; ") {
		list = append(list, conversation.Help(word))
	}
	return list
}
