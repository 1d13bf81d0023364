package annexa

import (
	"strconv"
	"strings"
	"time"

	"stablefutures/internal/date"
)

// Serial numbers that are taken for days: 1927 to 2100, as Excel counts them.
const firstSerial, lastSerial = 10_000, 73_415

// layouts are the ways in which days are written in text, all of them with the
// day before the month: 04/05/2026 is the fourth of May.
var layouts = []string{"2/1/2006", "2006-01-02", "2-1-2006", "2.1.2006", "2 January 2006", "2 Jan 2006", "2-Jan-2006", "2-January-2006", "2-Jan-06"}

// parseDay reads a day: as text, or as a spreadsheet's serial number. A midnight
// behind it is left out; another time of day is no day of a return.
func parseDay(cell string) (date.Date, bool) {
	if d, ok := serialDay(cell); ok {
		return d, true
	}
	if at := strings.IndexAny(cell, " T"); at >= 8 && strings.ContainsRune(cell[at:], ':') {
		if strings.Trim(cell[at+1:], "0:.Z") != "" {
			return "", false
		}
		cell = cell[:at]
	}
	for _, layout := range layouts {
		t, err := time.Parse(layout, cell)
		if err == nil && t.Year() >= 1900 && t.Year() <= 2100 {
			return date.Of(t), true
		}
	}
	return "", false
}

// serialDay is the day of a spreadsheet's serial number; the part of a day behind
// the point is left out.
func serialDay(cell string) (date.Date, bool) {
	whole, part, fraction := strings.Cut(cell, ".")
	if fraction && strings.Trim(part, "0123456789") != "" {
		return "", false
	}
	n, err := strconv.Atoi(whole)
	if err != nil || len(whole) != 5 || n < firstSerial || n > lastSerial {
		return "", false
	}
	return date.Date("1899-12-30").AddDays(n), true
}
