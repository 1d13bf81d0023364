package service

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

// UnnamedAuthority is the code of an authority whose code nobody has said yet.
const UnnamedAuthority = "000"

// AddAuthority makes an authority. It is for the operator of the machine and
// for the fictional authority; no page leads here.
func (s *Service) AddAuthority(ctx context.Context, code, name string, fictional bool) error {
	return known(s.db.Write(ctx, func(tx *store.Tx) error { return s.addAuthority(tx, strings.TrimSpace(code), name, fictional) }))
}

func (s *Service) addAuthority(tx *store.Tx, code, name string, fictional bool) error {
	if code == "" || len(code) > 20 || strings.ContainsFunc(code, notInCode) {
		return fmt.Errorf("%q is not an authority code: use letters and digits, such as the three digits that DfE gives an authority", code)
	}
	if err := tx.AddAuthority(store.Authority{Code: code, Name: name, Fictional: fictional, Edition: WorkingEdition}); err != nil {
		return err
	}
	return s.audit(tx, Operator(code), "add authority", "authority", code, "")
}

func notInCode(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9')
}

// Authority is the actor's own authority.
func (s *Service) Authority(ctx context.Context, actor Actor) (a store.Authority, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		a, err = tx.Authority(actor.Authority)
		return err
	})
	return a, known(err)
}

// ErrWhichAuthority: the database holds several authorities, or none, and none was named.
var ErrWhichAuthority = errors.New("say which authority is meant with --authority")

// OnlyAuthority is the authority that a command means: the one named, or the
// only one there is.
func (s *Service) OnlyAuthority(ctx context.Context, code string) (store.Authority, error) {
	list, err := s.Authorities(ctx)
	if err != nil {
		return store.Authority{}, err
	}
	if code == "" {
		if len(list) == 1 {
			return list[0], nil
		}
		return store.Authority{}, ErrWhichAuthority
	}
	for _, a := range list {
		if a.Code == code {
			return a, nil
		}
	}
	return store.Authority{}, fmt.Errorf("authority %s: %w", code, ErrNotFound)
}

// WorkingEdition is the edition in which an authority's conversations are held
// until it chooses another.
const WorkingEdition = "working-2026"

// RenameAuthority gives the actor's authority another name.
func (s *Service) RenameAuthority(ctx context.Context, actor Actor, name string) error {
	return s.change(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		if err := tx.RenameAuthority(actor.Authority, strings.TrimSpace(name)); err != nil {
			return err
		}
		return s.audit(tx, actor, "rename authority", "authority", actor.Authority, "")
	})
}
