package ledger

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint says how many entries a log had and what their hash was. Kept somewhere
// else, it proves a log that was cut off or written anew to be another one.
type Checkpoint struct {
	Authority string // '' for the log of sign-ins at no authority
	Size      int64
	Root      tlog.Hash
}

// origin names a log in its checkpoints.
const origin = "stablefutures/ledger"

func originOf(authority string) string {
	if authority == "" {
		return origin
	}
	return origin + "/" + authority
}

// Sign writes a checkpoint as a signed note: three lines that a person can read and copy,
// and a signature. The same log gives the same text.
func (k *Keys) Sign(c Checkpoint) ([]byte, error) {
	text := fmt.Sprintf("%s\n%d\n%s\n", originOf(c.Authority), c.Size, base64.StdEncoding.EncodeToString(c.Root[:]))
	s, err := k.signer(c.Authority)
	if err != nil {
		return nil, err
	}
	return note.Sign(&note.Note{Text: text}, s)
}

// Errors of Open.
var (
	ErrNoCheckpoint = errors.New("this is not a checkpoint: it has three lines (the log's name, its size, its hash), an empty line and a signature")
	ErrForeign      = errors.New("this checkpoint was not signed with the key of this database: it is another database's, or was changed")
)

// Open reads a checkpoint that these keys signed.
func (k *Keys) Open(text []byte) (Checkpoint, error) {
	first, _, _ := strings.Cut(string(text), "\n")
	authority, ok := strings.CutPrefix(first, origin)
	if !ok {
		return Checkpoint{}, ErrNoCheckpoint
	}
	authority = strings.TrimPrefix(authority, "/")
	s, err := k.signer(authority)
	if err != nil {
		return Checkpoint{}, ErrNoCheckpoint
	}
	signed, err := note.Open(text, note.VerifierList(s.Verifier))
	var unverified *note.UnverifiedNoteError
	var invalid *note.InvalidSignatureError
	switch {
	case errors.As(err, &unverified), errors.As(err, &invalid):
		return Checkpoint{}, ErrForeign
	case err != nil:
		return Checkpoint{}, ErrNoCheckpoint
	}
	return parseCheckpoint(authority, signed.Text)
}

func parseCheckpoint(authority, text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[0] != originOf(authority) {
		return Checkpoint{}, ErrNoCheckpoint
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 {
		return Checkpoint{}, ErrNoCheckpoint
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return Checkpoint{}, ErrNoCheckpoint
	}
	return Checkpoint{Authority: authority, Size: size, Root: root}, nil
}

// VerifierKey is the public key of an authority's checkpoints, as text: with it anybody
// can check a checkpoint's signature, without this program.
func (k *Keys) VerifierKey(authority string) (string, error) {
	return note.NewEd25519VerifierKey(originOf(authority), k.signing.Public().(ed25519.PublicKey))
}

// signer signs in the name of one log.
type signer struct {
	note.Verifier
	key ed25519.PrivateKey
}

func (k *Keys) signer(authority string) (signer, error) {
	text, err := k.VerifierKey(authority)
	if err != nil {
		return signer{}, err
	}
	v, err := note.NewVerifier(text)
	return signer{v, k.signing}, err
}

func (s signer) Sign(msg []byte) ([]byte, error) { return ed25519.Sign(s.key, msg), nil }
