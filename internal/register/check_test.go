package register_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stablefutures/internal/date"
	"stablefutures/internal/register"
)

const (
	born  = date.Date("2010-05-02")
	today = date.Date("2026-11-23")
)

func referred(changes register.Entry) register.Entry {
	e := register.Entry{
		"state": "referred", "suspected-on": "2025-12-20", "referred-on": "2026-01-10",
		"reasonable-grounds": "positive", "reasonable-grounds-on": "2026-01-15",
	}
	for id, value := range changes {
		if e[id] = value; value == "" {
			delete(e, id)
		}
	}
	return e
}

func codes(problems []register.Problem) []string {
	var out []string
	for _, p := range problems {
		word := p.Field + " " + p.Code
		if p.Warning {
			word += " (warning)"
		}
		out = append(out, word)
	}
	return out
}

func TestCheckHoldsFactsAgainstEachOther(t *testing.T) {
	for _, row := range []struct {
		why   string
		entry register.Entry
		want  []string
	}{
		{"an ordinary referral", referred(nil), nil},
		{"an ordinary suspicion", register.Entry{"state": "suspected", "suspected-on": "2026-02-01"}, nil},
		{"nothing recorded", register.Entry{}, []string{"state missing-value"}},
		{"referral before birth", referred(register.Entry{"suspected-on": "", "referred-on": "2009-01-10"}), []string{"referred-on before-birth"}},
		{"referral tomorrow", referred(register.Entry{"referred-on": "2026-11-24"}), []string{"referred-on future-date", "reasonable-grounds-on wrong-order"}},
		{"referred without a day", referred(register.Entry{"referred-on": ""}), []string{"referred-on missing-date"}},
		{"suspicion after referral", referred(register.Entry{"suspected-on": "2026-01-11"}), []string{"suspected-on wrong-order (warning)"}},
		{"a suspicion with an NRM day", register.Entry{"state": "suspected", "suspected-on": "2026-02-01", "referred-on": "2026-02-02"}, []string{"referred-on not-referred"}},
		{"a suspicion without its day", register.Entry{"state": "suspected"}, []string{"suspected-on missing-date (warning)"}},
		{"reasonable grounds before referral", referred(register.Entry{"reasonable-grounds-on": "2026-01-09"}), []string{"reasonable-grounds-on wrong-order"}},
		{"a day of a decision that is still waited for", referred(register.Entry{"reasonable-grounds": "waiting"}), []string{"reasonable-grounds missing-value"}},
		{"a decision without its day", referred(register.Entry{"reasonable-grounds-on": ""}), []string{"reasonable-grounds-on missing-date (warning)"}},
		{"conclusive before reasonable grounds", referred(register.Entry{"conclusive-grounds": "positive", "conclusive-grounds-on": "2026-01-14"}), []string{"conclusive-grounds-on wrong-order"}},
		{"conclusive grounds after 29 days", referred(register.Entry{"conclusive-grounds": "positive", "conclusive-grounds-on": "2026-02-13"}), []string{"conclusive-grounds-on soon-decision (warning)"}},
		{"conclusive grounds after 30 days", referred(register.Entry{"conclusive-grounds": "positive", "conclusive-grounds-on": "2026-02-14"}), nil},
		{"conclusive without reasonable grounds", referred(register.Entry{"reasonable-grounds": "", "reasonable-grounds-on": "", "conclusive-grounds": "negative", "conclusive-grounds-on": "2026-03-01"}), []string{"conclusive-grounds needs-reasonable-grounds"}},
		{"conclusive after negative reasonable grounds", referred(register.Entry{"reasonable-grounds": "negative", "conclusive-grounds": "positive", "conclusive-grounds-on": "2026-03-01"}), []string{"conclusive-grounds needs-reasonable-grounds"}},
		{"closed before the last decision", referred(register.Entry{"closed-on": "2026-01-14", "closed-reason": "decided"}), []string{"closed-on wrong-order"}},
		{"a reason to close but no day", referred(register.Entry{"closed-reason": "decided"}), []string{"closed-on missing-date"}},
		{"closed, no reason", referred(register.Entry{"closed-on": "2026-02-01"}), []string{"closed-reason missing-value (warning)"}},
		{"an unknown option", referred(register.Entry{"route": "the-king"}), []string{"route unknown-value"}},
		{"an unknown field", referred(register.Entry{"colour": "blue"}), []string{"colour unknown-field"}},
		{"a day that does not exist", referred(register.Entry{"closed-on": "2026-02-30"}), []string{"closed-on unknown-value"}},
		{"adult by birth, child by answer", referred(register.Entry{"under-18-now": "no"}), []string{"under-18-now age-differs (warning)"}},
		{"county lines without the criminal type", referred(register.Entry{"county-lines": "yes", "types": "labour"}), []string{"types county-lines-without-criminal (warning)"}},
		{"one way both safe and not safe", referred(register.Entry{"safe-contact": "phone-call; letter", "unsafe-contact": "phone-call"}), []string{"unsafe-contact safe-and-unsafe"}},
		{"guardian allocated before requested", referred(register.Entry{"guardian": "allocated", "guardian-requested-on": "2026-02-02", "guardian-allocated-on": "2026-02-01"}), []string{"guardian-allocated-on wrong-order"}},
		{"guardian not requested, yet a day", referred(register.Entry{"guardian": "not-requested", "guardian-requested-on": "2026-02-02"}), []string{"guardian-requested-on guardian-state"}},
		{"guardian's day, no state", referred(register.Entry{"guardian-requested-on": "2026-02-02"}), []string{"guardian missing-value"}},
		{"interpreter, no language", referred(register.Entry{"interpreter-needed": "yes"}), []string{"language missing-value (warning)"}},
	} {
		got := codes(register.Check(row.entry, born, today))
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.why, diff)
		}
	}
}

