package service

import (
	"context"
	"errors"
	"time"

	"stablefutures/internal/store"
)

// Lapse is why a session is over.
type Lapse string

const (
	LapseNever Lapse = ""      // there never was such a session
	LapseIdle  Lapse = "idle"  // nothing was done for SessionIdle
	LapseLong  Lapse = "long"  // it lasted SessionAbsolute
	LapseEnded Lapse = "ended" // somebody signed out, or the account or its password was changed
)

// Lapsed is a session that is over.
type Lapsed struct {
	Account string // whose it was; empty where there never was such a session
	Why     Lapse
	At      time.Time // when it ran out by itself; not told of one that somebody ended
}

// RanOut tells whether the session ended by itself, at most so long ago. Whose cookie was
// taken may have signed out since, or been signed out: what comes with a cookie of such a
// session, or of one that is long over, need not come from them.
func (l Lapsed) RanOut(now time.Time, within time.Duration) bool {
	return (l.Why == LapseIdle || l.Why == LapseLong) && now.Sub(l.At) <= within
}

// Lapsed is whose session a token was, and why it is over. It lets nobody in: it
// tells to whom what was typed at the end of a session belongs.
func (s *Service) Lapsed(ctx context.Context, authority, token string) (over Lapsed, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		over = Lapsed{}
		session, err := tx.WasSession(authority, tokenHash(token))
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		over.Account, over.Why = session.Account, LapseIdle
		idle, long := session.SeenAt.Add(SessionIdle), session.CreatedAt.Add(SessionAbsolute)
		if over.At = idle; long.Before(idle) {
			over.At = long
		}
		switch {
		case !session.EndedAt.IsZero():
			over.Why = LapseEnded
		case tx.Now.After(long):
			over.Why = LapseLong
		}
		return nil
	})
	return over, known(err)
}
