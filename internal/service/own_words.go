package service

import (
	"context"
	"maps"
	"strconv"
	"strings"

	"stablefutures/internal/framework"
	"stablefutures/internal/locale"
	"stablefutures/internal/store"
)

// OwnWords are all the words that a young person's pages show, in one language: those of
// the pages, and those of the edition in use. What the authority's translators changed
// stands in the place of what came with the program.
type OwnWords struct {
	*locale.Words
	Edition *framework.Edition
	texts   *locale.Words // of the edition; nil where it has none in this language
}

// WordsFor are the words of a language for an authority's young people; ErrNotFound
// where there is no such language.
func (s *Service) WordsFor(ctx context.Context, authority, tag string) (w OwnWords, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		w, err = s.wordsIn(tx, authority, tag)
		return err
	})
	return w, known(err)
}

func (s *Service) wordsIn(tx *store.Tx, authority, tag string) (OwnWords, error) {
	edition, err := s.editionInUse(tx, authority)
	if err != nil {
		return OwnWords{}, err
	}
	return s.wordsOf(tx, authority, tag, edition)
}

// wordsOf are the words as the program brings them, with the authority's own wordings.
// They are worked out once for each state of its wordings: a young person's page asks for
// a number, and reads no texts.
func (s *Service) wordsOf(tx *store.Tx, authority, tag string, edition *framework.Edition) (OwnWords, error) {
	w, err := shipped(tag, edition)
	if err != nil {
		return w, err
	}
	number, err := tx.LastWording(authority)
	if err != nil || number == 0 {
		return w, err
	}
	key := [3]string{authority, tag, edition.ID}
	if kept, ok := s.worded.Load(key); ok && kept.(worded).number == number {
		return kept.(worded).words, nil
	}
	list, err := tx.Wordings(authority, tag)
	if err != nil {
		return w, err
	}
	w = w.with(list)
	s.worded.Store(key, worded{number, w})
	return w, nil
}

// worded are an authority's words of a language, as they are after a number of wordings.
type worded struct {
	number int64
	words  OwnWords
}

// shipped are the words of a language and an edition as they come with the program, or
// with the edition.
func shipped(tag string, edition *framework.Edition) (OwnWords, error) {
	pages, ok := locale.Of(tag)
	if !ok {
		return OwnWords{}, store.ErrNotFound
	}
	w := OwnWords{Words: pages, Edition: edition}
	if w.texts, ok = locale.OfEdition(edition.ID, tag); ok || tag == locale.SourceTag {
		return w, nil
	}
	texts := map[string]locale.Text{}
	for _, k := range edition.ForYoungPeople() {
		if t := k.Texts[tag]; t.Text != "" {
			texts[k.Key] = locale.Text{Words: t.Text, State: locale.StateOf(t.Origin, t.Review)}
		}
	}
	if len(texts) > 0 {
		w.texts = locale.New(pages.Language, texts)
	}
	return w, nil
}

// The names of wordings begin with what they are of.
const pageName, editionName = "page/", "edition/"

// with are the words with wordings in the place of some. A wording of a text that is no
// longer there says nothing.
func (w OwnWords) with(list []store.Wording) OwnWords {
	pages, texts := map[string]locale.Text{}, map[string]locale.Text{}
	prefix := editionName + w.Edition.ID + "/"
	known := map[string]bool{}
	for _, k := range w.Edition.ForYoungPeople() {
		known[k.Key] = true
	}
	if w.texts != nil {
		for _, key := range w.texts.Keys() {
			texts[key], _ = w.texts.Text(key)
		}
	}
	forms := map[string][]store.Wording{}
	for _, l := range list {
		key, isPage := strings.CutPrefix(l.Name, pageName)
		of, isEdition := strings.CutPrefix(l.Name, prefix)
		switch before, ok := w.Words.Text(key); {
		case isEdition && known[of] && l.Form == "":
			texts[of] = locale.Text{Words: l.Words, State: l.State}
		case !isPage || !ok:
		case before.Forms == nil && l.Form == "":
			pages[key] = locale.Text{Words: l.Words, State: l.State}
		case before.Forms != nil && l.Form != "":
			forms[key] = append(forms[key], l)
		}
	}
	for key, list := range forms {
		before, _ := w.Words.Text(key)
		pages[key] = formsWith(before, list)
	}
	w.Words = w.Words.With(pages)
	if len(texts) > 0 {
		w.texts = locale.New(w.Language, texts)
	}
	return w
}

// formsWith are plural forms with others in the place of some. Together they are looked
// at as little as the one looked at least.
func formsWith(before locale.Text, list []store.Wording) locale.Text {
	merged := locale.Text{Forms: maps.Clone(before.Forms)}
	if len(list) < len(before.Forms) {
		merged.State = before.State
	}
	for _, l := range list {
		if _, ok := before.Forms[l.Form]; ok {
			merged.Forms[l.Form], merged.State = l.Words, locale.Worse(merged.State, l.State)
		}
	}
	return merged
}

// Phrase is a text with the language in which it stands, which is not the one that was
// chosen where there is none in that.
type Phrase struct{ Text, Tag string }

// tell is a text of the edition by its key.
func (w OwnWords) tell(key string, texts framework.Texts) Phrase {
	if w.texts != nil {
		if t, ok := w.texts.Text(key); ok && t.Words != "" {
			return Phrase{t.Words, w.Tag}
		}
	}
	text, tag, _ := w.Edition.In(texts, w.Tag)
	return Phrase{text, tag}
}

// Outcome is what an outcome is called.
func (w OwnWords) Outcome(o framework.Outcome) Phrase {
	return w.tell("outcome."+o.ID, o.Title[framework.YoungPerson])
}

// Indicator is the sentence that is answered.
func (w OwnWords) Indicator(i framework.Indicator) Phrase {
	return w.tell("indicator."+i.ID, i.Title[framework.YoungPerson])
}

// Principle is what a principle is called.
func (w OwnWords) Principle(p framework.Principle) Phrase {
	return w.tell("principle."+p.ID, p.Title[framework.YoungPerson])
}

// Answer is a step of the scale.
func (w OwnWords) Answer(value int) Phrase {
	for _, a := range w.Edition.Scale.Answers {
		if a.Value == value {
			return w.tell("answer."+strconv.Itoa(value), a.Title[framework.YoungPerson])
		}
	}
	return Phrase{}
}

// State is one of the states that are no answers.
func (w OwnWords) State(id string) Phrase {
	for _, state := range w.Edition.Scale.States {
		if state.ID == id {
			return w.tell("state."+id, state.Title[framework.YoungPerson])
		}
	}
	return Phrase{}
}

// Prompt is what is said before the sentences of an outcome.
func (w OwnWords) Prompt(o framework.Outcome) Phrase {
	if len(o.Prompt) > 0 {
		return w.tell("prompt."+o.ID, o.Prompt)
	}
	return w.tell("prompt", w.Edition.Prompt)
}

// Notice says what edition it is where it is not the published framework; never empty
// for such a one.
func (w OwnWords) Notice() Phrase {
	if t := w.tell("notice", w.Edition.Notice); t.Text != "" {
		return t
	}
	text, tag := w.Edition.NoticeIn(w.Tag)
	return Phrase{text, tag}
}

// Looked is the state of all of it together: that of the text that was looked at least.
func (w OwnWords) Looked() locale.State {
	if w.texts == nil {
		return w.Words.State()
	}
	return locale.Worse(w.Words.State(), w.texts.State())
}
