package foi

import "stablefutures/internal/date"

// EpisodeInYear tells whether a care episode counts its child as looked after in
// the year that ends on yearEnding: begun by its end, not ended before its start,
// and no agreed short break (legal status V3, V4).
func EpisodeInYear(began, ended date.Date, legalStatus string, yearEnding date.Date) bool {
	return legalStatus != "V3" && legalStatus != "V4" && runningIn(began, ended, yearEnding)
}

// MissingInYear tells whether a missing period or an absence starts in the year
// or runs into it.
func MissingInYear(began, ended, yearEnding date.Date) bool {
	return runningIn(began, ended, yearEnding)
}

func runningIn(began, ended, yearEnding date.Date) bool {
	return began.Known() && began <= yearEnding && (!ended.Known() || ended >= yearEnding.YearBegin())
}

// MissingAtEnd tells whether a missing period was still running when the year
// ended: begun by then, and not ended by then.
func MissingAtEnd(began, ended, yearEnding date.Date) bool {
	return began.Known() && began <= yearEnding && (!ended.Known() || ended > yearEnding)
}

// UASCInYear tells whether a child who was flagged as unaccompanied counts as
// such in the year: the day on which the status ceased is blank or not before it.
func UASCInYear(ceased, yearEnding date.Date) bool {
	return !ceased.Known() || ceased >= yearEnding.YearBegin()
}

// FactorInYear tells whether an assessment that ended on a day ended in the year.
func FactorInYear(ended, yearEnding date.Date) bool {
	return ended.Known() && ended >= yearEnding.YearBegin() && ended <= yearEnding
}

// ReferralOpen tells whether an NRM referral counts in the year: it was not closed
// before its start.
func ReferralOpen(closedOn, yearEnding date.Date) bool {
	return !closedOn.Known() || closedOn >= yearEnding.YearBegin()
}
