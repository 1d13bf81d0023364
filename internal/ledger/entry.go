// Package ledger holds what makes the log of an authority tamper-evident: the bytes of
// an entry, its seal, the hash tree over all entries, signed checkpoints, and the check
// of a whole log, entry by entry.
//
// It is arithmetic on what it is given. Where entries are kept, who may read them and
// how a checkpoint leaves the machine do not belong here.
package ledger

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash"

	"golang.org/x/mod/sumdb/tlog"
)

// Entry is one entry of an authority's log, every field as it is kept.
type Entry struct {
	Authority string
	N         int64 // position, from 0
	ID        string
	At        string
	Account   string
	Act       string
	Subject   string
	SubjectID string
	Detail    string
}

// form names the form of an entry's bytes, so that another form cannot be taken for it.
const form = "stablefutures entry 1\n"

// append adds the bytes of the entry to b: every field behind its length, so that no two
// entries have the same bytes.
func (e Entry) append(b []byte) []byte {
	b = append(b, form...)
	b = binary.BigEndian.AppendUint64(b, uint64(e.N))
	for _, field := range [...]string{e.Authority, e.ID, e.At, e.Account, e.Act, e.Subject, e.SubjectID, e.Detail} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(field)))
		b = append(b, field...)
	}
	return b
}

// Keys seal entries and sign checkpoints. They are derived from the keys of one
// database and never change, so that an old entry can be checked for ever.
type Keys struct {
	entry   []byte
	signing ed25519.PrivateKey
}

// NewKeys takes a key for entries and a seed for signatures, of 32 bytes each.
func NewKeys(entry, seed []byte) *Keys {
	return &Keys{entry: entry, signing: ed25519.NewKeyFromSeed(seed)}
}

// Sealed is an entry as the log holds it.
type Sealed struct {
	Entry
	MAC    string // over the entry, in base64: without the key nobody can make it
	Hashes string // those of the tree that this entry completed, in base64, one after another
}

// Append seals an entry at the end of a tree, which grows by it.
func (k *Keys) Append(tree *Tree, e Entry) Sealed {
	e.N = tree.Size
	mac, leaf := newSealer(k.entry).seal(e)
	return Sealed{Entry: e, MAC: base64.StdEncoding.EncodeToString(mac), Hashes: hashText(tree.append(leaf))}
}

// sealer works out seals one after another without making anew what it needs.
type sealer struct {
	mac hash.Hash
	buf []byte
}

func newSealer(key []byte) *sealer { return &sealer{mac: hmac.New(sha256.New, key)} }

// seal is the seal of an entry, and the leaf of the tree: the hash of both together.
// mac is good until the next call.
func (s *sealer) seal(e Entry) (mac []byte, leaf tlog.Hash) {
	s.buf = e.append(s.buf[:0])
	s.mac.Reset()
	s.mac.Write(s.buf) // never fails
	end := len(s.buf)
	s.buf = s.mac.Sum(s.buf)
	return s.buf[end:], tlog.RecordHash(s.buf)
}

// hashText writes hashes one after another.
func hashText(hashes []tlog.Hash) string {
	flat := make([]byte, 0, len(hashes)*tlog.HashSize)
	for _, h := range hashes {
		flat = append(flat, h[:]...)
	}
	return base64.StdEncoding.EncodeToString(flat)
}

// parseHashes reads what hashText wrote, and no other spelling of it.
func parseHashes(text string) ([]tlog.Hash, error) {
	flat, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(flat)%tlog.HashSize != 0 {
		return nil, fmt.Errorf("no list of hashes: %q", text)
	}
	hashes := make([]tlog.Hash, len(flat)/tlog.HashSize)
	for i := range hashes {
		copy(hashes[i][:], flat[i*tlog.HashSize:])
	}
	if hashText(hashes) != text {
		return nil, fmt.Errorf("no list of hashes as it is kept: %q", text)
	}
	return hashes, nil
}
