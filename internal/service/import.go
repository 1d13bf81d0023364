package service

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/date"
	"stablefutures/internal/framework"
	"stablefutures/internal/returns"
	"stablefutures/internal/store"
)

// File is a file to be read: the name by which it is reported, and its bytes.
type File struct {
	Name string
	Data []byte
}

// ImportOptions say how files are to be read.
type ImportOptions struct {
	YearEnding    date.Date // of the returns that do not name their year; may be empty
	DryRun        bool      // say what would be, change nothing
	AuthoritySaid bool      // the person named the authority in this very call
	NewAuthority  string    // name under which the actor's authority is made, where it is not there yet
}

// Import reads files and takes them in, all or nothing, in one transaction.
// Files that are not recognised, and rows that cannot be taken, are reported and
// do not hinder the rest.
func (s *Service) Import(ctx context.Context, actor Actor, files []File, opt ImportOptions) (ImportReport, error) {
	scope, err := actor.scope(access.ImportFiles)
	if err != nil {
		return ImportReport{}, err
	}
	editions, err := s.Editions(ctx, actor)
	if err != nil {
		return ImportReport{}, err
	}
	tables, unrecognised, err := s.readFiles(files, editions)
	if err != nil {
		return ImportReport{}, err
	}
	return s.takeIn(ctx, actor, scope, tables, unrecognised, opt)
}

// readAtOnce is how many people's files are read at one time: each may take some
// hundred megabytes of memory while it is read.
var readAtOnce = make(chan struct{}, 2)

// readFiles reads every file into tables; a file that cannot be read becomes a
// line of the report.
func (s *Service) readFiles(files []File, editions map[string]*framework.Edition) ([]returns.Table, []returns.Unrecognised, error) {
	readAtOnce <- struct{}{}
	defer func() { <-readAtOnce }()
	opt := returns.Options{Today: s.Today()}
	for _, e := range editions {
		opt.Editions = append(opt.Editions, e)
	}
	var tables []returns.Table
	unrecognised := []returns.Unrecognised{}
	for _, f := range files {
		read, err := returns.Read(f.Name, f.Data, opt)
		var not *returns.Unrecognised
		switch {
		case errors.As(err, &not):
			unrecognised = append(unrecognised, *not)
		case err != nil:
			return nil, nil, fmt.Errorf("read %s: %w", f.Name, err)
		}
		tables = append(tables, read...)
	}
	return tables, unrecognised, nil
}

// errTakenBack ends a transaction of which nothing is to stay but its report.
var errTakenBack = errors.New("taken back")

// takeIn applies tables in one transaction. A dry run does the same work and writes
// nothing, so that its report is the true one and nobody waits for it; an import that
// brings nothing new leaves the database as it was, to the last row.
func (s *Service) takeIn(ctx context.Context, actor Actor, scope access.Scope, tables []returns.Table, unrecognised []returns.Unrecognised, opt ImportOptions) (ImportReport, error) {
	var report ImportReport
	transaction := s.db.WriteLong
	if opt.DryRun {
		transaction = s.db.Rehearse
	}
	err := transaction(ctx, func(tx *store.Tx) error {
		if err := s.lockOrMake(tx, actor, opt.NewAuthority); err != nil {
			return err
		}
		in, err := s.newIntake(tx, actor, tables, opt)
		if err != nil {
			return err
		}
		if err := in.run(); err != nil {
			return err
		}
		report = in.report
		report.Unrecognised = append(unrecognised, in.refused...)
		if opt.DryRun || report.Unchanged {
			return errTakenBack
		}
		return s.audit(tx, actor, "take files in", "authority", scope.Authority, in.summary())
	})
	if errors.Is(err, errTakenBack) {
		return report, nil
	}
	if err == nil {
		// What was taken in is kept. Where its tables cannot be counted now, they are later.
		if err := s.CountTables(context.WithoutCancel(ctx)); err != nil {
			s.log.Warn("the tables could not be counted after files were taken in: opening a record may be slow until they are", "authority", scope.Authority, "error", err)
		}
	}
	return report, known(err)
}

// CountTables lets the database count the tables of which it does not know how large
// they are, so that opening one record does not go through all.
func (s *Service) CountTables(ctx context.Context) error {
	_, err := s.db.CountTables(ctx)
	return known(err)
}

// lockOrMake takes the authority's lock. An authority that is not there yet is made
// under a name, where there is one: it goes with the transaction, so that a dry run
// and an import that takes nothing leave none behind.
func (s *Service) lockOrMake(tx *store.Tx, actor Actor, name string) error {
	err := tx.Lock(actor.Authority)
	if name == "" || !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err := s.addAuthority(tx, actor.Authority, name, false); err != nil {
		return err
	}
	return tx.Lock(actor.Authority)
}

// summary is what an import did, for its audit entry: kinds, years and counts.
func (in *intake) summary() string {
	parts := make([]string, 0, len(in.report.Files))
	for _, f := range in.report.Files {
		parts = append(parts, fmt.Sprintf("%s %s +%d ~%d -%d", f.Kind, f.YearEnding, f.Added, f.Changed, f.Gone))
	}
	return strings.Join(parts, "; ")
}

// reportJSON is what is kept with a delivery: its problems and read-as values.
func reportJSON(f FileReport) (string, error) {
	body, err := json.Marshal(struct {
		Problems []returns.Problem `json:"problems"`
		ReadAs   []returns.ReadAs  `json:"read_as"`
	}{f.Problems, f.ReadAs})
	return string(body), err
}
