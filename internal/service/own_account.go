package service

import (
	"context"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

// OwnAccount is what somebody sees of their own account: among other things
// whether anybody else set its password or signed in with it.
type OwnAccount struct {
	store.Account
	SetBy  string // name of who set the password; empty for the command line
	Log    []store.AuditEntry
	Names  map[string]string // by account
	Actors map[string]access.Role
}

// ownLog is how many entries of the log of an account are shown.
const ownLog = 20

// Own opens the actor's own account.
func (s *Service) Own(ctx context.Context, actor Actor) (own OwnAccount, err error) {
	err = s.look(ctx, actor, access.OwnAccount, func(tx *store.Tx, _ access.Scope) error {
		own, err = s.accountWithLog(tx, actor.Authority, actor.Account)
		return err
	})
	return own, err
}

func (s *Service) accountWithLog(tx *store.Tx, authority, id string) (own OwnAccount, err error) {
	if own.Account, err = tx.Account(authority, id); err != nil {
		return own, err
	}
	accounts, err := tx.Accounts(authority)
	if err != nil {
		return own, err
	}
	own.Names, own.Actors = map[string]string{}, map[string]access.Role{}
	for _, a := range accounts {
		own.Names[a.ID], own.Actors[a.ID] = a.Name, a.Role
	}
	own.SetBy = own.Names[own.PasswordBy]
	own.Log, err = tx.AuditOfKind(authority, "account", id, ownLog)
	return own, err
}
