package service

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/alert"
	"stablefutures/internal/store"
)

// NewAlert is that a young person says that they are not safe. Nothing of it is needed:
// an alert is never refused for what is said, or not said, in it.
type NewAlert struct {
	ID    string // made by the page: the same alert sent twice is one
	How   alert.Reach
	Words string
}

// SendAlert keeps an alert and tells the first people, in one transaction: where it gives
// no error, somebody is told or it is known that there is nobody. While one waits that
// says the same, it gives that. The same form with anything else in it is another alert:
// nothing that they typed is dropped.
func (s *Service) SendAlert(ctx context.Context, y Young, n NewAlert) (id string, err error) {
	n.Words = strings.TrimSpace(n.Words)
	if !slices.Contains(alert.Reaches, n.How) {
		n.How = ""
	}
	if n.ID == "" {
		n.ID = s.ids.New()
	}
	err = s.changeOwn(ctx, y, "send an alert", func(tx *store.Tx, session store.OwnSession) error {
		before, err := tx.AlertsOf(y.Authority, y.Record)
		if ignoring(err, store.ErrTampered) != nil { // what was said before and does not open silences nobody
			return err
		}
		_, err = tx.UnreadAlert(y.Authority, n.ID)
		if ignoring(err, store.ErrNotFound) != nil {
			return err
		}
		taken := err == nil
		for _, a := range before {
			if n.saidBy(a, taken) {
				id = a.ID
				return errNothing
			}
		}
		if id = n.ID; taken {
			id = s.ids.New()
		}
		a := store.Alert{ID: id, Child: y.Record, Record: y.Record, How: n.How, Words: n.Words, Language: session.Language}
		if err := tx.AddAlert(y.Authority, a); err != nil {
			return err
		}
		return s.tellNext(tx, y.Authority, a)
	})
	return id, err
}

// saidBy tells whether an alert that was sent says what this one says. taken: something
// was sent under the id of this one.
func (n NewAlert) saidBy(a store.Alert, taken bool) bool {
	goesOn := a.ClosedAt.IsZero()
	if waits := goesOn && a.AcknowledgedAt.IsZero(); waits && n.Words == "" && a.How == n.How {
		return true
	}
	return a.How == n.How && a.Words == n.Words && (a.ID == n.ID || taken && goesOn)
}

// circle is who can be told of an alert now, and where by e-mail.
type circle struct {
	alert.Standing
	names  map[string]string // of accounts
	emails map[string]string
	lost   map[string]bool // accounts whose address does not open
	able   map[string]bool // accounts that can be told

	numbers []store.OwnNumber // that the young person can call
}

// circleOf works out who can be told of an alert of a record.
func (s *Service) circleOf(tx *store.Tx, authority, record, id string) (c circle, err error) {
	c = circle{names: map[string]string{}, emails: map[string]string{}, lost: map[string]bool{}, able: map[string]bool{}}
	setting, err := s.ownSetting(tx, authority)
	if err != nil {
		return c, err
	}
	c.Minutes, c.numbers = setting.Minutes, setting.Numbers
	accounts, err := tx.Accounts(authority)
	if err != nil {
		return c, err
	}
	for _, a := range accounts {
		c.names[a.ID], c.able[a.ID] = a.Name, mayAnswer(a)
	}
	duty, err := tx.Duty(authority)
	if err != nil {
		return c, err
	}
	for _, d := range duty {
		if c.able[d.Account] {
			c.Duty, c.emails[d.Account], c.lost[d.Account] = append(c.Duty, d.Account), d.Email, d.Lost
		}
	}
	facts, err := tx.AccessRecord(authority, record)
	if err != nil {
		return c, err
	}
	c.beside(facts, accounts)
	c.Told, err = tx.Told(authority, id)
	return c, err
}

// beside are told at once: who works with the young person; of a restricted record also
// whom it names, since others are sent to them; and all managers where nobody is on duty.
func (c *circle) beside(facts access.Record, accounts []store.Account) {
	for _, a := range accounts {
		named := namedIn(facts, a.ID)
		switch {
		case !c.able[a.ID]:
		case slices.Contains(facts.AllocatedTo, a.ID) && named:
			c.Beside = append(c.Beside, alert.Beside{Account: a.ID, Way: alert.Works})
		case len(facts.Named) > 0 && named:
			c.Beside = append(c.Beside, alert.Beside{Account: a.ID, Way: alert.Named})
		case len(c.Duty) == 0 && a.Role == access.Manager:
			c.Beside = append(c.Beside, alert.Beside{Account: a.ID, Way: alert.Manages})
		}
	}
}

// tellNext tells whoever is to be told of an alert now.
func (s *Service) tellNext(tx *store.Tx, authority string, a store.Alert) error {
	c, err := s.circleOf(tx, authority, a.Record, a.ID)
	if err != nil {
		return err
	}
	for _, t := range c.Next(tx.Now) {
		if err := tx.AddTold(authority, a.ID, t); err != nil {
			return err
		}
		if err := s.audit(tx, Actor{Authority: authority}, "tell of an alert", "record", a.Record, t.Account); err != nil {
			return err
		}
		if c.lost[t.Account] {
			s.log.Warn("the e-mail address of somebody on duty does not open: they are told on their pages alone. Type it in anew where it says who is on duty", "authority", authority, "account", t.Account)
		}
		if err := s.addMail(tx, authority, c.emails[t.Account]); err != nil {
			return err
		}
	}
	return nil
}

