package service

import (
	"context"
	"strconv"

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

func (s *Service) wordsOf(tx *store.Tx, authority, tag string, edition *framework.Edition) (OwnWords, error) {
	pages, ok := locale.Of(tag)
	if !ok {
		return OwnWords{}, store.ErrNotFound
	}
	w := OwnWords{Words: pages, Edition: edition}
	if texts, ok := locale.OfEdition(edition.ID, tag); ok {
		w.texts = texts
	}
	return w, nil
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

// State of all of it together: that of the text that was looked at least.
func (w OwnWords) Looked() locale.State {
	state := w.Words.State()
	if w.texts == nil || state == locale.Machine {
		return state
	}
	if of := w.texts.State(); of == locale.Machine || state == locale.Tried {
		return of
	}
	return state
}
