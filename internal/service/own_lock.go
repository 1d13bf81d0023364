package service

import (
	"cmp"
	"context"
	"errors"
	"time"

	"stablefutures/internal/store"
)

// A lock is four pictures that a young person chooses for themselves, to see again what
// they kept from others, whoever gave them the code. Nobody can set it for them, take it
// away, or find out what it is; and a new one opens nothing that was kept before it, so
// that nobody can choose it in their stead afterwards.

// OwnLockWait is how long a lock rests after OwnWrongMost wrong tries: it is never cut
// off, because then whoever tries could take everything from the young person.
const OwnLockWait = time.Hour

// ErrOwnLockRests: too many wrong tries; later they count anew.
var ErrOwnLockRests = errors.New("the pictures were wrong too often: try again in an hour")

// OwnLock is what a session knows of the lock.
type OwnLock struct {
	There bool // pictures were chosen
	Open  bool // and proved or chosen in this session
}

// OwnLock tells whether there is a lock, and whether it is open.
func (s *Service) OwnLock(ctx context.Context, y Young) (l OwnLock, err error) {
	err = s.lookOwn(ctx, y, func(tx *store.Tx) error {
		session, err := tx.OwnSession(y.Authority, y.Session)
		if err != nil {
			return err
		}
		locks, err := tx.OwnLocks(y.Authority, y.Record)
		l = OwnLock{len(locks) > 0, session.Unlocked != ""}
		return err
	})
	return l, err
}

// ChooseOwnLock takes the four pictures of a lock for the first time. They are held in
// memory until they are chosen again.
func (s *Service) ChooseOwnLock(y Young, picked []int) error { return s.chooseOnce("lock", y, picked) }

// KeepOwnLock makes the lock of the four pictures that were chosen a moment ago and are
// chosen again now; ErrOwnPictures where they differ, and all begins anew. One that is
// there is changed by whoever has opened it alone: ErrNotFound otherwise.
func (s *Service) KeepOwnLock(ctx context.Context, y Young, picked []int) error {
	chosen, err := s.chosenTwice("lock", y, picked)
	if err != nil {
		return err
	}
	pictures := s.hashPassword(s.lockKey(y, chosen)) // takes its time: outside the transaction
	return s.changeOwn(ctx, y, "choose pictures for what they keep", func(tx *store.Tx, session store.OwnSession) error {
		locks, err := tx.OwnLocks(y.Authority, y.Record)
		if err != nil {
			return err
		}
		if len(locks) > 0 && session.Unlocked == "" {
			return store.ErrNotFound
		}
		session.Unlocked = cmp.Or(session.Unlocked, y.Record)
		if err := tx.PutOwnLock(y.Authority, session.Unlocked, pictures); err != nil {
			return err
		}
		return tx.SetOwnSession(y.Authority, session)
	})
}

func (s *Service) lockKey(y Young, chosen string) string {
	return s.keyed("own-lock", y.Authority, chosen)
}

// OpenOwnLock shows this session what was kept in others that knew the pictures. A try
// counts before it is looked at; after OwnWrongMost the lock rests.
func (s *Service) OpenOwnLock(ctx context.Context, y Young, picked []int) error {
	chosen, err := sequence(picked)
	if err != nil {
		return err // nothing was chosen, or not all: no try
	}
	locks, err := s.tryLocks(ctx, y)
	if err != nil {
		return err
	}
	opened, what := "", "wrong pictures for what they keep"
	for _, lock := range locks {
		right, err := passwordIs(lock.Pictures, s.lockKey(y, chosen))
		if err != nil {
			return err
		}
		if right && opened == "" {
			opened, what = lock.Child, "open what they keep"
		}
	}
	err = s.changeOwn(ctx, y, what, func(tx *store.Tx, session store.OwnSession) error {
		if opened == "" {
			return nil
		}
		session.Unlocked = opened
		if err := tx.SetOwnSession(y.Authority, session); err != nil {
			return err
		}
		return tx.TryOwnLock(y.Authority, opened, 0)
	})
	if err == nil && opened == "" {
		return ErrOwnPictures
	}
	return err
}

// tryLocks counts a try of every lock of a record: linked records may have one each. It is
// those that do not rest.
func (s *Service) tryLocks(ctx context.Context, y Young) (awake []store.OwnLock, err error) {
	err = known(s.db.Change(ctx, y.Authority, func(tx *store.Tx) error {
		awake = nil
		if _, err := tx.OwnSession(y.Authority, y.Session); err != nil {
			return err
		}
		locks, err := tx.OwnLocks(y.Authority, y.Record)
		if err != nil {
			return err
		}
		if len(locks) == 0 {
			return store.ErrNotFound
		}
		for _, lock := range locks {
			if tx.Now.Sub(lock.TriedAt) >= OwnLockWait {
				lock.Wrong = 0
			}
			if lock.Wrong >= OwnWrongMost {
				continue
			}
			if err := tx.TryOwnLock(y.Authority, lock.Child, lock.Wrong+1); err != nil {
				return err
			}
			awake = append(awake, lock)
		}
		if len(awake) == 0 {
			return ErrOwnLockRests
		}
		return nil
	}))
	return awake, err
}
