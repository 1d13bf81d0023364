package service

import (
	"context"
	"errors"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

// Kinds of notices. Values are stored.
const (
	NoticeEmergency      = "emergency"       // somebody opened a record in an emergency; the subject is the emergency
	NoticeWrongEmergency = "emergency-wrong" // a review found that they should not have; the subject is the emergency
	NoticeNamed          = "named"           // people were added to those who may open a record; the subject is the restriction
	NoticeDecision       = "decision"        // two people must decide something, or did; the subject is the decision
)

// Notice is something that somebody must be told on their next page, with as much of
// it as they may see.
type Notice struct {
	ID        string
	Kind      string
	Subject   string
	At        time.Time
	Who       string    // name of the colleague whom it is about; empty for none
	Added     []string  // names of those who were added
	Reference string    // of the record; empty where there is none that they may know of
	Record    string    // the same, where they may open it
	Until     time.Time // when an emergency ends
	Act       string    // what two people decide: see store.Decision
	Decided   string    // how they did; empty while it waits
	Reviews   bool      // it is theirs to review, or to read the review
}

// Notices are what an account has not seen yet.
type Notices struct {
	Told   []Notice
	Untold []string // ids of those about what they may not see any more: their number is told, and no more
}

// mostNotices is how many notices are looked at for one page; what was seen makes
// room for the others.
const mostNotices = 20

// tell puts a notice at the top of an account's pages until they say that they saw
// it. It is written in the transaction of the act that it tells of.
func (s *Service) tell(tx *store.Tx, authority, account, kind, subject string) error {
	return tx.AddNotice(authority, store.Notice{ID: s.ids.New(), Account: account, Kind: kind, Subject: subject})
}

// Notices are what stands at the top of the actor's pages.
func (s *Service) Notices(ctx context.Context, actor Actor) (list Notices, err error) {
	err = s.look(ctx, actor, access.OwnAccount, func(tx *store.Tx, _ access.Scope) error {
		waiting, err := tx.Notices(actor.Authority, actor.Account, mostNotices)
		if err != nil {
			return err
		}
		for _, w := range waiting {
			n := Notice{ID: w.ID, Kind: w.Kind, Subject: w.Subject, At: w.At}
			switch err := s.fillNotice(tx, actor, &n); {
			case errors.Is(err, store.ErrNotFound):
				list.Untold = append(list.Untold, n.ID)
			case err != nil:
				return err
			default:
				list.Told = append(list.Told, n)
			}
		}
		return nil
	})
	return list, err
}

// fillNotice adds what the actor may see of what a notice is about; ErrNotFound where
// that is nothing.
func (s *Service) fillNotice(tx *store.Tx, actor Actor, n *Notice) error {
	switch n.Kind {
	case NoticeDecision:
		return fillDecision(tx, actor, n)
	case NoticeNamed:
		return s.fillNamed(tx, actor, n)
	case NoticeEmergency, NoticeWrongEmergency:
		e, err := tx.Emergency(actor.Authority, n.Subject)
		if err != nil {
			return err
		}
		by, err := tx.Account(actor.Authority, e.Account)
		if err != nil {
			return err
		}
		n.Who, n.Until, n.Reviews = by.Name, e.UntilAt, actor.May(access.ReviewEmergency)
		err = fillRecord(tx, actor, e.Child, n)
		if n.Kind == NoticeWrongEmergency {
			return ignoring(err, store.ErrNotFound) // about a colleague: the record is beside the point
		}
		return err
	}
	return nil
}

// fillDecision says who asked, or who decided how. What waits is told to who could
// still decide it; what was decided, to who asked.
func fillDecision(tx *store.Tx, actor Actor, n *Notice) error {
	d, err := tx.Decision(actor.Authority, n.Subject)
	if err != nil {
		return err
	}
	n.Act, n.Decided = d.Act, d.Decided
	by := d.AskedBy
	switch {
	case d.AskedBy == actor.Account:
		by = d.DecidedBy
	case d.Decided != "":
		return store.ErrNotFound
	default:
		actor.Fresh = true // to be told is not to decide
		if _, err := aboutDecision(tx, actor, access.Decide, d); err != nil {
			return err
		}
	}
	who, err := tx.Account(actor.Authority, by)
	n.Who = who.Name
	return ignoring(err, store.ErrNotFound)
}

// fillNamed says who was added by whom, to those whom the restriction names: also where
// being named does not open the record to them. Who was taken off since is left out.
func (s *Service) fillNamed(tx *store.Tx, actor Actor, n *Notice) error {
	r, err := tx.Restriction(actor.Authority, n.Subject)
	if err != nil {
		return err
	}
	c, err := tx.Child(actor.Authority, r.Child)
	if err != nil {
		return err
	}
	facts, err := tx.AccessRecord(actor.Authority, c.Record)
	if err != nil {
		return err
	}
	names, err := s.names(tx, actor.Authority)
	if err != nil {
		return err
	}
	added, err := tx.NamedAt(actor.Authority, r.ID, n.At)
	if err != nil {
		return err
	}
	for _, a := range added {
		n.Added, n.Who = append(n.Added, names[a.Account]), names[a.By]
	}
	if len(n.Added) == 0 || !r.EndedAt.IsZero() || !namedIn(facts, actor.Account) {
		return store.ErrNotFound
	}
	if err := ignoring(fillRecord(tx, actor, c.Record, n), store.ErrNotFound); err != nil || n.Reference != "" {
		return err
	}
	n.Reference = c.Reference
	return nil
}

// fillRecord names a record that a notice is about: as a link for who may open it, by
// its reference alone for who reviews emergencies.
func fillRecord(tx *store.Tx, actor Actor, id string, n *Notice) error {
	for _, act := range []access.Act{access.ReadRecord, access.ReviewEmergency} {
		scope, err := actor.scope(act)
		if err != nil {
			continue
		}
		head, err := tx.Record(at(scope, tx), id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		n.Reference = head.Reference
		if act == access.ReadRecord {
			n.Record = head.ID
		}
		return nil
	}
	return store.ErrNotFound
}

// SeeNotices takes notices from the actor's pages. One that does not stand there,
// whosever it is, is passed over.
func (s *Service) SeeNotices(ctx context.Context, actor Actor, ids []string) error {
	if _, err := actor.scope(access.OwnAccount); err != nil {
		return err
	}
	return known(s.db.Write(ctx, func(tx *store.Tx) error {
		for _, id := range ids[:min(len(ids), mostNotices)] {
			err := tx.SeeNotice(actor.Authority, id, actor.Account)
			if errors.Is(err, store.ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			if err := s.audit(tx, actor, "see notice", "notice", id, ""); err != nil {
				return err
			}
		}
		return nil
	}))
}
