package service

import (
	"context"
	"errors"
	"slices"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/date"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/store"
)

// Head is the one line at the top of every page of a record.
type Head struct {
	Record    string
	Reference string
	Name      string
	Age       int // -1 where unknown
	Language  string
	Workers   []Person
	Unsafe    string // how it is not safe to contact the young person, in words; empty where nothing was said
	MissingOn date.Date

	Emergency  time.Time // until when, by the clocks in London, an emergency alone opens the record to who reads this; zero where they may open it anyway
	Restricted bool      // to named people
	may        []access.Act
}

// Person is somebody with an account.
type Person struct{ Account, Name string }

// Record is what a young person's record shows.
type Record struct {
	Head       Head
	Identity   child.Identity // what is believed
	Sources    []child.Identity
	Children   []child.Child // the identities whose facts this record shows
	Register   []store.RegisterVersion
	Entry      register.Entry // the entry that holds now; nil where there is none
	Stage      register.Stage
	Clock      string
	Facts      []store.Fact
	Deliveries map[int]store.Delivery
	Talks      []store.Conversation
	Words      []Said
	Own        []OwnGiven // what they said on their own page that is no reading, for who reads this
	Talked     int
	Outcomes   int
	Edition    *framework.Edition
	MayWrite   bool
	Accounts   map[string]string // name by account, for who recorded what
	Today      date.Date
}

// Said is something that a young person said, with what it answered.
type Said struct {
	store.Words
	Edition *framework.Edition // nil where the edition is no longer here
	Asked   framework.Wording  // the indicator's words; none where it is no longer in the edition
}

// Record opens a young person's record.
func (s *Service) Record(ctx context.Context, actor Actor, record string) (r Record, err error) {
	err = s.openRecord(ctx, actor, record, "record", func(tx *store.Tx, scope access.Scope, head child.Child) error {
		r = Record{Today: s.todayIn(tx)}
		if r.Edition, err = s.editionInUse(tx, actor.Authority); err != nil {
			return err
		}
		if err := s.fillWho(tx, actor, head, &r); err != nil {
			return err
		}
		r.MayWrite = r.Head.May(access.WriteRecord)
		if err := s.fillStory(tx, actor.Authority, head.ID, &r); err != nil {
			return err
		}
		r.Own, err = s.ownGiven(tx, actor, head.ID)
		return err
	})
	return r, err
}

// fillWho reads who the young person is and who works with them.
func (s *Service) fillWho(tx *store.Tx, actor Actor, head child.Child, r *Record) (err error) {
	authority := actor.Authority
	if r.Children, err = tx.ChildrenOfRecord(authority, head.ID); err != nil {
		return err
	}
	if r.Sources, err = tx.IdentitiesOfRecord(authority, head.ID); err != nil {
		return err
	}
	if r.Register, err = tx.RegisterOfRecord(authority, head.ID); err != nil {
		return err
	}
	works := map[string]bool{} // accounts that work with young people; an inspector reads alone
	accounts, err := tx.Accounts(authority)
	if err != nil {
		return err
	}
	r.Accounts = map[string]string{}
	for _, a := range accounts {
		r.Accounts[a.ID], works[a.ID] = a.Name, a.InUse() && access.ReachOf(a.Role, access.WriteRecord) != access.None
	}
	allocations, err := tx.AllocationsOfRecord(authority, head.ID)
	if err != nil {
		return err
	}
	r.Identity = child.Believed(r.Sources)
	r.Head = Head{Record: head.ID, Reference: head.Reference, Name: r.Identity.Name, Age: -1}
	for _, a := range allocations {
		// Of linked records each may have been this worker's.
		if p := (Person{a.Account, r.Accounts[a.Account]}); works[a.Account] && !slices.Contains(r.Head.Workers, p) {
			r.Head.Workers = append(r.Head.Workers, p)
		}
	}
	if age, ok := r.Identity.BirthDate.AgeOn(r.Today); ok {
		r.Head.Age = age
	}
	if v, ok := strongestVersion(r.Register); ok {
		entry := v.Entry
		r.Entry, r.Stage = entry, entry.Stage(r.Today)
		r.Clock, _ = ClockWords(entry, r.Today)
		r.Head.Language = entry[register.FieldLanguage]
		if f, ok := register.FieldByID(register.FieldUnsafeContact); ok {
			r.Head.Unsafe = f.Words(entry[register.FieldUnsafeContact])
		}
	}
	return s.fillReach(tx, actor, &r.Head)
}

