package web_test

import (
	"encoding/base32"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/service"
	"stablefutures/internal/signin"
)

// phone is the app on somebody's phone that shows codes.
type phone struct {
	secret []byte
	last   int64    // step of time of the code that it gave last
	codes  []string // for when it is lost
}

const codeStep = 30

// at is the code of a step of time.
func (p *phone) at(t testing.TB, step int64) string {
	t.Helper()
	code, err := signin.CodeAt(p.secret, time.Unix(step*codeStep, 0))
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// code is a code of somebody's phone that was not used before. Where the ones of now
// were, half a minute goes by.
func (s *site) code(t testing.TB, username string) string {
	t.Helper()
	p := s.phones[username]
	if p == nil {
		return ""
	}
	p.last = max(p.last+1, s.now.Unix()/codeStep-1)
	if late := p.last - s.now.Unix()/codeStep - 1; late > 0 {
		s.now = s.now.Add(time.Duration(late*codeStep) * time.Second)
	}
	return p.at(t, p.last)
}

// credentials are what somebody types at the sign-in page.
func (s *site) credentials(t testing.TB, username, password string) url.Values {
	t.Helper()
	return url.Values{"username": {username}, "password": {password}, "code": {s.code(t, username)}}
}

// wholeSession signs somebody in whose account was just made, and sets up their phone
// where the council asks for it.
func (s *site) wholeSession(t testing.TB, username string) service.SignedIn {
	t.Helper()
	in, err := s.SignIn(t.Context(), service.Credentials{Authority: "999", Username: username, Password: password}, service.Visitor{})
	if err != nil {
		t.Fatal(err)
	}
	if !in.Actor.Unfinished {
		return in
	}
	p := s.takeOffer(t, in)
	p.last = s.now.Unix()/codeStep - 1
	in, p.codes, err = s.SetUpCode(t.Context(), in.Actor, in.Token, service.SetUp{Code: p.at(t, p.last)}, service.Visitor{})
	if err != nil {
		t.Fatal(err)
	}
	s.keepPhone(username, p)
	return in
}

func (s *site) keepPhone(username string, p *phone) {
	if s.phones == nil {
		s.phones = map[string]*phone{}
	}
	s.phones[username] = p
}

// takeOffer puts the secret that a session is offered into a phone.
func (s *site) takeOffer(t testing.TB, in service.SignedIn) *phone {
	t.Helper()
	offer, err := s.OfferApp(t.Context(), in.Actor, in.Token)
	if err != nil {
		t.Fatal(err)
	}
	return newPhone(t, offer.Text)
}

// newPhone is a phone into which somebody typed a secret.
func newPhone(t testing.TB, text string) *phone {
	t.Helper()
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ReplaceAll(text, " ", ""))
	if err != nil || len(secret) != signin.SecretBytes {
		t.Fatalf("the secret %q: %v", text, err)
	}
	return &phone{secret: secret}
}

// sessionOf is the cookie of a session.
func sessionOf(in service.SignedIn) *http.Cookie {
	return &http.Cookie{Name: "session", Value: in.Actor.Authority + "." + in.Token, HttpOnly: true}
}

// session is the session that an answer begins; nil where it begins none.
func (p page) session() *http.Cookie {
	for _, c := range (&http.Response{Header: p.Header}).Cookies() {
		if c.Name == "session" && c.Value != "" {
			return c
		}
	}
	return nil
}
