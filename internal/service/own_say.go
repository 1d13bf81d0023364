package service

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/locale"
	"stablefutures/internal/media"
	"stablefutures/internal/store"
)

// OwnAnswer is an answer as a young person gives it on their own page.
type OwnAnswer struct {
	ID        string // made by the page: the same answer sent twice is one
	Indicator string
	State     conversation.State
	Value     int
	Words     string
	Audience  conversation.Audience
	Account   string // whom alone, for conversation.One
	Ask       string // what somebody should do about it, in the same act; empty for nothing
}

// asks is what an answer asks for.
func (n OwnAnswer) asks() NewAsk {
	return NewAsk{ID: n.ID, Words: n.Ask, Indicator: n.Indicator, Audience: n.Audience, Account: n.Account}
}

// SayOwn keeps an answer as it is given. For everybody who helps it is a reading, as one
// that was made in a talk. Kept to one person, or to nobody yet, it is no reading: it
// counts in no figure and stands in no export.
func (s *Service) SayOwn(ctx context.Context, y Young, n OwnAnswer) error {
	if wrong := n.check(); len(wrong) > 0 {
		return wrong
	}
	return s.changeOwn(ctx, y, saysOwn, func(tx *store.Tx, session store.OwnSession) error {
		talk, edition, err := s.ownTalk(tx, y, session)
		if err != nil {
			return err
		}
		outcome, ok := edition.OutcomeOf(n.Indicator)
		if !ok {
			return store.ErrNotFound
		}
		if n.ID == "" {
			n.ID = s.ids.New()
		}
		if n.Audience == conversation.Helpers {
			r := conversation.Reading{ID: n.ID, Child: talk.Child, Conversation: talk.ID, Edition: talk.Edition, Indicator: n.Indicator,
				Voice: conversation.YoungPerson, State: n.State, Value: n.Value, Words: strings.TrimSpace(n.Words), HelpedBy: talk.HelpedBy,
				SaidOn: talk.HeldOn, RecordedAt: tx.Now}
			_, err = s.keep(tx, y.Authority, y.Record, r)
		} else {
			err = s.addSaid(tx, y, store.OwnSaid{ID: n.ID, Child: talk.Child, Conversation: talk.ID, Kind: "answer", Outcome: outcome.ID, Indicator: n.Indicator,
				State: n.State, Value: n.Value, Words: strings.TrimSpace(n.Words), Audience: n.Audience, Account: n.Account, SaidOn: talk.HeldOn}, nil)
		}
		ask := n.asks()
		ask.Outcome = outcome.ID
		return s.askToo(tx, y, talk, session.Language, ask, err)
	})
}

func (n OwnAnswer) check() Invalid {
	wrong := NewReading{Voice: conversation.YoungPerson, State: n.State, Value: n.Value, Words: n.Words}.check()
	return slices.Concat(wrong, checkAudience(n.Audience, n.Account), checkAskToo(n.Ask, n.Audience))
}

func checkAudience(a conversation.Audience, account string) Invalid {
	if !slices.Contains(conversation.Audiences, a) || (a == conversation.One) != (account != "") {
		return Invalid{{"who", "Choose who may see this."}}
	}
	return nil
}

// addSaid keeps what is no reading, with its file where it has one. Sent twice it is one,
// also from a page that was made anew; the same form with anything else in it is something
// else that they say. Whom it is for alone must work with the young person now.
func (s *Service) addSaid(tx *store.Tx, y Young, said store.OwnSaid, file *media.File) error {
	if said.Audience == conversation.One {
		who, err := answerersOf(tx, y.Authority, y.Record)
		if err != nil {
			return err
		}
		if !who.works(said.Account) {
			return errWorksNoMore
		}
	}
	if file != nil {
		said.File = file.Kind
	}
	switch _, err := tx.OneOwnSaid(y.Authority, y.Record, said.ID); {
	case err == nil:
		if kept, err := saidBefore(tx, y, said, file); err != nil || kept {
			return cmp.Or(err, errNothing)
		}
		said.ID = s.ids.New()
	case !errors.Is(err, store.ErrNotFound):
		return err
	default:
		if kept, err := saidJustNow(tx, y, said, file); err != nil || kept {
			return cmp.Or(err, errNothing)
		}
	}
	if err := roomFor(tx, y, said, file); err != nil {
		return err
	}
	if err := tx.AddOwnSaid(y.Authority, said); err != nil || file == nil {
		return err
	}
	return tx.AddOwnFile(y.Authority, store.OwnFile{ID: said.ID, Child: said.Child, Kind: file.Kind, Body: file.Body})
}

