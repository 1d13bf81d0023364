// Package cli holds the commands. Each parses its flags, calls package service,
// and prints. What a command does to the records is decided behind that door.
package cli

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"stablefutures/internal/seal"
	"stablefutures/internal/service"
	"stablefutures/internal/store"

	"github.com/alecthomas/kong"
)

// Streams are where a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Exit codes.
const (
	exitDone    = 0
	exitProblem = 1 // it was tried and did not work, or not all of it could be taken
	exitUsage   = 2 // the command was not understood
)

// commands are all commands; the struct is the manual that --help prints.
type commands struct {
	Serve     serveCommand     `cmd:"" help:"Serve the pages."`
	Demo      demoCommand      `cmd:"" help:"Make a fictional council, serve its pages and print how to sign in."`
	Import    importCommand    `cmd:"" help:"Read Annex A, SSDA903, CIN census, register and reading files, and take them in."`
	Report    reportCommand    `cmd:"" help:"Print a report."`
	Framework frameworkCommand `cmd:"" help:"List, show, check, import and export editions of the framework."`
	Language  languageCommand  `cmd:"" help:"List the languages of young people's pages, and send their words to translators and back."`
	Template  templateCommand  `cmd:"" help:"Write an empty template for the register or for readings."`
	Export    exportCommand    `cmd:"" help:"Write the register or the readings to a file that import reads."`
	Account   accountCommand   `cmd:"" help:"Add an account, such as the first administrator, or invite somebody anew."`
	Provider  providerCommand  `cmd:"" help:"Let people sign in with the council's own sign-in service."`
	Keys      keysCommand      `cmd:"" help:"Make a master key, change it, or rotate the keys that it wraps."`
	Ledger    ledgerCommand    `cmd:"" help:"Prove that nobody changed the log, and keep the proof elsewhere."`
	Backup    backupCommand    `cmd:"" help:"Write the whole database to an encrypted file, while the pages are served."`
	Verify    verifyCommand    `cmd:"" help:"Read a backup to its end and check every count and hash in it."`
	Restore   restoreCommand   `cmd:"" help:"Fill an empty database with a backup."`
	Drill     drillCommand     `cmd:"" help:"Back up, restore to a throwaway database and check it, and say how long that took."`
	Check     checkCommand     `cmd:"" help:"Check that the kept counts are what the readings say."`
}

// database is the flag that commands on records share.
type database struct {
	DB string `name:"db" env:"STABLEFUTURES_DB" default:"data/stablefutures.db" placeholder:"DSN" help:"SQLite file, or postgres:// address. A database that does not exist yet is made. (default: ${default})"`
	masterKey

	quiet bool // a database that nobody keeps: nothing is said of its key
}

// masterKey is the flag that says where the master key is.
type masterKey struct {
	MasterKey string `env:"STABLEFUTURES_MASTER_KEY" placeholder:"WHERE" help:"Where the master key is: file:PATH, env:NAME or command:PROGRAM. (default: a file beside an SQLite database, named like it with .key; for PostgreSQL one in the home folder. It is made with the database.)"`
}

// master is the key that opens the database's own keys. Without a word about where it
// is, it stands beside an SQLite file, or in the home of whoever uses PostgreSQL:
// enough to try the program, and no help against somebody who takes the whole disk.
func (d database) master(r *run) (seal.Master, error) {
	if d.MasterKey != "" {
		return seal.OpenMaster(r.ctx, d.MasterKey)
	}
	path, fresh, err := d.besideKey()
	if err != nil {
		return seal.Master{}, err
	}
	if _, err := os.Stat(path); fresh && errors.Is(err, os.ErrNotExist) {
		if err := seal.MakeMasterFile(path); err != nil {
			return seal.Master{}, err
		}
		if !d.quiet {
			fmt.Fprintf(r.Err, "A new master key is in %s. Keep a copy of it somewhere else: without it the database cannot be read. For more than a trial, keep it off this disk (--master-key).\n", path)
		}
	}
	return seal.OpenMaster(r.ctx, "file:"+path)
}

// besideKey is where the master key is by default, and whether one may be made there:
// not for a database that has had another.
func (d database) besideKey() (path string, fresh bool, err error) {
	if !store.IsPostgreSQL(d.DB) {
		path = strings.TrimPrefix(d.DB, "sqlite:")
		_, err := os.Stat(path)
		return path + ".key", errors.Is(err, os.ErrNotExist), nil
	}
	home, err := os.UserConfigDir()
	if err != nil {
		return "", false, fmt.Errorf("say with --master-key where the master key is: %w", err)
	}
	address, err := url.Parse(d.DB)
	if err != nil {
		return "", false, errors.New("the address of the database cannot be read: write postgres://user@host/name")
	}
	sum := sha256.Sum256([]byte(address.Host + address.Path))
	// Where the database has had another key, the new one does not open it, and that is said.
	return filepath.Join(home, "stablefutures", hex.EncodeToString(sum[:8])+".key"), true, nil
}

// authorityFlag names the authority that a command is about.
type authorityFlag struct {
	Authority string `env:"STABLEFUTURES_AUTHORITY" placeholder:"CODE" help:"Code of the authority. Needed only where the database holds several."`
}

// run is what every command gets.
type run struct {
	ctx context.Context
	Streams
}

// errReported: what went wrong has been printed already.
var errReported = errors.New("reported")

// Run parses args and runs the command; it gives the exit code.
func Run(ctx context.Context, args []string, streams Streams) int {
	var all commands
	exited := -1
	parser, err := kong.New(&all, kong.Name("stablefutures"), kong.Writers(streams.Out, streams.Err),
		kong.Description("From a council's own files to one young person's story and one honest answer."),
		kong.UsageOnError(), kong.Exit(func(code int) { exited = code }))
	if err != nil {
		fmt.Fprintln(streams.Err, err)
		return exitUsage
	}
	command, err := parser.Parse(args)
	switch {
	case exited >= 0: // --help printed what it had to
		return exited
	case err != nil:
		fmt.Fprintf(streams.Err, "stablefutures: %v\nTry stablefutures --help.\n", err)
		return exitUsage
	}
	err = command.Run(&run{ctx, streams})
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errReported):
		return exitProblem
	}
	fmt.Fprintf(streams.Err, "stablefutures: %v\n", err)
	return exitProblem
}

// open opens the database and hands the service to do.
func (d database) open(r *run, do func(*service.Service) error) (err error) {
	master, err := d.master(r)
	if err != nil {
		return err
	}
	db, err := store.Open(r.ctx, d.DB, store.Options{Clock: time.Now, Master: master})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	s, err := service.New(db, time.Now, rand.Reader)
	if err != nil {
		return err
	}
	return do(s)
}

// operate is open for a command on one authority that must be there, and so must the
// database: a mistyped path makes none.
func (d database) operate(r *run, authority string, do func(*service.Service, service.Actor) error) error {
	return d.there(r, func(s *service.Service) error {
		a, err := s.OnlyAuthority(r.ctx, authority)
		if err != nil {
			return err
		}
		return do(s, service.Operator(a.Code))
	})
}

// there is open for a command on a database that must be there.
func (d database) there(r *run, do func(*service.Service) error) error {
	if _, err := os.Stat(d.DB); !store.IsPostgreSQL(d.DB) && errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("there is no database at %s: check the path; `stablefutures import` or `account add` makes one", d.DB)
	}
	return d.open(r, do)
}
