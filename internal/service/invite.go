package service

import (
	"context"
	"errors"
	"strings"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

// InvitationFor is how long an invitation is good.
const InvitationFor = 7 * 24 * time.Hour

// ErrInvitation: a code that invites nobody, or not any more. Which is not told.
var ErrInvitation = errors.New("this code is not good, or not any more")

// Invite lets somebody set up how they sign in, with a code that is good once. What
// they signed in with before, and every session, ends: an invitation is also the
// answer to a lost phone and to a password that somebody else knows.
func (s *Service) Invite(ctx context.Context, actor Actor, id string) (code string, err error) {
	if id == actor.Account {
		return "", Invalid{{"invite", "Nobody invites themselves. Ask another administrator."}}
	}
	code = actor.Authority + "-" + s.freshCode(4)
	err = s.change(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		account, err := tx.Account(actor.Authority, id)
		if err != nil {
			return err
		}
		if !account.InUse() {
			return ErrNotFound
		}
		if err := dropWaysIn(tx, account, actor.Account); err != nil {
			return err
		}
		if err := tx.AddInvitation(actor.Authority, store.Invitation{Hash: s.invitationHash(code), Account: id,
			CreatedBy: actor.Account, ExpiresAt: tx.Now.Add(InvitationFor)}); err != nil {
			return err
		}
		return s.audit(tx, actor, "invite", "account", id, "")
	})
	return code, err
}

// dropWaysIn takes everything away that opens an account.
func dropWaysIn(tx *store.Tx, account store.Account, by string) error {
	if account.Password != "" {
		if err := tx.ChangePassword(account.Authority, account.ID, "", by); err != nil {
			return err
		}
	}
	for _, drop := range []func(authority, account string) error{tx.RemovePasskeys, tx.RemoveCodeApp, tx.EndSessions} {
		if err := drop(account.Authority, account.ID); err != nil {
			return err
		}
	}
	return tx.PutRecoveryCodes(account.Authority, account.ID, nil)
}

// OpenInvitation takes a code, once, and begins a session in which its owner can do
// one thing: set up how they sign in.
func (s *Service) OpenInvitation(ctx context.Context, code string, from Visitor) (in SignedIn, err error) {
	authority, _, _ := strings.Cut(strings.TrimSpace(code), "-")
	if len(code) > maxCode || plainCode(code) == "" {
		return SignedIn{}, ErrInvitation
	}
	// Who waits is who tries the same code again: a whole council may share one address,
	// and a wrong code of somebody else is no reason to keep a good one waiting. How many
	// codes an address may try in a minute is bounded.
	hash := s.invitationHash(code)
	try := try{name: "invitation/" + hash, address: from.Address}
	if err := s.tries.begin(try, s.clock()); err != nil {
		return SignedIn{}, s.noteSlowed(ctx, "", store.Account{}, err)
	}
	var account store.Account
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if account, err = invited(tx, authority, hash); err != nil {
			return err
		}
		in = SignedIn{Token: s.ids.Token(), Device: s.deviceOf(account), Actor: actorOf(account)}
		in.Actor.Unfinished = true
		if err := s.addSession(tx, account, in.Token, from, way{byInvitation, false}); err != nil {
			return err
		}
		return s.audit(tx, in.Actor, "open invitation", "account", account.ID, "")
	})
	if errors.Is(err, store.ErrNotFound) {
		return SignedIn{}, errors.Join(ErrInvitation, s.noteBadInvitation(ctx, authority, account))
	}
	if err == nil {
		s.tries.right(try)
	}
	return in, err
}

// invited is whom a code invites, and uses the code up; store.ErrNotFound where it
// invites nobody, or not any more.
func invited(tx *store.Tx, authority, hash string) (store.Account, error) {
	invitation, err := tx.Invitation(authority, hash)
	if err != nil {
		return store.Account{}, err
	}
	account, err := tx.Account(authority, invitation.Account)
	if err != nil {
		return account, err
	}
	if !account.InUse() || !tx.Now.Before(invitation.ExpiresAt) {
		return account, store.ErrNotFound
	}
	return account, tx.UseInvitation(authority, hash)
}

// noteBadInvitation tells a council, where there is one of that code, that somebody
// tried an invitation that is not good: perhaps one that was read by two.
func (s *Service) noteBadInvitation(ctx context.Context, authority string, account store.Account) error {
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Authority(authority); err != nil {
			return err
		}
		return s.audit(tx, Actor{Authority: authority}, "invitation refused", "account", account.ID, "")
	})
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

func (s *Service) invitationHash(code string) string { return s.keyed("invitation", plainCode(code)) }

// noLookAlikes takes the letters away that are mistaken for one another: there is no
// 0 and no 1, no l and no o.
var noLookAlikes = strings.NewReplacer("l", "8", "o", "9")

// freshCode is a secret code of groups of five signs, 25 random bits each.
func (s *Service) freshCode(groups int) string {
	text := noLookAlikes.Replace(s.ids.Token())
	var parts []string
	for n := range groups {
		parts = append(parts, text[n*5:n*5+5])
	}
	return strings.Join(parts, "-")
}
