package signin_test

import (
	"testing"
	"time"

	"stablefutures/internal/signin"
)

// The codes are those of RFC 6238, appendix B (its last six digits), so that every app
// shows them.
func TestCodesAreThoseThatAppsShow(t *testing.T) {
	secret := []byte("12345678901234567890")
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1234567890: "005924", 2000000000: "279037"} {
		if got, err := signin.CodeAt(secret, time.Unix(at, 0)); err != nil || got != want {
			t.Errorf("at %d: %s, %v; want %s", at, got, err, want)
		}
	}
}

// A code is good in its half minute, the one before and the one after; once, and not
// after a later one.
func TestWhenACodeIsGood(t *testing.T) {
	secret, now := []byte("12345678901234567890"), time.Unix(1234567890, 0)
	code, err := signin.CodeAt(secret, now)
	if err != nil {
		t.Fatal(err)
	}
	of := now.Unix() / 30
	for late, want := range map[int64]bool{-2: false, -1: true, 0: true, 1: true, 2: false} {
		if step, ok := signin.CodeStep(secret, code, now.Add(time.Duration(late)*30*time.Second), 0); ok != want || ok && step != of {
			t.Errorf("%d steps late: %d, %v", late, step, ok)
		}
	}
	for last, want := range map[int64]bool{of - 1: true, of: false, of + 1: false} {
		if _, ok := signin.CodeStep(secret, code, now, last); ok != want {
			t.Errorf("after the code of step %d: %v", last, ok)
		}
	}
	for _, none := range []string{"", "0", "00592", "0059245", "٠٠٥٩٢٤"} {
		if _, ok := signin.CodeStep(secret, none, now, 0); ok {
			t.Errorf("%q is taken", none)
		}
	}
}

// A sign-in service is reached over TLS, but for one on this machine.
func TestWhereASignInServiceMayBe(t *testing.T) {
	for issuer, good := range map[string]bool{
		"https://login.microsoftonline.com/tenant/v2.0": true, "http://127.0.0.1:4000": true, "http://localhost:4000": true,
		"http://login.example": false, "login.example": false, "": false, "https://login.example/?x=1": false, "file:///etc/passwd": false,
	} {
		if err := signin.CheckProvider(issuer); (err == nil) != good {
			t.Errorf("%q: %v", issuer, err)
		}
	}
}
