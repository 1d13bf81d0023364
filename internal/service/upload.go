package service

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/date"
	"stablefutures/internal/returns"
	"stablefutures/internal/store"
)

// uploads are files that were read and wait for a person's yes. They hold what
// must never reach the database or the disk, so that they live in memory alone,
// for half an hour, and end with the process.
type uploads struct {
	mu   sync.Mutex
	held map[string]upload
}

type upload struct {
	authority, account string
	at                 time.Time
	tables             []returns.Table
	unrecognised       []returns.Unrecognised
	opt                ImportOptions
	report             ImportReport
}

const (
	uploadKept  = 30 * time.Minute
	uploadsHeld = 20 // at once, over all people; the oldest goes first
)

func (u *uploads) put(id string, up upload) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.held == nil {
		u.held = map[string]upload{}
	}
	for len(u.held) >= uploadsHeld {
		oldest := slices.MinFunc(slices.Collect(maps.Keys(u.held)), func(a, b string) int { return u.held[a].at.Compare(u.held[b].at) })
		delete(u.held, oldest)
	}
	u.held[id] = up
}

// get is the upload of this very account, if it still waits.
func (u *uploads) get(id string, actor Actor, now time.Time) (upload, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	up, ok := u.held[id]
	if !ok || up.authority != actor.Authority || up.account != actor.Account {
		return upload{}, ErrNotFound
	}
	if now.Sub(up.at) > uploadKept {
		delete(u.held, id)
		return upload{}, ErrNotFound
	}
	return up, nil
}

func (u *uploads) drop(id string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.held, id)
}

// Stage reads files and says what taking them in would do. Nothing is changed
// until Confirm.
func (s *Service) Stage(ctx context.Context, actor Actor, files []File, opt ImportOptions) (id string, report ImportReport, err error) {
	scope, err := actor.scope(access.ImportFiles)
	if err != nil {
		return "", report, err
	}
	editions, err := s.Editions(ctx, actor)
	if err != nil {
		return "", report, err
	}
	tables, unrecognised, err := s.readFiles(files, editions)
	if err != nil {
		return "", report, err
	}
	opt.DryRun = true
	if report, err = s.takeIn(ctx, actor, scope, tables, unrecognised, opt); err != nil {
		return "", report, err
	}
	id, opt.DryRun = s.ids.New(), false
	s.uploads.put(id, upload{actor.Authority, actor.Account, s.clock(), tables, unrecognised, opt, report})
	return id, report, nil
}

// Staged is what was read and waits for a yes.
func (s *Service) Staged(_ context.Context, actor Actor, id string) (ImportReport, error) {
	if _, err := actor.scope(access.ImportFiles); err != nil {
		return ImportReport{}, err
	}
	up, err := s.uploads.get(id, actor, s.clock())
	return up.report, err
}

// Confirm takes in what was staged, all or nothing.
func (s *Service) Confirm(ctx context.Context, actor Actor, id string) (ImportReport, error) {
	scope, err := actor.scope(access.ImportFiles)
	if err != nil {
		return ImportReport{}, err
	}
	up, err := s.uploads.get(id, actor, s.clock())
	if err != nil {
		return ImportReport{}, err
	}
	report, err := s.takeIn(ctx, actor, scope, up.tables, up.unrecognised, up.opt)
	if err == nil {
		s.uploads.drop(id)
	}
	return report, err
}

// Discard throws away what was staged.
func (s *Service) Discard(_ context.Context, actor Actor, id string) error {
	if _, err := actor.scope(access.ImportFiles); err != nil {
		return err
	}
	if _, err := s.uploads.get(id, actor, s.clock()); err != nil {
		return err
	}
	s.uploads.drop(id)
	return nil
}

// FilesRead are the latest deliveries, the newest first, with the names of who
// brought them, and how many likely matches wait.
func (s *Service) FilesRead(ctx context.Context, actor Actor) (list []store.Delivery, names map[string]string, waiting int, err error) {
	err = s.look(ctx, actor, access.ImportFiles, func(tx *store.Tx, _ access.Scope) error {
		if list, err = tx.Deliveries(actor.Authority, 100); err != nil {
			return err
		}
		if names, err = s.names(tx, actor.Authority); err != nil {
			return err
		}
		waiting, err = tx.WaitingMatches(actor.Authority)
		return err
	})
	return list, names, waiting, err
}

// FileRead is one delivery with its problems and read-as values.
func (s *Service) FileRead(ctx context.Context, actor Actor, number int) (d store.Delivery, err error) {
	err = s.look(ctx, actor, access.ImportFiles, func(tx *store.Tx, _ access.Scope) error {
		d, err = tx.Delivery(actor.Authority, number)
		return err
	})
	return d, err
}

// YearsRead are the years of the SSDA903 and Annex A returns that were read, the
// latest first: the years for which there is an answer.
func (s *Service) YearsRead(ctx context.Context, actor Actor) (list []date.Date, err error) {
	err = s.look(ctx, actor, access.ReadPublished, func(tx *store.Tx, _ access.Scope) error {
		read, err := tx.Returns(actor.Authority)
		for _, r := range read {
			if (r.Kind == kindEpisodes || r.Kind == kindList8) && !slices.Contains(list, r.YearEnding) {
				list = append(list, r.YearEnding)
			}
		}
		return err
	})
	return list, err
}
