package service

import (
	"context"
	"errors"
	"slices"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

// NewAccount is what is asked of somebody who shall be able to sign in.
type NewAccount struct {
	Username string
	Name     string
	Role     access.Role
	// Password that the person chose themselves; empty for somebody who is invited
	// and chooses there how they sign in.
	Password string
}

func (a NewAccount) check() Invalid {
	var wrong Invalid
	if len(a.Username) < 3 || len(a.Username) > maxUsername || strings.ContainsFunc(a.Username, notInUsername) {
		wrong = append(wrong, FieldError{"username", "The username must have 3 to 60 letters, digits, dots, hyphens or @ signs."})
	}
	wrong = append(wrong, checkName(a.Name)...)
	wrong = append(wrong, checkRole(a.Role)...)
	if a.Password != "" {
		wrong = append(wrong, checkPassword("password", a.Password, a.Username)...)
	}
	return wrong
}

func checkName(name string) Invalid {
	if name == "" || len(name) > 200 {
		return Invalid{{"name", "Enter the person's name, in at most 200 characters."}}
	}
	return nil
}

func checkRole(role access.Role) Invalid {
	if !slices.Contains(access.Roles, role) {
		return Invalid{{"role", "Choose what the person does."}}
	}
	return nil
}

func notInUsername(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune(".-_@", r))
}

// AddAccount adds somebody who may sign in and gives the account's id. Without a
// password they are invited next: see Invite.
func (s *Service) AddAccount(ctx context.Context, actor Actor, a NewAccount) (string, error) {
	a.Username, a.Name = strings.ToLower(strings.TrimSpace(a.Username)), strings.TrimSpace(a.Name)
	if wrong := a.check(); len(wrong) > 0 {
		return "", wrong
	}
	kept, account := "", s.ids.New()
	if a.Password != "" {
		kept = s.hashPassword(a.Password)
	}
	err := s.change(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		err := tx.AddAccount(store.Account{Authority: actor.Authority, ID: account, Username: a.Username, Name: a.Name,
			Role: a.Role, Password: kept, CreatedBy: actor.Account, PasswordBy: account})
		if errors.Is(err, store.ErrConflict) {
			return Invalid{{"username", "This username is taken. Choose another."}}
		}
		if err != nil {
			return err
		}
		return s.audit(tx, actor, "add account", "account", account, string(a.Role))
	})
	return account, err
}

// Accounts are all accounts of the authority, those in use first.
func (s *Service) Accounts(ctx context.Context, actor Actor) (list []store.Account, err error) {
	err = s.look(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		list, err = tx.Accounts(actor.Authority)
		return err
	})
	return list, err
}

// ChangeAccount gives an account another name or role. Another role ends its
// sessions, so that no session outlives the right it was begun with.
func (s *Service) ChangeAccount(ctx context.Context, actor Actor, id, name string, role access.Role) error {
	name = strings.TrimSpace(name)
	if wrong := append(checkName(name), checkRole(role)...); len(wrong) > 0 {
		return wrong
	}
	return s.change(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		before, err := tx.Account(actor.Authority, id)
		if err != nil {
			return err
		}
		if id == actor.Account && role != before.Role {
			return Invalid{{"role", "Nobody changes their own role. Ask another administrator."}}
		}
		if err := s.keepAnAdministrator(tx, before, role); err != nil {
			return err
		}
		err = keepingNames(tx, actor.Authority, id, "role", func() error { return tx.ChangeAccount(actor.Authority, id, name, role) })
		if err != nil {
			return err
		}
		if before.Role != role {
			if err := tx.EndSessions(actor.Authority, id); err != nil {
				return err
			}
		}
		return s.audit(tx, actor, "change account", "account", id, string(role))
	})
}

// keepAnAdministrator refuses to take away the last administrator.
func (s *Service) keepAnAdministrator(tx *store.Tx, before store.Account, role access.Role) error {
	if before.Role != access.Administrator || role == access.Administrator {
		return nil
	}
	accounts, err := tx.Accounts(before.Authority)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		if a.ID != before.ID && a.InUse() && a.Role == access.Administrator {
			return nil
		}
	}
	return Invalid{{"role", "This is the last administrator. Make somebody else an administrator first."}}
}

// ChangeOwnPassword changes the actor's password, who must know the old one and have
// proved a short while ago who they are, and ends all of the actor's sessions.
func (s *Service) ChangeOwnPassword(ctx context.Context, actor Actor, old, password string) error {
	if err := mayChangeWaysIn(actor); err != nil {
		return err
	}
	before, err := s.accountOf(ctx, actor)
	if err != nil {
		return err
	}
	guess := ownTry(actor)
	if err := s.tries.begin(guess, s.clock()); err != nil {
		return Invalid{{"old", "Too many tries. Wait a while and try again."}}
	}
	right, err := s.passwordOf(before, old)
	if err != nil {
		return err
	}
	if !right {
		return errors.Join(Invalid{{"old", "This is not your password now."}}, s.noteRefused(ctx, actor, "own password refused"))
	}
	s.tries.right(guess)
	hash := s.hashPassword(password)
	return s.change(ctx, actor, access.OwnAccount, func(tx *store.Tx, _ access.Scope) error {
		account, err := tx.Account(actor.Authority, actor.Account)
		if err != nil {
			return err
		}
		if account.Password != before.Password {
			return ErrChanged
		}
		if wrong := checkPassword("password", password, account.Username); len(wrong) > 0 {
			return wrong
		}
		if err := tx.ChangePassword(actor.Authority, account.ID, hash, account.ID); err != nil {
			return err
		}
		if err := tx.EndSessions(actor.Authority, account.ID); err != nil {
			return err
		}
		return s.audit(tx, actor, "change own password", "account", account.ID, "")
	})
}

// noteRefused notes that somebody who is signed in could not prove who they are.
func (s *Service) noteRefused(ctx context.Context, actor Actor, what string) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return s.audit(tx, actor, what, "account", actor.Account, "")
	})
}

func (s *Service) accountOf(ctx context.Context, actor Actor) (account store.Account, err error) {
	err = known(s.db.Read(ctx, func(tx *store.Tx) error {
		account, err = tx.Account(actor.Authority, actor.Account)
		return err
	}))
	return account, err
}

// EndAccount ends an account, its sessions and its allocations. What it did
// keeps its name. The last administrator, and the last who may change whom a restricted
// record names, are not ended.
func (s *Service) EndAccount(ctx context.Context, actor Actor, id string) error {
	return s.change(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		account, err := tx.Account(actor.Authority, id)
		if err != nil {
			return err
		}
		if err := s.keepAnAdministrator(tx, account, ""); err != nil {
			return err
		}
		err = keepingNames(tx, actor.Authority, id, "role", func() error { return tx.EndAccount(actor.Authority, id, actor.Account) })
		if err != nil {
			return err
		}
		if err := tx.EndOwnSessionsGivenBy(actor.Authority, id); err != nil {
			return err
		}
		return s.audit(tx, actor, "end account", "account", id, "")
	})
}
