package cell_test

import (
	"testing"

	"stablefutures/internal/returns/cell"
)

func TestDaysAsPeopleAndProgramsWriteThem(t *testing.T) {
	for _, row := range []struct {
		cell, want, why string
		form            cell.Form
	}{
		{"01/04/2025", "2025-04-01", "as the return asks", cell.Plain},
		{"1/4/2025", "2025-04-01", "without zeros", cell.Plain},
		{"2025-04-01", "2025-04-01", "as databases write it", cell.Plain},
		{"2025/04/01", "2025-04-01", "the same with strokes", cell.Plain},
		{"01-04-2025", "2025-04-01", "with hyphens", cell.Plain},
		{"1.4.2025", "2025-04-01", "with points", cell.Plain},
		{"1 April 2025", "2025-04-01", "in words", cell.Plain},
		{"1st April 2025", "2025-04-01", "in words, counted", cell.Plain},
		{"01-Apr-2025", "2025-04-01", "as Oracle writes it", cell.Plain},
		{"01-APR-25", "2025-04-01", "the same with two figures", cell.Guessed},
		{"01-May-99", "1999-05-01", "of the last century", cell.Guessed},
		{"2025-04-01 00:00:00", "2025-04-01", "with midnight behind", cell.Plain},
		{"2025-04-01T00:00:00.000Z", "2025-04-01", "with midnight and a zone behind", cell.Plain},
		{"01/04/2025 00:00", "2025-04-01", "midnight behind a British day", cell.Plain},
		{"01/04/2025 14:35", "2025-04-01", "with a time of day", cell.Timed},
		{"01/04/2025 2:35 PM", "2025-04-01", "with a time of the afternoon", cell.Timed},
		{"2025-04-01 09:12:33", "2025-04-01", "as a database logs it", cell.Timed},
		{"2025-04-01T23:30:00+01:00", "2025-04-01", "with an offset", cell.Timed},
		{"1 April 2025 09:12", "2025-04-01", "in words, with a time", cell.Timed},
		{"2025-04-01Z", "2025-04-01", "a day of XML with a zone", cell.Plain},
		{"2025-04-01+01:00", "2025-04-01", "a day of XML with an offset", cell.Plain},
		{"45748", "2025-04-01", "a serial number", cell.Serial},
		{"45748.0", "2025-04-01", "a serial number with a point", cell.Serial},
		{"45748.5", "2025-04-01", "a serial number at noon", cell.Timed},
		{"10000", "1927-05-18", "the first serial number taken", cell.Serial},
		{"73415", "2100-12-31", "the last serial number taken", cell.Serial},
		{"29/02/2024", "2024-02-29", "a leap day", cell.Plain},
		{"73416", "", "one further", cell.NoDay},
		{"9999", "", "a number, no day", cell.NoDay},
		{"45748.", "", "a point with nothing behind", cell.NoDay},
		{"45748.5x", "", "a number with a letter", cell.NoDay},
		{"04/31/2025", "", "the American way", cell.NoDay},
		{"01/04/25", "", "figures alone, a year of two: which of them it is cannot be told", cell.NoDay},
		{"29/02/2100", "", "2100 is no leap year", cell.NoDay},
		{"00/04/2025", "", "no day", cell.NoDay},
		{"aa/bb/cccc", "", "no numbers", cell.NoDay},
		{"01/04/2025 25:00", "", "no time of day", cell.NoDay},
		{"1 Smarch 2025", "", "no month", cell.NoDay},
		{"01/04/1899", "", "too early", cell.NoDay},
		{"2025-W14-2", "", "a week", cell.NoDay},
		{"//:::: ::", "", "signs alone", cell.NoDay},
	} {
		d, form := cell.Days().Parse(row.cell)
		if string(d) != row.want || form != row.form {
			t.Errorf("%s: %q = %q in form %d, want %q in form %d", row.why, row.cell, d, form, row.want, row.form)
		}
	}
}

func TestWhatMayBeAChildsID(t *testing.T) {
	for id, want := range map[string]string{
		"123456": "", "c1": "", "A1": "", "0077": "", "CHILD10": "", "P-12345": "", "2024/001": "", "AB_12": "", "LL.1234": "", "12E4": "", "K7P4-TM": "", "KPQD-TM": "", "back": "",
		"6f1ed002ab5595859014ebf0951522d9b5ad1b5aa1cd0b5d4b5d4b5d4b5d4b5d": "",
		"": "missing-child-id", "#N/A": "missing-child-id", "#REF!": "missing-child-id", "n/a": "missing-child-id", "NULL": "missing-child-id", "-": "missing-child-id",
		cell.NoResult: "unreadable-child-id", cell.TooLong: "unreadable-child-id",
		"Total": "totals-row", "TOTAL": "totals-row", "Grand total": "totals-row", "Total: 12": "totals-row", "Sub-total": "totals-row", "(8 rows affected)": "totals-row", "count": "totals-row",
		"1.23457E+11": "damaged-child-id", "1.0E5": "damaged-child-id", "1E+05": "damaged-child-id",
		"ZQ9 7XY": "odd-child-id", "ZQ97XY": "odd-child-id", "zq9 7xy": "odd-child-id", "E16AN": "odd-child-id",
		"Jane Quigglethorpe": "odd-child-id", "Quigglethorpe": "odd-child-id", "QUIGLEY": "odd-child-id", "QUIGLEY,JANE": "odd-child-id", "O'Quigley": "odd-child-id", "12 High Street": "odd-child-id",
		"01/02/2010": "odd-child-id", "2010-02-01": "odd-child-id", "=1+1": "odd-child-id", "-12": "odd-child-id", "Zoë1": "odd-child-id", "1\x002": "odd-child-id", "1\uFFFD2": "odd-child-id", "1\n2": "odd-child-id",
		"c12345678901234567890123456789012345678901234567890123456789012345": "long-child-id",
	} {
		got := ""
		if f := cell.Child(id, "row"); f != nil {
			got = f.Code
		}
		if got != want {
			t.Errorf("%q: %q, want %q", id, got, want)
		}
	}
}

func TestAPointBehindAnID(t *testing.T) {
	for id, want := range map[string]string{"1234.0": "1234", "1234": "1234", "A.0": "A.0", "1.00": "1.00", ".0": ".0"} {
		if got, told := cell.TrimPoint(id); got != want || told != (got != id) {
			t.Errorf("%q: %q, told %v", id, got, told)
		}
	}
}

func FuzzDay(f *testing.F) {
	for _, s := range []string{"01/02/2025 14:35", "45748.25", "1st May 2025", "2025-04-01T23:30:00+01:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, form := cell.Days().Parse(text)
		if d.Known() != (form != cell.NoDay) || d.Known() && (d < "1900-01-01" || d > "2100-12-31") {
			t.Errorf("%q = %q in form %d", text, d, form)
		}
		cell.Child(text, "row")
	})
}
