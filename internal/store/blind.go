package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// Blind is a keyed hash of a text for a purpose: 128 bits in hexadecimal.
func (db *DB) Blind(purpose, text string) string {
	h := hmac.New(sha256.New, db.keys.Derive("blind "+purpose))
	h.Write([]byte(text)) // never fails
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// SigningKey is a key for keyed hashes and signatures of signing in: codes,
// invitations and known devices. It is the same as long as the database lives.
func (db *DB) SigningKey(purpose string) []byte { return db.keys.Derive("signing in: " + purpose) }
