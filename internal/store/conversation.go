package store

import (
	"strings"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
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

const conversationColumns = `select v.id, v.child_id, v.account_id, v.edition, v.held_on, v.language, v.interpreter, v.helped_by, v.file_key, v.recorded_at
	from conversation v join child c on c.authority = v.authority and c.id = v.child_id `

const readingColumns = `select r.id, r.child_id, r.conversation_id, r.edition, r.indicator, r.voice, r.account_id, r.state, r.value, r.helped_by, r.evidence, coalesce(w.words, ''), r.said_on, r.recorded_at, r.replaces
	from reading r join child c on c.authority = r.authority and c.id = r.child_id
	left join reading_words w on w.authority = r.authority and w.child_id = r.child_id and w.reading_id = r.id `

var (
	insertConversation  = statement(`insert into conversation (authority, id, child_id, account_id, edition, held_on, language, interpreter, helped_by, file_key, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`)
	selectConversation  = statement(conversationColumns + `where ` + access.InScope + ` and v.id = $6`)
	conversationsOf     = statement(conversationColumns + `where v.authority = $1 and c.record_id = $2 order by v.held_on desc, v.recorded_at desc`)
	filedConversations  = statement(conversationColumns + `where v.authority = $1 and v.account_id = '' order by v.held_on, v.id`)
	allConversations    = statement(conversationColumns + `where v.authority = $1`)
	lastConversations   = statement(`select c.record_id, max(v.held_on), count(*) from conversation v join child c on c.authority = v.authority and c.id = v.child_id where ` + access.InScope + ` group by c.record_id`)
	insertReading       = statement(`insert into reading (authority, id, child_id, edition, indicator, voice, state, value, said_on, recorded_at, conversation_id, account_id, helped_by, evidence, replaces) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`)
	insertWords         = statement(`insert into reading_words (authority, reading_id, child_id, words) values ($1, $2, $3, $4)`)
	readingsOfItem      = statement(readingColumns + `where r.authority = $1 and c.record_id = $2 and r.edition = $3 and r.indicator = $4 order by r.said_on, r.recorded_at, r.id`)
	readingsOfRecord    = statement(readingColumns + `where r.authority = $1 and c.record_id = $2 order by r.said_on, r.recorded_at, r.id`)
	readingsOfTalk      = statement(readingColumns + `where r.authority = $1 and c.record_id = $2 and r.conversation_id = $3 order by r.recorded_at, r.id`)
	readingsOfAuthority = statement(readingColumns + `where r.authority = $1 order by r.said_on, r.recorded_at, r.id`)
	lastWords           = statement(`select r.id, r.edition, r.indicator, r.voice, r.said_on, w.words
		from reading r join child c on c.authority = r.authority and c.id = r.child_id
		join reading_words w on w.authority = r.authority and w.child_id = r.child_id and w.reading_id = r.id
		where r.authority = $1 and c.record_id = $2 and r.voice = 'young-person'
		and not exists (select 1 from reading n where n.authority = r.authority and n.child_id = r.child_id and n.edition = r.edition and n.indicator = r.indicator and n.voice = r.voice and n.replaces = r.id)
		order by r.said_on desc, r.recorded_at desc, r.id limit $3`)
)

// AddConversation begins a conversation; ErrConflict where its id is there already.
func (tx *Tx) AddConversation(authority string, v Conversation) error {
	return tx.exec(insertConversation, authority, v.ID, v.Child, v.Account, v.Edition, string(v.HeldOn), v.Language,
		flag(v.Interpreter), joinHelp(v.HelpedBy), v.FileKey, instant(tx.Now))
}

// Conversation is one conversation in scope; ErrNotFound otherwise.
func (tx *Tx) Conversation(scope access.Scope, id string) (Conversation, error) {
	rows, err := all(tx, selectConversation, scope.Args(id), scanConversation)
	return first(rows, err)
}

// ConversationsOfRecord are a record's conversations, the latest first.
func (tx *Tx) ConversationsOfRecord(authority, record string) ([]Conversation, error) {
	return all(tx, conversationsOf, []any{authority, record}, scanConversation)
}

// Conversations are all conversations of an authority, by their ids.
func (tx *Tx) Conversations(authority string) (map[string]Conversation, error) {
	out := map[string]Conversation{}
	err := tx.each(allConversations, []any{authority}, func(row scanner) error {
		v, err := scanConversation(row)
		out[v.ID] = v
		return err
	})
	return out, err
}

// FiledConversations are the conversations that files brought.
func (tx *Tx) FiledConversations(authority string) ([]Conversation, error) {
	return all(tx, filedConversations, []any{authority}, scanConversation)
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
	return tx.exec(insertWords, authority, r.ID, r.Child, r.Words)
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
	for i := range readings {
		if readings[i].Words != "" {
			spoken = append(spoken, i)
		}
	}
	return tx.bulk("reading_words", []string{"authority", "reading_id", "child_id", "words"}, len(spoken), func(i int, put func(...any)) {
		r := &readings[spoken[i]]
		put(authority, r.ID, r.Child, r.Words)
	})
}

// ReadingsOfIndicator are all readings of a record to one indicator, the first said first.
func (tx *Tx) ReadingsOfIndicator(authority, record, edition, indicator string) ([]conversation.Reading, error) {
	return all(tx, readingsOfItem, []any{authority, record, edition, indicator}, scanReading)
}

// ReadingsOfRecord are all readings of a record, the first said first.
func (tx *Tx) ReadingsOfRecord(authority, record string) ([]conversation.Reading, error) {
	return all(tx, readingsOfRecord, []any{authority, record}, scanReading)
}

// ReadingsOfConversation are the readings of one conversation, in the order in which they were recorded.
func (tx *Tx) ReadingsOfConversation(authority, record, id string) ([]conversation.Reading, error) {
	return all(tx, readingsOfTalk, []any{authority, record, id}, scanReading)
}

// Readings are all readings of an authority, the first said first.
func (tx *Tx) Readings(authority string) ([]conversation.Reading, error) {
	return all(tx, readingsOfAuthority, []any{authority}, scanReading)
}

// LastWords are the latest things a young person said in their own words.
func (tx *Tx) LastWords(authority, record string, limit int) ([]Words, error) {
	return all(tx, lastWords, []any{authority, record, limit}, func(row scanner) (Words, error) {
		var w Words
		err := row.Scan(&w.Reading, &w.Edition, &w.Indicator, &w.Voice, &w.SaidOn, &w.Words)
		return w, err
	})
}

func scanConversation(row scanner) (Conversation, error) {
	var v Conversation
	var interpreter int
	var helped, recorded string
	err := row.Scan(&v.ID, &v.Child, &v.Account, &v.Edition, &v.HeldOn, &v.Language, &interpreter, &helped, &v.FileKey, &recorded)
	v.Interpreter, v.HelpedBy, v.RecordedAt = interpreter == 1, splitHelp(helped), parseInstant(recorded)
	return v, err
}

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
