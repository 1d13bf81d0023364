package annexa

import (
	"strings"

	"stablefutures/internal/returns/cell"
)

// fold is a text as words alone: see cell.Fold.
func fold(s string) string { return cell.Fold(s) }

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
