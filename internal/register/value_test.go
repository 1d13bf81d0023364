package register_test

import (
	"testing"

	"pgregory.net/rapid"

	"stablefutures/internal/date"
	"stablefutures/internal/register"
)

func TestParseValueReadsWhatPeopleWrite(t *testing.T) {
	for _, row := range []struct {
		field, raw, want string
		changed, fails   bool
		why              string
	}{
		{"state", "Referred to the NRM", "referred", false, false, "the label"},
		{"state", "referred", "referred", false, false, "the id"},
		{"state", "SUSPECTED,  not referred ", "suspected", true, false, "another case and spacing"},
		{"state", "perhaps", "", false, true, "no option"},
		{"referred-on", "31/03/2026", "2026-03-31", false, false, "as the template asks"},
		{"referred-on", "1/4/2026", "2026-04-01", true, false, "without zeros"},
		{"referred-on", "1 April 2026", "2026-04-01", true, false, "in words"},
		{"referred-on", "04/31/2026", "", false, true, "month and day the American way"},
		{"referred-on", "31/03/26", "", false, true, "a year of two figures could be either century"},
		{"types", "Sexual; Criminal; Sexual", "criminal; sexual", false, false, "a list in another order, one twice"},
		{"types", "labour exploitation\ncriminal", "criminal; labour", true, false, "parted by a line end, other words"},
		{"types", "Past exploitation, type not known", "unknown-past", false, false, "a label that holds a comma"},
		{"types", "criminal, labour", "criminal; labour", true, false, "parted by commas"},
		{"under-18-now", "Y", "yes", true, false, "a letter"},
		{"towns", " Leeds ;Leeds;  Hull", "Leeds; Hull", false, false, "a town twice"},
		{"towns", "a;b;c;d;e;f;g;h;i;j;k", "", false, true, "eleven towns"},
		{"towns", "Leeds LS1 4AP", "", false, true, "a postcode"},
		{"crime-reference", "L1 2AB", "L1 2AB", false, false, "looks like a postcode but is a reference"},
		{"note", "one\r\ntwo", "one\ntwo", false, false, "line ends"},
		{"note", "   ", "", false, false, "blank"},
	} {
		f, _ := register.FieldByID(row.field)
		got, changed, err := register.ParseValue(f, row.raw)
		if got != row.want || changed != row.changed || (err != nil) != row.fails {
			t.Errorf("%s: %s %q = %q, changed %v, %v; want %q, changed %v, fails %v", row.why, row.field, row.raw, got, changed, err, row.want, row.changed, row.fails)
		}
	}
}

// anyValue draws a value that somebody might type into a field.
func anyValue(t *rapid.T, f register.Field) string {
	switch f.Kind {
	case register.Day:
		return string(date.Date("2024-01-01").AddDays(rapid.IntRange(0, 1200).Draw(t, f.ID)))
	case register.Choices:
		return register.JoinList(rapid.SliceOfN(rapid.SampledFrom(optionIDs(f)), 0, 4).Draw(t, f.ID))
	case register.Choice, register.YesNoUnsure:
		return rapid.SampledFrom(optionIDs(f)).Draw(t, f.ID)
	}
	return rapid.String().Draw(t, f.ID)
}

func optionIDs(f register.Field) []string {
	var ids []string
	for _, o := range f.Options {
		ids = append(ids, o.ID)
	}
	return ids
}

func anyEntry(t *rapid.T) register.Entry {
	e := register.Entry{}
	for _, f := range register.Fields() {
		if !rapid.Bool().Draw(t, "has "+f.ID) {
			continue
		}
		if value, _, err := register.ParseValue(f, anyValue(t, f)); err == nil && value != "" {
			e[f.ID] = value
		}
	}
	return e
}

func TestStoredValuesParseToThemselves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.SampledFrom(register.Fields()).Draw(t, "field")
		value, _, err := register.ParseValue(f, anyValue(t, f))
		if err != nil {
			return
		}
		again, changed, err := register.ParseValue(f, value)
		if err != nil || changed || again != value {
			t.Fatalf("%s: %q became %q (changed %v, %v)", f.ID, value, again, changed, err)
		}
	})
}

// anyReferral draws the days and decisions of a referral in any order, so that
// a fair part of the entries is sound and a fair part is not.
func anyReferral(t *rapid.T) register.Entry {
	e := register.Entry{"state": "referred"}
	for _, id := range []string{register.FieldReferredOn, register.FieldReasonableGroundsOn, register.FieldConclusiveGroundsOn, register.FieldClosedOn} {
		if rapid.IntRange(0, 3).Draw(t, "has "+id) > 0 {
			e[id] = string(date.Date("2026-11-01").AddDays(rapid.IntRange(0, 25).Draw(t, id)))
		}
	}
	for _, id := range []string{register.FieldReasonableGrounds, register.FieldConclusiveGrounds} {
		if value := rapid.SampledFrom([]string{"", "waiting", "positive", "positive", "negative"}).Draw(t, id); value != "" {
			e[id] = value
		}
	}
	return e
}

// Check finds an error exactly where the days are out of order, in the future,
// or do not fit the decisions: told here the other way round.
func TestErrorsAreExactlyTheContradictions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := anyReferral(t)
		sound := e["referred-on"] != ""
		last := ""
		for _, id := range []string{"referred-on", "reasonable-grounds-on", "conclusive-grounds-on", "closed-on"} {
			if e[id] != "" {
				sound = sound && e[id] >= last && e[id] <= string(today)
				last = e[id]
			}
		}
		decided := func(id string) bool { return e[id] == "positive" || e[id] == "negative" }
		for _, id := range []string{"reasonable-grounds", "conclusive-grounds"} {
			sound = sound && (e[id+"-on"] == "" || decided(id))
		}
		sound = sound && (!decided("conclusive-grounds") || e["reasonable-grounds"] == "positive")

		problems := register.Errors(register.Check(e, "2009-06-01", today))
		if sound != (len(problems) == 0) {
			t.Fatalf("sound %v, but errors %v in %v", sound, codes(problems), e)
		}
		if _, days, ok := e.Waiting(today); ok && sound && days < 0 {
			t.Fatalf("waits %d days: %v", days, e)
		}
	})
}

func TestDiffThenApplyGivesTheNewEntry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, new := anyEntry(t), anyEntry(t)
		made := register.Entry{}
		for id, value := range old {
			made[id] = value
		}
		for _, c := range register.Diff(old, new) {
			if made[c.Field] != c.From {
				t.Fatalf("%s was %q, the change says %q", c.Field, made[c.Field], c.From)
			}
			made[c.Field] = c.To
		}
		for _, f := range register.Fields() {
			if made[f.ID] != new[f.ID] {
				t.Fatalf("%s is %q, want %q", f.ID, made[f.ID], new[f.ID])
			}
		}
	})
}
