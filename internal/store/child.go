package store

import (
	"database/sql"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
)

const childColumns = `select c.id, c.reference, c.la_id, c.record_id, c.team, c.created_at, c.created_by from child c `

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

// ChildrenInScope are all children whose records are in scope.
func (tx *Tx) ChildrenInScope(scope access.Scope) ([]child.Child, error) {
	return all(tx, childrenInScope, scope.Args(), scanChild)
}

func scanChild(row scanner) (child.Child, error) {
	var c child.Child
	var la sql.NullString
	var created string
	err := row.Scan(&c.ID, &c.Reference, &la, &c.Record, &c.Team, &created, &c.CreatedBy)
	c.LAID, c.CreatedAt = la.String, parseInstant(created)
	return c, err
}
