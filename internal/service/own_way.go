package service

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"stablefutures/internal/conversation"
	"stablefutures/internal/media"
	"stablefutures/internal/store"
)

// NewOwnSaid is something that a young person says in their own way.
type NewOwnSaid struct {
	ID       string
	Kind     string // words, drawing, picture, sound
	Outcome  string // empty where it is about nothing special
	Words    string
	File     []byte // as it was sent; nothing of it but its picture or its sound is kept
	Audience conversation.Audience
	Account  string
	Ask      string // what somebody should do about it, in the same act; empty for nothing
}

// SayOwnWay keeps words, drawings, pictures and sounds: all of them or none. Files are
// cleaned here, whatever page they came from: none is kept as it was sent.
func (s *Service) SayOwnWay(ctx context.Context, y Young, list ...NewOwnSaid) error {
	var wrong Invalid
	files := make([]*media.File, len(list))
	for i := range list {
		n := &list[i]
		n.Words = strings.TrimSpace(n.Words)
		file, found := n.check()
		files[i], wrong = file, append(wrong, found...)
	}
	switch {
	case len(list) == 0:
		return Invalid{{"words", "error.empty"}}
	case len(wrong) > 0:
		return wrong
	}
	return s.changeOwn(ctx, y, saysOwn, func(tx *store.Tx, session store.OwnSession) error {
		talk, edition, err := s.ownTalk(tx, y, session)
		if err != nil {
			return err
		}
		kept := 0
		for i, n := range list {
			if n.ID == "" {
				n.ID = s.ids.New()
			}
			if _, ok := edition.Outcome(n.Outcome); !ok && n.Outcome != "" {
				return store.ErrNotFound
			}
			err := s.addSaid(tx, y, store.OwnSaid{ID: n.ID, Child: talk.Child, Conversation: talk.ID, Kind: n.Kind, Outcome: n.Outcome, Words: n.Words,
				Audience: n.Audience, Account: n.Account, SaidOn: talk.HeldOn}, files[i])
			err = s.askToo(tx, y, talk, session.Language, NewAsk{ID: n.ID, Words: n.Ask, Outcome: n.Outcome, Audience: n.Audience, Account: n.Account}, err)
			if ignoring(err, errNothing) != nil {
				return err
			}
			if err == nil {
				kept++
			}
		}
		if kept == 0 {
			return errNothing
		}
		return nil
	})
}

// check finds what is wrong with it, and cleans its file; nil for words alone. Messages
// are keys of the young people's words.
func (n NewOwnSaid) check() (file *media.File, wrong Invalid) {
	wrong = append(checkAudience(n.Audience, n.Account), checkAskToo(n.Ask, n.Audience)...)
	if utf8.RuneCountInString(n.Words) > maxWords {
		wrong = append(wrong, FieldError{"words", "error.long"})
	}
	clean := media.Picture
	switch n.Kind {
	case "words":
		if n.Words == "" {
			wrong = append(wrong, FieldError{"words", "error.empty"})
		}
		return nil, wrong
	case "sound":
		clean = media.Sound
	}
	cleaned, err := clean(n.File)
	switch {
	case errors.Is(err, media.ErrEmpty):
		wrong = append(wrong, FieldError{n.Kind, "error.empty"})
	case errors.Is(err, media.ErrBig):
		wrong = append(wrong, FieldError{n.Kind, "error.big"})
	case err != nil:
		wrong = append(wrong, FieldError{n.Kind, "error.kind"})
	}
	return &cleaned, wrong
}
