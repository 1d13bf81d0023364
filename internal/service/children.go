package service

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/date"
	"stablefutures/internal/store"
)

// NewChild is a young person added by hand: in no return, or not yet.
type NewChild struct {
	ID        string // made by the page, so that a form that is sent twice adds one
	Name      string
	BirthDate date.Date
	Sex       string // M, F, U
	Ethnicity string // four-letter DfE code
	LAID      string // the authority's id in its case system, if there is one; a manager's to give
	UPN       string
	Anyway    bool   // add, whoever it may be already
	Shown     string // add although these likely duplicates were shown: MarkOf them
}

// Duplicate is a record that a new young person may be already. A record out of
// the actor's scope is shown by its reference alone.
type Duplicate struct {
	Record    string // empty where the actor may not open it
	Reference string
	Reason    child.MatchReason
}

// AddChild adds a young person by hand and gives the record's id. Where likely
// duplicates exist that were not shown, nothing is added and they are returned.
// A worker gets the young person allocated.
func (s *Service) AddChild(ctx context.Context, actor Actor, n NewChild) (record string, duplicates []Duplicate, err error) {
	n = n.trimmed()
	wrong := n.check(s.Today())
	if n.LAID != "" && !actor.May(access.Allocate) {
		// The next return would put its facts into a record that is this worker's own.
		wrong = append(wrong, FieldError{"la-id", "The number in your case system is for a manager to give: leave it empty."})
	}
	if len(wrong) > 0 {
		return "", nil, wrong
	}
	if n.ID == "" {
		n.ID = s.ids.New()
	}
	err = s.change(ctx, actor, access.AddChild, func(tx *store.Tx, scope access.Scope) error {
		switch done, err := tx.Child(actor.Authority, n.ID); {
		case err == nil && done.CreatedBy == actor.Account:
			record = done.Record // the same form again
			return nil
		case err == nil:
			n.ID = s.ids.New() // somebody else's: that it is there is not told
		}
		if err := s.numberErased(tx, actor.Authority, n.LAID); err != nil {
			return err
		}
		if duplicates, err = s.duplicates(tx, actor, n); err != nil || n.mustAsk(duplicates) {
			return err
		}
		record = n.ID
		if err := s.putChild(tx, actor, n); err != nil {
			return err
		}
		return putLikely(tx, actor.Authority, n.ID)
	})
	return record, duplicates, err
}

func (n NewChild) check(today date.Date) Invalid {
	var wrong Invalid
	if n.Name == "" && n.LAID == "" {
		wrong = append(wrong, FieldError{"name", "Enter a name, or the number that your case system gives the young person."})
	}
	return append(wrong, n.checkFields(today)...)
}

// checkFields is check for a record that is there already, so that nothing needs
// to be filled in.
func (n NewChild) checkFields(today date.Date) Invalid {
	var wrong Invalid
	if len(n.Name) > 200 {
		wrong = append(wrong, FieldError{"name", "The name must have at most 200 characters."})
	}
	if n.BirthDate > today {
		wrong = append(wrong, FieldError{"birth-date", "The date of birth is in the future. Enter a day up to today."})
	}
	if age, ok := n.BirthDate.AgeOn(today); ok && age > 30 {
		wrong = append(wrong, FieldError{"birth-date", "By this date of birth the person is over 30. Check the year."})
	}
	if n.UPN != "" && len(n.UPN) != 13 {
		wrong = append(wrong, FieldError{"upn", "A unique pupil number has 13 letters and digits. Leave it empty if you do not know it."})
	}
	if len(n.LAID) > 20 || strings.ContainsAny(n.LAID, "|#") {
		wrong = append(wrong, FieldError{"la-id", "The number in your case system has at most 20 letters and digits."})
	}
	return wrong
}

func (s *Service) putChild(tx *store.Tx, actor Actor, n NewChild) error {
	taken, err := tx.References(actor.Authority)
	if err != nil {
		return err
	}
	reference := s.ids.Reference()
	for taken[reference] {
		reference = s.ids.Reference()
	}
	err = tx.AddChild(actor.Authority, child.Child{ID: n.ID, Reference: reference, LAID: n.LAID, Record: n.ID, Team: teamOf(actor), CreatedBy: actor.Account})
	if err != nil {
		return err
	}
	err = tx.AddIdentity(actor.Authority, child.Identity{Child: n.ID, Source: child.ByHand, Name: n.Name, BirthDate: n.BirthDate,
		Sex: n.Sex, Ethnicity: n.Ethnicity, UPN: n.UPN, RecordedBy: actor.Account})
	if err != nil {
		return err
	}
	if actor.reach(access.WriteRecord) == access.Allocated {
		if err := tx.Allocate(actor.Authority, n.ID, actor.Account, actor.Account); err != nil {
			return err
		}
	}
	return s.audit(tx, actor, "add young person", "record", n.ID, "")
}

