package service

import (
	"context"
	"encoding/hex"

	"stablefutures/internal/access"
	"stablefutures/internal/signin"
	"stablefutures/internal/store"
)

// recoveryCodes is how many codes there are for when a phone is lost.
const recoveryCodes = 10

// WaysIn is how somebody can sign in, as they and whoever keeps accounts see it.
type WaysIn struct {
	Password  bool
	App       bool
	Passkeys  []store.Passkey
	Recovery  int  // codes that have not been used
	Fictional bool // a password alone suffices
	Vouched   bool // the council's sign-in service vouches for them
	Whole     bool // as the council asks for it
}

// WaysIn are the actor's own.
func (s *Service) WaysIn(ctx context.Context, actor Actor) (ways WaysIn, err error) {
	err = s.look(ctx, actor, access.OwnAccount, func(tx *store.Tx, _ access.Scope) error {
		has, err := ownFactors(tx, actor)
		ways = has.ways()
		return err
	})
	return ways, err
}

func (has factors) ways() WaysIn {
	return WaysIn{Password: has.account.Password != "", App: len(has.app.Secret) > 0, Passkeys: has.passkeys, Recovery: len(has.recovery),
		Fictional: has.fictional, Vouched: has.account.Subject != "", Whole: has.whole()}
}

func ownFactors(tx *store.Tx, actor Actor) (factors, error) {
	account, err := tx.Account(actor.Authority, actor.Account)
	if err != nil {
		return factors{}, err
	}
	return factorsIn(tx, actor.Authority, account)
}

// MayChangeWaysIn is ErrStepUp where the actor has to prove first who they are.
func (s *Service) MayChangeWaysIn(actor Actor) error { return mayChangeWaysIn(actor) }

// mayChangeWaysIn refuses whoever may not change how the actor signs in: a session
// that was left open does not suffice. An invitation was given a moment ago.
func mayChangeWaysIn(actor Actor) error {
	if _, err := actor.scope(access.OwnAccount); err != nil {
		return err
	}
	if !actor.Unfinished && !actor.isFresh() {
		return ErrStepUp
	}
	return nil
}

// AppOffer is a secret for an app to take, in the two ways in which apps take it.
type AppOffer struct {
	Text    string
	Picture []byte // PNG
}

// OfferApp offers the actor a secret for an app. It is the same until it is taken, for
// one session alone, and kept nowhere: nothing of it is left where it is not taken.
func (s *Service) OfferApp(ctx context.Context, actor Actor, token string) (offer AppOffer, err error) {
	if err := mayChangeWaysIn(actor); err != nil {
		return AppOffer{}, err
	}
	err = s.look(ctx, actor, access.OwnAccount, func(tx *store.Tx, _ access.Scope) error {
		has, err := ownFactors(tx, actor)
		if err != nil {
			return err
		}
		council, err := tx.Authority(actor.Authority)
		if err != nil {
			return err
		}
		secret := s.offered(has, token)
		offer.Text = signin.SecretText(secret)
		offer.Picture, err = signin.AppPicture(secret, council.Name, actor.Username)
		return err
	})
	return offer, err
}

// offered is the secret that a session is offered. It hangs on the app that the account
// has now, so that once it was taken it can be worked out from nothing that is left.
func (s *Service) offered(has factors, token string) []byte {
	mac := s.mac("offered app", has.account.Authority, has.account.ID, tokenHash(token), hex.EncodeToString(has.app.Secret), has.app.CreatedAt.String())
	return mac[:signin.SecretBytes]
}

// SetUp is what somebody chooses to sign in with. A password is asked of those who
// have none.
type SetUp struct {
	Password string
	Code     string // that the app shows: proof that it has the secret
}

