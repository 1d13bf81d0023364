// Package signin proves who somebody is: one-time codes from an app, passkeys, and
// a council's own sign-in service (OpenID Connect). It works on what it is handed
// and remembers nothing.
//
// Accounts, sessions and databases do not belong here; neither does what follows
// from a proof: that is package service's to decide.
package signin

import "errors"

// ErrProof: what was given proves nothing. Why is for the log, never for the person
// at the door.
var ErrProof = errors.New("not proved")
