package ssda903

import (
	"strings"
	"sync"
	"time"

	"stablefutures/internal/date"
)

// Days of a return are dd/mm/yyyy; a spreadsheet may have made yyyy-mm-dd of
// them, or put a midnight behind, or gives its serial number. Years before 1900
// and after 2100 are refused.
const firstYear, lastYear = 1900, 2100

// Serial numbers that are taken for days: 1927 to 2100. Excel counts from 1 for
// 1 January 1900 and takes 1900 for a leap year.
const firstSerial, lastSerial = 10_000, 73_415

// calendar holds every day of those years as one string, so that a day of a
// return costs neither an allocation nor a call of package time.
type calendar struct {
	all    string // YYYY-MM-DD one after another
	months []int  // number of days before each month, and at the end all
}

var days = sync.OnceValue(func() *calendar {
	c := &calendar{}
	var all strings.Builder
	n := 0
	for t := time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC); t.Year() <= lastYear; t = t.AddDate(0, 0, 1) {
		if t.Day() == 1 {
			c.months = append(c.months, n)
		}
		all.WriteString(t.Format("2006-01-02"))
		n++
	}
	c.months, c.all = append(c.months, n), all.String()
	return c
})

// parse reads a day; ok is false where the cell holds none.
func (c *calendar) parse(cell string) (d date.Date, ok bool) {
	if len(cell) == 10 && cell[2] == '/' && cell[5] == '/' {
		return c.day(number(cell[6:10]), number(cell[3:5]), number(cell[0:2]))
	}
	return c.parseOther(cell)
}

func (c *calendar) parseOther(cell string) (date.Date, bool) {
	if head, rest, found := cutTime(cell); found && strings.Trim(rest, "0:.Z") == "" {
		cell = head
	}
	if isSerial(cell) {
		n := (number(cell[:5]) - 2) * 10
		return date.Date(c.all[n : n+10]), true
	}
	if len(cell) == 10 && cell[4] == '-' && cell[7] == '-' {
		return c.day(number(cell[0:4]), number(cell[5:7]), number(cell[8:10]))
	}
	d, rest, one := strings.Cut(cell, "/")
	m, y, two := strings.Cut(rest, "/")
	if !one || !two || len(d) > 2 || len(m) > 2 || len(y) != 4 {
		return "", false
	}
	return c.day(number(y), number(m), number(d))
}

// isSerial tells a spreadsheet's serial number of a day; a part of a day behind
// the point is the time, and left out.
func isSerial(cell string) bool {
	if len(cell) < 5 || len(cell) > 5 && (cell[5] != '.' || number(cell[6:]) < 0) {
		return false
	}
	n := number(cell[:5])
	return n >= firstSerial && n <= lastSerial
}

func cutTime(cell string) (head, rest string, found bool) {
	if i := strings.IndexAny(cell, " T"); i > 0 {
		return cell[:i], cell[i+1:], true
	}
	return cell, "", false
}

func (c *calendar) day(y, m, d int) (date.Date, bool) {
	if y < firstYear || y > lastYear || m < 1 || m > 12 || d < 1 {
		return "", false
	}
	at := (y-firstYear)*12 + m - 1
	n := c.months[at] + d - 1
	if n >= c.months[at+1] {
		return "", false
	}
	return date.Date(c.all[n*10 : n*10+10]), true
}

// number reads digits only; -1 for anything else.
func number(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	if s == "" {
		return -1
	}
	return n
}
