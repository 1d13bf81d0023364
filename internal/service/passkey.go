package service

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/signin"
	"stablefutures/internal/store"
)

// Site is where the pages are, as the browser sees it.
type Site = signin.Site

// Asked is what a browser is asked to prove with a passkey.
type Asked struct {
	ID      string          `json:"id"`      // to be sent back with the answer
	Options json.RawMessage `json:"options"` // for the browser
}

// maxPasskeys bounds how many passkeys somebody has.
const maxPasskeys = 20

// handleOf names an account in a passkey: by the council's code and the account's id, which
// is random, and not by anybody's name.
func handleOf(authority, account string) []byte { return []byte(authority + "/" + account) }

// AskForPasskey begins to sign somebody in with a passkey, whoever they are.
func (s *Service) AskForPasskey(ctx context.Context, site signin.Site, from Visitor) (Asked, error) {
	if err := s.tries.begin(s.ask(from), s.clock()); err != nil {
		return Asked{}, err
	}
	options, challenge, err := site.AskForPasskey()
	return s.asked(options, begun{challenge: challenge}, err)
}

// AskToConfirm asks somebody who is signed in for their passkey.
func (s *Service) AskToConfirm(ctx context.Context, actor Actor, site signin.Site) (Asked, error) {
	if _, err := actor.scope(access.OwnAccount); err != nil {
		return Asked{}, err
	}
	if err := s.tries.begin(askOf(actor), s.clock()); err != nil {
		return Asked{}, err
	}
	options, challenge, err := site.AskForPasskey()
	return s.asked(options, begun{challenge: challenge, authority: actor.Authority, account: actor.Account}, err)
}

func (s *Service) asked(options json.RawMessage, b begun, err error) (Asked, error) {
	if errors.Is(err, signin.ErrNoPasskeys) {
		return Asked{}, Invalid{{"passkeys", err.Error()}}
	}
	if err != nil {
		return Asked{}, err
	}
	asked := Asked{ID: s.ids.Token(), Options: options}
	b.at = s.clock()
	s.pending.put(asked.ID, b)
	return asked, nil
}

// SignInWithPasskey begins a session for whoever's passkey answered.
func (s *Service) SignInWithPasskey(ctx context.Context, site signin.Site, id string, answer []byte, from Visitor) (SignedIn, error) {
	b, ok := s.pending.take(id, s.clock())
	if !ok || b.account != "" || b.adds {
		return SignedIn{}, ErrSignIn
	}
	account, used, err := s.checkPasskey(ctx, site, b, answer)
	if errors.Is(err, signin.ErrProof) || errors.Is(err, signin.ErrNoPasskeys) {
		return SignedIn{}, s.noteFailure(ctx, account.Authority, account)
	}
	if err != nil {
		return SignedIn{}, err
	}
	in := SignedIn{Token: s.ids.Token(), Device: s.deviceOf(account), Actor: actorOf(account)}
	in.Actor.Fresh = true
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		now, err := tx.Account(account.Authority, account.ID)
		if err != nil {
			return err
		}
		if !now.InUse() {
			return ErrSignIn
		}
		if err := tx.UsePasskey(account.Authority, account.ID, used.ID, used.Count); err != nil {
			return err
		}
		if err := s.addSession(tx, account, in.Token, from, way{byPasskey, true}); err != nil {
			return err
		}
		return s.audit(tx, in.Actor, "sign in", "account", account.ID, string(byPasskey))
	})
	if errors.Is(err, store.ErrNotFound) {
		err = ErrSignIn // taken away while it was looked at
	}
	return in, err
}

// checkPasskey is whose passkey answered, and which. The account is the one that the
// answer names, also where it proves nothing.
func (s *Service) checkPasskey(ctx context.Context, site signin.Site, b begun, answer []byte) (account store.Account, used signin.Passkey, err error) {
	used, err = site.CheckPasskey(b.challenge, answer, func(handle []byte) ([]signin.Passkey, error) {
		authority, id, _ := strings.Cut(string(handle), "/")
		has, err := s.factorsOf(ctx, authority, func(tx *store.Tx) (store.Account, error) { return tx.Account(authority, id) })
		if err != nil {
			return nil, err
		}
		account = has.account
		if account.ID == "" || !account.InUse() {
			return nil, signin.ErrProof
		}
		return keysOf(has.passkeys), nil
	})
	return account, used, err
}

