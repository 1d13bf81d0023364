package cell

import (
	"strings"
	"sync"
	"time"

	"stablefutures/internal/date"
)

// Years before 1900 and after 2100 are no years of a return.
const firstYear, lastYear = 1900, 2100

// Serial numbers that are taken for days: 1927 to 2100. Excel counts from 1 for
// 1 January 1900 and takes 1900 for a leap year.
const firstSerial, lastSerial = 10_000, 73_415

// Form is how a cell writes its day.
type Form uint8

const (
	NoDay   Form = iota // the cell holds no day
	Plain               // day, month and year: 31/03/2026, 2026-03-31, 31 March 2026
	Guessed             // a year of two figures behind the name of a month: 01-May-25
	Timed               // a day with a time of day behind it, which is left out
	Serial              // a spreadsheet's number
)

// How days with a time of day are told, all together: there may be as many of them
// as rows.
const (
	TimedDays = "(days with a time of day)"
	ADayAlone = "(the day alone)"
	// The same of dates of birth that stand there as a number or with a short year.
	ShortDays = "(numbers, or years of two figures)"
	WholeDays = "(the days that they stand for)"
)

// Calendar holds every day of those years as one string, so that a day of a
// return costs neither an allocation nor a call of package time.
type Calendar struct {
	all    string // YYYY-MM-DD one after another
	months []int  // number of days before each month, and at the end all
}

// Days is the one calendar.
var Days = sync.OnceValue(func() *Calendar {
	c := &Calendar{}
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

// Parse reads a day, always with the day before the month: 04/05/2026 is the
// fourth of May.
func (c *Calendar) Parse(cell string) (date.Date, Form) {
	if len(cell) == 10 && cell[2] == '/' && cell[5] == '/' {
		return c.day(digits(cell[6:10]), digits(cell[3:5]), digits(cell[0:2]), Plain)
	}
	return c.parseOther(cell)
}

func (c *Calendar) parseOther(cell string) (date.Date, Form) {
	if len(cell) < 5 || len(cell) > 60 {
		return "", NoDay
	}
	if n, timed, ok := serial(cell); ok {
		at := (n - 2) * 10
		form := Serial
		if timed {
			form = Timed
		}
		return date.Date(c.all[at : at+10]), form
	}
	head, midnight := cutTime(cell)
	d, form := c.written(head)
	if form != NoDay && !midnight {
		form = Timed
	}
	return d, form
}

// written reads the three parts of a day that stands alone.
func (c *Calendar) written(cell string) (date.Date, Form) {
	at := strings.IndexAny(cell, "/-. ")
	if at < 1 {
		return "", NoDay
	}
	sign := cell[at : at+1]
	a, rest, _ := strings.Cut(cell, sign)
	b, e, two := strings.Cut(rest, sign)
	switch {
	case !two:
		return "", NoDay
	case len(a) == 4 && (sign == "-" || sign == "/") && len(b) <= 2 && len(e) <= 2:
		return c.day(digits(a), digits(b), digits(e), Plain)
	case len(b) > 2 && (sign == "-" || sign == " " || sign == "/"):
		return c.named(ordinal.Replace(a), strings.TrimSuffix(b, ","), e)
	case sign != " " && len(a) <= 2 && len(b) <= 2 && len(e) == 4:
		return c.day(digits(e), digits(b), digits(a), Plain)
	}
	return "", NoDay
}

var ordinal = strings.NewReplacer("st", "", "nd", "", "rd", "", "th", "")

// named reads a day whose month has a name; years 69 to 99 of two figures are
// those of the last century.
func (c *Calendar) named(day, month, year string) (date.Date, Form) {
	m := 0
	for i, name := range monthNames {
		if strings.EqualFold(month, name) || strings.EqualFold(month, name[:3]) || strings.EqualFold(month, "sept") && i == 8 {
			m = i + 1
		}
	}
	switch {
	case m == 0 || len(day) > 2:
		return "", NoDay
	case len(year) == 4:
		return c.day(digits(year), m, digits(day), Plain)
	case len(year) == 2:
		y := digits(year)
		if y < 0 {
			return "", NoDay
		}
		if y += 2000; y >= 2069 {
			y -= 100
		}
		return c.day(y, m, digits(day), Guessed)
	}
	return "", NoDay
}

var monthNames = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

// serial tells a spreadsheet's number of a day; a part of a day behind the point
// is the time.
func serial(cell string) (n int, timed, ok bool) {
	if len(cell) > 5 && cell[5] != '.' {
		return 0, false, false
	}
	if n = digits(cell[:5]); n < firstSerial || n > lastSerial {
		return 0, false, false
	}
	if len(cell) > 6 {
		part := cell[6:]
		if digits(part[:min(len(part), 15)]) < 0 || digits(part[max(0, len(part)-15):]) < 0 {
			return 0, false, false
		}
		timed = strings.Trim(part, "0") != ""
	}
	return n, timed, len(cell) != 6
}

// cutTime parts a day from the time of day behind it, which may be midnight.
func cutTime(cell string) (day string, midnight bool) {
	if rest, ok := strings.CutSuffix(cell, "Z"); ok && len(rest) == 10 { // xs:date with a zone
		return rest, true
	}
	colon := strings.IndexByte(cell, ':')
	if colon < 9 {
		return cell, true
	}
	from := colon
	for from > colon-2 && cell[from-1] >= '0' && cell[from-1] <= '9' {
		from--
	}
	if from == colon || cell[from-1] != ' ' && cell[from-1] != 'T' {
		if len(cell) == 16 && (cell[10] == '+' || cell[10] == '-') { // xs:date with an offset
			return cell[:10], true
		}
		return cell, true
	}
	time := cell[from:]
	if strings.Trim(time, "0123456789:. +-ZzUTCGMaApPmM") != "" || digits(time[:colon-from]) > 24 {
		return cell, true
	}
	return strings.TrimRight(cell[:from-1], " "), strings.Trim(time, "0:.Z ") == ""
}

func (c *Calendar) day(y, m, d int, form Form) (date.Date, Form) {
	if y < firstYear || y > lastYear || m < 1 || m > 12 || d < 1 {
		return "", NoDay
	}
	at := (y-firstYear)*12 + m - 1
	n := c.months[at] + d - 1
	if n >= c.months[at+1] {
		return "", NoDay
	}
	return date.Date(c.all[n*10 : n*10+10]), form
}

// digits reads digits only; -1 for anything else.
func digits(s string) int {
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
