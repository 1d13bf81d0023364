package service

import (
	"context"
	"io"
	"slices"

	"stablefutures/internal/access"
	"stablefutures/internal/care"
	"stablefutures/internal/child"
	"stablefutures/internal/framework"
	"stablefutures/internal/returns"
	"stablefutures/internal/returns/template"
	"stablefutures/internal/store"
)

// ExportRegister writes the register as it stands to w, in the template that
// import reads. It names children, so that only those who may open every record
// may have it.
func (s *Service) ExportRegister(ctx context.Context, actor Actor, w io.Writer, format template.Format) (rows int, err error) {
	var list []returns.RegisterRow
	err = s.change(ctx, actor, access.ExportRecords, func(tx *store.Tx, _ access.Scope) error {
		list = nil // a transaction that is tried again begins anew
		names, err := childNames(tx, actor)
		if err != nil {
			return err
		}
		identities, err := tx.Identities(actor.Authority)
		if err != nil {
			return err
		}
		sources := map[string][]child.Identity{}
		for _, i := range identities {
			sources[i.Child] = append(sources[i.Child], i)
		}
		versions, err := tx.RegisterNow(actor.Authority)
		if err != nil {
			return err
		}
		for _, v := range versions {
			who := child.Believed(sources[v.Child])
			list = append(list, returns.RegisterRow{Child: names[v.Child], Name: who.Name, Entry: v.Entry,
				Identity: care.Identity{BirthDate: who.BirthDate, UPN: who.UPN, Sex: who.Sex, Ethnicity: who.Ethnicity}})
		}
		return s.audit(tx, actor, "export register", "authority", actor.Authority, "")
	})
	if err != nil {
		return 0, err
	}
	return len(list), template.ExportRegister(w, format, list)
}

// ExportReadings writes every reading to w, in the template that import reads,
// with young people's words: for those who may open every record.
func (s *Service) ExportReadings(ctx context.Context, actor Actor, w io.Writer, format template.Format) (rows int, err error) {
	var list []returns.ReadingRow
	var editions []*framework.Edition
	err = s.change(ctx, actor, access.ExportRecords, func(tx *store.Tx, _ access.Scope) error {
		list = nil // a transaction that is tried again begins anew
		if editions, err = s.sortedEditions(tx, actor.Authority); err != nil {
			return err
		}
		names, err := childNames(tx, actor)
		if err != nil {
			return err
		}
		talks, err := tx.Conversations(actor.Authority)
		if err != nil {
			return err
		}
		readings, err := tx.Readings(actor.Authority)
		if err != nil {
			return err
		}
		for _, r := range readings {
			talk := talks[r.Conversation]
			list = append(list, returns.ReadingRow{Child: names[r.Child], Conversation: conversationCell(talk), Language: talk.Language, Reading: r})
		}
		return s.audit(tx, actor, "export readings", "authority", actor.Authority, "")
	})
	if err != nil {
		return 0, err
	}
	return len(list), template.ExportReadings(w, format, editions, list)
}

// conversationCell names a conversation in a file: as the file that brought it
// did, or by its id, so that two of one day stay two.
func conversationCell(talk store.Conversation) string {
	if talk.Account == "" {
		return talk.FileKey
	}
	return talk.ID
}

// childNames are what a file calls each child: the authority's id, or the
// reference of a young person who is in no return.
func childNames(tx *store.Tx, actor Actor) (map[string]string, error) {
	children, err := tx.ChildrenInScope(whole(actor.Authority))
	names := make(map[string]string, len(children))
	for _, c := range children {
		names[c.ID] = c.LAID
		if c.LAID == "" {
			names[c.ID] = c.Reference
		}
	}
	return names, err
}

// sortedEditions are the authority's editions, the one in use first.
func (s *Service) sortedEditions(tx *store.Tx, authority string) ([]*framework.Edition, error) {
	a, err := tx.Authority(authority)
	if err != nil {
		return nil, err
	}
	held, err := s.editionsIn(tx, authority)
	if err != nil {
		return nil, err
	}
	list := []*framework.Edition{held[a.Edition]}
	for _, id := range sortedKeysOf(held) {
		if id != a.Edition {
			list = append(list, held[id])
		}
	}
	return list, nil
}

func sortedKeysOf(editions map[string]*framework.Edition) []string {
	var ids []string
	for id := range editions {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// Template writes an empty template to w.
func (s *Service) Template(ctx context.Context, actor Actor, w io.Writer, kind returns.Kind, format template.Format) error {
	if kind == template.Register {
		return template.WriteRegister(w, format)
	}
	var editions []*framework.Edition
	err := known(s.db.Read(ctx, func(tx *store.Tx) (err error) {
		editions, err = s.sortedEditions(tx, actor.Authority)
		return err
	}))
	if err != nil {
		return err
	}
	return template.WriteReadings(w, format, editions)
}
