package service

import (
	"context"
	"crypto/hmac"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"time"

	"filippo.io/age"

	"stablefutures/internal/access"
	"stablefutures/internal/backup"
	"stablefutures/internal/store"
)

// Backup writes the whole database, as it is at one instant, to a file that
// recipients alone can read. Nobody is held up by it.
//
// The entry that says so is written first, and so is in the backup too: there is no
// backup without one.
func (s *Service) Backup(ctx context.Context, actor Actor, to io.Writer, recipients []age.Recipient) (made backup.Summary, err error) {
	if _, err := actor.scope(access.KeepBackups); err != nil {
		return made, err
	}
	if err := s.auditEverywhere(ctx, "backup", ""); err != nil {
		return made, err
	}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		made, err = s.writeBackup(tx, to, recipients)
		return err
	})
	return made, known(err)
}

func (s *Service) writeBackup(tx *store.Tx, to io.Writer, recipients []age.Recipient) (made backup.Summary, err error) {
	schema, err := tx.Schema()
	if err != nil {
		return made, err
	}
	tables, err := tx.Tables()
	if err != nil {
		return made, err
	}
	w, err := backup.NewWriter(to, recipients, backup.Header{Program: programVersion(), Schema: schema, Engine: string(s.db.Engine), TakenAt: tx.Now})
	if err != nil {
		return made, err
	}
	for _, t := range tables {
		if err := w.Table(t); err != nil {
			return made, err
		}
		if err := tx.Rows(t, w.Row); err != nil {
			return made, fmt.Errorf("back up table %s: %w", t.Name, err)
		}
	}
	return w.Close(s.db.Mark)
}

// auditEverywhere writes what was done to the whole database into the log of each
// authority in it.
func (s *Service) auditEverywhere(ctx context.Context, act, detail string) error {
	return known(s.db.Write(ctx, func(tx *store.Tx) error {
		authorities, err := tx.Authorities()
		if err != nil {
			return err
		}
		for _, a := range authorities {
			if err := tx.Lock(a.Code); err != nil {
				return err
			}
			if err := s.audit(tx, Operator(a.Code), act, "authority", a.Code, detail); err != nil {
				return err
			}
		}
		return nil
	}))
}

// programVersion is the version from which the program was built.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			return setting.Value
		}
	}
	return info.Main.Version
}

// VerifyBackup reads a backup to its end and holds it to every count and hash in it.
// It needs no database.
func VerifyBackup(from io.Reader, identities []age.Identity) (backup.Summary, error) {
	r, err := backup.NewReader(from, identities)
	if err != nil {
		return backup.Summary{}, err
	}
	for {
		_, ok, err := r.Next()
		if err != nil || !ok {
			return r.Summary, err
		}
		for {
			row, err := r.Row()
			if err != nil {
				return r.Summary, err
			}
			if row == nil {
				break
			}
		}
	}
}

// ErrForged: the keys in a backup are not the ones with which its end was marked.
var ErrForged = errors.New("this backup was not made by a program that had the keys of the database: anybody who has the recipient could have written it. Take another copy, and find out where this one came from")

// RestoreBackup fills an empty database with a backup, all or nothing, and opens it.
// Each table is read back before anything is kept. Everybody has to sign in again, and
// young people need a new code: what was ended, used up or cut off since the backup would
// otherwise live once more.
func RestoreBackup(ctx context.Context, from io.Reader, identities []age.Identity, dsn string, opt store.Options, random io.Reader) (backup.Summary, error) {
	r, err := backup.NewReader(from, identities)
	if err != nil {
		return backup.Summary{}, err
	}
	db, err := store.Restore(ctx, dsn, opt, r.Schema, func(into *store.Restoration) error { return refill(into, r, opt) })
	if err != nil {
		return r.Summary, err
	}
	s, err := New(db, opt.Clock, random)
	if err == nil {
		err = known(db.Write(ctx, (*store.Tx).EndEverySession))
	}
	if err == nil {
		err = s.auditEverywhere(ctx, "restore backup", fmt.Sprintf("taken at %s, %d rows", r.TakenAt.UTC().Format(time.RFC3339), r.Rows))
	}
	return r.Summary, errors.Join(err, db.Close())
}

func refill(into *store.Restoration, from *backup.Reader, opt store.Options) error {
	tables, err := into.Tables()
	if err != nil {
		return err
	}
	for {
		t, ok, err := from.Next()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		if tables, err = without(tables, t); err != nil {
			return err
		}
		if err := refillTable(into, t, from); err != nil {
			return err
		}
	}
	if len(tables) > 0 {
		return fmt.Errorf("this backup has no table %s, which the program needs: it was made by another version of it", tables[0].Name)
	}
	mark, err := into.Mark(opt.Master, from.Sum)
	if err == nil && !hmac.Equal(mark, from.Mark) {
		err = ErrForged
	}
	return err
}

// without are the tables that are still to come after t, which must be one of them,
// column for column.
func without(tables []store.TableShape, t store.TableShape) ([]store.TableShape, error) {
	n := slices.IndexFunc(tables, func(other store.TableShape) bool {
		return other.Name == t.Name && len(other.Columns) == len(t.Columns) &&
			!slices.ContainsFunc(t.Columns, func(c store.ColumnShape) bool { return !slices.Contains(other.Columns, c) })
	})
	if n < 0 {
		return nil, fmt.Errorf("table %s of this backup is not as the program knows it: it was made by another version of it", t.Name)
	}
	return slices.Delete(tables, n, n+1), nil
}

func refillTable(into *store.Restoration, t store.TableShape, from *backup.Reader) error {
	if err := into.Fill(t, from.Row); err != nil {
		return fmt.Errorf("fill table %s: %w", t.Name, err)
	}
	var tally backup.Tally
	if err := into.Rows(t, tally.Add); err != nil {
		return fmt.Errorf("read table %s back: %w", t.Name, err)
	}
	if !tally.Same(from.Digest()) {
		return fmt.Errorf("table %s of the database does not hold what the backup holds: nothing was kept. Tell whoever keeps the program", t.Name)
	}
	return nil
}
