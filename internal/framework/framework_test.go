package framework

import (
	"bytes"
	"errors"
	"slices"
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

func TestWhatIsWrongWithAnEditionIsSaidWithThePlace(t *testing.T) {
	broken := func(change func(e *Edition)) []byte {
		e, err := Parse(editions.Working)
		if err != nil {
			t.Fatal(err)
		}
		change(e)
		var out bytes.Buffer
		if err := WriteJSON(&out, e); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	first := func(e *Edition) *Outcome { return &e.Principles[0].Outcomes[0] }
	for _, c := range []struct {
		why  string
		data []byte
		want string
	}{
		{"an empty file", nil, "it is empty"},
		{"a file that is something else", []byte("%PDF-1.4"), "neither a workbook nor JSON"},
		{"a zip that is no workbook", []byte("PK\x03\x04rubbish"), "cannot be opened"},
		{"a field that nobody knows is a slip, not a wish", []byte(strings.Replace(string(editions.Working), `"version"`, `"vresion"`, 1)), "vresion"},
		{"an id with spaces cannot stand in an address", broken(func(e *Edition) { e.ID = "My edition" }), "id: "},
		{"two outcomes with one id", broken(func(e *Edition) { first(e).ID = e.Principles[1].Outcomes[0].ID }), "its id is that of outcome"},
		{"an outcome and an indicator with one id", broken(func(e *Edition) { first(e).Indicators[0].ID = first(e).ID }), "its id is that of outcome"},
		{"answers out of order", broken(func(e *Edition) { slices.Reverse(e.Scale.Answers) }), "1 (lowest) to 5"},
		{"a state twice, another missing", broken(func(e *Edition) { e.Scale.States[1].ID = e.Scale.States[0].ID }), "scale, state"},
		{"four answers", broken(func(e *Edition) { e.Scale.Answers = e.Scale.Answers[:4] }), "scale, answers"},
		{"a text in a language that is not named", broken(func(e *Edition) { e.Title["so"] = Text{"x", "machine", "none"} }), "not among the languages"},
		{"no text in the first language", broken(func(e *Edition) {
			e.Languages = append([]Language{{"cy", "Cymraeg", "ltr"}}, e.Languages...)
		}), "there is no text in cy"},
		{"an origin that nobody can explain", broken(func(e *Edition) { e.Title["en"] = Text{"x", "internet", "none"} }), "title, en, origin"},
	} {
		t.Run(c.why, func(t *testing.T) {
			_, err := Parse(c.data)
			var faults Problems
			if !errors.As(err, &faults) || len(faults) == 0 {
				t.Fatalf("no problem was told: %v", err)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("told:\n%v\nwant %q", err, c.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add(editions.Working)
	f.Add([]byte(`{"id":1}`))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := Parse(data)
		if err == nil && len(Check(e)) > 0 {
			t.Error("an edition was taken that breaks the rules")
		}
	})
}
