package service

import (
	"context"
	"io"
	"slices"

	"stablefutures/internal/access"
	"stablefutures/internal/care"
	"stablefutures/internal/child"
	"stablefutures/internal/conversation"
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
	err = s.changeLong(ctx, actor, access.ExportRecords, func(tx *store.Tx, _ access.Scope) error {
		names, err := childNames(tx, whole(actor.Authority))
		if err != nil {
			return err
		}
		if list, err = registerRows(tx, actor.Authority, names); err != nil {
			return err
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
	err = s.changeLong(ctx, actor, access.ExportRecords, func(tx *store.Tx, _ access.Scope) error {
		if editions, err = s.sortedEditions(tx, actor.Authority); err != nil {
			return err
		}
		names, err := childNames(tx, whole(actor.Authority))
		if err != nil {
			return err
		}
		if list, err = readingRows(tx, actor.Authority, names); err != nil {
			return err
		}
		return s.audit(tx, actor, "export readings", "authority", actor.Authority, "")
	})
	if err != nil {
		return 0, err
	}
	return len(list), template.ExportReadings(w, format, editions, list)
}

// registerRows are the entries of the children who have a name here, as a file holds them.
func registerRows(tx *store.Tx, authority string, names map[string]string) (list []returns.RegisterRow, err error) {
	identities, err := tx.Identities(authority)
	if err != nil {
		return nil, err
	}
	sources := map[string][]child.Identity{}
	for _, i := range identities {
		sources[i.Child] = append(sources[i.Child], i)
	}
	versions, err := tx.RegisterNow(authority)
	for _, v := range versions {
		name, ok := names[v.Child]
		if !ok {
			continue
		}
		who := child.Believed(sources[v.Child])
		list = append(list, returns.RegisterRow{Child: name, Name: who.Name, Entry: v.Entry,
			Identity: care.Identity{BirthDate: who.BirthDate, UPN: who.UPN, Sex: who.Sex, Ethnicity: who.Ethnicity}})
	}
	return list, err
}

// readingRows are the readings of the children who have a name here, as a file holds them.
func readingRows(tx *store.Tx, authority string, names map[string]string) (list []returns.ReadingRow, err error) {
	talks, err := tx.Conversations(authority)
	if err != nil {
		return nil, err
	}
	readings, err := tx.Readings(authority)
	for _, r := range readings {
		if name, ok := names[r.Child]; ok {
			talk := talks[r.Conversation]
			list = append(list, returns.ReadingRow{Child: name, Conversation: conversationCell(talk), Language: talk.Language, Reading: r})
		}
	}
	return list, err
}

// conversationCell names a conversation in a file: as the file that brought it
// did, or by its id, so that two of one day stay two.
func conversationCell(talk store.Conversation) string {
	if talk.How == conversation.FromFile {
		return talk.FileKey
	}
	return talk.ID
}

// childNames are what a file calls each child in scope: the authority's id, or the
// reference of a young person who is in no return.
func childNames(tx *store.Tx, scope access.Scope) (map[string]string, error) {
	children, err := tx.ChildrenInScope(scope)
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
