package store

import (
	"encoding/json"
	"fmt"

	"stablefutures/internal/care"
	"stablefutures/internal/date"
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
	factKeys      = statement(`select row_key, row_hash from fact where authority = $1 and return_kind = $2 and year_ending = $3 and superseded_by is null order by row_key`)
	supersedeFact = statement(`update fact set superseded_by = $5 where authority = $1 and return_kind = $2 and year_ending = $3 and row_key = $4 and superseded_by is null`)
	factsOfRecord = statement(factColumns + `where f.authority = $1 and c.record_id = $2 and f.superseded_by is null order by f.began desc, f.kind, f.delivery, f.n`)
	factsOfReturn = statement(factColumns + `where f.authority = $1 and f.return_kind = $2 and ($3 = '' or f.year_ending = $3) and f.kind = $4 and f.superseded_by is null`)
	factors       = statement(factColumns + `where f.authority = $1 and f.kind = 'factor' and f.code = $2 and f.ended >= $3 and f.ended <= $4 and f.superseded_by is null`)
	openMissing   = statement(factColumns + `where f.authority = $1 and f.return_kind = 'ssda903/missing' and f.year_ending = $2 and f.code = 'M' and f.ended = '' and f.superseded_by is null`)
	sharedReturns = statement(`select distinct child_id, return_kind, year_ending from fact where authority = $1 and superseded_by is null`)
)

const factColumns = `select f.kind, f.began, f.ended, f.code, f.details, c.record_id, f.child_id, f.delivery, f.return_kind, f.year_ending, f.sheet, f.row_number
	from fact f join child c on c.authority = f.authority and c.id = f.child_id `

// FactKeys are the rows that a return holds now: key of the row to its hash.
func (tx *Tx) FactKeys(authority, kind string, year date.Date) (map[string]string, error) {
	out := map[string]string{}
	err := tx.each(factKeys, []any{authority, kind, string(year)}, func(row scanner) error {
		var key, hash string
		err := row.Scan(&key, &hash)
		out[key] = hash
		return err
	})
	return out, err
}

// SupersedeFacts takes rows of a return out of what holds now, in favour of a delivery.
func (tx *Tx) SupersedeFacts(authority, returnKind string, year date.Date, keys []string, delivery int) (err error) {
	if len(keys) == 0 {
		return nil
	}
	prepared, err := tx.tx.PrepareContext(tx.ctx, string(supersedeFact))
	if err != nil {
		return kind(err)
	}
	defer func() {
		if closing := prepared.Close(); err == nil {
			err = closing
		}
	}()
	for _, key := range keys {
		if _, err := prepared.ExecContext(tx.ctx, authority, returnKind, string(year), key, delivery); err != nil {
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
	return all(tx, openMissing, []any{authority, string(year)}, scanFact)
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
