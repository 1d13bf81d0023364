package service

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/locale"
	"stablefutures/internal/store"
)

// How long a way in is good, and a young person's session: from its last use, and from
// its beginning.
const (
	OwnCodeFor     = 10 * time.Minute
	OwnSlipFor     = 14 * 24 * time.Hour
	OwnIdle        = 30 * time.Minute
	OwnAbsolute    = 4 * time.Hour
	ownAlertFor    = 24 * time.Hour // how long it reaches an alert that goes on
	ownCodeDigits  = 12             // 40 random bits, for ten minutes
	ownSlipDigits  = 20             // 66 random bits
	ownTouch       = time.Minute
	ownPageAccount = "" // of entries in the log: the act says that it was on their own page
)

// Young is a young person on their own page. They reach their own record and nothing
// else: no method that takes a Young takes a record.
type Young struct {
	Authority string
	Fictional bool
	Record    string
	Session   string // hash of its token
	Way       string // code, slip, handed-over, device
	Device    string // remembered; empty for none
	Language  string // tag; empty while none was chosen
	Pictures  bool   // pictures stand for words

	// ShownAgain: a secret of their own was proved or chosen in this session, and shows on
	// another day what they keep from others.
	ShownAgain bool
}

// HandedOver tells whether they sit at a worker's tablet.
func (y Young) HandedOver() bool { return y.Way == store.HandedOver }

// OwnWayIn is a way in as a worker sees it once: the code is kept nowhere.
type OwnWayIn struct {
	Code  string // digits in groups of four
	Until time.Time
}

// ErrOwnCode: a code that opens nothing, or not any more. Which is not told.
var ErrOwnCode = errors.New("this code opens nothing, or not any more")

// GiveOwnCode makes a code for a young person's own page: for a screen, or to be
// printed for later. Codes that were made before and not used are dead from now on.
func (s *Service) GiveOwnCode(ctx context.Context, actor Actor, record string, slip bool) (in OwnWayIn, err error) {
	digits, good, what := ownCodeDigits, OwnCodeFor, "give a code for their own page"
	if slip {
		digits, good, what = ownSlipDigits, OwnSlipFor, "print a code for their own page"
	}
	code := s.ids.Digits(digits)
	err = s.changeRecord(ctx, actor, access.GiveOwnPage, record, what, func(tx *store.Tx, _ access.Scope, head child.Child) error {
		if err := tx.EndOwnCodes(actor.Authority, head.ID); err != nil {
			return err
		}
		in = OwnWayIn{grouped(code), s.Local(tx.Now.Add(good))}
		return tx.AddOwnCode(actor.Authority, store.OwnCode{Hash: s.ownCodeHash(code), Child: head.ID, Slip: slip, MadeBy: actor.Account, ExpiresAt: tx.Now.Add(good)})
	})
	return in, err
}

func (s *Service) ownCodeHash(code string) string { return s.keyed("own-code", code) }

// grouped writes digits in groups of four, as people read them to one another.
func grouped(digits string) string {
	var groups []string
	for ; len(digits) > 4; digits = digits[4:] {
		groups = append(groups, digits[:4])
	}
	return strings.Join(append(groups, digits), " ")
}

// digitsOf are the digits of what somebody typed, of every script, as 0 to 9.
func digitsOf(typed string) string {
	var out strings.Builder
	for _, r := range typed {
		if d, ok := digitOf(r); ok && out.Len() <= 2*ownSlipDigits {
			out.WriteByte('0' + d)
		}
	}
	return out.String()
}

// digitOf is a decimal digit of the scripts that young people type in.
func digitOf(r rune) (byte, bool) {
	for _, zero := range []rune{'0', '٠', '۰', '０'} {
		if r >= zero && r <= zero+9 {
			return byte(r - zero), true
		}
	}
	return 0, false
}

// HandOver begins a young person's session on the worker's own tablet. Whoever calls it
// ends the worker's session there: nobody goes back to it.
func (s *Service) HandOver(ctx context.Context, actor Actor, record, workerToken string) (token string, y Young, err error) {
	scope, err := actor.scope(access.GiveOwnPage)
	if err != nil {
		return "", y, err
	}
	a, err := s.Authority(ctx, actor)
	if err != nil {
		return "", y, err
	}
	return s.beginOwn(ctx, a, func(tx *store.Tx) (store.OwnSession, error) {
		head, err := tx.Record(at(scope, tx), record)
		if err != nil {
			return store.OwnSession{}, err
		}
		if err := tx.EndSession(actor.Authority, tokenHash(workerToken)); err != nil {
			return store.OwnSession{}, err
		}
		if err := s.audit(tx, actor, "hand the tablet over", "record", head.ID, ""); err != nil {
			return store.OwnSession{}, err
		}
		return store.OwnSession{Child: head.ID, Way: store.HandedOver, GivenBy: actor.Account}, nil
	})
}

// beginOwn begins the session that prove allows.
func (s *Service) beginOwn(ctx context.Context, a store.Authority, prove func(*store.Tx) (store.OwnSession, error)) (token string, y Young, err error) {
	token = s.ids.Token()
	err = s.db.Change(ctx, a.Code, func(tx *store.Tx) error {
		session, err := prove(tx)
		if err != nil {
			return err
		}
		session.Hash = tokenHash(token)
		if session.Language, session.Pictures, err = lastLanguage(tx, a.Code, session.Child); err != nil {
			return err
		}
		if err := tx.AddOwnSession(a.Code, session); err != nil {
			return err
		}
		y = youngOf(a, session)
		return s.auditOwn(tx, y, "open their own page")
	})
	return token, y, known(err)
}

