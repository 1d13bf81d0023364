package store

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"stablefutures/internal/seal"
)

// sealSecret seals bytes that the program shares with somebody. They are written in
// base64 first, because any column holds text.
func (tx *Tx) sealSecret(of seal.Owner, at seal.Place, secret []byte) (string, error) {
	return tx.sealText(of, at, base64.RawStdEncoding.EncodeToString(secret))
}

// openSecret opens what sealSecret sealed.
func (tx *Tx) openSecret(of seal.Owner, at seal.Place, sealed string) ([]byte, error) {
	text, err := tx.openText(of, at, sealed)
	if err != nil {
		return nil, err
	}
	secret, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("%w: %s holds no secret", ErrTampered, at)
	}
	return secret, nil
}

// sealSecretAnew seals as everything else a secret that an earlier version sealed in a way of
// its own. What does not open as that version wrote it stays as it is: the database opens
// all the same, and whoever needs the secret is told that it was changed.
func (tx *Tx) sealSecretAnew(of seal.Owner, at seal.Place, value string) (string, error) {
	secret, err := tx.openEarlierSecret(at, value)
	if err != nil {
		return value, nil
	}
	return tx.sealSecret(of, at, secret)
}

// openEarlierSecret opens a secret as it was sealed up to version 13 of the schema: under one key
// for all of them, for its table, column and row.
func (tx *Tx) openEarlierSecret(at seal.Place, value string) ([]byte, error) {
	block, err := aes.NewCipher(tx.db.keys.Derive("totp"))
	if err != nil {
		return nil, err
	}
	box, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	text, err := base64.RawStdEncoding.DecodeString(value)
	if err != nil || len(text) < box.NonceSize() {
		return nil, ErrTampered
	}
	about := at.Table + "." + at.Column + " " + strings.Join(slices.Compact(append([]string{at.Authority}, at.Row...)), "/")
	return box.Open(nil, text[:box.NonceSize()], text[box.NonceSize():], []byte(about))
}
