package service

import (
	"context"
	"slices"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/framework"
	"stablefutures/internal/locale"
	"stablefutures/internal/store"
)

// AsksPage is what a young person asked for, as somebody who may open their record sees
// it: never what is for somebody else alone.
type AsksPage struct {
	Head      Head
	Asks      []AskSeen // the latest first
	Steps     []StepSeen
	Workers   []Person // who can do a step of the plan: who works with them, and who reads this
	MayAnswer bool
	Names     map[string]string // by account
	Today     date.Date
	Young     OwnWords // in the language that the young person reads
	English   OwnWords
}

// AskSeen is one of them, with what Lundy's four need.
type AskSeen struct {
	store.Ask
	AskedOn date.Date
	Talk    store.Conversation // in which it was said
	Edition *framework.Edition // of that; nil where it is no longer here
	Answers string             // account that answers it now; empty where nobody works with them
	Replies []store.AskReply   // the first first
	Late    bool               // no reply, and its day is over
}

// Latest is the reply that holds; false where there is none.
func (a AskSeen) Latest() (store.AskReply, bool) {
	if len(a.Replies) == 0 {
		return store.AskReply{}, false
	}
	return a.Replies[len(a.Replies)-1], true
}

// StepSeen is a step of the plan.
type StepSeen struct {
	store.PlanStep
	Does  string // account that does it now; empty where nobody does
	Asked bool   // the words are those of what was asked for
	Late  bool
}

// One is an ask of the page; false where there is none that this person may see.
func (p AsksPage) One(id string) (AskSeen, bool) {
	at := slices.IndexFunc(p.Asks, func(a AskSeen) bool { return a.ID == id })
	if at < 0 {
		return AskSeen{}, false
	}
	return p.Asks[at], true
}

// AsksOf opens what a young person asked for. What whoever answers sees there for the
// first time is seen from then on. The log says the same whether there was anything.
func (s *Service) AsksOf(ctx context.Context, actor Actor, record string) (AsksPage, error) {
	return s.openAsks(ctx, actor, record, func(AskSeen) bool { return true })
}

// AskOf opens one of them; ErrNotFound where it is for somebody else alone.
func (s *Service) AskOf(ctx context.Context, actor Actor, record, ask string) (AsksPage, AskSeen, error) {
	p, err := s.openAsks(ctx, actor, record, func(a AskSeen) bool { return a.ID == ask })
	if err != nil {
		return p, AskSeen{}, err
	}
	a, ok := p.One(ask)
	if !ok {
		return p, a, ErrNotFound
	}
	return p, a, nil
}

// openAsks opens them all for a page that shows some.
func (s *Service) openAsks(ctx context.Context, actor Actor, record string, shown func(AskSeen) bool) (p AsksPage, err error) {
	err = s.openRecord(ctx, actor, record, "asked for and answered", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		if p, err = s.asksPage(tx, actor, head); err != nil {
			return err
		}
		for i := range p.Asks {
			a := &p.Asks[i]
			if !shown(*a) || a.Answers != actor.Account || !a.SeenAt.IsZero() {
				continue
			}
			if err := tx.SeeAsk(actor.Authority, a.ID, actor.Account); err != nil {
				return err
			}
			a.SeenAt, a.SeenBy = tx.Now, actor.Account
		}
		return nil
	})
	return p, err
}

func (s *Service) asksPage(tx *store.Tx, actor Actor, head child.Child) (p AsksPage, err error) {
	r := Record{Today: s.todayIn(tx)}
	if err := s.fillWho(tx, actor, head, &r); err != nil {
		return p, err
	}
	who, err := answerersOf(tx, actor.Authority, head.ID)
	if err != nil {
		return p, err
	}
	p = AsksPage{Head: r.Head, MayAnswer: r.Head.May(access.AnswerAsks), Names: who.names, Today: r.Today, Workers: who.workers}
	if p.MayAnswer && !who.works(actor.Account) {
		p.Workers = append(p.Workers, Person{actor.Account, actor.Name})
	}
	if p.Asks, err = s.asksSeen(tx, actor, head.ID, who); err != nil {
		return p, err
	}
	if p.Steps, err = s.stepsSeen(tx, actor, head.ID, who, p.Asks); err != nil {
		return p, err
	}
	if p.English, err = s.wordsIn(tx, actor.Authority, locale.SourceTag); err != nil {
		return p, err
	}
	p.Young, err = s.wordsOfYoung(tx, actor.Authority, head.ID)
	return p, err
}

