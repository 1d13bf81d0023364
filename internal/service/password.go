package service

import (
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// Cost of a password: 19 MiB, two passes, one lane, as OWASP's Password Storage
// Cheat Sheet gives for argon2id; about 20 ms.
const (
	argonTime    = 2
	argonMemory  = 19 * 1024
	argonThreads = 1
	argonKey     = 32
)

// atOnce is how many passwords are worked out at one time, so that a crowd of
// sign-ins takes time and not all the memory: 19 MiB each.
var atOnce = make(chan struct{}, 4)

func derive(password string, salt []byte, time, memory uint32, threads uint8, length uint32) []byte {
	atOnce <- struct{}{}
	defer func() { <-atOnce }()
	return argon2.IDKey([]byte(password), salt, time, memory, threads, length)
}

// MinPassword and MaxPassword bound a password's length in characters: long
// enough to resist guessing, short enough that hashing cannot be abused.
const (
	MinPassword = 12
	MaxPassword = 200
)

// hashPassword is a password as it is kept, in the PHC string format.
func (s *Service) hashPassword(password string) string {
	salt := []byte(s.ids.New()) // 128 random bits as letters and digits
	key := derive(password, salt, argonTime, argonMemory, argonThreads, argonKey)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

var errPasswordForm = errors.New("a stored password is not in the form that this program writes")

// passwordIs tells whether password is the one that was kept. It takes the same
// time for a right and a wrong one.
func passwordIs(kept, password string) (bool, error) {
	parts := strings.Split(kept, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, errPasswordForm
	}
	var memory, time uint32
	var threads uint8
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &time, &threads); err != nil {
		return false, errPasswordForm
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, errPasswordForm
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, errPasswordForm
	}
	got := derive(password, salt, time, memory, threads, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

// checkPassword says what is wrong with a new password, or nothing.
func checkPassword(field, password, username string) Invalid {
	n := utf8.RuneCountInString(password)
	switch {
	case n < MinPassword:
		return Invalid{{field, fmt.Sprintf("The password must have at least %d characters. Three words that do not belong together are a good one.", MinPassword)}}
	case n > MaxPassword:
		return Invalid{{field, fmt.Sprintf("The password must have at most %d characters.", MaxPassword)}}
	case username != "" && strings.Contains(strings.ToLower(password), strings.ToLower(username)):
		return Invalid{{field, "The password must not hold the username."}}
	}
	return nil
}
