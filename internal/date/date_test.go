package date_test

import (
	"testing"

	"stablefutures/internal/date"
)

func TestParseRefusesDaysThatDoNotExist(t *testing.T) {
	for _, s := range []string{"2026-02-30", "30/02/2026", "2026-3-1", "", "2026-13-01"} {
		if d, err := date.Parse(s); err == nil {
			t.Errorf("Parse(%q) = %q, want an error", s, d)
		}
	}
	if d, err := date.Parse("2024-02-29"); err != nil || d != "2024-02-29" {
		t.Errorf("Parse(leap day) = %q, %v", d, err)
	}
}

func TestReturnYear(t *testing.T) {
	for _, row := range []struct{ day, begin, ending date.Date }{
		{"2026-03-31", "2025-04-01", "2026-03-31"},
		{"2026-04-01", "2026-04-01", "2027-03-31"},
		{"2024-02-29", "2023-04-01", "2024-03-31"},
	} {
		if got := row.day.YearEnding(); got != row.ending {
			t.Errorf("%s ends in %s, want %s", row.day, got, row.ending)
		}
		if got := row.day.YearBegin(); got != row.begin {
			t.Errorf("%s begins on %s, want %s", row.day, got, row.begin)
		}
	}
}

func TestAge(t *testing.T) {
	for _, row := range []struct {
		born, on date.Date
		want     int
		ok       bool
		why      string
	}{
		{"2010-05-02", "2026-05-01", 15, true, "the day before the birthday"},
		{"2010-05-02", "2026-05-02", 16, true, "the birthday"},
		{"2008-02-29", "2026-02-28", 17, true, "a leap day child the day before"},
		{"2008-02-29", "2026-03-01", 18, true, "a leap day child in another year"},
		{"", "2026-03-01", 0, false, "no date of birth"},
		{"2027-01-01", "2026-03-01", 0, false, "not born yet"},
	} {
		if got, ok := row.born.AgeOn(row.on); got != row.want || ok != row.ok {
			t.Errorf("%s: %d, %v; want %d, %v", row.why, got, ok, row.want, row.ok)
		}
	}
}

func TestMonthsStayInTheirMonth(t *testing.T) {
	for _, row := range []struct {
		from date.Date
		n    int
		want date.Date
	}{{"2026-01-31", 1, "2026-02-28"}, {"2024-01-31", 1, "2024-02-29"}, {"2026-03-31", -12, "2025-03-31"}, {"2026-11-30", 3, "2027-02-28"}} {
		if got := row.from.AddMonths(row.n); got != row.want {
			t.Errorf("%s %+d months = %s, want %s", row.from, row.n, got, row.want)
		}
	}
}
