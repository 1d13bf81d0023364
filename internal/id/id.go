// Package id makes the random identifiers of rows and the references by which
// young people are known. Randomness is passed in.
package id

import (
	"encoding/base32"
	"fmt"
	"io"
)

// Source makes identifiers from a stream of random bytes. It is not safe for
// concurrent use unless its reader is (crypto/rand.Reader is).
type Source struct{ random io.Reader }

// NewSource makes identifiers from random: crypto/rand.Reader in service, a
// seeded stream for fictional data.
func NewSource(random io.Reader) Source { return Source{random} }

var lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// New is 128 random bits as 26 lower-case letters and digits. It panics where
// the machine has no randomness: nothing safe can be done then.
func (s Source) New() string {
	var b [16]byte
	s.fill(b[:])
	return lower.EncodeToString(b[:])
}

// Token is 256 random bits, for secrets such as a session's cookie.
func (s Source) Token() string {
	var b [32]byte
	s.fill(b[:])
	return lower.EncodeToString(b[:])
}

// Digits are n random decimal digits, for a code that is typed on any keyboard.
func (s Source) Digits(n int) string {
	out := make([]byte, 0, n)
	for len(out) < n {
		var b [1]byte
		s.fill(b[:])
		if b[0] < 250 { // every digit as often
			out = append(out, '0'+b[0]%10)
		}
	}
	return string(out)
}

// referenceLetters leaves out the letters and digits that are mistaken for one
// another (0 O, 1 I L, 2 Z, 5 S, 8 B, U V) and vowels that could spell a word.
const referenceLetters = "34679CDFGHJKMNPQRTWXY"

// Reference is a young person's reference: four signs, a hyphen, two signs
// (K7P4-TM). 21^6 is about 86 million, so a reference is not guessed, and it
// opens nothing by itself. The caller makes another where one is taken.
func (s Source) Reference() string {
	out := make([]byte, 0, 7)
	for len(out) < 7 {
		if len(out) == 4 {
			out = append(out, '-')
			continue
		}
		out = append(out, s.letter())
	}
	return string(out)
}

// Valid tells whether text has the form that New gives, for ids that arrive
// from a form.
func Valid(text string) bool {
	b, err := lower.DecodeString(text)
	return err == nil && len(b) == 16
}

// Known is an id that arrives from a form where it has the form that New gives; empty
// otherwise.
func Known(text string) string {
	if Valid(text) {
		return text
	}
	return ""
}

// letter draws one sign without the bias that a plain remainder would have.
func (s Source) letter() byte {
	limit := 256 - 256%len(referenceLetters)
	for {
		var b [1]byte
		s.fill(b[:])
		if int(b[0]) < limit {
			return referenceLetters[int(b[0])%len(referenceLetters)]
		}
	}
}

func (s Source) fill(b []byte) {
	if _, err := io.ReadFull(s.random, b); err != nil {
		panic(fmt.Sprintf("id: no randomness: %v", err))
	}
}
