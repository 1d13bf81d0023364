package service

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"stablefutures/internal/date"
	"stablefutures/internal/store"
)

// A young person may let a device be remembered. It then holds a token, which opens
// nothing by itself: four pictures in their order open the page, or a passkey. What is
// kept of the pictures is worked out with a key of the program and slowly (argon2id):
// there are 20,736 sequences, which whoever copied the database alone cannot try.

// How many pictures are offered, how many are chosen, and how many wrong tries a device
// has before it is forgotten.
const (
	OwnPicturesOffered = 12
	OwnPicturesChosen  = 4
	OwnWrongMost       = 5
)

// Of a device that is remembered.
var (
	// ErrOwnPictures: these are not the pictures, or not the same ones again.
	ErrOwnPictures = errors.New("these are not the pictures")
	// ErrOwnNewCode: whoever's code let the device be remembered may give none any more.
	// It opens again once a code of somebody who may was used on it.
	ErrOwnNewCode = errors.New("this device needs a new code")
	// ErrOwnForgotten: the device is not remembered, or not any more.
	ErrOwnForgotten = errors.New("this device is not remembered any more")
)

// Remembered is a device that is remembered, as its own way in shows it before anything
// was proved: it says nothing of whose it is but the language.
type Remembered struct {
	ByKey    bool // a passkey opens it; pictures otherwise
	Language string
	Pictures bool // stand for words
	record   string
}

// Of tells whether the device is remembered for a young person.
func (r Remembered) Of(y Young) bool { return r.record != "" && r.record == y.Record }

// Remembered is the device whose browser keeps this; ErrOwnForgotten where there is none.
func (s *Service) Remembered(ctx context.Context, kept string) (r Remembered, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		d, err := rememberedDevice(tx, kept)
		if err != nil {
			return err
		}
		authority, _, _ := strings.Cut(kept, ".")
		r = Remembered{ByKey: d.Passkey != "", record: d.Child}
		r.Language, r.Pictures, err = lastLanguage(tx, authority, d.Child)
		return err
	})
	return r, forgotten(err)
}

// forgotten turns that there is no such device into ErrOwnForgotten.
func forgotten(err error) error {
	if err = known(err); errors.Is(err, ErrNotFound) {
		return ErrOwnForgotten
	}
	return err
}

// sequence is a choice of pictures as text; ErrOwnPictures for one that no page sends.
func sequence(picked []int) (string, error) {
	if len(picked) != OwnPicturesChosen {
		return "", ErrOwnPictures
	}
	for _, n := range picked {
		if n < 1 || n > OwnPicturesOffered {
			return "", ErrOwnPictures
		}
	}
	return strings.Trim(fmt.Sprint(picked), "[]"), nil
}

// MayBeRemembered is ErrNotFound on a tablet that was handed over: it is not theirs.
func (y Young) MayBeRemembered() error {
	if y.HandedOver() {
		return ErrNotFound
	}
	return nil
}

// ChooseOwnPictures takes four pictures for the first time. They are held in memory until
// they are chosen again.
func (s *Service) ChooseOwnPictures(y Young, picked []int) error {
	if err := y.MayBeRemembered(); err != nil {
		return err
	}
	return s.chooseOnce("pictures", y, picked)
}

// chooseOnce holds four pictures for a purpose in memory, until they are chosen again.
func (s *Service) chooseOnce(purpose string, y Young, picked []int) error {
	chosen, err := sequence(picked)
	if err != nil {
		return err
	}
	s.ownPending.put(purpose+" "+y.Session, begun{at: s.clock(), young: youngAsk{session: y.Session, pictures: chosen}})
	return nil
}

// chosenTwice are the pictures that were chosen for a purpose a moment ago and are chosen
// again now; ErrOwnPictures where they differ.
func (s *Service) chosenTwice(purpose string, y Young, picked []int) (string, error) {
	first, ok := s.ownPending.take(purpose+" "+y.Session, s.clock())
	again, err := sequence(picked)
	if err != nil || !ok || first.young.pictures != again || first.young.session != y.Session {
		return "", ErrOwnPictures
	}
	return again, nil
}

