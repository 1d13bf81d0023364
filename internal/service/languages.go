package service

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/framework"
	"stablefutures/internal/locale"
	"stablefutures/internal/store"
)

// Translation is one text of the young people's pages, or of the edition in use, in one
// language, as staff and translators see it.
type Translation struct {
	Name   string // page/leave, edition/working-2026/outcome.home
	Place  string // where it stands
	Source locale.Text
	Lines  []TranslationLine // one, or one for each plural form of the language
}

// TranslationLine is the text, or one of its plural forms.
type TranslationLine struct {
	Form    string // empty for a text without
	Example int    // a number that takes the form
	Words   string // empty where there is no translation
	State   locale.State
}

// Key is the key of the text among its own.
func (t Translation) Key() string {
	if key, ok := strings.CutPrefix(t.Name, pageName); ok {
		return key
	}
	_, key, _ := strings.Cut(strings.TrimPrefix(t.Name, editionName), "/")
	return key
}

// OfEdition tells a text of an edition from one of the pages.
func (t Translation) OfEdition() bool { return strings.HasPrefix(t.Name, editionName) }

// State is that of the form looked at least.
func (t Translation) State() (state locale.State) {
	for _, line := range t.Lines {
		state = locale.Worse(state, line.State)
	}
	return state
}

// Missing tells whether there is no translation: pages then show the edition's own text
// in another language, and say which.
func (t Translation) Missing() bool { return t.Lines[0].Words == "" }

// Check stands for the English of the text: where it is another, the English changed.
func (t Translation) Check() string {
	sum := sha256.Sum256([]byte(t.Source.Words + "\x00" + t.Source.Forms["one"] + "\x00" + t.Source.Forms["other"]))
	return hex.EncodeToString(sum[:4])
}

// Translations are all texts of one language.
type Translations struct {
	locale.Language
	Edition string // id of the edition in use
	Texts   []Translation
}

// Count is how many texts have a state; missing ones have none.
func (t Translations) Count(state locale.State) (n int) {
	for _, text := range t.Texts {
		if !text.Missing() && text.State() == state {
			n++
		}
	}
	return n
}

// Missing is how many texts have no translation.
func (t Translations) Missing() (n int) {
	for _, text := range t.Texts {
		if text.Missing() {
			n++
		}
	}
	return n
}

// Find is a text by its name.
func (t Translations) Find(name string) (Translation, bool) {
	for _, text := range t.Texts {
		if text.Name == name {
			return text, true
		}
	}
	return Translation{}, false
}

// Languages are all languages but that in which the texts are first written.
func (s *Service) Languages(ctx context.Context, actor Actor) (list []Translations, err error) {
	err = s.look(ctx, actor, access.KeepWords, func(tx *store.Tx, _ access.Scope) error {
		list = nil
		for _, tag := range locale.Tags {
			if tag == locale.SourceTag {
				continue
			}
			t, err := s.translations(tx, actor.Authority, tag)
			if err != nil {
				return err
			}
			list = append(list, t)
		}
		return nil
	})
	return list, err
}

// Language is every text of one language; ErrNotFound for the language in which they are
// first written, which is not translated.
func (s *Service) Language(ctx context.Context, actor Actor, tag string) (t Translations, err error) {
	err = s.look(ctx, actor, access.KeepWords, func(tx *store.Tx, _ access.Scope) error {
		t, err = s.translations(tx, actor.Authority, tag)
		return err
	})
	return t, err
}

// translations read the wordings themselves and not what is kept of them: plural forms
// are shown each with its own state.
func (s *Service) translations(tx *store.Tx, authority, tag string) (Translations, error) {
	edition, err := s.editionInUse(tx, authority)
	if err != nil {
		return Translations{}, err
	}
	list, err := tx.Wordings(authority, tag)
	if err != nil {
		return Translations{}, err
	}
	return withWordings(tag, edition, list)
}

func withWordings(tag string, edition *framework.Edition, list []store.Wording) (Translations, error) {
	if tag == locale.SourceTag {
		return Translations{}, store.ErrNotFound
	}
	w, err := shipped(tag, edition)
	if err != nil {
		return Translations{}, err
	}
	t := Translations{Language: w.Language, Edition: edition.ID}
	held := map[[2]string]store.Wording{}
	for _, l := range list {
		held[[2]string{l.Name, l.Form}] = l
	}
	source, _ := locale.Of(locale.SourceTag)
	for _, key := range source.Keys() {
		text, _ := source.Text(key)
		before, _ := w.Text(key)
		one := Translation{Name: pageName + key, Place: locale.Place(key), Source: text}
		if text.Forms == nil {
			one.Lines = []TranslationLine{{Words: before.Words, State: before.State}}
		} else {
			for _, form := range locale.Forms(tag) {
				one.Lines = append(one.Lines, TranslationLine{Form: form, Example: locale.Example(tag, form), Words: before.Forms[form], State: before.State})
			}
		}
		t.Texts = append(t.Texts, one.with(held))
	}
	for _, k := range edition.ForYoungPeople() {
		english, _, ok := edition.In(k.Texts, locale.SourceTag)
		if !ok {
			continue // nothing to translate
		}
		one := Translation{Name: editionName + edition.ID + "/" + k.Key, Place: locale.EditionPlace(k.Key), Source: locale.Text{Words: english}, Lines: []TranslationLine{{}}}
		if w.texts != nil {
			before, _ := w.texts.Text(k.Key)
			one.Lines[0] = TranslationLine{Words: before.Words, State: before.State}
		}
		t.Texts = append(t.Texts, one.with(held))
	}
	return t, nil
}

// with is the text with what an authority put in its place.
func (t Translation) with(held map[[2]string]store.Wording) Translation {
	for n, line := range t.Lines {
		if l, ok := held[[2]string{t.Name, line.Form}]; ok {
			t.Lines[n].Words, t.Lines[n].State = l.Words, l.State
		}
	}
	return t
}

// WordingWas is one text as it was from a time on.
type WordingWas struct {
	store.Wording
	By string // name; "the operator of the machine"
}

// mostWordings bounds how many of a text's former wordings are shown.
const mostWordings = 50

// Text is one text of a language, with what it was before, the latest first.
func (s *Service) Text(ctx context.Context, actor Actor, tag, name string) (t Translation, was []WordingWas, err error) {
	err = s.look(ctx, actor, access.KeepWords, func(tx *store.Tx, _ access.Scope) error {
		all, err := s.translations(tx, actor.Authority, tag)
		if err != nil {
			return err
		}
		var ok bool
		if t, ok = all.Find(name); !ok {
			return store.ErrNotFound
		}
		names, err := s.names(tx, actor.Authority)
		if err != nil {
			return err
		}
		list, err := tx.WordingsOfText(actor.Authority, tag, name, mostWordings)
		was = nil
		for _, w := range list {
			was = append(was, WordingWas{w, cmp.Or(names[w.ChangedBy], "The operator of the machine")})
		}
		return err
	})
	return t, was, err
}
