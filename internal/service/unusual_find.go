package service

import (
	"context"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/date"
	"stablefutures/internal/store"
)

// Kinds of unusual reading. Values are stored.
const (
	UnusualMany     = "many"     // many different records in a day
	UnusualHours    = "hours"    // out of hours
	UnusualRelation = "relation" // of young people they have nothing to do with
)

// What is unusual. Each number is low enough that taking a copy of a caseload is seen,
// and high enough that a day's work is not.
const (
	// unusualMany is more than a caseload: a worker has at most about 25 young people.
	unusualMany = 30
	// unusualTimes is how many times their own usual day is unusual for somebody, where
	// they read on at least unusualKnown earlier days of the last unusualWindow, and
	// read more than unusualLeast: three records after days of one are no copying.
	unusualTimes  = 3
	unusualKnown  = 5
	unusualWindow = 28
	unusualLeast  = 10
	// The day begins before the earliest and ends after the latest hour at which
	// offices see young people. What is done on call is explained in a line.
	unusualFrom, unusualTo = 7, 20
	// unusualBack is how many days are looked at again, where nobody served meanwhile.
	unusualBack = 7
)

// findings are what is unusual in readings.
type findings struct {
	london    *time.Location
	reachAll  map[string]bool // accounts that open every record of the authority
	relations map[[2]string][]store.Relation
	seen      map[findingKey]map[string]bool // different records
	days      map[string]map[date.Date]map[string]bool
}

type findingKey struct {
	account, kind string
	day           date.Date
}

// FindUnusual looks for unusual reading at every authority and keeps what it finds.
func (s *Service) FindUnusual(ctx context.Context) error {
	list, err := s.Authorities(ctx)
	if err != nil {
		return err
	}
	for _, a := range list {
		if err := s.findUnusual(ctx, a.Code); err != nil {
			return err
		}
	}
	return nil
}

// findUnusual looks on an unchanging view, so that nobody waits, and writes only what is
// new or has grown.
func (s *Service) findUnusual(ctx context.Context, authority string) error {
	var found []store.Unusual
	err := s.db.Read(ctx, func(tx *store.Tx) (err error) {
		found, err = s.unusualIn(tx, authority)
		return err
	})
	if err != nil || len(found) == 0 {
		return known(err)
	}
	return known(s.db.Change(ctx, authority, func(tx *store.Tx) error {
		for _, u := range found {
			u.ID = s.ids.New()
			fresh, err := tx.KeepUnusual(authority, u)
			if err != nil {
				return err
			}
			if fresh {
				if err := s.audit(tx, Actor{Authority: authority}, "find unusual reading", "unusual", u.ID, u.Kind); err != nil {
					return err
				}
			}
		}
		return nil
	}))
}

// unusualIn is what is unusual in the last days and is not kept yet.
func (s *Service) unusualIn(tx *store.Tx, authority string) ([]store.Unusual, error) {
	today := s.todayIn(tx)
	first := today.AddDays(-unusualBack)
	f := findings{london: s.london, reachAll: map[string]bool{}, relations: map[[2]string][]store.Relation{},
		seen: map[findingKey]map[string]bool{}, days: map[string]map[date.Date]map[string]bool{}}
	accounts, err := tx.Accounts(authority)
	if err != nil {
		return nil, err
	}
	for _, a := range accounts {
		f.reachAll[a.ID] = access.ReachOf(a.Role, access.ReadRecord) == access.TeamOrAll && a.Team == ""
	}
	relations, err := tx.RelationsSince(authority, s.beginOf(first))
	if err != nil {
		return nil, err
	}
	for _, r := range relations {
		for _, account := range []string{r.Account, r.BeganBy} {
			key := [2]string{account, r.Record}
			f.relations[key] = append(f.relations[key], r)
		}
	}
	readings, err := tx.ReadingsSince(authority, s.beginOf(first.AddDays(-unusualWindow)))
	if err != nil {
		return nil, err
	}
	for _, r := range readings {
		f.take(r, first)
	}
	f.many(first)
	kept, err := tx.UnusualSince(authority, first)
	if err != nil {
		return nil, err
	}
	return f.beyond(kept), nil
}

// beginOf is the first instant of a day in London.
func (s *Service) beginOf(d date.Date) time.Time {
	t := d.Time()
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, s.london)
}

// take notes a reading, and what is unusual about it by itself.
func (f *findings) take(r store.Reading, first date.Date) {
	local := r.Hour.In(f.london)
	day := date.Of(local)
	if f.days[r.Account] == nil {
		f.days[r.Account] = map[date.Date]map[string]bool{}
	}
	if f.days[r.Account][day] == nil {
		f.days[r.Account][day] = map[string]bool{}
	}
	f.days[r.Account][day][r.Record] = true
	if day < first {
		return
	}
	if outOfHours(local) {
		f.note(r.Account, UnusualHours, day, r.Record)
	}
	if f.reachAll[r.Account] && !f.related(r) {
		f.note(r.Account, UnusualRelation, day, r.Record)
	}
}

func outOfHours(local time.Time) bool {
	weekend := local.Weekday() == time.Saturday || local.Weekday() == time.Sunday
	return weekend || local.Hour() < unusualFrom || local.Hour() >= unusualTo
}

// related tells whether the young person was allocated at that time to who read, or by them.
func (f *findings) related(r store.Reading) bool {
	for _, held := range f.relations[[2]string{r.Account, r.Record}] {
		if held.From.Before(r.Hour.Add(time.Hour)) && (held.To.IsZero() || held.To.After(r.Hour)) {
			return true
		}
	}
	return false
}

// many notes the days on which somebody read more than anybody needs, or far more than
// they themselves usually do.
func (f *findings) many(first date.Date) {
	for account, days := range f.days {
		for day, records := range days {
			if day >= first && (len(records) > unusualMany || f.beyondUsual(days, day)) {
				for record := range records {
					f.note(account, UnusualMany, day, record)
				}
			}
		}
	}
}

// beyondUsual compares a day with the earlier ones of the window on which the same
// person read at all.
func (f *findings) beyondUsual(days map[date.Date]map[string]bool, day date.Date) bool {
	n, sum := 0, 0
	for earlier, records := range days {
		if earlier < day && earlier >= day.AddDays(-unusualWindow) {
			n, sum = n+1, sum+len(records)
		}
	}
	today := len(days[day])
	return n >= unusualKnown && today > unusualLeast && today*n > unusualTimes*sum
}

func (f *findings) note(account, kind string, day date.Date, record string) {
	key := findingKey{account, kind, day}
	if f.seen[key] == nil {
		f.seen[key] = map[string]bool{}
	}
	f.seen[key][record] = true
}

// beyond is what was found and is not kept, or kept with fewer records.
func (f *findings) beyond(kept []store.Unusual) (list []store.Unusual) {
	had := map[findingKey]int{}
	for _, u := range kept {
		had[findingKey{u.Account, u.Kind, u.Day}] = u.Records
	}
	for key, records := range f.seen {
		if len(records) > had[key] {
			list = append(list, store.Unusual{Account: key.account, Kind: key.kind, Day: key.day, Records: len(records)})
		}
	}
	return list
}
