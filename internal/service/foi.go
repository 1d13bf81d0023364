package service

import (
	"context"

	"stablefutures/internal/access"
	"stablefutures/internal/date"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/foi"
	"stablefutures/internal/store"
)

// profile is the rule by which small numbers are kept back.
var profile = disclosure.Default()

// AnswerPage is the answer that everybody is asked for, with what limits it.
type AnswerPage struct {
	foi.Answer
	Letter    foi.Answer // what may be written in a letter: always as published
	Authority store.Authority
	MayExact  bool // this person may see the exact numbers
}

// Answer counts the answer for the year that ends on yearEnding. Exact numbers
// are for those who may open every record counted; everybody else, and whoever
// asks for it published, gets it with small numbers kept back.
func (s *Service) Answer(ctx context.Context, actor Actor, yearEnding date.Date, published bool) (p AnswerPage, err error) {
	err = s.look(ctx, actor, access.ReadPublished, func(tx *store.Tx, _ access.Scope) error {
		p, err = s.answerIn(tx, actor, yearEnding, published)
		return err
	})
	return p, err
}

// mayExact tells whether the actor may see exact numbers: their role may, and there is
// no record among those counted that they could not open.
func mayExact(tx *store.Tx, actor Actor) (bool, error) {
	reach := actor.reach(access.ReadExact)
	if reach == access.None {
		return false, nil
	}
	if reach == access.Whole {
		return true, nil
	}
	scope, err := actor.scope(access.ReadRecord)
	if err != nil {
		return false, nil // who opens no record sees no exact number
	}
	return tx.ReachesAll(at(scope, tx))
}

func (s *Service) answerIn(tx *store.Tx, actor Actor, yearEnding date.Date, published bool) (p AnswerPage, err error) {
	if p.MayExact, err = mayExact(tx, actor); err != nil {
		return p, err
	}
	if p.Authority, err = tx.Authority(actor.Authority); err != nil {
		return p, err
	}
	both, err := s.answersIn(tx, p.Authority, yearEnding)
	if err != nil {
		return p, err
	}
	p.Answer, p.Letter = both.exact, both.published
	if published || !p.MayExact {
		p.Answer = both.published
	}
	return p, nil
}

// answers are the answer of a year as it is, and as it may leave.
type answers struct{ exact, published foi.Answer }

// answersIn are the answers of a year. They are kept until the returns, the
// register or the links say something else.
func (s *Service) answersIn(tx *store.Tx, a store.Authority, year date.Date) (answers, error) {
	today := s.todayIn(tx)
	if !mayKeep(year, today) {
		stamp, err := tx.Stamp(a.Code)
		if err != nil {
			return answers{}, err
		}
		return s.countAnswers(tx, a, year, stamp)
	}
	name := "/" + a.Code + "/" + string(year)
	return since(&s.figures, "answer now"+name, momentOf(a, today), func() (answers, error) {
		stamp, err := tx.Stamp(a.Code)
		if err != nil {
			return answers{}, err
		}
		return kept(&s.figures, "answer"+name, string(today)+" "+a.Name+" "+stamp, func() (answers, error) { return s.countAnswers(tx, a, year, stamp) })
	})
}

func (s *Service) countAnswers(tx *store.Tx, a store.Authority, year date.Date, stamp string) (answers, error) {
	c := collector{service: s, tx: tx, authority: a, today: s.todayIn(tx), year: year, only: year, stamp: stamp}
	var err error
	if c.read, err = tx.Returns(a.Code); err != nil {
		return answers{}, err
	}
	in, err := c.collect()
	if err != nil {
		return answers{}, err
	}
	exact := foi.Count(in)
	return answers{exact, foi.Published(exact, profile)}, nil
}
