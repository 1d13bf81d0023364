package store

import (
	"time"

	"stablefutures/internal/date"
)

// Delivery is one table of one file that was read for one year. A return is
// known by its authority, kind and year; a later delivery of the same return
// takes the place of the earlier one's facts.
type Delivery struct {
	Number       int // 1 for the authority's first
	Kind         string
	YearEnding   date.Date
	FileName     string
	ReceivedAt   time.Time
	ReceivedBy   string // account; empty for the command line
	RowsRead     int
	RowsTaken    int
	RowsSetAside int
	Added        int
	Changed      int
	Gone         int
	Same         int
	Report       string // JSON: problems and values read as something else
}

const deliveryColumns = `select number, kind, year_ending, file_name, received_at, received_by, rows_read, rows_taken, rows_set_aside, rows_added, rows_changed, rows_gone, rows_same, report from delivery `

var (
	lastDelivery    = statement(`select coalesce(max(number), 0) from delivery where authority = $1`)
	insertDelivery  = statement(`insert into delivery (authority, number, kind, year_ending, file_name, received_at, received_by, rows_read, rows_taken, rows_set_aside, rows_added, rows_changed, rows_gone, rows_same, report) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`)
	listDeliveries  = statement(deliveryColumns + `where authority = $1 order by number desc limit $2`)
	selectDelivery  = statement(deliveryColumns + `where authority = $1 and number = $2`)
	latestOfReturn  = statement(deliveryColumns + `where authority = $1 and kind = $2 and year_ending = $3 order by number desc limit 1`)
	yearsOfReturns  = statement(`select distinct kind, year_ending from delivery where authority = $1 order by year_ending desc, kind`)
	deliveriesNamed = statement(deliveryColumns + `where authority = $1 and number in (select distinct delivery from fact where authority = $1 and child_id in (select id from child where authority = $1 and record_id = $2)) order by number`)
)

// NextDelivery is the number of the authority's next delivery. The authority
// must be locked.
func (tx *Tx) NextDelivery(authority string) (n int, err error) {
	err = tx.one(lastDelivery, []any{authority}, &n)
	return n + 1, err
}

// AddDelivery records that a table was read.
func (tx *Tx) AddDelivery(authority string, d Delivery) error {
	return tx.exec(insertDelivery, authority, d.Number, d.Kind, string(d.YearEnding), d.FileName,
		instant(tx.Now), d.ReceivedBy, d.RowsRead, d.RowsTaken, d.RowsSetAside, d.Added, d.Changed, d.Gone, d.Same, d.Report)
}

// Deliveries are the latest deliveries, the newest first.
func (tx *Tx) Deliveries(authority string, limit int) ([]Delivery, error) {
	return all(tx, listDeliveries, []any{authority, limit}, scanDelivery)
}

// Delivery is one delivery; ErrNotFound where there is none.
func (tx *Tx) Delivery(authority string, number int) (Delivery, error) {
	rows, err := all(tx, selectDelivery, []any{authority, number}, scanDelivery)
	return first(rows, err)
}

// LatestDelivery is the newest delivery of a return; ErrNotFound where there is none.
func (tx *Tx) LatestDelivery(authority, kind string, year date.Date) (Delivery, error) {
	rows, err := all(tx, latestOfReturn, []any{authority, kind, string(year)}, scanDelivery)
	return first(rows, err)
}

// DeliveriesOfRecord are the deliveries from which a record's facts came.
func (tx *Tx) DeliveriesOfRecord(authority, record string) ([]Delivery, error) {
	return all(tx, deliveriesNamed, []any{authority, record}, scanDelivery)
}

// Return is one return that was read at some time.
type Return struct {
	Kind       string
	YearEnding date.Date
}

// Returns are all returns that were read, the latest year first.
func (tx *Tx) Returns(authority string) ([]Return, error) {
	return all(tx, yearsOfReturns, []any{authority}, func(row scanner) (Return, error) {
		var r Return
		err := row.Scan(&r.Kind, &r.YearEnding)
		return r, err
	})
}

func scanDelivery(row scanner) (Delivery, error) {
	var d Delivery
	var received string
	err := row.Scan(&d.Number, &d.Kind, &d.YearEnding, &d.FileName, &received, &d.ReceivedBy,
		&d.RowsRead, &d.RowsTaken, &d.RowsSetAside, &d.Added, &d.Changed, &d.Gone, &d.Same, &d.Report)
	d.ReceivedAt = parseInstant(received)
	return d, err
}
