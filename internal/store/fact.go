package store

import (
	"encoding/json"
	"errors"
	"fmt"

	"stablefutures/internal/care"
	"stablefutures/internal/date"
	"stablefutures/internal/seal"
)

// Fact is what one row of a return says of one child, with where it came from.
type Fact struct {
	care.Fact
	Record     string
	Child      string
	Delivery   int
	ReturnKind string
	YearEnding date.Date
	Sheet      string
	Row        int // 1-based row of the file
}

var (
	factKeys      = statement(`select f.row_key, f.row_hash ` + ofReturn)
	factPlaces    = statement(`select f.row_key, f.delivery, f.n ` + ofReturn)
	supersedeFact = statement(`update fact set superseded_by = $4 where authority = $1 and delivery = $2 and n = $3`)
	factsOfRecord = statement(factColumns + `from child c cross join fact f cross join delivery d
		where c.authority = $1 and c.record_id = $2 and f.authority = c.authority and f.child_id = c.id and f.superseded_by is null
		and d.authority = f.authority and d.number = f.delivery order by f.began desc, f.kind, f.delivery, f.n`)
	factsOfReturn = statement(factColumns + factsByReturn + `and ($3 = '' or d.year_ending = $3) and f.kind = $4`)
	factors       = statement(factColumns + `from fact f cross join child c cross join delivery d
		where f.authority = $1 and f.kind = 'factor' and f.code = $2 and f.ended >= $3 and f.ended <= $4 and f.superseded_by is null
		and c.authority = f.authority and c.id = f.child_id and d.authority = f.authority and d.number = f.delivery`)
	openMissing   = statement(factColumns + factsByReturn + `and d.year_ending = $3 and f.code = 'M' and f.ended = ''`)
	sharedReturns = statement(`select distinct f.child_id, d.kind, d.year_ending from fact f join delivery d on d.authority = f.authority and d.number = f.delivery where f.authority = $1 and f.superseded_by is null`)
)

const factColumns = `select f.kind, f.began, f.ended, f.code, f.details, c.record_id, f.child_id, f.delivery, d.kind, d.year_ending, f.sheet, f.row_number `

// The tables stand in the order in which they are to be read: SQLite keeps to the
// order of a cross join, and PostgreSQL finds its own.
const (
	// ofReturn are the facts of one return that hold now.
	ofReturn = `from delivery d cross join fact f
		where d.authority = $1 and d.kind = $2 and d.year_ending = $3 and f.authority = d.authority and f.delivery = d.number and f.superseded_by is null`
	factsByReturn = `from delivery d cross join fact f cross join child c
		where d.authority = $1 and d.kind = $2 and f.authority = d.authority and f.delivery = d.number and f.superseded_by is null
		and c.authority = f.authority and c.id = f.child_id `
)

// rowDigests seals what rows say in short: it could be tried whose date of birth makes it.
func (tx *Tx) rowDigests() seal.Digests { return tx.ring().Digests("row hash") }

// FactKeys are the rows that a return holds now: key of the row to its hash.
func (tx *Tx) FactKeys(authority, kind string, year date.Date) (map[string]string, error) {
	out, digests := map[string]string{}, tx.rowDigests()
	err := tx.each(factKeys, []any{authority, kind, string(year)}, func(row scanner) error {
		var key, sealed string
		err := row.Scan(&key, &sealed)
		if err == nil {
			out[key], err = digests.Open(sealed)
		}
		return err
	})
	return out, err
}

// SupersedeFacts takes rows of a return out of what holds now, in favour of a delivery.
func (tx *Tx) SupersedeFacts(authority, returnKind string, year date.Date, keys []string, delivery int) (err error) {
	if len(keys) == 0 || tx.dry {
		return nil
	}
	gone := make(map[string]bool, len(keys))
	for _, key := range keys {
		gone[key] = true
	}
	type place struct{ delivery, n int }
	var places []place
	err = tx.each(factPlaces, []any{authority, returnKind, string(year)}, func(row scanner) error {
		var key string
		var p place
		if err := row.Scan(&key, &p.delivery, &p.n); err != nil {
			return err
		}
		if gone[key] {
			places = append(places, p)
		}
		return nil
	})
	if err != nil {
		return err
	}
	prepared, err := tx.tx.PrepareContext(tx.ctx, string(supersedeFact))
	if err != nil {
		return kind(err)
	}
	defer func() { err = errors.Join(err, prepared.Close()) }()
	for _, p := range places {
		if _, err := prepared.ExecContext(tx.ctx, authority, p.delivery, p.n, delivery); err != nil {
			return kind(err)
		}
	}
	return nil
}

// FactsOfRecord are the facts that hold now of a record's children, the latest first.
func (tx *Tx) FactsOfRecord(authority, record string) ([]Fact, error) {
	return all(tx, factsOfRecord, []any{authority, record}, scanFact)
}

// FactsOfReturn are the facts of a kind that hold now in the returns of a kind:
// those of one year, or of all years where year is empty.
func (tx *Tx) FactsOfReturn(authority, returnKind string, year date.Date, kind care.Kind) ([]Fact, error) {
	return all(tx, factsOfReturn, []any{authority, returnKind, string(year), string(kind)}, scanFact)
}

// Factors are the factors with a code on assessments that ended from one day to
// another, both included.
func (tx *Tx) Factors(authority, code string, from, to date.Date) ([]Fact, error) {
	return all(tx, factors, []any{authority, code, string(from), string(to)}, scanFact)
}

// OpenMissing are the missing periods without an end in a year's return.
func (tx *Tx) OpenMissing(authority string, year date.Date) ([]Fact, error) {
	return all(tx, openMissing, []any{authority, "ssda903/missing", string(year)}, scanFact)
}

// ReturnsOfChildren tells in which returns each child stands now.
func (tx *Tx) ReturnsOfChildren(authority string) (map[string][]Return, error) {
	out := map[string][]Return{}
	err := tx.each(sharedReturns, []any{authority}, func(row scanner) error {
		var id string
		var r Return
		err := row.Scan(&id, &r.Kind, &r.YearEnding)
		out[id] = append(out[id], r)
		return err
	})
	return out, err
}

func scanFact(row scanner) (Fact, error) {
	var f Fact
	var text string
	err := row.Scan(&f.Kind, &f.Began, &f.Ended, &f.Code, &text, &f.Record, &f.Child, &f.Delivery, &f.ReturnKind, &f.YearEnding, &f.Sheet, &f.Row)
	if err != nil || text == "" {
		return f, err
	}
	if err := json.Unmarshal([]byte(text), &f.Details); err != nil {
		return f, fmt.Errorf("read the details of a fact: %w", err)
	}
	return f, nil
}
