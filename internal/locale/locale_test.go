package locale_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"stablefutures/internal/framework"
	"stablefutures/internal/locale"
)

var value = regexp.MustCompile(`\{\w+\}`)

func valuesIn(text string) []string {
	found := value.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// Every text is there in every language, with its state, the same values, and no longer
// than it may be: nothing falls back to English.
func TestEveryTextIsThereInEveryLanguage(t *testing.T) {
	source, _ := locale.Of(locale.SourceTag)
	if called, ok := locale.Called("tigrinya"); !ok || called.Tag != "ti" {
		t.Errorf("Tigrinya is %+v", called)
	}
	for _, tag := range locale.Tags {
		words, ok := locale.Of(tag)
		if !ok {
			t.Errorf("there are no words of %s", tag)
			continue
		}
		if words.Name == "" || words.Direction != "ltr" && words.Direction != "rtl" {
			t.Errorf("%s: name %q, direction %q", tag, words.Name, words.Direction)
		}
		if called, ok := locale.Called(words.Name); !ok || called != words.Language || called.English() == "" {
			t.Errorf("%s: what calls itself %q is %+v, in English %q", tag, words.Name, called, called.English())
		}
		if tag != locale.SourceTag && words.State() != locale.Machine {
			t.Errorf("%s: no person has looked at it, and it says %q", tag, words.State())
		}
		if extra := missing(words.Keys(), source.Keys()); len(extra) > 0 {
			t.Errorf("%s has texts that there are not in the source: %v", tag, extra)
		}
		for _, key := range source.Keys() {
			want, _ := source.Text(key)
			got, ok := words.Text(key)
			if !ok {
				t.Errorf("%s lacks %s", tag, key)
				continue
			}
			checkText(t, tag+" "+key, tag, want, got)
		}
	}
}

func missing(have, among []string) []string {
	return slices.DeleteFunc(slices.Clone(have), func(key string) bool { return slices.Contains(among, key) })
}

func checkText(t *testing.T, at, tag string, want, got locale.Text) {
	t.Helper()
	if want.Forms == nil {
		if got.Words == "" || got.Words != strings.TrimSpace(got.Words) {
			t.Errorf("%s is %q", at, got.Words)
		}
		if !slices.Equal(valuesIn(want.Words), valuesIn(got.Words)) {
			t.Errorf("%s: the values of %q are not those of %q", at, got.Words, want.Words)
		}
		if n := utf8.RuneCountInString(value.ReplaceAllString(got.Words, "")); want.Max > 0 && n > want.Max {
			t.Errorf("%s has %d characters and may have %d: %s", at, n, want.Max, got.Words)
		}
		return
	}
	forms := make([]string, 0, len(got.Forms))
	for form := range got.Forms {
		forms = append(forms, form)
	}
	if extra, lacks := missing(forms, locale.Forms(tag)), missing(locale.Forms(tag), forms); len(extra)+len(lacks) > 0 {
		t.Errorf("%s: lacks the forms %v, has %v too many", at, lacks, extra)
	}
	for form, text := range got.Forms {
		if extra := missing(valuesIn(text), valuesIn(want.Forms["other"])); len(extra) > 0 || text == "" {
			t.Errorf("%s, %s: %q", at, form, text)
		}
	}
}

// The words of the working edition too.
func TestTheWorkingEditionIsThereInEveryLanguage(t *testing.T) {
	e := framework.Working()
	keys := []string{"notice", "prompt"}
	for _, p := range e.Principles {
		keys = append(keys, "principle."+p.ID)
		for _, o := range p.Outcomes {
			keys = append(keys, "outcome."+o.ID)
			if len(o.Prompt) > 0 {
				keys = append(keys, "prompt."+o.ID)
			}
			for _, i := range o.Indicators {
				keys = append(keys, "indicator."+i.ID)
			}
		}
	}
	for _, a := range e.Scale.Answers {
		keys = append(keys, "answer."+string(rune('0'+a.Value)))
	}
	for _, s := range e.Scale.States {
		keys = append(keys, "state."+s.ID)
	}
	for _, tag := range locale.Tags[1:] {
		words, ok := locale.OfEdition(e.ID, tag)
		if !ok {
			t.Errorf("there is no edition in %s", tag)
			continue
		}
		if lacks, extra := missing(keys, words.Keys()), missing(words.Keys(), keys); len(lacks)+len(extra) > 0 {
			t.Errorf("%s lacks %v, has %v too many", tag, lacks, extra)
		}
		for _, key := range words.Keys() {
			if text, _ := words.Text(key); strings.TrimSpace(text.Words) == "" || text.State != locale.Machine {
				t.Errorf("%s, %s: %+v", tag, key, text)
			}
		}
	}
}

// Known answers from CLDR's table of plural rules.
func TestPlurals(t *testing.T) {
	arabic, _ := locale.Of("ar")
	welsh, _ := locale.Of("cy")
	for _, c := range []struct {
		words *locale.Words
		n     int
		form  string
	}{
		{arabic, 0, "zero"}, {arabic, 1, "one"}, {arabic, 2, "two"}, {arabic, 3, "few"}, {arabic, 10, "few"}, {arabic, 11, "many"}, {arabic, 99, "many"},
		{arabic, 100, "other"}, {arabic, 102, "other"}, {arabic, 103, "few"}, {arabic, 111, "many"},
		{welsh, 0, "zero"}, {welsh, 1, "one"}, {welsh, 2, "two"}, {welsh, 3, "few"}, {welsh, 4, "other"}, {welsh, 5, "other"}, {welsh, 6, "many"}, {welsh, 7, "other"}, {welsh, 20, "other"},
	} {
		want, _ := c.words.Text("asks.answers")
		said := strings.NewReplacer("\u2068", "", "\u2069", "").Replace(c.words.Count("asks.answers", c.n))
		if filled := strings.NewReplacer("{n}", number(c.n)).Replace(want.Forms[c.form]); said != filled {
			t.Errorf("%d in %s: %q, want the form %s: %q", c.n, c.words.Tag, said, c.form, filled)
		}
	}
	if got := locale.Forms("ar"); len(got) != 6 {
		t.Errorf("Arabic has the forms %v", got)
	}
}

func number(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return number(n/10) + number(n%10)
}

// A name in Latin letters does not turn the order of an Arabic sentence.
func TestValuesStandApart(t *testing.T) {
	words, _ := locale.Of("ar")
	if got := words.Say("who.one", "name", "Sam Example"); !strings.Contains(got, "\u2068Sam Example\u2069") {
		t.Errorf("%q", got)
	}
}

// oldestReadingAge is the age, in years, at which the English of the pages can be read.
const oldestReadingAge = 9.0

func TestTheEnglishIsReadableAtNine(t *testing.T) {
	words, _ := locale.Of(locale.SourceTag)
	var all []string
	for _, key := range words.Keys() {
		text, _ := words.Text(key)
		said := value.ReplaceAllString(text.Words+text.Forms["other"], "Sam")
		if age := framework.ReadingAge(said); age > framework.HardestReadingAge && len(strings.Fields(said)) > 3 { // of a word or two it measures nothing
			t.Errorf("%s is readable at %.1f: %s", key, age, said)
		}
		all = append(all, strings.TrimRight(said, ".!?:")+".")
	}
	age := framework.ReadingAge(strings.Join(all, " "))
	t.Logf("Flesch–Kincaid reading age of the English pages: %.1f", age)
	if age > oldestReadingAge {
		t.Errorf("the pages are readable at %.1f, and must be at %.0f", age, oldestReadingAge)
	}
}
