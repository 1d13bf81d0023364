package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"filippo.io/age"

	"stablefutures/internal/backup"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

type backupCommand struct {
	Make backupMakeCommand `cmd:"" default:"withargs" help:"Write the whole database to an encrypted file."`
	Key  backupKeyCommand  `cmd:"" help:"Make the identity that opens backups, and print its recipient."`
}

type backupMakeCommand struct {
	database
	To            string   `required:"" placeholder:"FILE" help:"File to write. One that is there is not written over."`
	Recipient     []string `env:"STABLEFUTURES_BACKUP_RECIPIENT" placeholder:"AGE1…" help:"Public key of age that can open the backup; may be given several times."`
	RecipientFile []string `env:"STABLEFUTURES_BACKUP_RECIPIENT_FILE" placeholder:"FILE" help:"File with such keys, one a line."`
}

// Run writes the backup.
func (c *backupMakeCommand) Run(r *run) error {
	recipients, err := c.recipients()
	if err != nil {
		return err
	}
	return c.existing(r, func(s *service.Service) error {
		began, made := time.Now(), backup.Summary{}
		err := backup.WriteFile(c.To, func(w io.Writer) error {
			made, err = s.Backup(r.ctx, service.Operator(""), w, recipients)
			return err
		})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(r.Out, "%s: %s, as at %s, in %.1f s.\n"+
			"To restore it takes the identity that belongs to the recipient, and the master key of this database, which is not in the backup: keep both, away from this machine and from each other.\n",
			c.To, contents(made), atTime(made.TakenAt), time.Since(began).Seconds())
		return err
	})
}

func (c *backupMakeCommand) recipients() ([]age.Recipient, error) {
	list := c.Recipient
	for _, path := range c.RecipientFile {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read the recipients: %w", err)
		}
		list = append(list, string(text))
	}
	if len(list) == 0 {
		return nil, errors.New("say with --recipient or --recipient-file who can open the backup: `stablefutures backup key` makes a recipient with its identity")
	}
	return backup.Recipients(strings.Join(list, "\n"))
}

// existing is open for a database that must be there.
func (d database) existing(r *run, do func(*service.Service) error) error {
	if err := d.mustExist(); err != nil {
		return err
	}
	return d.open(r, do)
}

// mustExist tells a mistyped path, for which neither a database nor a key is made.
func (d database) mustExist() error {
	if _, err := os.Stat(strings.TrimPrefix(d.DB, "sqlite:")); !store.IsPostgreSQL(d.DB) && errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("there is no database at %s: check the path", d.DB)
	}
	return nil
}

func contents(s backup.Summary) string {
	return fmt.Sprintf("%d rows of %d tables of a %s database", s.Rows, s.Tables, s.Engine)
}

func atTime(t time.Time) string { return t.UTC().Format("2 January 2006 15:04:05 UTC") }

type backupKeyCommand struct {
	Output string `short:"o" required:"" placeholder:"FILE" help:"File to write the identity to, which is secret. The recipient, which is not, is printed."`
}

// Run makes a key pair.
func (c *backupKeyCommand) Run(r *run) error {
	secret, _, recipient, err := backup.NewIdentity()
	if err != nil {
		return err
	}
	err = backup.WriteFile(c.Output, func(w io.Writer) error {
		_, err := io.WriteString(w, secret)
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(r.Err, "The identity that opens backups is in %s. Keep it off every machine that makes backups, with a copy: without it no backup can be read. The recipient, which can make backups and open none:\n", c.Output)
	_, err = fmt.Fprintln(r.Out, recipient)
	return err
}

// sealedBackup are the flags that name a backup and what opens it.
type sealedBackup struct {
	From     string `required:"" placeholder:"FILE" help:"The backup."`
	Identity string `required:"" placeholder:"FILE" help:"File with the identity that opens it."`
}

func (c sealedBackup) open(do func(io.Reader, []age.Identity) (backup.Summary, error)) (sum backup.Summary, err error) {
	identities, err := backup.Identities(c.Identity)
	if err != nil {
		return sum, err
	}
	f, err := os.Open(c.From)
	if err != nil {
		return sum, fmt.Errorf("read the backup: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if sum, err = do(f, identities); err != nil {
		return sum, fmt.Errorf("%s: %w", c.From, err)
	}
	return sum, nil
}

type verifyCommand struct{ sealedBackup }

// Run reads the backup and writes nothing.
func (c *verifyCommand) Run(r *run) error {
	sum, err := c.open(service.VerifyBackup)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(r.Out, "%s is whole: %s, as at %s.\n", c.From, contents(sum), atTime(sum.TakenAt))
	return err
}
