package service

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/store"
)

// Decided is what a second person decided, and what was done by it.
type Decided struct {
	Act    string
	Erased []string // ids of the children and the conversations that are no longer there
	Named  []string // their references and the authority's numbers
}

// ErrTraces: a record is erased, and nobody finds it, but what the disk still holds in
// space that is free could not be overwritten yet.
var ErrTraces = errors.New("the record is erased, but its traces could not be taken off the disk yet")

// Decide is the second person's yes or no. A record is erased, and a restriction
// lifted, in the transaction of the yes; an export can be made by whoever asked from
// then on. ErrChanged where somebody else was first or it is too late: nothing is done.
// ErrTraces where it was done.
func (s *Service) Decide(ctx context.Context, actor Actor, id string, yes bool, remark string) (done Decided, err error) {
	remark = strings.TrimSpace(remark)
	if utf8.RuneCountInString(remark) > mostReason {
		return done, Invalid{{"remark", "The remark must have at most 1,000 characters."}}
	}
	var numbers []string
	err = s.change(ctx, actor, access.Decide, func(tx *store.Tx, _ access.Scope) error {
		done, numbers = Decided{}, nil
		d, head, err := s.toDecide(tx, actor, id)
		if err != nil {
			return err
		}
		if err := s.sayDecided(tx, actor, &d, head, yes, remark); err != nil {
			return err
		}
		done.Act = d.Act
		switch {
		case yes && d.Act == store.DecideLift:
			err = s.lift(tx, actor, d, head)
		case yes && d.Act == store.DecideErase:
			numbers, err = s.erase(tx, actor, d, head, &done)
		}
		if err != nil {
			return err
		}
		return s.tellOfDecision(tx, actor.Authority, d) // last: erasing takes notices away
	})
	if err == nil && len(done.Erased) > 0 {
		s.forget(actor.Authority, numbers)
		if err := s.db.Scrub(context.WithoutCancel(ctx)); err != nil {
			return done, fmt.Errorf("%w: %w", ErrTraces, err)
		}
	}
	if err != nil {
		return Decided{}, err
	}
	return done, nil
}

// toDecide is a decision that the actor may decide now.
func (s *Service) toDecide(tx *store.Tx, actor Actor, id string) (store.Decision, child.Child, error) {
	d, err := tx.Decision(actor.Authority, id)
	if err != nil {
		return d, child.Child{}, err
	}
	me, err := tx.Account(actor.Authority, actor.Account)
	if err != nil {
		return d, child.Child{}, err
	}
	if !me.InUse() || !asColleague(me).May(access.Decide) {
		return d, child.Child{}, ErrRefused // ended, or of another role, since this was sent
	}
	head, err := aboutDecision(tx, asColleague(me), access.Decide, d)
	if errors.Is(err, store.ErrNotFound) && d.Act == store.DecideErase && !d.UsedAt.IsZero() {
		return d, head, ErrChanged // somebody else said yes; only who was shown the decision knows its id
	}
	if err != nil {
		return d, head, err
	}
	if d.AskedBy == actor.Account {
		return d, head, Invalid{{"decided", "You asked for this: somebody else has to decide."}}
	}
	return d, head, nil
}

// sayDecided writes the yes or no.
func (s *Service) sayDecided(tx *store.Tx, actor Actor, d *store.Decision, head child.Child, yes bool, remark string) error {
	decided, what := store.DecidedNo, "refuse to "
	until := d.UntilAt
	if yes {
		decided, what, until = store.DecidedYes, "agree to ", tx.Now.Add(DecisionUse)
	}
	if err := stillOpen(tx.SettleDecision(actor.Authority, d.ID, actor.Account, decided, remark, until)); err != nil {
		return err
	}
	if yes {
		if err := askerStands(tx, actor.Authority, *d); err != nil {
			return err
		}
		if err := sameAsAsked(tx, actor.Authority, *d, head); err != nil {
			return err
		}
	}
	d.Decided, d.DecidedBy = decided, actor.Account
	return s.auditDecision(tx, actor, what+actsOfDecisions[d.Act], *d, head)
}

// askerStands refuses a yes to somebody who could not ask for it any more.
func askerStands(tx *store.Tx, authority string, d store.Decision) error {
	asker, err := tx.Account(authority, d.AskedBy)
	if err != nil {
		return err
	}
	if asker.InUse() && asColleague(asker).May(access.AskDecision) {
		if _, err = aboutDecision(tx, asColleague(asker), access.AskDecision, d); err == nil {
			return nil
		}
	}
	return Invalid{{"decided", "Whoever asked for this may not ask for it any more. Say no, and ask anew if it is still needed."}}
}

// sameAsAsked refuses to erase a record that a link made larger or smaller since
// somebody asked: whom it is about must be whom they meant.
func sameAsAsked(tx *store.Tx, authority string, d store.Decision, head child.Child) error {
	if d.Act != store.DecideErase {
		return nil
	}
	children, err := tx.ChildrenOfRecord(authority, head.ID)
	if err != nil {
		return err
	}
	matches, err := tx.Matches(authority)
	if err != nil {
		return err
	}
	for _, m := range matches {
		ours := slices.ContainsFunc(children, func(c child.Child) bool { return c.ID == m.A || c.ID == m.B })
		if ours && m.DecidedAt.After(d.AskedAt) {
			return Invalid{{"decided", "Since this was asked, somebody decided whether this record and another are one young person. Say no, look at the record, and ask anew."}}
		}
	}
	return nil
}

// lift ends the restriction that was decided about.
func (s *Service) lift(tx *store.Tx, actor Actor, d store.Decision, head child.Child) error {
	if err := stillOpen(tx.EndRestriction(actor.Authority, d.Subject, actor.Account)); err != nil {
		return err
	}
	if err := stillOpen(tx.UseDecision(actor.Authority, d.ID)); err != nil {
		return err
	}
	return s.auditDecision(tx, actor, "lift restriction", d, head)
}
