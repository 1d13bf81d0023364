// Package service is the door: every use case is a method here. Each checks
// whether this person may do this, does the work, and writes the record and its
// audit entry in one transaction.
//
// Pages, commands and jobs reach data through this package alone. No HTML, no
// flags and no SQL belong here.
package service

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"log/slog"
	"sync"
	"time"
	_ "time/tzdata" // the machine need not know Europe/London

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/date"
	"stablefutures/internal/id"
	"stablefutures/internal/store"
)

// Service does the use cases on one database. It is safe for concurrent use.
type Service struct {
	db         *store.DB
	ids        id.Source
	clock      func() time.Time
	london     *time.Location
	uploads    uploads      // files that wait for a person's yes
	tries      tries        // of those who sign in
	ownTries   ownTries     // of young people, apart from those
	ownPending pending      // what their devices were asked, apart too
	pending    pending      // sign-ins that have begun at a passkey or a sign-in service
	vouching   vouching     // asking the councils' sign-in services again
	log        *slog.Logger // of the operator
	editions   sync.Map     // parsed editions by authority/id; an edition never changes
	waiting    waitingWords // translators' files that wait for a person's yes
	worded     sync.Map     // words with an authority's own in the place of some; see wordsOf

	mails bool // e-mails are sent; see SendsMail

	numbers sync.Map // authority to its numbers to call, as they were last read: they show also where the database is away

	figures keeper // of the overview and the answer
	owed    owed   // entries of caseloads, from a time when the disk was full

	decoyOnce sync.Once
	decoyKept string
}

// New is a service on db. clock and random are the world's: time.Now and
// crypto/rand.Reader in earnest, fixed ones in tests and fictional data.
func New(db *store.DB, clock func() time.Time, random io.Reader) (*Service, error) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, fmt.Errorf("load the time zone: %w", err)
	}
	return &Service{db: db, ids: id.NewSource(random), clock: clock, london: london, vouching: vouching{seed: maphash.MakeSeed()}, log: slog.New(slog.DiscardHandler)}, nil
}

// LogTo tells the operator what only they can put right: in this log, where no name and no
// secret stands. It is called before anything is served.
func (s *Service) LogTo(log *slog.Logger) { s.log = log }

// SendsMail says that e-mails are sent from here, so that people who are on no page of ours
// are told too. It is called before anything is served.
func (s *Service) SendsMail() { s.mails = true }

// Errors that callers tell apart; everything else is a fault of ours or the machine's.
var (
	// ErrNotFound: there is no such thing, or it is somebody else's. The two are
	// one answer.
	ErrNotFound = errors.New("not found")
	// ErrRefused: this role may not do this to anything.
	ErrRefused = errors.New("not allowed")
	// ErrStepUp: this needs a second factor that was given a short while ago.
	ErrStepUp = errors.New("confirm that it is you, then do it again")
	// ErrChanged: somebody else changed it in between.
	ErrChanged = errors.New("changed by somebody else in between")
	// ErrFull: the disk is full. Nothing of this was kept, and what is there can be read.
	ErrFull = store.ErrFull
	// ErrAway: the database cannot be reached just now. What was asked may have been
	// kept where the connection was lost at the very end.
	ErrAway = store.ErrAway
)

// Invalid is input that cannot be taken as it is: for each field, what is wrong
// and what to do.
type Invalid []FieldError

// FieldError is what is wrong with one field, in plain English with the remedy.
type FieldError struct {
	Field   string
	Message string
}

func (v Invalid) Error() string {
	if len(v) == 0 {
		return "nothing is wrong"
	}
	return v[0].Message
}

// Actor is who acts: somebody signed in, or the operator of the machine.
type Actor struct {
	Authority string
	Account   string // empty for the operator
	Username  string
	Name      string
	Role      access.Role
	Team      string // empty for somebody in no team
	Agency    string // of a partner
	Section   string // of a partner: what they may see of what is shared

	// Unfinished: they have not set up how they sign in. Nothing else can be done
	// before they have.
	Unfinished bool
	// Fresh: they gave a second factor within FreshFor.
	Fresh bool
}

// Operator is whoever runs commands on the machine itself, for one authority.
func Operator(authority string) Actor {
	return Actor{Authority: authority, Name: "Operator of this machine", Role: access.Operator}
}

// May tells whether the actor's role may do act to anything at all, for menus.
func (a Actor) May(act access.Act) bool { return a.reach(act) != access.None }

// reach is how far the actor may do act: not at all before they have set up how
// they sign in.
func (a Actor) reach(act access.Act) access.Reach {
	if a.Unfinished && act != access.OwnAccount {
		return access.None
	}
	return access.ReachOf(a.Role, act)
}

