package backup

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"filippo.io/age"
)

// Recipients reads public keys, one a line. A secret one is refused without being
// repeated: it does not belong on a machine that only makes backups.
func Recipients(text string) ([]age.Recipient, error) {
	if strings.Contains(strings.ToUpper(text), "AGE-SECRET-KEY-") {
		return nil, errors.New("this is a secret identity and not a recipient: keep it off this machine, and give the public key that belongs to it, which begins with age1")
	}
	list, err := age.ParseRecipients(strings.NewReader(text))
	if err != nil {
		return nil, errors.New("a recipient is a public key of age, which begins with age1: `stablefutures backup key` makes one with its identity")
	}
	if _, err := age.Encrypt(io.Discard, list...); err != nil {
		return nil, errors.New("these recipients do not go together: one that begins with age1pq1 stands against computers to come, and the others would undo that. Use recipients of one kind")
	}
	return list, nil
}

// Identities reads a file of secret keys, which nobody but its owner may read.
func Identities(path string) (list []age.Identity, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the identity: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("others than its owner may read the identity %s: run chmod 600 on it, and think about who has read it", path)
	}
	if list, err = age.ParseIdentities(f); err != nil {
		return nil, fmt.Errorf("%s holds no identity of age: it is the file that `stablefutures backup key` or age-keygen wrote", path)
	}
	return list, nil
}

// NewIdentity makes a key pair that stands against computers to come as well: what
// is copied today may be tried for as long as the children live. secret is what an
// identity file holds.
func NewIdentity() (secret string, identity age.Identity, recipient age.Recipient, err error) {
	made, err := age.GenerateHybridIdentity()
	if err != nil {
		return "", nil, nil, err
	}
	public := made.Recipient()
	return fmt.Sprintf("# public key: %s\n%s\n", public, made), made, public, nil
}

// RecipientsOf are the public keys of identities.
func RecipientsOf(identities []age.Identity) (list []age.Recipient) {
	for _, i := range identities {
		switch i := i.(type) {
		case *age.HybridIdentity:
			list = append(list, i.Recipient())
		case *age.X25519Identity:
			list = append(list, i.Recipient())
		}
	}
	return list
}
