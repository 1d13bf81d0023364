package store

import (
	"strconv"
	"time"

	"stablefutures/internal/date"
	"stablefutures/internal/seal"
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

// A record shows which file said something, and not what became of the file.
const deliveryOfRecord = `select number, kind, year_ending, file_name, received_at, received_by, rows_read, rows_taken, rows_set_aside, rows_added, rows_changed, rows_gone, rows_same, '' from delivery `

var (
	lastDelivery    = statement(`select coalesce(max(number), 0) from delivery where authority = $1`)
	insertDelivery  = statement(`insert into delivery (authority, number, kind, year_ending, file_name, received_at, received_by, rows_read, rows_taken, rows_set_aside, rows_added, rows_changed, rows_gone, rows_same, report) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`)
	listDeliveries  = statement(deliveryColumns + `where authority = $1 order by number desc limit $2`)
	selectDelivery  = statement(deliveryColumns + `where authority = $1 and number = $2`)
	latestOfReturn  = statement(deliveryColumns + `where authority = $1 and kind = $2 and year_ending = $3 order by number desc limit 1`)
	yearsOfReturns  = statement(`select distinct kind, year_ending from delivery where authority = $1 order by year_ending desc, kind`)
	deliveriesNamed = statement(deliveryOfRecord + `where authority = $1 and number in (select distinct delivery from fact where authority = $1 and child_id in (select id from child where authority = $1 and record_id = $2)) order by number`)
)

// NextDelivery is the number of the authority's next delivery. The authority
// must be locked.
func (tx *Tx) NextDelivery(authority string) (n int, err error) {
	err = tx.one(lastDelivery, []any{authority}, &n)
	return n + 1, err
}

// AddDelivery records that a table was read.
func (tx *Tx) AddDelivery(authority string, d Delivery) error {
	name, err := tx.sealText(ownOf(authority), deliveryPlace(authority, d.Number, "file_name"), d.FileName)
	if err != nil {
		return err
	}
	report, err := tx.sealText(ownOf(authority), deliveryPlace(authority, d.Number, "report"), d.Report)
	if err != nil {
		return err
	}
	return tx.exec(insertDelivery, authority, d.Number, d.Kind, string(d.YearEnding), name,
		instant(tx.Now), d.ReceivedBy, d.RowsRead, d.RowsTaken, d.RowsSetAside, d.Added, d.Changed, d.Gone, d.Same, report)
}

func deliveryPlace(authority string, number int, column string) seal.Place {
	return place(authority, "delivery", column, strconv.Itoa(number))
}

// Deliveries are the latest deliveries, the newest first.
func (tx *Tx) Deliveries(authority string, limit int) ([]Delivery, error) {
	return tx.openedDeliveries(authority, listDeliveries, authority, limit)
}

// Delivery is one delivery; ErrNotFound where there is none.
func (tx *Tx) Delivery(authority string, number int) (Delivery, error) {
	rows, err := tx.openedDeliveries(authority, selectDelivery, authority, number)
	return first(rows, err)
}

// LatestDelivery is the newest delivery of a return; ErrNotFound where there is none.
func (tx *Tx) LatestDelivery(authority, kind string, year date.Date) (Delivery, error) {
	rows, err := tx.openedDeliveries(authority, latestOfReturn, authority, kind, string(year))
	return first(rows, err)
}

// DeliveriesOfRecord are the deliveries from which a record's facts came, without
// their reports.
func (tx *Tx) DeliveriesOfRecord(authority, record string) ([]Delivery, error) {
	return tx.openedDeliveries(authority, deliveriesNamed, authority, record)
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

func (tx *Tx) openedDeliveries(authority string, q stmt, args ...any) ([]Delivery, error) {
	list, err := all(tx, q, args, scanDelivery)
	if err != nil {
		return nil, err
	}
	for n := range list {
		d := &list[n]
		if d.FileName, err = tx.openText(ownOf(authority), deliveryPlace(authority, d.Number, "file_name"), d.FileName); err != nil {
			return nil, err
		}
		if d.Report, err = tx.openText(ownOf(authority), deliveryPlace(authority, d.Number, "report"), d.Report); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// scanDelivery reads a delivery that is still sealed.
func scanDelivery(row scanner) (Delivery, error) {
	var d Delivery
	var received string
	err := row.Scan(&d.Number, &d.Kind, &d.YearEnding, &d.FileName, &received, &d.ReceivedBy,
		&d.RowsRead, &d.RowsTaken, &d.RowsSetAside, &d.Added, &d.Changed, &d.Gone, &d.Same, &d.Report)
	d.ReceivedAt = parseInstant(received)
	return d, err
}
