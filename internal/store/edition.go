package store

import "time"

// StoredEdition is an imported edition of the framework, as JSON.
type StoredEdition struct {
	ID         string
	Body       string
	ImportedAt time.Time
	ImportedBy string
}

var (
	insertEdition = statement(`insert into edition (authority, id, body, imported_at, imported_by) values ($1, $2, $3, $4, $5)`)
	selectEdition = statement(`select id, body, imported_at, imported_by from edition where authority = $1 and id = $2`)
	listEditions  = statement(`select id from edition where authority = $1 order by id`)
)

// AddEdition keeps an edition; ErrConflict where its id is taken: an edition
// never changes, because readings are bound to it.
func (tx *Tx) AddEdition(authority string, e StoredEdition) error {
	return tx.exec(insertEdition, authority, e.ID, e.Body, instant(tx.Now), e.ImportedBy)
}

// Editions are the ids of an authority's imported editions.
func (tx *Tx) Editions(authority string) ([]string, error) {
	return all(tx, listEditions, []any{authority}, func(row scanner) (id string, err error) {
		err = row.Scan(&id)
		return id, err
	})
}

// Edition is one of an authority's imported editions.
func (tx *Tx) Edition(authority, id string) (e StoredEdition, err error) {
	var imported string
	err = tx.one(selectEdition, []any{authority, id}, &e.ID, &e.Body, &imported, &e.ImportedBy)
	e.ImportedAt = parseInstant(imported)
	return e, err
}
