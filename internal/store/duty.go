package store

import (
	"errors"
	"strconv"
)

// Duty is somebody on duty. The order of a list is that in which they are told.
type Duty struct {
	Account string
	Email   string // where they are told by e-mail too; empty for nowhere
	Lost    bool   // there is an address, and it does not open
}

var (
	listDuty   = statement(`select place, account_id, email from duty where authority = $1 order by place`)
	deleteDuty = statement(`delete from duty where authority = $1`)
	insertDuty = statement(`insert into duty (authority, place, account_id, email) values ($1, $2, $3, $4)`)
)

// Duty is who is on duty, whether or not their accounts are in use. An address that does
// not open keeps nobody from being told.
func (tx *Tx) Duty(authority string) ([]Duty, error) {
	type placed struct {
		Duty
		place int
	}
	list, err := all(tx, listDuty, []any{authority}, func(row scanner) (d placed, err error) {
		return d, row.Scan(&d.place, &d.Account, &d.Email)
	})
	out := make([]Duty, 0, len(list))
	for _, d := range list {
		if err == nil {
			d.Email, err = tx.openText(ownOf(authority), place(authority, "duty", "email", strconv.Itoa(d.place)), d.Email)
			if errors.Is(err, ErrTampered) {
				d.Email, d.Lost, err = "", true, nil
			}
			out = append(out, d.Duty)
		}
	}
	return out, err
}

// SetDuty puts exactly these people on duty, in this order.
func (tx *Tx) SetDuty(authority string, list []Duty) error {
	if err := tx.exec(deleteDuty, authority); err != nil {
		return err
	}
	for n, d := range list {
		email, err := tx.sealText(ownOf(authority), place(authority, "duty", "email", strconv.Itoa(n+1)), d.Email)
		if err != nil {
			return err
		}
		if err := tx.exec(insertDuty, authority, n+1, d.Account, email); err != nil {
			return err
		}
	}
	return nil
}
