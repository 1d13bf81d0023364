package locale

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// scripts are those in which languages are written that do not use Latin letters.
var scripts = map[string]*unicode.RangeTable{
	"ar": unicode.Arabic, "ckb": unicode.Arabic, "ps": unicode.Arabic, "prs": unicode.Arabic, "ti": unicode.Ethiopic, "am": unicode.Ethiopic,
}

// Where a text has no bound of its own, a translation has at most this many characters,
// or several times those of the English: a page has to stay small.
const (
	mostAnyway = 200
	mostTimes  = 3
)

// Most is how many characters a translation of the text may have, values not counted.
func (t Text) Most() int {
	if t.Max > 0 {
		return t.Max
	}
	return max(mostAnyway, mostTimes*utf8.RuneCountInString(t.English()))
}

// English is what a translator translates: the text, or its form for any number.
func (t Text) English() string {
	if t.Forms != nil {
		return t.Forms["other"]
	}
	return t.Words
}

// Tidy is a translation as it is kept: one line, without space at its ends. Spaces that
// keep a line from breaking stay: some languages have them before a sign.
func Tidy(words string) string {
	return strings.TrimSpace(strings.Join(strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune(" \t\r\n\v\f\u0085\u2028\u2029", r) }), " "))
}

var valuePattern = regexp.MustCompile(`\{\w*\}?|\}`)

// Check says what is wrong with a translation into a language, and what to do; empty
// where it can be taken. t is the source, form a plural form or empty.
func (t Text) Check(tag, form, words string) string {
	switch most := t.Most(); {
	case words == "":
		return "There is no translation. Write it, or leave the row out."
	case !utf8.ValidString(words) || strings.ContainsFunc(words, unseen):
		return "It holds signs that cannot be seen, such as control characters. Type it anew."
	case length(words) > most:
		return fmt.Sprintf("It has %d characters and may have %d, what stands in braces not counted. Say it in fewer words.", length(words), most)
	}
	if wrong := t.checkValues(form, words); wrong != "" {
		return wrong
	}
	if !inScript(tag, words) {
		return "It is not written in the letters of this language. Check that it stands in the right row, and that the file is of the right language."
	}
	if same := Tidy(t.English()); len(strings.Fields(same)) > 2 && strings.EqualFold(same, words) {
		return "It is the English text. Translate it, or leave the row out."
	}
	return ""
}

func length(words string) int {
	return utf8.RuneCountInString(valuePattern.ReplaceAllString(words, ""))
}

// checkValues compares what stands in braces: a number, a name. A plural form of one or
// two may say its number in a word.
func (t Text) checkValues(form, words string) string {
	want, got := valuesOf(t.English()), valuesOf(words)
	for _, value := range got {
		if !slices.Contains(want, value) {
			return value + " is not in the English text. Write what stands in braces as it stands there" + listed(want) + "."
		}
	}
	for _, value := range want {
		if !slices.Contains(got, value) && (form == "" || form == "other") {
			return value + " is missing. It stands for what the program puts in: write it as it stands in the English text."
		}
	}
	return ""
}

func listed(values []string) string {
	if len(values) == 0 {
		return ": there is none"
	}
	return ": " + strings.Join(values, ", ")
}

func valuesOf(words string) []string {
	found := valuePattern.FindAllString(words, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// unseen are signs that nobody types in a text and that change how it shows. The marks
// that join letters or set a direction for a moment belong to some scripts.
func unseen(r rune) bool {
	return unicode.Is(unicode.Cc, r) || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069' || r == '\uFEFF' || r == utf8.RuneError
}

// inScript tells whether most letters are those of the language.
func inScript(tag, words string) bool {
	script, ok := scripts[tag]
	if !ok {
		script = unicode.Latin
	}
	ours, all := 0, 0
	for _, r := range valuePattern.ReplaceAllString(words, "") {
		if unicode.IsLetter(r) {
			all++
			if unicode.Is(script, r) {
				ours++
			}
		}
	}
	return 2*ours >= all
}
