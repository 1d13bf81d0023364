package service

import (
	"context"
	"errors"
	"hash/maphash"
	"sync"
	"time"

	"stablefutures/internal/signin"
	"stablefutures/internal/store"
)

// What the council takes away at its sign-in service ends here while a session goes on,
// and not at the next sign-in: the service is asked again, within a request, whether it
// still vouches for whoever asks.
const (
	// VouchedEvery is how often it is asked, where the operator says nothing else.
	VouchedEvery = 15 * time.Minute
	// VouchedFor is how long its last word counts where it does not answer, and where it
	// gave nothing with which it could be asked: then its owner signs in there again.
	VouchedFor = time.Hour
	// silentFor is how long a service that did not answer is left alone, so that pages
	// do not wait for it again and again.
	silentFor = time.Minute
)

// EndedElsewhere is what the log says of a session that the council's sign-in service ended.
const EndedElsewhere = "sign-in service ended session"

// vouching is what is known, in memory, of asking sign-in services.
type vouching struct {
	every  time.Duration // zero for VouchedEvery
	seed   maphash.Seed
	queues [64]sync.Mutex // by session: the requests of one session wait for one question
	mu     sync.Mutex
	silent map[string]time.Time // by authority: when its service did not answer
}

// AskProvidersEvery sets how often the councils' sign-in services are asked again. It is
// called before anything is served.
func (s *Service) AskProvidersEvery(every time.Duration) error {
	if every < time.Minute || every > VouchedFor {
		return errors.New("the sign-in service is asked again every 1m to 1h")
	}
	s.vouching.every = every
	return nil
}

// old tells whether the last word about a session is so old that its service is to be
// asked again.
func (v *vouching) old(session store.Session, now time.Time) bool {
	every := v.every
	if every == 0 {
		every = VouchedEvery
	}
	return session.Refresh != "" && now.Sub(vouchedAt(session)) >= every
}

// rests tells whether a service is left alone for now: it did not answer, or another
// process is asking it about this session.
func (v *vouching) rests(session store.Session, authority string, now time.Time) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return now.Sub(v.silent[authority]) < silentFor || now.Sub(session.AskedAt) < silentFor
}

func (v *vouching) wasSilent(authority string, at time.Time) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.silent == nil {
		v.silent = map[string]time.Time{}
	}
	v.silent[authority] = at
}

// vouchedAt is when a sign-in service last vouched for a session; of one from before
// that was kept, when it began.
func vouchedAt(session store.Session) time.Time {
	if session.VouchedAt.IsZero() {
		return session.CreatedAt
	}
	return session.VouchedAt
}

// tooOld tells whether a session is over by itself.
func tooOld(session store.Session, now time.Time) bool {
	return now.Sub(session.SeenAt) > SessionIdle || now.Sub(session.CreatedAt) > SessionAbsolute
}

// stillVouched asks the council's sign-in service about a session where that is due:
// ErrNotFound where it is over now. Where the service does not answer, its last word
// counts for VouchedFor.
func (s *Service) stillVouched(ctx context.Context, authority, hash string) error {
	queue := &s.vouching.queues[maphash.String(s.vouching.seed, hash)%uint64(len(s.vouching.queues))]
	queue.Lock()
	defer queue.Unlock()
	// What a service gives counts once: what was asked is seen through, also where
	// whoever asked for the page has gone away.
	ctx = context.WithoutCancel(ctx)
	var session store.Session
	var account store.Account
	var p store.Provider
	var refresh string
	err := s.db.Read(ctx, func(tx *store.Tx) (err error) {
		if session, err = tx.Session(authority, hash); err != nil {
			return err
		}
		if account, err = tx.Account(authority, session.Account); err != nil {
			return err
		}
		if p, err = tx.Provider(authority); err != nil {
			return err
		}
		refresh, err = tx.OpenRefresh(authority, session)
		return err
	})
	if err != nil {
		return known(err)
	}
	if now := s.clock(); !s.vouching.old(session, now) || s.vouching.rests(session, authority, now) {
		return s.lastWord(session)
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error { return tx.AskAgain(authority, session) })
	if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrFull) {
		return s.lastWord(session) // another process asks; or what it would say cannot be kept
	}
	if err != nil {
		return known(err)
	}
	person, err := reached(p).Again(ctx, refresh, account.Subject, s.clock)
	switch {
	case errors.Is(err, signin.ErrWithdrawn):
		if err := s.withdrawn(ctx, authority, session); err != nil {
			return known(err)
		}
		return ErrNotFound
	case err != nil:
		s.vouching.wasSilent(authority, s.clock())
		s.log.Warn("a council's sign-in service could not be asked again: its last word counts for an hour", "authority", authority, "error", err)
		return s.lastWord(session)
	}
	return s.vouchAgain(ctx, authority, p, session, person)
}

// lastWord is how long a session goes on without the service being asked.
func (s *Service) lastWord(session store.Session) error {
	if s.clock().Sub(vouchedAt(session)) > VouchedFor {
		return ErrNotFound
	}
	return nil
}

// withdrawn ends a session for which the service vouches no more. Other sessions of the
// account ask for themselves: a service takes a single device away too.
func (s *Service) withdrawn(ctx context.Context, authority string, session store.Session) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.EndSession(authority, session.Hash); err != nil {
			return err
		}
		return s.audit(tx, Actor{Authority: authority}, EndedElsewhere, "account", session.Account, "")
	})
}

// vouchAgain takes the service's word about the owner of a session, as at a sign-in: who
// has another role by it signs in again, and who has none is out: ErrNotFound for both.
func (s *Service) vouchAgain(ctx context.Context, authority string, p store.Provider, session store.Session, person signin.Person) error {
	same := false
	err := s.db.Change(ctx, authority, func(tx *store.Tx) error {
		before, err := tx.Account(authority, session.Account)
		if err != nil {
			return err
		}
		account, err := s.vouchedAccount(tx, authority, p, person, roleIn(p, person))
		if same = account.Role == before.Role; err != nil || !same {
			return err
		}
		return tx.Vouch(authority, session, person.Refresh)
	})
	switch {
	case errors.Is(err, ErrNoGroup):
		if err := s.shutOut(ctx, authority, p, person); err != nil {
			return known(err)
		}
		return ErrNotFound
	case errors.Is(err, ErrSignIn), err == nil && !same:
		return ErrNotFound
	case errors.Is(err, store.ErrFull):
		return s.lastWord(session)
	}
	return known(err)
}
