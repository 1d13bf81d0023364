package service

import (
	"strings"

	"stablefutures/internal/date"
	"stablefutures/internal/returns"
	"stablefutures/internal/store"
)

// family is the return that a table is part of: tables of one family, read in
// one call, are of one year.
func family(kind returns.Kind) string {
	name, _, _ := strings.Cut(string(kind), "/")
	return name
}

// leading are the tables whose days tell a family's year best, the best first: a
// care episode or a missing period begins within the year, while other tables
// hold days of long ago or a plan for later.
var leading = map[string][]returns.Kind{
	"ssda903": {"ssda903/episodes", "ssda903/missing", "ssda903/reviews"},
	"annex-a": {"annex-a/list-8", "annex-a/list-4", "annex-a/list-6"},
}

// years tells for each table of a call the year that it is of, and how that was told.
type years struct {
	said   date.Date
	today  date.Date
	tables []returns.Table
	read   []store.Return // what was read before, the latest year first
}

func (y years) of(t returns.Table) (date.Date, string) {
	name := family(t.Kind)
	switch {
	case name == "template":
		return "", YearNone
	case t.YearEnding.Known():
		return t.YearEnding, YearFile
	case y.said.Known():
		return y.said, YearSaid
	}
	if day := y.latest(name); day.Known() {
		return day.YearEnding(), YearDates
	}
	for _, r := range y.read {
		if family(returns.Kind(r.Kind)) == name {
			return r.YearEnding, YearLast
		}
	}
	return y.today.YearBegin().AddDays(-1), YearComplete
}

// latest is the latest day in the family's leading table, or in any of its
// tables where no leading one is there.
func (y years) latest(name string) date.Date {
	for _, kind := range leading[name] {
		if day := y.latestIn(func(t returns.Table) bool { return t.Kind == kind }); day.Known() {
			return day
		}
	}
	return y.latestIn(func(t returns.Table) bool { return family(t.Kind) == name })
}

func (y years) latestIn(which func(returns.Table) bool) date.Date {
	var day date.Date
	for _, t := range y.tables {
		if which(t) {
			day = max(day, t.Latest)
		}
	}
	return day
}
