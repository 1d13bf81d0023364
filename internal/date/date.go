// Package date is a calendar day as the returns, the register and the
// conversations speak of it: YYYY-MM-DD, without a time or a zone.
//
// It lives here because the whole domain shares it. Instants (when something
// was recorded) are time.Time and do not belong here.
package date

import (
	"fmt"
	"time"
)

// Date is a day written YYYY-MM-DD, or the empty string where none is known.
// Dates compare with < and > as strings, because the layout sorts.
type Date string

const layout = "2006-01-02"

// Parse reads YYYY-MM-DD and refuses days that do not exist (2026-02-30).
func Parse(s string) (Date, error) {
	t, err := time.Parse(layout, s)
	if err != nil {
		return "", fmt.Errorf("%q is not a day written YYYY-MM-DD", s)
	}
	return Of(t), nil
}

// Of is the day on which t falls in t's own zone.
func Of(t time.Time) Date { return Date(t.Format(layout)) }

// Known tells whether there is a day at all.
func (d Date) Known() bool { return d != "" }

// Time is midnight UTC at the start of d; the zero time where d is unknown.
func (d Date) Time() time.Time {
	t, err := time.Parse(layout, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// AddDays moves d by n days; an unknown day stays unknown.
func (d Date) AddDays(n int) Date {
	if !d.Known() {
		return d
	}
	return Of(d.Time().AddDate(0, 0, n))
}

// AddMonths moves d by n months, staying in the target month: a month after
// 31 January is 28 or 29 February.
func (d Date) AddMonths(n int) Date {
	if !d.Known() {
		return d
	}
	t := d.Time()
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Of(first.AddDate(0, 0, min(t.Day(), last)-1))
}

// DaysUntil counts the days from d to other, negative when other is earlier.
// It is 0 where either is unknown.
func (d Date) DaysUntil(other Date) int {
	if !d.Known() || !other.Known() {
		return 0
	}
	return int(other.Time().Sub(d.Time()).Hours() / 24)
}

// AgeOn is the age in completed years on a day, and false where it cannot be
// told. Somebody born on 29 February is a year older on 1 March of other years.
func (d Date) AgeOn(on Date) (years int, ok bool) {
	if !d.Known() || !on.Known() || on < d {
		return 0, false
	}
	b, t := d.Time(), on.Time()
	years = t.Year() - b.Year()
	if t.Month() < b.Month() || t.Month() == b.Month() && t.Day() < b.Day() {
		years--
	}
	return years, true
}

// YearEnding is the last day (31 March) of the return year in which d falls.
// Returns run from 1 April to 31 March.
func (d Date) YearEnding() Date {
	if !d.Known() {
		return d
	}
	t := d.Time()
	year := t.Year()
	if t.Month() > time.March {
		year++
	}
	return YearEndingIn(year)
}

// YearEndingIn is the last day of the return year that ends in a calendar year.
func YearEndingIn(year int) Date { return Date(fmt.Sprintf("%04d-03-31", year)) }

// YearBegin is the first day (1 April) of the return year in which d falls.
func (d Date) YearBegin() Date {
	if !d.Known() {
		return d
	}
	return d.YearEnding().AddMonths(-12).AddDays(1)
}

// Long is the day as people read it: 31 March 2026.
func (d Date) Long() string {
	if !d.Known() {
		return ""
	}
	return d.Time().Format("2 January 2006")
}

// Short is the day in a table: 31 Mar 2026.
func (d Date) Short() string {
	if !d.Known() {
		return ""
	}
	return d.Time().Format("2 Jan 2006")
}

// Month is the month in words: "March 2025"; empty for an unknown day.
func (d Date) Month() string {
	if !d.Known() {
		return ""
	}
	return d.Time().Format("January 2006")
}
