// Package shown decides what of a file may be shown: in a problem, in a value
// read as something else, as the name of a column, a sheet or an element. Files
// have postcodes and people's names in places where none belong, and reports are
// kept, printed and sent on.
//
// What is shown is made of known words (words.txt), of codes, days and small
// numbers; anything else is told by where it stands. The package reads no files
// and knows no return.
package shown

import (
	_ "embed" // for words.txt
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed words.txt
var wordsFile string

var known = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for line := range strings.Lines(wordsFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for word := range strings.FieldsSeq(line) {
			set[word] = true
		}
	}
	return set
})

// What stands in a report in place of what may not.
const (
	nothing  = "What stands there" // begins a sentence
	leftOut  = "…"
	longest  = 60  // characters of a cell that are quoted
	longName = 120 // of a column's or a sheet's name, and of a value read as something else
)

// Cell quotes a cell at the beginning of a message, where that can do no harm.
// Anything but a code, a day, a number or known words may be a name or an
// address that slipped into the wrong column.
func Cell(cell string) string {
	if utf8.RuneCountInString(cell) <= longest && (dayLike.MatchString(cell) || number.MatchString(cell) || failed.MatchString(cell) || Known(cell)) {
		return strconv.Quote(cell)
	}
	return nothing
}

// Within quotes a cell in the middle of a sentence.
func Within(cell string) string {
	if says := Cell(cell); says != nothing {
		return says
	}
	return "what stands there"
}

var (
	dayLike = regexp.MustCompile(`^[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}([ T][0-9:.]{4,12}Z?)?$|^(?i:[0-9]{1,2}[ -](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[ -][0-9]{2,4})$`)
	number  = regexp.MustCompile(`^-?[0-9]{1,6}(\.[0-9]{1,4})?$`)
	failed  = regexp.MustCompile(`^#[A-Z/]{2,11}[0-9]?[!?]?$`) // #N/A, #REF!, #DIV/0!
)

// Known tells whether a text is made of known words, codes and small numbers alone.
func Known(text string) bool {
	if Postcode(text) || strings.ContainsFunc(text, unreadable) {
		return false
	}
	for _, t := range tokens(text) {
		if !t.known {
			return false
		}
	}
	return true
}

// unreadable tells characters that no report should hold.
func unreadable(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' && c != '\r' }

// ReadAs is a value as the list of values read as something else shows it: what
// is not known in it is left out.
func ReadAs(cell string) string { return ReadAsWith(cell, func(string) bool { return false }) }

// ReadAsWith shows further words, which come in small letters.
func ReadAsWith(cell string, also func(word string) bool) string {
	cell = whole.ReplaceAllString(cell, leftOut)
	cell = anyDay.ReplaceAllString(cell, leftOut)
	var b strings.Builder
	last := 0
	for _, t := range tokens(cell) {
		between := cell[last:t.from]
		last = t.to
		if t.known || also(apostrophes.Replace(strings.ToLower(cell[t.from:t.to]))) {
			b.WriteString(between)
			b.WriteString(cell[t.from:t.to])
			continue
		}
		if !strings.HasSuffix(b.String(), leftOut) {
			if b.Len() > 0 {
				b.WriteString(" ")
			}
			b.WriteString(leftOut)
		}
	}
	b.WriteString(cell[last:])
	return cut(again.ReplaceAllString(strings.TrimSpace(b.String()), leftOut))
}

var again = regexp.MustCompile(`…([ ,;.]*…)+`)

// Column is a column's name as the file has it, or where it stands: at counts from 0.
func Column(name string, at int) string {
	name = strings.TrimSpace(strings.ToValidUTF8(name, ""))
	if knownName(name) {
		return oneLine(name)
	}
	return fmt.Sprintf("(column %d, %s)", at+1, Letters(at))
}

// oneLine is a name as a message of one line shows it: spreadsheets break names over lines.
func oneLine(name string) string { return cut(strings.Join(strings.Fields(name), " ")) }

// Sheet is a sheet's name as the workbook has it, or where it stands: at counts from 0.
func Sheet(name string, at int) string {
	if knownName(name) {
		return oneLine(name)
	}
	return fmt.Sprintf("(sheet %d)", at+1)
}

// Element is an element's name as the XML has it, or that it is another.
func Element(name string) string {
	if knownName(name) {
		return cut(name)
	}
	return "(an element of another name)"
}

// knownName takes names apart that programs write in one: PlacementType.
func knownName(name string) bool {
	return strings.TrimSpace(name) != "" && (Known(name) || Known(humps.ReplaceAllString(name, "$1 $2")))
}

var humps = regexp.MustCompile(`([a-z])([A-Z])`)

func cut(text string) string {
	if utf8.RuneCountInString(text) > longName {
		return string([]rune(text)[:longName]) + leftOut
	}
	return text
}

// Letters are a column's letters in a spreadsheet: A, B … Z, AA.
func Letters(at int) string {
	name := ""
	for n := at + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// Postcode tells whether a whole postcode stands anywhere in a text, with or
// without a space or a mark in its middle.
func Postcode(text string) bool { return whole.MatchString(text) }

// File is a file's name without the postcodes that may stand in it.
func File(name string) string { return whole.ReplaceAllString(name, leftOut) }

var (
	whole  = regexp.MustCompile(`(?i)\b[A-Z]{1,2}[0-9][A-Z0-9]?[^A-Za-z0-9]{0,3}[0-9][A-Z]{2}\b`)
	anyDay = regexp.MustCompile(`\b[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}\b`)
)

// token is a run of letters and digits in a text.
type token struct {
	from, to int
	known    bool
}

func tokens(text string) []token {
	var list []token
	from := -1
	end := func(to int) {
		if from >= 0 {
			list = append(list, token{from, to, knownToken(text[from:to])})
		}
		from = -1
	}
	for at, c := range text {
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c):
			if from < 0 {
				from = at
			}
		case from >= 0 && strings.ContainsRune("'’‘`\uFFFD", c):
		default:
			end(at)
		}
	}
	end(len(text))
	return list
}

var apostrophes = strings.NewReplacer("'", "", "’", "", "‘", "", "`", "", "\uFFFD", "")

func knownToken(word string) bool {
	word = apostrophes.Replace(strings.ToLower(word))
	if len(word) <= 1 || known()[word] || code.MatchString(word) {
		return true
	}
	stem := strings.TrimRight(word, "0123456789") // List8, Sheet1
	return len(stem) > 2 && len(word)-len(stem) <= 3 && known()[stem]
}

// code is a small number, a year, or a code of the returns: U4, E4A, 24A, PR0.
var code = regexp.MustCompile(`^([0-9]{1,2}|19[0-9]{2}|20[0-9]{2}|[a-z][0-9]{1,2}[a-z]?|[0-9]{1,2}[a-z]|(pr|pn|rc|rd|un|sdq|oc|ad|se)[0-9]{1,2}|[a-z]{2}[0-9])$`)
