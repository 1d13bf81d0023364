package service

import (
	"context"
	"slices"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/store"
)

// TeamView is a team with who and how many are in it.
type TeamView struct {
	store.Team
	Members []string // names, of accounts in use
	Young   int      // young people whom the team works with
}

// Teams are all teams of the authority, those in use first.
func (s *Service) Teams(ctx context.Context, actor Actor) (list []TeamView, err error) {
	err = s.look(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		teams, err := tx.Teams(actor.Authority)
		if err != nil {
			return err
		}
		accounts, err := tx.Accounts(actor.Authority)
		if err != nil {
			return err
		}
		young, err := tx.YoungPeopleByTeam(actor.Authority)
		if err != nil {
			return err
		}
		for _, t := range teams {
			v := TeamView{Team: t, Young: young[t.ID]}
			for _, a := range accounts {
				if a.InUse() && a.Team == t.ID {
					v.Members = append(v.Members, a.Name)
				}
			}
			list = append(list, v)
		}
		return nil
	})
	return list, err
}

// teamName is a team's name as it is kept, or what is wrong with it.
func teamName(tx *store.Tx, authority, except, name string) (string, Invalid, error) {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" || len(name) > 100 {
		return name, Invalid{{"team-name", "Enter the team's name, in at most 100 characters."}}, nil
	}
	teams, err := tx.Teams(authority)
	if err != nil {
		return name, nil, err
	}
	for _, t := range teams {
		if t.InUse() && t.ID != except && strings.EqualFold(t.Name, name) {
			return name, Invalid{{"team-name", "There is a team with this name already. Give the new one another."}}, nil
		}
	}
	return name, nil, nil
}

// AddTeam adds a team.
func (s *Service) AddTeam(ctx context.Context, actor Actor, name string) (id string, err error) {
	id = s.ids.New()
	err = s.change(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		name, wrong, err := teamName(tx, actor.Authority, "", name)
		if err != nil {
			return err
		}
		if len(wrong) > 0 {
			return wrong
		}
		if err := tx.AddTeam(actor.Authority, id, name, actor.Account); err != nil {
			return err
		}
		return s.audit(tx, actor, "add team", "team", id, "")
	})
	return id, err
}

// RenameTeam gives a team another name.
func (s *Service) RenameTeam(ctx context.Context, actor Actor, id, name string) error {
	return s.change(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		name, wrong, err := teamName(tx, actor.Authority, id, name)
		if err != nil {
			return err
		}
		if len(wrong) > 0 {
			return wrong
		}
		if err := tx.RenameTeam(actor.Authority, id, name); err != nil {
			return err
		}
		return s.audit(tx, actor, "rename team", "team", id, "")
	})
}

// EndTeam ends a team that nobody is in any more. Somebody whose reach is their team
// would otherwise be in none, and answer for all young people.
func (s *Service) EndTeam(ctx context.Context, actor Actor, id string) error {
	return s.change(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		accounts, err := tx.Accounts(actor.Authority)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(accounts, func(a store.Account) bool { return a.InUse() && a.Team == id }) {
			return Invalid{{"team", "Somebody is in this team. Put everybody into another team first."}}
		}
		if err := tx.EndTeam(actor.Authority, id); err != nil {
			return err
		}
		return s.audit(tx, actor, "end team", "team", id, "")
	})
}

// teamOf is the team to which somebody adds a young person.
func teamOf(a Actor) string {
	if a.Team == access.NotPlaced {
		return ""
	}
	return a.Team
}

// teamInUse refuses a team that is not, or no longer, there; none is fine.
func teamInUse(tx *store.Tx, authority, id string) error {
	if id == "" {
		return nil
	}
	teams, err := tx.Teams(authority)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(teams, func(t store.Team) bool { return t.ID == id && t.InUse() }) {
		return Invalid{{"team", "Choose one of the teams."}}
	}
	return nil
}

// PutInTeam puts somebody with an account into a team, or into none.
func (s *Service) PutInTeam(ctx context.Context, actor Actor, account, team string) error {
	return s.change(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		if err := teamInUse(tx, actor.Authority, team); err != nil {
			return err
		}
		a, err := tx.Account(actor.Authority, account)
		if err != nil {
			return err
		}
		if account == actor.Account {
			return Invalid{{"team", "Nobody changes their own team. Ask another administrator."}}
		}
		err = keepingNames(tx, actor.Authority, account, "team", func() error { return tx.Place(actor.Authority, account, team, a.Agency, a.Section) })
		if err != nil {
			return err
		}
		return s.audit(tx, actor, "put in team", "account", account, team)
	})
}

// GiveToTeam gives a young person to a team, or to none. Whoever is in the team and
// sees its young people can open the record from then on.
func (s *Service) GiveToTeam(ctx context.Context, actor Actor, record, team string) error {
	return s.changeRecord(ctx, actor, access.Allocate, record, "give to team", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		if err := teamInUse(tx, actor.Authority, team); err != nil {
			return err
		}
		if head.Team == team {
			return errNothing
		}
		return keepingRecord(tx, actor.Authority, head.ID, "team", func() error { return tx.SetTeamOfRecord(actor.Authority, head.ID, team) })
	})
}
