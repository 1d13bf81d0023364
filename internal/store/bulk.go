package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// FactRow is a fact on its way in, with its details as JSON (the empty text for none).
type FactRow struct {
	RowKey    string
	RowHash   string
	Child     string
	Kind      string
	Began     string
	Ended     string
	Code      string
	Details   string
	Sheet     string
	RowNumber int
}

var factRowColumns = []string{
	"authority", "delivery", "n", "row_key", "row_hash",
	"child_id", "kind", "began", "ended", "code", "details", "sheet", "row_number",
}

// AddFacts adds the facts of one delivery: in blocks on SQLite, with COPY on
// PostgreSQL. They are put in the order of their children, so that the index by which a
// record finds them grows at its end; facts of one child keep their order.
func (tx *Tx) AddFacts(authority string, d Delivery, rows []FactRow) error {
	slices.SortStableFunc(rows, func(a, b FactRow) int { return strings.Compare(a.Child, b.Child) })
	if tx.dry {
		return nil
	}
	digests, hashes := tx.rowDigests(), make([]string, len(rows))
	for i := range rows {
		var err error
		if hashes[i], err = digests.Seal(rows[i].RowHash); err != nil {
			return err
		}
	}
	return tx.bulk("fact", factRowColumns, len(rows), func(i int, put func(...any)) {
		r := &rows[i]
		put(authority, d.Number, i+1, r.RowKey, hashes[i],
			r.Child, r.Kind, r.Began, r.Ended, r.Code, r.Details, r.Sheet, r.RowNumber)
	})
}

// recountFrom is how many new rows are worth a count. PostgreSQL plans by what it last
// counted, and by itself never counts what an open transaction added: to look up each
// record of a first import it would read the whole table anew.
const recountFrom = 10_000

// bulk adds n rows to a table; each is asked for row i and puts its values, one
// for each column.
func (tx *Tx) bulk(table string, columns []string, n int, each func(i int, put func(...any))) error {
	if n == 0 || tx.dry {
		return nil
	}
	if tx.engine == PostgreSQL {
		if err := tx.copyIn(table, columns, n, each); err != nil || n < recountFrom {
			return err
		}
		return tx.exec(stmt("analyze " + table))
	}
	return tx.insertBlocks(table, columns, n, each)
}

// copyIn uses PostgreSQL's COPY on the transaction's own connection.
func (tx *Tx) copyIn(table string, columns []string, n int, each func(i int, put func(...any))) error {
	var row []any
	i := 0
	source := pgx.CopyFromFunc(func() ([]any, error) {
		if i == n {
			return nil, nil
		}
		row = row[:0]
		each(i, func(values ...any) { row = append(row, values...) })
		i++
		return row, nil
	})
	return tx.onPostgreSQL(func(conn *pgx.Conn) error {
		_, err := conn.CopyFrom(tx.ctx, pgx.Identifier{table}, columns, source)
		return err
	})
}

// blockRows is how many rows one INSERT carries: with 15 columns well under
// SQLite's 32,766 parameters, and past the point where more make it faster.
const blockRows = 50

// insertBlocks uses one prepared INSERT of many rows, and a shorter one for the rest.
func (tx *Tx) insertBlocks(table string, columns []string, n int, each func(i int, put func(...any))) error {
	for begin := 0; begin < n; {
		size := min(blockRows, n-begin)
		last := begin + (n-begin)/size*size
		if err := tx.insertRun(insertText(table, columns, size), begin, last, size, each); err != nil {
			return err
		}
		begin = last
	}
	return nil
}

func (tx *Tx) insertRun(text string, from, to, size int, each func(i int, put func(...any))) (err error) {
	prepared, err := tx.tx.PrepareContext(tx.ctx, text)
	if err != nil {
		return kind(err)
	}
	defer func() { err = errors.Join(err, prepared.Close()) }()
	var args []any
	put := func(values ...any) { args = append(args, values...) }
	for begin := from; begin < to; begin += size {
		args = args[:0]
		for i := begin; i < begin+size; i++ {
			each(i, put)
		}
		if _, err := prepared.ExecContext(tx.ctx, args...); err != nil {
			return kind(err)
		}
	}
	return nil
}

// insertText is an INSERT of size rows. Its parameters have no names: the driver
// looks names up one by one, which takes as long as all the rest.
// Safety: table and columns are constants of this package; values are parameters.
func insertText(table string, columns []string, size int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "insert into %s (%s) values ", table, strings.Join(columns, ", "))
	for i := range size {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('(')
		for j := range columns {
			if j > 0 {
				b.WriteByte(',')
			}
			b.WriteByte('?')
		}
		b.WriteByte(')')
	}
	return b.String()
}
