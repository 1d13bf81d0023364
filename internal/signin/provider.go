package signin

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Provider is a council's own sign-in service, such as Microsoft Entra ID.
type Provider struct {
	Issuer string
	Client string
	Secret string
	Claim  string // that holds the groups: "groups", or "roles" in Entra
}

// Person is whom a provider vouches for.
type Person struct {
	Subject  string // the provider's own id, which it never gives to somebody else
	Username string
	Name     string
	Groups   []string
	At       time.Time // when they proved themselves there; zero where it did not say
	Refresh  string    // a secret with which the service is asked again; empty where it gave none
}

// ErrTooManyGroups: the provider does not list the groups of somebody who is in
// very many.
var ErrTooManyGroups = errors.New("the sign-in service does not list this person's groups, because they are in too many: map app roles instead (--claim roles)")

// patience is how long a provider may take.
const patience = 10 * time.Second

// CheckProvider says what is wrong with the address of a provider, or nothing.
func CheckProvider(issuer string) error {
	u, err := url.Parse(issuer)
	switch {
	case err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "":
		return errors.New("the issuer must be an address, such as https://login.microsoftonline.com/TENANT/v2.0")
	case u.Scheme == "https":
		return nil
	case u.Scheme == "http" && isLoopback(u.Hostname()):
		return nil
	}
	return errors.New("the issuer must begin with https://")
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Exchange is one sign-in at a provider, from when the browser is sent there until
// it comes back. Its values are secrets of one browser.
type Exchange struct {
	State, nonce, verifier, back string
}

// Begin gives the address to which a browser is sent. again asks the person to
// prove themselves now, however recently they did.
func (p Provider) Begin(ctx context.Context, back string, again bool) (string, Exchange, error) {
	_, config, err := p.discover(ctx, back)
	if err != nil {
		return "", Exchange{}, err
	}
	x := Exchange{State: oauth2.GenerateVerifier(), nonce: oauth2.GenerateVerifier(), verifier: oauth2.GenerateVerifier(), back: back}
	options := []oauth2.AuthCodeOption{oidc.Nonce(x.nonce), oauth2.S256ChallengeOption(x.verifier)}
	if again {
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	return config.AuthCodeURL(x.State, options...), x, nil
}

// Finish is whom the provider vouches for. state and code came back with the browser.
func (p Provider) Finish(ctx context.Context, x Exchange, state, code string, now func() time.Time) (Person, error) {
	if subtle.ConstantTimeCompare([]byte(state), []byte(x.State)) != 1 || code == "" {
		return Person{}, fmt.Errorf("%w: another browser began this sign-in", ErrProof)
	}
	found, config, err := p.discover(ctx, x.back)
	if err != nil {
		return Person{}, err
	}
	ctx = oidc.ClientContext(ctx, &http.Client{Timeout: patience})
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(x.verifier))
	if err != nil {
		return Person{}, fmt.Errorf("%w: the sign-in service took the code back: %w", ErrProof, err)
	}
	verified, err := p.verified(ctx, found, token, now)
	if err != nil {
		return Person{}, err
	}
	if subtle.ConstantTimeCompare([]byte(verified.Nonce), []byte(x.nonce)) != 1 {
		return Person{}, fmt.Errorf("%w: the id token is an answer to another question", ErrProof)
	}
	person, err := p.person(verified)
	person.Refresh = token.RefreshToken
	return person, err
}

// verified is the id token that came with an answer of the service, checked but for its nonce.
func (p Provider) verified(ctx context.Context, found *oidc.Provider, token *oauth2.Token, now func() time.Time) (*oidc.IDToken, error) {
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return nil, fmt.Errorf("%w: the sign-in service gave no id token", ErrProof)
	}
	verified, err := found.VerifierContext(ctx, &oidc.Config{ClientID: p.Client, Now: now}).Verify(ctx, raw)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrProof, err)
	}
	return verified, nil
}

func (p Provider) discover(ctx context.Context, back string) (*oidc.Provider, oauth2.Config, error) {
	ctx = oidc.ClientContext(ctx, &http.Client{Timeout: patience})
	found, err := oidc.NewProvider(ctx, p.Issuer)
	if err != nil {
		return nil, oauth2.Config{}, fmt.Errorf("the council's sign-in service does not answer: %w", err)
	}
	return found, oauth2.Config{ClientID: p.Client, ClientSecret: p.Secret, Endpoint: found.Endpoint(), RedirectURL: back,
		Scopes: scopes(found)}, nil
}

// scopes are what is asked for: where the service offers it, also to be asked again
// while the person is not there.
func scopes(found *oidc.Provider) []string {
	list := []string{oidc.ScopeOpenID, "profile"}
	var offered struct {
		Scopes []string `json:"scopes_supported"`
	}
	if err := found.Claims(&offered); err == nil && slices.Contains(offered.Scopes, oidc.ScopeOfflineAccess) {
		list = append(list, oidc.ScopeOfflineAccess)
	}
	return list
}

func (p Provider) person(token *oidc.IDToken) (Person, error) {
	var claims map[string]any
	if err := token.Claims(&claims); err != nil {
		return Person{}, fmt.Errorf("%w: %w", ErrProof, err)
	}
	person := Person{Subject: token.Subject, Username: text(claims["preferred_username"]), Name: text(claims["name"])}
	if at, ok := claims["auth_time"].(float64); ok {
		person.At = time.Unix(int64(at), 0).UTC()
	}
	groups, listed := claims[p.Claim].([]any)
	for _, g := range groups {
		person.Groups = append(person.Groups, text(g))
	}
	if elsewhere, ok := claims["_claim_names"].(map[string]any); ok && !listed && elsewhere[p.Claim] != nil {
		return Person{}, fmt.Errorf("%w: %w", ErrProof, ErrTooManyGroups)
	}
	if person.Subject == "" {
		return Person{}, fmt.Errorf("%w: the id token names nobody", ErrProof)
	}
	return person, nil
}

func text(value any) string {
	s, _ := value.(string)
	return strings.TrimSpace(s)
}
