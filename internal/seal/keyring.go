package seal

import (
	"bytes"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Keyring are the keys of one database. Wrapped by the master key they are kept in
// it; open they are in memory alone. A Keyring does not change: Rotate and Without
// give another one.
type Keyring struct {
	root   []byte         // what Derive derives from; it is never changed, see Derive
	keyset *keyset.Handle // wraps data keys; the primary wraps new ones
	aead   tink.AEAD      // of keyset
	ids    []string       // the keys of keyset
	opened *cache         // data keys that are open; later keyrings of the database share it
}

// kept is a keyring before it is wrapped.
type kept struct {
	Root   []byte `json:"root"`
	Keyset []byte `json:"keyset,omitempty"`
}

// rootBytes is the length of the secret that keys are derived from.
const rootBytes = 32

// wrapFor is the associated data of a wrapped keyring.
var wrapFor = []byte("keyring")

// NewKeyring makes fresh keys.
func NewKeyring() (*Keyring, error) {
	root := make([]byte, rootBytes)
	rand.Read(root) // never fails
	return (&Keyring{root: root, opened: newCache()}).Rotate()
}

// Wrap is the keyring as the database keeps it.
func (k *Keyring) Wrap(m Master) ([]byte, error) {
	var keys bytes.Buffer
	// The cleartext is wrapped by the master key in the next step.
	if err := insecurecleartextkeyset.Write(k.keyset, keyset.NewBinaryWriter(&keys)); err != nil {
		return nil, fmt.Errorf("write the keyset: %w", err)
	}
	open, err := json.Marshal(kept{Root: k.root, Keyset: keys.Bytes()})
	if err != nil {
		return nil, err
	}
	return m.aead.Encrypt(open, wrapFor)
}

// ErrMaster: the keys of this database were wrapped by another master key.
var ErrMaster = errors.New("this master key does not open this database: it was made with another one")

// Unwrap opens a kept keyring. whole is false for one that was kept before there was
// a keyset in it: it has a fresh one now, and is to be kept anew before it is used.
func Unwrap(m Master, wrapped []byte) (k *Keyring, whole bool, err error) {
	open, err := m.aead.Decrypt(wrapped, wrapFor)
	if err != nil {
		return nil, false, ErrMaster
	}
	var held kept
	if err := json.Unmarshal(open, &held); err != nil || len(held.Root) != rootBytes {
		return nil, false, errors.Join(errors.New("the keys of this database cannot be read: restore them from a backup"), err)
	}
	k = &Keyring{root: held.Root, opened: newCache()}
	if len(held.Keyset) == 0 {
		k, err = k.Rotate()
		return k, false, err
	}
	handle, err := insecurecleartextkeyset.Read(keyset.NewBinaryReader(bytes.NewReader(held.Keyset)))
	if err != nil {
		return nil, false, fmt.Errorf("the keys of this database cannot be read: %w", err)
	}
	k, err = k.with(handle)
	return k, true, err
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

// with is the keyring with another keyset.
func (k *Keyring) with(handle *keyset.Handle) (*Keyring, error) {
	primitive, err := aead.New(handle)
	if err != nil {
		return nil, fmt.Errorf("open the keyset: %w", err)
	}
	next := &Keyring{root: k.root, keyset: handle, aead: primitive, opened: k.opened}
	for _, info := range handle.KeysetInfo().GetKeyInfo() {
		next.ids = append(next.ids, keyID(info.GetKeyId()))
	}
	return next, nil
}

// Rotate is the keyring with a fresh key that wraps from now on. The others still open
// what they wrapped.
func (k *Keyring) Rotate() (*Keyring, error) {
	manager := keyset.NewManager()
	if k.keyset != nil {
		manager = keyset.NewManagerFromHandle(k.keyset)
	}
	id, err := manager.Add(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	if err := manager.SetPrimary(id); err != nil {
		return nil, err
	}
	return k.from(manager)
}

// Without is the keyring without keys that wrap nothing any more. The primary stays.
func (k *Keyring) Without(ids []string) (*Keyring, error) {
	manager := keyset.NewManagerFromHandle(k.keyset)
	for _, info := range k.keyset.KeysetInfo().GetKeyInfo() {
		if id := keyID(info.GetKeyId()); id != k.Primary() && slices.Contains(ids, id) {
			if err := manager.Delete(info.GetKeyId()); err != nil {
				return nil, err
			}
		}
	}
	return k.from(manager)
}

func (k *Keyring) from(manager *keyset.Manager) (*Keyring, error) {
	handle, err := manager.Handle()
	if err != nil {
		return nil, err
	}
	return k.with(handle)
}

// Primary is the id of the key that wraps now.
func (k *Keyring) Primary() string { return keyID(k.keyset.KeysetInfo().GetPrimaryKeyId()) }

// IDs are the ids of all keys, old ones included.
func (k *Keyring) IDs() []string { return k.ids }

// Inherit makes k use the data keys that an earlier keyring of the same database opened.
func (k *Keyring) Inherit(earlier *Keyring) { k.opened = earlier.opened }

func keyID(n uint32) string { return strconv.FormatUint(uint64(n), 10) }
