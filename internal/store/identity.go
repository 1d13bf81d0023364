package store

import (
	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/date"
	"stablefutures/internal/seal"
)

const identityColumns = `select i.child_id, i.source, i.name, i.birth_date, i.sex, i.ethnicity, i.upn, i.recorded_at, i.recorded_by from identity i `

var (
	insertIdentity = statement(`insert into identity (authority, child_id, source, recorded_at, recorded_by, name, birth_date, sex, ethnicity, upn) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		on conflict (authority, child_id, source, recorded_at) do update set recorded_by = excluded.recorded_by, name = excluded.name,
		birth_date = excluded.birth_date, sex = excluded.sex, ethnicity = excluded.ethnicity, upn = excluded.upn, superseded_at = null`)
	supersedeIdentity = statement(`update identity set superseded_at = $4 where authority = $1 and child_id = $2 and source = $3 and superseded_at is null`)
	identitiesOfAll   = statement(identityColumns + `where i.authority = $1 and i.superseded_at is null`)
	identitiesOfOne   = statement(identityColumns + `where i.authority = $1 and i.child_id in (select id from child where authority = $1 and record_id = $2) and i.superseded_at is null order by i.recorded_at desc`)
	identitiesInScope = statement(identityColumns + `join child c on c.authority = i.authority and c.id = i.child_id where ` + access.InScope + ` and i.superseded_at is null`)
)

// AddIdentity records what a source says of a child, in place of what the same
// source said before; of two that one transaction records, the last one stays.
func (tx *Tx) AddIdentity(authority string, i child.Identity) error {
	if err := tx.exec(supersedeIdentity, authority, i.Child, i.Source, instant(tx.Now)); err != nil {
		return err
	}
	if err := tx.keysToSeal(authority, sealedChildren(i)); err != nil {
		return err
	}
	if err := tx.exec(insertIdentity, tx.identityRow(authority, i)...); err != nil {
		return err
	}
	return tx.indexName(authority, i.Child, i.Source, i.Name)
}

// AddIdentities records what returns say of many children at once. Of one child and
// source only the last one stays; the sources must be locked as AddIdentity's are.
func (tx *Tx) AddIdentities(authority string, list []child.Identity) error {
	type key struct{ child, source string }
	latest := map[key]int{}
	for n, i := range list {
		latest[key{i.Child, i.Source}] = n
	}
	fresh := make([]child.Identity, 0, len(latest))
	for n, i := range list {
		if latest[key{i.Child, i.Source}] == n {
			fresh = append(fresh, i)
		}
	}
	for _, i := range fresh {
		if err := tx.exec(supersedeIdentity, authority, i.Child, i.Source, instant(tx.Now)); err != nil {
			return err
		}
	}
	if err := tx.keysToSeal(authority, sealedChildren(fresh...)); err != nil {
		return err
	}
	err := tx.bulk("identity", identityRowColumns, len(fresh), func(n int, put func(...any)) { put(tx.identityRow(authority, fresh[n])...) })
	if err != nil {
		return err
	}
	for _, i := range fresh {
		if i.Name == "" {
			continue // a return names nobody, so that it never had a name that is to go
		}
		if err := tx.indexName(authority, i.Child, i.Source, i.Name); err != nil {
			return err
		}
	}
	return nil
}

// sealedChildren are the children of identities in which something is to be sealed.
func sealedChildren(list ...child.Identity) []string {
	children := make([]string, 0, len(list))
	for _, i := range list {
		if i.Name != "" || i.BirthDate != "" || i.UPN != "" {
			children = append(children, i.Child)
		}
	}
	return children
}

var identityRowColumns = []string{"authority", "child_id", "source", "recorded_at", "recorded_by", "name", "birth_date", "sex", "ethnicity", "upn"}

