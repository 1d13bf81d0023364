package service

import (
	"context"
	"sync"
	"time"

	"stablefutures/internal/access"
)

// translations that were sent and wait for somebody's yes, for half an hour, in memory
// alone. What a file says is worked out anew each time that it is looked at and when it
// is taken: words may have changed meanwhile.
type waitingWords struct {
	mu   sync.Mutex
	held map[string]WaitingTranslation
}

// WaitingTranslation is a translator's file that was sent, and what it says.
type WaitingTranslation struct {
	ID, Language string
	Name         string // of the file
	KeptUntil    time.Time
	Report       TranslationReport

	owner  [2]string
	file   TranslationFile
	readAt time.Time
}

const (
	waitingOwn = 3  // held at once for one account; its oldest goes first
	waitingAll = 20 // held at once in all
)

// wait tells how a file waits.
func (t WaitingTranslation) wait() (owner [2]string, since, until time.Time) {
	return t.owner, t.readAt, t.KeptUntil
}

func (w *waitingWords) put(t WaitingTranslation) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.held = hold(w.held, t.ID, t, waitingOwn, waitingAll)
}

// get is what waits under an id, for this very account; take takes it away too.
func (w *waitingWords) get(id string, actor Actor, now time.Time, take bool) (WaitingTranslation, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, ok := w.held[id]
	if !ok || t.owner != [2]string{actor.Authority, actor.Account} || now.After(t.KeptUntil) {
		return t, ErrNotFound
	}
	if take {
		delete(w.held, id)
	}
	return t, nil
}

// SendTranslation reads a translator's file and keeps it until somebody says yes.
func (s *Service) SendTranslation(ctx context.Context, actor Actor, f TranslationFile) (id string, err error) {
	f.DryRun = true
	if _, err := s.ImportTranslation(ctx, actor, f); err != nil {
		return "", err
	}
	now := s.clock()
	t := WaitingTranslation{ID: s.ids.New(), Language: f.Language, Name: f.Name, KeptUntil: now.Add(uploadKept), owner: [2]string{actor.Authority, actor.Account}, file: f, readAt: now}
	s.waiting.put(t)
	return t.ID, nil
}

// SentTranslation is what a file that waits says now; ErrNotFound where it waits no more.
func (s *Service) SentTranslation(ctx context.Context, actor Actor, id string) (t WaitingTranslation, err error) {
	if _, err := actor.scope(access.KeepWords); err != nil {
		return t, err
	}
	if t, err = s.waiting.get(id, actor, s.clock(), false); err != nil {
		return t, err
	}
	t.Report, err = s.ImportTranslation(ctx, actor, t.file)
	return t, err
}

// TakeTranslation takes a file that waits in; what waited is gone then.
func (s *Service) TakeTranslation(ctx context.Context, actor Actor, id string) (TranslationReport, error) {
	if _, err := actor.scope(access.KeepWords); err != nil {
		return TranslationReport{}, err
	}
	t, err := s.waiting.get(id, actor, s.clock(), false)
	if err != nil {
		return TranslationReport{}, err
	}
	t.file.DryRun = false
	report, err := s.ImportTranslation(ctx, actor, t.file)
	if err == nil {
		s.DropTranslation(actor, id)
	}
	return report, err
}

// DropTranslation throws a file that waits away.
func (s *Service) DropTranslation(actor Actor, id string) {
	s.waiting.get(id, actor, s.clock(), true) //nolint:errcheck // gone is gone
}