func (a Actor) scope(act access.Act) (access.Scope, error) {
	reach := a.reach(act)
	if reach == access.None {
		return access.Scope{}, ErrRefused
	}
	if access.NeedsFresh(act) && !a.isFresh() {
		return access.Scope{}, ErrStepUp
	}
	return access.Scope{Authority: a.Authority, Account: a.Account, Team: a.Team, Reach: reach, Emergencies: act == access.ReadRecord}, nil
}

// whole is the scope of the program itself: what counts and what takes files in
// passes over no record.
func whole(authority string) access.Scope {
	return access.Scope{Authority: authority, Reach: access.Whole}
}

// isFresh tells whether the actor proved a short while ago who they are. The operator
// is whoever has the machine; no session stands between.
func (a Actor) isFresh() bool { return a.Fresh || a.Role == access.Operator }

// Today is the day in London.
func (s *Service) Today() date.Date { return date.Of(s.clock().In(s.london)) }

// Now is the instant by the service's clock.
func (s *Service) Now() time.Time { return s.clock() }

func (s *Service) todayIn(tx *store.Tx) date.Date { return date.Of(tx.Now.In(s.london)) }

// at is a scope at the instant of a transaction.
func at(scope access.Scope, tx *store.Tx) access.Scope {
	scope.Now = tx.Now
	return scope
}

// look reads under an act that concerns no single record.
func (s *Service) look(ctx context.Context, actor Actor, act access.Act, do func(*store.Tx, access.Scope) error) error {
	scope, err := actor.scope(act)
	if err != nil {
		return err
	}
	return known(s.db.Read(ctx, func(tx *store.Tx) error { return do(tx, at(scope, tx)) }))
}

// change does something under an act: the authority's changes come one after
// another, and do writes its own audit entries in the same transaction.
func (s *Service) change(ctx context.Context, actor Actor, act access.Act, do func(*store.Tx, access.Scope) error) error {
	scope, err := actor.scope(act)
	if err != nil {
		return err
	}
	return known(s.db.Change(ctx, actor.Authority, func(tx *store.Tx) error { return do(tx, at(scope, tx)) }))
}

// changeLong is change for what goes through all records.
func (s *Service) changeLong(ctx context.Context, actor Actor, act access.Act, do func(*store.Tx, access.Scope) error) error {
	scope, err := actor.scope(act)
	if err != nil {
		return err
	}
	return known(s.db.ChangeLong(ctx, actor.Authority, func(tx *store.Tx) error { return do(tx, at(scope, tx)) }))
}

// openRecord reads one record: the head is found in scope, do reads the rest,
// and the audit entry is written in the same transaction. Without the entry
// nothing is shown. What the actor left on a form of this record is a reading by then.
func (s *Service) openRecord(ctx context.Context, actor Actor, record, what string, do func(*store.Tx, access.Scope, child.Child) error) error {
	scope, err := actor.scope(access.ReadRecord)
	if err != nil {
		return err
	}
	return known(s.db.Change(ctx, actor.Authority, func(tx *store.Tx) error {
		// What is linked or taken apart meanwhile would otherwise be half of each.
		scope := at(scope, tx)
		head, err := tx.Record(scope, record)
		if err != nil {
			return err
		}
		if err := s.settleOwn(tx, actor, head.ID); err != nil {
			return err
		}
		if err := do(tx, scope, head); err != nil {
			return err
		}
		return s.audit(tx, actor, "read "+what, "record", head.ID, "")
	}))
}

// errNothing ends a transaction in which there was nothing to change: nothing is
// kept of it, and it is no error.
var errNothing = errors.New("nothing to change")

// changeRecord changes one record in scope of act, with its audit entry. do may
// answer errNothing.
func (s *Service) changeRecord(ctx context.Context, actor Actor, act access.Act, record, what string, do func(*store.Tx, access.Scope, child.Child) error) error {
	err := s.change(ctx, actor, act, func(tx *store.Tx, scope access.Scope) error {
		head, err := tx.Record(scope, record)
		if err != nil {
			return err
		}
		if err := do(tx, scope, head); err != nil {
			return err
		}
		return s.audit(tx, actor, what, "record", head.ID, "")
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// audit writes who did what. detail holds ids, kinds and counts only.
func (s *Service) audit(tx *store.Tx, actor Actor, act, subject, subjectID, detail string) error {
	return tx.AddAudit(actor.Authority, store.AuditEntry{
		ID: s.ids.New(), Account: actor.Account, Act: act, Subject: subject, SubjectID: subjectID, Detail: detail,
	})
}

// known turns the store's errors into the service's own.
func known(err error) error {
	switch {
	case errors.Is(err, store.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, store.ErrConflict):
		return fmt.Errorf("%w: %w", ErrChanged, err)
	}
	return err
}

// NewID is a fresh identifier, for forms that carry one.
func (s *Service) NewID() string { return s.ids.New() }
