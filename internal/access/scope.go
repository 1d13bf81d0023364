package access

import (
	"slices"
	"time"
)

// Scope is what one person may reach with one act, at one instant; queries over
// records take it.
type Scope struct {
	Authority string
	Account   string
	Team      string // empty for somebody in no team; see NotPlaced
	Reach     Reach
	Now       time.Time

	// Emergencies: what was opened in an emergency is in reach too. For reading alone.
	Emergencies bool
}

// NotPlaced is the team of somebody whom no administrator has put anywhere yet, be that
// a team or none: no young person is in it, and it is not the same as being in none.
const NotPlaced = "-"

// Wide tells whether more is in reach than what is allocated to this person.
func (s Scope) Wide() bool {
	return s.ofTeam() || s.ofAllTeams() || s.Reach == Authority || s.Reach == Whole
}

func (s Scope) ofTeam() bool { return (s.Reach == Team || s.Reach == TeamOrAll) && s.Team != "" }

func (s Scope) ofAllTeams() bool { return s.Reach == TeamOrAll && s.Team == "" }

// Record is what the decision needs to know of a record: of all the children whose
// facts it shows, together.
type Record struct {
	Authority   string
	Erased      bool
	AllocatedTo []string   // accounts, now
	Teams       []string   // of its children
	Named       [][]string // for each restriction that holds, the accounts that it names
	Emergencies []Emergency
}

// Emergency is emergency access that nobody has ended.
type Emergency struct {
	Account string
	Until   time.Time
}

// Why is the reason for which somebody may reach a record. The order is the one in
// which it is told: the nearest first.
type Why string

const (
	ByAllocation Why = "allocated to them"
	ByTeam       Why = "of their team"
	ByAllTeams   Why = "answers for all teams"
	ByAuthority  Why = "by their role"
	ByEmergency  Why = "in an emergency"
	ByMachine    Why = "the machine itself"
)

// Includes is the decision in Go: whether a record is in scope.
func (s Scope) Includes(r Record) bool {
	_, in := s.Because(r)
	return in
}

// Because is Includes with the reason. A restriction keeps out everybody whom it
// does not name, whatever their reach, also in an emergency: that there is such a
// record is not told either.
func (s Scope) Because(r Record) (why Why, in bool) {
	if r.Authority != s.Authority || r.Erased {
		return "", false
	}
	if s.Reach == Whole {
		return ByMachine, true
	}
	for _, named := range r.Named {
		if !slices.Contains(named, s.Account) {
			return "", false
		}
	}
	return s.near(r)
}

// near is Because for a record that no restriction keeps from this person.
func (s Scope) near(r Record) (why Why, in bool) {
	if s.Reach != Allocated && s.Reach != Team && s.Reach != TeamOrAll && s.Reach != Authority {
		return "", false
	}
	switch {
	case slices.Contains(r.AllocatedTo, s.Account):
		return ByAllocation, true
	case s.ofAllTeams():
		return ByAllTeams, true
	case s.ofTeam() && slices.Contains(r.Teams, s.Team):
		return ByTeam, true
	case s.Reach == Authority:
		return ByAuthority, true
	}
	return ByEmergency, s.Emergencies && slices.ContainsFunc(r.Emergencies, func(e Emergency) bool { return e.Account == s.Account && e.Until.After(s.Now) })
}

// sameRecord joins s, a child, to c: all children whose facts one record shows.
const sameRecord = `s.authority = c.authority and s.record_id = c.record_id`

// InScope is the same decision as SQL, for a query in which c is a row of child and
// $1 to $5 are the scope's authority, account, reach, team, and the instant after which
// an emergency must hold (Args).
const InScope = `c.authority = $1 and c.erased_at is null and ($3 = 'whole' or
	not exists (
		select 1 from child s join restriction r on r.authority = s.authority and r.child_id = s.id
		where ` + sameRecord + ` and r.ended_at is null and not exists (
			select 1 from restriction_name n where n.authority = r.authority and n.restriction_id = r.id and n.account_id = $2))
	and ($3 = 'authority' or $3 = 'team-all' and $4 = ''
		or $3 in ('team', 'team-all') and $4 <> '' and exists (select 1 from child s where ` + sameRecord + ` and s.team = $4)
		or $3 in ('allocated', 'team', 'team-all') and (
			exists (
				select 1 from child s join allocation a on a.authority = s.authority and a.child_id = s.id
				where ` + sameRecord + ` and a.account_id = $2 and a.ended_at is null)
			or exists (
				select 1 from child s join emergency e on e.authority = s.authority and e.child_id = s.id
				where ` + sameRecord + ` and e.account_id = $2 and e.ended_at is null and e.until_at > $5))))`

// never is after every instant: no emergency holds so long.
const never = "9999"

// Args are the first five arguments of a query that carries InScope, and then more.
func (s Scope) Args(more ...any) []any {
	holdsAfter := never
	if s.Emergencies {
		holdsAfter = s.Now.UTC().Format("2006-01-02T15:04:05.000000Z") // as the store writes instants
	}
	reach := s.Reach
	if !Protected {
		reach = Whole
	}
	return append([]any{s.Authority, s.Account, string(reach), s.Team, holdsAfter}, more...)
}
