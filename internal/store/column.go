package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
)

// errSealed: what stands in a sealed column was not sealed for this row, or was changed.
var errSealed = errors.New("a sealed column cannot be opened: it was changed, or moved from another row")

// sealColumn seals a secret for one column of one row: about names table, column and
// row, and without the same about it is not opened.
func (db *DB) sealColumn(about string, secret []byte) (string, error) {
	box, err := db.columnBox()
	if err != nil {
		return "", err
	}
	nonce := make([]byte, box.NonceSize())
	rand.Read(nonce) // never fails
	return base64.RawStdEncoding.EncodeToString(box.Seal(nonce, nonce, secret, []byte(about))), nil
}

// openColumn opens what sealColumn sealed.
func (db *DB) openColumn(about, sealed string) ([]byte, error) {
	box, err := db.columnBox()
	if err != nil {
		return nil, err
	}
	text, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil || len(text) < box.NonceSize() {
		return nil, errSealed
	}
	secret, err := box.Open(nil, text[:box.NonceSize()], text[box.NonceSize():], []byte(about))
	if err != nil {
		return nil, errSealed
	}
	return secret, nil
}

func (db *DB) columnBox() (cipher.AEAD, error) {
	block, err := aes.NewCipher(db.keys.Derive("totp"))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// SigningKey is a key for keyed hashes and signatures of signing in: codes,
// invitations and known devices. It is the same as long as the database lives.
func (db *DB) SigningKey(purpose string) []byte { return db.keys.Derive("signing in: " + purpose) }
