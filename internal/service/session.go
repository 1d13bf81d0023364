package service

import (
	"context"
	"errors"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

// How long a session lasts: from its last use, and from its beginning. How long a
// second factor counts as given a short while ago.
const (
	SessionIdle     = 60 * time.Minute
	SessionAbsolute = 12 * time.Hour
	FreshFor        = 10 * time.Minute
	// sessionTouch is how old the note of last use may get: a session is not
	// written at each request.
	sessionTouch = 2 * time.Minute
)

// addSession begins a session with a token.
func (s *Service) addSession(tx *store.Tx, account store.Account, token string, from Visitor, way way) error {
	session := store.Session{Hash: tokenHash(token), Account: account.ID, Way: string(way.name), Whole: way.whole, Browser: from.Browser}
	if way.whole {
		session.SteppedUpAt = tx.Now
	}
	return tx.AddSession(account.Authority, session)
}

// Session is who holds a token; ErrNotFound where it is not, or no longer, a session.
// The council's sign-in service may be asked before, where it vouches for them.
func (s *Service) Session(ctx context.Context, authority, token string) (Actor, error) {
	hash := tokenHash(token)
	actor, session, err := s.sessionOf(ctx, authority, hash)
	if err == nil && session.Way == string(byProvider) {
		if s.vouching.old(session, s.clock()) {
			if err = s.stillVouched(ctx, authority, hash); err == nil {
				actor, session, err = s.sessionOf(ctx, authority, hash)
			}
		} else {
			err = s.lastWord(session)
		}
	}
	if err == nil && s.clock().Sub(session.SeenAt) > sessionTouch {
		// A full disk signs nobody out: the session then ends by the last use that was noted.
		err = ignoring(s.db.Write(ctx, func(tx *store.Tx) error { return tx.TouchSession(authority, hash) }), store.ErrFull)
	}
	return actor, known(err)
}

// Glance is Session for what a page asks by itself while nobody sits before it: it is no
// use of the session, which ends by itself all the same, and asks no sign-in service.
func (s *Service) Glance(ctx context.Context, authority, token string) (Actor, error) {
	actor, session, err := s.sessionOf(ctx, authority, tokenHash(token))
	if err == nil && session.Way == string(byProvider) {
		err = s.lastWord(session)
	}
	return actor, err
}

func (s *Service) sessionOf(ctx context.Context, authority, hash string) (actor Actor, session store.Session, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		if session, err = tx.Session(authority, hash); err != nil {
			return err
		}
		if tooOld(session, tx.Now) {
			return store.ErrNotFound
		}
		account, err := tx.Account(authority, session.Account)
		if err != nil {
			return err
		}
		if !account.InUse() {
			return store.ErrNotFound
		}
		actor = actorOf(account)
		actor.Unfinished = !session.Whole
		actor.Fresh = session.Whole && tx.Now.Sub(session.SteppedUpAt) <= FreshFor
		return nil
	})
	return actor, session, known(err)
}

// SignOut ends the session of a token.
func (s *Service) SignOut(ctx context.Context, actor Actor, token string) error {
	return known(s.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.EndSession(actor.Authority, tokenHash(token)); err != nil {
			return err
		}
		return s.audit(tx, actor, "sign out", "account", actor.Account, "")
	}))
}

// SessionKept is a session as its owner sees it.
type SessionKept struct {
	store.Session
	ID      string // names it in a form; it opens nothing
	Current bool   // it is the one that asks
}

// sessionID names a session without giving away anything that is kept of it.
func sessionID(session store.Session) string { return tokenHash(session.Hash)[:24] }

// Sessions are the actor's own sessions that go on, the last used first.
func (s *Service) Sessions(ctx context.Context, actor Actor, token string) (list []SessionKept, err error) {
	err = s.look(ctx, actor, access.OwnAccount, func(tx *store.Tx, _ access.Scope) error {
		list, err = sessionsIn(tx, actor.Authority, actor.Account, tokenHash(token))
		return err
	})
	return list, err
}

