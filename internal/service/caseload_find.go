package service

import (
	"slices"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/store"
)

// readIdentities finds who may be listed, and reads who they are. Of all others names
// and days of birth stay sealed.
func (p *caseloadParts) readIdentities(tx *store.Tx, scope access.Scope, recordOf map[string]string, search string) error {
	sealed, err := tx.IdentitiesInScope(scope)
	if err != nil {
		return err
	}
	for _, i := range sealed {
		if i.Source() == child.ByHand {
			p.byHand[recordOf[i.Child()]] = true
		}
	}
	if search == "" {
		p.listFollowed(scope)
	} else if err := p.listFound(tx, scope, recordOf, search); err != nil {
		return err
	}
	sealed = slices.DeleteFunc(sealed, func(i store.SealedIdentity) bool { return !p.listable[recordOf[i.Child()]] })
	identities, err := tx.OpenIdentities(scope.Authority, sealed)
	for _, i := range identities {
		p.identities[recordOf[i.Child]] = append(p.identities[recordOf[i.Child]], i)
	}
	return err
}

// listFollowed lists a worker's records, and for who sees all those that are followed.
func (p *caseloadParts) listFollowed(scope access.Scope) {
	for record := range p.heads {
		if !scope.Wide() || p.followed(record) {
			p.listable[record] = true
		}
	}
}

func (p *caseloadParts) followed(record string) bool {
	return len(p.entries[record]) > 0 || p.talks[record].Count > 0 || len(p.workers[record]) > 0 || p.byHand[record]
}

// listFound lists the records that may be what is searched for: matches looks closer.
func (p *caseloadParts) listFound(tx *store.Tx, scope access.Scope, recordOf map[string]string, search string) error {
	named, err := tx.ChildrenByName(scope.Authority, search)
	if err != nil {
		return err
	}
	for id := range named {
		if record := recordOf[id]; p.heads[record].ID != "" {
			p.listable[record] = true
		}
	}
	for record := range p.heads {
		if p.numbered(record, search) {
			p.listable[record] = true
		}
	}
	return nil
}

// numbered tells whether a record has what is searched for as its reference or number.
func (p *caseloadParts) numbered(record, search string) bool {
	return p.heads[record].Reference == child.NormalReference(search) || slices.Contains(p.ids[record], search)
}

// matches tells whether a row is what somebody searches for: its reference, a number of
// its, or words with which words of a name begin.
func (p *caseloadParts) matches(row CaseloadRow, search string) bool {
	if p.numbered(row.Record, search) {
		return true
	}
	wanted := child.Fold(search)
	return wanted != "" && slices.ContainsFunc(p.identities[row.Record], func(i child.Identity) bool {
		return strings.Contains(" "+child.Fold(i.Name), " "+wanted)
	})
}
