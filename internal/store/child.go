package store

import (
	"database/sql"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
)

const childColumns = `select c.id, c.reference, c.la_id, c.record_id, c.team, c.created_at, c.created_by from child c `

const identityColumns = `select i.child_id, i.source, i.name, i.birth_date, i.sex, i.ethnicity, i.upn, i.recorded_at, i.recorded_by from identity i `

var (
	insertChild      = statement(`insert into child (authority, id, reference, la_id, record_id, team, created_at, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8)`)
	childrenByLAID   = statement(`select la_id, id, record_id from child where authority = $1 and la_id is not null`)
	childrenOfRecord = statement(childColumns + `where c.authority = $1 and c.record_id = $2 order by c.created_at, c.id`)
	selectChild      = statement(childColumns + `where c.authority = $1 and c.id = $2`)
	recordInScope    = statement(childColumns + `where ` + access.InScope + ` and c.id = (select x.record_id from child x where x.authority = $1 and x.id = $6)`)
	recordByRef      = statement(childColumns + `where ` + access.InScope + ` and c.reference = $6`)
	childrenInScope  = statement(childColumns + `where ` + access.InScope)
	references       = statement(`select reference from child where authority = $1`)
	moveChild        = statement(`update child set record_id = $3 where authority = $1 and id = $2`)

	insertIdentity = statement(`insert into identity (authority, child_id, source, recorded_at, recorded_by, name, name_key, birth_date, sex, ethnicity, upn) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		on conflict (authority, child_id, source, recorded_at) do update set recorded_by = excluded.recorded_by, name = excluded.name, name_key = excluded.name_key,
		birth_date = excluded.birth_date, sex = excluded.sex, ethnicity = excluded.ethnicity, upn = excluded.upn, superseded_at = null`)
	supersedeIdentity = statement(`update identity set superseded_at = $4 where authority = $1 and child_id = $2 and source = $3 and superseded_at is null`)
	identitiesOfAll   = statement(identityColumns + `where i.authority = $1 and i.superseded_at is null`)
	identitiesOfOne   = statement(identityColumns + `where i.authority = $1 and i.child_id in (select id from child where authority = $1 and record_id = $2) and i.superseded_at is null order by i.recorded_at desc`)
	identitiesInScope = statement(identityColumns + `join child c on c.authority = i.authority and c.id = i.child_id where ` + access.InScope + ` and i.superseded_at is null`)
)

// AddChild adds a child; ErrConflict where its reference or the authority's id is taken.
func (tx *Tx) AddChild(authority string, c child.Child) error {
	return tx.exec(insertChild, authority, c.ID, c.Reference, orNil(c.LAID), c.Record, c.Team, instant(tx.Now), c.CreatedBy)
}

// AddChildren adds many children at once; no reference and no id may be taken.
func (tx *Tx) AddChildren(authority string, list []child.Child) error {
	columns := []string{"authority", "id", "reference", "la_id", "record_id", "created_at", "created_by"}
	return tx.bulk("child", columns, len(list), func(i int, put func(...any)) {
		c := &list[i]
		put(authority, c.ID, c.Reference, orNil(c.LAID), c.Record, instant(tx.Now), c.CreatedBy)
	})
}

// References are all references that are taken.
func (tx *Tx) References(authority string) (map[string]bool, error) {
	out := map[string]bool{}
	err := tx.each(references, []any{authority}, func(row scanner) error {
		var reference string
		err := row.Scan(&reference)
		out[reference] = true
		return err
	})
	return out, err
}

// ChildKey is a child by the authority's own id.
type ChildKey struct{ ID, Record string }

// ChildrenByLAID are all children that have an id of the authority, by that id.
func (tx *Tx) ChildrenByLAID(authority string) (map[string]ChildKey, error) {
	out := map[string]ChildKey{}
	err := tx.each(childrenByLAID, []any{authority}, func(row scanner) error {
		var la string
		var key ChildKey
		err := row.Scan(&la, &key.ID, &key.Record)
		out[la] = key
		return err
	})
	return out, err
}

// Child is one child by id, without regard to scope; ErrNotFound where there is none.
func (tx *Tx) Child(authority, id string) (child.Child, error) {
	rows, err := all(tx, selectChild, []any{authority, id}, scanChild)
	return first(rows, err)
}

