package service

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"stablefutures/internal/store"
)

// How long a session lasts: from its last use, and from its beginning.
const (
	SessionIdle     = 60 * time.Minute
	SessionAbsolute = 12 * time.Hour
	// sessionTouch is how old the note of last use may get: a session is not
	// written at each request.
	sessionTouch = 2 * time.Minute
)

// maxUsername bounds a username's length in bytes.
const maxUsername = 60

// ErrSignIn: the username or the password is wrong, or the account has ended.
// Which of them is not told.
var ErrSignIn = errors.New("the username or the password is wrong")

// ErrTooMany: too many wrong passwords for this username; wait a minute.
var ErrTooMany = errors.New("too many tries with this username: wait a minute and try again")

// Authorities are the authorities of this database, for the sign-in page.
func (s *Service) Authorities(ctx context.Context) (list []store.Authority, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		list, err = tx.Authorities()
		return err
	})
	return list, known(err)
}

// SomebodyCanSignIn tells whether there is an account in use at all.
func (s *Service) SomebodyCanSignIn(ctx context.Context) (possible bool, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		list, err := tx.Authorities()
		for _, a := range list {
			accounts, err := tx.Accounts(a.Code)
			if err != nil {
				return err
			}
			possible = possible || slices.ContainsFunc(accounts, store.Account.InUse)
		}
		return err
	})
	return possible, known(err)
}

// SignIn begins a session and gives its token, which is kept nowhere but with
// the person. A wrong username costs as much time as a wrong password.
func (s *Service) SignIn(ctx context.Context, authority, username, password string) (token string, actor Actor, err error) {
	username = strings.ToLower(strings.TrimSpace(username))
	if len(username) > maxUsername || len(password) > 4*MaxPassword {
		return "", Actor{}, ErrSignIn // no account has such a name or password
	}
	if !s.tries.begin(authority+"/"+username, s.clock()) {
		return "", Actor{}, ErrTooMany
	}
	account, err := s.accountNamed(ctx, authority, username)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return "", Actor{}, err
	}
	missing := err != nil || !account.InUse()
	kept := account.Password
	if missing {
		kept = s.decoy()
	}
	right, err := passwordIs(kept, password)
	if err != nil {
		return "", Actor{}, err
	}
	if missing || !right {
		return "", Actor{}, s.auditFailure(ctx, authority, account)
	}
	s.tries.forget(authority + "/" + username)
	token, actor = s.ids.Token(), actorOf(account)
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		now, err := tx.Account(authority, account.ID)
		if err != nil {
			return err
		}
		if !now.InUse() || now.Password != account.Password {
			return ErrSignIn // ended, or given another password, while this one was looked at
		}
		if err := tx.AddSession(authority, tokenHash(token), account.ID); err != nil {
			return err
		}
		return s.audit(tx, actor, "sign in", "account", account.ID, "")
	})
	return token, actor, known(err)
}

// auditFailure notes a failed sign-in and answers ErrSignIn. A name that is no
// account's is noted too, so that the two take the same time; the name itself,
// which may be a password in the wrong field, is not kept.
func (s *Service) auditFailure(ctx context.Context, authority string, account store.Account) error {
	if authority == "" {
		return ErrSignIn // of no council: there is nobody to tell
	}
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		return s.audit(tx, Actor{Authority: authority}, "sign in refused", "account", account.ID, "")
	})
	return errors.Join(ErrSignIn, err)
}

func (s *Service) accountNamed(ctx context.Context, authority, username string) (account store.Account, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		account, err = tx.AccountNamed(authority, username)
		return err
	})
	return account, err
}

// Session is who holds a token; ErrNotFound where it is not, or no longer, a session.
func (s *Service) Session(ctx context.Context, authority, token string) (Actor, error) {
	var actor Actor
	var stale bool
	hash := tokenHash(token)
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		session, err := tx.Session(authority, hash)
		if err != nil {
			return err
		}
		if tx.Now.Sub(session.SeenAt) > SessionIdle || tx.Now.Sub(session.CreatedAt) > SessionAbsolute {
			return store.ErrNotFound
		}
		account, err := tx.Account(authority, session.Account)
		if err != nil {
			return err
		}
		if !account.InUse() {
			return store.ErrNotFound
		}
		actor, stale = actorOf(account), tx.Now.Sub(session.SeenAt) > sessionTouch
		return nil
	})
	if err == nil && stale {
		// A full disk signs nobody out: the session then ends by the last use that was noted.
		err = ignoring(s.db.Write(ctx, func(tx *store.Tx) error { return tx.TouchSession(authority, hash) }), store.ErrFull)
	}
	return actor, known(err)
}

// SignOut ends the session of a token.
func (s *Service) SignOut(ctx context.Context, actor Actor, token string) error {
	return known(s.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.EndSession(actor.Authority, tokenHash(token)); err != nil {
			return err
		}
		return s.audit(tx, actor, "sign out", "account", actor.Account, "")
	}))
}

func actorOf(a store.Account) Actor {
	return Actor{Authority: a.Authority, Account: a.ID, Username: a.Username, Name: a.Name, Role: a.Role, Team: a.Team, Agency: a.Agency, Section: a.Section, OneTime: a.OneTime}
}

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// decoy is a kept password that nobody has, so that an unknown username takes
// as long as a known one.
func (s *Service) decoy() string {
	s.decoyOnce.Do(func() { s.decoyKept = s.hashPassword(s.ids.Token()) })
	return s.decoyKept
}

// tries counts wrong passwords by username for a minute, in memory. It slows
// guessing; it never locks somebody out for longer than that minute.
type tries struct {
	mu    sync.Mutex
	wrong map[string][]time.Time
}

const (
	triesPerMinute = 10
	triesKept      = 10_000 // usernames remembered at once, so that memory is bounded
)

// begin counts a try, and is false where there were too many. It counts before the
// password is looked at, so that tries at the same time are counted like others;
// forget takes the tries back once one was right.
func (t *tries) begin(who string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	recent := t.wrong[who][:0]
	for _, at := range t.wrong[who] {
		if now.Sub(at) < time.Minute {
			recent = append(recent, at)
		}
	}
	if len(recent) >= triesPerMinute {
		t.wrong[who] = recent
		return false
	}
	if t.wrong == nil || len(t.wrong) > triesKept {
		t.wrong = map[string][]time.Time{}
	}
	t.wrong[who] = append(recent, now)
	return true
}

func (t *tries) forget(who string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.wrong, who)
}