// SetUpCode lets the actor sign in with a password and the app that has the offered
// secret, in place of the one that they had. Every other session ends and this one
// goes on as a new one. It gives fresh codes for when the phone is lost.
func (s *Service) SetUpCode(ctx context.Context, actor Actor, token string, chosen SetUp, from Visitor) (in SignedIn, codes []string, err error) {
	if err := mayChangeWaysIn(actor); err != nil {
		return SignedIn{}, nil, err
	}
	try := ownTry(actor)
	if err := s.tries.begin(try, s.clock()); err != nil {
		return SignedIn{}, nil, Invalid{{"code", "Too many tries. Wait a while and try again."}}
	}
	kept := ""
	if wrong := checkPassword("password", chosen.Password, actor.Username); len(wrong) == 0 {
		kept = s.hashPassword(chosen.Password) // takes its time: outside the transaction
	}
	err = s.change(ctx, actor, access.OwnAccount, func(tx *store.Tx, _ access.Scope) error {
		has, err := ownFactors(tx, actor)
		if err != nil {
			return err
		}
		var wrong Invalid
		if has.account.Password == "" {
			wrong = checkPassword("password", chosen.Password, actor.Username)
		}
		secret := s.offered(has, token)
		number, ok := signin.CodeStep(secret, chosen.Code, s.clock(), 0)
		if !has.fictional && !ok {
			wrong = append(wrong, FieldError{"code", "This is not the code that the app shows now. Wait for the next one, and check that the phone's clock is right."})
		}
		if len(wrong) > 0 {
			return wrong
		}
		if has.account.Password == "" {
			if err := tx.ChangePassword(actor.Authority, actor.Account, kept, actor.Account); err != nil {
				return err
			}
		}
		if ok {
			if err := tx.PutCodeApp(actor.Authority, actor.Account, store.CodeApp{Secret: secret, LastStep: number}); err != nil {
				return err
			}
			if codes, err = s.freshCodes(tx, has.account); err != nil {
				return err
			}
		}
		in, err = s.renew(tx, has.account, from, byCode)
		if err != nil {
			return err
		}
		return s.audit(tx, actor, "set up password and app", "account", actor.Account, "")
	})
	if err == nil {
		s.tries.right(try)
	}
	return in, codes, err
}

// renew ends every session of an account, and begins one for whoever just changed how
// the account is opened.
func (s *Service) renew(tx *store.Tx, account store.Account, from Visitor, name wayName) (SignedIn, error) {
	in := SignedIn{Token: s.ids.Token(), Device: s.deviceOf(account), Actor: actorOf(account)}
	in.Actor.Fresh = true
	if err := tx.EndSessions(account.Authority, account.ID); err != nil {
		return in, err
	}
	return in, s.addSession(tx, account, in.Token, from, way{name, true})
}

// FreshRecoveryCodes gives the actor codes for when the phone is lost, in place of all
// that they had. They are shown this once.
func (s *Service) FreshRecoveryCodes(ctx context.Context, actor Actor) (codes []string, err error) {
	if err := mayChangeWaysIn(actor); err != nil {
		return nil, err
	}
	err = s.change(ctx, actor, access.OwnAccount, func(tx *store.Tx, _ access.Scope) error {
		has, err := ownFactors(tx, actor)
		if err != nil {
			return err
		}
		if len(has.app.Secret) == 0 {
			return ErrNotFound // they stand in for an app
		}
		if codes, err = s.freshCodes(tx, has.account); err != nil {
			return err
		}
		return s.audit(tx, actor, "make recovery codes", "account", actor.Account, "")
	})
	return codes, err
}

func (s *Service) freshCodes(tx *store.Tx, account store.Account) (codes []string, err error) {
	var hashes []string
	for range recoveryCodes {
		code := s.freshCode(2)
		codes, hashes = append(codes, code), append(hashes, s.codeHash(account, code))
	}
	return codes, tx.PutRecoveryCodes(account.Authority, account.ID, hashes)
}

// RemovePasskey takes one of the actor's passkeys away, but not what they last have to
// sign in with.
func (s *Service) RemovePasskey(ctx context.Context, actor Actor, credential []byte) error {
	if err := mayChangeWaysIn(actor); err != nil {
		return err
	}
	return s.change(ctx, actor, access.OwnAccount, func(tx *store.Tx, _ access.Scope) error {
		if err := tx.RemovePasskey(actor.Authority, actor.Account, credential); err != nil {
			return err
		}
		has, err := ownFactors(tx, actor)
		if err != nil {
			return err
		}
		if !has.whole() {
			return Invalid{{"passkeys", "This is the only way in that you have. Add another one first."}}
		}
		return s.audit(tx, actor, "remove passkey", "account", actor.Account, "")
	})
}
