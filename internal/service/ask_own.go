package service

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/store"
)

// What the log says of a young person on their own page. It tells neither what they said
// nor to whom: an entry stands where everybody reads it who may open the record.
const (
	saysOwn  = "say something on their own page"
	looksOwn = "look at their own page"
)

// OwnAsk is something that a young person asked for, as their own page shows it.
type OwnAsk struct {
	store.Ask
	AskedOn  date.Date
	Answers  string // name of who answers it; empty for nobody by name
	Gone     bool   // for one person who cannot see it any more: nobody can
	Reader   string // name of who has read it; empty while nobody has
	Replies  []OwnReply
	Unread   int
	Late     bool // no reply yet, and its day is over
	WordsFor OwnWords
}

// OwnReply is a reply, with the name of who gave it.
type OwnReply struct {
	store.AskReply
	Name string
	On   date.Date
}

// Latest is the reply that holds; false where there is none.
func (a OwnAsk) Latest() (OwnReply, bool) {
	if len(a.Replies) == 0 {
		return OwnReply{}, false
	}
	return a.Replies[len(a.Replies)-1], true
}

// OwnAsks is all that a young person asked for, the latest first.
func (s *Service) OwnAsks(ctx context.Context, y Young, tag string) (list []OwnAsk, err error) {
	err = s.lookOwn(ctx, y, func(tx *store.Tx) error {
		list, err = s.ownAsks(tx, y, tag)
		return err
	})
	return list, err
}

func (s *Service) ownAsks(tx *store.Tx, y Young, tag string) ([]OwnAsk, error) {
	asks, err := asksInSight(tx, y)
	if err != nil || len(asks) == 0 {
		return nil, err
	}
	replies, err := tx.RepliesOf(y.Authority, y.Record)
	if err != nil {
		return nil, err
	}
	who, err := answerersOf(tx, y.Authority, y.Record)
	if err != nil {
		return nil, err
	}
	words, err := s.wordsIn(tx, y.Authority, tag)
	list := make([]OwnAsk, 0, len(asks))
	for _, a := range asks {
		answers := who.of(a)
		own := OwnAsk{Ask: a, AskedOn: s.dayOf(a.AskedAt), Answers: who.names[answers], Gone: a.Audience == conversation.One && answers == "",
			Reader: who.names[a.SeenBy], WordsFor: words}
		for _, r := range replies[a.ID] {
			own.Replies = append(own.Replies, OwnReply{r, who.names[r.RepliedBy], s.dayOf(r.RepliedAt)})
			if r.ReadAt.IsZero() {
				own.Unread++
			}
		}
		own.Late = len(own.Replies) == 0 && a.DueOn < s.todayIn(tx)
		list = append(list, own)
	}
	return list, err
}

// OwnAsk opens one of them. Its replies are read from then on.
func (s *Service) OwnAsk(ctx context.Context, y Young, id, tag string) (own OwnAsk, err error) {
	find := func(tx *store.Tx) error {
		list, err := s.ownAsks(tx, y, tag)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(list, func(a OwnAsk) bool { return a.ID == id })
		if at < 0 {
			return store.ErrNotFound
		}
		own = list[at]
		return nil
	}
	if err := s.lookOwn(ctx, y, find); err != nil || own.Unread == 0 {
		return own, err
	}
	err = s.changeOwn(ctx, y, looksOwn, func(tx *store.Tx, _ store.OwnSession) error { return tx.ReadReplies(y.Authority, id) })
	return own, ignoring(err, store.ErrFull) // on a full disk they can read on, and it stays new
}

// OwnUnread is how many replies a young person has not read, to what this session is shown.
func (s *Service) OwnUnread(ctx context.Context, y Young) (n int, err error) {
	err = s.lookOwn(ctx, y, func(tx *store.Tx) error {
		asks, err := asksInSight(tx, y)
		if err != nil || len(asks) == 0 {
			return err
		}
		replies, err := tx.RepliesOf(y.Authority, y.Record)
		n = 0
		for _, a := range asks {
			for _, r := range replies[a.ID] {
				if r.ReadAt.IsZero() {
					n++
				}
			}
		}
		return err
	})
	return n, err
}

// HelpedOwn keeps what a young person says of a reply: whether it helped. They may say it
// again, and the latest counts.
func (s *Service) HelpedOwn(ctx context.Context, y Young, ask string, number int, helped conversation.Helped, words string) error {
	words = strings.TrimSpace(words)
	switch {
	case !slices.Contains(conversation.HelpedAnswers, helped):
		return Invalid{{"helped", "error.empty"}}
	case utf8.RuneCountInString(words) > maxWords:
		return Invalid{{"words", "error.long"}}
	}
	return s.changeOwn(ctx, y, saysOwn, func(tx *store.Tx, _ store.OwnSession) error {
		if _, err := oneAsk(asksInSight(tx, y))(ask); err != nil {
			return err
		}
		replies, err := tx.RepliesOf(y.Authority, y.Record)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(replies[ask], func(r store.AskReply) bool { return r.Number == number })
		if at < 0 {
			return store.ErrNotFound
		}
		r := replies[ask][at]
		if r.Helped == helped && r.HelpedWords == words {
			return errNothing
		}
		r.Helped, r.HelpedWords = helped, words
		return tx.SetHelped(y.Authority, r)
	})
}

// OwnStep is something that will be done, as the young person reads it.
type OwnStep struct {
	store.PlanStep
	Name  string // who does it; empty where nobody is left who does
	Asked bool   // the words are those of what they asked for
}

// OwnPlan is what will be done for a young person, and what was done.
func (s *Service) OwnPlan(ctx context.Context, y Young) (list []OwnStep, err error) {
	err = s.lookOwn(ctx, y, func(tx *store.Tx) error {
		steps, err := tx.StepsOf(y.Authority, y.Record)
		if err != nil || len(steps) == 0 {
			return err
		}
		asks, err := tx.AsksOf(y.Authority, y.Record)
		if err != nil {
			return err
		}
		sees, err := sightOf(tx, y)
		if err != nil {
			return err
		}
		who, err := answerersOf(tx, y.Authority, y.Record)
		list = nil
		for _, step := range steps {
			at := slices.IndexFunc(asks, func(a store.Ask) bool { return a.ID == step.Ask })
			if at >= 0 && !sees.ask(asks[at]) {
				continue
			}
			kept := at >= 0 && asks[at].Audience == conversation.One
			asked := inWordsOfAsk(&step, asks)
			list = append(list, OwnStep{step, who.names[who.doing(step, kept)], asked})
		}
		return err
	})
	return list, err
}

// doing is who does a step: its owner where it is done or they can, and otherwise who
// works with the young person; nobody else where it was kept to one.
func (w answerers) doing(p store.PlanStep, kept bool) string {
	switch {
	case p.DoneOn.Known() || w.may[p.Owner]:
		return p.Owner
	case kept:
		return ""
	}
	return w.first()
}

// inWordsOfAsk gives a step without words of its own those of its ask.
func inWordsOfAsk(p *store.PlanStep, asks []store.Ask) bool {
	at := slices.IndexFunc(asks, func(a store.Ask) bool { return a.ID == p.Ask })
	if p.Words != "" || at < 0 {
		return false
	}
	p.Words, p.Language = asks[at].Words, asks[at].Language
	return true
}

// dayOf is the day of an instant in London.
func (s *Service) dayOf(t time.Time) date.Date { return date.Of(t.In(s.london)) }
