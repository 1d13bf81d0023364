package service

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

// ReviewDue is how long a review may wait: a week has a supervision in it.
const ReviewDue = 7 * 24 * time.Hour

// What a review of emergency access finds. Values are stored.
const (
	EmergencyRight = "right"
	EmergencyWrong = "wrong"
)

// mostEmergencies is how many of them one page lists, those that wait first.
const mostEmergencies = 200

// EmergencyView is what was opened in an emergency, for who reviews it.
type EmergencyView struct {
	store.Emergency
	By        string // name of who opened it
	Reviewer  string // name
	Reference string // of the record; empty where it was erased since
	Erased    bool   // it was
	Record    string // the same, where the reviewer may open it
	Reads     int    // how often they opened a page of it during the emergency
	Open      bool   // it has not ended yet
	Overdue   bool   // it waits for longer than ReviewDue
	Own       bool   // the reviewer opened it: somebody else reviews it
}

// Waits tells whether nobody has reviewed it.
func (v EmergencyView) Waits() bool { return v.ReviewedAt.IsZero() }

// Emergencies are the latest records opened in an emergency, those that wait for a
// review first. What a restriction keeps from the reviewer is not among them.
func (s *Service) Emergencies(ctx context.Context, actor Actor) (list []EmergencyView, err error) {
	err = s.reviewing(ctx, actor, "read emergencies", "", func(tx *store.Tx, scope access.Scope) error {
		held, err := tx.Emergencies(actor.Authority, mostEmergencies)
		if err != nil {
			return err
		}
		list = nil
		for _, e := range held {
			switch v, err := s.emergencyView(tx, actor, scope, e); {
			case errors.Is(err, store.ErrNotFound):
			case err != nil:
				return err
			default:
				list = append(list, v)
			}
		}
		return nil
	})
	return list, err
}

// Emergency is one of them; ErrNotFound also where a restriction keeps it from the reviewer.
func (s *Service) Emergency(ctx context.Context, actor Actor, id string) (v EmergencyView, err error) {
	err = s.reviewing(ctx, actor, "read emergency", id, func(tx *store.Tx, scope access.Scope) error {
		e, err := tx.Emergency(actor.Authority, id)
		if err != nil {
			return err
		}
		v, err = s.emergencyView(tx, actor, scope, e)
		return err
	})
	return v, err
}

// reviewing reads what was opened in emergencies, and notes that.
func (s *Service) reviewing(ctx context.Context, actor Actor, what, id string, do func(*store.Tx, access.Scope) error) error {
	scope, err := actor.scope(access.ReviewEmergency)
	if err != nil {
		return err
	}
	return known(s.db.Write(ctx, func(tx *store.Tx) error {
		if err := do(tx, at(scope, tx)); err != nil {
			return err
		}
		return s.audit(tx, actor, what, "emergency", id, "")
	}))
}

// emergencyView is an emergency as a reviewer sees it; ErrNotFound where a restriction
// keeps its record from them. That its record was erased keeps nobody from reviewing.
func (s *Service) emergencyView(tx *store.Tx, actor Actor, scope access.Scope, e store.Emergency) (v EmergencyView, err error) {
	c, err := tx.Child(actor.Authority, e.Child)
	if err != nil {
		return v, err
	}
	facts, err := tx.AccessRecord(actor.Authority, c.Record)
	if err != nil {
		return v, err
	}
	erased := facts.Erased
	if facts.Erased = false; !scope.Includes(facts) {
		return v, store.ErrNotFound
	}
	v = EmergencyView{Emergency: e, Open: holds(e, tx.Now), Own: e.Account == actor.Account}
	v.Overdue = v.Waits() && tx.Now.Sub(e.BeganAt) > ReviewDue
	names, err := s.names(tx, actor.Authority)
	if err != nil {
		return v, err
	}
	v.Erased = erased
	v.By, v.Reviewer = names[e.Account], names[e.ReviewedBy]
	if !erased {
		if err := fillReviewed(tx, actor, c.Record, &v); err != nil {
			return v, err
		}
	}
	until := e.UntilAt
	if !e.EndedAt.IsZero() {
		until = e.EndedAt
	}
	v.Reads, err = tx.ReadsOfRecord(actor.Authority, c.Record, e.Account, e.BeganAt, until)
	return v, err
}

// fillReviewed names the record of an emergency, and leads to it where the reviewer
// may open it.
func fillReviewed(tx *store.Tx, actor Actor, record string, v *EmergencyView) error {
	n := Notice{}
	err := fillRecord(tx, actor, record, &n)
	v.Reference, v.Record = n.Reference, n.Record
	return err
}

// ReviewEmergency closes the review of what somebody else opened in an emergency. What
// should not have been opened is told to the person's manager and to the auditors, and
// ends at once.
func (s *Service) ReviewEmergency(ctx context.Context, actor Actor, id, outcome, remark string) error {
	remark = strings.TrimSpace(remark)
	return s.change(ctx, actor, access.ReviewEmergency, func(tx *store.Tx, scope access.Scope) error {
		e, err := tx.Emergency(actor.Authority, id)
		if err != nil {
			return err
		}
		v, err := s.emergencyView(tx, actor, scope, e)
		if err != nil {
			return err
		}
		if v.Erased {
			remark = "" // of somebody erased nothing is written down any more
		}
		if wrong := checkReview(outcome, remark, v.Erased); len(wrong) > 0 {
			return wrong
		}
		switch {
		case v.Own:
			return ErrRefused // nobody reviews themselves
		case !v.Waits():
			return ErrChanged
		case v.Open && outcome == EmergencyRight:
			return Invalid{{"outcome", "The record is still open to them: review it when that has ended. Found wrong, it ends at once."}}
		case v.Open:
			if err := tx.EndEmergency(actor.Authority, e.ID, e.Account); err != nil {
				return err
			}
		}
		if err := tx.ReviewEmergency(actor.Authority, id, actor.Account, outcome, remark); err != nil {
			return err
		}
		if err := s.audit(tx, actor, "review emergency: "+outcome, "record", e.Child, e.ID); err != nil {
			return err
		}
		if outcome == EmergencyRight {
			return nil
		}
		return s.tellWrongEmergency(tx, actor, e)
	})
}

func checkReview(outcome, remark string, erased bool) Invalid {
	var wrong Invalid
	if outcome != EmergencyRight && outcome != EmergencyWrong {
		wrong = append(wrong, FieldError{"outcome", "Say whether it was right to open the record."})
	}
	if n := utf8.RuneCountInString(remark); !erased && (n < leastReason || n > mostReason) {
		wrong = append(wrong, FieldError{"remark", "Say what you found, in 10 to 1,000 characters."})
	}
	return wrong
}

// tellWrongEmergency tells the managers of whoever opened a record that they should
// not have, and the auditors. Neither the reviewer nor the person themselves is told.
func (s *Service) tellWrongEmergency(tx *store.Tx, actor Actor, e store.Emergency) error {
	accounts, err := tx.Accounts(actor.Authority)
	if err != nil {
		return err
	}
	var team []string
	for _, a := range accounts {
		if a.ID == e.Account && a.Team != "" {
			team = append(team, a.Team)
		}
	}
	managers := managersOf(accounts, team)
	for _, a := range accounts {
		concerned := a.InUse() && a.Role == access.Auditor || slices.Contains(managers, a.ID)
		if !concerned || a.ID == actor.Account || a.ID == e.Account {
			continue
		}
		if err := s.tell(tx, actor.Authority, a.ID, NoticeWrongEmergency, e.ID); err != nil {
			return err
		}
	}
	return nil
}
