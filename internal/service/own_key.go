package service

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"

	"stablefutures/internal/signin"
	"stablefutures/internal/store"
)

// youngAsk is what a young person's device was asked, until it answers.
type youngAsk struct {
	session  string // that chooses how to be remembered
	pictures string // chosen for the first time
	device   string // whose passkey is to answer
	handle   string // in the passkey that is made
}

// ownKey is a passkey of a device, as it is kept. Its handle is random: it names nobody.
type ownKey struct {
	Handle         string
	ID, Public     []byte
	Count          uint32
	BackupEligible bool
}

func keyText(handle string, k signin.Passkey) (string, error) {
	text, err := json.Marshal(ownKey{handle, k.ID, k.Public, k.Count, k.BackupEligible})
	return string(text), err
}

// askedOwn is asked for a young person's device.
func (s *Service) askedOwn(options json.RawMessage, b begun, err error) (Asked, error) {
	if err != nil {
		return Asked{}, err
	}
	asked := Asked{ID: s.ids.Token(), Options: options}
	b.at = s.clock()
	s.ownPending.put(asked.ID, b)
	return asked, nil
}

// AskForOwnKey begins to remember a device with a passkey. name is all that the device
// shows of it, as who it is for and as what: a word that says nothing.
func (s *Service) AskForOwnKey(y Young, site Site, name string) (Asked, error) {
	if err := y.MayBeRemembered(); err != nil {
		return Asked{}, err
	}
	if err := s.ownTries.begin("session "+y.Session, s.clock()); err != nil {
		return Asked{}, err
	}
	handle := s.ids.Token()
	options, challenge, err := site.AskForNewPasskey([]byte(handle), name, name, nil)
	return s.askedOwn(options, begun{challenge: challenge, young: youngAsk{session: y.Session, handle: handle}}, err)
}

// RememberKey remembers the device with the passkey that its browser made; ErrProof where
// it made none. It gives what the browser keeps; replaced is what it kept before.
func (s *Service) RememberKey(ctx context.Context, y Young, site Site, id string, answer []byte, replaced string) (kept string, err error) {
	b, ok := s.ownPending.take(id, s.clock())
	if !ok || b.young.session != y.Session || b.young.handle == "" {
		return "", ErrProof
	}
	made, err := site.NewPasskey(b.challenge, []byte(b.young.handle), answer)
	if errors.Is(err, signin.ErrProof) {
		return "", ErrProof
	}
	if err != nil {
		return "", err
	}
	d := store.OwnDevice{ID: s.ids.New()}
	if d.Passkey, err = keyText(b.young.handle, made); err != nil {
		return "", err
	}
	return s.remember(ctx, y, d, replaced)
}

// AskForOwnKeyOf asks a device that is remembered for its passkey.
func (s *Service) AskForOwnKeyOf(ctx context.Context, kept string, site Site) (Asked, error) {
	d, err := s.deviceOfKey(ctx, kept)
	if err != nil {
		return Asked{}, err
	}
	if err := s.ownTries.begin("device "+d.ID, s.clock()); err != nil {
		return Asked{}, err
	}
	options, challenge, err := site.AskForPasskey()
	return s.askedOwn(options, begun{challenge: challenge, young: youngAsk{device: d.ID}}, err)
}

// OpenWithKey begins a session on a device that is remembered, for whoever's passkey
// answered; ErrProof where it did not.
func (s *Service) OpenWithKey(ctx context.Context, kept string, site Site, id string, answer []byte) (token string, y Young, err error) {
	d, err := s.deviceOfKey(ctx, kept)
	if err != nil {
		return "", y, err
	}
	b, ok := s.ownPending.take(id, s.clock())
	if !ok || b.young.device != d.ID {
		return "", y, ErrProof
	}
	var has ownKey
	if err := json.Unmarshal([]byte(d.Passkey), &has); err != nil {
		return "", y, err
	}
	used, err := site.CheckPasskey(b.challenge, answer, func(handle []byte) ([]signin.Passkey, error) {
		if !bytes.Equal(handle, []byte(has.Handle)) {
			return nil, signin.ErrProof
		}
		return []signin.Passkey{{ID: has.ID, Public: has.Public, Count: has.Count, BackupEligible: has.BackupEligible}}, nil
	})
	if errors.Is(err, signin.ErrProof) {
		return "", y, ErrProof
	}
	if err != nil {
		return "", y, err
	}
	now, err := keyText(has.Handle, signin.Passkey{ID: has.ID, Public: has.Public, Count: used.Count, BackupEligible: used.BackupEligible})
	if err != nil {
		return "", y, err
	}
	s.ownTries.right("device " + d.ID)
	authority, _, _ := strings.Cut(kept, ".")
	return s.beginOnDevice(ctx, authority, d.ID, now)
}

// deviceOfKey is the device whose browser keeps this and that a passkey opens.
func (s *Service) deviceOfKey(ctx context.Context, kept string) (d store.OwnDevice, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		if d, err = rememberedDevice(tx, kept); err == nil && d.Passkey == "" {
			return store.ErrNotFound
		}
		return err
	})
	return d, forgotten(err)
}