// RememberPictures remembers the device with the four pictures that were chosen a moment
// ago and are chosen again now; ErrOwnPictures where they differ, and all begins anew. It
// gives what the browser keeps; replaced is what it kept before.
func (s *Service) RememberPictures(ctx context.Context, y Young, picked []int, replaced string) (kept string, err error) {
	again, err := s.chosenTwice("pictures", y, picked)
	if err != nil {
		return "", err
	}
	d := store.OwnDevice{ID: s.ids.New()}
	d.Pictures = s.hashPassword(s.picturesKey(y.Authority, d.ID, again)) // takes its time: outside the transaction
	return s.remember(ctx, y, d, replaced)
}

func (s *Service) picturesKey(authority, device, chosen string) string {
	return s.keyed("own-pictures", authority, device, chosen)
}

// remember keeps a device. The session belongs to it from now on. What the same browser
// kept before nobody holds any more: it is cut off, whose ever it was.
func (s *Service) remember(ctx context.Context, y Young, d store.OwnDevice, replaced string) (kept string, err error) {
	token := s.ids.Token()
	err = s.changeOwn(ctx, y, "remember a device", func(tx *store.Tx, session store.OwnSession) error {
		if session.HandedOver() {
			return store.ErrNotFound
		}
		if err := tx.CarryProved(y.Authority, session.Proved, d.ID); err != nil {
			return err
		}
		d.Child, d.TokenHash, d.GivenBy, session.Device, session.Proved = y.Record, tokenHash(token), session.GivenBy, d.ID, d.ID
		if err := tx.AddOwnDevice(y.Authority, d); err != nil {
			return err
		}
		if err := tx.SetOwnSession(y.Authority, session); err != nil {
			return err
		}
		return s.forgetIn(tx, y.Authority, replaced)
	})
	return y.Authority + "." + token, err
}

// forgetIn cuts off the device whose browser keeps this, where there is one.
func (s *Service) forgetIn(tx *store.Tx, authority, kept string) error {
	of, _, _ := strings.Cut(kept, ".")
	d, err := rememberedDevice(tx, kept)
	if errors.Is(err, store.ErrNotFound) || of != authority {
		return nil
	}
	if err != nil {
		return err
	}
	if err := tx.EndOwnDevice(authority, d.ID, ""); err != nil {
		return err
	}
	return s.auditOwn(tx, Young{Authority: authority, Record: d.Child}, "forget a device")
}

// ForgetDevice cuts off the device that the browser keeps. Whoever sits there goes on.
func (s *Service) ForgetDevice(ctx context.Context, y Young, kept string) error {
	return s.changeOwn(ctx, y, "forget a device", func(tx *store.Tx, session store.OwnSession) error {
		d, err := rememberedDevice(tx, kept)
		if errors.Is(err, store.ErrNotFound) || err == nil && d.Child != y.Record {
			return errNothing
		}
		if err != nil {
			return err
		}
		session.Device = ""
		if err := tx.SetOwnSession(y.Authority, session); err != nil {
			return err
		}
		return tx.EndOwnDevice(y.Authority, d.ID, "")
	})
}

// OwnDevice is a device that is remembered, as the young person reads it.
type OwnDevice struct {
	ID    string
	Since date.Date
}

// OwnDevices are the devices on which a young person is remembered, the latest first.
func (s *Service) OwnDevices(ctx context.Context, y Young) (list []OwnDevice, err error) {
	err = s.lookOwn(ctx, y, func(tx *store.Tx) error {
		devices, err := tx.OwnDevices(y.Authority, y.Record)
		list = nil
		for _, d := range devices {
			if d.EndedAt.IsZero() {
				list = append(list, OwnDevice{d.ID, s.dayOf(d.MadeAt)})
			}
		}
		return err
	})
	return list, err
}

