package store

import "time"

// Authority is a council, or whoever answers for the children.
type Authority struct {
	Code      string
	Name      string
	Fictional bool
	Edition   string // id of the edition in which new conversations are held
	Version   int    // raised by every change of the authority's records
	CreatedAt time.Time
}

var (
	insertAuthority = statement(`insert into authority (code, name, fictional, edition, version, created_at) values ($1, $2, $3, $4, 0, $5)`)
	selectAuthority = statement(`select code, name, fictional, edition, version, created_at from authority where code = $1`)
	listAuthorities = statement(`select code, name, fictional, edition, version, created_at from authority order by code`)
	useEdition      = statement(`update authority set edition = $2 where code = $1`)
	renameAuthority = statement(`update authority set name = $2 where code = $1`)
)

// AddAuthority adds an authority, with its log; ErrConflict where its code is taken.
func (tx *Tx) AddAuthority(a Authority) error {
	if err := tx.exec(insertAuthority, a.Code, a.Name, flag(a.Fictional), a.Edition, instant(tx.Now)); err != nil {
		return err
	}
	return tx.exec(insertLedger, a.Code)
}

// Authority is the authority with a code; ErrNotFound where there is none.
func (tx *Tx) Authority(code string) (Authority, error) {
	rows, err := all(tx, selectAuthority, []any{code}, scanAuthority)
	return first(rows, err)
}

// Authorities are all authorities of the database, by code.
func (tx *Tx) Authorities() ([]Authority, error) {
	return all(tx, listAuthorities, nil, scanAuthority)
}

// UseEdition sets the edition in which new conversations are held.
func (tx *Tx) UseEdition(authority, edition string) error {
	return tx.execOne(useEdition, authority, edition)
}

// RenameAuthority gives an authority another name.
func (tx *Tx) RenameAuthority(authority, name string) error {
	return tx.execOne(renameAuthority, authority, name)
}

func scanAuthority(row scanner) (Authority, error) {
	var a Authority
	var fictional int
	var created string
	err := row.Scan(&a.Code, &a.Name, &fictional, &a.Edition, &a.Version, &created)
	a.Fictional, a.CreatedAt = fictional == 1, parseInstant(created)
	return a, err
}

// first is the first of rows; ErrNotFound where there is none.
func first[T any](rows []T, err error) (T, error) {
	var none T
	if err != nil {
		return none, err
	}
	if len(rows) == 0 {
		return none, ErrNotFound
	}
	return rows[0], nil
}

// flag is a truth as both engines keep it.
func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// orNil keeps an empty text as no value, for columns where none means "not yet".
func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}
