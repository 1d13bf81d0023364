package cli

import (
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/fiction"
	"stablefutures/internal/framework"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

type demoCommand struct {
	Folder   string `default:"data/demo" placeholder:"FOLDER" help:"Where the fictional files and the database are made. What stood there from the last time is replaced. (default: ${default})"`
	Listen   string `env:"STABLEFUTURES_LISTEN" default:"localhost:8080" placeholder:"ADDRESS" help:"Address to listen on. (default: ${default})"`
	Seed     uint64 `default:"2026" help:"The same seed makes the same council. (default: ${default})"`
	Children int    `default:"900" help:"Children looked after in a year, about. (default: ${default})"`
	NoServe  bool   `help:"Make the files and the database, and do not serve them."`
}

// demoMark is a file that marks a folder as one that this command made, so that
// it never empties another.
const demoMark = "FICTIONAL.txt"

// Run invents a council, takes its files in through the same readers as real
// ones, and serves it. Nothing is served before all of it is there.
func (c *demoCommand) Run(r *run) error {
	if err := c.clear(); err != nil {
		return err
	}
	var listener net.Listener
	if !c.NoServe {
		var err error
		if listener, err = net.Listen("tcp", c.Listen); err != nil {
			return fmt.Errorf("listen on %s: %w. If another program has that address, choose another with --listen", c.Listen, err)
		}
	}
	db := database{DB: filepath.Join(c.Folder, "stablefutures.db"), quiet: true}
	return db.open(r, func(s *service.Service) error {
		people, err := c.fill(r, s)
		if err != nil || listener == nil {
			return err
		}
		if err := printPeople(r, people); err != nil {
			return errors.Join(err, listener.Close())
		}
		return serve(r, s, listener, serving{log: slog.New(slog.NewTextHandler(r.Err, nil))})
	})
}

// clear makes the folder new. A folder that holds anything else than an earlier
// demo is left alone.
func (c *demoCommand) clear() error {
	mark := filepath.Join(c.Folder, demoMark)
	entries, err := os.ReadDir(c.Folder)
	if err == nil && len(entries) > 0 {
		if _, err := os.Stat(mark); err != nil {
			return fmt.Errorf("%s holds something else than an earlier demo: name another folder with --folder", c.Folder)
		}
		if err := os.RemoveAll(c.Folder); err != nil {
			return fmt.Errorf("take the earlier demo away: %w", err)
		}
	}
	if err := os.MkdirAll(filepath.Join(c.Folder, "files"), 0o700); err != nil {
		return err
	}
	return os.WriteFile(mark, []byte("Everything in this folder is fictional: the council, the children, what they say. The demo command replaces the folder each time.\n"), 0o600)
}

// fill writes the council's files, takes them in and adds the people who sign in.
func (c *demoCommand) fill(r *run, s *service.Service) ([]demoPerson, error) {
	world := fiction.New(fiction.Options{Seed: c.Seed, Today: s.Today(), Children: c.Children, Edition: framework.Working()})
	files, err := world.Files()
	if err != nil {
		return nil, err
	}
	if err := s.AddAuthority(r.ctx, fiction.AuthorityCode, fiction.AuthorityName, true); err != nil {
		return nil, err
	}
	operator := service.Operator(fiction.AuthorityCode)
	if err := c.take(r, s, operator, files); err != nil {
		return nil, err
	}
	people, err := addPeople(r, s, operator)
	if err != nil {
		return nil, err
	}
	if err := allocateSome(r, s, people); err != nil {
		return nil, err
	}
	return people, putOnDuty(r, s, people)
}

// putOnDuty lets a worker be told first when a young person says that they are not safe,
// and then the manager. Nobody of a demo gets e-mail.
func putOnDuty(r *run, s *service.Service, people []demoPerson) error {
	manager := service.Actor{Authority: fiction.AuthorityCode, Account: people[2].id, Username: people[2].username, Name: people[2].name, Role: access.Manager}
	return s.SetDuty(r.ctx, manager, []store.Duty{{Account: people[1].id}, {Account: people[2].id}})
}

// take writes the files to the folder and imports them: those of a year in one
// call, as a council sends them.
func (c *demoCommand) take(r *run, s *service.Service, operator service.Actor, files []fiction.File) error {
	started := time.Now()
	var calls [][]fiction.File
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(c.Folder, "files", f.Name), f.Data, 0o600); err != nil {
			return err
		}
		if n := len(calls); n > 0 && calls[n-1][0].YearEnding == f.YearEnding {
			calls[n-1] = append(calls[n-1], f)
			continue
		}
		calls = append(calls, []fiction.File{f})
	}
	rows, aside := 0, 0
	for _, call := range calls {
		var list []service.File
		for _, f := range call {
			list = append(list, service.File{Name: f.Name, Data: f.Data})
		}
		report, err := s.Import(r.ctx, operator, list, service.ImportOptions{YearEnding: call[0].YearEnding})
		if err != nil {
			return fmt.Errorf("take the fictional files in: %w", err)
		}
		for _, u := range report.Unrecognised {
			return fmt.Errorf("take the fictional files in: %s: %s", u.Name, u.Message)
		}
		for _, f := range report.Files {
			rows, aside = rows+f.RowsTaken, aside+f.RowsSetAside
		}
	}
	_, err := fmt.Fprintf(r.Out, "%s: %d files written to %s and read, %d rows taken, %d set aside, in %.1f s.\n",
		fiction.AuthorityName, len(files), filepath.Join(c.Folder, "files"), rows, aside, time.Since(started).Seconds())
	return err
}

