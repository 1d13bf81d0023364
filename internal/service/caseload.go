package service

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/date"
	"stablefutures/internal/foi"
	"stablefutures/internal/register"
	"stablefutures/internal/store"
)

// CaseloadRow is one young person in a list.
type CaseloadRow struct {
	Record     string
	Reference  string
	Name       string // empty where no source knows it
	Age        int    // -1 where unknown
	LastTalk   date.Date
	Talks      int
	Talked     int // outcomes on which the young person has said something
	Stage      register.Stage
	Clock      string // "waiting 212 days for conclusive grounds"; empty where nothing is waited for
	WaitDays   int
	Missing    bool
	MissingOn  date.Date // since when, where missing now
	Workers    []string  // names of the workers who have them
	Registered bool
	Long       bool      // waits for a decision longer than is usual
	ByHand     bool      // somebody said by hand who they are
	Added      date.Date // since when they are known here
	Asks       AskWait   // what they asked for and nobody has answered, for whoever reads this
}

// Caseload is a list of young people with what it needs to be read.
type Caseload struct {
	Rows     []CaseloadRow
	Outcomes int    // how many outcomes the edition has
	Shown    string // which young people are listed, in words
	More     bool   // more match than are shown
	CaseloadQuery

	Waits        []Wait // of all whom the actor follows, whatever is shown
	NoWorker     int    // how many of them nobody works with; for who sees all alone
	Matches      int    // likely matches that wait for the actor
	MatchesSince date.Date
}

// mostRows is how many young people one page lists.
const mostRows = 200

// Orders of a caseload.
const (
	ByWaiting   = "waiting"
	ByName      = "name"
	ByReference = "reference"
	ByTalk      = "talk"
	ByAge       = "age"
	ByTalked    = "talked"
	ByMissing   = "missing"
)

// Caseload lists the young people whom the actor follows, or those who are found.
func (s *Service) Caseload(ctx context.Context, actor Actor, search, order string) (Caseload, error) {
	return s.CaseloadOf(ctx, actor, CaseloadQuery{Search: search, Order: order})
}

// CaseloadOf lists the young people whom the actor follows: a worker's allocated
// ones, and for a manager everybody who is on the register, has an allocation or
// a conversation, or was added or corrected by hand. With a search it looks through all
// records in reach, by reference, name or the authority's number.
func (s *Service) CaseloadOf(ctx context.Context, actor Actor, asked CaseloadQuery) (Caseload, error) {
	asked.Search = strings.TrimSpace(asked.Search)
	list := Caseload{CaseloadQuery: asked}
	scope, err := actor.scope(access.ReadRecord)
	if err != nil {
		return list, err
	}
	fill := func(tx *store.Tx) error {
		list = Caseload{CaseloadQuery: asked} // a transaction that is tried again begins anew
		asks, err := s.asksWaiting(tx, actor)
		if err != nil {
			return err
		}
		if err := s.fillCaseload(tx, at(scope, tx), asks, &list); err != nil {
			return err
		}
		return s.matchesWaiting(tx, actor, &list)
	}
	made := s.owed.take(actor)
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := fill(tx); err != nil {
			return err
		}
		detail := fmt.Sprintf("%d listed", len(list.Rows))
		if made > 0 {
			detail += fmt.Sprintf(", and %d times while the disk was full", made)
		}
		return s.audit(tx, actor, "read caseload", "caseload", actor.Account, detail)
	})
	if err != nil && made > 0 {
		s.owed.add(actor, made)
	}
	if errors.Is(err, store.ErrFull) && asked.Search == "" {
		if err = s.db.Read(ctx, fill); err == nil {
			s.owed.add(actor, 1)
		}
	}
	return list, known(err)
}

// caseloadParts is what a caseload is put together from, by record.
type caseloadParts struct {
	listable map[string]bool
	byHand   map[string]bool // somebody said by hand who they are

	heads      map[string]child.Child
	ids        map[string][]string // the authority's numbers
	identities map[string][]child.Identity
	entries    map[string][]register.Entry
	talks      map[string]store.Talk
	talked     map[string]int
	missing    map[string]date.Date
	workers    map[string][]string
}

