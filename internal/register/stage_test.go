package register_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"stablefutures/internal/date"
	"stablefutures/internal/register"
)

func TestStageAndWaiting(t *testing.T) {
	for _, row := range []struct {
		why   string
		entry register.Entry
		on    date.Date
		stage register.Stage
		what  string
		days  int
		band  string
	}{
		{"suspected waits for nothing", register.Entry{"state": "suspected"}, today, register.StageSuspected, "", 0, ""},
		{"the seventh day is the last of the first band", register.Entry{"state": "referred", "referred-on": "2026-11-16"}, today, register.StageWaitingReasonable, "reasonable grounds", 7, "reasonable-0-7"},
		{"the eighth is not", register.Entry{"state": "referred", "referred-on": "2026-11-15"}, today, register.StageWaitingReasonable, "reasonable grounds", 8, "reasonable-8-45"},
		{"the clock starts at the decision, not the referral", referred(nil), "2026-08-15", register.StageWaitingConclusive, "conclusive grounds", 212, "conclusive-181-365"},
		{"a decision still to come on that day", referred(nil), "2026-01-12", register.StageWaitingReasonable, "reasonable grounds", 2, "reasonable-0-7"},
		{"waiting, but since when is not known", referred(register.Entry{"reasonable-grounds-on": ""}), today, register.StageWaitingConclusive, "", 0, ""},
		{"more than two years", referred(register.Entry{"referred-on": "2024-01-01", "reasonable-grounds-on": "2024-01-02"}), today, register.StageWaitingConclusive, "conclusive grounds", 1056, "conclusive-over-730"},
		{"decided", referred(register.Entry{"conclusive-grounds": "positive", "conclusive-grounds-on": "2026-03-01"}), today, register.StageConclusivePos, "", 0, ""},
		{"closed wins over decided", referred(register.Entry{"conclusive-grounds": "positive", "conclusive-grounds-on": "2026-03-01", "closed-on": "2026-04-01"}), today, register.StageClosed, "", 0, ""},
		{"not closed the day before", referred(register.Entry{"closed-on": "2026-04-01"}), "2026-03-31", register.StageWaitingConclusive, "conclusive grounds", 75, "conclusive-0-90"},
		{"refused at the first step", referred(register.Entry{"reasonable-grounds": "negative"}), today, register.StageReasonableNeg, "", 0, ""},
		{"withdrawn", referred(register.Entry{"conclusive-grounds": "withdrawn"}), today, register.StageWithdrawn, "", 0, ""},
	} {
		if got := row.entry.Stage(row.on); got != row.stage {
			t.Errorf("%s: stage %s, want %s", row.why, got, row.stage)
		}
		what, days, ok := row.entry.Waiting(row.on)
		if what != row.what || days != row.days || ok != (row.what != "") {
			t.Errorf("%s: waits %d days for %q (%v), want %d for %q", row.why, days, what, ok, row.days, row.what)
		}
		if band, _ := row.entry.WaitingBand(row.on); band.ID != row.band {
			t.Errorf("%s: band %q, want %q", row.why, band.ID, row.band)
		}
	}
}

func TestOpenCountsBothEndDays(t *testing.T) {
	e := referred(register.Entry{"closed-on": "2026-04-01"})
	for day, open := range map[date.Date]bool{"2026-01-09": false, "2026-01-10": true, "2026-04-01": true, "2026-04-02": false} {
		if got := e.OpenAt(day); got != open {
			t.Errorf("open on %s: %v, want %v", day, got, open)
		}
	}
	if e.ClosedBefore("2026-04-01") || !e.ClosedBefore("2026-04-02") {
		t.Error("closed on 1 April is closed before 2 April and not before 1 April")
	}
}

func TestTypesAreCountedOnce(t *testing.T) {
	for _, row := range []struct{ types, lines, group, label string }{
		{"", "", "not-recorded", "Not recorded"},
		{"criminal", "yes", "criminal", "Criminal (county lines)"},
		{"criminal; labour; domestic-servitude", "", "combination", "Criminal, labour and domestic servitude"},
	} {
		e := register.Entry{"types": row.types, "county-lines": row.lines}
		if e.TypeGroup() != row.group || e.TypeLabel() != row.label {
			t.Errorf("%q: %s, %q; want %s, %q", row.types, e.TypeGroup(), e.TypeLabel(), row.group, row.label)
		}
	}
}

func TestDiffNamesWhatChanged(t *testing.T) {
	got := register.Diff(referred(nil), referred(register.Entry{"suspected-on": "", "language": "Vietnamese", "reasonable-grounds-on": "2026-01-16"}))
	want := []register.Change{{"suspected-on", "2025-12-20", ""}, {"reasonable-grounds-on", "2026-01-15", "2026-01-16"}, {"language", "", "Vietnamese"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What is longer than usual: a week for reasonable grounds, 45 days in the pilot,
// a year for conclusive grounds.
func TestAWaitLongerThanIsUsual(t *testing.T) {
	referred := register.Entry{register.FieldState: "referred", register.FieldReferredOn: "2026-01-01"}
	pilot := register.Entry{register.FieldState: "referred", register.FieldReferredOn: "2026-01-01", register.FieldRoute: register.RouteDevolved}
	positive := register.Entry{register.FieldState: "referred", register.FieldReferredOn: "2026-01-01", register.FieldReasonableGrounds: register.Positive, register.FieldReasonableGroundsOn: "2026-01-01"}
	decided := register.Entry{register.FieldState: "referred", register.FieldReferredOn: "2020-01-01", register.FieldReasonableGrounds: register.Negative, register.FieldReasonableGroundsOn: "2020-01-02"}
	for _, row := range []struct {
		entry register.Entry
		on    date.Date
		long  bool
	}{
		{referred, "2026-01-08", false}, {referred, "2026-01-09", true}, {pilot, "2026-02-15", false}, {pilot, "2026-02-16", true},
		{positive, "2027-01-01", false}, {positive, "2027-01-02", true}, {decided, "2026-01-01", false}, {nil, "2026-01-01", false},
	} {
		if got := row.entry.LongWait(row.on); got != row.long {
			t.Errorf("%v on %s: %v", row.entry, row.on, got)
		}
	}
}