// Record is the head of a record in scope; ErrNotFound where there is none or it
// is somebody else's: the two are the same answer. A child that a link has put
// into another record leads to that record, so that no address dies.
func (tx *Tx) Record(scope access.Scope, record string) (child.Child, error) {
	rows, err := all(tx, recordInScope, scope.Args(record), scanChild)
	return first(rows, err)
}

// RecordByReference is the child in scope with a reference.
func (tx *Tx) RecordByReference(scope access.Scope, reference string) (child.Child, error) {
	rows, err := all(tx, recordByRef, scope.Args(reference), scanChild)
	return first(rows, err)
}

// ChildrenOfRecord are the children whose facts a record shows, the first made first.
func (tx *Tx) ChildrenOfRecord(authority, record string) ([]child.Child, error) {
	return all(tx, childrenOfRecord, []any{authority, record}, scanChild)
}

// MoveChild makes a child's facts show in another record.
func (tx *Tx) MoveChild(authority, id, record string) error {
	return tx.execOne(moveChild, authority, id, record)
}

// AddIdentity records what a source says of a child, in place of what the same
// source said before; of two that one transaction records, the last one stays.
func (tx *Tx) AddIdentity(authority string, i child.Identity) error {
	if err := tx.exec(supersedeIdentity, authority, i.Child, i.Source, instant(tx.Now)); err != nil {
		return err
	}
	return tx.exec(insertIdentity, authority, i.Child, i.Source, instant(tx.Now), i.RecordedBy,
		i.Name, child.Fold(i.Name), string(i.BirthDate), i.Sex, i.Ethnicity, i.UPN)
}

// AddIdentities records what sources say of many children at once. Of one child
// and source only the last one stays; the sources must be locked as AddIdentity's are.
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
	columns := []string{"authority", "child_id", "source", "recorded_at", "recorded_by", "name", "name_key", "birth_date", "sex", "ethnicity", "upn"}
	return tx.bulk("identity", columns, len(fresh), func(n int, put func(...any)) {
		i := &fresh[n]
		put(authority, i.Child, i.Source, instant(tx.Now), i.RecordedBy, i.Name, child.Fold(i.Name), string(i.BirthDate), i.Sex, i.Ethnicity, i.UPN)
	})
}

// EndIdentity takes back what a source said of a child.
func (tx *Tx) EndIdentity(authority, childID, source string) error {
	return tx.exec(supersedeIdentity, authority, childID, source, instant(tx.Now))
}

// Identities are what all sources say now, of all children of the authority.
func (tx *Tx) Identities(authority string) ([]child.Identity, error) {
	return all(tx, identitiesOfAll, []any{authority}, scanIdentity)
}

// IdentitiesInScope are what all sources say now of the children in scope.
func (tx *Tx) IdentitiesInScope(scope access.Scope) ([]child.Identity, error) {
	return all(tx, identitiesInScope, scope.Args(), scanIdentity)
}

// IdentitiesOfRecord are what all sources say now of a record's children.
func (tx *Tx) IdentitiesOfRecord(authority, record string) ([]child.Identity, error) {
	return all(tx, identitiesOfOne, []any{authority, record}, scanIdentity)
}

func scanChild(row scanner) (child.Child, error) {
	var c child.Child
	var la sql.NullString
	var created string
	err := row.Scan(&c.ID, &c.Reference, &la, &c.Record, &c.Team, &created, &c.CreatedBy)
	c.LAID, c.CreatedAt = la.String, parseInstant(created)
	return c, err
}

func scanIdentity(row scanner) (child.Identity, error) {
	var i child.Identity
	var recorded string
	err := row.Scan(&i.Child, &i.Source, &i.Name, &i.BirthDate, &i.Sex, &i.Ethnicity, &i.UPN, &recorded, &i.RecordedBy)
	i.RecordedAt = parseInstant(recorded)
	return i, err
}

// ChildrenInScope are all children whose records are in scope.
func (tx *Tx) ChildrenInScope(scope access.Scope) ([]child.Child, error) {
	return all(tx, childrenInScope, scope.Args(), scanChild)
}
