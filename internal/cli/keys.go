package cli

import (
	"errors"
	"fmt"
	"os"

	"stablefutures/internal/seal"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// keysCommand is about the master key and the keys that it wraps.
type keysCommand struct {
	New    keysNewCommand    `cmd:"" help:"Print a fresh master key, to be kept where --master-key finds it."`
	Rotate keysRotateCommand `cmd:"" help:"Put a fresh key in the place of the one that wraps every person's key. Servers may run meanwhile. Those that have run since before the master key was changed must be started again with the new one first."`
	Rewrap keysRewrapCommand `cmd:"" help:"Change the master key. Servers that run go on until keys are rotated: start them again with the new one before that."`
}

type keysNewCommand struct{}

// Run prints a master key.
func (c *keysNewCommand) Run(r *run) error {
	_, err := fmt.Fprintln(r.Out, seal.NewMasterText())
	return err
}

type keysRotateCommand struct{ database }

// Run rotates the keys of a database.
func (c *keysRotateCommand) Run(r *run) error {
	return c.openExisting(r, func(s *service.Service) error {
		done, err := s.RotateKeys(r.ctx)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(r.Out, "A fresh key wraps the %d keys of people and councils now; old keys that are gone: %d.\n", done.Rewrapped, done.Dropped)
		return err
	})
}

type keysRewrapCommand struct {
	database
	NewMasterKey string `required:"" placeholder:"WHERE" help:"Where the new master key is: file:PATH, env:NAME or command:PROGRAM, as keys new prints it."`
}

// Run wraps the keys of a database under another master key.
func (c *keysRewrapCommand) Run(r *run) error {
	master, err := seal.OpenMaster(r.ctx, c.NewMasterKey)
	if err != nil {
		return err
	}
	return c.openExisting(r, func(s *service.Service) error {
		if err := s.RewrapKeys(r.ctx, master); err != nil {
			return err
		}
		_, err := fmt.Fprintf(r.Out, "The database opens with the new master key alone: start servers and commands with --master-key %s from now on. Keep a copy of it somewhere else, and the old one as long as there are backups that need it.\n", c.NewMasterKey)
		return err
	})
}

// openExisting is open for a database that must be there: a mistyped path makes none.
func (d database) openExisting(r *run, do func(*service.Service) error) error {
	if _, err := os.Stat(d.DB); !store.IsPostgreSQL(d.DB) && errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("there is no database at %s: check the path", d.DB)
	}
	return d.open(r, do)
}
