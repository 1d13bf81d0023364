package service

import (
	"context"
	"errors"
	"slices"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/store"
)

// OwnWays are the ways to a young person's own page, as a worker sees them: who gave
// them, what became of them, and nothing of what was said there.
type OwnWays struct {
	Head     Head
	Given    []OwnWayGiven      // the latest first
	Now      []store.OwnSession // who is there now, the latest first
	Devices  []store.OwnDevice  // the latest first, also those that were cut off
	LastSeen time.Time          // zero where they were never there
	Accounts map[string]string  // names
	Language string             // that they chose last; empty where they never did
}

// OwnWayGiven is a way in that was given.
type OwnWayGiven struct {
	Kind    string // code, slip, handed-over
	At      time.Time
	By      string    // account
	UsedAt  time.Time // zero where it was not
	EndedAt time.Time // when it was taken back; zero where it was not
	Until   time.Time // after which it opens nothing; zero for a tablet
}

// Waits tells whether a way in can still be used.
func (g OwnWayGiven) Waits(now time.Time) bool {
	return g.UsedAt.IsZero() && g.EndedAt.IsZero() && g.Until.After(now)
}

// OwnWaysOf opens the page of the ways in. It is read by whoever may give one.
func (s *Service) OwnWaysOf(ctx context.Context, actor Actor, record string) (ways OwnWays, err error) {
	err = s.openRecord(ctx, actor, record, "the ways to their own page", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		r := Record{Today: s.todayIn(tx)}
		if err := s.fillWho(tx, actor, head, &r); err != nil {
			return err
		}
		if !r.Head.May(access.GiveOwnPage) {
			return store.ErrNotFound
		}
		ways = OwnWays{Head: r.Head, Accounts: r.Accounts}
		if ways.Language, _, err = lastLanguage(tx, actor.Authority, head.ID); err != nil {
			return err
		}
		return ways.fill(tx, actor.Authority, head.ID)
	})
	return ways, err
}

func (ways *OwnWays) fill(tx *store.Tx, authority, record string) error {
	codes, err := tx.OwnCodes(authority, record)
	if err != nil {
		return err
	}
	for _, c := range codes {
		kind := "code"
		if c.Slip {
			kind = "slip"
		}
		ways.Given = append(ways.Given, OwnWayGiven{kind, c.MadeAt, c.MadeBy, c.UsedAt, c.EndedAt, c.ExpiresAt})
	}
	sessions, err := tx.OwnSessions(authority, record)
	if err != nil {
		return err
	}
	for _, session := range sessions {
		if session.HandedOver() {
			ways.Given = append(ways.Given, OwnWayGiven{Kind: session.Way, At: session.BeganAt, By: session.GivenBy, UsedAt: session.BeganAt})
		}
		if session.EndedAt.IsZero() && !ownTooOld(session, tx.Now) {
			ways.Now = append(ways.Now, session)
		}
		if session.SeenAt.After(ways.LastSeen) {
			ways.LastSeen = session.SeenAt
		}
	}
	slices.SortStableFunc(ways.Given, func(a, b OwnWayGiven) int { return b.At.Compare(a.At) })
	ways.Devices, err = tx.OwnDevices(authority, record)
	return err
}

// ownTooOld tells whether a session is over though nobody ended it.
func ownTooOld(session store.OwnSession, now time.Time) bool {
	return now.Sub(session.SeenAt) > OwnIdle || now.Sub(session.BeganAt) > OwnAbsolute
}

// TakeBackOwnCodes makes every code dead that was given and not used.
func (s *Service) TakeBackOwnCodes(ctx context.Context, actor Actor, record string) error {
	return s.changeRecord(ctx, actor, access.GiveOwnPage, record, "take back the codes of their own page", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		return tx.EndOwnCodes(actor.Authority, head.ID)
	})
}

// EndOwnSessionsOf ends every session of a young person's own page at once.
func (s *Service) EndOwnSessionsOf(ctx context.Context, actor Actor, record string) error {
	return s.changeRecord(ctx, actor, access.GiveOwnPage, record, "end the sessions of their own page", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		return tx.EndOwnSessions(actor.Authority, head.ID)
	})
}

// CutOffDevice makes a device open nothing any more, from its next request on, with what
// is open on it. Cutting it off twice is no error.
func (s *Service) CutOffDevice(ctx context.Context, actor Actor, record, device string) error {
	return s.changeRecord(ctx, actor, access.GiveOwnPage, record, "cut a device off", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		err := stillRemembered(tx, actor.Authority, head.ID, device)
		if errors.Is(err, store.ErrNotFound) {
			return Invalid{{"device", "There is no such device. Look at the list again."}}
		}
		if err != nil {
			return err
		}
		return tx.EndOwnDevice(actor.Authority, device, actor.Account)
	})
}

// endOwnWays ends every way to the own page of a record whose link was undone: whose a
// code, a session or a device was while two records were one, nobody knows any more.
func (s *Service) endOwnWays(tx *store.Tx, actor Actor, record string) error {
	for _, end := range []func() error{
		func() error { return tx.EndOwnCodes(actor.Authority, record) },
		func() error { return tx.EndOwnSessions(actor.Authority, record) },
		func() error { return tx.EndOwnDevices(actor.Authority, record, actor.Account) },
	} {
		if err := end(); err != nil {
			return err
		}
	}
	return nil
}

// OwnSlip is what a printed slip shows: a way in, in the words of a language.
type OwnSlip struct {
	OwnWayIn
	Language string
}

// GiveOwnSlip makes a code for later, to be printed in a language.
func (s *Service) GiveOwnSlip(ctx context.Context, actor Actor, record, language string) (OwnSlip, error) {
	in, err := s.GiveOwnCode(ctx, actor, record, true)
	return OwnSlip{in, orSourceTag(language)}, err
}
