package service

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/framework"
	"stablefutures/internal/store"
)

// NewConversation is what is asked before a conversation.
type NewConversation struct {
	ID       string // made by the page, so that a form that is sent twice begins one
	HeldOn   date.Date
	Language string
	HelpedBy []conversation.Help
}

// maxWords bounds what is written down with one reading, in characters.
const maxWords = 4000

// StartConversation begins a conversation with a young person and gives its id.
func (s *Service) StartConversation(ctx context.Context, actor Actor, record string, n NewConversation) (string, error) {
	if wrong := n.check(s.Today()); len(wrong) > 0 {
		return "", wrong
	}
	if n.ID == "" {
		n.ID = s.ids.New()
	}
	err := s.changeRecord(ctx, actor, access.WriteRecord, record, "begin conversation", func(tx *store.Tx, scope access.Scope, head child.Child) error {
		_, _, err := s.addTalk(tx, scope, actor, head, n, conversation.InTalk)
		return err
	})
	return n.ID, err
}

// addTalk begins a conversation that somebody writes down, in the edition in use;
// errNothing where the same form began it before.
func (s *Service) addTalk(tx *store.Tx, scope access.Scope, actor Actor, head child.Child, n NewConversation, how conversation.How) (talk store.Conversation, edition *framework.Edition, err error) {
	switch held, err := tx.Conversation(scope, n.ID); {
	case err == nil && held.Child == head.ID:
		return held, nil, errNothing
	case err == nil:
		return talk, nil, store.ErrNotFound
	case !errors.Is(err, store.ErrNotFound):
		return talk, nil, err
	}
	if edition, err = s.editionInUse(tx, actor.Authority); err != nil {
		return talk, nil, err
	}
	talk = store.Conversation{ID: n.ID, Child: head.ID, Account: actor.Account, Edition: edition.ID, HeldOn: n.HeldOn, Language: strings.TrimSpace(n.Language),
		HelpedBy: n.HelpedBy, Interpreter: slices.Contains(n.HelpedBy, conversation.Interpreter), How: how}
	return talk, edition, tx.AddConversation(actor.Authority, talk)
}

func (n NewConversation) check(today date.Date) Invalid {
	var wrong Invalid
	switch {
	case !n.HeldOn.Known():
		wrong = append(wrong, FieldError{"held-on", "Enter the day of the conversation."})
	case n.HeldOn > today:
		wrong = append(wrong, FieldError{"held-on", "The day of the conversation is in the future. Enter today or an earlier day."})
	case n.HeldOn < today.AddMonths(-24):
		wrong = append(wrong, FieldError{"held-on", "The day is more than two years ago. Check the year."})
	}
	if len(n.Language) > 60 {
		wrong = append(wrong, FieldError{"language", "The language must have at most 60 characters."})
	}
	for _, h := range n.HelpedBy {
		if !slices.Contains(conversation.Helps, h) {
			wrong = append(wrong, FieldError{"helped-by", "Choose who helped from the list."})
		}
	}
	if len(n.HelpedBy) > 1 && slices.Contains(n.HelpedBy, conversation.Nobody) {
		wrong = append(wrong, FieldError{"helped-by", "Choose either “nobody” or who helped, not both."})
	}
	return wrong
}

// Talk is a conversation with what was said in it.
type Talk struct {
	Head         Head
	Conversation store.Conversation
	By           string // name of who held it; empty where a file brought it
	Edition      *framework.Edition
	Readings     []conversation.Reading // of this conversation, all, in the order recorded
	Standing     []conversation.Reading // those that nothing replaces
	Words        []store.Draft          // words that somebody wrote without an answer, or has not sent yet
	Own          []OwnGiven             // what the young person said in it that is no reading, for who reads this
	Accounts     map[string]string
	MayWrite     bool
}

// Of are the readings of one voice to one indicator that stand: none, one, or
// several where two people recorded at the same time.
func (t Talk) Of(indicator string, voice conversation.Voice) []conversation.Reading {
	var list []conversation.Reading
	for _, r := range t.Standing {
		if r.Indicator == indicator && r.Voice == voice {
			list = append(list, r)
		}
	}
	return list
}

// Draft is what an account has written on a form and not sent.
func (t Talk) Draft(indicator string, voice conversation.Voice, account string) (store.Draft, bool) {
	for _, d := range t.Words {
		if d.Indicator == indicator && d.Voice == voice && d.Account == account {
			return d, true
		}
	}
	return store.Draft{}, false
}

