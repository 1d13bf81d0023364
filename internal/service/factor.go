package service

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"time"

	"stablefutures/internal/store"
)

// factors are what an account can be proved with.
type factors struct {
	fictional bool // the council: a password alone suffices there
	account   store.Account
	app       store.CodeApp
	recovery  []string // hashes of unused codes
	passkeys  []store.Passkey
}

// factorsOf reads what somebody can prove themselves with. Where there is nobody it
// reads as much, and finds nothing.
func (s *Service) factorsOf(ctx context.Context, authority string, find func(*store.Tx) (store.Account, error)) (has factors, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		account, err := find(tx)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		has, err = factorsIn(tx, authority, account)
		return err
	})
	return has, err
}

func factorsIn(tx *store.Tx, authority string, account store.Account) (has factors, err error) {
	has.account = account
	council, err := tx.Authority(authority)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return has, err
	}
	has.fictional = council.Fictional
	if has.app, err = tx.CodeApp(authority, account.ID); err != nil && !errors.Is(err, store.ErrNotFound) {
		return has, err
	}
	if has.recovery, err = tx.RecoveryCodes(authority, account.ID); err != nil {
		return has, err
	}
	has.passkeys, err = tx.Passkeys(authority, account.ID)
	return has, err
}

// whole tells whether the account can be proved as its council asks for it.
func (has factors) whole() bool {
	password := has.account.Password != ""
	return len(has.passkeys) > 0 || has.account.Subject != "" || password && (has.fictional || len(has.app.Secret) > 0)
}

// way is how somebody signed in, and what they may do with it.
type way struct {
	name  wayName
	whole bool // false where they have yet to set up how they sign in
}

type wayName string

// How somebody can sign in. Values are stored.
const (
	byPassword   wayName = "password"
	byCode       wayName = "code"
	byRecovery   wayName = "recovery"
	byPasskey    wayName = "passkey"
	byProvider   wayName = "provider"
	byInvitation wayName = "invitation"
)

// codeProof is which code of an account was given, if any.
type codeProof struct {
	step     int64  // of the app's code; 0 where it was none
	recovery string // hash of the code for when the phone is lost
}

func (p codeProof) given() bool { return p.step != 0 || p.recovery != "" }

// use uses the code up; store.ErrNotFound where somebody was faster.
func (p codeProof) use(tx *store.Tx, account store.Account) error {
	switch {
	case p.step != 0:
		return tx.SpendCode(account.Authority, account.ID, p.step)
	case p.recovery != "":
		return tx.UseRecoveryCode(account.Authority, account.ID, p.recovery)
	}
	return nil
}

// verdict is what a password and a code open. A password alone opens a fictional
// council, and lets somebody who has nothing else yet set the rest up: it opens
// nothing else.
func (has factors) verdict(password bool, code codeProof) (way, bool) {
	switch {
	case !password:
		return way{}, false
	case has.fictional:
		return way{byPassword, true}, true
	case len(has.app.Secret) > 0 && code.recovery != "":
		return way{byRecovery, true}, true
	case len(has.app.Secret) > 0 && code.step != 0:
		return way{byCode, true}, true
	case !has.whole():
		return way{byPassword, false}, true
	}
	return way{}, false
}

// codeHash is a recovery code as it is kept: for one account alone.
func (s *Service) codeHash(account store.Account, code string) string {
	return s.keyed("recovery", account.Authority, account.ID, plainCode(code))
}

// keyed is a keyed hash of parts, none of which holds a line break, as text.
func (s *Service) keyed(purpose string, parts ...string) string {
	return hex.EncodeToString(s.mac(purpose, parts...))
}

func (s *Service) mac(purpose string, parts ...string) []byte {
	mac := hmac.New(sha256.New, s.db.SigningKey(purpose))
	mac.Write([]byte(strings.Join(parts, "\n")))
	return mac.Sum(nil)
}

// plainCode is a code without what people put between its letters.
func plainCode(code string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(code))
}

func sameText(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// deviceFor is how long a browser is known after a sign-in.
const deviceFor = 180 * 24 * time.Hour

// deviceOf is what the browser keeps of a sign-in, to be known again: it opens
// nothing, and keeps its owner from waiting for what others try.
func (s *Service) deviceOf(account store.Account) string {
	owner := account.Authority + "." + account.ID
	until := strconv.FormatInt(s.clock().Add(deviceFor).Unix(), 10)
	return owner + "." + until + "." + s.keyed("device", owner, until)
}

// ownerOf is in whose hands a device was when somebody last signed in with it; empty
// where it is not known, or not any more.
func (s *Service) ownerOf(device string) string {
	parts := strings.Split(device, ".")
	if len(parts) != 4 || strings.Contains(device, "\n") {
		return ""
	}
	owner, until := parts[0]+"."+parts[1], parts[2]
	seconds, err := strconv.ParseInt(until, 10, 64)
	if err != nil || !sameText(parts[3], s.keyed("device", owner, until)) || !s.clock().Before(time.Unix(seconds, 0)) {
		return ""
	}
	return owner
}

func (s *Service) knowsDevice(device string, account store.Account) bool {
	return account.ID != "" && s.ownerOf(device) == account.Authority+"."+account.ID
}

// askOf is the try of somebody who is signed in and asks for a question: others cannot
// hold them up, nor they others.
func askOf(actor Actor) try {
	own := ownTry(actor)
	own.asks = true
	return own
}

// ask is the try of somebody who asks for a question, whoever they may be.
func (s *Service) ask(from Visitor) try {
	if owner := s.ownerOf(from.Device); owner != "" {
		return try{name: owner, known: true, asks: true}
	}
	return try{address: from.Address, asks: true}
}
