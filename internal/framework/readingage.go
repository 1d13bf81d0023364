package framework

import (
	"strings"
	"unicode"
)

// HardestReadingAge is the reading age, in years, that no text for young people
// may pass; all of them together are to stay at about 9. A single short sentence
// measures unevenly: one word of four syllables adds years.
const HardestReadingAge = 12

// ReadingAge is the age in years at which a reader of English can be expected to
// read a text: the Flesch–Kincaid grade (Kincaid and others, 1975),
// 0.39 × words per sentence + 11.8 × syllables per word − 15.59, plus 5, as US
// grade 1 begins at the age of 6. Never under 5. Syllables are counted by groups
// of vowels, which is near enough for a measure that is itself rough.
func ReadingAge(text string) float64 {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
	if len(words) == 0 {
		return 5
	}
	sentences, syllables := 0, 0
	for _, r := range text {
		if r == '.' || r == '!' || r == '?' || r == ':' || r == ';' {
			sentences++
		}
	}
	for _, w := range words {
		syllables += syllablesIn(strings.ToLower(w))
	}
	n := float64(len(words))
	grade := 0.39*n/float64(max(sentences, 1)) + 11.8*float64(syllables)/n - 15.59
	return max(5, grade+5)
}

func syllablesIn(word string) int {
	n, before := 0, false
	for _, r := range word {
		vowel := strings.ContainsRune("aeiouy", r)
		if vowel && !before {
			n++
		}
		before = vowel
	}
	if strings.HasSuffix(word, "e") && !strings.HasSuffix(word, "le") && n > 1 {
		n--
	}
	if strings.HasSuffix(word, "ed") && !strings.HasSuffix(word, "ted") && !strings.HasSuffix(word, "ded") && n > 1 {
		n--
	}
	return max(n, 1)
}
