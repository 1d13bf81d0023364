package service

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"stablefutures/internal/access"
	"stablefutures/internal/framework"
	"stablefutures/internal/store"
)

// editionsIn are the editions that an authority holds, by id: the working
// edition, and those imported.
func (s *Service) editionsIn(tx *store.Tx, authority string) (map[string]*framework.Edition, error) {
	working := framework.Working()
	out := map[string]*framework.Edition{working.ID: working}
	ids, err := tx.Editions(authority)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if out[id], err = s.edition(tx, authority, id); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// edition is one edition of an authority, parsed once: an edition never changes.
// ErrNotFound where it holds none of that id.
func (s *Service) edition(tx *store.Tx, authority, id string) (*framework.Edition, error) {
	if working := framework.Working(); id == working.ID {
		return working, nil
	}
	key := authority + "/" + id
	if kept, ok := s.editions.Load(key); ok {
		return kept.(*framework.Edition), nil
	}
	stored, err := tx.Edition(authority, id)
	if err != nil {
		return nil, err
	}
	edition := &framework.Edition{}
	if err := json.Unmarshal([]byte(stored.Body), edition); err != nil {
		return nil, fmt.Errorf("read edition %s: %w", id, err)
	}
	s.editions.Store(key, edition)
	return edition, nil
}

// Editions are the editions that the actor's authority holds.
func (s *Service) Editions(ctx context.Context, actor Actor) (editions map[string]*framework.Edition, err error) {
	err = known(s.db.Read(ctx, func(tx *store.Tx) error {
		editions, err = s.editionsIn(tx, actor.Authority)
		return err
	}))
	return editions, err
}

// ImportEdition keeps an edition beside the others. The same edition again
// changes nothing and says so with added = false; another text under an id that
// is taken is refused, because readings are bound to it. The actor's authority is
// made under the name newAuthority, where there is one and it is not there yet.
func (s *Service) ImportEdition(ctx context.Context, actor Actor, e *framework.Edition, newAuthority string) (added bool, err error) {
	if _, err := actor.scope(access.ImportFiles); err != nil {
		return false, err
	}
	body, err := json.Marshal(e)
	if err != nil {
		return false, err
	}
	err = known(s.db.Write(ctx, func(tx *store.Tx) error {
		if err := s.lockOrMake(tx, actor, newAuthority); err != nil {
			return err
		}
		editions, err := s.editionsIn(tx, actor.Authority)
		if err != nil {
			return err
		}
		if held, ok := editions[e.ID]; ok {
			return sameEdition(held, body)
		}
		added = true
		if err := tx.AddEdition(actor.Authority, store.StoredEdition{ID: e.ID, Body: string(body), ImportedBy: actor.Account}); err != nil {
			return err
		}
		return s.audit(tx, actor, "import edition", "edition", e.ID, "")
	}))
	return added && err == nil, err
}

func sameEdition(held *framework.Edition, body []byte) error {
	now, err := json.Marshal(held)
	if err != nil {
		return err
	}
	if string(now) == string(body) {
		return nil
	}
	return errors.New("an edition with the id " + held.ID + " is there already with other texts, and readings may be bound to it: give the new one another id, such as " + held.ID + "-2")
}

// UseEdition sets the edition in which new conversations are held.
func (s *Service) UseEdition(ctx context.Context, actor Actor, id string) error {
	return s.change(ctx, actor, access.ImportFiles, func(tx *store.Tx, _ access.Scope) error {
		editions, err := s.editionsIn(tx, actor.Authority)
		if err != nil {
			return err
		}
		if editions[id] == nil {
			return store.ErrNotFound
		}
		if err := tx.UseEdition(actor.Authority, id); err != nil {
			return err
		}
		return s.audit(tx, actor, "use edition", "edition", id, "")
	})
}
