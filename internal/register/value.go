package register

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"stablefutures/internal/date"
)

// Longest values, in characters: one line, and several lines.
const (
	maxText     = 300
	maxLongText = 10_000
)

// ParseValue turns what a person typed or a file holds into the value that an
// Entry keeps: labels or ids in any case, days in the usual British ways, lists
// parted by semicolons or line ends. An empty raw value gives an empty value.
//
// changed is true where the value was read as something else than it says: a
// word that is neither the option's label nor its id as written, a day in
// another form than YYYY-MM-DD or DD/MM/YYYY. The error says in plain words
// what would be accepted, and does not quote text that may hold an address.
func ParseValue(f Field, raw string) (value string, changed bool, err error) {
	raw = strings.TrimSpace(strings.ToValidUTF8(raw, "\uFFFD"))
	if raw == "" {
		return "", false, nil
	}
	switch f.Kind {
	case Day:
		return parseDay(f, raw)
	case Choice, YesNoUnsure:
		return parseOption(f, raw)
	case Choices:
		return parseOptions(f, raw)
	}
	value, err = parseText(f, raw)
	return value, false, err
}

func parseDay(f Field, raw string) (string, bool, error) {
	if d, err := date.Parse(raw); err == nil {
		return string(d), false, nil
	}
	for i, layout := range []string{"02/01/2006", "2/1/2006", "2 January 2006", "2 Jan 2006", "2-1-2006", "2.1.2006", "2006-01-02 15:04:05", "2006-01-02T15:04:05"} {
		if t, err := time.Parse(layout, raw); err == nil {
			return string(date.Of(t)), i > 0, nil
		}
	}
	return "", false, fmt.Errorf("%s is not a day for %q: write it as 31/03/2026", shown(raw), f.Label)
}

func parseOption(f Field, raw string) (string, bool, error) {
	if o, exact, ok := findOption(f, raw); ok {
		return o.ID, !exact, nil
	}
	return "", false, fmt.Errorf("%s is not an answer to %q: use one of %s", shown(raw), f.Label, labels(f.Options))
}

// parseOptions takes items at semicolons and line ends. Labels may hold commas,
// so a comma parts items only where the piece as a whole is no option.
func parseOptions(f Field, raw string) (string, bool, error) {
	found := make(map[string]bool)
	changed := false
	add := func(piece string) bool {
		o, exact, ok := findOption(f, piece)
		if ok {
			found[o.ID] = true
			changed = changed || !exact
		}
		return ok
	}
	for _, piece := range splitRaw(raw) {
		if add(piece) {
			continue
		}
		changed = true
		for part := range strings.SplitSeq(piece, ",") {
			if part = strings.TrimSpace(part); part != "" && !add(part) {
				return "", false, fmt.Errorf("%s is not an answer to %q: use one or more of %s, parted by semicolons", shown(part), f.Label, labels(f.Options))
			}
		}
	}
	var ids []string
	for _, o := range f.Options {
		if found[o.ID] {
			ids = append(ids, o.ID)
		}
	}
	return JoinList(ids), changed, nil
}

func parseText(f Field, raw string) (string, error) {
	if f.Kind == LongText {
		value := cleanLines(raw)
		if utf8.RuneCountInString(value) > maxLongText {
			return "", fmt.Errorf("%q is longer than %d characters: shorten it", f.Label, maxLongText)
		}
		return value, nil
	}
	items := []string{raw}
	if f.IsList() {
		items = splitRaw(raw)
	}
	var kept []string
	for _, item := range items {
		item = strings.Join(strings.FieldsFunc(item, blankOrControl), " ")
		if utf8.RuneCountInString(item) > maxText {
			return "", fmt.Errorf("%q is longer than %d characters: shorten it", f.Label, maxText)
		}
		if noPostcodes[f.ID] && postcode.MatchString(item) {
			return "", fmt.Errorf("%q holds what looks like a postcode: postcodes are not kept, write the town or area only", f.Label)
		}
		if item != "" && !(f.IsList() && slices.Contains(kept, item)) {
			kept = append(kept, item)
		}
	}
	if f.IsList() && len(kept) > f.Max {
		return "", fmt.Errorf("%q holds %d items: keep at most %d", f.Label, len(kept), f.Max)
	}
	return JoinList(kept), nil
}

// noPostcodes are the text fields into which a place is written.
var noPostcodes = map[string]bool{FieldTowns: true, FieldFirstResponderPlace: true, FieldContactNote: true, FieldCountries: true}

var postcode = regexp.MustCompile(`(?i)\b[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\b`)

// findOption finds an option by label, id or one of the other usual words.
// exact is true where raw is the label or the id as written.
func findOption(f Field, raw string) (o Option, exact, ok bool) {
	key := fold(raw)
	if other, known := otherWords[f.ID][key]; known {
		key = fold(other)
	} else if other, known := otherWords[string(f.Kind)][key]; known {
		key = fold(other)
	}
	for _, o := range f.Options {
		if raw == o.Label || raw == o.ID {
			return o, true, true
		}
		if key != "" && (key == fold(o.Label) || key == fold(o.ID)) {
			return o, false, true
		}
	}
	return Option{}, false, false
}

var decisionWords = map[string]string{"pending": Undecided, "awaited": Undecided, "awaiting": Undecided, "yes": Positive, "no": Negative}

// otherWords are words that mean an option without being it, by field id or by
// kind, folded.
var otherWords = map[string]map[string]string{
	string(YesNoUnsure):    {"y": Yes, "true": Yes, "1": Yes, "n": No, "false": No, "0": No, "unknown": Unsure, "dontknow": Unsure, "notknown": Unsure},
	FieldReasonableGrounds: decisionWords,
	FieldConclusiveGrounds: decisionWords,
	FieldGender:            {"f": "female", "m": "male", "unknown": "not-known"},
	FieldTypes: {
		"criminalexploitation": TypeCriminal, "labourexploitation": "labour", "sexualexploitation": "sexual", "forcedlabour": "labour",
		"organharvesting": "organ-removal", "unknown": TypeUnknownPast, "notknown": TypeUnknownPast, "future": TypeFeared,
	},
}

func splitRaw(raw string) []string {
	var items []string
	for _, piece := range strings.FieldsFunc(raw, func(r rune) bool { return r == ';' || r == '\n' || r == '\r' }) {
		if piece = strings.TrimSpace(piece); piece != "" {
			items = append(items, piece)
		}
	}
	return items
}

// fold leaves letters and digits, lower case, so that spelling counts and
// punctuation does not.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func cleanLines(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s))
}

func blankOrControl(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

func labels(options []Option) string {
	words := make([]string, len(options))
	for i, o := range options {
		words[i] = fmt.Sprintf("%q", o.Label)
	}
	return strings.Join(words, ", ")
}

// shown is a value as a message quotes it: shortened, and not at all where it
// holds a postcode that slipped into the wrong field.
func shown(s string) string {
	if postcode.MatchString(s) {
		return "What stands there"
	}
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return strconv.Quote(s)
}
