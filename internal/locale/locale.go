// Package locale finds the words of the young people's pages in the language that they
// chose: texts by key, plural forms, the state of each translation, and how a value
// stands within a text that is written the other way.
//
// It holds no words itself (package locales has them, package editions those of the
// framework) and nothing about pages.
package locale

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"

	"stablefutures/editions"
	"stablefutures/locales"
)

// State is who has looked at a text. Values are stored. The order is that of trust.
type State string

const (
	Source   State = ""         // the language in which the text was written
	Machine  State = "machine"  // no person has looked at it yet
	Reviewed State = "reviewed" // a translator has
	Tried    State = "tried"    // young people have read it, and it was understood
)

// Language is a language of the pages.
type Language struct {
	Tag       string `json:"tag"`  // BCP 47
	Name      string `json:"name"` // its own name, in its own script
	Direction string `json:"direction"`
}

// Tags are the languages of the pages, in the order in which they are offered.
var Tags = []string{"en", "cy", "sq", "vi", "ar", "ckb", "ps", "prs", "ti", "am", "ro", "fr"}

// english are the names of the languages of the pages in English, for those who give a
// young person words that they cannot read themselves.
var english = map[string]string{"en": "English", "cy": "Welsh", "sq": "Albanian", "vi": "Vietnamese", "ar": "Arabic", "ckb": "Kurdish (Sorani)", "ps": "Pashto", "prs": "Dari",
	"ti": "Tigrinya", "am": "Amharic", "ro": "Romanian", "fr": "French"}

// English is the name of a language in English.
func (l Language) English() string { return english[l.Tag] }

// BothNames are the name in English and the language's own: "Tigrinya – ትግርኛ".
func (l Language) BothNames() string {
	if l.English() == l.Name {
		return l.Name
	}
	return l.English() + " – " + l.Name
}

// Called is the language of the pages that has a name, its own or in English; false where
// there is none.
func Called(name string) (Language, bool) {
	for _, tag := range Tags {
		if w, ok := Of(tag); ok && (w.Name == name || strings.EqualFold(w.English(), name)) {
			return w.Language, true
		}
	}
	return Language{}, false
}

// SourceTag is the language in which the texts are written first.
const SourceTag = "en"

// Text is one text, as a file holds it.
type Text struct {
	Words string            // empty for a text with plural forms
	Forms map[string]string // by plural form; nil for a text without
	Note  string            // what a translator must know; of the source alone
	Max   int               // most characters, values not counted; 0 for no bound; of the source alone
	State State
}

// Words are all texts of one language.
type Words struct {
	Language
	texts  map[string]Text
	state  State
	plural func(n int) string
}

var loaded sync.Map // file to func() *Words

// Of are the words of the pages in a language as they come with the program; false where
// there is no such language. They are shared: nobody changes them.
func Of(tag string) (*Words, bool) {
	name := tag + ".json"
	if _, err := fs.Stat(locales.Files, name); err != nil || !slices.Contains(Tags, tag) {
		return nil, false
	}
	return load(locales.Files, name, tag), true
}

// OfEdition are the young people's words of an edition in a language, as they come with
// the program; false where there are none. A key is "outcome.home", "indicator.home.1",
// "principle.best-interests", "answer.5", "state.does-not-know", "prompt", "notice".
func OfEdition(edition, tag string) (*Words, bool) {
	name := "words/" + edition + "/" + tag + ".json"
	if _, err := fs.Stat(editions.Words, name); err != nil {
		return nil, false
	}
	return load(editions.Words, name, tag), true
}

// load reads a file of the program once.
func load(files fs.FS, name, tag string) *Words {
	once, _ := loaded.LoadOrStore(name, sync.OnceValue(func() *Words {
		w, err := read(files, name, tag)
		if err != nil {
			panic(err) // a file of the program itself: a test reads every one
		}
		return w
	}))
	return once.(func() *Words)()
}

// file is a file of words.
type file struct {
	Language Language                   `json:"language"`
	Origin   string                     `json:"origin"`
	Review   string                     `json:"review"`
	Texts    map[string]json.RawMessage `json:"texts"`
	Plurals  map[string]json.RawMessage `json:"plurals"`
}

