// Package seal keeps what a thief must not read: the master key that comes from
// outside the database, the keys that it wraps, and the sealing of single columns.
//
// It knows bytes and names of columns. SQL, records and who may read them do not
// belong here.
package seal

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead/subtle"
)

// masterBytes is the length of a master key: AES-256.
const masterBytes = 32

// Master wraps the keys that the database holds. It is never kept in the database;
// without it nothing sealed can be read, by anybody.
type Master struct{ aead *subtle.AESGCM }

// NewMaster is a master key of 32 bytes.
func NewMaster(key []byte) (Master, error) {
	if len(key) != masterBytes {
		return Master{}, fmt.Errorf("a master key has %d bytes, this one has %d", masterBytes, len(key))
	}
	aead, err := subtle.NewAESGCM(key)
	return Master{aead}, err
}

// OpenMaster reads the master key from where spec says:
//
//	file:PATH        a file that its owner alone may read
//	env:NAME         an environment variable
//	command:PROGRAM  what a program prints, such as one that asks a key store
//
// each holding the 32 bytes in base64.
func OpenMaster(ctx context.Context, spec string) (Master, error) {
	how, where, _ := strings.Cut(spec, ":")
	var text string
	switch how {
	case "file":
		data, err := readOwn(where)
		if err != nil {
			return Master{}, err
		}
		text = string(data)
	case "env":
		if text = os.Getenv(where); text == "" {
			return Master{}, fmt.Errorf("the master key is to be in the environment variable %s, which is empty", where)
		}
	case "command":
		out, err := exec.CommandContext(ctx, "/bin/sh", "-c", where).Output()
		if err != nil {
			return Master{}, fmt.Errorf("the command that gives the master key failed: %w", err)
		}
		text = string(out)
	default:
		return Master{}, fmt.Errorf("the master key is named by file:PATH, env:NAME or command:PROGRAM, not by %q", how)
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(key) != masterBytes {
		return Master{}, fmt.Errorf("the master key from %s is not 32 bytes in base64: `stablefutures keys new` makes one", how)
	}
	return NewMaster(key)
}

// readOwn reads a file that nobody but its owner may read.
func readOwn(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no master key at %s: put it back from where you keep its copy. Without it nothing sealed can be read", path)
	}
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("others than its owner may read the master key %s: run chmod 600 on it, and think about who has read it", path)
	}
	return os.ReadFile(path)
}

// NewMasterText is a fresh master key as OpenMaster reads it.
func NewMasterText() string {
	key := make([]byte, masterBytes)
	rand.Read(key) // never fails
	return base64.StdEncoding.EncodeToString(key)
}

// MakeMasterFile writes a fresh master key to a file that does not exist yet.
func MakeMasterFile(path string) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("make the master key: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.WriteString(NewMasterText() + "\n"); err != nil {
		return err
	}
	return f.Sync()
}
