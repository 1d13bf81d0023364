package framework

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stablefutures/editions"
)

func TestTheWorkingEditionIsWhole(t *testing.T) {
	e := Working()
	if n := len(e.Principles); n != 4 {
		t.Errorf("%d principles, the Convention has 4", n)
	}
	indicators := 0
	for _, o := range e.Outcomes() {
		indicators += len(o.Indicators)
	}
	if len(e.Outcomes()) != 25 || indicators != 86 {
		t.Errorf("%d outcomes and %d indicators; there are 25 and 86", len(e.Outcomes()), indicators)
	}
	if e.Published || !strings.Contains(e.Notice["en"].Text, "not the published CSF-POF") {
		t.Error("the working edition does not say that it is not the published one")
	}
	e.eachText(func(where string, _ Audience, _ string, text Text) {
		if text.Origin != "project" || text.Review != "none" {
			t.Errorf("%s: origin %q, review %q: the wording is this project's and nobody has reviewed it", where, text.Origin, text.Review)
		}
	})
}

// Words of the case file have no place on a young person's screen, and may put
// them in danger.
func TestYoungPeopleAreNotAskedInWordsOfTheCaseFile(t *testing.T) {
	never := []string{"traffick", "exploit", "victim", "slave", "abuse", "nrm", "immigration", "asylum", "placement", "referral", "disclos", "perpetrator"}
	young, age, n := 0, 0.0, 0
	Working().eachText(func(where string, audience Audience, _ string, text Text) {
		if audience != YoungPerson {
			return
		}
		young++
		for _, word := range never {
			if strings.Contains(strings.ToLower(text.Text), word) {
				t.Errorf("%s: %q says %q to a young person", where, text.Text, word)
			}
		}
		a := ReadingAge(text.Text)
		if a > HardestReadingAge && len(strings.Fields(text.Text)) > 2 {
			t.Errorf("%s: %q has a reading age of %.1f", where, text.Text, a)
		}
		words := len(strings.Fields(text.Text))
		age, n = age+a*float64(words), n+words
	})
	if mean := age / float64(n); mean > 9 {
		t.Errorf("the words for young people have a reading age of %.1f; it is to be about 9", mean)
	} else {
		t.Logf("%d texts for young people, reading age %.1f by Flesch–Kincaid", young, mean)
	}
}

// Known values: sentences whose words, sentences and syllables were counted by
// hand.
func TestReadingAge(t *testing.T) {
	for _, c := range []struct {
		text string
		age  float64
		why  string
	}{
		{"The cat sat on the mat.", 5, "six words of one syllable: under grade 1, so the least age"},
		{"I have a person whose job is to be on my side", 0.39*12 + 11.8*13/12 - 15.59 + 5, "12 words, 13 syllables, no full stop: one sentence"},
		{"Professionals consider proportionality.", 0.39*3 + 11.8*13/3 - 15.59 + 5, "three words, 4 + 3 + 6 syllables"},
		{"", 5, "nothing to read"},
	} {
		if got := ReadingAge(c.text); got < c.age-0.01 && c.age > 5 || got > max(c.age, 5)+0.01 {
			t.Errorf("%s: %.2f, want %.2f", c.why, got, c.age)
		}
	}
}

func TestAnEditionSurvivesBothFormats(t *testing.T) {
	e := withWelsh(t)
	for name, write := range map[string]func(*bytes.Buffer) error{
		"JSON":     func(b *bytes.Buffer) error { return WriteJSON(b, e) },
		"workbook": func(b *bytes.Buffer) error { return WriteWorkbook(b, e) },
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := write(&out); err != nil {
				t.Fatal(err)
			}
			back, err := Parse(out.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(e, back); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// withWelsh is the working edition with a second language that has only some of
// the texts.
func withWelsh(t *testing.T) *Edition {
	t.Helper()
	e, err := Parse(editions.Working)
	if err != nil {
		t.Fatal(err)
	}
	e.ID = "working-cy"
	e.Languages = append(e.Languages, Language{"cy", "Cymraeg", "ltr"})
	e.Principles[0].Title[YoungPerson]["cy"] = Text{"Rwy’n cael fy nhrin yn deg", "machine", "none"}
	return e
}

func TestATextThatALanguageLacksIsTheSourceAndSaysSo(t *testing.T) {
	e := withWelsh(t)
	if text, tag, ok := e.Text(e.Principles[0].Title, YoungPerson, "cy"); tag != "cy" || !ok || !strings.HasPrefix(text, "Rwy") {
		t.Errorf("%q in %q", text, tag)
	}
	if text, tag, ok := e.Text(e.Principles[1].Title, YoungPerson, "cy"); tag != "en" || !ok || text == "" {
		t.Errorf("%q in %q: the page must be told that it is not Welsh", text, tag)
	}
	if _, _, ok := e.Text(Wording{}, YoungPerson, "en"); ok {
		t.Error("a text was found where there is none")
	}
}

// small is the least that an edition may be.
func small() *Edition {
	both := func(text string) Wording {
		t := Texts{"en": {text, "project", "none"}}
		return Wording{YoungPerson: t, Practitioner: t}
	}
	t := Texts{"en": {"t", "project", "none"}}
	e := &Edition{ID: "x", Version: "1", Title: t, Notice: t, Languages: []Language{{"en", "English", "ltr"}},
		Principles: []Principle{{"p", 2, both("p"), []Outcome{{ID: "o", Short: t, Title: both("o"), Indicators: []Indicator{{"o.1", both("i")}}}}}}}
	for n := range 5 {
		e.Scale.Answers = append(e.Scale.Answers, Answer{Value: n + 1, Title: both("a")})
	}
	for _, id := range []string{"not-talked-about", "does-not-want-to-say", "does-not-know", "not-part-of-my-life"} {
		e.Scale.States = append(e.Scale.States, State{id, both("s")})
	}
	return e
}

func TestTheLeastEditionIsTaken(t *testing.T) {
	var file bytes.Buffer
	if err := WriteJSON(&file, small()); err != nil {
		t.Fatal(err)
	}
	e, err := Parse(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if e, err = readBook(sheetsOf(e)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(small(), e); diff != "" {
		t.Error(diff)
	}
}

func FuzzParse(f *testing.F) {
	var file, workbook bytes.Buffer
	if err := errors.Join(WriteJSON(&file, small()), WriteWorkbook(&workbook, small())); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Add(workbook.Bytes())
	f.Add([]byte(`{"id":1}`))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := Parse(data)
		if err == nil && len(Check(e)) > 0 {
			t.Error("an edition was taken that breaks the rules")
		}
	})
}
