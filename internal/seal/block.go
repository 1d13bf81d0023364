package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"strings"
)

// Hasher gives keyed hashes for one purpose: who does not have the key can neither
// tell what was hashed nor try what it may have been.
type Hasher struct{ key []byte }

// Hasher is a hasher for a purpose.
func (k *Keyring) Hasher(purpose string) Hasher { return Hasher{k.Derive(purpose)} }

// Hash is the keyed hash of parts, of 96 bits.
func (h Hasher) Hash(parts ...string) string {
	mac := hmac.New(sha256.New, h.key)
	mac.Write(Place{Row: parts}.bytes())
	return encoding.EncodeToString(mac.Sum(nil)[:12])
}

// Digests seals digests of 128 bits, such as what a row of a file says in short. The
// same digest is always sealed alike, so that digests can be compared; without the key
// nobody can try whose date of birth makes them.
type Digests struct{ block cipher.Block }

// Digests seals for a purpose.
func (k *Keyring) Digests(purpose string) Digests {
	block, err := aes.NewCipher(k.Derive(purpose))
	if err != nil {
		panic(err) // the key has 32 bytes
	}
	return Digests{block}
}

// digestMark begins every sealed digest.
const digestMark = "d1."

// SealedDigest tells whether a text looks like a sealed digest.
func SealedDigest(text string) bool { return strings.HasPrefix(text, digestMark) }

// Seal seals a digest in unpadded base64. One block alone is a permutation that
// nobody can tell from a random one.
func (d Digests) Seal(digest string) (string, error) {
	raw, err := encoding.DecodeString(digest)
	if err != nil || len(raw) != aes.BlockSize {
		return "", fmt.Errorf("%q is no digest of %d bytes", digest, aes.BlockSize)
	}
	d.block.Encrypt(raw, raw)
	return digestMark + encoding.EncodeToString(raw), nil
}

// Open is the digest that was sealed.
func (d Digests) Open(sealed string) (string, error) {
	text, marked := strings.CutPrefix(sealed, digestMark)
	raw, err := encoding.DecodeString(text)
	if err != nil || !marked || len(raw) != aes.BlockSize {
		return "", fmt.Errorf("%w: the digest of a row", ErrTampered)
	}
	d.block.Decrypt(raw, raw)
	return encoding.EncodeToString(raw), nil
}
