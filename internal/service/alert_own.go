package service

import (
	"context"
	"errors"
	"slices"
	"time"

	"stablefutures/internal/alert"
	"stablefutures/internal/store"
)

// OwnSafety is what a young person is told before they send that they are not safe.
type OwnSafety struct {
	First   string   // name of who is told first; empty where nobody is on duty
	Reached bool     // they are told at once, as far as is known: on their pages, or by an e-mail
	Known   bool     // they see who it is: no restriction keeps that from them
	Minutes int      // after which it goes to the next
	Alone   bool     // nobody is behind the first
	Beside  []string // names of those who work with them
	Numbers []store.OwnNumber
	Waiting string // an alert of theirs that goes on; empty for none
}

// reaches tells whether somebody on duty is told at once where they are: they are signed
// in, or an e-mail goes to them and none is stuck. Nothing more is known of whether they
// look.
func (s *Service) reaches(tx *store.Tx, authority string, c circle, account string) (bool, error) {
	sessions, err := sessionsIn(tx, authority, account, "")
	if err != nil || slices.ContainsFunc(sessions, func(k SessionKept) bool { return k.Whole }) {
		return err == nil, err
	}
	if !s.mails || c.emails[account] == "" || c.lost[account] {
		return false, nil
	}
	trouble, err := mailTrouble(tx, authority)
	return err == nil && trouble.Waiting == 0, err
}

// OwnSafety tells a young person who is told and how soon.
func (s *Service) OwnSafety(ctx context.Context, y Young) (p OwnSafety, err error) {
	err = s.lookOwn(ctx, y, func(tx *store.Tx) error {
		c, err := s.circleOf(tx, y.Authority, y.Record, "")
		if err != nil {
			return err
		}
		p = OwnSafety{Minutes: c.Minutes, Alone: len(c.Duty) < 2, Numbers: c.numbers}
		facts, err := tx.AccessRecord(y.Authority, y.Record)
		if err != nil {
			return err
		}
		p.Known = len(facts.Named) == 0
		if len(c.Duty) > 0 {
			p.First, p.Known = c.names[c.Duty[0]], namedIn(facts, c.Duty[0])
			if p.Reached, err = s.reaches(tx, y.Authority, c, c.Duty[0]); err != nil {
				return err
			}
		}
		for _, b := range c.Beside {
			if b.Way == alert.Works {
				p.Beside = append(p.Beside, c.names[b.Account])
			}
		}
		sent, err := tx.AlertsOf(y.Authority, y.Record)
		if ignoring(err, store.ErrTampered) != nil { // see SendAlert
			return err
		}
		for _, a := range slices.Backward(sent) {
			if a.ClosedAt.IsZero() {
				p.Waiting = a.ID
			}
		}
		return nil
	})
	return p, err
}

// Where an alert stands, as the young person is told it.
const (
	OwnWaiting    = "waiting"
	OwnPassed     = "passed"
	OwnUnanswered = "unanswered"
	OwnHas        = "has"
	OwnOver       = "over"
)

// OwnAlert is the truth about an alert, for the young person who sent it.
type OwnAlert struct {
	SentAt  time.Time // as clocks in London show it
	State   string
	Nobody  bool // nobody is on duty
	Name    string
	HasAt   time.Time
	Answer  alert.Answer
	Numbers []store.OwnNumber
}

// OwnAlert tells a young person what became of their alert. Where it should have gone on
// to somebody else by now, it goes on first: what they read does not hang on anything
// that runs beside.
func (s *Service) OwnAlert(ctx context.Context, y Young, id string) (v OwnAlert, err error) {
	due := false
	look := func() error {
		return s.lookOwn(ctx, y, func(tx *store.Tx) error {
			a, err := tx.UnreadAlert(y.Authority, id)
			if err != nil {
				return err
			}
			if a.Record != y.Record {
				return store.ErrNotFound
			}
			c, err := s.circleOf(tx, y.Authority, a.Record, a.ID)
			if err != nil {
				return err
			}
			due = c.due(a, tx.Now)
			v = s.ownAlert(c, a, tx.Now)
			return nil
		})
	}
	if err := look(); err != nil || !due {
		return v, err
	}
	if err := s.escalate(ctx, y.Authority, id); err != nil && !errors.Is(err, ErrFull) {
		return v, err
	}
	err = look()
	return v, err
}

func (s *Service) ownAlert(c circle, a store.Alert, now time.Time) OwnAlert {
	v := OwnAlert{SentAt: s.Local(a.SentAt), State: OwnWaiting, Nobody: len(c.Duty) == 0, Numbers: c.numbers}
	if !a.AcknowledgedAt.IsZero() {
		v.Name, v.HasAt, v.Answer = c.names[a.AcknowledgedBy], s.Local(a.AcknowledgedAt), a.Answer
	}
	switch {
	case !a.ClosedAt.IsZero():
		v.State = OwnOver
	case !a.AcknowledgedAt.IsZero():
		v.State = OwnHas
	case c.Unanswered(now):
		v.State = OwnUnanswered
	case c.Passed():
		v.State = OwnPassed
	}
	return v
}