// demoPerson is somebody who can sign in to the demo.
type demoPerson struct {
	id, username, password, name string
	role                         access.Role
}

// addPeople adds one person of each role and a second worker, each with a
// password made now: a demo that somebody else can reach has no known password.
func addPeople(r *run, s *service.Service, operator service.Actor) ([]demoPerson, error) {
	people := []demoPerson{
		{username: "worker", name: "Robin Okafor (fictional)", role: access.Worker},
		{username: "worker2", name: "Sam Whitfield (fictional)", role: access.Worker},
		{username: "manager", name: "Alex Morgan (fictional)", role: access.Manager},
		{username: "data", name: "Jo Lindqvist (fictional)", role: access.DataOfficer},
		{username: "admin", name: "Chris Adeyemi (fictional)", role: access.Administrator},
	}
	for n := range people {
		p := &people[n]
		random := make([]byte, 10)
		if _, err := rand.Read(random); err != nil {
			return nil, err
		}
		p.password = strings.ToLower(base32.StdEncoding.EncodeToString(random))
		var err error
		p.id, err = s.AddAccount(r.ctx, operator, service.NewAccount{Username: p.username, Name: p.name, Role: p.role, Password: p.password})
		if err != nil {
			return nil, err
		}
	}
	return people, nil
}

// allocateSome gives each worker every other young person of the register, as
// the manager would.
func allocateSome(r *run, s *service.Service, people []demoPerson) error {
	manager := service.Actor{Authority: fiction.AuthorityCode, Account: people[2].id, Username: people[2].username, Name: people[2].name, Role: access.Manager}
	all, err := s.Caseload(r.ctx, manager, "", service.ByReference)
	if err != nil {
		return err
	}
	for n, row := range all.Rows {
		if err := s.Allocate(r.ctx, manager, row.Record, []string{people[n%2].id}); err != nil {
			return err
		}
	}
	return nil
}

func printPeople(r *run, people []demoPerson) error {
	out := tabwriter.NewWriter(r.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "\nEverything here is fictional. Sign in as\nusername\tpassword\twho")
	for _, p := range people {
		fmt.Fprintf(out, "%s\t%s\t%s, %s\n", p.username, p.password, p.name, p.role.Label())
	}
	fmt.Fprintln(out)
	return out.Flush()
}
