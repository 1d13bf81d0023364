package access

import (
	"slices"

	"stablefutures/internal/consent"
	"stablefutures/internal/date"
)

// Recipient is somebody of another agency, on one day. Agency and Section are those of
// the account.
type Recipient struct {
	Authority string
	Account   string
	InUse     bool
	Role      Role
	Agency    string
	Section   consent.Section
	Day       date.Date
}

// Share is a section of a record that was given to an agency, and not taken back.
type Share struct {
	Agency  string
	Section consent.Section
	Basis   consent.Basis
	BegunBy string
}

// SharedRecord is what the decision needs to know of a record that is shared: of all
// the children whose facts it shows, together.
type SharedRecord struct {
	Authority string
	Erased    bool
	Named     [][]string // for each restriction that holds, the accounts that it names
	Shares    []Share
	Ledger    []consent.Entry
	Ended     []string // agencies that have ended
}

// Live tells whether a share is live on a day: its agency is there, its basis holds,
// and whoever began it is named in every restriction of the record.
func (r SharedRecord) Live(s Share, day date.Date) bool {
	if r.Erased || slices.Contains(r.Ended, s.Agency) {
		return false
	}
	for _, named := range r.Named {
		if !slices.Contains(named, s.BegunBy) {
			return false
		}
	}
	return consent.HoldsBy(r.Ledger, consent.Matter{Purpose: consent.Sharing, Agency: s.Agency, Section: s.Section}, s.Basis, day)
}

// Sees is the decision in Go: whether somebody of another agency sees their section of
// a record.
func (p Recipient) Sees(r SharedRecord) bool {
	if r.Authority != p.Authority || !p.InUse || p.Role != Partner || p.Agency == "" {
		return false
	}
	return slices.ContainsFunc(r.Shares, func(s Share) bool {
		return s.Agency == p.Agency && s.Section == p.Section && r.Live(s, p.Day)
	})
}

// LiveShare is Live as SQL, for a query in which h is a row of share and c the child
// that it names; $1 is the authority and $2 the day.
const LiveShare = `h.authority = $1 and c.authority = h.authority and c.id = h.child_id and h.ended_at is null
	and not exists (select 1 from child s where ` + sameRecord + ` and s.erased_at is not null)
	and exists (select 1 from agency g where g.authority = h.authority and g.id = h.agency_id and g.ended_at is null)
	and not exists (
		select 1 from child s join restriction r on r.authority = s.authority and r.child_id = s.id
		where ` + sameRecord + ` and r.ended_at is null and not exists (
			select 1 from restriction_name n where n.authority = r.authority and n.restriction_id = r.id and n.account_id = h.began_by))
	and exists (
		select 1 from child s join consent k on k.authority = s.authority and k.child_id = s.id
		where ` + sameRecord + ` and k.purpose = 'sharing' and k.agency_id = h.agency_id and k.section = h.section and k.basis = h.basis
			and k.answer in ('agreed', 'applies') and (k.expires_on = '' or k.expires_on >= $2)
			and not exists (
				select 1 from child s join consent l on l.authority = s.authority and l.child_id = s.id
				where ` + sameRecord + ` and l.purpose = k.purpose and l.agency_id = k.agency_id and l.section = k.section and l.basis = k.basis and l.number > k.number))`

// InShared is Sees as SQL: LiveShare, for the account $3.
const InShared = LiveShare + `
	and exists (
		select 1 from account p where p.authority = h.authority and p.id = $3 and p.ended_at is null and p.role = 'partner'
			and p.agency = h.agency_id and p.section = h.section)`
