// Package register holds what a council records of exploitation and the
// National Referral Mechanism (NRM): referral, reasonable grounds, conclusive
// grounds, exploitation types, guardian; and the state "suspected, not
// referred". It speaks the vocabulary of the NRM digital referral form.
//
// No SQL and no pages belong here; the list of fields drives the template, the
// page and the checks alike.
package register

import (
	"strings"

	"stablefutures/internal/date"
)

// State says whether the child was referred to the NRM. Values are stored.
type State string

const (
	Referred  State = "referred"
	Suspected State = "suspected"
)

// Entry is one version of one child's register entry: the value of each field
// by the field's id. Days are YYYY-MM-DD, choices are option ids, lists are
// option ids or words joined by "; ". A field without a value is absent.
type Entry map[string]string

// State is the entry's state, or empty where none was recorded yet.
func (e Entry) State() State { return State(e[FieldState]) }

// Day is the day in a field, unknown where the field is empty or no day.
func (e Entry) Day(field string) date.Date {
	d, err := date.Parse(e[field])
	if err != nil {
		return ""
	}
	return d
}

// List is the value of a list field, item by item, in the order it is stored.
func (e Entry) List(field string) []string { return SplitList(e[field]) }

// SplitList takes a stored list apart; nil where it is empty.
func SplitList(value string) []string {
	var items []string
	for part := range strings.SplitSeq(value, ";") {
		if part = strings.TrimSpace(part); part != "" {
			items = append(items, part)
		}
	}
	return items
}

// JoinList puts a list together as it is stored.
func JoinList(items []string) string { return strings.Join(items, "; ") }

// OpenAt tells whether the child had an NRM referral on a day that was not yet
// closed. The day of referral and the day of closing both count as open; a
// referral whose day is unknown counts as made before.
func (e Entry) OpenAt(day date.Date) bool {
	return e.State() == Referred && e.Day(FieldReferredOn) <= day && !e.ClosedBefore(day)
}

// ClosedBefore tells whether the NRM referral was closed on an earlier day.
func (e Entry) ClosedBefore(day date.Date) bool {
	closed := e.Day(FieldClosedOn)
	return closed.Known() && closed < day
}