func keysOf(list []store.Passkey) []signin.Passkey {
	var keys []signin.Passkey
	for _, p := range list {
		keys = append(keys, signin.Passkey{ID: p.Credential, Public: p.Public, Count: p.Uses, BackupEligible: p.BackupEligible})
	}
	return keys
}

// ConfirmWithPasskey takes a passkey as proof that it is still the owner who sits
// there. It gives the session's new token.
func (s *Service) ConfirmWithPasskey(ctx context.Context, actor Actor, token string, site signin.Site, id string, answer []byte) (string, error) {
	b, ok := s.pending.take(id, s.clock())
	if !ok || b.account != actor.Account || b.authority != actor.Authority || b.adds || actor.Unfinished {
		return "", ErrProof
	}
	account, used, err := s.checkPasskey(ctx, site, b, answer)
	if errors.Is(err, signin.ErrProof) || err == nil && account.ID != actor.Account {
		return "", errors.Join(ErrProof, s.noteRefused(ctx, actor, "confirm refused"))
	}
	if err != nil {
		return "", err
	}
	return s.stepUp(ctx, actor, token, func(tx *store.Tx) error {
		return tx.UsePasskey(actor.Authority, actor.Account, used.ID, used.Count)
	})
}

// AskForNewPasskey begins to add a passkey for the actor.
func (s *Service) AskForNewPasskey(ctx context.Context, actor Actor, site signin.Site) (asked Asked, err error) {
	if err := mayChangeWaysIn(actor); err != nil {
		return Asked{}, err
	}
	if err := s.tries.begin(askOf(actor), s.clock()); err != nil {
		return Asked{}, err
	}
	err = s.look(ctx, actor, access.OwnAccount, func(tx *store.Tx, _ access.Scope) error {
		have, err := tx.Passkeys(actor.Authority, actor.Account)
		if err != nil {
			return err
		}
		options, challenge, err := site.AskForNewPasskey(handleOf(actor.Authority, actor.Account), actor.Name, actor.Username, keysOf(have))
		asked, err = s.asked(options, begun{challenge: challenge, authority: actor.Authority, account: actor.Account, adds: true}, err)
		return err
	})
	return asked, err
}

// AddPasskey keeps the passkey that the actor's browser made. Somebody who had no way
// in yet has one now: every session of theirs ends, and this one goes on as a new one.
func (s *Service) AddPasskey(ctx context.Context, actor Actor, site signin.Site, id string, answer []byte, name string, from Visitor) (in SignedIn, err error) {
	if err := mayChangeWaysIn(actor); err != nil {
		return SignedIn{}, err
	}
	b, ok := s.pending.take(id, s.clock())
	if !ok || b.account != actor.Account || b.authority != actor.Authority || !b.adds {
		return SignedIn{}, ErrProof
	}
	made, err := site.NewPasskey(b.challenge, handleOf(actor.Authority, actor.Account), answer)
	if errors.Is(err, signin.ErrProof) {
		return SignedIn{}, errors.Join(ErrProof, s.noteRefused(ctx, actor, "passkey refused"))
	}
	if err != nil {
		return SignedIn{}, err
	}
	if name = strings.TrimSpace(name); name == "" || len(name) > 100 {
		name = "Passkey of " + s.Today().Long()
	}
	err = s.change(ctx, actor, access.OwnAccount, func(tx *store.Tx, _ access.Scope) error {
		has, err := ownFactors(tx, actor)
		if err != nil {
			return err
		}
		for _, p := range has.passkeys {
			if bytes.Equal(p.Credential, made.ID) || len(has.passkeys) >= maxPasskeys {
				return Invalid{{"passkeys", "This passkey cannot be added: you have it already, or you have too many. Remove one first."}}
			}
		}
		if err := tx.AddPasskey(actor.Authority, store.Passkey{Credential: made.ID, Account: actor.Account, Public: made.Public,
			Uses: made.Count, BackupEligible: made.BackupEligible, Name: name}); err != nil {
			return err
		}
		if actor.Unfinished {
			if in, err = s.renew(tx, has.account, from, byPasskey); err != nil {
				return err
			}
		}
		return s.audit(tx, actor, "add passkey", "account", actor.Account, "")
	})
	return in, err
}
