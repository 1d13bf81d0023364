package store

import (
	"cmp"
	"database/sql"
	"slices"
	"strings"
	"time"

	"stablefutures/internal/seal"
)

// Team works together: workers, their manager, the young people they work with.
// Teams that have ended stay, so that what was theirs keeps its name.
type Team struct {
	ID      string
	Name    string
	EndedAt time.Time // zero while the team is there
}

// InUse tells whether somebody can still be put into the team.
func (t Team) InUse() bool { return t.EndedAt.IsZero() }

var (
	insertTeam  = statement(`insert into team (authority, id, name, created_at, created_by) values ($1, $2, $3, $4, $5)`)
	listTeams   = statement(`select id, name, ended_at from team where authority = $1`)
	renameTeam  = statement(`update team set name = $3 where authority = $1 and id = $2 and ended_at is null`)
	endTeam     = statement(`update team set ended_at = $3 where authority = $1 and id = $2 and ended_at is null`)
	leaveTeam   = statement(`update account set team = '' where authority = $1 and team = $2`)
	ofNoTeam    = statement(`update child set team = '' where authority = $1 and team = $2`)
	placeOf     = statement(`update account set team = $3, agency = $4, section = $5 where authority = $1 and id = $2 and ended_at is null`)
	youngByTeam = statement(`select team, count(*) from child where authority = $1 and team <> '' and record_id = id and erased_at is null group by team`)
	teamOfChild = statement(`update child set team = $3 where authority = $1 and record_id = $2`)
)

// AddTeam adds a team.
func (tx *Tx) AddTeam(authority, id, name, by string) error {
	sealed, err := tx.sealText(ownOf(authority), teamPlace(authority, id), name)
	if err != nil {
		return err
	}
	return tx.exec(insertTeam, authority, id, sealed, instant(tx.Now), by)
}

// A team is often called after whoever leads it, so that its name is sealed.
func teamPlace(authority, id string) seal.Place { return place(authority, "team", "name", id) }

// Teams are all teams, those in use first, by their names.
func (tx *Tx) Teams(authority string) ([]Team, error) {
	list, err := all(tx, listTeams, []any{authority}, func(row scanner) (Team, error) {
		var t Team
		var ended sql.NullString
		err := row.Scan(&t.ID, &t.Name, &ended)
		t.EndedAt = parseInstant(ended.String)
		return t, err
	})
	list, err = opened(list, err, func(t *Team) (err error) {
		t.Name, err = tx.openText(ownOf(authority), teamPlace(authority, t.ID), t.Name)
		return err
	})
	slices.SortFunc(list, func(a, b Team) int {
		return cmp.Or(inUseFirst(a.InUse(), b.InUse()), strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
	})
	return list, err
}

// YoungPeopleByTeam counts the young people of each team.
func (tx *Tx) YoungPeopleByTeam(authority string) (map[string]int, error) {
	out := map[string]int{}
	err := tx.each(youngByTeam, []any{authority}, func(row scanner) error {
		var team string
		var n int
		err := row.Scan(&team, &n)
		out[team] = n
		return err
	})
	return out, err
}

// RenameTeam gives a team in use another name.
func (tx *Tx) RenameTeam(authority, id, name string) error {
	sealed, err := tx.sealText(ownOf(authority), teamPlace(authority, id), name)
	if err != nil {
		return err
	}
	return tx.execOne(renameTeam, authority, id, sealed)
}

// EndTeam ends a team; nobody and no young person is in it any more. A manager of an
// ended team must be put elsewhere before, or would answer for all.
func (tx *Tx) EndTeam(authority, id string) error {
	if err := tx.execOne(endTeam, authority, id, instant(tx.Now)); err != nil {
		return err
	}
	if err := tx.exec(leaveTeam, authority, id); err != nil {
		return err
	}
	return tx.exec(ofNoTeam, authority, id)
}

// Place puts an account in use into a team, or, for a partner, into an agency and its
// section; empty for none.
func (tx *Tx) Place(authority, account, team, agency, section string) error {
	return tx.execOne(placeOf, authority, account, team, agency, section)
}

// SetTeamOfRecord gives a young person to a team; all children of a record go together.
func (tx *Tx) SetTeamOfRecord(authority, record, team string) error {
	return tx.execOne(teamOfChild, authority, record, team)
}