// Conversation opens a conversation.
func (s *Service) Conversation(ctx context.Context, actor Actor, id string) (t Talk, err error) {
	who, err := s.childOfConversation(ctx, actor, id)
	if err != nil {
		return t, err
	}
	err = s.openRecord(ctx, actor, who, "conversation", func(tx *store.Tx, scope access.Scope, head child.Child) error {
		if t.Conversation, err = tx.Conversation(scope, id); err != nil {
			return err
		}
		r := Record{Today: s.todayIn(tx)}
		if err := s.fillWho(tx, actor, head, &r); err != nil {
			return err
		}
		t.Head, t.Accounts, t.By, t.MayWrite = r.Head, r.Accounts, r.Accounts[t.Conversation.Account], r.Head.May(access.WriteRecord)
		editions, err := s.editionsIn(tx, actor.Authority)
		if err != nil {
			return err
		}
		if t.Edition = editions[t.Conversation.Edition]; t.Edition == nil {
			t.Edition = framework.Working()
		}
		t.Readings, err = tx.ReadingsOfConversation(actor.Authority, head.ID, id)
		if err != nil {
			return err
		}
		t.Standing = conversation.Heads(t.Readings)
		if t.Words, err = tx.DraftsOfConversation(actor.Authority, id); err != nil {
			return err
		}
		t.Own, err = s.ownGiven(tx, actor, head.ID)
		t.Own = slices.DeleteFunc(t.Own, func(g OwnGiven) bool { return g.Conversation != id })
		return err
	})
	return t, err
}

// childOfConversation is the child with whom a conversation in the actor's reach was
// held. Which record shows that child is for the transaction to find that reads or
// changes it: links are made and undone meanwhile.
func (s *Service) childOfConversation(ctx context.Context, actor Actor, id string) (child string, err error) {
	err = s.look(ctx, actor, access.ReadRecord, func(tx *store.Tx, scope access.Scope) error {
		talk, err := tx.Conversation(scope, id)
		child = talk.Child
		return err
	})
	return child, err
}

// NewReading is an answer as a page sends it.
type NewReading struct {
	ID           string // made by the page: the same answer sent twice is one reading
	Conversation string
	Indicator    string
	Voice        conversation.Voice
	State        conversation.State
	Value        int
	Evidence     conversation.Evidence
	Words        string
	Replaces     string // the reading that the page showed; empty where it showed none
}

// SaveReading keeps an answer as it is given. Where the page showed a reading,
// the new one corrects it; where somebody else answered in between, both are
// kept. What was sent before changes nothing. It gives the reading kept.
func (s *Service) SaveReading(ctx context.Context, actor Actor, n NewReading) (kept conversation.Reading, err error) {
	if wrong := n.check(); len(wrong) > 0 {
		return kept, wrong
	}
	who, err := s.childOfConversation(ctx, actor, n.Conversation)
	if err != nil {
		return kept, err
	}
	err = s.changeRecord(ctx, actor, access.WriteRecord, who, "record reading", func(tx *store.Tx, scope access.Scope, head child.Child) error {
		talk, err := tx.Conversation(scope, n.Conversation)
		if err != nil {
			return err
		}
		r, err := s.reading(tx, actor, talk, n)
		if err != nil {
			return err
		}
		if err := ignoring(tx.DropDraft(actor.Authority, n.draft(actor)), store.ErrNotFound); err != nil {
			return err
		}
		kept, err = s.keep(tx, actor.Authority, head.ID, r)
		return err
	})
	return kept, err
}

func (n NewReading) check() Invalid {
	switch {
	case !slices.Contains(conversation.Voices, n.Voice):
		return Invalid{{"voice", "Say whose reading it is."}}
	case !slices.Contains(conversation.States, n.State), (n.State == conversation.Answered) != (n.Value >= 1 && n.Value <= 5), n.Value < 0, n.Value > 5:
		return Invalid{{"answer", "Choose one of the answers."}}
	case n.Evidence != "" && !slices.Contains(conversation.EvidenceKinds, n.Evidence):
		return Invalid{{"evidence", "Choose what your reading rests on from the list."}}
	case utf8.RuneCountInString(n.Words) > maxWords:
		return Invalid{{"words", "This is too long to keep with one answer: write at most 4,000 characters."}}
	}
	return nil
}