func (s *Service) fillCaseload(tx *store.Tx, scope access.Scope, asks map[string]AskWait, list *Caseload) error {
	// What is open in an emergency is found, but is nobody's caseload.
	scope.Emergencies = scope.Emergencies && list.Search != ""
	parts, outcomes, err := s.caseloadParts(tx, scope, list.Search)
	if err != nil {
		return err
	}
	list.Outcomes = outcomes
	today := s.todayIn(tx)
	for record := range parts.listable {
		row := parts.row(parts.heads[record], record, today)
		row.Asks = asks[record]
		if list.Search != "" && !parts.matches(row, list.Search) {
			continue
		}
		list.Rows = append(list.Rows, row)
	}
	if list.Search == "" {
		list.Waits = waitsOf(list.Rows, today)
		for _, row := range list.Rows {
			if scope.Wide() && row.is(ShowNoWorker, today) {
				list.NoWorker++
			}
		}
	}
	list.Rows = slices.DeleteFunc(list.Rows, func(r CaseloadRow) bool { return !r.is(list.Show, today) })
	sortCaseload(list.Rows, list.Order)
	if len(list.Rows) > mostRows {
		list.Rows, list.More = list.Rows[:mostRows], true
	}
	list.Shown = "Young people allocated to you"
	if scope.Wide() {
		list.Shown = "Young people on the register, with a worker, with a conversation, or added or corrected by hand"
	}
	if list.Search != "" {
		list.Shown = "Young people whose reference, name or number matches"
	}
	return nil
}

// caseloadParts reads what a caseload is put together from. Names and days of birth are
// opened for those alone who may come to be listed.
func (s *Service) caseloadParts(tx *store.Tx, scope access.Scope, search string) (*caseloadParts, int, error) {
	p := &caseloadParts{listable: map[string]bool{}, byHand: map[string]bool{}, heads: map[string]child.Child{}, ids: map[string][]string{}, identities: map[string][]child.Identity{},
		entries: map[string][]register.Entry{}, talked: map[string]int{}, missing: map[string]date.Date{}, workers: map[string][]string{}}
	recordOf := map[string]string{}
	children, err := tx.ChildrenInScope(scope)
	if err != nil {
		return nil, 0, err
	}
	for _, c := range children {
		recordOf[c.ID] = c.Record
		if c.LAID != "" {
			p.ids[c.Record] = append(p.ids[c.Record], c.LAID)
		}
		if c.ID == c.Record {
			p.heads[c.ID] = c
		}
	}
	entries, err := tx.RegisterInScope(scope)
	if err != nil {
		return nil, 0, err
	}
	for _, v := range entries {
		p.entries[v.Record] = append(p.entries[v.Record], v.Entry)
	}
	if p.talks, err = tx.LastConversations(scope); err != nil {
		return nil, 0, err
	}
	if err := s.missingNow(tx, scope.Authority, p.missing); err != nil {
		return nil, 0, err
	}
	if err := s.workerNames(tx, scope, p.workers); err != nil {
		return nil, 0, err
	}
	if err := p.readIdentities(tx, scope, recordOf, search); err != nil {
		return nil, 0, err
	}
	outcomes, err := s.outcomesTalked(tx, scope, p.talked)
	return p, outcomes, err
}

// missingNow are the records with an open missing period in the latest year's return.
func (s *Service) missingNow(tx *store.Tx, authority string, out map[string]date.Date) error {
	latest, err := latestMissing(tx, authority)
	if err != nil || !latest.Known() {
		return err
	}
	open, err := tx.OpenMissing(authority, latest)
	today := s.todayIn(tx)
	for _, f := range open {
		if openMissing(f, today) {
			out[f.Record] = max(out[f.Record], f.Began)
		}
	}
	return err
}

// latestMissing is the year of the latest return that tells who was missing;
// unknown where none was read.
func latestMissing(tx *store.Tx, authority string) (date.Date, error) {
	read, err := tx.Returns(authority)
	for _, r := range read { // the latest year first
		if r.Kind == kindMissing {
			return r.YearEnding, err
		}
	}
	return "", err
}

// openMissing tells a missing period that has begun and has no end. A return may
// hold a mistyped day to come: nobody is missing since then.
func openMissing(f store.Fact, today date.Date) bool {
	return f.Code == foi.Missing && !f.Ended.Known() && f.Began <= today
}

