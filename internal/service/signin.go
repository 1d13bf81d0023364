package service

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"

	"stablefutures/internal/signin"
	"stablefutures/internal/store"
)

// maxUsername bounds a username's length in bytes, maxCode that of a code.
const (
	maxUsername = 60
	maxCode     = 200
)

// ErrSignIn: the username, the password or the code is wrong, or the account has
// ended, or has another way in. Which of them is not told.
var ErrSignIn = errors.New("the username, the password or the code is wrong")

// Credentials are what somebody gives who signs in with a password.
type Credentials struct {
	Authority, Username, Password string
	Code                          string // of the app, or one for when the phone is lost
}

// Visitor is from where somebody signs in.
type Visitor struct {
	Address string // of the machine, as far as it can be told
	Device  string // what their browser kept of an earlier sign-in
	Browser string // family of the browser

	Remembered string // authority and token of a device that a young person had remembered
}

// SignedIn is a session that begins. Its token is kept nowhere but with the person.
type SignedIn struct {
	Token  string
	Device string // for their browser to keep: see Visitor
	Actor  Actor
}

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

// SignIn begins a session for somebody who knows the password of an account and has
// its second factor: a code of the app, or one for when the phone is lost. A wrong
// username takes the same steps as a right one, and as much time.
func (s *Service) SignIn(ctx context.Context, c Credentials, from Visitor) (SignedIn, error) {
	c.Username = strings.ToLower(strings.TrimSpace(c.Username))
	if len(c.Username) > maxUsername || len(c.Password) > 4*MaxPassword || len(c.Code) > maxCode {
		return SignedIn{}, ErrSignIn // no account has such a name, password or code
	}
	has, err := s.factorsOf(ctx, c.Authority, func(tx *store.Tx) (store.Account, error) {
		return tx.AccountNamed(c.Authority, c.Username)
	})
	if err != nil {
		return SignedIn{}, err
	}
	try := try{name: c.Authority + "/" + c.Username, address: from.Address, known: s.knowsDevice(from.Device, has.account)}
	if err := s.tries.begin(try, s.clock()); err != nil {
		return SignedIn{}, s.noteSlowed(ctx, c.Authority, has.account, err)
	}
	right, err := s.passwordOf(has.account, c.Password)
	if err != nil {
		return SignedIn{}, err
	}
	code := s.checkCode(has, c.Code)
	way, ok := has.verdict(right, code)
	if !ok {
		return SignedIn{}, s.noteFailure(ctx, c.Authority, has.account)
	}
	s.tries.right(try)
	return s.begin(ctx, has.account, from, way, code)
}

// begin begins the session of somebody who has proved who they are: what they proved
// it with is used up in the same transaction.
func (s *Service) begin(ctx context.Context, account store.Account, from Visitor, way way, code codeProof) (in SignedIn, err error) {
	in = SignedIn{Token: s.ids.Token(), Device: s.deviceOf(account), Actor: actorOf(account)}
	in.Actor.Fresh, in.Actor.Unfinished = way.whole, !way.whole
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		now, err := tx.Account(account.Authority, account.ID)
		if err != nil {
			return err
		}
		if !now.InUse() || now.Password != account.Password {
			return ErrSignIn // ended, or given another password, while this one was looked at
		}
		if err := code.use(tx, account); errors.Is(err, store.ErrNotFound) {
			return ErrSignIn // the same code was used at the same moment
		} else if err != nil {
			return err
		}
		if err := s.addSession(tx, account, in.Token, from, way); err != nil {
			return err
		}
		return s.audit(tx, in.Actor, "sign in", "account", account.ID, string(way.name))
	})
	return in, known(err)
}

// noteFailure notes a failed sign-in and answers ErrSignIn. A name that is no
// account's is not kept: it may be a password, typed into the wrong field.
func (s *Service) noteFailure(ctx context.Context, authority string, account store.Account) error {
	if err := s.noteAtDoor(ctx, authority, account, "sign in refused"); err != nil {
		return err // such as a full disk: that is said, whoever it was
	}
	return ErrSignIn
}

// noteSlowed notes that somebody has to wait, once for each wait.
func (s *Service) noteSlowed(ctx context.Context, authority string, account store.Account, err error) error {
	if many, ok := errors.AsType[TooMany](err); ok && many.first {
		return errors.Join(err, s.noteAtDoor(ctx, authority, account, "sign in slowed"))
	}
	return err
}

func (s *Service) noteAtDoor(ctx context.Context, authority string, account store.Account, what string) error {
	if authority == "" {
		return nil // of no council: there is nobody to tell
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return s.audit(tx, Actor{Authority: authority}, what, "account", account.ID, "")
	})
}

// asColleague is what somebody may do, whoever asks: what they proved lately is for
// themselves to show.
func asColleague(a store.Account) Actor {
	colleague := actorOf(a)
	colleague.Fresh = true
	return colleague
}

func actorOf(a store.Account) Actor {
	return Actor{Authority: a.Authority, Account: a.ID, Username: a.Username, Name: a.Name, Role: a.Role, Team: a.Team, Agency: a.Agency, Section: a.Section}
}

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// passwordOf tells whether a password is an account's. Where the account is none, or
// has ended, or has no password, it takes as long, and is wrong.
func (s *Service) passwordOf(account store.Account, password string) (bool, error) {
	missing := account.ID == "" || !account.InUse() || account.Password == ""
	kept, decoy := account.Password, s.decoy() // made for whoever comes first, so that it tells nothing
	if missing {
		kept = decoy
	}
	right, err := passwordIs(kept, password)
	return right && !missing, err
}

// decoy is a kept password that nobody has, so that an unknown username takes
// as long as a known one.
func (s *Service) decoy() string {
	s.decoyOnce.Do(func() { s.decoyKept = s.hashPassword(s.ids.Token()) })
	return s.decoyKept
}

// checkCode looks a code up among what the account has. It does so also where the
// account has nothing, or is none.
func (s *Service) checkCode(has factors, code string) codeProof {
	secret, last := has.app.Secret, has.app.LastStep
	if len(secret) == 0 {
		secret = s.db.SigningKey("decoy")[:signin.SecretBytes]
	}
	number, ok := signin.CodeStep(secret, code, s.clock(), last)
	proof := codeProof{}
	if ok && len(has.app.Secret) > 0 {
		proof.step = number
	}
	hash := s.codeHash(has.account, code)
	for _, kept := range has.recovery {
		if sameText(kept, hash) {
			proof.recovery = kept
		}
	}
	return proof
}
