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
	Version  int            // how many versions the record shows; 0 where there is no entry yet
	Warnings []register.Problem
	History  []RegisterChange
	MayWrite bool

	born, today date.Date
}

// Errors are what must be mended in an entry before it can be kept.
func (p RegisterPage) Errors(entry register.Entry) Invalid {
	return invalidEntry(register.Errors(register.Check(entry, p.born, p.today)))
}

// At is the entry as it stood when there were so many versions; an empty one where
// there was none yet.
func (p RegisterPage) At(version int) register.Entry {
	if version < 1 || version > len(p.History) {
		return register.Entry{}
	}
	return p.History[len(p.History)-version].Entry
}

// Since are the versions that came after so many, the latest first.
func (p RegisterPage) Since(version int) []RegisterChange {
	return p.History[:max(0, len(p.History)-max(0, version))]
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
		if err := s.fillWho(tx, actor, head, &r); err != nil {
			return err
		}
		p = RegisterPage{Head: r.Head, Entry: register.Entry{}, MayWrite: r.Head.May(access.WriteRecord), History: registerHistory(r),
			Version: len(r.Register), born: r.Identity.BirthDate, today: r.Today}
		if r.Entry != nil {
			p.Entry = r.Entry
			p.Warnings = register.Warnings(register.Check(r.Entry, r.Identity.BirthDate, r.Today))
		}
		return nil
	})
	return p, err
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

// SaveRegister adds a version of the entry. version is how many the person
// saw: where somebody else saved in between, nothing is saved and the answer is
// ErrChanged. Problems that must be mended come back as Invalid.
func (s *Service) SaveRegister(ctx context.Context, actor Actor, record string, version int, entry register.Entry) error {
	return s.changeRecord(ctx, actor, access.WriteRecord, record, "change register", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		r := Record{Today: s.todayIn(tx)}
		if err := s.fillWho(tx, actor, head, &r); err != nil {
			return err
		}
		if wrong := invalidEntry(register.Errors(register.Check(entry, r.Identity.BirthDate, r.Today))); len(wrong) > 0 {
			return wrong
		}
		now, there := strongestVersion(r.Register)
		switch {
		case there && len(register.Diff(now.Entry, entry)) == 0:
			return errNothing
		case version != len(r.Register): // somebody saved, or a link brought another entry
			return ErrChanged
		case !there:
			now.Child = head.ID
		}
		return s.projecting(tx, actor.Authority, []string{head.ID}, func() error {
			return tx.AddRegisterVersion(actor.Authority, store.RegisterVersion{Child: now.Child, Version: now.Version + 1, Entry: entry,
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
