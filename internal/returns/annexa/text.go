package annexa

import (
	"strings"
	"unicode"
)

// misread are apostrophes and dashes that went through the wrong encoding once.
var misread = strings.NewReplacer("â€™", "'", "â€˜", "'", "â€“", "-", "\u00a0", " ", "\ufeff", "")

// fold is a text as words alone: lower case, letters and digits, one space
// between them. Apostrophes vanish, so that "child's" and "childs" are the same
// word; "&" and "+" are "and".
func fold(s string) string {
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

// holds tells whether the folded text holds the folded words one after another.
// A star at the end of the words takes any ending: "parent*" is in "parental".
func holds(text, words string) bool {
	open := strings.HasSuffix(words, "*")
	words = strings.TrimSuffix(words, "*")
	for from := 0; ; {
		at := strings.Index(text[from:], words)
		if at < 0 {
			return false
		}
		at += from
		end := at + len(words)
		if (at == 0 || text[at-1] == ' ') && (open || end == len(text) || text[end] == ' ') {
			return true
		}
		from = at + 1
	}
}