// ForgetOwnDevice cuts off a device on which a young person is remembered, with what is
// open on it, wherever it is; ErrNotFound where it is none of theirs.
func (s *Service) ForgetOwnDevice(ctx context.Context, y Young, id string) error {
	return s.changeOwn(ctx, y, "forget a device", func(tx *store.Tx, session store.OwnSession) error {
		if err := stillRemembered(tx, y.Authority, y.Record, id); err != nil {
			return err
		}
		if session.Device == id {
			session.Device = "" // whoever sits there goes on
			if err := tx.SetOwnSession(y.Authority, session); err != nil {
				return err
			}
		}
		return tx.EndOwnDevice(y.Authority, id, "")
	})
}

// stillRemembered is ErrNotFound for a device that is none of a record's, and errNothing
// for one that was cut off.
func stillRemembered(tx *store.Tx, authority, record, id string) error {
	devices, err := tx.OwnDevices(authority, record)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(devices, func(d store.OwnDevice) bool { return d.ID == id })
	switch {
	case at < 0:
		return store.ErrNotFound
	case !devices[at].EndedAt.IsZero():
		return errNothing
	}
	return nil
}

// OpenWithPictures begins a session on a device that is remembered, for whoever knows the
// four pictures. A try counts before it is looked at, so that tries at the same moment
// are five and not more; after the fifth the device is cut off and a code is needed.
func (s *Service) OpenWithPictures(ctx context.Context, kept string, picked []int) (token string, y Young, err error) {
	chosen, err := sequence(picked)
	if err != nil {
		return "", y, err // nothing was chosen, or not all: no try
	}
	authority, _, _ := strings.Cut(kept, ".")
	d, err := s.tryDevice(ctx, authority, kept)
	if err != nil {
		return "", y, err
	}
	if right, err := passwordIs(d.Pictures, s.picturesKey(authority, d.ID, chosen)); err != nil {
		return "", y, err
	} else if !right {
		return "", y, s.wrongPictures(ctx, authority, d)
	}
	return s.beginOnDevice(ctx, authority, d.ID, "")
}

// tryDevice counts a try of a device that pictures open. It is what the device was.
func (s *Service) tryDevice(ctx context.Context, authority, kept string) (d store.OwnDevice, err error) {
	err = s.db.Change(ctx, authority, func(tx *store.Tx) error {
		if d, err = rememberedDevice(tx, kept); err != nil {
			return err
		}
		if d.Pictures == "" || d.Wrong >= OwnWrongMost {
			return store.ErrNotFound
		}
		d.Wrong++
		return tx.TryOwnDevice(authority, d.ID, d.Wrong)
	})
	return d, forgotten(err)
}

// wrongPictures answers a wrong try, and cuts the device off with the last one.
func (s *Service) wrongPictures(ctx context.Context, authority string, d store.OwnDevice) error {
	over := d.Wrong >= OwnWrongMost
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		what := "wrong pictures on a device"
		if over {
			what = "cut a device off after wrong pictures"
			if err := tx.EndOwnDevice(authority, d.ID, ""); err != nil {
				return err
			}
		}
		return s.auditOwn(tx, Young{Authority: authority, Record: d.Child}, what)
	})
	switch {
	case err != nil:
		return forgotten(err)
	case over:
		return ErrOwnForgotten
	}
	return ErrOwnPictures
}

// beginOnDevice begins a session on a device whose young person has proved who they are.
// passkey is what its passkey says now; empty where pictures open it.
func (s *Service) beginOnDevice(ctx context.Context, authority, device, passkey string) (token string, y Young, err error) {
	a, err := s.Authority(ctx, Actor{Authority: authority})
	if err != nil {
		return "", y, err
	}
	token, y, err = s.beginOwn(ctx, a, func(tx *store.Tx) (store.OwnSession, error) {
		d, err := tx.OwnDevice(authority, device)
		if err != nil {
			return store.OwnSession{}, err
		}
		err = mayStillGive(tx, authority, d.GivenBy, d.Child)
		if errors.Is(err, store.ErrNotFound) {
			err = ErrOwnNewCode
		}
		if err != nil {
			return store.OwnSession{}, err
		}
		d.Wrong, d.Passkey = 0, passkey
		return store.OwnSession{Child: d.Child, Way: "device", Device: d.ID, Proved: d.ID, GivenBy: d.GivenBy}, tx.UseOwnDevice(authority, d)
	})
	return token, y, forgotten(err)
}
