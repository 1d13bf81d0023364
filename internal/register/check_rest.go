package register

import (
	"fmt"
	"regexp"
	"slices"
)

func (c *checker) exploitation() {
	if c.entry[FieldCountyLines] == Yes && !slices.Contains(c.entry.List(FieldTypes), TypeCriminal) {
		c.warn(FieldTypes, "county-lines-without-criminal", "County lines is a form of criminal exploitation, but that type is not chosen: add it, or change the answer about county lines.")
	}
	if c.entry[FieldExploitedWhere] == "uk" && c.entry[FieldCountries] != "" {
		c.warn(FieldExploitedWhere, "where-differs", "Countries of exploitation are named, but exploitation is recorded as in the United Kingdom only: check both.")
	}
}

func (c *checker) person() {
	if second := c.entry[FieldNationality2]; second != "" {
		if c.entry[FieldNationality1] == "" {
			c.warn(FieldNationality1, "missing-value", "There is a second nationality but no first one: fill in the first.")
		} else if fold(second) == fold(c.entry[FieldNationality1]) {
			c.warn(FieldNationality2, "same-twice", "Both nationalities are the same: empty the second.")
		}
	}
	if c.entry[FieldInterpreterNeeded] == Yes && c.entry[FieldLanguage] == "" {
		c.warn(FieldLanguage, "missing-value", "An interpreter is needed, but the language is not recorded: add it.")
	}
	if phoneNumber(c.entry[FieldContactNote]) {
		c.fail(FieldContactNote, "phone-number", "%q holds what looks like a phone number: keep numbers in the case system, and take it out here.", label(FieldContactNote))
	}
	unsafe := c.entry.List(FieldUnsafeContact)
	for _, way := range c.entry.List(FieldSafeContact) {
		if slices.Contains(unsafe, way) {
			f, _ := FieldByID(FieldSafeContact)
			c.fail(FieldUnsafeContact, "safe-and-unsafe", "%q stands under both safe and not safe: keep it in one. If in doubt, it is not safe.", f.OptionLabel(way))
		}
	}
}

// A phone number is told from a day: seven digits or more, with at most a blank
// or a sign between them.
var (
	daysInText   = regexp.MustCompile(`\b\d{1,2}[-./]\d{1,2}[-./]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b`)
	phonesInText = regexp.MustCompile(`\d(?:[ ().+-]{0,2}\d){6,}`)
)

func phoneNumber(text string) bool {
	return phonesInText.MatchString(daysInText.ReplaceAllString(text, "#"))
}

// guardianDays tells which days may stand beside each state of the request.
var guardianDays = map[string][]string{
	GuardianRequested: {FieldGuardianRequestedOn},
	GuardianAllocated: {FieldGuardianRequestedOn, FieldGuardianAllocatedOn},
	GuardianDeclined:  {FieldGuardianRequestedOn},
	GuardianEnded:     {FieldGuardianRequestedOn, FieldGuardianAllocatedOn, FieldGuardianEndedOn},
}

// guardianNeeds is the day that each state should have.
var guardianNeeds = map[string]string{
	GuardianRequested: FieldGuardianRequestedOn,
	GuardianAllocated: FieldGuardianAllocatedOn,
	GuardianEnded:     FieldGuardianEndedOn,
}

func (c *checker) guardian() {
	state := c.entry[FieldGuardian]
	for _, id := range []string{FieldGuardianRequestedOn, FieldGuardianAllocatedOn, FieldGuardianEndedOn} {
		if c.entry[id] == "" || slices.Contains(guardianDays[state], id) {
			continue
		}
		if state == "" {
			c.fail(FieldGuardian, "missing-value", "%s is filled in, but where the request stands is not: choose it.", quote(id))
			continue
		}
		f, _ := FieldByID(FieldGuardian)
		c.fail(id, "guardian-state", "%s is filled in, but the guardian is recorded as %q: empty the day, or change the state.", quote(id), f.OptionLabel(state))
	}
	if need, ok := guardianNeeds[state]; ok && c.entry[need] == "" {
		c.warn(need, "missing-date", "%s is not known: add it if you can.", quote(need))
	}
	c.notBefore(FieldGuardianAllocatedOn, FieldGuardianRequestedOn)
	c.notBefore(FieldGuardianEndedOn, FieldGuardianAllocatedOn)
	c.notBefore(FieldGuardianEndedOn, FieldGuardianRequestedOn)
}

func countDays(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}
