package cell

import "strings"

// UPN tells a unique pupil number: 13 capitals and figures. It says nothing of the
// check letter, because councils' files hold old ones.
func UPN(s string) bool {
	return len(s) == 13 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == "" && strings.ContainsAny(s, "0123456789")
}

// How a pupil's number written in small letters is told, because the number itself
// stands in no report.
const (
	SmallLetters = "(in small letters)"
	Capitals     = "(the same in capitals)"
)
