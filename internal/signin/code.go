package signin

import (
	"bytes"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"image/png"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

// step is how long a code of an app holds: RFC 6238, as every app does it.
const step = 30

// SecretBytes is the length of the secret that an app and the program share.
const SecretBytes = 20

var plainBase32 = base32.StdEncoding.WithPadding(base32.NoPadding)

// SecretText is a secret as people type it into an app, in groups of four.
func SecretText(secret []byte) string {
	var groups []string
	for text := plainBase32.EncodeToString(secret); text != ""; text = text[min(4, len(text)):] {
		groups = append(groups, text[:min(4, len(text))])
	}
	return strings.Join(groups, " ")
}

// CodeAt is the code that an app with this secret shows at a moment.
func CodeAt(secret []byte, at time.Time) (string, error) { return codeOf(secret, at.Unix()/step) }

func codeOf(secret []byte, number int64) (string, error) {
	return hotp.GenerateCodeCustom(plainBase32.EncodeToString(secret), uint64(number), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
}

// CodeStep is the step of time to which a code belongs: the one of now, the one
// before or the one after, for clocks that differ. ok is false where it belongs to
// none, or to none after last: a code is good once. It looks at all three always,
// so that its time tells nothing.
func CodeStep(secret []byte, code string, now time.Time, last int64) (number int64, ok bool) {
	code = Digits(code)
	for n := now.Unix()/step - 1; n <= now.Unix()/step+1; n++ {
		right, err := codeOf(secret, n)
		if err == nil && subtle.ConstantTimeCompare([]byte(right), []byte(code)) == 1 && n > last {
			number, ok = n, true
		}
	}
	return number, ok
}

// Digits is a code without the spaces that people put in it.
func Digits(code string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\u00a0' {
			return -1
		}
		return r
	}, code)
}

// AppPicture is a secret as a picture that an app reads, with the name under which
// it stands there.
func AppPicture(secret []byte, council, username string) ([]byte, error) {
	address := url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + council + ":" + username,
		RawQuery: "secret=" + plainBase32.EncodeToString(secret) + "&issuer=" + url.PathEscape(council)}
	key, err := otp.NewKeyFromURL(address.String())
	if err != nil {
		return nil, fmt.Errorf("draw the secret of an app: %w", err)
	}
	picture, err := key.Image(240, 240)
	if err != nil {
		return nil, fmt.Errorf("draw the secret of an app: %w", err)
	}
	var out bytes.Buffer
	err = png.Encode(&out, picture)
	return out.Bytes(), err
}
