package service

import (
	"cmp"
	"slices"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/date"
	"stablefutures/internal/store"
)

// CaseloadQuery says which young people are listed, and in which order.
type CaseloadQuery struct {
	Search string // reference, name or number; looks through all records in reach
	Order  string
	Show   string // narrows the caseload; everybody where empty
}

// What a caseload can be narrowed to.
const (
	ShowMissing  = "missing"   // missing now
	ShowAsks     = "asks"      // asked for something, and nobody has answered
	ShowWaiting  = "waiting"   // for a decision of the NRM
	ShowLong     = "long-wait" // for a decision, longer than is usual
	ShowSilent   = "no-talk"   // no conversation yet, or none for SilentMonths
	ShowNoWorker = "no-worker" // nobody works with them
)

// SilentMonths is after how many months without a conversation somebody should ask.
const SilentMonths = 6

// is tells whether a row belongs to what a caseload is narrowed to.
func (r CaseloadRow) is(show string, today date.Date) bool {
	switch show {
	case ShowMissing:
		return r.Missing
	case ShowAsks:
		return r.Asks.N > 0
	case ShowWaiting:
		return r.Clock != ""
	case ShowLong:
		return r.Long
	case ShowSilent:
		return r.LastTalk < today.AddMonths(-SilentMonths)
	case ShowNoWorker:
		return len(r.Workers) == 0
	}
	return true
}

// Wait is something that waits for somebody now: why a young person stands at the
// top of the first page, and since when.
type Wait struct {
	Kind  string // ShowMissing, ShowAsks, ShowLong, ShowSilent
	Row   CaseloadRow
	Since date.Date // of what was asked for, the day by which it is answered: what is late comes first
}

// waitsOf are what waits among the rows of a caseload, which come in any order: the
// longest first within each kind, and of equals the same first each time.
func waitsOf(rows []CaseloadRow, today date.Date) []Wait {
	var list []Wait
	for _, kind := range []string{ShowMissing, ShowAsks, ShowLong, ShowSilent} {
		from := len(list)
		for _, r := range rows {
			if r.is(kind, today) {
				list = append(list, Wait{kind, r, r.since(kind, today)})
			}
		}
		slices.SortFunc(list[from:], func(a, b Wait) int {
			return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(a.Row.Reference, b.Row.Reference))
		})
	}
	return list
}

// since is from when on something of a kind has waited.
func (r CaseloadRow) since(kind string, today date.Date) date.Date {
	switch {
	case kind == ShowMissing:
		return r.MissingOn
	case kind == ShowAsks:
		return r.Asks.DueOn
	case kind == ShowLong:
		return today.AddDays(-r.WaitDays)
	case r.LastTalk.Known():
		return r.LastTalk
	}
	return r.Added
}

// waitingMatches counts the likely matches that the actor may decide and that wait:
// those of a record that is kept from them do not count either.
func waitingMatches(tx *store.Tx, actor Actor) (waiting int, err error) {
	scope, err := actor.scope(access.DecideMatches)
	if err != nil {
		return 0, nil
	}
	pairs, err := matchesInScope(tx, at(scope, tx))
	for _, p := range pairs {
		if p.State == store.MatchWaiting {
			waiting++
		}
	}
	return waiting, err
}

// matchesWaiting are the likely matches that the actor may decide and that wait.
func (s *Service) matchesWaiting(tx *store.Tx, actor Actor, list *Caseload) error {
	if !actor.May(access.DecideMatches) {
		return nil
	}
	scope, err := actor.scope(access.DecideMatches)
	if err != nil {
		return err
	}
	pairs, err := matchesInScope(tx, at(scope, tx))
	if err != nil {
		return err
	}
	var oldest time.Time
	for _, p := range pairs {
		if p.State != store.MatchWaiting {
			continue
		}
		list.Matches++
		if oldest.IsZero() || p.FoundAt.Before(oldest) {
			oldest = p.FoundAt
		}
	}
	if list.Matches > 0 {
		list.MatchesSince = date.Of(oldest.In(s.london))
	}
	return nil
}
