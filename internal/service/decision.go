package service

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/store"
)

// How long there is to decide, and to use what was decided.
const (
	DecisionOpen = 7 * 24 * time.Hour
	DecisionUse  = 24 * time.Hour
)

// Bounds of a reason that somebody gives: for a decision, for an emergency. In characters.
const (
	leastReason = 10
	mostReason  = 1000
)

// NewDecision is what somebody asks that two people decide.
type NewDecision struct {
	Act       string
	Record    string // by its id, where a page of the record led here; else
	Reference string // as typed
	Reason    string
}

// AskDecision asks that a second person decides, and gives the decision's id. Nothing
// is done before that.
func (s *Service) AskDecision(ctx context.Context, actor Actor, n NewDecision) (id string, err error) {
	id = s.ids.New()
	err = s.change(ctx, actor, access.AskDecision, func(tx *store.Tx, _ access.Scope) error {
		d, head, err := askable(tx, actor, n)
		if err != nil {
			return err
		}
		if err := mayAsk(tx, actor.Authority, d); err != nil {
			return err
		}
		d.ID, d.UntilAt = id, tx.Now.Add(DecisionOpen)
		if err := tx.AskDecision(actor.Authority, d); err != nil {
			return err
		}
		if err := s.tellOfDecision(tx, actor.Authority, d); err != nil {
			return err
		}
		return s.auditDecision(tx, actor, "ask to "+actsOfDecisions[d.Act], d, head)
	})
	return id, err
}

// actsOfDecisions are what is decided, as the log keeps it.
var actsOfDecisions = map[string]string{store.DecideExport: "export with names", store.DecideErase: "erase", store.DecideLift: "lift restriction"}

// askable is what is asked for, with all that is wrong with how it was asked.
func askable(tx *store.Tx, actor Actor, n NewDecision) (store.Decision, child.Child, error) {
	if actsOfDecisions[n.Act] == "" {
		return store.Decision{}, child.Child{}, store.ErrNotFound
	}
	n.Reason = strings.TrimSpace(n.Reason)
	d, head, err := subjectOf(tx, actor, n)
	var wrong Invalid
	if err != nil && !errors.As(err, &wrong) {
		return d, head, err
	}
	if wrong = append(wrong, checkReason(n)...); len(wrong) > 0 {
		return d, head, wrong
	}
	d.Reason = n.Reason
	return d, head, nil
}

func checkReason(n NewDecision) Invalid {
	if length := utf8.RuneCountInString(n.Reason); length < leastReason || length > mostReason {
		return Invalid{{"reason", "Say why, in 10 to 1,000 characters: the second person decides by it."}}
	}
	return nil
}

// mayAsk refuses what was asked already, and what nobody else could decide.
func mayAsk(tx *store.Tx, authority string, d store.Decision) error {
	open, err := tx.OpenDecisions(authority, d.Act, d.Subject)
	if err != nil {
		return err
	}
	for _, o := range open {
		if d.Act != store.DecideExport || o.AskedBy == d.AskedBy {
			return Invalid{{"reason", "This was asked already, and waits for a second person. It stands under Decisions."}}
		}
	}
	others, err := deciders(tx, authority, d)
	if err != nil {
		return err
	}
	if len(others) == 0 {
		return Invalid{{"reason", "Nobody else may decide this. It takes a second manager or data officer: for a restricted record, one whom the restriction names."}}
	}
	return nil
}

// subjectOf finds what somebody asks about, in what they may ask about. What they may
// not is answered like what is not there.
func subjectOf(tx *store.Tx, actor Actor, n NewDecision) (store.Decision, child.Child, error) {
	d := store.Decision{Act: n.Act, AskedBy: actor.Account}
	if n.Act == store.DecideExport {
		return d, child.Child{}, nil
	}
	scope, err := actor.overDecision(access.AskDecision, n.Act)
	if err != nil {
		return d, child.Child{}, err
	}
	head, err := namedRecord(tx, at(scope, tx), n)
	if err != nil {
		return d, head, err
	}
	if n.Act == store.DecideErase {
		d.Subject = head.ID
		return d, head, nil
	}
	// Of several restrictions of one record, the one that began first.
	held, err := tx.RestrictionsOfRecord(actor.Authority, head.ID)
	if err != nil {
		return d, head, err
	}
	if len(held) == 0 {
		return d, head, Invalid{{"reason", "This record is not restricted: there is nothing to lift."}}
	}
	d.Subject = held[0].ID
	return d, head, nil
}