// duplicates are the records that the new young person may be already.
func (s *Service) duplicates(tx *store.Tx, actor Actor, n NewChild) ([]Duplicate, error) {
	all, err := tx.Identities(actor.Authority)
	if err != nil {
		return nil, err
	}
	scope, err := actor.scope(access.ReadRecord)
	if err != nil {
		return nil, err
	}
	scope = at(scope, tx)
	mine := child.Identity{Name: n.Name, BirthDate: n.BirthDate, Sex: n.Sex, Ethnicity: n.Ethnicity, UPN: n.UPN}
	byChild := map[string][]child.Identity{}
	for _, i := range all {
		byChild[i.Child] = append(byChild[i.Child], i)
	}
	var found []Duplicate
	for id, sources := range byChild {
		if reason, ok := child.Likely(mine, child.Believed(sources)); ok {
			hidden, err := tx.RestrictedFrom(actor.Authority, id, actor.Account)
			if err != nil {
				return nil, err
			}
			if hidden {
				continue // that there is such a record is told to nobody whom it does not name
			}
			d, err := s.duplicate(tx, actor, scope, id, reason)
			if err != nil {
				return nil, err
			}
			found = append(found, d)
		}
	}
	if n.LAID != "" {
		children, err := tx.ChildrenByLAID(actor.Authority)
		if err != nil {
			return nil, err
		}
		if key, ok := children[n.LAID]; ok {
			return nil, s.numberTaken(tx, actor, scope, key.ID)
		}
	}
	slices.SortFunc(found, func(a, b Duplicate) int { return cmp.Compare(a.Reference, b.Reference) })
	return slices.CompactFunc(found, func(a, b Duplicate) bool { return a.Reference == b.Reference }), nil
}

// duplicate is a likely duplicate as the actor may see it.
func (s *Service) duplicate(tx *store.Tx, actor Actor, scope access.Scope, id string, reason child.MatchReason) (Duplicate, error) {
	c, err := tx.Child(scope.Authority, id)
	if err != nil {
		return Duplicate{}, err
	}
	head, err := tx.Child(scope.Authority, c.Record)
	if err != nil {
		return Duplicate{}, err
	}
	d := Duplicate{Reference: head.Reference, Reason: reason}
	if _, err := tx.Record(scope, head.ID); err == nil {
		d.Record = head.ID
	}
	// That somebody asked stands in the history of the record, also where it is not
	// one that they may open.
	return d, s.audit(tx, actor, "compare with a young person to be added", "record", head.ID, "")
}

// numberTaken says that the authority's number belongs to a record already.
func (s *Service) numberTaken(tx *store.Tx, actor Actor, scope access.Scope, id string) error {
	hidden, err := tx.RestrictedFrom(actor.Authority, id, actor.Account)
	if err != nil {
		return err
	}
	if hidden {
		return Invalid{{"la-id", "This number cannot be given by hand: check it, and leave it empty if it is right. The next return will bring it."}}
	}
	d, err := s.duplicate(tx, actor, scope, id, child.ByPerson)
	if err != nil {
		return err
	}
	return Invalid{{"la-id", "This number belongs to record " + d.Reference + " already. Ask a manager to allocate that record to you instead of adding another."}}
}

// CorrectIdentity records what a person knows of who the young person is; it is
// believed before every return.
func (s *Service) CorrectIdentity(ctx context.Context, actor Actor, record string, n NewChild) error {
	n = n.trimmed()
	if wrong := n.checkFields(s.Today()); len(wrong) > 0 {
		return wrong
	}
	return s.changeRecord(ctx, actor, access.WriteRecord, record, "change who the young person is", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		err := tx.AddIdentity(actor.Authority, child.Identity{Child: head.ID, Source: child.ByHand, Name: n.Name, BirthDate: n.BirthDate,
			Sex: n.Sex, Ethnicity: n.Ethnicity, UPN: n.UPN, RecordedBy: actor.Account})
		if err != nil {
			return err
		}
		return putLikely(tx, actor.Authority, head.ID)
	})
}