// saidBefore tells whether this very thing was kept: under its id, or in the same
// conversation under another that it was given then.
func saidBefore(tx *store.Tx, y Young, said store.OwnSaid, file *media.File) (bool, error) {
	before, err := tx.OwnSaidOf(y.Authority, y.Record)
	if err != nil {
		return false, err
	}
	for _, b := range before {
		if b.ID != said.ID && b.Conversation != said.Conversation || !sameSaid(b, said) {
			continue
		}
		if file == nil {
			return true, nil
		}
		if kept, err := tx.OwnFile(y.Authority, b.ID); err != nil || bytes.Equal(kept.Body, file.Body) {
			return err == nil, err
		}
	}
	return false, nil
}

// sameSaid tells whether what was kept says what is said now, to the same people. What
// was opened since is for everybody, and still the same.
func sameSaid(kept, said store.OwnSaid) bool {
	toSame := kept.Audience == said.Audience && kept.Account == said.Account || !kept.OpenedAt.IsZero()
	return toSame && kept.Kind == said.Kind && kept.Outcome == said.Outcome && kept.Indicator == said.Indicator &&
		kept.State == said.State && kept.Value == said.Value && kept.Words == said.Words && kept.File == said.File
}

// OpenOwn opens something that was kept to everybody who helps. An answer becomes a
// reading of the day on which it was said.
func (s *Service) OpenOwn(ctx context.Context, y Young, id string) error {
	return s.changeOwn(ctx, y, saysOwn, func(tx *store.Tx, _ store.OwnSession) error {
		said, err := ownSaidInSight(tx, y, id)
		if err != nil {
			return err
		}
		if said.Audience == conversation.Helpers {
			return errNothing
		}
		reading := ""
		if said.Kind == "answer" {
			talk, err := tx.Conversation(at(whole(y.Authority), tx), said.Conversation)
			if err != nil {
				return err
			}
			kept, err := s.keep(tx, y.Authority, y.Record, conversation.Reading{ID: s.ids.New(), Child: said.Child, Conversation: talk.ID, Edition: talk.Edition,
				Indicator: said.Indicator, Voice: conversation.YoungPerson, State: said.State, Value: said.Value, Words: said.Words, HelpedBy: talk.HelpedBy,
				SaidOn: said.SaidOn, RecordedAt: tx.Now})
			if err := ignoring(err, errNothing); err != nil {
				return err
			}
			reading = kept.ID
		}
		return tx.OpenOwnSaid(y.Authority, id, reading)
	})
}

// ownTalk is the conversation that a session holds: begun with the first thing said, and
// a new one on another day or with another edition.
func (s *Service) ownTalk(tx *store.Tx, y Young, session store.OwnSession) (store.Conversation, *framework.Edition, error) {
	edition, err := s.editionInUse(tx, y.Authority)
	if err != nil {
		return store.Conversation{}, nil, err
	}
	today := s.todayIn(tx)
	if session.Conversation != "" {
		talk, err := tx.Conversation(at(whole(y.Authority), tx), session.Conversation)
		if err == nil && talk.HeldOn == today && talk.Edition == edition.ID {
			return talk, edition, nil
		}
		if err := ignoring(err, store.ErrNotFound); err != nil {
			return talk, edition, err
		}
	}
	talk := store.Conversation{ID: s.ids.New(), Child: y.Record, Edition: edition.ID, HeldOn: today, How: conversation.OwnPage,
		Language: languageName(session.Language), Session: session.Hash}
	if session.HandedOver() {
		talk.How = conversation.HandedOver
	}
	if err := tx.AddConversation(y.Authority, talk); err != nil {
		return talk, edition, err
	}
	session.Conversation = talk.ID
	return talk, edition, tx.SetOwnSession(y.Authority, session)
}

// languageName is a language's own name; the tag where it is none of the pages'.
func languageName(tag string) string {
	if w, ok := locale.Of(tag); ok {
		return w.Name
	}
	return tag
}
