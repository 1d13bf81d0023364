package service

import (
	"context"
	"errors"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

// AccountKept is an account as whoever keeps accounts sees it.
type AccountKept struct {
	OwnAccount
	EndedBy string       // name; empty for the command line, and where it has not ended
	Young   int          // how many young people are allocated to it
	Alone   int          // how many of them have nobody else
	Teams   []store.Team // in use

	Ways         WaysIn
	InvitedUntil time.Time // zero where no invitation waits
}

// AccountKept is one account of the authority, in use or ended, and what would
// change if it ended. Which young people it is about is not told.
func (s *Service) AccountKept(ctx context.Context, actor Actor, id string) (a AccountKept, err error) {
	err = s.look(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		if a.OwnAccount, err = s.accountWithLog(tx, actor.Authority, id); err != nil {
			return err
		}
		for _, e := range a.Log {
			if e.Act == "end account" {
				a.EndedBy = a.Names[e.Account]
			}
		}
		has, err := factorsIn(tx, actor.Authority, a.Account)
		if err != nil {
			return err
		}
		a.Ways = has.ways()
		invitation, err := tx.OpenInvitation(actor.Authority, id)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		a.InvitedUntil = invitation.ExpiresAt
		teams, err := tx.Teams(actor.Authority)
		if err != nil {
			return err
		}
		for _, t := range teams {
			if t.InUse() {
				a.Teams = append(a.Teams, t)
			}
		}
		a.Young, a.Alone, err = tx.YoungPeopleOf(actor.Authority, id)
		return err
	})
	return a, err
}
