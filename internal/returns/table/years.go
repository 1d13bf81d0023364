package table

import "stablefutures/internal/date"

// Years counts the days on which a table says that something began or happened,
// by the year (1 April to 31 March) in which they lie, so that the table's year
// can be told from them. Birth dates, planned days and days to come are not
// counted. Days on which something ended are counted apart: a period that runs on
// into the next year must not carry its return there. The zero Years is empty.
type Years struct {
	began, ended counts
}

// counts are days by the calendar year in which their year ends.
type counts struct {
	in    [lastYear - firstYear + 2]int32
	total int32
}

const firstYear, lastYear = 1900, 2100

// few is how small a share of a table's days is left out as mistyped: one in a hundred.
const few = 100

// Add counts a day on which something began or happened; an unknown one is left out.
func (y *Years) Add(d date.Date) { y.began.add(d) }

// AddEnd counts a day on which something ended.
func (y *Years) AddEnd(d date.Date) { y.ended.add(d) }

func (c *counts) add(d date.Date) {
	if len(d) != len("2006-01-02") {
		return
	}
	year := int(d[0]-'0')*1000 + int(d[1]-'0')*100 + int(d[2]-'0')*10 + int(d[3]-'0')
	if d[5:7] > "03" {
		year++
	}
	if year >= firstYear && year <= lastYear+1 {
		c.in[year-firstYear]++
		c.total++
	}
}

// Ending is the last day of the latest year in which more than a few of the days
// lie; unknown where there are no days. One mistyped day does not move a return.
// Ends are asked only where nothing in the table has a beginning.
func (y *Years) Ending() date.Date {
	if y.began.total == 0 {
		return y.ended.ending()
	}
	return y.began.ending()
}

func (c *counts) ending() date.Date {
	for i := len(c.in) - 1; i >= 0; i-- {
		if n := c.in[i]; n > 0 && n*few >= c.total {
			return date.YearEndingIn(firstYear + i)
		}
	}
	return ""
}
