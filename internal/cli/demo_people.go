package cli

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"strings"
	"text/tabwriter"

	"stablefutures/internal/access"
	"stablefutures/internal/consent"
	"stablefutures/internal/service"
)

// demoPerson is somebody who can sign in to the demo.
type demoPerson struct {
	service.Actor
	password string
	sees     string // what there is to look at, for the list that is printed
}

// demoCouncil is the fictional council while its people, and what waits for them, are
// made: all of it through the door and as one of them, so that nothing is there which
// the pages would have refused.
type demoCouncil struct {
	*service.Service
	ctx      context.Context
	operator service.Actor
	people   []*demoPerson

	north, south   string // teams
	health, police string // agencies
	caseload       []service.CaseloadRow
}

// come adds the people and lets them act.
func (c *demoCouncil) come() error {
	if err := c.addPeople(); err != nil {
		return err
	}
	if err := c.addTeams(); err != nil {
		return err
	}
	if err := c.addAgencies(); err != nil {
		return err
	}
	return c.act()
}

// addPeople adds somebody of each role, a second worker and a lead of each team, each
// with a password made now: a demo that somebody else can reach has no known password.
func (c *demoCouncil) addPeople() error {
	for _, p := range []struct {
		username, name string
		role           access.Role
		sees           string
	}{
		{"worker", "Robin Okafor", access.Worker, "North team; consents of several kinds"},
		{"worker2", "Sam Whitfield", access.Worker, "South team; a record opened in an emergency"},
		{"duty", "Lee Hartmann", access.DutyWorker, "North team; a record open in an emergency"},
		{"manager", "Alex Morgan", access.Manager, "all young people; a decision and a review wait"},
		{"lead", "Priya Nair", access.Manager, "leads the North team"},
		{"lead2", "Tom Ellis", access.Manager, "leads the South team; a restricted record"},
		{"participation", "Grace Mensah", access.ParticipationLead, "figures, small numbers kept back"},
		{"data", "Jo Lindqvist", access.DataOfficer, "files; asked for an export with names"},
		{"partner", "Ines Castro", access.Partner, "what is shared with Fernshire Health"},
		{"inspector", "Helen Marsh", access.Inspector, "three records, chosen for the inspection"},
		{"study", "Noor Haddad", access.StudyTeam, "figures of those who agreed to the study"},
		{"auditor", "Dafydd Rees", access.Auditor, "the log; reading that waits to be explained"},
		{"admin", "Chris Adeyemi", access.Administrator, "accounts, teams and agencies"},
	} {
		random := make([]byte, 10)
		if _, err := rand.Read(random); err != nil {
			return err
		}
		made := &demoPerson{password: strings.ToLower(base32.StdEncoding.EncodeToString(random)), sees: p.sees}
		// Each of them is somebody who has just proved who they are.
		made.Actor = service.Actor{Authority: c.operator.Authority, Username: p.username, Name: p.name + " (fictional)", Role: p.role, Fresh: true}
		var err error
		made.Account, err = c.AddAccount(c.ctx, c.operator, service.NewAccount{Username: p.username, Name: made.Name, Role: p.role, Password: made.password})
		if err != nil {
			return err
		}
		c.people = append(c.people, made)
	}
	return nil
}

// as is the person of a username; whoever is not there can do nothing.
func (c *demoCouncil) as(username string) service.Actor {
	for _, p := range c.people {
		if p.Username == username {
			return p.Actor
		}
	}
	return service.Actor{}
}

// addTeams adds two teams. The manager is in neither, and answers for both.
func (c *demoCouncil) addTeams() (err error) {
	if c.north, err = c.AddTeam(c.ctx, c.operator, "North team (fictional)"); err != nil {
		return err
	}
	if c.south, err = c.AddTeam(c.ctx, c.operator, "South team (fictional)"); err != nil {
		return err
	}
	teams := map[string]string{"worker": c.north, "duty": c.north, "lead": c.north, "worker2": c.south, "lead2": c.south}
	for _, p := range c.people {
		if p.Team = teams[p.Username]; p.Team == "" {
			continue
		}
		if err := c.PutInTeam(c.ctx, c.operator, p.Account, p.Team); err != nil {
			return err
		}
	}
	return nil
}

// addAgencies adds an agency with somebody who sees one section of what is shared with
// it, and one of which nobody signs in.
func (c *demoCouncil) addAgencies() (err error) {
	if c.health, err = c.AddAgency(c.ctx, c.operator, "Fernshire Health (fictional)", "health"); err != nil {
		return err
	}
	if c.police, err = c.AddAgency(c.ctx, c.operator, "Fernshire Police (fictional)", "police"); err != nil {
		return err
	}
	return c.PlacePartner(c.ctx, c.operator, c.as("partner").Account, c.health, string(consent.Outcomes))
}

func printPeople(r *run, people []*demoPerson) error {
	out := tabwriter.NewWriter(r.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "\nEverything here is fictional. Sign in as\n\nusername\tpassword\twho\twhat there is to see")
	for _, p := range people {
		fmt.Fprintf(out, "%s\t%s\t%s, %s\t%s\n", p.Username, p.password, strings.TrimSuffix(p.Name, " (fictional)"), strings.ToLower(p.Role.Label()), p.sees)
	}
	fmt.Fprintln(out)
	return out.Flush()
}
