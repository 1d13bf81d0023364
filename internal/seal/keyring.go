package seal

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
)

// Keyring are the keys of one database. Wrapped by the master key they are kept in
// it; open they are in memory alone.
type Keyring struct {
	root []byte // what Derive derives from; it is never changed, see Derive
}

// kept is a keyring before it is wrapped.
type kept struct {
	Root []byte `json:"root"`
}

// rootBytes is the length of the secret that keys are derived from.
const rootBytes = 32

// wrapFor is the associated data of a wrapped keyring.
var wrapFor = []byte("keyring")

// NewKeyring makes fresh keys.
func NewKeyring() *Keyring {
	root := make([]byte, rootBytes)
	rand.Read(root) // never fails
	return &Keyring{root: root}
}

// Wrap is the keyring as the database keeps it.
func (k *Keyring) Wrap(m Master) ([]byte, error) {
	open, err := json.Marshal(kept{Root: k.root})
	if err != nil {
		return nil, err
	}
	return m.aead.Encrypt(open, wrapFor)
}

// ErrMaster: the keys of this database were wrapped by another master key.
var ErrMaster = errors.New("this master key does not open this database: it was made with another one")

// Unwrap opens a kept keyring.
func Unwrap(m Master, wrapped []byte) (*Keyring, error) {
	open, err := m.aead.Decrypt(wrapped, wrapFor)
	if err != nil {
		return nil, ErrMaster
	}
	var k kept
	if err := json.Unmarshal(open, &k); err != nil || len(k.Root) != rootBytes {
		return nil, fmt.Errorf("the keys of this database cannot be read: %w", err)
	}
	return &Keyring{root: k.Root}, nil
}

// Derive is a key of 32 bytes for a purpose: a keyed hash, a signing seed. It is the
// same as long as the database lives, so that what was hashed or signed can be
// checked after every rotation.
func (k *Keyring) Derive(purpose string) []byte {
	key, err := hkdf.Key(sha256.New, k.root, nil, purpose, 32)
	if err != nil {
		panic(err) // the length is one that SHA-256 can give
	}
	return key
}
