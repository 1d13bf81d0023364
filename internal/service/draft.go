package service

import (
	"context"
	"errors"
	"slices"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/store"
)

// DraftLeft is how long a draft is left alone before it becomes a reading by itself.
const DraftLeft = time.Minute

// SaveDraft keeps a form of a conversation as it stands; an empty one is taken away.
//
// A draft is kept while a form is being filled in, so that nothing is lost by closing the page and no half-typed word becomes part of a young
// person's history. A draft with an answer becomes a reading when the form is sent,
// when its writer opens any page of the record, or when it was left for DraftLeft.
// Words without an answer stay a draft, and are shown with the conversation.
func (s *Service) SaveDraft(ctx context.Context, actor Actor, n NewReading) error {
	if wrong := n.checkDraft(); len(wrong) > 0 {
		return wrong
	}
	return s.change(ctx, actor, access.WriteRecord, func(tx *store.Tx, scope access.Scope) error {
		talk, err := tx.Conversation(scope, n.Conversation)
		if err != nil {
			return err
		}
		editions, err := s.editionsIn(tx, actor.Authority)
		if err != nil {
			return err
		}
		if e := editions[talk.Edition]; e == nil || !hasIndicator(e, n.Indicator) {
			return store.ErrNotFound
		}
		d := n.draft(actor)
		if d.State == "" && d.Words == "" {
			return ignoring(tx.DropDraft(actor.Authority, d), store.ErrNotFound)
		}
		held, err := tx.DraftsOfConversation(actor.Authority, talk.ID)
		if err != nil {
			return err
		}
		if err := tx.PutDraft(actor.Authority, d); err != nil {
			return err
		}
		if slices.ContainsFunc(held, ofForm(d)) {
			return nil // one entry for a form, however often it is kept
		}
		return s.audit(tx, actor, "write in a conversation", "record", talk.Child, "")
	})
}

// checkDraft is check for a form on which nothing need be chosen yet.
func (n NewReading) checkDraft() Invalid {
	if n.State == "" && n.Value == 0 {
		n.State = conversation.NotTalkedAbout
	}
	return n.check()
}

func (n NewReading) draft(actor Actor) store.Draft {
	return store.Draft{Conversation: n.Conversation, Indicator: n.Indicator, Voice: n.Voice, Account: actor.Account,
		State: n.State, Value: n.Value, Evidence: n.Evidence, Words: n.Words, Replaces: n.Replaces}
}

// ofForm tells whether two drafts are of one form, whatever stands on it.
func ofForm(a store.Draft) func(store.Draft) bool {
	return func(b store.Draft) bool {
		return a.Indicator == b.Indicator && a.Voice == b.Voice && a.Account == b.Account
	}
}

// settleOwn makes readings of what the actor left on forms of a record. The
// authority's lock is held.
func (s *Service) settleOwn(tx *store.Tx, actor Actor, record string) error {
	drafts, err := tx.AnsweredDrafts(actor.Authority, record, actor.Account)
	if err != nil || len(drafts) == 0 {
		return err
	}
	for _, d := range drafts {
		if err := s.settle(tx, actor, d); err != nil {
			return err
		}
	}
	return nil
}

// SettleDrafts makes readings of what everybody left on forms for DraftLeft, and
// gives how many. It is called now and then by whoever serves the pages.
func (s *Service) SettleDrafts(ctx context.Context) (settled int, err error) {
	authorities, err := s.Authorities(ctx)
	if err != nil {
		return 0, err
	}
	for _, a := range authorities {
		n := 0
		err := s.db.Write(ctx, func(tx *store.Tx) error {
			n = 0
			drafts, err := tx.AnsweredDraftsBefore(a.Code, tx.Now.Add(-DraftLeft))
			if err != nil || len(drafts) == 0 {
				return err
			}
			if err := tx.Lock(a.Code); err != nil {
				return err
			}
			// Some of them may have become readings while this one waited for the lock.
			if drafts, err = tx.AnsweredDraftsBefore(a.Code, tx.Now.Add(-DraftLeft)); err != nil {
				return err
			}
			for _, d := range drafts {
				if err := s.settle(tx, Actor{Authority: a.Code, Account: d.Account}, d); err != nil {
					return err
				}
				n++
			}
			return nil
		})
		if err != nil {
			return settled, known(err)
		}
		settled += n
	}
	return settled, nil
}

// settle makes a reading of a draft, in the name of whoever wrote it. The
// authority must be locked.
func (s *Service) settle(tx *store.Tx, writer Actor, d store.Draft) error {
	if err := tx.DropDraft(writer.Authority, d); err != nil {
		return err
	}
	talk, err := tx.Conversation(whole(writer.Authority), d.Conversation)
	if err != nil {
		return err
	}
	c, err := tx.Child(writer.Authority, talk.Child)
	if err != nil {
		return err
	}
	r, err := s.reading(tx, writer, talk, NewReading{ID: s.ids.New(), Conversation: d.Conversation, Indicator: d.Indicator, Voice: d.Voice,
		State: d.State, Value: d.Value, Evidence: d.Evidence, Words: d.Words, Replaces: d.Replaces})
	if err != nil {
		return err
	}
	_, err = s.keep(tx, writer.Authority, c.Record, r)
	var invalid Invalid
	if errors.As(err, &invalid) { // what the form showed is no reading that this one can correct
		r.Replaces = ""
		_, err = s.keep(tx, writer.Authority, c.Record, r)
	}
	if err != nil {
		return ignoring(err, errNothing)
	}
	return s.audit(tx, writer, "record reading", "record", c.Record, "")
}

// ignoring is err, or nothing where it is the one that does not matter.
func ignoring(err, fine error) error {
	if errors.Is(err, fine) {
		return nil
	}
	return err
}
