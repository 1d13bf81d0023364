package service

import (
	"errors"

	"stablefutures/internal/conversation"
	"stablefutures/internal/store"
)

// Whoever gives a code could use it themselves, and would be the young person. So a
// session is shown what was kept from others only where that is no news to whoever gave
// it, or where it was kept in this very session, or in one in which the same secret of
// the young person's own was proved: of a device that is remembered, or of their lock.

// sight is what of a young person's own things one session of theirs is shown.
type sight struct {
	kept  map[string]bool // conversations of which it sees what was kept from others
	giver string          // account that gave the code or the tablet
}

func sightOf(tx *store.Tx, y Young) (sight, error) {
	session, err := tx.OwnSession(y.Authority, y.Session)
	if err != nil {
		return sight{}, err
	}
	session.Child = y.Record
	kept, err := tx.KeptInSight(y.Authority, session)
	return sight{kept, session.GivenBy}, err
}

// of tells whether something is shown, by who may see it and where it was said.
func (s sight) of(a conversation.Audience, account, talk string) bool {
	return a == conversation.Helpers || s.kept[talk] || a == conversation.One && account != "" && account == s.giver
}

func (s sight) said(o store.OwnSaid) bool { return s.of(o.Audience, o.Account, o.Conversation) }

func (s sight) ask(a store.Ask) bool { return s.of(a.Audience, a.Owner, a.Conversation) }

// ownSaidInSight is one thing that was said; ErrNotFound where this session is not shown
// it: not shown and not there are one answer.
func ownSaidInSight(tx *store.Tx, y Young, id string) (store.OwnSaid, error) {
	said, err := tx.OneOwnSaid(y.Authority, y.Record, id)
	if err != nil {
		return said, err
	}
	sees, err := sightOf(tx, y)
	if err == nil && !sees.said(said) {
		err = store.ErrNotFound
	}
	return said, err
}

// asksInSight are the asks that a session is shown, the latest first.
func asksInSight(tx *store.Tx, y Young) ([]store.Ask, error) {
	asks, err := tx.AsksOf(y.Authority, y.Record)
	if err != nil || len(asks) == 0 {
		return nil, err
	}
	sees, err := sightOf(tx, y)
	var list []store.Ask
	for _, a := range asks {
		if sees.ask(a) {
			list = append(list, a)
		}
	}
	return list, err
}

// endOwnOfThoseGone ends the sessions of a record that began with what somebody gave who
// may give nothing any more: nobody stays in by a code that they made for themselves. A
// device that was remembered so opens again with a code of somebody who may. While "I am
// not safe" goes on nobody is put out: everybody knows of it, and the young person waits
// for an answer there.
func endOwnOfThoseGone(tx *store.Tx, authority, record string) error {
	live, err := tx.LiveOwnSessions(authority, record)
	if err != nil {
		return err
	}
	for _, session := range live {
		err := mayStillGive(tx, authority, session.GivenBy, session.Child)
		if errors.Is(err, store.ErrNotFound) {
			err = tx.EndOwnSession(authority, session.Hash)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
