package cli

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

type accountCommand struct {
	Add accountAddCommand `cmd:"" help:"Add somebody who may sign in. The password is asked for, or read from standard input."`
}

type accountAddCommand struct {
	database
	authorityFlag
	Council  string `placeholder:"NAME" help:"Name of the council, where the authority is new."`
	Role     string `required:"" enum:"worker,manager,data-officer,administrator" help:"What the person does: ${enum}."`
	Username string `required:"" help:"Name to sign in with."`
	Name     string `required:"" help:"The person's name."`
	OneTime  bool   `help:"The password is somebody else's choice: it is good for one sign-in, at which its owner chooses their own."`
}

// Run adds the account. The password never stands on the command line, where
// others on the machine could read it.
func (c *accountAddCommand) Run(r *run) error {
	return c.open(r, func(s *service.Service) error {
		code, err := c.authority(r, s)
		if err != nil {
			return err
		}
		password, err := askPassword(r)
		if err != nil {
			return err
		}
		_, err = s.AddAccount(r.ctx, service.Operator(code), service.NewAccount{
			Username: c.Username, Name: c.Name, Role: access.Role(c.Role), Password: password, OwnPassword: !c.OneTime})
		if err != nil {
			return err
		}
		said := ""
		if c.OneTime {
			said = " The password is good for one sign-in: they choose their own there."
		}
		_, err = fmt.Fprintf(r.Out, "%s can sign in to authority %s.%s\n", c.Username, code, said)
		return err
	})
}

// authority is the one named or the only one; a new one is made where its name is given.
func (c *accountAddCommand) authority(r *run, s *service.Service) (string, error) {
	a, err := s.OnlyAuthority(r.ctx, c.Authority)
	if err == nil {
		if c.Council != "" && c.Council != a.Name {
			err = s.RenameAuthority(r.ctx, service.Operator(a.Code), c.Council)
		}
		return a.Code, err
	}
	if !errors.Is(err, service.ErrNotFound) || c.Council == "" {
		return "", fmt.Errorf("%w; for a new authority give --authority and --council", err)
	}
	return c.Authority, s.AddAuthority(r.ctx, c.Authority, c.Council, false)
}

// askPassword reads one line. Where somebody types it, what to type is said first.
func askPassword(r *run) (string, error) {
	if f, ok := r.In.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			if _, err := fmt.Fprintf(r.Err, "Password (at least %d characters; it shows while you type): ", service.MinPassword); err != nil {
				return "", err
			}
		}
	}
	line, err := bufio.NewReader(r.In).ReadString('\n')
	if line == "" && err != nil {
		return "", errors.New("no password was given: type it, or pipe it in")
	}
	return strings.TrimRight(line, "\r\n"), nil
}

type checkCommand struct {
	database
	authorityFlag
	Mend bool `help:"Put the kept counts right where they differ."`
}

// Run works every kept count out again from the readings and compares.
func (c *checkCommand) Run(r *run) error {
	return c.operate(r, c.Authority, func(s *service.Service, actor service.Actor) error {
		differences, err := s.CheckCounts(r.ctx, actor, c.Mend)
		if err != nil {
			return err
		}
		if len(differences) == 0 {
			_, err := fmt.Fprintln(r.Out, "Every kept count is what the readings say.")
			return err
		}
		for _, d := range differences {
			if _, err := fmt.Fprintln(r.Out, d); err != nil {
				return err
			}
		}
		if c.Mend {
			_, err := fmt.Fprintln(r.Out, "They were put right.")
			return err
		}
		return fmt.Errorf("%d kept counts differ: run check --mend to put them right, and tell whoever keeps the program", len(differences))
	})
}
