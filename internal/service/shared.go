package service

import (
	"context"
	"slices"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/care"
	"stablefutures/internal/child"
	"stablefutures/internal/consent"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/store"
)

// SharedList is what an agency's account finds: young people of whom its one section
// is shared with the agency now.
type SharedList struct {
	Section consent.Section
	Records []SharedHead
}

// SharedHead is one young person of the list. Name is empty but where the section is
// who they are.
type SharedHead struct {
	Record    string
	Reference string
	Name      string
	Since     time.Time
}

// SharedRecord is one section of one record, and nothing else of it.
type SharedRecord struct {
	SharedHead
	Section  consent.Section
	Identity child.Identity // of who they are
	Fields   []SharedField  // of who they are, and of the register
	Missing  []SharedTime
	Edition  *framework.Edition // of the outcomes
	Outcomes []SharedOutcome
	Words    []Said
}

// SharedField is a field of the register in words.
type SharedField struct{ Label, Value string }

// SharedTime is a time that a young person was missing or absent.
type SharedTime struct {
	Began, Ended date.Date // Ended is empty where no return says when it ended
	What         string
}

// SharedOutcome is where the two voices stand on an outcome.
type SharedOutcome struct {
	Title         framework.Wording
	Young, Worker *conversation.Standing // nil where this voice said nothing
}

// shared runs do for somebody of another agency, in a transaction that can keep who
// looked. do gets them as their account stands now: another section may be theirs since
// they came.
func (s *Service) shared(ctx context.Context, actor Actor, do func(*store.Tx, Actor) error) error {
	if _, err := actor.scope(access.ReadShared); err != nil {
		return err
	}
	return known(s.db.Change(ctx, actor.Authority, func(tx *store.Tx) error {
		// What is withdrawn, linked or ended meanwhile would otherwise still be shown.
		account, err := tx.Account(actor.Authority, actor.Account)
		if err != nil {
			return err
		}
		return do(tx, actorOf(account))
	}))
}

// SharedWithMe is the list of somebody of another agency. That they saw it is kept with
// each record on it.
func (s *Service) SharedWithMe(ctx context.Context, actor Actor) (list SharedList, err error) {
	err = s.shared(ctx, actor, func(tx *store.Tx, actor Actor) error {
		list = SharedList{Section: consent.Section(actor.Section)}
		found, err := tx.SharedWith(actor.Authority, actor.Account, s.todayIn(tx))
		if err != nil {
			return err
		}
		for _, f := range found {
			head, err := sharedHead(tx, actor, f)
			if err != nil {
				return err
			}
			list.Records = append(list.Records, head)
			if err := s.audit(tx, actor, "list what is shared", "record", f.Record, actor.Agency+" "+actor.Section); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

func sharedHead(tx *store.Tx, actor Actor, f store.SharedChild) (SharedHead, error) {
	head := SharedHead{Record: f.Record, Reference: f.Reference, Since: f.BeganAt}
	if consent.Section(actor.Section) != consent.Who {
		return head, nil
	}
	sources, err := tx.IdentitiesOfRecord(actor.Authority, f.Record)
	head.Name = child.Believed(sources).Name
	return head, err
}

// SharedRecord opens the one section of one record that somebody of another agency
// sees; ErrNotFound where it is not shared with them now.
func (s *Service) SharedRecord(ctx context.Context, actor Actor, record string) (r SharedRecord, err error) {
	err = s.shared(ctx, actor, func(tx *store.Tx, actor Actor) error {
		found, err := tx.SharedRecord(actor.Authority, actor.Account, record, s.todayIn(tx))
		if err != nil {
			return err
		}
		r = SharedRecord{Section: consent.Section(actor.Section)}
		if r.SharedHead, err = sharedHead(tx, actor, found); err != nil {
			return err
		}
		if err := s.fillSection(tx, actor.Authority, &r); err != nil {
			return err
		}
		return s.audit(tx, actor, "read what is shared", "record", r.Record, actor.Agency+" "+actor.Section)
	})
	return r, err
}

// fillSection reads exactly one section.
func (s *Service) fillSection(tx *store.Tx, authority string, r *SharedRecord) (err error) {
	switch r.Section {
	case consent.Who:
		sources, err := tx.IdentitiesOfRecord(authority, r.Record)
		if err != nil {
			return err
		}
		r.Identity = child.Believed(sources)
		r.Identity.UPN = "" // is in no words that the young person agreed to
		r.Fields, err = sharedFields(tx, authority, r.Record, true)
		return err
	case consent.Register:
		r.Fields, err = sharedFields(tx, authority, r.Record, false)
	case consent.Missing:
		r.Missing, err = sharedMissing(tx, authority, r.Record)
	case consent.Outcomes:
		err = s.sharedOutcomes(tx, authority, r)
	case consent.Words:
		r.Words, err = s.lastWords(tx, authority, r.Record, maxSharedWords)
	default:
		err = store.ErrNotFound
	}
	return err
}

// maxSharedWords bounds a page; more than anybody has said.
const maxSharedWords = 10_000

// ofWho are the parts of the register that say who a young person is and how to reach
// them; the note, which may hold anything, is in no section.
var ofWho = []string{register.SectionPerson, register.SectionContact}

func sharedFields(tx *store.Tx, authority, record string, who bool) ([]SharedField, error) {
	versions, err := tx.RegisterOfRecord(authority, record)
	if err != nil {
		return nil, err
	}
	version, ok := strongestVersion(versions)
	if !ok {
		return nil, nil
	}
	var list []SharedField
	for _, f := range register.Fields() {
		if f.Section == register.SectionNote || slices.Contains(ofWho, f.Section) != who {
			continue
		}
		if words := f.Words(version.Entry[f.ID]); words != "" {
			list = append(list, SharedField{f.Label, words})
		}
	}
	return list, nil
}

// sharedMissing are the times in the returns, without anything else that a row says.
func sharedMissing(tx *store.Tx, authority, record string) ([]SharedTime, error) {
	facts, err := tx.FactsOfRecord(authority, record)
	var list []SharedTime
	for _, f := range facts {
		t := SharedTime{f.Began, f.Ended, f.Words()}
		if f.Kind == care.Missing && !slices.Contains(list, t) { // each year's return may say the same
			list = append(list, t)
		}
	}
	return list, err
}

// sharedOutcomes are where the voices stand on the outcomes of the edition in use.
func (s *Service) sharedOutcomes(tx *store.Tx, authority string, r *SharedRecord) (err error) {
	if r.Edition, err = s.editionInUse(tx, authority); err != nil {
		return err
	}
	standings, err := tx.StandingsOfRecord(authority, r.Record)
	if err != nil {
		return err
	}
	for _, o := range r.Edition.Outcomes() {
		out := SharedOutcome{Title: o.Title}
		for _, standing := range standings {
			if standing.Edition != r.Edition.ID || standing.Item != o.ID {
				continue
			}
			said := standing.Standing
			if standing.Voice == conversation.YoungPerson {
				out.Young = &said
			} else {
				out.Worker = &said
			}
		}
		if out.Young != nil || out.Worker != nil {
			r.Outcomes = append(r.Outcomes, out)
		}
	}
	return nil
}
