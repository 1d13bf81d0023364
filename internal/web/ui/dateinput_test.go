package ui

import (
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stablefutures/internal/date"
)

func TestDateInputReadsWhatPeopleType(t *testing.T) {
	for _, row := range []struct {
		why, day, month, year string
		want                  date.Date
		error, wrong          string
	}{
		{"plain", "27", "3", "2026", "2026-03-27", "", ""},
		{"leading zeros and spaces", " 07 ", "03", "2026", "2026-03-07", "", ""},
		{"a month by its name", "1", "September", "2025", "2025-09-01", "", ""},
		{"a month's first letters", "1", "sep", "2025", "2025-09-01", "", ""},
		{"nothing is an unknown day", "", "", "", "", "", ""},
		{"one box left out", "1", "", "2025", "", "The date of the referral must include a month", "month"},
		{"two left out", "", "", "2025", "", "include a day and a month", "day month"},
		{"a day that does not exist", "30", "2", "2026", "", "February 2026 has no day 30", "day"},
		{"29 February in a year that has one", "29", "2", "2024", "2024-02-29", "", ""},
		{"a year of two digits is not guessed", "1", "2", "26", "", "four digits", "year"},
		{"two letters name no month", "1", "ju", "2026", "", "from 1 to 12", "month"},
		{"month 13", "1", "13", "2026", "", "from 1 to 12", "month"},
		{"letters for a day", "x", "1", "2026", "", "from 1 to 31", "day"},
		{"all that is wrong is said at once, and of what", "32", "13", "26", "", "The date of the referral: the day must be a number from 1 to 31, and the month", "day month year"},
	} {
		c := DateInput{ID: "ref", NamePrefix: "ref"}
		got, ok := c.Read(url.Values{"ref-day": {row.day}, "ref-month": {row.month}, "ref-year": {row.year}}, "the date of the referral")
		if got != row.want || ok != (row.error == "") || !strings.Contains(c.Error, row.error) || strings.Join(c.Wrong, " ") != row.wrong {
			t.Errorf("%s: got %q %v, error %q about %v", row.why, got, ok, c.Error, c.Wrong)
		}
		if !ok && c.Day != strings.TrimSpace(row.day) {
			t.Errorf("%s: what was typed is lost", row.why)
		}
	}
}

func TestADateIsNamedInItsOwnLetters(t *testing.T) {
	var c DateInput
	if c.Read(url.Values{"day": {"3"}}, "“Referred on”"); c.Error != "“Referred on” must include a month and a year." {
		t.Error(c.Error)
	}
}

func TestDateInputReadsBackWhatItShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := date.Date("1900-01-01").AddDays(rapid.IntRange(0, 70000).Draw(t, "days"))
		var c DateInput
		c.Set(day)
		got, ok := c.Read(url.Values{"day": {c.Day}, "month": {c.Month}, "year": {c.Year}}, "the day")
		if !ok || got != day {
			t.Fatalf("%s was read back as %q (%s)", day, got, c.Error)
		}
	})
}
