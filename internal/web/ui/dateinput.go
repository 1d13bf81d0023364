package ui

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"stablefutures/internal/date"
)

// DateInput asks for a day in three boxes. The boxes keep what was typed, right
// or wrong.
type DateInput struct {
	ID               string // the boxes are ID-day, ID-month, ID-year
	NamePrefix       string // the names are NamePrefix-day and so on; day, month, year where empty
	Legend           Legend
	Hint             string // "For example, 27 3 2026"
	Error            string
	Wrong            []string // which of "day", "month", "year" the error is about; all where empty
	Day, Month, Year string
	Birthday         bool // lets the browser fill in the user's own date of birth
	DescribedBy      string
	Classes          string
	GroupClasses     string
}

func (DateInput) templateName() string { return "ui-date-input" }

// box is one of the three inputs.
type box struct {
	ID, Name, Label, Value, Autocomplete, Classes string
}

// Boxes works out ids, names and states of the three inputs.
func (c DateInput) Boxes() []box {
	prefix := ""
	if c.NamePrefix != "" {
		prefix = c.NamePrefix + "-"
	}
	boxes := make([]box, 0, 3)
	for _, part := range []struct{ name, label, value, width string }{
		{"day", "Day", c.Day, Width2}, {"month", "Month", c.Month, Width2}, {"year", "Year", c.Year, Width4},
	} {
		b := box{ID: c.ID + "-" + part.name, Name: prefix + part.name, Label: part.label, Value: part.value, Classes: part.width}
		if c.Error != "" && (len(c.Wrong) == 0 || slices.Contains(c.Wrong, part.name)) {
			b.Classes = "govuk-input--error " + b.Classes
		}
		if c.Birthday {
			b.Autocomplete = "bday-" + part.name
		}
		boxes = append(boxes, b)
	}
	return boxes
}

// Set fills the boxes from a day; an unknown day leaves them empty.
func (c *DateInput) Set(d date.Date) {
	c.Day, c.Month, c.Year = "", "", ""
	if d.Known() {
		t := d.Time()
		c.Day, c.Month, c.Year = strconv.Itoa(t.Day()), strconv.Itoa(int(t.Month())), strconv.Itoa(t.Year())
	}
}

// Read takes the three boxes from a form. what names the date as a sentence would
// ("the date of the referral"). Three empty boxes are an unknown day, without an
// error: whether a day is needed is the caller's business. Where the boxes hold
// no day, Read says so in Error and Wrong and gives false: of which date, and all
// that is wrong with it. A month may be written
// as a word; a year needs four digits.
func (c *DateInput) Read(form url.Values, what string) (date.Date, bool) {
	prefix := ""
	if c.NamePrefix != "" {
		prefix = c.NamePrefix + "-"
	}
	c.Day = strings.TrimSpace(form.Get(prefix + "day"))
	c.Month = strings.TrimSpace(form.Get(prefix + "month"))
	c.Year = strings.TrimSpace(form.Get(prefix + "year"))
	c.Error, c.Wrong = "", nil
	if c.Day == "" && c.Month == "" && c.Year == "" {
		return "", true
	}
	if c.missing(what) {
		return "", false
	}
	return c.parse(what)
}

// ErrorHref is where an error summary links to: the first box that is wrong.
func (c DateInput) ErrorHref() string {
	if len(c.Wrong) > 0 {
		return "#" + c.ID + "-" + c.Wrong[0]
	}
	return "#" + c.ID + "-day"
}

func (c *DateInput) missing(what string) bool {
	for _, part := range []struct{ name, value string }{{"day", c.Day}, {"month", c.Month}, {"year", c.Year}} {
		if part.value == "" {
			c.Wrong = append(c.Wrong, part.name)
		}
	}
	if len(c.Wrong) == 0 {
		return false
	}
	c.Error = fmt.Sprintf("%s must include a %s.", capital(what), strings.Join(c.Wrong, " and a "))
	return true
}

func (c *DateInput) parse(what string) (date.Date, bool) {
	day, dayErr := strconv.Atoi(c.Day)
	month, monthOK := monthOf(c.Month)
	year, yearErr := strconv.Atoi(c.Year)
	var faults []string
	fault := func(part, says string) {
		c.Wrong, faults = append(c.Wrong, part), append(faults, says)
	}
	if dayErr != nil || day < 1 || day > 31 {
		fault("day", "the day must be a number from 1 to 31")
	}
	if !monthOK {
		fault("month", "the month must be a number from 1 to 12, or its name")
	}
	if yearErr != nil || len(c.Year) != 4 || year < 1000 {
		fault("year", "the year must have four digits, like 2026")
	}
	if len(faults) > 0 {
		c.Error = capital(what) + ": " + strings.Join(faults, ", and ") + "."
		return "", false
	}
	d, err := date.Parse(fmt.Sprintf("%04d-%02d-%02d", year, int(month), day))
	if err != nil {
		c.Error = fmt.Sprintf("%s must be a day that exists: %s %d has no day %d.", capital(what), month, year, day)
		c.Wrong = []string{"day"}
		return "", false
	}
	return d, true
}

func monthOf(text string) (time.Month, bool) {
	if n, err := strconv.Atoi(text); err == nil {
		return time.Month(n), n >= 1 && n <= 12
	}
	text = strings.ToLower(text)
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		if text == name || len(text) >= 3 && strings.HasPrefix(name, text) {
			return m, true
		}
	}
	return 0, false
}

func capital(text string) string {
	if text == "" {
		return text
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}