func (s *Service) workerNames(tx *store.Tx, scope access.Scope, out map[string][]string) error {
	accounts, err := tx.Accounts(scope.Authority)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, a := range accounts {
		names[a.ID] = a.Name
	}
	allocations, err := tx.AllocationsInScope(scope)
	for _, a := range allocations {
		out[a.Record] = append(out[a.Record], names[a.Account])
	}
	return err
}

// outcomesTalked counts, by record, the outcomes of the authority's edition on
// which the young person has said something, and gives how many there are.
func (s *Service) outcomesTalked(tx *store.Tx, scope access.Scope, out map[string]int) (int, error) {
	edition, err := s.editionInUse(tx, scope.Authority)
	if err != nil {
		return 0, err
	}
	items, err := tx.ItemsTalkedAbout(scope, edition.ID)
	if err != nil {
		return 0, err
	}
	for record, said := range items {
		for _, item := range said {
			if _, ok := edition.Outcome(item); ok {
				out[record]++
			}
		}
	}
	return len(edition.Outcomes()), nil
}

func (p *caseloadParts) row(head child.Child, record string, today date.Date) CaseloadRow {
	who := child.Believed(p.identities[record])
	row := CaseloadRow{Record: record, Reference: head.Reference, Name: who.Name, Age: -1, LastTalk: p.talks[record].LastOn,
		Talks: p.talks[record].Count, Talked: p.talked[record], Workers: p.workers[record], Registered: len(p.entries[record]) > 0,
		ByHand: p.byHand[record], Added: date.Of(head.CreatedAt)}
	if age, ok := who.BirthDate.AgeOn(today); ok {
		row.Age = age
	}
	row.MissingOn, row.Missing = p.missing[record]
	if entry, ok := strongest(p.entries[record]); ok {
		row.Stage = entry.Stage(today)
		row.Clock, row.WaitDays = ClockWords(entry, today)
		row.Long = entry.LongWait(today)
	}
	return row
}

// ClockWords is what an entry waits for, in words, and for how many days.
func ClockWords(e register.Entry, today date.Date) (string, int) {
	what, days, ok := e.Waiting(today)
	if !ok {
		return "", 0
	}
	if days == 1 {
		return "waiting 1 day for " + what, days
	}
	return fmt.Sprintf("waiting %d days for %s", days, what), days
}

// strongest is the entry that says most where linked records hold several; of
// equals the first.
func strongest(entries []register.Entry) (register.Entry, bool) {
	if len(entries) == 0 {
		return nil, false
	}
	return slices.MaxFunc(entries, func(a, b register.Entry) int { return strength(a) - strength(b) }), true
}

// strongestVersion is the current version of the entry that says most.
func strongestVersion(versions []store.RegisterVersion) (store.RegisterVersion, bool) {
	current := currentVersions(versions)
	if len(current) == 0 {
		return store.RegisterVersion{}, false
	}
	return slices.MaxFunc(current, func(a, b store.RegisterVersion) int { return strength(a.Entry) - strength(b.Entry) }), true
}

func strength(e register.Entry) int {
	return slices.Index(groupsByStrength, groupOf([]register.Entry{e}))
}

func sortCaseload(rows []CaseloadRow, order string) {
	slices.SortFunc(rows, func(a, b CaseloadRow) int {
		byReference := cmp.Compare(a.Reference, b.Reference)
		switch order {
		case ByReference:
			return byReference
		case ByTalk: // whoever was spoken with longest ago comes first
			return cmp.Or(cmp.Compare(a.LastTalk, b.LastTalk), byReference)
		case ByWaiting:
			return cmp.Or(cmp.Compare(b.WaitDays, a.WaitDays), byReference)
		case ByAge: // the oldest first: they turn 18 first; an age that nobody knows comes last
			return cmp.Or(cmp.Compare(b.Age, a.Age), byReference)
		case ByTalked: // whoever has been asked about least comes first
			return cmp.Or(cmp.Compare(a.Talked, b.Talked), byReference)
		case ByMissing: // whoever is missing, the longest first, and then the others
			return cmp.Or(cmp.Compare(boolInt(!a.Missing), boolInt(!b.Missing)), cmp.Compare(a.MissingOn, b.MissingOn), byReference)
		}
		return cmp.Or(cmp.Compare(boolInt(a.Name == ""), boolInt(b.Name == "")), cmp.Compare(child.Fold(a.Name), child.Fold(b.Name)), byReference)
	})
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
