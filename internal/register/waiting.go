package register

import "stablefutures/internal/date"

// Waiting tells which decision the entry waits for and for how many days, both
// counted on a day: "reasonable grounds" from the referral, "conclusive grounds"
// from the reasonable grounds decision. ok is false where nothing is waited for
// or the day from which to count is not known.
func (e Entry) Waiting(today date.Date) (what string, days int, ok bool) {
	from := FieldReferredOn
	switch e.Stage(today) {
	case StageWaitingReasonable:
		what = WaitReasonable
	case StageWaitingConclusive:
		what, from = WaitConclusive, FieldReasonableGroundsOn
	default:
		return "", 0, false
	}
	since := e.Day(from)
	if !since.Known() {
		return "", 0, false
	}
	return what, since.DaysUntil(today), true
}

// LongWait tells whether the entry waits for a decision longer than is usual:
// for reasonable grounds longer than is aimed at, for conclusive grounds, which
// has no target, longer than a year.
func (e Entry) LongWait(today date.Date) bool {
	what, days, ok := e.Waiting(today)
	switch {
	case !ok:
		return false
	case what == WaitConclusive:
		return days > usualConclusive
	case e[FieldRoute] == RouteDevolved:
		return days > usualDevolved
	}
	return days > usualReasonable
}

const (
	usualReasonable = 7 // 5 working days
	usualDevolved   = 45
	usualConclusive = 365
)

// What can be waited for, in words that fit "waiting 212 days for …".
const (
	WaitReasonable = "reasonable grounds"
	WaitConclusive = "conclusive grounds"
)

// Band is a range of waiting times for one decision. To is the last day in it,
// or -1 where it has no end.
type Band struct {
	ID    string // stable: "conclusive-91-180"
	What  string // WaitReasonable or WaitConclusive
	Label string
	From  int
	To    int
}

// WaitingBands are the bands in which counts show waiting times.
//
// Reasonable grounds: the Home Office aims at 5 working days, which without a
// bank holiday are 7 days; the devolved pilot aims at 45. Conclusive grounds has
// no target; the bands are a quarter, half a year, a year, two years and more.
var WaitingBands = []Band{
	{"reasonable-0-7", WaitReasonable, "Up to 7 days", 0, 7},
	{"reasonable-8-45", WaitReasonable, "8 to 45 days", 8, 45},
	{"reasonable-over-45", WaitReasonable, "Over 45 days", 46, -1},
	{"conclusive-0-90", WaitConclusive, "Up to 90 days", 0, 90},
	{"conclusive-91-180", WaitConclusive, "91 to 180 days", 91, 180},
	{"conclusive-181-365", WaitConclusive, "181 to 365 days", 181, 365},
	{"conclusive-366-730", WaitConclusive, "366 to 730 days", 366, 730},
	{"conclusive-over-730", WaitConclusive, "Over 730 days", 731, -1},
}

// WaitingBand is the band in which the entry waits on a day; ok is false where
// Waiting is.
func (e Entry) WaitingBand(today date.Date) (Band, bool) {
	what, days, ok := e.Waiting(today)
	if !ok {
		return Band{}, false
	}
	for _, b := range WaitingBands {
		if b.What == what && days >= b.From && (b.To < 0 || days <= b.To) {
			return b, true
		}
	}
	return Band{}, false
}