// fillStory reads what the returns say and what was said in conversations.
func (s *Service) fillStory(tx *store.Tx, authority, record string, r *Record) (err error) {
	if r.Facts, err = tx.FactsOfRecord(authority, record); err != nil {
		return err
	}
	r.Deliveries = map[int]store.Delivery{}
	deliveries, err := tx.DeliveriesOfRecord(authority, record)
	if err != nil {
		return err
	}
	for _, d := range deliveries {
		r.Deliveries[d.Number] = d
	}
	if r.Talks, err = tx.ConversationsOfRecord(authority, record); err != nil {
		return err
	}
	if r.Head.Language == "" && len(r.Talks) > 0 {
		r.Head.Language = r.Talks[0].Language
	}
	latest, err := latestMissing(tx, authority)
	if err != nil {
		return err
	}
	r.Head.MissingOn = missingSince(r.Facts, latest, r.Today)
	standings, err := tx.StandingsOfRecord(authority, record)
	if err != nil {
		return err
	}
	r.Outcomes = len(r.Edition.Outcomes())
	for _, standing := range standings {
		if _, ok := r.Edition.Outcome(standing.Item); ok && standing.Edition == r.Edition.ID && standing.Voice == "young-person" {
			r.Talked++
		}
	}
	r.Words, err = s.lastWords(tx, authority, record, 3)
	return err
}

// missingSince is the day since when a child is missing, by the authority's latest
// return that speaks of missing periods; empty where the child is not.
func missingSince(facts []store.Fact, latest, today date.Date) date.Date {
	var since date.Date
	for _, f := range facts {
		if f.ReturnKind == kindMissing && f.YearEnding == latest && openMissing(f, today) {
			since = max(since, f.Began)
		}
	}
	return since
}

func (s *Service) lastWords(tx *store.Tx, authority, record string, limit int) ([]Said, error) {
	words, err := tx.LastWords(authority, record, limit)
	if err != nil {
		return nil, err
	}
	editions, err := s.editionsIn(tx, authority)
	if err != nil {
		return nil, err
	}
	list := make([]Said, 0, len(words))
	for _, w := range words {
		said := Said{Words: w}
		if e := editions[w.Edition]; e != nil {
			i, _ := e.Indicator(w.Indicator)
			said.Edition, said.Asked = e, i.Title
		}
		list = append(list, said)
	}
	return list, nil
}

// names are the names of all accounts of an authority, by account.
func (s *Service) names(tx *store.Tx, authority string) (map[string]string, error) {
	accounts, err := tx.Accounts(authority)
	if err != nil {
		return nil, err
	}
	return namesOf(accounts), nil
}

func namesOf(accounts []store.Account) map[string]string {
	out := make(map[string]string, len(accounts))
	for _, a := range accounts {
		out[a.ID] = a.Name
	}
	return out
}

// editionInUse is the edition in which an authority's conversations are held now.
func (s *Service) editionInUse(tx *store.Tx, authority string) (*framework.Edition, error) {
	a, err := tx.Authority(authority)
	if err != nil {
		return nil, err
	}
	edition, err := s.edition(tx, authority, a.Edition)
	if errors.Is(err, store.ErrNotFound) {
		return framework.Working(), nil
	}
	return edition, err
}

// Trail is who can open a record and why, and who read and changed it.
type Trail struct {
	Head       Head
	Viewers    []Viewer
	Restricted bool
	Agencies   []AgencyThatSees   // other agencies that see a section now
	Log        []store.AuditEntry // the latest first
	Accounts   map[string]string  // name by account
}

// trailLength is how many entries a page shows.
const trailLength = 200

// History is the trail of a record.
func (s *Service) History(ctx context.Context, actor Actor, record string) (t Trail, err error) {
	err = s.openRecord(ctx, actor, record, "history", func(tx *store.Tx, _ access.Scope, c child.Child) error {
		r := Record{Today: s.todayIn(tx)}
		if err := s.fillWho(tx, actor, c, &r); err != nil {
			return err
		}
		t.Head, t.Accounts = r.Head, r.Accounts
		if t.Viewers, t.Restricted, err = viewers(tx, actor.Authority, c.ID); err != nil {
			return err
		}
		if t.Agencies, err = s.agenciesThatSee(tx, actor.Authority, c.ID); err != nil {
			return err
		}
		t.Log, err = tx.AuditOfRecord(actor.Authority, c.ID, trailLength)
		return err
	})
	return t, err
}
