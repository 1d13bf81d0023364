package store

import (
	"cmp"
	"database/sql"
	"slices"
	"strings"
	"time"

	"stablefutures/internal/seal"
)

// Agency is who the council works with. Agencies that have ended stay, so that what was
// shared with them keeps its name.
type Agency struct {
	ID      string
	Name    string
	Kind    string
	EndedAt time.Time // zero while the council works with it
}

// InUse tells whether something can still be shared with the agency.
func (a Agency) InUse() bool { return a.EndedAt.IsZero() }

var (
	insertAgency  = statement(`insert into agency (authority, id, name, kind, created_at, created_by) values ($1, $2, $3, $4, $5, $6)`)
	listAgencies  = statement(`select id, name, kind, ended_at from agency where authority = $1`)
	selectAgency  = statement(`select id, name, kind, ended_at from agency where authority = $1 and id = $2`)
	changeAgency  = statement(`update agency set name = $3, kind = $4 where authority = $1 and id = $2 and ended_at is null`)
	endAgency     = statement(`update agency set ended_at = $3, ended_by = $4 where authority = $1 and id = $2 and ended_at is null`)
	endItsShares  = statement(`update share set ended_at = $3, ended_by = $4 where authority = $1 and agency_id = $2 and ended_at is null`)
	partnersOf    = statement(accountColumns + `where authority = $1 and agency = $2 and ended_at is null`)
	sharesByOne   = statement(`select h.agency_id, count(*) from share h where h.authority = $1 and h.ended_at is null group by h.agency_id`)
	placedByOne   = statement(`select agency, count(*) from account where authority = $1 and agency <> '' and ended_at is null group by agency`)
	partnerPlaced = statement(`update account set agency = $3, section = $4 where authority = $1 and id = $2 and role = 'partner' and ended_at is null`)
)

// AddAgency adds an agency.
func (tx *Tx) AddAgency(authority, id, name, kind, by string) error {
	sealed, err := tx.sealText(ownOf(authority), agencyPlace(authority, id), name)
	if err != nil {
		return err
	}
	return tx.exec(insertAgency, authority, id, sealed, kind, instant(tx.Now), by)
}

func agencyPlace(authority, id string) seal.Place { return place(authority, "agency", "name", id) }

// Agencies are all agencies, those in use first, by their names.
func (tx *Tx) Agencies(authority string) ([]Agency, error) {
	list, err := tx.openedAgencies(authority, listAgencies, authority)
	slices.SortFunc(list, func(a, b Agency) int {
		return cmp.Or(inUseFirst(a.InUse(), b.InUse()), strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
	})
	return list, err
}

func (tx *Tx) openedAgencies(authority string, q stmt, args ...any) ([]Agency, error) {
	list, err := all(tx, q, args, scanAgency)
	return opened(list, err, func(a *Agency) (err error) {
		a.Name, err = tx.openText(ownOf(authority), agencyPlace(authority, a.ID), a.Name)
		return err
	})
}

// Agency is one agency, in use or ended; ErrNotFound where there is none.
func (tx *Tx) Agency(authority, id string) (Agency, error) {
	return first(tx.openedAgencies(authority, selectAgency, authority, id))
}

// ChangeAgency gives an agency in use another name and kind.
func (tx *Tx) ChangeAgency(authority, id, name, kind string) error {
	sealed, err := tx.sealText(ownOf(authority), agencyPlace(authority, id), name)
	if err != nil {
		return err
	}
	return tx.execOne(changeAgency, authority, id, sealed, kind)
}

// EndAgency ends an agency and everything that is shared with it.
func (tx *Tx) EndAgency(authority, id, by string) error {
	if err := tx.execOne(endAgency, authority, id, instant(tx.Now), by); err != nil {
		return err
	}
	return tx.exec(endItsShares, authority, id, instant(tx.Now), by)
}

// PartnersOf are the accounts in use that belong to an agency, by their usernames.
func (tx *Tx) PartnersOf(authority, agency string) ([]Account, error) {
	list, err := tx.openedAccounts(partnersOf, authority, agency)
	slices.SortFunc(list, func(a, b Account) int { return strings.Compare(a.Username, b.Username) })
	return list, err
}

// SharesByAgency counts the shares that nobody has ended, by agency.
func (tx *Tx) SharesByAgency(authority string) (map[string]int, error) {
	return tx.countsBy(sharesByOne, authority)
}

// AccountsByAgency counts the accounts in use, by agency.
func (tx *Tx) AccountsByAgency(authority string) (map[string]int, error) {
	return tx.countsBy(placedByOne, authority)
}

func (tx *Tx) countsBy(q stmt, authority string) (map[string]int, error) {
	out := map[string]int{}
	err := tx.each(q, []any{authority}, func(row scanner) error {
		var of string
		var n int
		err := row.Scan(&of, &n)
		out[of] = n
		return err
	})
	return out, err
}

// PlacePartner puts a partner's account into an agency with the section that it sees;
// ErrNotFound where the account has another role or has ended.
func (tx *Tx) PlacePartner(authority, account, agency, section string) error {
	return tx.execOne(partnerPlaced, authority, account, agency, section)
}

// scanAgency reads an agency whose name is still sealed.
func scanAgency(row scanner) (Agency, error) {
	var a Agency
	var ended sql.NullString
	err := row.Scan(&a.ID, &a.Name, &a.Kind, &ended)
	a.EndedAt = parseInstant(ended.String)
	return a, err
}
