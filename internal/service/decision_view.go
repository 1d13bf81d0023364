package service

import (
	"context"
	"errors"
	"slices"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

// DecisionView is a decision as somebody sees it whom it concerns.
type DecisionView struct {
	store.Decision
	Reference   string // of the record; empty for an export
	AskedName   string
	DecidedName string
	Open        bool     // it can still be decided
	Own         bool     // this person asked
	Usable      bool     // this person can use what was decided
	Others      []string // who can decide it; empty where it is not open
}

// mostDecisions is how many decisions are shown.
const mostDecisions = 200

// Decisions are the latest decisions that concern the actor, those that wait first. One
// about a record out of their reach is not among them.
func (s *Service) Decisions(ctx context.Context, actor Actor) (list []DecisionView, err error) {
	err = s.change(ctx, actor, access.AskDecision, func(tx *store.Tx, _ access.Scope) error {
		list = nil
		held, err := tx.Decisions(actor.Authority, mostDecisions)
		if err != nil {
			return err
		}
		names, err := s.names(tx, actor.Authority)
		if err != nil {
			return err
		}
		for _, d := range held {
			v, concerned, err := viewDecision(tx, actor, d, names)
			if err != nil {
				return err
			}
			if concerned {
				list = append(list, v)
			}
		}
		return s.audit(tx, actor, "read decisions", "authority", actor.Authority, "")
	})
	return list, err
}

// amongThem tells whether what was written about a decision is for this actor. Why a
// restriction was there, and why it was lifted, is for those whom it named, and stays so
// when everybody else may open the record again: it may be about one of them.
func amongThem(tx *store.Tx, actor Actor, d store.Decision) (bool, error) {
	if d.Act != store.DecideLift {
		return true, nil
	}
	r, err := tx.Restriction(actor.Authority, d.Subject)
	if err != nil || r.EndedAt.IsZero() || slices.Contains([]string{d.AskedBy, d.DecidedBy}, actor.Account) {
		return true, err // while it holds, nobody else reaches the record
	}
	names, err := tx.NamesOf(actor.Authority, r.ID)
	return slices.Contains(names, actor.Account), err
}

// viewDecision is a decision as the actor sees it. A record that was erased shows to
// the two people who decided that, and to nobody else.
func viewDecision(tx *store.Tx, actor Actor, d store.Decision, names map[string]string) (v DecisionView, concerned bool, err error) {
	head, err := aboutDecision(tx, actor, access.Decide, d)
	both := d.Act == store.DecideErase && !d.UsedAt.IsZero() && slices.Contains([]string{d.AskedBy, d.DecidedBy}, actor.Account)
	switch {
	case errors.Is(err, store.ErrNotFound) && both:
		if head, err = tx.Child(actor.Authority, d.Subject); err != nil {
			return v, false, err
		}
	case errors.Is(err, store.ErrNotFound):
		return v, false, nil
	case err != nil:
		return v, false, err
	}
	if among, err := amongThem(tx, actor, d); err != nil || !among {
		return v, false, err
	}
	v = DecisionView{Decision: d, Reference: head.Reference, AskedName: names[d.AskedBy], DecidedName: names[d.DecidedBy], Own: d.AskedBy == actor.Account}
	v.Open = d.Decided == "" && d.UntilAt.After(tx.Now)
	v.Usable = v.Own && d.Act == store.DecideExport && d.Decided == store.DecidedYes && d.UsedAt.IsZero() && d.UntilAt.After(tx.Now)
	if v.Open {
		others, err := deciders(tx, actor.Authority, d)
		if err != nil {
			return v, false, err
		}
		for _, p := range others {
			v.Others = append(v.Others, p.Name)
		}
	}
	return v, true, nil
}

// DecisionAsked is what somebody who is about to ask for a decision is told.
type DecisionAsked struct {
	Reference string // of the record; empty for an export, and where none is named yet
}

// AboutToAsk tells about what somebody is about to ask for, where a page of a record
// led there. Of the record it tells the reference alone.
func (s *Service) AboutToAsk(ctx context.Context, actor Actor, n NewDecision) (a DecisionAsked, err error) {
	err = s.look(ctx, actor, access.AskDecision, func(tx *store.Tx, _ access.Scope) error {
		if actsOfDecisions[n.Act] == "" {
			return store.ErrNotFound
		}
		if n.Act == store.DecideExport || n.Record == "" {
			return nil
		}
		_, head, err := subjectOf(tx, actor, n)
		a.Reference = head.Reference
		return err
	})
	return a, err
}

// CheckDecision says what is wrong with what somebody is about to ask for.
func (s *Service) CheckDecision(ctx context.Context, actor Actor, n NewDecision) (a DecisionAsked, err error) {
	err = s.look(ctx, actor, access.AskDecision, func(tx *store.Tx, _ access.Scope) error {
		d, head, err := askable(tx, actor, n)
		if err != nil {
			return err
		}
		a.Reference = head.Reference
		return mayAsk(tx, actor.Authority, d)
	})
	return a, err
}
