package cli

import (
	"crypto/rand"
	"fmt"
	"io"
	"time"

	"filippo.io/age"

	"stablefutures/internal/backup"
	"stablefutures/internal/seal"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

type restoreCommand struct {
	sealedBackup
	DB string `name:"db" required:"" placeholder:"DSN" help:"SQLite file that does not exist yet, or address of an empty PostgreSQL database. Either takes the backup of either."`
	masterKey
}

// Run fills the database.
func (c *restoreCommand) Run(r *run) error {
	master, err := database{DB: c.DB, masterKey: c.masterKey}.oldMaster(r)
	if err != nil {
		return err
	}
	began := time.Now()
	sum, err := c.open(func(from io.Reader, identities []age.Identity) (backup.Summary, error) {
		return service.RestoreBackup(r.ctx, from, identities, c.DB, store.Options{Clock: time.Now, Master: master}, rand.Reader)
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(r.Out, "Restored: %s, as at %s, in %.1f s. Everybody signs in again.\n"+
		"What was done after that time is not in it: take away accounts, consent and people again that were taken away since.\n",
		contents(sum), atTime(sum.TakenAt), time.Since(began).Seconds())
	return err
}

// oldMaster is the master key of a database that is restored: never a new one.
func (d database) oldMaster(r *run) (seal.Master, error) {
	where := d.MasterKey
	if where == "" {
		path, _, err := d.besideKey()
		if err != nil {
			return seal.Master{}, err
		}
		where = "file:" + path
	}
	master, err := seal.OpenMaster(r.ctx, where)
	if err != nil {
		return master, fmt.Errorf("a backup needs the master key of the database that it was made of: %w. Say with --master-key where it is", err)
	}
	return master, nil
}
