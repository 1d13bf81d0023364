package locale_test

import (
	"strings"
	"testing"

	"stablefutures/internal/locale"
)

// What is wrong with a translation is found, and said with what to do.
func TestCheckFindsWhatIsWrong(t *testing.T) {
	short := locale.Text{Words: "My page", Max: 10}
	named := locale.Text{Words: "Only {name} can see it"}
	counted := locale.Text{Forms: map[string]string{"one": "{n} person", "other": "{n} people"}}
	for name, c := range map[string]struct {
		text             locale.Text
		tag, form, words string
		want             string // of the message; empty where it can be taken
	}{
		"sound":             {short, "fr", "", "Ma page", ""},
		"empty":             {short, "fr", "", "", "no translation"},
		"too long":          {short, "fr", "", "Ma page à moi seul", "18 characters and may have 10"},
		"value missing":     {named, "fr", "", "Une personne peut voir", "{name} is missing"},
		"value changed":     {named, "fr", "", "Seul {nom} peut voir", "{nom} is not in the English text"},
		"brace cut":         {named, "fr", "", "Seul {name peut voir", "{name is not in the English text"},
		"value kept":        {named, "fr", "", "Seul {name} peut voir", ""},
		"number in a word":  {counted, "ar", "two", "شخصان", ""},
		"number missing":    {counted, "ar", "other", "شخص", "{n} is missing"},
		"other letters":     {named, "ti", "", "فقط {name} يرى ذلك", "letters of this language"},
		"Latin in Arabic":   {short, "ar", "", "My page", "letters of this language"},
		"English":           {locale.Text{Words: "This is your page"}, "fr", "", "This is your page", "English text"},
		"one word alike":    {locale.Text{Words: "Code"}, "fr", "", "Code", ""},
		"turned":            {short, "fr", "", "Ma \u202epage", "cannot be seen"},
		"joined letters":    {short, "prs", "", "صفحه\u200cام", ""},
		"as long as it may": {locale.Text{Words: "Go"}, "fr", "", strings.Repeat("a", 200), ""},
		"far too long":      {locale.Text{Words: "Go"}, "fr", "", strings.Repeat("a", 201), "may have 200"},
	} {
		got := c.text.Check(c.tag, c.form, c.words)
		if c.want == "" && got != "" || c.want != "" && !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Whatever came with the program can be taken, and has a place that a translator is told.
func TestWhatCameWithTheProgramCanBeTaken(t *testing.T) {
	source, _ := locale.Of(locale.SourceTag)
	for _, tag := range locale.Tags {
		words, _ := locale.Of(tag)
		for _, key := range source.Keys() {
			if locale.Place(key) == "" {
				t.Errorf("nothing says where %s stands", key)
			}
			want, _ := source.Text(key)
			got, _ := words.Text(key)
			if tag == locale.SourceTag {
				continue
			}
			if got.Forms == nil {
				if wrong := want.Check(tag, "", got.Words); wrong != "" {
					t.Errorf("%s in %s: %s (%s)", key, tag, wrong, got.Words)
				}
			}
			for form, text := range got.Forms {
				if wrong := want.Check(tag, form, text); wrong != "" {
					t.Errorf("%s, %s in %s: %s (%s)", key, form, tag, wrong, text)
				}
			}
		}
	}
}

func TestStatesFollowEachOther(t *testing.T) {
	for _, c := range []struct {
		before, after locale.State
		changed, may  bool
	}{
		{locale.Machine, locale.Reviewed, false, true}, {locale.Machine, locale.Reviewed, true, true}, {locale.Machine, locale.Tried, false, false},
		{locale.Reviewed, locale.Tried, false, true}, {locale.Reviewed, locale.Tried, true, false}, {locale.Tried, locale.Tried, true, false},
		{locale.Tried, locale.Machine, false, true},
	} {
		if got := c.after.After(c.before, c.changed); got != c.may {
			t.Errorf("%s after %s, changed %v: %v", c.after, c.before, c.changed, got)
		}
	}
	if locale.Worse(locale.Tried, locale.Reviewed) != locale.Reviewed || locale.Worse(locale.Source, locale.Tried) != locale.Tried || locale.Worse(locale.Machine, locale.Source) != locale.Machine {
		t.Error("the worse of two states is not found")
	}
}
