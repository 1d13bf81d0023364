package service

import (
	"context"
	"slices"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/consent"
	"stablefutures/internal/store"
)

// Share gives a section of a record to an agency, on one basis, which must hold.
// Giving what is given already is no error.
func (s *Service) Share(ctx context.Context, actor Actor, record, agency string, section consent.Section, basis consent.Basis) error {
	return s.changeRecord(ctx, actor, access.WriteRecord, record, "share", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		e := consent.Entry{Matter: consent.Matter{Purpose: consent.Sharing, Agency: agency, Section: section}}
		var wrong Invalid
		if err := agencyThere(tx, actor.Authority, e, &wrong); err != nil {
			return err
		}
		if len(wrong) > 0 || agency == "" {
			return Invalid{{"share", "Choose an agency with which the council works."}}
		}
		facts, err := tx.SharedFacts(actor.Authority, head.ID)
		if err != nil {
			return err
		}
		if !consent.HoldsBy(facts.Ledger, e.Matter, basis, s.todayIn(tx)) {
			return Invalid{{"share", noBasis(basis)}}
		}
		given := access.Share{Agency: agency, Section: section, Basis: basis, BegunBy: actor.Account}
		if slices.ContainsFunc(facts.Shares, func(o access.Share) bool {
			return o.Agency == agency && o.Section == section && o.Basis == basis && facts.Live(o, s.todayIn(tx))
		}) {
			return errNothing
		}
		return tx.AddShare(actor.Authority, store.Share{ID: s.ids.New(), Child: head.ID, Share: given})
	})
}

// noBasis says why something cannot be shared, and what to do.
func noBasis(basis consent.Basis) string {
	if basis == consent.Consent {
		return "The young person’s consent to this does not hold. Ask them, and record what they answer, before you share."
	}
	return "This basis is not recorded, or applies no longer. Record it, with the reason, before you share."
}

// EndShare takes a section back from an agency.
func (s *Service) EndShare(ctx context.Context, actor Actor, record, share string) error {
	return s.changeRecord(ctx, actor, access.WriteRecord, record, "end share", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		shares, err := tx.SharesOfRecord(actor.Authority, head.ID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(shares, func(o store.Share) bool { return o.ID == share })
		if at < 0 {
			return store.ErrNotFound
		}
		if !shares[at].EndedAt.IsZero() {
			return errNothing
		}
		return tx.EndShare(actor.Authority, share, actor.Account)
	})
}

// AgencyThatSees is an agency that sees a section of a record now, and why.
type AgencyThatSees struct {
	Name    string
	Section consent.Section
	Basis   consent.Basis
	Since   time.Time
}

// agenciesThatSee are the agencies that see a section of a record now.
func (s *Service) agenciesThatSee(tx *store.Tx, authority, record string) ([]AgencyThatSees, error) {
	live, err := tx.LiveSharesOfRecord(authority, record, s.todayIn(tx))
	if err != nil || len(live) == 0 {
		return nil, err
	}
	agencies, err := tx.Agencies(authority)
	if err != nil {
		return nil, err
	}
	var list []AgencyThatSees
	for _, share := range live {
		at := slices.IndexFunc(agencies, func(a store.Agency) bool { return a.ID == share.Agency })
		list = append(list, AgencyThatSees{Name: agencies[at].Name, Section: share.Section, Basis: share.Basis, Since: share.BeganAt})
	}
	return list, nil
}