// identityRow is an identity as it is kept; its child's key is ready.
func (tx *Tx) identityRow(authority string, i child.Identity) []any {
	i.RecordedAt = tx.Now
	of := childOf(authority, i.Child)
	seal := func(column, text string) string {
		return tx.sealReady(of, identityPlace(authority, i, column), text)
	}
	return []any{authority, i.Child, i.Source, instant(tx.Now), i.RecordedBy, seal("name", i.Name), seal("birth_date", string(i.BirthDate)),
		i.Sex, i.Ethnicity, seal("upn", i.UPN)}
}

func identityPlace(authority string, i child.Identity, column string) seal.Place {
	return place(authority, "identity", column, i.Child, i.Source, instant(i.RecordedAt))
}

// EndIdentity takes back what a source said of a child.
func (tx *Tx) EndIdentity(authority, childID, source string) error {
	if err := tx.exec(dropName, authority, childID, source); err != nil {
		return err
	}
	return tx.exec(supersedeIdentity, authority, childID, source, instant(tx.Now))
}

// Identities are what all sources say now, of all children of the authority.
func (tx *Tx) Identities(authority string) ([]child.Identity, error) {
	return tx.openedIdentities(authority, identitiesOfAll, authority)
}

// IdentitiesOfRecord are what all sources say now of a record's children.
func (tx *Tx) IdentitiesOfRecord(authority, record string) ([]child.Identity, error) {
	return tx.openedIdentities(authority, identitiesOfOne, authority, record)
}

// SealedIdentity is what a source says of a child, of which name, day of birth and
// pupil's number are still sealed.
type SealedIdentity struct{ sealed child.Identity }

// Child is whose it is.
func (i SealedIdentity) Child() string { return i.sealed.Child }

// Source is who says so.
func (i SealedIdentity) Source() string { return i.sealed.Source }

// IdentitiesInScope are what all sources say now of the children in scope, sealed: a
// list shows few of them.
func (tx *Tx) IdentitiesInScope(scope access.Scope) ([]SealedIdentity, error) {
	return all(tx, identitiesInScope, scope.Args(), func(row scanner) (SealedIdentity, error) {
		i, err := scanIdentity(row)
		return SealedIdentity{i}, err
	})
}

// OpenIdentities opens what sources say of children of an authority.
func (tx *Tx) OpenIdentities(authority string, sealed []SealedIdentity) ([]child.Identity, error) {
	list := make([]child.Identity, len(sealed))
	for n, i := range sealed {
		list[n] = i.sealed
	}
	return tx.openIdentities(authority, list)
}

func (tx *Tx) openedIdentities(authority string, q stmt, args ...any) ([]child.Identity, error) {
	list, err := all(tx, q, args, scanIdentity)
	if err != nil {
		return nil, err
	}
	return tx.openIdentities(authority, list)
}

func (tx *Tx) openIdentities(authority string, list []child.Identity) ([]child.Identity, error) {
	whose := func(i *child.Identity) string {
		if len(sealedChildren(*i)) == 0 {
			return ""
		}
		return i.Child
	}
	return openAll(tx, authority, list, whose, func(i *child.Identity) (err error) {
		of := childOf(authority, i.Child)
		if i.Name, err = tx.openText(of, identityPlace(authority, *i, "name"), i.Name); err != nil {
			return err
		}
		var birth string
		if birth, err = tx.openText(of, identityPlace(authority, *i, "birth_date"), string(i.BirthDate)); err != nil {
			return err
		}
		i.BirthDate = date.Date(birth)
		i.UPN, err = tx.openText(of, identityPlace(authority, *i, "upn"), i.UPN)
		return err
	})
}

// scanIdentity reads an identity that is still sealed.
func scanIdentity(row scanner) (child.Identity, error) {
	var i child.Identity
	var recorded string
	err := row.Scan(&i.Child, &i.Source, &i.Name, &i.BirthDate, &i.Sex, &i.Ethnicity, &i.UPN, &recorded, &i.RecordedBy)
	i.RecordedAt = parseInstant(recorded)
	return i, err
}
