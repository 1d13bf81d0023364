package seal

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/tink-crypto/tink-go/v2/aead/subtle"
)

// Errors that callers tell apart.
var (
	// ErrErased: the key of this person was destroyed. What was sealed under it can
	// be read by nobody, and nothing more can be sealed under it.
	ErrErased = errors.New("this person was erased")
	// ErrTampered: a sealed value was changed, or put where it does not belong.
	ErrTampered = errors.New("a sealed value was changed or moved past the program")
	// ErrUnknownKey: the keyring that is open does not have the key that wrapped this.
	ErrUnknownKey = errors.New("the keyring has no such key")
)

// Owner is whose a data key is: a child of an authority, or, where Child is empty,
// the authority itself, for what is about no child.
type Owner struct{ Authority, Child string }

// Place is where a sealed value stands. A value that is read at another place than it
// was sealed for does not open.
type Place struct {
	Table, Column string
	Authority     string
	Row           []string // the rest of the row's key
}

// String names the place for an error; keys hold ids and days alone.
func (p Place) String() string {
	return fmt.Sprintf("%s.%s of %s", p.Table, p.Column, strings.Join(append([]string{p.Authority}, p.Row...), "/"))
}

// bytes are the associated data: each part behind its length, so that no two places
// are the same bytes.
func (p Place) bytes() []byte {
	out := make([]byte, 0, 128)
	for _, part := range append([]string{p.Table, p.Column, p.Authority}, p.Row...) {
		out = binary.BigEndian.AppendUint16(out, uint16(len(part)))
		out = append(out, part...)
	}
	return out
}

// DataKey seals the columns of one owner.
type DataKey struct{ aead *subtle.AESGCM }

// dataKeyBytes is the length of a data key: AES-256.
const dataKeyBytes = 32

// mark begins every sealed value.
const mark = "s1."

var encoding = base64.RawURLEncoding

// Sealed tells whether a text looks like a sealed value.
func Sealed(text string) bool { return strings.HasPrefix(text, mark) }

// Seal is a text sealed for its place. An empty text stays empty: that there is
// nothing is no secret, and is asked for often.
func (k DataKey) Seal(p Place, text string) string {
	if text == "" {
		return ""
	}
	sealed, err := k.aead.Encrypt([]byte(text), p.bytes())
	if err != nil {
		panic(err) // only a text of many gigabytes is refused
	}
	return mark + encoding.EncodeToString(sealed)
}

// Open is what was sealed for a place; ErrTampered for anything else.
func (k DataKey) Open(p Place, sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	text, marked := strings.CutPrefix(sealed, mark)
	raw, err := encoding.DecodeString(text)
	if err == nil && marked {
		var open []byte
		if open, err = k.aead.Decrypt(raw, p.bytes()); err == nil {
			return string(open), nil
		}
	}
	return "", fmt.Errorf("%w: %s. Compare the row with a backup, and look into who can reach the database", ErrTampered, p)
}

// NewDataKey is a fresh data key, and the same as it is kept.
func (k *Keyring) NewDataKey(of Owner) (DataKey, string, error) {
	raw := make([]byte, dataKeyBytes)
	rand.Read(raw) // never fails
	wrapped, err := k.wrap(of, raw)
	if err != nil {
		return DataKey{}, "", err
	}
	key, err := newDataKey(raw)
	if err == nil {
		k.opened.put(of, wrapped, key)
	}
	return key, wrapped, err
}

// OpenDataKey opens a kept data key.
func (k *Keyring) OpenDataKey(of Owner, wrapped string) (DataKey, error) {
	if wrapped == "" {
		return DataKey{}, ErrErased
	}
	if key, ok := k.opened.get(of, wrapped); ok {
		return key, nil
	}
	raw, err := k.unwrap(of, wrapped)
	if err != nil {
		return DataKey{}, err
	}
	key, err := newDataKey(raw)
	if err == nil {
		k.opened.put(of, wrapped, key)
	}
	return key, err
}

// Rewrap is a kept data key under the key that wraps now.
func (k *Keyring) Rewrap(of Owner, wrapped string) (string, error) {
	raw, err := k.unwrap(of, wrapped)
	if err != nil {
		return "", err
	}
	return k.wrap(of, raw)
}

// Held is how many open data keys are in memory.
func (k *Keyring) Held() int {
	k.opened.mu.Lock()
	defer k.opened.mu.Unlock()
	return len(k.opened.young) + len(k.opened.grey)
}

func newDataKey(raw []byte) (DataKey, error) {
	primitive, err := subtle.NewAESGCM(raw)
	return DataKey{primitive}, err
}

func (o Owner) bytes() []byte {
	return Place{Table: "data_key", Column: "wrapped", Authority: o.Authority, Row: []string{o.Child}}.bytes()
}

func (k *Keyring) wrap(of Owner, raw []byte) (string, error) {
	wrapped, err := k.aead.Encrypt(raw, of.bytes())
	if err != nil {
		return "", fmt.Errorf("wrap a data key: %w", err)
	}
	return encoding.EncodeToString(wrapped), nil
}

func (k *Keyring) unwrap(of Owner, wrapped string) ([]byte, error) {
	raw, err := encoding.DecodeString(wrapped)
	if err == nil && len(raw) > 5 {
		// The library begins each ciphertext with a byte of its own and the key's id.
		if id := keyID(binary.BigEndian.Uint32(raw[1:5])); !slices.Contains(k.ids, id) {
			return nil, ErrUnknownKey
		}
		raw, err = k.aead.Decrypt(raw, of.bytes())
	}
	if err != nil || len(raw) != dataKeyBytes {
		return nil, fmt.Errorf("%w: the data key of %s/%s. Restore it from a backup", ErrTampered, of.Authority, of.Child)
	}
	return raw, nil
}

// mostOpen bounds how many data keys one generation of the cache holds: with two
// generations and about a kilobyte a key, 16 MB.
const mostOpen = 8192

// cache holds data keys that were opened, by whose they are and how they are kept. The
// kept form is asked of the database each time, so that a destroyed key is not found
// here by mistake.
type cache struct {
	mu          sync.Mutex
	young, grey map[cacheKey]DataKey // what is not asked for in a whole generation is dropped
}

type cacheKey struct {
	of      Owner
	wrapped string
}

func newCache() *cache { return &cache{young: map[cacheKey]DataKey{}} }

func (c *cache) get(of Owner, wrapped string) (DataKey, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := cacheKey{of, wrapped}
	if key, ok := c.young[at]; ok {
		return key, true
	}
	key, ok := c.grey[at]
	if ok {
		c.add(at, key)
	}
	return key, ok
}

func (c *cache) put(of Owner, wrapped string, key DataKey) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(cacheKey{of, wrapped}, key)
}

func (c *cache) add(at cacheKey, key DataKey) {
	if len(c.young) >= mostOpen {
		c.young, c.grey = make(map[cacheKey]DataKey, mostOpen), c.young
	}
	c.young[at] = key
}
