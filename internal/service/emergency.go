package service

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/store"
)

// EmergencyLasts is for how long a record is opened in an emergency: long enough for a
// night on the telephone with police and hospital, short enough that it is no way of
// working. Whoever needs longer asks again, and gives a reason again.
const EmergencyLasts = 3 * time.Hour

// notOpened is the one answer for a record that does not exist, is restricted, was
// erased or is another authority's: which of them is told to nobody.
var notOpened = Invalid{{"reference", "No record with this reference or number can be opened in an emergency. Check it, or ring a manager."}}

// AskEmergency opens a record to somebody for EmergencyLasts, at once, and tells those
// who work with the young person. It gives the record, and whether it was opened by
// this: who can open it anyway is led there. Asks that are refused, and for a record that
// the actor opened before, are slowed: references are not to be guessed, and an emergency
// is no way of working.
func (s *Service) AskEmergency(ctx context.Context, actor Actor, wanted, reason string) (record string, opened bool, err error) {
	wanted, reason = strings.TrimSpace(wanted), strings.TrimSpace(reason)
	if wrong := checkEmergency(wanted, reason); len(wrong) > 0 {
		return "", false, wrong
	}
	again := false
	asks, err := s.askAtOwnPace(ctx, actor)
	if err != nil {
		return "", false, err
	}
	err = s.change(ctx, actor, access.AskEmergency, func(tx *store.Tx, scope access.Scope) error {
		record, opened, again = "", false, false // a transaction may run more than once
		reads, err := actor.scope(access.ReadRecord)
		if err != nil {
			return err
		}
		head, err := wantedRecord(tx, at(reads, tx), wanted)
		if err == nil {
			record = head.ID
			return errNothing
		}
		if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		head, err = wantedRecord(tx, scope, wanted)
		if errors.Is(err, store.ErrNotFound) {
			return s.audit(tx, actor, "emergency access refused", "emergency", "", "")
		}
		if err != nil {
			return err
		}
		record, opened = head.ID, true
		if again, err = openedBefore(tx, actor, head.ID); err != nil {
			return err
		}
		return s.openInEmergency(tx, actor, head, reason)
	})
	refused := err == nil && record == ""
	if !refused && !again {
		s.tries.back(asks, s.clock())
	}
	if err = ignoring(err, errNothing); refused {
		err = notOpened
	}
	return record, opened, err
}

func checkEmergency(wanted, reason string) Invalid {
	var wrong Invalid
	if wanted == "" {
		wrong = append(wrong, FieldError{"reference", "Enter the reference of the record, or the council’s number of the young person."})
	}
	if n := utf8.RuneCountInString(reason); n < leastReason || n > mostReason {
		wrong = append(wrong, FieldError{"reason", "Say why you need the record now, in 10 to 1,000 characters."})
	}
	return wrong
}

// wantedRecord is the record in scope with exactly this reference or number.
func wantedRecord(tx *store.Tx, scope access.Scope, wanted string) (child.Child, error) {
	found, err := tx.RecordByReference(scope, child.NormalReference(wanted))
	if errors.Is(err, store.ErrNotFound) {
		found, err = tx.RecordByNumber(scope, wanted)
	}
	if err != nil {
		return found, err
	}
	return tx.Record(scope, found.ID) // another record may show this child
}

func (s *Service) openInEmergency(tx *store.Tx, actor Actor, head child.Child, reason string) error {
	e := store.Emergency{ID: s.ids.New(), Child: head.ID, Account: actor.Account, Reason: reason, UntilAt: tx.Now.Add(EmergencyLasts)}
	if err := tx.AddEmergency(actor.Authority, e); err != nil {
		return err
	}
	if err := s.audit(tx, actor, "open in an emergency", "record", head.ID, e.ID); err != nil {
		return err
	}
	told, err := toldOfEmergency(tx, actor, head.ID)
	if err != nil {
		return err
	}
	for _, account := range told {
		if err := s.tell(tx, actor.Authority, account, NoticeEmergency, e.ID); err != nil {
			return err
		}
	}
	return nil
}

// toldOfEmergency are the accounts in use that must know at once: who works with the
// young person, and the managers of the team. A restriction that does not name them
// keeps this from them too.
func toldOfEmergency(tx *store.Tx, actor Actor, record string) ([]string, error) {
	facts, err := tx.AccessRecord(actor.Authority, record)
	if err != nil {
		return nil, err
	}
	accounts, err := tx.Accounts(actor.Authority)
	if err != nil {
		return nil, err
	}
	managers := managersOf(accounts, facts.Teams)
	var told []string
	for _, a := range accounts {
		concerned := slices.Contains(facts.AllocatedTo, a.ID) || slices.Contains(managers, a.ID)
		if concerned && a.InUse() && a.ID != actor.Account && namedIn(facts, a.ID) {
			told = append(told, a.ID)
		}
	}
	return told, nil
}

// managersOf are the managers in use of any of these teams; those of no team, who
// answer for all, where there is none.
func managersOf(accounts []store.Account, teams []string) []string {
	var ofTeam, ofAll []string
	for _, a := range accounts {
		switch {
		case !a.InUse() || a.Role != access.Manager:
		case a.Team == "":
			ofAll = append(ofAll, a.ID)
		case slices.Contains(teams, a.Team):
			ofTeam = append(ofTeam, a.ID)
		}
	}
	if len(ofTeam) == 0 {
		return ofAll
	}
	return ofTeam
}

// OwnEmergency is a record that somebody has open in an emergency.
type OwnEmergency struct {
	ID        string
	Record    string
	Reference string
	Reason    string
	Until     time.Time
}

// OwnEmergencies are the records that the actor has open in an emergency now. One that
// was restricted since is not among them.
func (s *Service) OwnEmergencies(ctx context.Context, actor Actor) (list []OwnEmergency, err error) {
	err = s.look(ctx, actor, access.AskEmergency, func(tx *store.Tx, scope access.Scope) error {
		held, err := tx.EmergenciesOf(actor.Authority, actor.Account, mostEmergencies)
		if err != nil {
			return err
		}
		for _, e := range held {
			if !holds(e, tx.Now) {
				continue
			}
			head, err := tx.Record(scope, e.Child)
			if errors.Is(err, store.ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			list = append(list, OwnEmergency{ID: e.ID, Record: head.ID, Reference: head.Reference, Reason: e.Reason, Until: e.UntilAt})
		}
		return nil
	})
	return list, err
}

// holds tells whether an emergency opens its record at an instant.
func holds(e store.Emergency, now time.Time) bool {
	return e.EndedAt.IsZero() && e.UntilAt.After(now)
}

// EndEmergency ends what the actor opened before it ends by itself.
func (s *Service) EndEmergency(ctx context.Context, actor Actor, id string) error {
	return s.change(ctx, actor, access.AskEmergency, func(tx *store.Tx, _ access.Scope) error {
		if err := tx.EndEmergency(actor.Authority, id, actor.Account); err != nil {
			return err
		}
		e, err := tx.Emergency(actor.Authority, id)
		if err != nil {
			return err
		}
		return s.audit(tx, actor, "end emergency access", "record", e.Child, e.ID)
	})
}
