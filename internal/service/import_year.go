package service

import (
	"slices"
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
	if ending := y.ending(name); ending.Known() {
		return ending, YearDates
	}
	for _, r := range y.read {
		if family(returns.Kind(r.Kind)) == name {
			return r.YearEnding, YearLast
		}
	}
	return y.today.YearBegin().AddDays(-1), YearComplete
}

// ending is the year in which the days of the family's leading tables lie, or
// those of any of its tables where no leading one is there.
func (y years) ending(name string) date.Date {
	for _, kind := range leading[name] {
		if ending := y.endingOf(func(t returns.Table) bool { return t.Kind == kind }); ending.Known() {
			return ending
		}
	}
	return y.endingOf(func(t returns.Table) bool { return family(t.Kind) == name })
}

// several are the years of a family's leading tables, where two of one kind lie in
// different years and nobody said which year is meant: files of two years that
// were read together. Most of their tables hold no days to tell them apart by.
func (y years) several(name string) []date.Date {
	if y.said.Known() {
		return nil
	}
	for _, kind := range leading[name] {
		var found []date.Date
		for i := range y.tables {
			t := &y.tables[i]
			if ending := t.Years.Ending(); t.Kind == kind && !t.YearEnding.Known() && ending.Known() && !slices.Contains(found, ending) {
				found = append(found, ending)
			}
		}
		if len(found) > 1 {
			slices.Sort(found)
			return found
		}
	}
	return nil
}

func (y years) endingOf(which func(returns.Table) bool) date.Date {
	var ending date.Date
	for i := range y.tables {
		if which(y.tables[i]) {
			ending = max(ending, y.tables[i].Years.Ending())
		}
	}
	return ending
}
