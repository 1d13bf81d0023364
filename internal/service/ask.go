package service

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/framework"
	"stablefutures/internal/store"
)

// NewAsk is something that a young person wants somebody to do.
type NewAsk struct {
	ID        string // made by the page: what is sent twice is one
	Words     string
	Outcome   string // what it is about; empty for nothing special
	Indicator string
	Audience  conversation.Audience // Helpers or One: what nobody may see nobody can answer
	Account   string                // whom alone, for One
}

func (n NewAsk) check() Invalid {
	wrong := append(checkAudience(n.Audience, n.Account), checkAskToo(n.Words, n.Audience)...)
	if strings.TrimSpace(n.Words) == "" {
		wrong = append(wrong, FieldError{"ask", "error.empty"})
	}
	return wrong
}

func checkAskWords(words string) Invalid {
	if utf8.RuneCountInString(strings.TrimSpace(words)) > maxWords {
		return Invalid{{"ask", "error.long"}}
	}
	return nil
}

// checkAskToo finds fault with what is asked for in the same act as something is said:
// what nobody may see nobody can answer.
func checkAskToo(words string, a conversation.Audience) Invalid {
	wrong := checkAskWords(words)
	if strings.TrimSpace(words) != "" && a == conversation.NobodyYet {
		wrong = append(wrong, FieldError{"who", "Choose who may see this."})
	}
	return wrong
}

// AskOwn keeps what a young person asks for. It is answered by whom they chose alone, or
// by the worker who has been with them longest; where nobody works with them, it waits
// for the managers. The log tells no more than of anything else that they say.
func (s *Service) AskOwn(ctx context.Context, y Young, n NewAsk) error {
	if wrong := n.check(); len(wrong) > 0 {
		return wrong
	}
	return s.changeOwn(ctx, y, saysOwn, func(tx *store.Tx, session store.OwnSession) error {
		talk, edition, err := s.ownTalk(tx, y, session)
		if err != nil {
			return err
		}
		if err := aboutSomething(edition, &n); err != nil {
			return err
		}
		return s.addAsk(tx, y, talk, session.Language, n)
	})
}

// aboutSomething holds an ask to what the edition has; the outcome follows from an
// indicator.
func aboutSomething(edition *framework.Edition, n *NewAsk) error {
	if n.Indicator != "" {
		outcome, ok := edition.OutcomeOf(n.Indicator)
		if !ok {
			return store.ErrNotFound
		}
		n.Outcome = outcome.ID
	}
	if _, ok := edition.Outcome(n.Outcome); !ok && n.Outcome != "" {
		return store.ErrNotFound
	}
	return nil
}

// addAsk keeps an ask that was checked; errNothing where it was kept already.
func (s *Service) addAsk(tx *store.Tx, y Young, talk store.Conversation, language string, n NewAsk) error {
	n.Words = strings.TrimSpace(n.Words)
	before, err := tx.AsksOf(y.Authority, y.Record)
	if err != nil {
		return err
	}
	for _, b := range before {
		if (b.ID == n.ID || b.Conversation == talk.ID) && sameAsk(b, n) {
			return errNothing
		}
	}
	// The same form with other words is something else that they ask for.
	if n.ID == "" || slices.ContainsFunc(before, func(b store.Ask) bool { return b.ID == n.ID }) {
		n.ID = s.ids.New()
	}
	who, err := answerersOf(tx, y.Authority, y.Record)
	if err != nil {
		return err
	}
	owner := who.first()
	if n.Audience == conversation.One {
		if owner = n.Account; !who.works(n.Account) {
			return errWorksNoMore
		}
	}
	due, err := s.answerBy(tx, y.Authority)
	if err != nil {
		return err
	}
	return tx.AddAsk(y.Authority, store.Ask{ID: n.ID, Child: talk.Child, Conversation: talk.ID, Outcome: n.Outcome, Indicator: n.Indicator,
		Words: n.Words, Language: orSourceTag(language), Audience: n.Audience, Owner: owner, DueOn: due})
}

func sameAsk(a store.Ask, n NewAsk) bool {
	return a.Words == n.Words && a.Outcome == n.Outcome && a.Indicator == n.Indicator && a.Audience == n.Audience && (n.Audience != conversation.One || a.Owner == n.Account)
}

