package table_test

import (
	"testing"

	"stablefutures/internal/date"
	"stablefutures/internal/returns/table"
)

func TestTheYearOfATable(t *testing.T) {
	for _, c := range []struct {
		why  string
		days map[date.Date]int
		want date.Date
	}{
		{"no day, no year", nil, ""},
		{"31 March ends a year", map[date.Date]int{"2026-03-31": 1}, "2026-03-31"},
		{"1 April begins the next", map[date.Date]int{"2026-03-31": 5, "2026-04-01": 1}, "2027-03-31"},
		{"one mistyped day among many does not move the return", map[date.Date]int{"2017-06-01": 60, "2018-02-01": 140, "2062-01-05": 1}, "2018-03-31"},
		{"a hundredth of the days is more than a slip", map[date.Date]int{"2018-02-01": 99, "2018-05-01": 1}, "2019-03-31"},
		{"a day that is none is left out", map[date.Date]int{"": 3, "2020-01-01": 1}, "2020-03-31"},
	} {
		var y table.Years
		for d, n := range c.days {
			for range n {
				y.Add(d)
			}
		}
		if got := y.Ending(); got != c.want {
			t.Errorf("%s: %s, want %s", c.why, got, c.want)
		}
	}
}

// A missing period that ends in May belongs to the return of the year in which
// it began.
func TestEndsDoNotCarryATableIntoTheNextYear(t *testing.T) {
	var y table.Years
	y.Add("2026-03-01")
	y.AddEnd("2026-05-02")
	if got := y.Ending(); got != "2026-03-31" {
		t.Errorf("the year of a period that began in March is %s", got)
	}
	var ends table.Years
	ends.AddEnd("2026-05-02")
	if got := ends.Ending(); got != "2027-03-31" {
		t.Errorf("a table of ends alone has the year %s", got)
	}
}
