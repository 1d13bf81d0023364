package cli

import (
	"errors"
	"fmt"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

type accountCommand struct {
	Add     accountAddCommand     `cmd:"" help:"Add somebody who may sign in, such as the first administrator, and print a set-up code for them."`
	Succeed accountSucceedCommand `cmd:"" help:"Name a manager in the restricted records of which somebody else is the last who may change the names: before that account ends, or after the council took it away."`
	Invite  accountInviteCommand  `cmd:"" help:"Print a new set-up code for somebody who lost their way in. What opened their account before opens it no more."`
}

type accountAddCommand struct {
	database
	authorityFlag
	Council  string `placeholder:"NAME" help:"Name of the council, where the authority is new."`
	Role     string `required:"" placeholder:"ROLE" help:"What the person does: worker, manager, data-officer, administrator, or another role of the access table."`
	Username string `required:"" help:"Name to sign in with."`
	Name     string `required:"" help:"The person's name."`
}

// Run adds the account and invites its owner, who alone chooses how they sign in: no
// password is ever somebody else's choice.
func (c *accountAddCommand) Run(r *run) error {
	return c.open(r, func(s *service.Service) error {
		code, err := c.authority(r, s)
		if err != nil {
			return err
		}
		operator := service.Operator(code)
		id, err := s.AddAccount(r.ctx, operator, service.NewAccount{Username: c.Username, Name: c.Name, Role: access.Role(c.Role)})
		if err != nil {
			return err
		}
		return printInvitation(r, s, operator, id, c.Username)
	})
}

type accountInviteCommand struct {
	database
	authorityFlag
	Username string `required:"" help:"Name of the account."`
}

// Run invites somebody anew.
func (c *accountInviteCommand) Run(r *run) error {
	return c.operate(r, c.Authority, func(s *service.Service, operator service.Actor) error {
		accounts, err := s.Accounts(r.ctx, operator)
		if err != nil {
			return err
		}
		for _, a := range accounts {
			if a.Username == strings.ToLower(c.Username) && a.InUse() {
				return printInvitation(r, s, operator, a.ID, a.Username)
			}
		}
		return fmt.Errorf("no account in use has the username %s: check it, or add one with `stablefutures account add`", c.Username)
	})
}

type accountSucceedCommand struct {
	database
	authorityFlag
	Last string `required:"" placeholder:"USERNAME" help:"Name of the account that is the last."`
	By   string `required:"" placeholder:"USERNAME" help:"Name of the manager who is named beside it."`
}

// Run names the manager. Which records they are is printed nowhere.
func (c *accountSucceedCommand) Run(r *run) error {
	return c.operate(r, c.Authority, func(s *service.Service, operator service.Actor) error {
		n, err := s.Succeed(r.ctx, operator, c.Last, c.By)
		if errors.Is(err, service.ErrNotFound) {
			return errors.New("there is no account with one of these usernames: check them")
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(r.Out, "%s is named in %s.\n", c.By, count(n, "restricted record more", "restricted records more"))
		return err
	})
}

func printInvitation(r *run, s *service.Service, operator service.Actor, id, username string) error {
	code, err := s.Invite(r.ctx, operator, id)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(r.Out, "%s of authority %s chooses how to sign in on the page /set-up, with this code:\n  %s\nIt is good once, until %s. It is not shown again.\n",
		username, operator.Authority, code, s.Now().Add(service.InvitationFor).Format("2 January 2006, 15:04"))
	return err
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
