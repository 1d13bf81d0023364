package cell

import (
	"strings"
	"unicode"
)

// Misread mends apostrophes and dashes that went through the wrong encoding once.
func Misread(s string) string { return misread.Replace(s) }

var misread = strings.NewReplacer("â€™", "'", "â€˜", "'", "â€“", "-", "\u00a0", " ", "\ufeff", "")

// Fold is a text as words alone: lower case, letters and digits, one space
// between them. Apostrophes vanish, so that "child's" and "childs" are the same
// word; "&" and "+" are "and".
func Fold(s string) string {
	s = strings.ToLower(misread.Replace(s))
	var b strings.Builder
	b.Grow(len(s))
	space := false
	word := func(text string) {
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteString(text)
	}
	for _, c := range s {
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			word(string(c))
		case c == '\'' || c == '’' || c == '‘' || c == '`' || c == '\uFFFD':
		case c == '&' || c == '+':
			space = true
			word("and")
			space = true
		default:
			space = true
		}
	}
	return b.String()
}