// askToo keeps what was asked for in the same act as something that was said. said is
// what became of that: where both were kept already, nothing is left to do.
func (s *Service) askToo(tx *store.Tx, y Young, talk store.Conversation, language string, n NewAsk, said error) error {
	if strings.TrimSpace(n.Words) == "" || said != nil && !errors.Is(said, errNothing) {
		return said
	}
	err := s.addAsk(tx, y, talk, language, n)
	if errors.Is(err, errNothing) {
		return said
	}
	return err
}

// answerBy is the last day for an answer to what is asked today.
func (s *Service) answerBy(tx *store.Tx, authority string) (date.Date, error) {
	setting, err := s.ownSetting(tx, authority)
	return s.todayIn(tx).AddDays(setting.Days), err
}

// OpenOwnAsk opens an ask that was for one person to everybody who helps. The time for an
// answer begins anew: somebody else has to learn of it first.
func (s *Service) OpenOwnAsk(ctx context.Context, y Young, id string) error {
	return s.changeOwn(ctx, y, saysOwn, func(tx *store.Tx, _ store.OwnSession) error {
		ask, err := oneAsk(asksInSight(tx, y))(id)
		if err != nil {
			return err
		}
		if ask.Audience == conversation.Helpers {
			return errNothing
		}
		who, err := answerersOf(tx, y.Authority, y.Record)
		if err != nil {
			return err
		}
		due, err := s.answerBy(tx, y.Authority)
		if err != nil {
			return err
		}
		owner := who.of(ask)
		if owner == "" {
			owner = who.first()
		}
		return tx.OpenAsk(y.Authority, id, owner, max(due, ask.DueOn))
	})
}

// oneAsk finds one of some asks by its id; ErrNotFound where it is none of them.
func oneAsk(list []store.Ask, err error) func(id string) (store.Ask, error) {
	return func(id string) (store.Ask, error) {
		if err != nil {
			return store.Ask{}, err
		}
		at := slices.IndexFunc(list, func(a store.Ask) bool { return a.ID == id })
		if at < 0 {
			return store.Ask{}, store.ErrNotFound
		}
		return list[at], nil
	}
}

// errWorksNoMore refuses what is for somebody alone who does not work with the young person.
var errWorksNoMore = Invalid{{"who", "This person does not work with you any more. Choose again."}}

// answerers are the people who may answer what one young person asks for. Who works with
// them is told by this alone, wherever a young person reads or chooses it: the record is
// allocated to them, their role answers, their account is in use, and no restriction
// keeps them out.
type answerers struct {
	names   map[string]string // of all accounts
	may     map[string]bool   // accounts that reach the record for answering
	workers []Person          // of them, those who work with the young person, the longest first
}

func answerersOf(tx *store.Tx, authority, record string) (answerers, error) {
	accounts, err := tx.Accounts(authority)
	if err != nil {
		return answerers{}, err
	}
	return answerersAmong(tx, accounts, authority, record)
}

func answerersAmong(tx *store.Tx, accounts []store.Account, authority, record string) (answerers, error) {
	who := answerers{names: map[string]string{}, may: map[string]bool{}}
	facts, err := tx.AccessRecord(authority, record)
	if err != nil {
		return who, err
	}
	for _, a := range accounts {
		who.names[a.ID] = a.Name
		scope, err := actorOf(a).scope(access.AnswerAsks)
		who.may[a.ID] = err == nil && a.InUse() && at(scope, tx).Includes(facts)
	}
	allocated, err := tx.AllocationsOfRecord(authority, record)
	for _, a := range allocated {
		if who.may[a.Account] && !who.works(a.Account) {
			who.workers = append(who.workers, Person{a.Account, who.names[a.Account]})
		}
	}
	return who, err
}

// works tells whether an account works with the young person now.
func (w answerers) works(account string) bool {
	return slices.ContainsFunc(w.workers, func(p Person) bool { return p.Account == account })
}

// first is who has worked with them longest; empty where nobody does.
func (w answerers) first() string {
	if len(w.workers) == 0 {
		return ""
	}
	return w.workers[0].Account
}

// of is who answers an ask now: its owner for as long as they reach the record. What is
// for everybody goes to who works with the young person then; what is for one person
// goes to nobody else. Empty where nobody answers it.
func (w answerers) of(a store.Ask) string {
	switch {
	case w.may[a.Owner]:
		return a.Owner
	case a.Audience == conversation.One:
		return ""
	}
	return w.first()
}
