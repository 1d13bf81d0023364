package service

import (
	"context"
	"errors"

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

// Lapsed is whose session a token was, and why it is over. It lets nobody in: it
// tells to whom what was typed at the end of a session belongs.
func (s *Service) Lapsed(ctx context.Context, authority, token string) (account string, why Lapse, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		session, err := tx.WasSession(authority, tokenHash(token))
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		account = session.Account
		switch {
		case !session.EndedAt.IsZero():
			why = LapseEnded
		case tx.Now.Sub(session.CreatedAt) > SessionAbsolute:
			why = LapseLong
		default:
			why = LapseIdle
		}
		return nil
	})
	return account, why, known(err)
}