func TestPilotIsForChildrenWellUnder18(t *testing.T) {
	for _, row := range []struct {
		why   string
		born  date.Date
		warns bool
	}{
		{"100 days from 18", "2008-04-20", true},
		{"101 days from 18", "2008-04-21", false},
		{"no date of birth", "", false},
	} {
		e := register.Entry{"state": "referred", "referred-on": "2026-01-10", "route": "devolved-decision-pilot"}
		got := len(register.Warnings(register.Check(e, row.born, today))) > 0
		if got != row.warns {
			t.Errorf("%s: warned %v, want %v", row.why, got, row.warns)
		}
	}
}

func TestMessagesSayTheRemedyAndNeverAnAddress(t *testing.T) {
	e := referred(register.Entry{"closed-on": "2026-01-01", "towns": "Flat 2, ZZ1 1ZZ"})
	problems := register.Check(e, born, today)
	if len(register.Errors(problems)) == 0 {
		t.Fatal("an entry with two errors passed")
	}
	for _, p := range problems {
		if strings.Contains(p.Message, "ZZ1") || !strings.HasSuffix(p.Message, ".") {
			t.Errorf("%s: %q quotes an address or is no sentence", p.Field, p.Message)
		}
	}
}

func TestFieldsAreSoundData(t *testing.T) {
	ids, names := map[string]bool{}, map[string]bool{}
	for _, f := range register.Fields() {
		if ids[f.ID] || names[f.Label] || f.ID != strings.ToLower(f.ID) || strings.ContainsAny(f.ID, " _") || f.Section == "" {
			t.Errorf("field %q (%s): ids and labels are unique, ids lower case with hyphens, each has a section", f.ID, f.Label)
		}
		ids[f.ID], names[f.Label] = true, true
		if choice := f.Kind == register.Choice || f.Kind == register.Choices || f.Kind == register.YesNoUnsure; choice != (len(f.Options) > 0) {
			t.Errorf("field %s of kind %s has %d options", f.ID, f.Kind, len(f.Options))
		}
		for _, o := range f.Options {
			if strings.ContainsAny(o.ID+o.Label, ";\n") {
				t.Errorf("option %q of %s could not stand in a list", o.ID, f.ID)
			}
		}
	}
	if f, _ := register.FieldByID("forms"); len(f.Options) != 10 {
		t.Errorf("the NRM form has ten tick boxes, the field has %d", len(f.Options))
	}
}

// A phone number does not belong beside safe contact; a day and a time do.
func TestAPhoneNumberIsRefused(t *testing.T) {
	for text, refused := range map[string]bool{
		"":                                     false,
		"Before 17:30, not on Fridays":         false,
		"Agreed on 03-05-2025 and 12.11.2026":  false,
		"since 2026-05-03 by letter":           false,
		"07700 900123":                         true,
		"ring +44 (0)7700 900 123":             true,
		"020 7946 0958 after five":             true,
		"home 946 0958":                        true,
		"agreed on 03/05/2025: 07700-900-123.": true,
	} {
		found := false
		for _, p := range register.Errors(register.Check(register.Entry{register.FieldState: "suspected", register.FieldContactNote: text}, "", "2026-11-24")) {
			found = found || p.Code == "phone-number" && p.Field == register.FieldContactNote
		}
		if found != refused {
			t.Errorf("%q: refused is %v", text, found)
		}
	}
}