// EscalateAlerts tells the next people of every alert that nobody has. It is called
// again and again; what it needs to know is all in the database.
func (s *Service) EscalateAlerts(ctx context.Context) error {
	authorities, err := s.Authorities(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, a := range authorities {
		failed = append(failed, s.escalateAll(ctx, a.Code)) // one that fails keeps nobody else's waiting
	}
	return errors.Join(failed...)
}

// escalateAll does so for one authority. An alert of which something fails is told of, and
// keeps no other waiting.
func (s *Service) escalateAll(ctx context.Context, authority string) error {
	var due []string
	var failed []error
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		open, err := tx.OpenAlerts(authority)
		if err != nil {
			return err
		}
		for _, a := range open {
			c, err := s.circleOf(tx, authority, a.Record, a.ID)
			switch {
			case err != nil:
				failed = append(failed, fmt.Errorf("alert %s: %w", a.ID, err))
			case c.due(a, tx.Now):
				due = append(due, a.ID)
			}
		}
		return nil
	})
	failed = append(failed, known(err))
	for _, id := range due {
		failed = append(failed, s.escalate(ctx, authority, id))
	}
	return errors.Join(failed...)
}

// abandoned tells whether whoever has an alert can answer for it no more: their account
// ended, or may not.
func (c circle) abandoned(a store.Alert) bool {
	return !a.AcknowledgedAt.IsZero() && a.ClosedAt.IsZero() && !c.able[a.AcknowledgedBy]
}

// due tells whether somebody is to be told of an alert now.
func (c circle) due(a store.Alert, now time.Time) bool {
	return c.abandoned(a) || a.AcknowledgedAt.IsZero() && a.ClosedAt.IsZero() && len(c.Next(now)) > 0
}

// escalate tells the next people of one alert, where that is due.
func (s *Service) escalate(ctx context.Context, authority, id string) error {
	return known(s.db.Change(ctx, authority, func(tx *store.Tx) error {
		a, err := tx.UnreadAlert(authority, id)
		if errors.Is(err, store.ErrNotFound) {
			return nil // erased meanwhile
		}
		if err != nil || !a.ClosedAt.IsZero() {
			return err
		}
		c, err := s.circleOf(tx, authority, a.Record, a.ID)
		if err != nil {
			return err
		}
		if c.abandoned(a) {
			if err := tx.ReleaseAlert(authority, id); err != nil {
				return err
			}
			if err := s.audit(tx, Actor{Authority: authority}, "take an alert back from an account that may not answer", "record", a.Record, a.AcknowledgedBy); err != nil {
				return err
			}
		} else if !a.AcknowledgedAt.IsZero() {
			return nil
		}
		return s.tellNext(tx, authority, a)
	}))
}

// AcknowledgeAlert says that the actor has an alert, and what the young person is told.
// One person has it: ErrChanged where somebody else was quicker. Whoever has it may
// change what they say.
func (s *Service) AcknowledgeAlert(ctx context.Context, actor Actor, id string, answer alert.Answer) error {
	if !slices.Contains(alert.Answers, answer) {
		return Invalid{{"answer", "Choose what the young person is told."}}
	}
	return s.change(ctx, actor, access.AnswerAlerts, func(tx *store.Tx, _ access.Scope) error {
		a, err := tx.AlertFor(actor.Authority, actor.Account, id)
		if err != nil {
			return err
		}
		act := "acknowledge an alert"
		switch {
		case !a.ClosedAt.IsZero():
			return ErrChanged
		case a.AcknowledgedAt.IsZero():
			err = tx.AcknowledgeAlert(actor.Authority, id, actor.Account, answer)
		case a.AcknowledgedBy == actor.Account:
			act = "change the answer to an alert"
			err = tx.AnswerAlert(actor.Authority, id, actor.Account, answer)
		default:
			return ErrChanged
		}
		if err != nil {
			return err
		}
		return s.audit(tx, actor, act, "record", a.Record, a.ID)
	})
}

// CloseAlert ends an alert that somebody has, with what was done. From whom a restriction
// keeps the record, it keeps this too: they can have the alert, and see nothing of what
// would tell them that it may end.
func (s *Service) CloseAlert(ctx context.Context, actor Actor, id, remark string) error {
	remark = strings.TrimSpace(remark)
	if n := len([]rune(remark)); n < leastReason || n > mostReason {
		return Invalid{{"remark", "Say what was done, in 10 to 1,000 characters."}}
	}
	return s.change(ctx, actor, access.AnswerAlerts, func(tx *store.Tx, _ access.Scope) error {
		a, err := tx.AlertFor(actor.Authority, actor.Account, id)
		if err != nil {
			return err
		}
		facts, err := tx.AccessRecord(actor.Authority, a.Record)
		if err != nil {
			return err
		}
		if !namedIn(facts, actor.Account) {
			return store.ErrNotFound
		}
		if a.AcknowledgedAt.IsZero() {
			return Invalid{{"remark", "Say first that you have it: the young person waits for that."}}
		}
		if !a.ClosedAt.IsZero() {
			return ErrChanged
		}
		if err := tx.CloseAlert(actor.Authority, a, actor.Account, remark); err != nil {
			return err
		}
		return s.audit(tx, actor, "close an alert", "record", a.Record, a.ID)
	})
}
