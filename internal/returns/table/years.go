package table

import "stablefutures/internal/date"

// Years counts the days on which a table says that something happened, by the
// year (1 April to 31 March) in which they lie, so that the table's year can be
// told from them. Birth dates, planned days and days to come are not counted. The
// zero Years is empty.
type Years struct {
	counts [lastYear - firstYear + 2]int32 // by the calendar year in which the year ends
	total  int32
}

const firstYear, lastYear = 1900, 2100

// few is how small a share of a table's days is left out as mistyped: one in a hundred.
const few = 100

// Add counts a day; an unknown one is left out.
func (y *Years) Add(d date.Date) {
	if len(d) != len("2006-01-02") {
		return
	}
	year := int(d[0]-'0')*1000 + int(d[1]-'0')*100 + int(d[2]-'0')*10 + int(d[3]-'0')
	if d[5:7] > "03" {
		year++
	}
	if year >= firstYear && year <= lastYear+1 {
		y.counts[year-firstYear]++
		y.total++
	}
}

// Ending is the last day of the latest year in which more than a few of the days
// lie; unknown where there are no days. One mistyped day does not move a return.
func (y *Years) Ending() date.Date {
	for i := len(y.counts) - 1; i >= 0; i-- {
		if n := y.counts[i]; n > 0 && n*few >= y.total {
			return date.YearEndingIn(firstYear + i)
		}
	}
	return ""
}
