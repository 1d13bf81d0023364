package service

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/date"
	"stablefutures/internal/register"
	"stablefutures/internal/store"
)

// RegisterPage is a young person's register entry with its history.
type RegisterPage struct {
	Head     Head
	Entry    register.Entry // empty where there is none yet
	Version  int            // 0 where there is none yet
	Warnings []register.Problem
	History  []RegisterChange
	MayWrite bool

	owner       string // the child whose versions Version counts
	born, today date.Date
}

// Errors are what must be mended in an entry before it can be kept.
func (p RegisterPage) Errors(entry register.Entry) Invalid {
	return invalidEntry(register.Errors(register.Check(entry, p.born, p.today)))
}

// At is the entry as a version had it; an empty one where there was none yet.
func (p RegisterPage) At(version int) register.Entry {
	for _, v := range p.History {
		if v.Child == p.owner && v.Version == version {
			return v.Entry
		}
	}
	return register.Entry{}
}

// Since are the versions that were kept after one, the latest first.
func (p RegisterPage) Since(version int) []RegisterChange {
	var list []RegisterChange
	for _, v := range p.History {
		if v.Child == p.owner && v.Version > version {
			list = append(list, v)
		}
	}
	return list
}

// RegisterChange is one version of the entry: what it changed, by whom, when.
type RegisterChange struct {
	store.RegisterVersion
	By      string
	Changes []register.Change
}

// Register opens a young person's register entry.
func (s *Service) Register(ctx context.Context, actor Actor, record string) (p RegisterPage, err error) {
	err = s.openRecord(ctx, actor, record, "register", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		r := Record{Today: s.todayIn(tx)}
		if err := s.fillWho(tx, actor.Authority, head, &r); err != nil {
			return err
		}
		p = RegisterPage{Head: r.Head, Entry: register.Entry{}, MayWrite: actor.May(access.WriteRecord), History: registerHistory(r),
			owner: ownerOf(r), born: r.Identity.BirthDate, today: r.Today}
		if r.Entry != nil {
			p.Entry = r.Entry
			p.Warnings = register.Warnings(register.Check(r.Entry, r.Identity.BirthDate, r.Today))
		}
		if own := versionsOf(r.Register, p.owner); len(own) > 0 {
			p.Version = own[0].Version
		}
		return nil
	})
	return p, err
}

// ownerOf is the child of a record to which its register entry belongs: the one
// whose entry says most, or the record itself where there is none.
func ownerOf(r Record) string {
	if v, ok := strongestVersion(r.Register); ok {
		return v.Child
	}
	return r.Head.Record
}

func versionsOf(versions []store.RegisterVersion, owner string) []store.RegisterVersion {
	var list []store.RegisterVersion
	for _, v := range versions {
		if v.Child == owner {
			list = append(list, v)
		}
	}
	slices.SortFunc(list, func(a, b store.RegisterVersion) int { return b.Version - a.Version })
	return list
}

// registerHistory are all versions, the latest first, each with what it changed.
func registerHistory(r Record) []RegisterChange {
	var list []RegisterChange
	for _, v := range r.Register {
		before := register.Entry{}
		for _, other := range r.Register {
			if other.Child == v.Child && other.Version == v.Version-1 {
				before = other.Entry
			}
		}
		list = append(list, RegisterChange{v, r.Accounts[v.RecordedBy], register.Diff(before, v.Entry)})
	}
	return list
}

// SaveRegister adds a version of the entry. version is the one that the person
// saw: where somebody else saved in between, nothing is saved and the answer is
// ErrChanged. Problems that must be mended come back as Invalid.
func (s *Service) SaveRegister(ctx context.Context, actor Actor, record string, version int, entry register.Entry) error {
	return s.changeRecord(ctx, actor, access.WriteRecord, record, "change register", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		r := Record{Today: s.todayIn(tx)}
		if err := s.fillWho(tx, actor.Authority, head, &r); err != nil {
			return err
		}
		if wrong := invalidEntry(register.Errors(register.Check(entry, r.Identity.BirthDate, r.Today))); len(wrong) > 0 {
			return wrong
		}
		owner := ownerOf(r)
		own := versionsOf(r.Register, owner)
		if len(own) > 0 && len(register.Diff(own[0].Entry, entry)) == 0 {
			return errNothing
		}
		if len(own) == 0 && version != 0 || len(own) > 0 && own[0].Version != version {
			return ErrChanged
		}
		return s.projecting(tx, actor.Authority, []string{head.ID}, func() error {
			return tx.AddRegisterVersion(actor.Authority, store.RegisterVersion{Child: owner, Version: version + 1, Entry: entry,
				Source: child.ByHand, RecordedBy: actor.Account})
		})
	})
}

// invalidEntry are problems as a form shows them. Where one mistake makes many
// fields wrong, it is said once, at the field where the remedy most likely lies.
func invalidEntry(problems []register.Problem) Invalid {
	var wrong Invalid
	for n, p := range problems {
		labels := labelsOf(problems, p.Code)
		together, ok := saidOnce[p.Code]
		switch {
		case !ok || len(labels) < 2:
			wrong = append(wrong, FieldError{p.Field, p.Message})
		case slices.IndexFunc(problems, func(other register.Problem) bool { return other.Code == p.Code }) == n:
			wrong = append(wrong, FieldError{orElse(together.field, p.Field), fmt.Sprintf(together.message, strings.Join(labels, ", "))})
		}
	}
	return wrong
}

// saidOnce are the mistakes that make many fields wrong, with the field where
// they are said; the first of the fields where it is empty.
var saidOnce = map[string]struct{ field, message string }{
	"not-referred":   {register.FieldState, "The child is recorded as suspected and not referred, but these are filled in: %s. Change the state to referred, or empty them."},
	"guardian-state": {register.FieldGuardian, "These days do not go with where the request for a guardian stands: %s. Change where it stands, or empty them."},
	"before-birth":   {"", "These days are before the date of birth: %s. Mend the date of birth, or the days."},
}

func labelsOf(problems []register.Problem, code string) []string {
	var labels []string
	for _, p := range problems {
		if f, ok := register.FieldByID(p.Field); ok && p.Code == code {
			labels = append(labels, f.Label)
		}
	}
	return labels
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