// reading is the reading that an answer makes in its conversation.
func (s *Service) reading(tx *store.Tx, actor Actor, talk store.Conversation, n NewReading) (conversation.Reading, error) {
	editions, err := s.editionsIn(tx, actor.Authority)
	if err != nil {
		return conversation.Reading{}, err
	}
	if e := editions[talk.Edition]; e == nil || !hasIndicator(e, n.Indicator) {
		return conversation.Reading{}, store.ErrNotFound
	}
	r := conversation.Reading{ID: n.ID, Child: talk.Child, Conversation: talk.ID, Edition: talk.Edition, Indicator: n.Indicator,
		Voice: n.Voice, By: actor.Account, State: n.State, Value: n.Value, Words: strings.TrimSpace(n.Words),
		SaidOn: talk.HeldOn, RecordedAt: tx.Now, Replaces: n.Replaces}
	if n.Voice == conversation.YoungPerson {
		r.HelpedBy = talk.HelpedBy
	} else {
		r.Evidence = n.Evidence
	}
	if r.ID == "" {
		r.ID = s.ids.New()
	}
	return r, nil
}

func hasIndicator(e *framework.Edition, id string) bool {
	_, ok := e.Indicator(id)
	return ok
}

// keep adds a reading and brings the projections up to date.
func (s *Service) keep(tx *store.Tx, authority, record string, r conversation.Reading) (conversation.Reading, error) {
	held, err := tx.ReadingsOfConversation(authority, record, r.Conversation)
	if err != nil {
		return r, err
	}
	byID := map[string]conversation.Reading{}
	for _, h := range held {
		byID[h.ID] = h
	}
	if again, ok := byID[r.ID]; ok {
		if again.Indicator == r.Indicator && again.Voice == r.Voice && sameSaying(again, r) && stands(held, again) {
			return again, errNothing
		}
		// The same form with another answer, or with one that was changed since: it
		// corrects what stands.
		r.ID, r.Replaces = s.ids.New(), again.ID
	}
	if own, ok := ownHead(held, r); ok {
		r.Replaces = own // a person's newer answer corrects their own, whatever the page had shown
	}
	if shown, ok := byID[r.Replaces]; r.Replaces != "" {
		if !ok || shown.Indicator != r.Indicator || shown.Voice != r.Voice {
			return r, Invalid{{"answer", "The answer that this one corrects is not in this conversation. Reload the page and answer again."}}
		}
		if sameSaying(shown, r) {
			return shown, errNothing
		}
	}
	return r, s.projectReading(tx, authority, record, r)
}

// stands tells whether nothing replaces a reading.
func stands(held []conversation.Reading, r conversation.Reading) bool {
	return !slices.ContainsFunc(held, func(h conversation.Reading) bool { return h.Replaces == r.ID })
}

// ownHead is the standing reading of the same person, voice and indicator.
func ownHead(held []conversation.Reading, r conversation.Reading) (id string, ok bool) {
	for _, h := range conversation.Heads(held) {
		if h.By == r.By && h.Indicator == r.Indicator && h.Voice == r.Voice {
			return h.ID, true
		}
	}
	return "", false
}

// projectReading adds a reading and moves the standings and tallies of its
// indicator and its outcome alone.
func (s *Service) projectReading(tx *store.Tx, authority, record string, r conversation.Reading) error {
	edition, err := s.edition(tx, authority, r.Edition)
	if err != nil {
		return err
	}
	editions := map[string]*framework.Edition{r.Edition: edition}
	outcome, ok := edition.OutcomeOf(r.Indicator)
	if !ok {
		return errors.New("the reading's indicator belongs to no outcome")
	}
	versions, err := tx.RegisterOfRecord(authority, record)
	if err != nil {
		return err
	}
	group := groupOf(currentEntries(versions))
	var indicators []string
	for _, i := range outcome.Indicators {
		indicators = append(indicators, i.ID)
	}
	before, err := tx.StandingsOn(authority, record, r.Edition, append(indicators, outcome.ID))
	if err != nil {
		return err
	}
	if err := tx.AddReading(authority, r); err != nil {
		return err
	}
	readings, err := tx.AnswersOn(authority, record, r.Edition, indicators)
	if err != nil {
		return err
	}
	moved := func(item string) bool { return item == r.Indicator || item == outcome.ID }
	after := slices.DeleteFunc(slices.Clone(before), func(s store.Standing) bool { return moved(s.Item) })
	fresh := standingsOf(record, readings, editions)
	var move store.Movement
	for _, s := range before {
		if _, ok := fresh[standingKey(s)]; !ok && moved(s.Item) {
			move.Drop = append(move.Drop, s)
		}
	}
	for _, item := range []string{r.Indicator, outcome.ID} {
		for _, voice := range conversation.Voices {
			standing, ok := fresh[itemKey{r.Edition, item, voice}]
			if !ok {
				continue
			}
			after = append(after, standing)
			if !slices.Contains(before, standing) {
				move.Put = append(move.Put, standing)
			}
		}
	}
	move.Tallies = talliesMoved(shareOf(group, before, editions), shareOf(group, after, editions))
	return tx.Move(authority, move)
}
