package service

import (
	"context"
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
// for half an hour, and end with the process. What became of them is remembered
// for as long, without what was read.
type uploads struct {
	mu   sync.Mutex
	held map[string]upload
}

type upload struct {
	authority, account string
	tables             []returns.Table
	unrecognised       []returns.Unrecognised
	opt                ImportOptions
	Upload
}

// Upload is what was read and waits for a yes, or what became of it.
type Upload struct {
	ID         string
	State      UploadState
	ReadAt     time.Time
	KeptUntil  time.Time
	YearEnding date.Date // that somebody said; empty where nobody did
	YearOpen   bool      // a file does not name its year: somebody may say it
	Report     ImportReport
}

// UploadState says what became of files that were read.
type UploadState string

const (
	UploadWaits   UploadState = "waits"
	UploadTaken   UploadState = "taken"
	UploadDropped UploadState = "dropped"
	UploadVoid    UploadState = "void" // somebody in them was erased meanwhile
)

// Files are the names of the files that were read, each once.
func (u Upload) Files() []string {
	var names []string
	for _, f := range u.Report.Files {
		names = append(names, f.Name)
	}
	for _, f := range u.Report.Unrecognised {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

const (
	uploadKept  = 30 * time.Minute
	uploadsOwn  = 5  // held at once for one account; its oldest goes first
	uploadsHeld = 40 // held at once in all; the oldest goes first
)

// wait tells how an upload waits.
func (u upload) wait() (owner [2]string, since, until time.Time) {
	return [2]string{u.authority, u.account}, u.ReadAt, u.KeptUntil
}

func (u *uploads) put(id string, up upload) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.held = hold(u.held, id, up, uploadsOwn, uploadsHeld)
}

// settle notes what became of an upload that waits, and lets go of what was read.
func (u *uploads) settle(id string, state UploadState, report ImportReport) {
	u.mu.Lock()
	defer u.mu.Unlock()
	up, ok := u.held[id]
	if !ok || up.State != UploadWaits {
		return
	}
	up.State, up.Report, up.tables, up.unrecognised = state, report, nil, nil
	u.held[id] = up
}

// of are the uploads of an account that wait, the newest first.
func (u *uploads) of(actor Actor, now time.Time) []Upload {
	u.mu.Lock()
	defer u.mu.Unlock()
	var list []Upload
	for _, up := range u.held {
		if up.authority == actor.Authority && up.account == actor.Account && up.State == UploadWaits && !now.After(up.KeptUntil) {
			list = append(list, up.Upload)
		}
	}
	slices.SortFunc(list, func(a, b Upload) int { return b.ReadAt.Compare(a.ReadAt) })
	return list
}

// get is the upload of this very account, if it is still remembered.
func (u *uploads) get(id string, actor Actor, now time.Time) (upload, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	up, ok := u.held[id]
	if !ok || up.authority != actor.Authority || up.account != actor.Account {
		return upload{}, ErrNotFound
	}
	if now.After(up.KeptUntil) {
		delete(u.held, id)
		return upload{}, ErrNotFound
	}
	return up, nil
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
	up := upload{authority: actor.Authority, account: actor.Account, tables: tables, unrecognised: unrecognised, opt: opt}
	up.ID = s.ids.New()
	err = s.try(ctx, actor, scope, up)
	return up.ID, up.Report, err
}

// try works out what taking an upload in would do, and holds it from now on.
func (s *Service) try(ctx context.Context, actor Actor, scope access.Scope, up upload) error {
	tables, err := s.withoutErased(ctx, actor.Authority, up.tables)
	if err != nil {
		return err
	}
	up.tables, up.opt.DryRun = tables, true
	report, err := s.takeIn(ctx, actor, scope, up.tables, up.unrecognised, up.opt)
	if err != nil {
		return err
	}
	now := s.clock()
	up.opt.DryRun = false
	up.YearOpen = slices.ContainsFunc(up.tables, func(t returns.Table) bool { return family(t.Kind) != "template" && !t.YearEnding.Known() })
	up.State, up.ReadAt, up.KeptUntil, up.YearEnding, up.Report = UploadWaits, now, now.Add(uploadKept), up.opt.YearEnding, report
	s.uploads.put(up.ID, up)
	return s.db.Read(ctx, func(tx *store.Tx) error { // who was erased while it was worked out
		gone, err := s.erasedIn(tx, actor.Authority)
		if err == nil {
			s.uploads.void(actor.Authority, gone)
		}
		return err
	})
}

// SayYear says of which year the staged files are, where they do not say it
// themselves; unknown leaves it to their days. Nothing is read again.
func (s *Service) SayYear(ctx context.Context, actor Actor, id string, ending date.Date) error {
	scope, err := actor.scope(access.ImportFiles)
	if err != nil {
		return err
	}
	up, err := s.uploads.get(id, actor, s.clock())
	if err != nil {
		return err
	}
	if up.State != UploadWaits {
		return ErrChanged
	}
	up.opt.YearEnding = ending
	return s.try(ctx, actor, scope, up)
}

// Staged is what was read and waits for a yes, or what became of it.
func (s *Service) Staged(_ context.Context, actor Actor, id string) (Upload, error) {
	if _, err := actor.scope(access.ImportFiles); err != nil {
		return Upload{}, err
	}
	up, err := s.uploads.get(id, actor, s.clock())
	return up.Upload, err
}

// Waiting is what the actor has read and said neither yes nor no to, the newest first.
func (s *Service) Waiting(_ context.Context, actor Actor) ([]Upload, error) {
	if _, err := actor.scope(access.ImportFiles); err != nil {
		return nil, err
	}
	return s.uploads.of(actor, s.clock()), nil
}

// Confirm takes in what was staged, all or nothing. Once more changes nothing.
func (s *Service) Confirm(ctx context.Context, actor Actor, id string) (ImportReport, error) {
	scope, err := actor.scope(access.ImportFiles)
	if err != nil {
		return ImportReport{}, err
	}
	up, err := s.uploads.get(id, actor, s.clock())
	if err != nil {
		return ImportReport{}, err
	}
	switch up.State {
	case UploadTaken:
		return up.Report, nil
	case UploadDropped, UploadVoid:
		return ImportReport{}, ErrChanged
	}
	report, err := s.takeIn(ctx, actor, scope, up.tables, up.unrecognised, up.opt)
	if err == nil {
		s.uploads.settle(id, UploadTaken, report)
	}
	return report, err
}

// Discard throws away what was staged. What was taken in stays.
func (s *Service) Discard(_ context.Context, actor Actor, id string) error {
	if _, err := actor.scope(access.ImportFiles); err != nil {
		return err
	}
	up, err := s.uploads.get(id, actor, s.clock())
	if err != nil {
		return err
	}
	if up.State == UploadTaken {
		return ErrChanged
	}
	s.uploads.settle(id, UploadDropped, up.Report)
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
		waiting, err = waitingMatches(tx, actor)
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
