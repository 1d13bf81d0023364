package annexa

import (
	"regexp"
	"slices"
	"strings"

	"stablefutures/internal/returns/cell"
)

// set is what one column may hold: codes, other ways of writing them, and rules
// that find a code in words. See newSet for how it is written down.
type set struct {
	codes map[string]string // as written, upper case, to the code that is kept
	whole map[string]string // the same, for what counts only where nothing else stands in the cell
	rules []rule
	never []rule // what contradicts itself, and means none of the codes
}

// rule finds a code in words: all of its parts must hold.
type rule struct {
	code  string
	whole string   // the whole folded text, where not empty
	has   []string // words that must be there
	not   []string // words that must not
	like  *regexp.Regexp
}

// unsaid begins a value that is coarser than the return's codes: "~foster
// placement" where the cell does not say of which kind. It is kept as words.
const unsaid = "~"

// newSet makes a set. codes are codes kept as they are written, "1=M" for another
// way of writing one, and "WARD==4" for one that counts only as the whole
// cell; an underscore is a space. Each line of rules is a code and, behind a colon,
// what means it, parted by bars; the first line that holds wins:
//
//	N1: abuse+neglect | =section 47 | physical harm
//
// A line with ! for its code names what contradicts itself: such as a code of an
// older list, whose number means something else by now, with its words.
//
// "a+b" asks for both, "-c" forbids c, "=a" is the whole text, "/re/" is a
// regular expression over the folded text, and a star takes any ending.
func newSet(codes, rules string) *set {
	s := &set{codes: map[string]string{}, whole: map[string]string{}}
	for word := range strings.FieldsSeq(codes) {
		written, code, other := strings.Cut(word, "=")
		code = strings.ReplaceAll(code, "_", " ")
		switch {
		case !other:
			s.codes[written] = written
		case code[0] == '=':
			s.whole[written] = code[1:]
		default:
			s.codes[written] = code
		}
	}
	for line := range strings.Lines(rules) {
		code, meanings, _ := strings.Cut(strings.TrimSpace(line), ":")
		for meaning := range strings.SplitSeq(meanings, "|") {
			meaning = strings.TrimSpace(meaning)
			switch {
			case meaning == "":
			case code == "!":
				s.never = append(s.never, newRule("", meaning))
			default:
				s.rules = append(s.rules, newRule(code, meaning))
			}
		}
	}
	return s
}

func newRule(code, meaning string) rule {
	r := rule{code: code}
	if strings.HasPrefix(meaning, "/") {
		r.like = regexp.MustCompile(strings.Trim(meaning, "/"))
		return r
	}
	for part := range strings.SplitSeq(meaning, "+") {
		switch part = strings.TrimSpace(part); part[0] {
		case '=':
			r.whole = part[1:]
		case '-':
			r.not = append(r.not, part[1:])
		default:
			r.has = append(r.has, part)
		}
	}
	return r
}

func (r *rule) matches(text string) bool {
	if r.like != nil {
		return r.like.MatchString(text)
	}
	if r.whole != "" && text != r.whole {
		return false
	}
	for _, words := range r.has {
		if !holds(text, words) {
			return false
		}
	}
	for _, words := range r.not {
		if holds(text, words) {
			return false
		}
	}
	return true
}

// maxValue is the longest cell that is looked at: the longest spelling known has
// some 500 characters.
const maxValue = 1000

// lookup is the code that a cell means; known is false where it means none. A
// code at the end in brackets counts before one at the beginning, then come the
// words, then a code anywhere.
func (s *set) lookup(text string) (code string, known bool) {
	if len(text) > maxValue {
		return "", false
	}
	upper := strings.ToUpper(strings.TrimSpace(cell.Misread(text)))
	if code, known = s.entire(strings.TrimSuffix(upper, ".0")); known {
		return code, true
	}
	rest := letter.ReplaceAllString(upper, "")
	if code, known = s.entire(rest); known {
		return code, true
	}
	if s.contradicts(text) {
		return "", false
	}
	if m := inBrackets.FindStringSubmatch(upper); m != nil && (strong(m[2]) || m[1] == " " || m[1] == "") {
		if code, known = s.token(m[2]); known {
			return code, true
		}
	}
	if m := leading.FindStringSubmatch(rest); m != nil {
		if code, known = s.lead(m[1], m[2]); known {
			return code, true
		}
	}
	folded := fold(text)
	for i := range s.rules {
		if s.rules[i].matches(folded) {
			return s.rules[i].code, true
		}
	}
	for _, word := range wordsOf.FindAllString(rest, -1) {
		if strong(word) {
			if code, known = s.token(word); known {
				return code, true
			}
		}
	}
	return "", false
}

var (
	letter     = regexp.MustCompile(`^\(?[A-Z]{1,2}1?\)\s+|^ZZ\)\s*`) // Ofsted's letter before a code: "q) 6: Police"
	anyLetter  = regexp.MustCompile(`(?i)^\(?[A-Z]{1,2}1?\)\s+`)
	inBrackets = regexp.MustCompile(`(.?)[\[(](?:CIN )?([A-Z0-9.]{1,6})[\])]\.?$`)  // "Absent parenting [N8]", "Adopted (CIN RC1)"
	leading    = regexp.MustCompile(`^[^A-Z0-9]*([A-Z0-9.]+)(\s*[^A-Z0-9\s]|\s|$)`) // "C2: FCO", "(X) In custody"
	wordsOf    = regexp.MustCompile(`[A-Z0-9.]+`)
)

// contradicts tells a cell whose code and words cannot both be meant.
func (s *set) contradicts(text string) bool {
	if len(s.never) == 0 {
		return false
	}
	folded := fold(text)
	return slices.ContainsFunc(s.never, func(r rule) bool { return r.matches(folded) })
}

// entire is the code of a cell that holds nothing else.
func (s *set) entire(cell string) (string, bool) {
	if code, ok := s.whole[cell]; ok {
		return code, true
	}
	code, ok := s.codes[cell]
	return code, ok
}

// lead takes the first word of a cell for a code. A short one, of digits or of
// one letter alone, must be parted from what follows like a code.
func (s *set) lead(word, after string) (string, bool) {
	if !strong(word) {
		sign := strings.TrimSpace(after)
		number := word[0] >= '0' && word[0] <= '9'
		if sign == "" && after != "" && !number || number && sign == ")" || sign == "/" || sign == "+" || sign == ">" || sign == "&" {
			return "", false
		}
	}
	return s.token(word)
}

// token is the code of a word: the code itself, or a code and something finer
// behind it that the authority added, such as N1SA, U3a or N1.04 (a point only behind a category of need: elsewhere it
// begins a number of another list).
func (s *set) token(word string) (string, bool) {
	if code, ok := s.codes[word]; ok {
		return code, true
	}
	for n := len(word) - 1; n >= 2; n-- {
		code, ok := s.codes[word[:n]]
		if ok && hasDigit(word[:n]) && !isDigit(word[n]) && !isDigit(word[0]) && (word[n] != '.' || word[0] == 'N') {
			return code, true
		}
	}
	return "", false
}

// strong tells a word that can hardly be anything but a code: letters and digits
// together, or three letters and more.
func strong(word string) bool {
	return len(word) >= 3 || len(word) == 2 && hasDigit(word) && hasLetter(word)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

func hasLetter(s string) bool { return strings.ContainsAny(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") }
