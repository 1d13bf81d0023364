package register

import (
	"fmt"
	"slices"

	"stablefutures/internal/date"
)

// Problem is one thing in an entry that cannot be right (an error: it must be
// mended before the entry is saved) or that looks odd (a warning: it is said,
// and the entry may be saved).
type Problem struct {
	Field   string // id of the field at which the remedy lies
	Code    string // stable, lower case, hyphens: "future-date"
	Message string // plain English with the remedy
	Warning bool
}

// Errors are the problems that must be mended.
func Errors(problems []Problem) []Problem {
	return slices.DeleteFunc(slices.Clone(problems), func(p Problem) bool { return p.Warning })
}

// Warnings are the problems that are said but let the entry be saved.
func Warnings(problems []Problem) []Problem {
	return slices.DeleteFunc(slices.Clone(problems), func(p Problem) bool { return !p.Warning })
}

// Check looks for values that no field may hold and for facts that contradict
// each other. born may be unknown: then nothing is checked against it. Problems
// come in the order of the fields.
func Check(e Entry, born, today date.Date) []Problem {
	c := checker{entry: e, born: born, today: today}
	c.values()
	c.days()
	c.state()
	c.decisions()
	c.age()
	c.exploitation()
	c.person()
	c.guardian()
	slices.SortStableFunc(c.problems, func(a, b Problem) int { return fieldIndex[a.Field] - fieldIndex[b.Field] })
	return c.problems
}

type checker struct {
	entry       Entry
	born, today date.Date
	problems    []Problem
}

func (c *checker) fail(field, code, format string, args ...any) {
	c.problems = append(c.problems, Problem{Field: field, Code: code, Message: fmt.Sprintf(format, args...)})
}

func (c *checker) warn(field, code, format string, args ...any) {
	c.problems = append(c.problems, Problem{Field: field, Code: code, Message: fmt.Sprintf(format, args...), Warning: true})
}

func label(id string) string {
	if f, ok := FieldByID(id); ok {
		return f.Label
	}
	return id
}

// values refuses what no field may hold: an unknown field, a value that is not
// in the form in which entries keep it.
func (c *checker) values() {
	ids := make([]string, 0, len(c.entry))
	for id := range c.entry {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		f, ok := FieldByID(id)
		if !ok {
			c.fail(id, "unknown-field", "The register has no field %q: leave it out.", id)
			continue
		}
		value, _, err := ParseValue(f, c.entry[id])
		switch {
		case err != nil:
			c.fail(id, "unknown-value", "%s.", err)
		case value != c.entry[id]:
			c.fail(id, "unknown-value", "%q is not kept in the form that the register uses: enter it again.", f.Label)
		}
	}
}

// days holds every day against birth and today.
func (c *checker) days() {
	for _, f := range fields {
		if f.Kind != Day {
			continue
		}
		d := c.entry.Day(f.ID)
		if d > c.today && c.today.Known() {
			c.fail(f.ID, "future-date", "%s is %s, which has not come yet: give the day on which it happened.", quote(f.ID), d.Long())
		}
		if d.Known() && d < c.born {
			c.fail(f.ID, "before-birth", "%s is %s, before the date of birth (%s): mend the one that is wrong.", quote(f.ID), d.Long(), c.born.Long())
		}
	}
}

// notBefore is the rule that one day may not come before another.
func (c *checker) notBefore(later, earlier string) {
	a, b := c.entry.Day(earlier), c.entry.Day(later)
	if a.Known() && b.Known() && b < a {
		c.fail(later, "wrong-order", "%s (%s) is before %s (%s): mend the one that is wrong.", quote(later), b.Long(), quote(earlier), a.Long())
	}
}

func quote(id string) string { return fmt.Sprintf("%q", label(id)) }
