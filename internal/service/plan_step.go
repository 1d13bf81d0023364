package service

import (
	"context"
	"slices"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/date"
	"stablefutures/internal/store"
)

// NewStep is something that will be done for a young person, as they read it.
type NewStep struct {
	ID       string // made by the form: what is sent twice is one
	Words    string
	Language string // tag of the words
	Owner    string // account that does it
	By       date.Date
	Wrong    Invalid // what could not be read of the form
}

func (n NewStep) check(today date.Date) Invalid {
	wrong := append(slices.Clone(n.Wrong), checkOwnWords(n.Words, n.Language)...)
	if n.Words == "" {
		wrong = append(wrong, FieldError{"words", "Write what will be done."})
	}
	if n.By.Known() && n.By < today {
		wrong = append(wrong, FieldError{"by", "The day must be today or later."})
	}
	return wrong
}

// AddPlanStep puts a step on the young person's plan. Who does it must be able to open the
// record.
func (s *Service) AddPlanStep(ctx context.Context, actor Actor, record string, n NewStep) error {
	n.Words = strings.TrimSpace(n.Words)
	return s.changeRecord(ctx, actor, access.AnswerAsks, record, writesToOwn, func(tx *store.Tx, _ access.Scope, head child.Child) error {
		who, err := answerersOf(tx, actor.Authority, head.ID)
		if err != nil {
			return err
		}
		wrong := n.check(s.todayIn(tx))
		if !who.may[n.Owner] {
			wrong = append(wrong, FieldError{"owner", "Choose who does it: somebody who works with the young person, or you."})
		}
		if len(wrong) > 0 {
			return wrong
		}
		every, err := tx.EveryStepFor(actor.Authority, head.ID, actor.Account)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(every, func(p store.PlanStep) bool { return p.ID == n.ID }) {
			return errNothing
		}
		if n.ID == "" {
			n.ID = s.ids.New()
		}
		return tx.AddStep(actor.Authority, store.PlanStep{ID: n.ID, Child: head.ID, Words: n.Words, Language: n.Language, Owner: n.Owner, By: n.By, AddedBy: actor.Account})
	})
}

// FinishPlanStep notes that a step was done today.
func (s *Service) FinishPlanStep(ctx context.Context, actor Actor, record, step string) error {
	return s.changeStep(ctx, actor, record, step, func(tx *store.Tx) error { return tx.FinishStep(actor.Authority, step, s.todayIn(tx)) })
}

// EndPlanStep takes a step off the plan that will not be done.
func (s *Service) EndPlanStep(ctx context.Context, actor Actor, record, step string) error {
	return s.changeStep(ctx, actor, record, step, func(tx *store.Tx) error { return tx.EndStep(actor.Authority, step) })
}

// changeStep changes a step that this person may see. What was done, or taken off,
// already is no error.
func (s *Service) changeStep(ctx context.Context, actor Actor, record, step string, do func(*store.Tx) error) error {
	return s.changeRecord(ctx, actor, access.AnswerAsks, record, writesToOwn, func(tx *store.Tx, _ access.Scope, head child.Child) error {
		every, err := tx.EveryStepFor(actor.Authority, head.ID, actor.Account)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(every, func(p store.PlanStep) bool { return p.ID == step })
		switch {
		case at < 0:
			return store.ErrNotFound
		case every[at].DoneOn.Known() || !every[at].EndedAt.IsZero():
			return errNothing
		}
		return do(tx)
	})
}
