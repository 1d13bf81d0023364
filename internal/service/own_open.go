package service

import (
	"context"
	"errors"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

// OpenOwnPage begins a session of a young person with a code, which is used up by it. A
// code that is wrong, old, used, taken back, of somebody who was erased, or given by
// somebody who may not give one any more is one answer. On a device that is remembered
// for the same young person the session belongs to the device, and ends with it; the
// device is remembered on the word of who gave this code from now on.
func (s *Service) OpenOwnPage(ctx context.Context, code string, from Visitor) (token string, y Young, err error) {
	code = digitsOf(code)
	try := codeTry(code)
	if err := s.ownTries.begin(try, s.clock()); err != nil {
		return "", y, err
	}
	if len(code) != ownCodeDigits && len(code) != ownSlipDigits {
		return "", y, ErrOwnCode
	}
	a, err := s.councilOfCode(ctx, s.ownCodeHash(code))
	if err == nil {
		token, y, err = s.beginOwn(ctx, a, func(tx *store.Tx) (store.OwnSession, error) { return s.useCode(tx, a.Code, code, from) })
	}
	if errors.Is(err, ErrNotFound) {
		return "", Young{}, ErrOwnCode
	}
	if err == nil {
		s.ownTries.right(try)
	}
	return token, y, err
}

// councilOfCode is whose code it is. It only reads: who guesses takes no lock.
func (s *Service) councilOfCode(ctx context.Context, hash string) (found store.Authority, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		list, err := tx.Authorities()
		if err != nil {
			return err
		}
		for _, a := range list {
			if _, err = tx.OwnCode(a.Code, hash); !errors.Is(err, store.ErrNotFound) {
				found = a
				return err
			}
		}
		return store.ErrNotFound
	})
	return found, known(err)
}

// useCode uses a code up.
func (s *Service) useCode(tx *store.Tx, authority, code string, from Visitor) (store.OwnSession, error) {
	c, err := tx.UseOwnCode(authority, s.ownCodeHash(code))
	if err != nil {
		return store.OwnSession{}, err
	}
	if err := mayStillGive(tx, authority, c.MadeBy, c.Child); err != nil {
		return store.OwnSession{}, err
	}
	session := store.OwnSession{Child: c.Child, Way: "code", GivenBy: c.MadeBy}
	if c.Slip {
		session.Way = "slip"
	}
	d, err := rememberedDevice(tx, from.Remembered)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return session, nil
	case err == nil && d.Child == c.Child:
		session.Device = d.ID
		err = tx.VouchOwnDevice(authority, d.ID, c.MadeBy)
	}
	return session, err
}

// mayStillGive is ErrNotFound where whoever gave a way in may not give one any more: a
// code that somebody kept is no way past the end of what they may do.
func mayStillGive(tx *store.Tx, authority, account, record string) error {
	a, err := tx.Account(authority, account)
	if err != nil {
		return err
	}
	facts, err := tx.AccessRecord(authority, record)
	if err != nil {
		return err
	}
	scope, err := actorOf(a).scope(access.GiveOwnPage)
	if err != nil || !a.InUse() || !at(scope, tx).Includes(facts) {
		return store.ErrNotFound
	}
	return nil
}

// rememberedDevice is the device whose browser keeps this; ErrNotFound where there is
// none, or it was cut off.
func rememberedDevice(tx *store.Tx, kept string) (store.OwnDevice, error) {
	authority, token, ok := strings.Cut(kept, ".")
	if !ok || token == "" {
		return store.OwnDevice{}, store.ErrNotFound
	}
	return tx.OwnDeviceByToken(authority, tokenHash(token))
}
