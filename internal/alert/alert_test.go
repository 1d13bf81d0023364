package alert_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/alert"
)

var sent = time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC)

func minute(n int) time.Time { return sent.Add(time.Duration(n) * time.Minute) }

// names writes who is told as "ann duty 1, ben works 1".
func names(list []alert.Told) string {
	var parts []string
	for _, t := range list {
		parts = append(parts, fmt.Sprint(t.Account, " ", t.Way, " ", t.Round))
	}
	return strings.Join(parts, ", ")
}

// pass goes on by some minutes, and says who is told then.
func pass(s *alert.Standing, n int) string {
	next := s.Next(minute(n))
	s.Told = append(s.Told, next...)
	return names(next)
}

func TestOneAfterAnotherAndThenAnew(t *testing.T) {
	s := &alert.Standing{Minutes: 5, Duty: []string{"ann", "ben"}, Beside: []alert.Beside{{"wes", alert.Works}}}
	for _, step := range []struct {
		at         int
		told       string
		passed, no bool
	}{
		{0, "ann duty 1, wes works 1", false, false},
		{4, "", false, false},
		{5, "ben duty 1", true, false},
		{9, "", true, false},
		{10, "ann duty 2", true, true},
		{15, "ben duty 2", true, true},
		{600, "ann duty 3", true, true}, // the program stood still meanwhile: one turn, not many
		{604, "", true, true},
	} {
		if step.at == 10 && !s.Unanswered(minute(10)) {
			t.Error("the last one's time is over, and it is not told before the next is")
		}
		if got := pass(s, step.at); got != step.told {
			t.Errorf("after %d minutes: told %q, want %q", step.at, got, step.told)
		}
		if s.Passed() != step.passed || s.Unanswered(minute(step.at)) != step.no {
			t.Errorf("after %d minutes: passed %v, unanswered %v", step.at, s.Passed(), s.Unanswered(minute(step.at)))
		}
	}
}

func TestOneAloneIsToldAgainAndAgain(t *testing.T) {
	s := &alert.Standing{Minutes: 1, Duty: []string{"ann"}}
	for n, want := range []string{"ann duty 1", "ann duty 2", "ann duty 3"} {
		if got := pass(s, n); got != want {
			t.Errorf("told %q, want %q", got, want)
		}
	}
	if s.Passed() {
		t.Error("it was passed on to nobody")
	}
}

// Whoever can be told no more holds nobody up.
func TestAHolderWhoLeavesIsPassedOver(t *testing.T) {
	s := &alert.Standing{Minutes: 60, Duty: []string{"ann", "ben"}}
	pass(s, 0)
	s.Duty = []string{"ben"}
	if got := pass(s, 1); got != "ben duty 1" {
		t.Errorf("told %q", got)
	}
	s.Duty, s.Beside = nil, []alert.Beside{{"max", alert.Manages}}
	if got := pass(s, 2); got != "max manages 1" {
		t.Errorf("when nobody is left, told %q", got)
	}
	if s.Unanswered(minute(59)) || !s.Unanswered(minute(62)) {
		t.Error("the time of those who were told does not count")
	}
}

func TestNobodyOnDuty(t *testing.T) {
	s := &alert.Standing{Minutes: 5, Beside: []alert.Beside{{"wes", alert.Works}, {"max", alert.Manages}, {"wes", alert.Works}}}
	if got := pass(s, 0); got != "wes works 1, max manages 1" {
		t.Errorf("told %q", got)
	}
	if got := pass(s, 6); got != "" || !s.Unanswered(minute(6)) || s.Passed() {
		t.Errorf("told %q, unanswered %v", got, s.Unanswered(minute(6)))
	}
	s.Duty = []string{"ann"}
	if got := pass(s, 7); got != "ann duty 1" {
		t.Errorf("who comes on duty later is told %q", got)
	}
	if s := (alert.Standing{Minutes: 5}); s.Next(sent) != nil || !s.Unanswered(sent) {
		t.Error("nobody is told, and they are to wait for an answer")
	}
}
