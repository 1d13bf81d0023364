package cli

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"

	"stablefutures/internal/backup"
	"stablefutures/internal/seal"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

type drillCommand struct {
	database
	Identity   string   `placeholder:"FILE" help:"The identity that opens your backups, to try that too; without it one is made for the drill."`
	Checkpoint []string `placeholder:"FILE" help:"A checkpoint of the log that was kept elsewhere; may be given again."`
	Folder     string   `placeholder:"FOLDER" help:"Where the backup and the throwaway database are made, and removed again. (default: the folder for temporary files)"`
}

// Run goes the whole way of a backup and leaves nothing behind.
func (c *drillCommand) Run(r *run) (err error) {
	if err := c.mustExist(); err != nil {
		return err
	}
	master, err := c.master(r)
	if err != nil {
		return err
	}
	kept, err := readCheckpoints(c.Checkpoint)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp(c.Folder, "stablefutures-drill-")
	if err != nil {
		return fmt.Errorf("make a folder for the drill: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	identities, recipients, err := c.keys()
	if err != nil {
		return err
	}
	file, throwaway := filepath.Join(folder, "drill.age"), filepath.Join(folder, "drill.db")
	steps := []struct {
		did string
		do  func() (string, error)
	}{
		{"Backed up", func() (string, error) { return c.back(r, file, recipients) }},
		{"Verified", func() (string, error) { return read(file, identities, service.VerifyBackup) }},
		{"Restored", func() (string, error) {
			return read(file, identities, func(from io.Reader, identities []age.Identity) (backup.Summary, error) {
				return service.RestoreBackup(r.ctx, from, identities, throwaway, store.Options{Clock: time.Now, Master: master}, rand.Reader)
			})
		}},
		{"Checked", func() (string, error) { return restored(r, throwaway, master, checkCounts) }},
		{"Log", func() (string, error) {
			return restored(r, throwaway, master, func(r *run, s *service.Service) (string, error) { return checkLog(r, s, kept) })
		}},
	}
	for _, step := range steps {
		began := time.Now()
		what, err := step.do()
		if err != nil {
			return fmt.Errorf("the drill failed: %w", err)
		}
		if _, err := fmt.Fprintf(r.Out, "%-10s %s, in %.1f s.\n", step.did, what, time.Since(began).Seconds()); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintln(r.Out, "The drill went well. The throwaway database and its backup were removed.")
	return err
}

// keys are those of the drill: the ones that somebody keeps, or new ones.
func (c *drillCommand) keys() ([]age.Identity, []age.Recipient, error) {
	if c.Identity == "" {
		_, identity, recipient, err := backup.NewIdentity()
		return []age.Identity{identity}, []age.Recipient{recipient}, err
	}
	identities, err := backup.Identities(c.Identity)
	if err != nil {
		return nil, nil, err
	}
	return identities, backup.RecipientsOf(identities), nil
}

func (c *drillCommand) back(r *run, file string, recipients []age.Recipient) (what string, err error) {
	err = c.existing(r, func(s *service.Service) error {
		return backup.WriteFile(file, func(w io.Writer) error {
			made, err := s.Backup(r.ctx, service.Operator(""), w, recipients)
			what = contents(made)
			return err
		})
	})
	return what, err
}

func read(file string, identities []age.Identity, do func(io.Reader, []age.Identity) (backup.Summary, error)) (what string, err error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sum, err := do(f, identities)
	return contents(sum), err
}

// restored does something with the restored database.
func restored(r *run, throwaway string, master seal.Master, do func(*run, *service.Service) (string, error)) (what string, err error) {
	db, err := store.Open(r.ctx, throwaway, store.Options{Clock: time.Now, Master: master})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	s, err := service.New(db, time.Now, rand.Reader)
	if err != nil {
		return "", err
	}
	return do(r, s)
}

// checkCounts runs the checks of every authority.
func checkCounts(r *run, s *service.Service) (string, error) {
	list, err := s.Authorities(r.ctx)
	if err != nil {
		return "", err
	}
	for _, a := range list {
		differences, err := s.CheckCounts(r.ctx, service.Operator(a.Code), false)
		if err != nil {
			return "", err
		}
		if len(differences) > 0 {
			return "", fmt.Errorf("%d kept counts of authority %s differ: run check", len(differences), a.Code)
		}
	}
	return fmt.Sprintf("%d of %d authorities", len(list), len(list)), nil
}

// checkLog verifies every log, and against the checkpoints that were kept. A backup of
// a log that was changed restores as it is: only this tells. What is found is printed.
func checkLog(r *run, s *service.Service, kept []service.KeptCheckpoint) (string, error) {
	reports, err := s.VerifyLedger(r.ctx, service.Operator(""), kept)
	if err != nil {
		return "", err
	}
	var entries int64
	var changed error
	for _, report := range reports {
		entries += report.Entries
		if len(report.Findings) > 0 {
			changed = errLog
			if err := printLog(r.Out, report); err != nil {
				return "", err
			}
		}
	}
	what := count(int(entries), "entry", "entries") + " as written"
	if len(kept) > 0 {
		what += ", and fitting " + count(len(kept), "checkpoint", "checkpoints")
	}
	return what, changed
}
