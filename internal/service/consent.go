package service

import (
	"context"
	"errors"
	"slices"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/consent"
	"stablefutures/internal/date"
	"stablefutures/internal/store"
)

// ConsentPage is what a young person agreed to, and what is shared.
type ConsentPage struct {
	Head     Head
	Current  []ConsentNow         // the latest of every matter and basis
	History  []store.ConsentEntry // all, the latest first
	Shares   []ShareNow           // those that nobody has ended first
	Agencies []store.Agency       // in use
	Names    map[string]string    // of agencies, also of those that ended
	Accounts map[string]string
	MayWrite bool
	Today    date.Date
}

// ConsentNow is an entry that counts.
type ConsentNow struct {
	store.ConsentEntry
	Holds bool // it lets something be done today
}

// ShareNow is a section of the record that was given to an agency.
type ShareNow struct {
	store.Share
	Live bool // the agency sees it now
}

// ConsentOf opens the consent page of a record.
func (s *Service) ConsentOf(ctx context.Context, actor Actor, record string) (p ConsentPage, err error) {
	err = s.openRecord(ctx, actor, record, "consent", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		r := Record{Today: s.todayIn(tx)}
		if err := s.fillWho(tx, actor, head, &r); err != nil {
			return err
		}
		p = ConsentPage{Head: r.Head, Accounts: r.Accounts, MayWrite: r.Head.May(access.WriteRecord), Today: r.Today}
		if err := fillAgencies(tx, actor.Authority, &p); err != nil {
			return err
		}
		return fillConsent(tx, actor.Authority, head.ID, &p)
	})
	return p, err
}

func fillAgencies(tx *store.Tx, authority string, p *ConsentPage) error {
	agencies, err := tx.Agencies(authority)
	p.Names = map[string]string{}
	for _, a := range agencies {
		p.Names[a.ID] = a.Name
		if a.InUse() {
			p.Agencies = append(p.Agencies, a)
		}
	}
	return err
}

func fillConsent(tx *store.Tx, authority, record string, p *ConsentPage) error {
	entries, err := tx.ConsentOfRecord(authority, record)
	if err != nil {
		return err
	}
	for _, latest := range consent.Current(store.Ledger(entries)) {
		at := slices.IndexFunc(entries, func(e store.ConsentEntry) bool { return e.ID == latest.ID })
		p.Current = append(p.Current, ConsentNow{entries[at], latest.HoldsOn(p.Today)})
	}
	slices.Reverse(entries)
	p.History = entries
	shares, err := tx.SharesOfRecord(authority, record)
	if err != nil {
		return err
	}
	facts, err := tx.SharedFacts(authority, record)
	for _, share := range shares {
		p.Shares = append(p.Shares, ShareNow{share, share.EndedAt.IsZero() && facts.Live(share.Share, p.Today)})
	}
	return err
}

// RecordConsent adds what a young person answered, or another basis, to the ledger.
// Where it is not a yes, what was shared on that basis ends at once. An entry that is
// sent twice is one.
func (s *Service) RecordConsent(ctx context.Context, actor Actor, record string, e consent.Entry) error {
	e.Language, e.Remark = strings.TrimSpace(e.Language), strings.TrimSpace(e.Remark)
	return s.changeRecord(ctx, actor, access.WriteRecord, record, "record consent", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		if e.Answer == consent.Withdrawn {
			return Invalid{{"answer", "Choose what the young person answered."}} // has its own way, which needs something to withdraw
		}
		wrong := problems(consent.Check(e, s.todayIn(tx)))
		if err := agencyThere(tx, actor.Authority, e, &wrong); err != nil {
			return err
		}
		if len(wrong) > 0 {
			return wrong
		}
		return s.addConsent(tx, actor, head.ID, e)
	})
}

// problems are what the domain found wrong, for the fields of a form.
func problems(list []consent.Problem) (wrong Invalid) {
	for _, p := range list {
		wrong = append(wrong, FieldError(p))
	}
	return wrong
}

// agencyThere finds fault with an agency that is not, or no longer, there.
func agencyThere(tx *store.Tx, authority string, e consent.Entry, wrong *Invalid) error {
	if e.Purpose != consent.Sharing || e.Agency == "" {
		return nil
	}
	agency, err := tx.Agency(authority, e.Agency)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err != nil || !agency.InUse() {
		*wrong = append(*wrong, FieldError{"agency", "Choose an agency with which the council works."})
	}
	return nil
}

// addConsent adds an entry that was checked, after the one that counted before.
func (s *Service) addConsent(tx *store.Tx, actor Actor, record string, e consent.Entry) error {
	entries, err := tx.ConsentOfRecord(actor.Authority, record)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(entries, func(o store.ConsentEntry) bool { return o.ID == e.ID }) {
		return errNothing
	}
	if before, ok := consent.Latest(store.Ledger(entries), e.Matter, e.Basis); ok {
		e.Replaces = before.ID
	}
	if e.ID == "" {
		e.ID = s.ids.New()
	}
	if err := tx.AddConsent(actor.Authority, record, e, actor.Account); err != nil {
		return err
	}
	if e.HoldsOn(s.todayIn(tx)) || e.Purpose != consent.Sharing {
		return nil
	}
	return s.endShares(tx, actor, record, e)
}

// endShares ends what is shared on the basis of which an entry says no.
func (s *Service) endShares(tx *store.Tx, actor Actor, record string, e consent.Entry) error {
	shares, err := tx.SharesOfRecord(actor.Authority, record)
	if err != nil {
		return err
	}
	for _, share := range shares {
		if !share.EndedAt.IsZero() || share.Agency != e.Agency || share.Section != e.Section || share.Basis != e.Basis {
			continue
		}
		if err := tx.EndShare(actor.Authority, share.ID, actor.Account); err != nil {
			return err
		}
		if err := s.audit(tx, actor, "end share", "record", record, share.ID); err != nil {
			return err
		}
	}
	return nil
}

// WithdrawConsent records that a young person takes a consent back, or that another
// basis applies no longer. entry is the one that counts now; ErrChanged where another
// has taken its place. What was shared on it ends in the same transaction.
func (s *Service) WithdrawConsent(ctx context.Context, actor Actor, record, entry string) error {
	return s.changeRecord(ctx, actor, access.WriteRecord, record, "withdraw consent", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		before, err := consentEntry(tx, actor.Authority, head.ID, entry)
		if err != nil {
			return err
		}
		if !before.Answer.Yes() {
			return errNothing
		}
		e := consent.Entry{Matter: before.Matter, Basis: before.Basis, Answer: consent.Withdrawn, AskedOn: s.todayIn(tx)}
		if e.Basis != consent.Consent {
			e.Answer = consent.NoLonger
		}
		return s.addConsent(tx, actor, head.ID, e)
	})
}

// consentEntry is an entry of the record that counts now.
func consentEntry(tx *store.Tx, authority, record, id string) (consent.Entry, error) {
	entries, err := tx.ConsentOfRecord(authority, record)
	if err != nil {
		return consent.Entry{}, err
	}
	list := store.Ledger(entries)
	at := slices.IndexFunc(list, func(e consent.Entry) bool { return e.ID == id })
	if at < 0 {
		return consent.Entry{}, store.ErrNotFound
	}
	latest, _ := consent.Latest(list, list[at].Matter, list[at].Basis)
	if latest.ID != id && latest.Answer.Yes() {
		return latest, ErrChanged // another yes: whoever withdraws must see it first
	}
	return latest, nil
}
