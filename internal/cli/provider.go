package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// providerCommand is about the sign-in service of a council.
type providerCommand struct {
	Set    providerSetCommand    `cmd:"" help:"Let people sign in with the council's own sign-in service (OpenID Connect, such as Microsoft Entra ID). At the service, register the address of the pages with /sign-in/back, and ask for a second factor."`
	Remove providerRemoveCommand `cmd:"" help:"Let nobody sign in with the council's own sign-in service any more."`
}

type providerSetCommand struct {
	database
	authorityFlag
	Issuer string   `required:"" placeholder:"ADDRESS" help:"Address of the service, such as https://login.microsoftonline.com/TENANT/v2.0."`
	Client string   `required:"" placeholder:"ID" help:"What this program is called there: the client id."`
	Secret string   `required:"" placeholder:"WHERE" help:"Where the client secret is: file:PATH or env:NAME. It is kept sealed in the database."`
	Claim  string   `default:"groups" help:"Claim of the id token that lists somebody's groups: groups, or roles for Entra's app roles. (default: ${default})"`
	Label  string   `default:"your council’s account" help:"What people call the service. (default: ${default})"`
	Group  []string `required:"" placeholder:"GROUP=ROLE" help:"The role that members of a group have here, such as 6f0c…=manager. It may be given several times: the first that fits holds. Who is in none is let in no more."`
}

// Run sets the sign-in service.
func (c *providerSetCommand) Run(r *run) error {
	return c.operate(r, c.Authority, func(s *service.Service, operator service.Actor) error {
		secret, err := secretFrom(c.Secret)
		if err != nil {
			return err
		}
		p := store.Provider{Issuer: c.Issuer, Client: c.Client, Secret: secret, Claim: c.Claim, Label: c.Label}
		for _, text := range c.Group {
			at := strings.LastIndex(text, "=")
			if at < 0 {
				return fmt.Errorf("%q does not say which role a group gives: write GROUP=ROLE", text)
			}
			p.Groups = append(p.Groups, store.ProviderGroup{Name: text[:at], Role: access.Role(text[at+1:])})
		}
		if err := s.SetProvider(r.ctx, operator, p); err != nil {
			return err
		}
		_, err = fmt.Fprintf(r.Out, "People of authority %s can sign in with %s.\n", operator.Authority, c.Label)
		return err
	})
}

// secretFrom reads a secret from where it is kept; it never stands on the command line.
func secretFrom(where string) ([]byte, error) {
	how, name, _ := strings.Cut(where, ":")
	var text string
	switch how {
	case "env":
		text = os.Getenv(name)
	case "file":
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read the client secret: %w", err)
		}
		text = string(data)
	default:
		return nil, errors.New("the client secret is named by file:PATH or env:NAME, so that nobody reads it on the command line")
	}
	if text = strings.TrimSpace(text); text == "" {
		return nil, fmt.Errorf("the client secret at %s is empty", where)
	}
	return []byte(text), nil
}

type providerRemoveCommand struct {
	database
	authorityFlag
}

// Run takes the sign-in service away.
func (c *providerRemoveCommand) Run(r *run) error {
	return c.operate(r, c.Authority, func(s *service.Service, operator service.Actor) error {
		if err := s.RemoveProvider(r.ctx, operator); errors.Is(err, service.ErrNotFound) {
			return fmt.Errorf("authority %s has no sign-in service of its own", operator.Authority)
		} else if err != nil {
			return err
		}
		_, err := fmt.Fprintln(r.Out, "Nobody can sign in with it any more; who had is signed out.")
		return err
	})
}
