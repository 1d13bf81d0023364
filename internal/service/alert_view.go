package service

import (
	"context"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/alert"
	"stablefutures/internal/child"
	"stablefutures/internal/store"
)

// alertsShown is for how long an alert that ended is listed.
const alertsShown = 14 * 24 * time.Hour

// AlertRow is an alert in a list. It names nobody who is young: that is in the alert
// itself, whose opening is in the log.
type AlertRow struct {
	ID         string
	SentAt     time.Time
	Unanswered bool
	Has        string // name of who has it; empty while nobody does
	Answer     alert.Answer
	ClosedAt   time.Time // zero while it goes on
}

// AlertsFor are the alerts that concern the actor: those that go on, the oldest first,
// and those that ended a short while ago.
func (s *Service) AlertsFor(ctx context.Context, actor Actor) (open, ended []AlertRow, err error) {
	err = s.look(ctx, actor, access.AnswerAlerts, func(tx *store.Tx, _ access.Scope) error {
		list, err := tx.AlertsFor(actor.Authority, actor.Account)
		if err != nil {
			return err
		}
		if open, err = s.alertRows(tx, actor, list); err != nil {
			return err
		}
		if list, err = tx.EndedAlertsFor(actor.Authority, actor.Account, tx.Now.Add(-alertsShown)); err != nil {
			return err
		}
		ended, err = s.alertRows(tx, actor, list)
		return err
	})
	return open, ended, err
}

// alertRows are alerts as rows. Who was told of one is asked of those alone that nobody has.
func (s *Service) alertRows(tx *store.Tx, actor Actor, list []store.Alert) (rows []AlertRow, err error) {
	names, err := s.names(tx, actor.Authority)
	if err != nil {
		return nil, err
	}
	for _, a := range list {
		row := AlertRow{ID: a.ID, SentAt: a.SentAt, Has: names[a.AcknowledgedBy], Answer: a.Answer, ClosedAt: a.ClosedAt}
		if a.AcknowledgedAt.IsZero() {
			c, err := s.circleOf(tx, actor.Authority, a.Record, a.ID)
			if err != nil {
				return nil, err
			}
			row.Unanswered = c.Unanswered(tx.Now)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// AlertsWaiting counts the alerts that concern the actor and that nobody has, but for the
// one that they look at. It is asked on every page, writes nothing, and says nothing of
// anybody.
func (s *Service) AlertsWaiting(ctx context.Context, actor Actor, but string) (n int, err error) {
	err = s.look(ctx, actor, access.AnswerAlerts, func(tx *store.Tx, _ access.Scope) error {
		n, err = tx.AlertsWaitingFor(actor.Authority, actor.Account, but)
		return err
	})
	return n, err
}

// AlertView is an alert as the actor may see it.
type AlertView struct {
	ID         string
	SentAt     time.Time
	Restricted bool     // the record is restricted and does not name the actor: nothing of the young person is shown, and they cannot end it
	Named      []string // whom to reach then
	Reference  string
	Name       string // of the young person
	Record     string // where the actor may open it
	How        alert.Reach
	Words      string
	Language   string // its own name
	Told       []AlertTold
	Unanswered bool
	Has        string // name of who has it; empty while nobody does
	HasAt      time.Time
	Mine       bool // the actor has it
	Answer     alert.Answer
	ClosedAt   time.Time
	ClosedBy   string
	Remark     string
}

// AlertTold is somebody who was told, when first, and how often.
type AlertTold struct {
	Name  string
	Way   alert.Way
	At    time.Time
	Times int
}

// Alert opens an alert that concerns the actor, with an entry in the log: whoever is on
// duty sees who it is, also of a record that they cannot open.
func (s *Service) Alert(ctx context.Context, actor Actor, id string) (v AlertView, err error) {
	err = s.change(ctx, actor, access.AnswerAlerts, func(tx *store.Tx, _ access.Scope) error {
		a, err := tx.AlertFor(actor.Authority, actor.Account, id)
		if err != nil {
			return err
		}
		c, err := s.circleOf(tx, actor.Authority, a.Record, a.ID)
		if err != nil {
			return err
		}
		v = AlertView{ID: a.ID, SentAt: a.SentAt, Unanswered: a.AcknowledgedAt.IsZero() && c.Unanswered(tx.Now), Has: c.names[a.AcknowledgedBy], HasAt: a.AcknowledgedAt,
			Mine: a.AcknowledgedBy == actor.Account, Answer: a.Answer, ClosedAt: a.ClosedAt, ClosedBy: c.names[a.ClosedBy]}
		facts, err := tx.AccessRecord(actor.Authority, a.Record)
		if err != nil {
			return err
		}
		if !namedIn(facts, actor.Account) {
			v.Restricted = true
			for _, b := range c.Beside {
				if b.Way != alert.Manages {
					v.Named = append(v.Named, c.names[b.Account])
				}
			}
			return s.audit(tx, actor, "see that there is an alert of a restricted record", "record", a.Record, a.ID)
		}
		v.How, v.Words, v.Remark, v.Told = a.How, a.Words, a.Remark, c.toldOnce()
		if a.Language != "" {
			v.Language = languageName(a.Language)
		}
		if err := v.whose(tx, actor, a.Record); err != nil {
			return err
		}
		return s.audit(tx, actor, "see an alert", "record", a.Record, a.ID)
	})
	return v, err
}

// whose adds who the young person is, and whether the actor can open the record.
func (v *AlertView) whose(tx *store.Tx, actor Actor, record string) error {
	head, err := tx.Child(actor.Authority, record)
	if err != nil {
		return err
	}
	sources, err := tx.IdentitiesOfRecord(actor.Authority, record)
	if err != nil {
		return err
	}
	v.Reference, v.Name = head.Reference, child.Believed(sources).Name
	scope, err := actor.scope(access.ReadRecord)
	if err != nil {
		return nil // somebody who is told, and opens no records
	}
	if _, err = tx.Record(at(scope, tx), record); err == nil {
		v.Record = record
	}
	return ignoring(err, store.ErrNotFound)
}

// toldOnce are those who were told, each account once, whatever they are called.
func (c circle) toldOnce() (list []AlertTold) {
	at := map[[2]string]int{} // by account and way
	for _, t := range c.Told {
		key := [2]string{t.Account, string(t.Way)}
		if _, ok := at[key]; !ok {
			at[key] = len(list)
			list = append(list, AlertTold{Name: c.names[t.Account], Way: t.Way, At: t.At})
		}
		list[at[key]].Times++
	}
	return list
}
