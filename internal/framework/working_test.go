package framework

import (
	"slices"
	"strings"
	"testing"
)

// eachStatement calls do with the statement of each indicator of the working
// edition, as its two audiences read it.
func eachStatement(do func(id, young, practitioner string)) {
	for _, o := range Working().Outcomes() {
		for _, i := range o.Indicators {
			do(i.ID, i.Title[YoungPerson]["en"].Text, i.Title[Practitioner]["en"].Text)
		}
	}
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r != '\'' && (r < 'a' || r > 'z') })
}

// "No, not at all" to a statement that says no itself can be read either way; one
// with "if" or "would" asks for a guess; one with "and" or "or" asks two things;
// one with "this" or "here" means nothing when its card is opened alone.
func TestAStatementSaysOneThingAndStandsAlone(t *testing.T) {
	never := []string{"not", "never", "nobody", "none", "without", "if", "would", "and", "or", "this", "these", "here", "hurt", "blame", "blamed", "punish", "papers"}
	allowed := map[string][]string{
		"education.1": {"or"}, // "school or college": one thing, called by the name that fits the age
		"education.4": {"or"},
	}
	eachStatement(func(id, young, _ string) {
		said := wordsOf(young)
		for _, word := range never {
			if slices.Contains(said, word) && !slices.Contains(allowed[id], word) {
				t.Errorf("%s: %q says %q", id, young, word)
			}
		}
		if strings.Contains(" "+strings.Join(said, " "), " no ") && !strings.HasSuffix(young, "say no") || strings.Contains(young, "n't") {
			t.Errorf("%s: %q says no, and so may its answer", id, young)
		}
		if last := said[len(said)-1]; last == "there" {
			t.Errorf("%s: %q points to another card", id, young)
		}
	})
}

// The gap between two voices means something only where both answer the same
// statement. What a young person reads must be found again in what a practitioner
// reads, word by word, up to endings.
func TestBothVoicesAnswerTheSameStatement(t *testing.T) {
	person := []string{"i", "me", "my", "myself", "am", "have", "that"}
	eachStatement(func(id, young, practitioner string) {
		there := " " + strings.Join(wordsOf(practitioner), " ")
		for _, word := range wordsOf(young) {
			if !slices.Contains(person, word) && !strings.Contains(there, " "+word[:min(len(word), 4)]) {
				t.Errorf("%s: %q is not asked of practitioners: %q", id, word, practitioner)
			}
		}
	})
}

func TestBothVoicesAnswerOnTheSameSteps(t *testing.T) {
	want := [][2]string{{"No, not at all", "Not at all"}, {"A little", "A little"}, {"Sometimes", "Sometimes"}, {"Mostly", "Mostly"}, {"Yes", "Yes, fully"}}
	e := Working()
	for n, step := range want {
		if young, practitioner := e.AnswerText(n+1, YoungPerson, "en"), e.AnswerText(n+1, Practitioner, "en"); young != step[0] || practitioner != step[1] {
			t.Errorf("answer %d is %q for young people and %q for practitioners; want %q", n+1, young, practitioner, step)
		}
	}
}

// Long words are hard to read aloud in a second language. Each that is used has
// to be worth it.
func TestTheLongWordsForYoungPeopleAreFew(t *testing.T) {
	known := []string{"decisions", "family", "interpreter", "interviews", "remember", "something", "sometimes", "together", "wherever"}
	Working().eachText(func(where string, audience Audience, _ string, text Text) {
		for _, word := range wordsOf(text.Text) {
			if audience == YoungPerson && syllablesIn(word) > 2 && !slices.Contains(known, word) {
				t.Errorf("%s: %q has the long word %q", where, text.Text, word)
			}
		}
	})
}

// What the young people, the researchers or the briefing named is said to be
// theirs, and nothing else is.
func TestWhereAThemeComesFromIsSaidAndNotMadeUp(t *testing.T) {
	named := []string{"being-believed", "child-first", "best-interests", "guardian", "legal-advice", "freedom", "physical-health", "emotional-wellbeing", "listened-to", "changing-services"}
	inPart := []string{"equality", "procedures", "trust", "safety", "education", "friends"}
	for _, o := range Working().Outcomes() {
		if !strings.HasPrefix(o.Source, "Our own words") {
			t.Errorf("%s: %q does not say whose words they are", o.ID, o.Source)
		}
		theirs, ours := strings.Contains(o.Source, "named by"), strings.Contains(o.Source, "our own,") || strings.Contains(o.Source, "our own theme")
		if theirs != (slices.Contains(named, o.ID) || slices.Contains(inPart, o.ID)) || ours == slices.Contains(named, o.ID) {
			t.Errorf("%s: %q", o.ID, o.Source)
		}
	}
}