func youngOf(a store.Authority, session store.OwnSession) Young {
	return Young{Authority: a.Code, Fictional: a.Fictional, Record: session.Child, Session: session.Hash, Way: session.Way,
		Device: session.Device, Language: stillSpoken(session.Language), Pictures: session.Pictures,
		ShownAgain: session.Unlocked != "" || session.Proved != ""}
}

// OwnSession is who holds a token of a young person's page; ErrNotFound where it is not,
// or no longer, a session.
func (s *Service) OwnSession(ctx context.Context, authority, token string) (Young, error) {
	hash := tokenHash(token)
	y, stale, err := s.ownSessionOf(ctx, authority, hash)
	if err == nil && stale {
		err = known(ignoring(s.db.Write(ctx, func(tx *store.Tx) error { return tx.TouchOwnSession(authority, hash) }), store.ErrFull))
	}
	return y, err
}

// OwnGlance is OwnSession for what a page asks by itself: it is no use of the session,
// which ends by itself all the same.
func (s *Service) OwnGlance(ctx context.Context, authority, token string) (Young, error) {
	y, _, err := s.ownSessionOf(ctx, authority, tokenHash(token))
	return y, err
}

// OwnWithAlert is who holds a token while an alert of theirs goes on, also where their
// session is over because nobody used it: whoever waits for an answer with the phone in
// their pocket finds it. It opens nothing but the pages of that alert, and is no use of the
// session.
func (s *Service) OwnWithAlert(ctx context.Context, authority, token string) (y Young, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		session, err := tx.OwnSession(authority, tokenHash(token))
		if err != nil {
			return err
		}
		sent, err := tx.AlertsOf(authority, session.Child)
		if ignoring(err, store.ErrTampered) != nil { // see SendAlert
			return err
		}
		goesOn := slices.ContainsFunc(sent, func(a store.Alert) bool { return a.ClosedAt.IsZero() })
		if !goesOn || tx.Now.Sub(session.BeganAt) > ownAlertFor {
			return store.ErrNotFound
		}
		a, err := tx.Authority(authority)
		y = youngOf(a, session)
		return err
	})
	return y, known(err)
}

// ownSessionOf is a session that goes on; stale where its last use is to be noted anew.
func (s *Service) ownSessionOf(ctx context.Context, authority, hash string) (y Young, stale bool, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		session, err := tx.OwnSession(authority, hash)
		if err != nil {
			return err
		}
		if ownTooOld(session, tx.Now) {
			return store.ErrNotFound
		}
		a, err := tx.Authority(authority)
		if err != nil {
			return err
		}
		y, stale = youngOf(a, session), tx.Now.Sub(session.SeenAt) > ownTouch
		return nil
	})
	return y, stale, known(err)
}

// LeaveOwnPage ends a young person's session.
func (s *Service) LeaveOwnPage(ctx context.Context, y Young) error {
	return known(s.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.EndOwnSession(y.Authority, y.Session); err != nil {
			return err
		}
		return s.auditOwn(tx, y, "leave their own page")
	}))
}

// ChooseOwn keeps in which language, and whether with pictures for words, a young person
// goes on. The next session begins with it. ErrNotFound where there is no such language.
func (s *Service) ChooseOwn(ctx context.Context, y Young, language string, pictures bool) error {
	if _, ok := locale.Of(language); !ok {
		return ErrNotFound
	}
	return s.changeOwn(ctx, y, "choose how their own page is shown", func(tx *store.Tx, session store.OwnSession) error {
		session.Language, session.Pictures = language, pictures
		return tx.SetOwnSession(y.Authority, session)
	})
}

// stillSpoken is the tag of a language that was kept, or that in which the pages were
// written where there is no such language any more. Empty, before one was chosen, it
// stays.
func stillSpoken(tag string) string {
	if _, ok := locale.Of(tag); !ok && tag != "" {
		return locale.SourceTag
	}
	return tag
}

// orSourceTag is stillSpoken, with that in which the pages were written before one was
// chosen too.
func orSourceTag(tag string) string { return cmp.Or(stillSpoken(tag), locale.SourceTag) }

// lastLanguage is what a young person chose the last time; empty where they never did.
func lastLanguage(tx *store.Tx, authority, record string) (tag string, pictures bool, err error) {
	tag, pictures, err = tx.LastOwnLanguage(authority, record)
	return stillSpoken(tag), pictures, err
}

// lookOwn reads for a young person whose session goes on.
func (s *Service) lookOwn(ctx context.Context, y Young, do func(*store.Tx) error) error {
	return known(s.db.Read(ctx, func(tx *store.Tx) error {
		if _, err := tx.OwnSession(y.Authority, y.Session); err != nil {
			return err
		}
		return do(tx)
	}))
}

// changeOwn changes something of a young person whose session goes on, with an entry in
// the log. do may answer errNothing. The entry never tells more than that they did
// something of that sort: for whom it was, and what, is theirs.
func (s *Service) changeOwn(ctx context.Context, y Young, what string, do func(*store.Tx, store.OwnSession) error) error {
	err := known(s.db.Change(ctx, y.Authority, func(tx *store.Tx) error {
		session, err := tx.OwnSession(y.Authority, y.Session)
		if err != nil {
			return err
		}
		if session.Child != y.Record {
			return store.ErrNotFound // two records were linked meanwhile: they come in anew
		}
		session.Language = stillSpoken(session.Language)
		if err := do(tx, session); err != nil {
			return err
		}
		return s.auditOwn(tx, y, what)
	}))
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

func (s *Service) auditOwn(tx *store.Tx, y Young, what string) error {
	return s.audit(tx, Actor{Authority: y.Authority, Account: ownPageAccount}, what, "record", y.Record, "")
}
