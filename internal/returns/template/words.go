package template

import (
	"strconv"
	"strings"
	"unicode"

	"stablefutures/internal/conversation"
)

// word is a stored value with what people read and write for it.
type word struct{ id, label string }

var (
	sexWords = []word{{"M", "Male"}, {"F", "Female"}, {"U", "Unknown"}}

	voiceWords    = wordsOf(conversation.Voices, conversation.Voice.Label)
	stateWords    = wordsOf(notAnswers, conversation.State.Label)
	evidenceWords = wordsOf(conversation.EvidenceKinds, conversation.Evidence.Label)
	helpWords     = wordsOf(conversation.Helps, conversation.Help.Label)
)

var notAnswers = []conversation.State{conversation.NotTalkedAbout, conversation.DoesNotWantToSay, conversation.DoesNotKnow, conversation.NotPartOfMyLife}

// wordsOf are values of the domain with the labels that it gives them.
func wordsOf[T ~string](values []T, label func(T) string) []word {
	list := make([]word, len(values))
	for i, v := range values {
		list[i] = word{string(v), label(v)}
	}
	return list
}

var ethnicCodes = strings.Fields("WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT")

func labelsOf(words []word) []string {
	labels := make([]string, len(words))
	for i, w := range words {
		labels[i] = w.label
	}
	return labels
}

// labelOf is the label of a stored value, or the value itself.
func labelOf(words []word, id string) string {
	for _, w := range words {
		if w.id == id {
			return w.label
		}
	}
	return id
}

// find finds the stored value for what a cell says. exact is true where the cell
// is the label or the value as written.
func find(words []word, cell string) (id string, exact, ok bool) {
	for _, w := range words {
		if cell == w.label || cell == w.id {
			return w.id, true, true
		}
	}
	for _, w := range words {
		if key := fold(cell); key != "" && (key == fold(w.label) || key == fold(w.id)) {
			return w.id, false, true
		}
	}
	return "", false, false
}

// fold leaves letters, digits and marks, lower case.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func itoa(n int) string { return strconv.Itoa(n) }

func trimLeft(s string) string { return strings.TrimLeft(s, " ") }

func list(words []string) string { return strings.Join(words, ", ") }
