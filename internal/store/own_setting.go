package store

import (
	"encoding/json"
	"fmt"
	"time"
)

// OwnSetting is what an authority sets for the young people's pages.
type OwnSetting struct {
	Minutes   int    // after which an alert goes to the next
	Days      int    // in which an ask is answered
	LeaveTo   string // address of a harmless page to which Leave leads; empty for none
	Numbers   []OwnNumber
	ChangedAt time.Time // zero where nothing was set yet
	ChangedBy string
}

// OwnNumber is a number that young people can call. Key is that of a text of the pages,
// which is then shown in every language; without one Name is shown as it is.
type OwnNumber struct {
	Name   string `json:"name"`
	Number string `json:"number"`
	Key    string `json:"key"`
}

var (
	selectOwnSetting = statement(`select alert_minutes, answer_days, leave_to, numbers, changed_at, changed_by from own_setting where authority = $1`)
	setOwnSetting    = statement(`insert into own_setting (authority, alert_minutes, answer_days, leave_to, numbers, changed_at, changed_by) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (authority) do update set alert_minutes = $2, answer_days = $3, leave_to = $4, numbers = $5, changed_at = $6, changed_by = $7`)
)

// OwnSetting is what an authority set; ErrNotFound where it set nothing yet.
func (tx *Tx) OwnSetting(authority string) (s OwnSetting, err error) {
	var numbers, changed string
	err = tx.one(selectOwnSetting, []any{authority}, &s.Minutes, &s.Days, &s.LeaveTo, &numbers, &changed, &s.ChangedBy)
	if err != nil {
		return s, err
	}
	s.ChangedAt = parseInstant(changed)
	if err := json.Unmarshal([]byte(numbers), &s.Numbers); err != nil {
		return s, fmt.Errorf("the numbers that young people can call: %w", err)
	}
	return s, nil
}

// SetOwnSetting keeps what an authority sets, in the place of what it set before.
func (tx *Tx) SetOwnSetting(authority string, s OwnSetting) error {
	numbers, err := json.Marshal(s.Numbers)
	if err != nil {
		return err
	}
	return tx.exec(setOwnSetting, authority, s.Minutes, s.Days, s.LeaveTo, string(numbers), instant(tx.Now), s.ChangedBy)
}
