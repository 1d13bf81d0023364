package service

import (
	"context"
	"slices"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/consent"
	"stablefutures/internal/store"
)

// AgencyKind is what an agency is.
type AgencyKind struct{ ID, Label string }

// AgencyKinds are all kinds, in the order in which they are offered.
var AgencyKinds = []AgencyKind{
	{"health", "Health"}, {"police", "Police"}, {"school", "School or college"}, {"legal", "Solicitor or legal advice"},
	{"guardian", "Guardianship service"}, {"home-office", "Home Office"}, {"council", "Another council"}, {"charity", "Charity"}, {"other", "Another kind"},
}

// AgencyView is an agency with how much is shared with it.
type AgencyView struct {
	store.Agency
	Accounts int // of its people, in use
	Shares   int // sections given to it and not taken back
}

// KindLabel is the agency's kind in words.
func (a AgencyView) KindLabel() string { return kindLabel(a.Kind) }

func kindLabel(kind string) string {
	for _, k := range AgencyKinds {
		if k.ID == kind {
			return k.Label
		}
	}
	return kind
}

// Agencies are all agencies of the authority, those in use first. Whose records are
// shared is not told.
func (s *Service) Agencies(ctx context.Context, actor Actor) (list []AgencyView, err error) {
	err = s.look(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		agencies, err := tx.Agencies(actor.Authority)
		if err != nil {
			return err
		}
		shares, err := tx.SharesByAgency(actor.Authority)
		if err != nil {
			return err
		}
		accounts, err := tx.AccountsByAgency(actor.Authority)
		list = nil
		for _, a := range agencies {
			list = append(list, AgencyView{a, accounts[a.ID], shares[a.ID]})
		}
		return err
	})
	return list, err
}

// AddAgency adds an agency.
func (s *Service) AddAgency(ctx context.Context, actor Actor, name, kind string) (id string, err error) {
	id = s.ids.New()
	err = s.change(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		name, err := checkAgency(tx, actor.Authority, "", name, kind)
		if err != nil {
			return err
		}
		if err := tx.AddAgency(actor.Authority, id, name, kind, actor.Account); err != nil {
			return err
		}
		return s.audit(tx, actor, "add agency", "agency", id, kind)
	})
	return id, err
}

// ChangeAgency gives an agency another name or kind.
func (s *Service) ChangeAgency(ctx context.Context, actor Actor, id, name, kind string) error {
	return s.change(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		name, err := checkAgency(tx, actor.Authority, id, name, kind)
		if err != nil {
			return err
		}
		if err := tx.ChangeAgency(actor.Authority, id, name, kind); err != nil {
			return err
		}
		return s.audit(tx, actor, "change agency", "agency", id, kind)
	})
}

// checkAgency is an agency's name as it is kept, or what is wrong with it.
func checkAgency(tx *store.Tx, authority, except, name, kind string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	var wrong Invalid
	if name == "" || len(name) > 200 {
		wrong = append(wrong, FieldError{"agency-name", "Enter the agency’s name, in at most 200 characters."})
	}
	if !slices.ContainsFunc(AgencyKinds, func(k AgencyKind) bool { return k.ID == kind }) {
		wrong = append(wrong, FieldError{"kind", "Choose what kind of agency it is."})
	}
	agencies, err := tx.Agencies(authority)
	if err != nil {
		return name, err
	}
	for _, a := range agencies {
		if a.InUse() && a.ID != except && strings.EqualFold(a.Name, name) {
			wrong = append(wrong, FieldError{"agency-name", "There is an agency with this name already. Give the new one another."})
		}
	}
	if len(wrong) > 0 {
		return name, wrong
	}
	return name, nil
}

// EndAgency ends an agency: everything that is shared with it ends at once.
func (s *Service) EndAgency(ctx context.Context, actor Actor, id string) error {
	return s.change(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		if err := tx.EndAgency(actor.Authority, id, actor.Account); err != nil {
			return err
		}
		return s.audit(tx, actor, "end agency", "agency", id, "")
	})
}

// PartnerPlace is where a partner's account stands, and where it can be put.
type PartnerPlace struct {
	store.Account
	Agencies []store.Agency // in use
}

// PartnerPlace opens the place of a partner's account; ErrNotFound where the account
// has another role or has ended.
func (s *Service) PartnerPlace(ctx context.Context, actor Actor, account string) (p PartnerPlace, err error) {
	err = s.look(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		if p.Account, err = tx.Account(actor.Authority, account); err != nil {
			return err
		}
		if p.Role != access.Partner || !p.InUse() {
			return store.ErrNotFound
		}
		p.Agencies, err = agenciesInUse(tx, actor.Authority)
		return err
	})
	return p, err
}

func agenciesInUse(tx *store.Tx, authority string) ([]store.Agency, error) {
	list, err := tx.Agencies(authority)
	return slices.DeleteFunc(list, func(a store.Agency) bool { return !a.InUse() }), err
}

// PlacePartner gives a partner's account its agency and the one section that it sees.
// What it saw before is gone at its next request.
func (s *Service) PlacePartner(ctx context.Context, actor Actor, account, agency, section string) error {
	return s.change(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		agencies, err := agenciesInUse(tx, actor.Authority)
		if err != nil {
			return err
		}
		var wrong Invalid
		if !slices.ContainsFunc(agencies, func(a store.Agency) bool { return a.ID == agency }) {
			wrong = append(wrong, FieldError{"agency", "Choose the agency that the person works for."})
		}
		if !slices.Contains(consent.Sections, consent.Section(section)) {
			wrong = append(wrong, FieldError{"section", "Choose the section that the person sees."})
		}
		if len(wrong) > 0 {
			return wrong
		}
		if err := tx.PlacePartner(actor.Authority, account, agency, section); err != nil {
			return err
		}
		return s.audit(tx, actor, "place partner", "account", account, agency+" "+section)
	})
}
