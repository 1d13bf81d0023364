package service

import (
	"context"
	"slices"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/store"
)

// OwnGiven is something that a young person said on their own page, as somebody sees it
// who may: everybody who helps, or this one alone.
type OwnGiven struct {
	store.OwnSaid
	Edition *framework.Edition // in which it was said; nil where it is no longer here
	How     conversation.How
	By      string // account that typed it in; empty for none
}

// ownGiven is what an account may see of it, of a record in its reach, the latest first.
func (s *Service) ownGiven(tx *store.Tx, actor Actor, record string) ([]OwnGiven, error) {
	said, err := tx.OwnSaidFor(actor.Authority, record, actor.Account)
	if err != nil || len(said) == 0 {
		return nil, err
	}
	editions, err := s.editionsIn(tx, actor.Authority)
	if err != nil {
		return nil, err
	}
	talks, err := ownTalks(tx, actor.Authority, record)
	if err != nil {
		return nil, err
	}
	list := make([]OwnGiven, len(said))
	for i, one := range said {
		talk := talks[one.Conversation]
		list[i] = OwnGiven{one, editions[talk.Edition], talk.How, talk.Account}
	}
	return list, nil
}

// ownTalks are the conversations that a young person held by themselves, by their ids:
// for what somebody may see of one, whatever else was kept in it.
func ownTalks(tx *store.Tx, authority, record string) (map[string]store.Conversation, error) {
	held, err := tx.OwnConversationsOf(authority, record)
	of := make(map[string]store.Conversation, len(held))
	for _, talk := range held {
		of[talk.ID] = talk
	}
	return of, err
}

// OwnFileOf is a file that a young person gave, for somebody who may see it; ErrNotFound
// for everybody else. The entry in the log is that of opening the record: one of its own
// would tell others that there is something which is not for them.
func (s *Service) OwnFileOf(ctx context.Context, actor Actor, record, said string) (f store.OwnFile, err error) {
	err = s.openRecord(ctx, actor, record, "record", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		list, err := tx.OwnSaidFor(actor.Authority, head.ID, actor.Account)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(list, func(o store.OwnSaid) bool { return o.ID == said && o.File != "" }) {
			return store.ErrNotFound
		}
		f, err = tx.OwnFile(actor.Authority, said)
		return err
	})
	return f, err
}