func sessionsIn(tx *store.Tx, authority, account, current string) ([]SessionKept, error) {
	sessions, err := tx.Sessions(authority, account, tx.Now.Add(-SessionAbsolute), tx.Now.Add(-SessionIdle))
	var list []SessionKept
	for _, session := range sessions {
		list = append(list, SessionKept{session, sessionID(session), session.Hash == current})
	}
	return list, err
}

// EndSession ends one of the actor's own sessions; ErrNotFound where there is no such one.
func (s *Service) EndSession(ctx context.Context, actor Actor, id string) error {
	return s.change(ctx, actor, access.OwnAccount, func(tx *store.Tx, _ access.Scope) error {
		list, err := sessionsIn(tx, actor.Authority, actor.Account, "")
		if err != nil {
			return err
		}
		for _, session := range list {
			if session.ID != id {
				continue
			}
			if err := tx.EndSession(actor.Authority, session.Hash); err != nil {
				return err
			}
			return s.audit(tx, actor, "end session", "account", actor.Account, "")
		}
		return ErrNotFound
	})
}

// EndOtherSessions ends every session of the actor but the one of the token.
func (s *Service) EndOtherSessions(ctx context.Context, actor Actor, token string) error {
	return s.change(ctx, actor, access.OwnAccount, func(tx *store.Tx, _ access.Scope) error {
		if err := tx.EndOtherSessions(actor.Authority, actor.Account, tokenHash(token)); err != nil {
			return err
		}
		return s.audit(tx, actor, "end other sessions", "account", actor.Account, "")
	})
}

// EndSessionsOf signs somebody out everywhere.
func (s *Service) EndSessionsOf(ctx context.Context, actor Actor, id string) error {
	return s.change(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		if _, err := tx.Account(actor.Authority, id); err != nil {
			return err
		}
		if err := tx.EndSessions(actor.Authority, id); err != nil {
			return err
		}
		return s.audit(tx, actor, "end all sessions", "account", id, "")
	})
}

// stepUp notes that the holder of a session proved again who they are, and gives the
// session another token. prove uses up what they proved it with.
func (s *Service) stepUp(ctx context.Context, actor Actor, token string, prove func(*store.Tx) error) (fresh string, err error) {
	fresh = s.ids.Token()
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := prove(tx); err != nil {
			return err
		}
		if err := tx.StepUpSession(actor.Authority, tokenHash(token), tokenHash(fresh)); err != nil {
			return err
		}
		return s.audit(tx, actor, "confirm", "account", actor.Account, "")
	})
	return fresh, known(err)
}

// ownTry is a try of somebody who is signed in: others cannot hold them up.
func ownTry(actor Actor) try {
	return try{name: actor.Authority + "/own/" + actor.Account, known: true}
}

// ErrProof: what somebody gave who is signed in does not prove that it is them.
var ErrProof = errors.New("this does not prove that it is you")

// ConfirmSelf takes a code, or in a fictional council the password, as proof that it is
// still the owner who sits there. It gives the session's new token.
func (s *Service) ConfirmSelf(ctx context.Context, actor Actor, token, given string) (string, error) {
	if _, err := actor.scope(access.OwnAccount); err != nil {
		return "", err
	}
	if actor.Unfinished {
		return "", ErrRefused
	}
	if len(given) > 4*MaxPassword {
		return "", ErrProof
	}
	try := ownTry(actor)
	if err := s.tries.begin(try, s.clock()); err != nil {
		return "", err
	}
	has, err := s.factorsOf(ctx, actor.Authority, func(tx *store.Tx) (store.Account, error) {
		return tx.Account(actor.Authority, actor.Account)
	})
	if err != nil {
		return "", err
	}
	code, right := s.checkCode(has, given), false
	if right = code.given(); has.fictional && !right {
		if right, err = s.passwordOf(has.account, given); err != nil {
			return "", err
		}
	}
	if !right {
		return "", errors.Join(ErrProof, s.noteRefused(ctx, actor, "confirm refused"))
	}
	s.tries.right(try)
	fresh, err := s.stepUp(ctx, actor, token, func(tx *store.Tx) error {
		if err := code.use(tx, has.account); errors.Is(err, store.ErrNotFound) {
			return ErrProof
		} else if err != nil {
			return err
		}
		return nil
	})
	return fresh, err
}