// wordsOfYoung are the words in the language that a young person chose last.
func (s *Service) wordsOfYoung(tx *store.Tx, authority, record string) (OwnWords, error) {
	tag, _, err := lastLanguage(tx, authority, record)
	if err != nil {
		return OwnWords{}, err
	}
	return s.wordsIn(tx, authority, orSourceTag(tag))
}

func (s *Service) asksSeen(tx *store.Tx, actor Actor, record string, who answerers) ([]AskSeen, error) {
	asks, err := tx.AsksFor(actor.Authority, record, actor.Account)
	if err != nil || len(asks) == 0 {
		return nil, err
	}
	replies, err := tx.RepliesFor(actor.Authority, record, actor.Account)
	if err != nil {
		return nil, err
	}
	talks, err := ownTalks(tx, actor.Authority, record)
	if err != nil {
		return nil, err
	}
	editions, err := s.editionsIn(tx, actor.Authority)
	list := make([]AskSeen, 0, len(asks))
	for _, a := range asks {
		seen := AskSeen{Ask: a, AskedOn: s.dayOf(a.AskedAt), Answers: who.of(a), Replies: replies[a.ID]}
		seen.Late = len(seen.Replies) == 0 && a.DueOn < s.todayIn(tx)
		seen.Talk = talks[a.Conversation]
		seen.Edition = editions[seen.Talk.Edition]
		list = append(list, seen)
	}
	return list, err
}

// stepsSeen are the steps of the plan that an account may see. asks are those that it may.
func (s *Service) stepsSeen(tx *store.Tx, actor Actor, record string, who answerers, asks []AskSeen) ([]StepSeen, error) {
	steps, err := tx.StepsFor(actor.Authority, record, actor.Account)
	if err != nil || len(steps) == 0 {
		return nil, err
	}
	of := make([]store.Ask, len(asks))
	for i, a := range asks {
		of[i] = a.Ask
	}
	var list []StepSeen
	for _, step := range steps {
		kept := slices.ContainsFunc(of, func(a store.Ask) bool { return a.ID == step.Ask && a.Audience == conversation.One })
		asked := inWordsOfAsk(&step, of)
		list = append(list, StepSeen{step, who.doing(step, kept), asked, !step.DoneOn.Known() && step.By.Known() && step.By < s.todayIn(tx)})
	}
	return list, err
}

// AskWait is what a young person asked for and nobody has answered, for one person's
// caseload.
type AskWait struct {
	N       int
	AskedOn date.Date // of the one that is due first
	DueOn   date.Date
	Answers string // name of who answers that; empty for nobody
	Mine    bool   // the one who reads this
}

// asksWaiting are the asks that wait for the actor, by record: those that they answer.
// Who sees more than their own young people sees what nobody answers too, and what is
// late, whoever should have.
func (s *Service) asksWaiting(tx *store.Tx, actor Actor) (map[string]AskWait, error) {
	scope, err := actor.scope(access.AnswerAsks)
	if err != nil {
		return nil, nil
	}
	waiting, err := tx.AsksWaiting(at(scope, tx))
	if err != nil || len(waiting) == 0 {
		return nil, err
	}
	accounts, err := tx.Accounts(actor.Authority)
	if err != nil {
		return nil, err
	}
	names := namesOf(accounts)
	of, list := map[string]answerers{}, map[string]AskWait{}
	for _, a := range waiting { // what is due first comes first
		answers, who := actor.Account, of[a.Record]
		if a.Owner != actor.Account { // who owns one answers it: it is in their reach, or it were not among these
			if who.may == nil {
				if who, err = answerersAmong(tx, accounts, actor.Authority, a.Record); err != nil {
					return nil, err
				}
				of[a.Record] = who
			}
			answers = who.of(a)
		}
		if answers != actor.Account && !(scope.Wide() && (answers == "" || a.DueOn < s.todayIn(tx))) {
			continue
		}
		w := list[a.Record]
		if w.N++; w.N == 1 {
			w.AskedOn, w.DueOn, w.Answers, w.Mine = s.dayOf(a.AskedAt), a.DueOn, names[answers], answers == actor.Account
		}
		list[a.Record] = w
	}
	return list, nil
}
