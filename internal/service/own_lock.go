package service

import (
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
		l = OwnLock{len(locks) > 0, session.Unlocked}
		return err
	})
	return l, err
}

// ChooseOwnLock takes the four pictures of a lock for the first time. They are held in
// memory until they are chosen again.
func (s *Service) ChooseOwnLock(y Young, picked []int) error {
	chosen, err := sequence(picked)
	if err != nil {
		return err
	}
	s.ownPending.put(lockOf(y), begun{at: s.clock(), young: youngAsk{session: y.Session, pictures: chosen}})
	return nil
}

func lockOf(y Young) string { return "lock " + y.Session }

// KeepOwnLock makes the lock of the four pictures that were chosen a moment ago and are
// chosen again now; ErrOwnPictures where they differ, and all begins anew. One that is
// there is changed by whoever has opened it alone: ErrNotFound otherwise.
func (s *Service) KeepOwnLock(ctx context.Context, y Young, picked []int) error {
	first, ok := s.ownPending.take(lockOf(y), s.clock())
	again, err := sequence(picked)
	if err != nil || !ok || first.young.pictures != again {
		return ErrOwnPictures
	}
	pictures := s.hashPassword(s.lockKey(y, again)) // takes its time: outside the transaction
	return s.changeOwn(ctx, y, "choose pictures for what they keep", func(tx *store.Tx, session store.OwnSession) error {
		locks, err := tx.OwnLocks(y.Authority, y.Record)
		if err != nil {
			return err
		}
		child := y.Record
		if len(locks) > 0 {
			if !session.Unlocked {
				return store.ErrNotFound
			}
			child = locks[0].Child
		}
		if err := tx.PutOwnLock(y.Authority, child, pictures); err != nil {
			return err
		}
		session.Unlocked = true
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
	lock, err := s.tryLock(ctx, y)
	if err != nil {
		return err
	}
	right, err := passwordIs(lock.Pictures, s.lockKey(y, chosen))
	if err != nil {
		return err
	}
	what := "open what they keep"
	if !right {
		what = "wrong pictures for what they keep"
	}
	err = s.changeOwn(ctx, y, what, func(tx *store.Tx, session store.OwnSession) error {
		if !right {
			return nil
		}
		session.Unlocked = true
		if err := tx.SetOwnSession(y.Authority, session); err != nil {
			return err
		}
		return tx.TryOwnLock(y.Authority, lock.Child, 0)
	})
	if err == nil && !right {
		return ErrOwnPictures
	}
	return err
}

// tryLock counts a try. It is the lock as it was.
func (s *Service) tryLock(ctx context.Context, y Young) (lock store.OwnLock, err error) {
	err = known(s.db.Change(ctx, y.Authority, func(tx *store.Tx) error {
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
		lock = locks[0]
		if tx.Now.Sub(lock.TriedAt) >= OwnLockWait {
			lock.Wrong = 0
		}
		if lock.Wrong >= OwnWrongMost {
			return ErrOwnLockRests
		}
		return tx.TryOwnLock(y.Authority, lock.Child, lock.Wrong+1)
	}))
	return lock, err
}