// source is an entry of the source language, which says more than the words.
type source struct {
	Text  string            `json:"text"`
	Forms map[string]string `json:"forms"`
	Note  string            `json:"note"`
	Max   int               `json:"max"`
}

func read(files fs.FS, name, tag string) (*Words, error) {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("words of %s: %w", tag, err)
	}
	var f file
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, fmt.Errorf("words of %s: %w", tag, err)
	}
	if f.Language.Tag != "" && f.Language.Tag != tag {
		return nil, fmt.Errorf("words of %s: the file says that it is %q", tag, f.Language.Tag)
	}
	w := &Words{Language: f.Language, texts: make(map[string]Text, len(f.Texts)+len(f.Plurals)), state: StateOf(f.Origin, f.Review), plural: pluralOf(tag)}
	for key, raw := range f.Texts {
		var s source
		if json.Unmarshal(raw, &s.Text) != nil {
			if err := json.Unmarshal(raw, &s); err != nil {
				return nil, fmt.Errorf("words of %s, %s: %w", tag, key, err)
			}
		}
		w.texts[key] = Text{Words: s.Text, Note: s.Note, Max: s.Max, State: w.state}
	}
	for key, raw := range f.Plurals {
		var s source
		if json.Unmarshal(raw, &s.Forms) != nil {
			s = source{}
			if err := json.Unmarshal(raw, &s); err != nil {
				return nil, fmt.Errorf("words of %s, %s: %w", tag, key, err)
			}
		}
		w.texts[key] = Text{Forms: s.Forms, Note: s.Note, State: w.state}
	}
	return w, nil
}

// StateOf is the state that an origin and a review stand for.
func StateOf(origin, review string) State {
	switch {
	case origin != "machine" && origin != "translator":
		return Source
	case review == "young-people":
		return Tried
	case review == "professional":
		return Reviewed
	}
	return Machine
}

// New are words of a language that come from elsewhere than a file of the program. Texts
// may be there for some keys alone.
func New(l Language, texts map[string]Text) *Words {
	return &Words{Language: l, texts: texts, plural: pluralOf(l.Tag)}
}

// With are these words with others in the place of some. What is replaced has the state
// of what replaces it.
func (w *Words) With(others map[string]Text) *Words {
	if len(others) == 0 {
		return w
	}
	merged := *w
	merged.texts = make(map[string]Text, len(w.texts))
	for key, t := range w.texts {
		if o, ok := others[key]; ok {
			o.Note, o.Max = t.Note, t.Max
			t = o
		}
		merged.texts[key] = t
	}
	return &merged
}

// Keys are the keys of all texts, in order.
func (w *Words) Keys() []string {
	keys := make([]string, 0, len(w.texts))
	for key := range w.texts {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// Text is a text as it is kept; false where there is none of this key.
func (w *Words) Text(key string) (Text, bool) {
	t, ok := w.texts[key]
	return t, ok
}

// State is the state of all the words together: that of the one least looked at. Of
// words of which none is a translation it is Source.
func (w *Words) State() State {
	worst := Source
	for _, t := range w.texts {
		worst = Worse(worst, t.State)
	}
	return worst
}

// Say is a text with its values: pairs of a name and what stands in its place. A key
// that is not there gives the key, which no page of ours shows: a test asks for each.
//
// Each value is set apart from the text around it (Unicode's first strong isolate), so
// that a name in one script does not turn the order of a sentence in another.
func (w *Words) Say(key string, values ...string) string {
	t, ok := w.texts[key]
	if !ok {
		return key
	}
	return fill(t.Words, values)
}

// Count is Say for a text with plural forms; n stands for {n} too.
func (w *Words) Count(key string, n int, values ...string) string {
	t := w.texts[key]
	form, ok := t.Forms[w.plural(n)]
	if !ok {
		form = t.Forms["other"]
	}
	return fill(form, append([]string{"n", strconv.Itoa(n)}, values...))
}

const isolate, endIsolate = "\u2068", "\u2069"

func fill(text string, values []string) string {
	if len(values) == 0 {
		return text
	}
	pairs := make([]string, len(values))
	for n := 0; n+1 < len(values); n += 2 {
		pairs[n], pairs[n+1] = "{"+values[n]+"}", isolate+values[n+1]+endIsolate
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
