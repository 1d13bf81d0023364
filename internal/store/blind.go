package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
)

// Blind is a keyed hash of a text: whoever has not the keys of the database can
// neither turn it back nor try which text it is of. Texts of two purposes have
// nothing in common.
func (db *DB) Blind(purpose, text string) string {
	mac := hmac.New(sha256.New, db.keys.Derive("blind: "+purpose))
	mac.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