// namedRecord is the record that is named by its id or by a reference.
func namedRecord(tx *store.Tx, scope access.Scope, n NewDecision) (child.Child, error) {
	if n.Record != "" {
		return tx.Record(scope, n.Record)
	}
	found, err := tx.RecordByReference(scope, child.NormalReference(n.Reference))
	if errors.Is(err, store.ErrNotFound) {
		return found, Invalid{{"reference", "There is no record with this reference. It looks like K7P4-TM."}}
	}
	if err != nil {
		return found, err
	}
	return tx.Record(scope, found.ID)
}

// overDecision is what somebody may ask for or decide about. To erase it takes a record
// that they may open; who opens none at all, as a data officer, may erase any that no
// restriction keeps from them, and sees its reference alone. To lift a restriction it
// takes to be named in it: to anybody else there is no such record. What was opened in
// an emergency is in neither.
func (a Actor) overDecision(act access.Act, what string) (access.Scope, error) {
	scope, err := a.scope(act)
	if err != nil || what == store.DecideLift {
		return scope, err
	}
	if reach := a.reach(access.ReadRecord); reach != access.None {
		scope.Reach = reach
	}
	return scope, nil
}

// aboutDecision is the record of a decision, where it is in what an actor may decide
// about; none for an export. ErrNotFound where it is not.
func aboutDecision(tx *store.Tx, actor Actor, act access.Act, d store.Decision) (child.Child, error) {
	scope, err := actor.overDecision(act, d.Act)
	if err != nil || d.Act == store.DecideExport {
		return child.Child{}, err
	}
	record := d.Subject
	if d.Act == store.DecideLift {
		r, err := tx.Restriction(actor.Authority, d.Subject)
		if err != nil {
			return child.Child{}, err
		}
		record = r.Child
	}
	return tx.Record(at(scope, tx), record)
}

// deciders are the people who could be the second person now.
func deciders(tx *store.Tx, authority string, d store.Decision) (list []Person, err error) {
	accounts, err := tx.Accounts(authority)
	if err != nil {
		return nil, err
	}
	for _, a := range accounts {
		if !a.InUse() || a.ID == d.AskedBy || !asColleague(a).May(access.Decide) {
			continue
		}
		_, err := aboutDecision(tx, asColleague(a), access.Decide, d)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, Person{a.ID, a.Name})
	}
	return list, nil
}

// toldOfDecision are the people to whom a decision is news: those who may decide it
// while it waits, and afterwards whoever asked.
func toldOfDecision(tx *store.Tx, authority string, d store.Decision) ([]string, error) {
	if d.Decided != "" {
		return []string{d.AskedBy}, nil
	}
	others, err := deciders(tx, authority, d)
	accounts := make([]string, len(others))
	for n, p := range others {
		accounts[n] = p.Account
	}
	return accounts, err
}

// tellOfDecision puts a notice on the pages of those to whom a decision is news.
func (s *Service) tellOfDecision(tx *store.Tx, authority string, d store.Decision) error {
	accounts, err := toldOfDecision(tx, authority, d)
	if err != nil {
		return err
	}
	for _, account := range accounts {
		if err := s.tell(tx, authority, account, NoticeDecision, d.ID); err != nil {
			return err
		}
	}
	return nil
}

// auditDecision writes what was done with a decision: about the record, where it is
// about one, so that it stands in the record's history.
func (s *Service) auditDecision(tx *store.Tx, actor Actor, what string, d store.Decision, head child.Child) error {
	if d.Act == store.DecideExport {
		return s.audit(tx, actor, what, "decision", d.ID, "")
	}
	return s.audit(tx, actor, what, "record", head.ID, d.ID)
}

// WithdrawDecision takes back what the actor asked for and nobody has decided.
func (s *Service) WithdrawDecision(ctx context.Context, actor Actor, id string) error {
	return s.change(ctx, actor, access.AskDecision, func(tx *store.Tx, _ access.Scope) error {
		d, err := tx.Decision(actor.Authority, id)
		if err != nil {
			return err
		}
		head, err := aboutDecision(tx, actor, access.AskDecision, d)
		switch {
		case err != nil:
			return err
		case d.AskedBy != actor.Account:
			return store.ErrNotFound
		}
		if err := stillOpen(tx.WithdrawDecision(actor.Authority, id, actor.Account)); err != nil {
			return err
		}
		return s.auditDecision(tx, actor, "no longer ask to "+actsOfDecisions[d.Act], d, head)
	})
}

// stillOpen is the error where somebody else was first, or it is too late.
func stillOpen(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return ErrChanged
	}
	return err
}
