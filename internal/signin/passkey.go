package signin

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// Passkey is what is kept of a passkey: nothing secret.
type Passkey struct {
	ID             []byte
	Public         []byte
	Count          uint32 // of its uses, as it told last; some always tell zero
	BackupEligible bool   // it may live on several devices of its owner
}

// ErrNoPasskeys: the pages are reached by a number, to which no passkey can belong.
var ErrNoPasskeys = errors.New("passkeys need an address with a name: reach the pages by one, and say it with --address")

// Site is where the pages are, as the browser sees it: passkeys belong to it.
type Site struct {
	Address string // scheme and host, such as https://futures.example
	Name    string
}

// TakesPasskeys tells whether passkeys can belong to the site: they belong to a name,
// never to the number of a machine.
func (s Site) TakesPasskeys() bool {
	address, err := url.Parse(s.Address)
	return err == nil && address.Hostname() != "" && net.ParseIP(address.Hostname()) == nil
}

// Challenge is what a browser was asked, and has to be shown when it answers.
type Challenge struct{ session webauthn.SessionData }

// keyUser is somebody with passkeys, as the library asks for them.
type keyUser struct {
	handle         []byte
	name, username string
	keys           []Passkey
}

func (u keyUser) WebAuthnID() []byte          { return u.handle }
func (u keyUser) WebAuthnName() string        { return u.username }
func (u keyUser) WebAuthnDisplayName() string { return u.name }
func (u keyUser) WebAuthnCredentials() []webauthn.Credential {
	var list []webauthn.Credential
	for _, k := range u.keys {
		list = append(list, webauthn.Credential{ID: k.ID, PublicKey: k.Public,
			Flags: webauthn.CredentialFlags{BackupEligible: k.BackupEligible}, Authenticator: webauthn.Authenticator{SignCount: k.Count}})
	}
	return list
}

// library is the WebAuthn library for a site. The owner of a passkey proves
// themselves to it (a finger, a face, a PIN): it stands for two factors.
func (s Site) library() (*webauthn.WebAuthn, error) {
	address, err := url.Parse(s.Address)
	if err != nil || !s.TakesPasskeys() {
		return nil, ErrNoPasskeys
	}
	return webauthn.New(&webauthn.Config{RPID: address.Hostname(), RPDisplayName: s.Name, RPOrigins: []string{s.Address},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired,
			UserVerification: protocol.VerificationRequired}})
}

// AskForPasskey begins to sign somebody in: whoever they are, their browser offers
// the passkeys that it has for the site. It gives what the browser is asked, as JSON.
func (s Site) AskForPasskey() (json.RawMessage, Challenge, error) {
	library, err := s.library()
	if err != nil {
		return nil, Challenge{}, err
	}
	asked, session, err := library.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, Challenge{}, err
	}
	text, err := json.Marshal(asked.Response)
	return text, Challenge{*session}, err
}

// CheckPasskey is which passkey answered, with the count that it told. find gives
// the passkeys of whoever the answer says it is; what it says is believed only
// where one of them signed it.
func (s Site) CheckPasskey(c Challenge, answer []byte, find func(handle []byte) ([]Passkey, error)) (Passkey, error) {
	library, err := s.library()
	if err != nil {
		return Passkey{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return Passkey{}, fmt.Errorf("%w: %w", ErrProof, err)
	}
	var failed error
	_, used, err := library.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		keys, err := find(handle)
		if err != nil && !errors.Is(err, ErrProof) {
			failed = err
		}
		return keyUser{handle: handle, keys: keys}, err
	}, c.session, parsed)
	switch {
	case failed != nil:
		return Passkey{}, failed
	case err != nil:
		return Passkey{}, fmt.Errorf("%w: %w", ErrProof, err)
	case used.Authenticator.CloneWarning:
		return Passkey{}, fmt.Errorf("%w: the passkey counted backwards: there is a copy of it", ErrProof)
	}
	return Passkey{ID: used.ID, Public: used.PublicKey, Count: used.Authenticator.SignCount, BackupEligible: used.Flags.BackupEligible}, nil
}

// AskForNewPasskey begins to add a passkey for somebody; those that they have are
// not offered again. handle names the account and nobody's name.
func (s Site) AskForNewPasskey(handle []byte, name, username string, have []Passkey) (json.RawMessage, Challenge, error) {
	library, err := s.library()
	if err != nil {
		return nil, Challenge{}, err
	}
	user := keyUser{handle: handle, name: name, username: username, keys: have}
	asked, session, err := library.BeginRegistration(user, webauthn.WithExclusions(webauthn.Credentials(user.WebAuthnCredentials()).CredentialDescriptors()))
	if err != nil {
		return nil, Challenge{}, err
	}
	text, err := json.Marshal(asked.Response)
	return text, Challenge{*session}, err
}

// NewPasskey is the passkey that a browser made.
func (s Site) NewPasskey(c Challenge, handle, answer []byte) (Passkey, error) {
	library, err := s.library()
	if err != nil {
		return Passkey{}, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return Passkey{}, fmt.Errorf("%w: %w", ErrProof, err)
	}
	made, err := library.CreateCredential(keyUser{handle: handle}, c.session, parsed)
	if err != nil {
		return Passkey{}, fmt.Errorf("%w: %w", ErrProof, err)
	}
	return Passkey{ID: made.ID, Public: made.PublicKey, Count: made.Authenticator.SignCount, BackupEligible: made.Flags.BackupEligible}, nil
}
