package service

import (
	"slices"

	"stablefutures/internal/care"
	"stablefutures/internal/date"
	"stablefutures/internal/foi"
	"stablefutures/internal/register"
	"stablefutures/internal/store"
)

// Kinds of returns from which the answer is counted.
const (
	kindEpisodes = "ssda903/episodes"
	kindUASC     = "ssda903/uasc"
	kindMissing  = "ssda903/missing"
	kindReviews  = "ssda903/reviews"
	kindList8    = "annex-a/list-8"
	kindList9    = "annex-a/list-9"
)

// collector gathers the children of the answer from the returns of one year. It
// reads the returns of the year asked for; where there is no return of care
// episodes for it, those of all years, so that a return that runs over it can
// answer, and the notes say so.
type collector struct {
	service   *Service
	tx        *store.Tx
	authority store.Authority
	today     date.Date
	year      date.Date // the year asked for
	only      date.Date // year of the returns that are read; empty for all
	stamp     string
	read      []store.Return
}

func (c *collector) collect() (in foi.Input, err error) {
	in = foi.Input{YearEnding: c.year, Fictional: c.authority.Fictional, Unfinished: goesOn(c.year, c.today)}
	in.Source, in.Notes, in.NoBase = c.base()
	if in.NoBase {
		return in, nil
	}
	if in.Source == foi.SourceAnnexA {
		in.LookedAfter, err = c.lookedAfter(kindList8, care.LookedAfter)
	} else {
		in.LookedAfter, err = c.lookedAfter(kindEpisodes, care.Episode)
	}
	if err != nil {
		return in, err
	}
	if c.only == "" && len(in.LookedAfter) == 0 {
		in.NoBase, in.Notes = true, []string{"No SSDA903 return was read for " + c.theYear() + ", and nothing in the returns of other years reaches into it, so that nobody can be counted. Take the files of that year in first."}
		return in, nil
	}
	if in.Identified, in.Suspected, err = c.exploited(); err != nil {
		return in, err
	}
	if in.UASC, err = c.uasc(); err != nil {
		return in, err
	}
	if in.Periods, err = c.periods(); err != nil {
		return in, err
	}
	in.NoMissing = !c.has(kindMissing)
	in.Within, err = c.within()
	return in, err
}

// goesOn tells whether a year has begun and not ended.
func goesOn(year, today date.Date) bool { return year.YearBegin() <= today && today <= year }

func (c *collector) theYear() string { return "the year to " + c.year.Long() }

// base chooses the return that says who is looked after; none where nothing does.
func (c *collector) base() (source string, notes []string, none bool) {
	switch {
	case c.year.YearBegin() > c.today:
		return foi.SourceSSDA903, []string{"The year to " + c.year.Long() + " has not begun, so that nobody can be counted."}, true
	case c.has(kindEpisodes):
		return foi.SourceSSDA903, nil, false
	case c.has(kindList8):
		return foi.SourceAnnexA, nil, false
	case c.any(kindEpisodes):
		c.only = ""
		return foi.SourceSSDA903, []string{"No SSDA903 return was read for " + c.theYear() + ": who was looked after, and who went missing, is what returns of other years say of it."}, false
	case c.any(kindList8):
		c.only = ""
		return foi.SourceAnnexA, []string{"No SSDA903 return was read, and no Annex A for " + c.theYear() + ": who was looked after is what Annex A of other years says of it."}, false
	}
	return foi.SourceSSDA903, []string{"No SSDA903 return and no Annex A list 8 was read, so that nobody can be counted. Take the files in first."}, true
}

// has tells whether a return of a kind was read for the years that count here.
func (c *collector) has(kind string) bool {
	return slices.ContainsFunc(c.read, func(r store.Return) bool {
		return r.Kind == kind && (c.only == "" || r.YearEnding == c.only)
	})
}

func (c *collector) any(kind string) bool {
	return slices.ContainsFunc(c.read, func(r store.Return) bool { return r.Kind == kind })
}

// facts are what the returns of a kind say, those of several years as one.
func (c *collector) facts(returnKind string, kind care.Kind) ([]store.Fact, error) {
	facts, err := c.tx.FactsOfReturn(c.authority.Code, returnKind, c.only, kind)
	if err != nil || c.only != "" {
		return facts, err
	}
	return settled(facts, c.latest(returnKind)), nil
}

// latest is the latest year of a return that was read.
func (c *collector) latest(kind string) (year date.Date) {
	for _, r := range c.read {
		if r.Kind == kind {
			year = max(year, r.YearEnding)
		}
	}
	return year
}

// settled puts the returns of several years together. Of what began on one day
// for one young person, what the latest return says holds. What is open in a
// return that is not the latest one read was over when that return's year was: a
// later return would tell of it otherwise.
func settled(facts []store.Fact, latest date.Date) []store.Fact {
	type beginning struct {
		record, code string
		began        date.Date
	}
	key := func(f store.Fact) beginning {
		k := beginning{record: f.Record, began: f.Began}
		if f.Kind == care.Missing {
			k.code = f.Code // missing and absent are two things
		}
		return k
	}
	last := map[beginning]date.Date{}
	for _, f := range facts {
		last[key(f)] = max(last[key(f)], f.YearEnding)
	}
	var list []store.Fact
	for _, f := range facts {
		if f.YearEnding != last[key(f)] {
			continue
		}
		if !f.Ended.Known() && f.YearEnding < latest {
			f.Ended = f.YearEnding
		}
		list = append(list, f)
	}
	return list
}

// lookedAfter are the records with an episode running in the year.
func (c *collector) lookedAfter(returnKind string, kind care.Kind) ([]string, error) {
	facts, err := c.facts(returnKind, kind)
	seen := map[string]bool{}
	var list []string
	for _, f := range facts {
		if !seen[f.Record] && foi.EpisodeInYear(f.Began, f.Ended, f.Code, c.year) {
			seen[f.Record] = true
			list = append(list, f.Record)
		}
	}
	return list, err
}

// exploited are the records that count as identified and as suspected, by the
// register and by factor 12A.
func (c *collector) exploited() (identified, suspected map[string]bool, err error) {
	identified, suspected = map[string]bool{}, map[string]bool{}
	entries, err := c.tx.RegisterNow(c.authority.Code)
	if err != nil {
		return nil, nil, err
	}
	for _, v := range entries {
		switch v.Entry.State() {
		case register.Referred:
			if foi.ReferralOpen(v.Entry.Day(register.FieldClosedOn), c.year) {
				identified[v.Record] = true
			}
		case register.Suspected:
			suspected[v.Record] = true
		}
	}
	factors, err := c.tx.Factors(c.authority.Code, "12A", c.year.YearBegin(), c.year)
	for _, f := range factors {
		if foi.FactorInYear(f.Ended, c.year) {
			identified[f.Record] = true
		}
	}
	return identified, suspected, err
}

// within are the sets of the overview in which every suspected child is: those on
// the register, and those of them who are suspected.
//
// How many of these are in no answer must not be told where they are few. The
// overview sees to that for the suspected and each year that was read, so that
// the answers of these can be given whole. An answer that is put together from
// returns of other years, which the overview does not look at, sees to it itself.
func (c *collector) within() ([]foi.Set, error) {
	now, err := c.service.registerIn(c.tx, c.authority.Code, c.stamp)
	if err != nil {
		return nil, err
	}
	return []foi.Set{{Size: now.n["register"], Told: true}, {Size: now.n["stage/suspected"], Told: c.only == ""}}, nil
}

// uasc are the records flagged as unaccompanied, in any of the sources.
func (c *collector) uasc() (map[string]bool, error) {
	set := map[string]bool{}
	for _, kind := range []string{kindUASC, "ssda903/header", kindList8, kindList9} {
		facts, err := c.facts(kind, care.Uasc)
		if err != nil {
			return nil, err
		}
		for _, f := range facts {
			if foi.UASCInYear(f.Ended, c.year) {
				set[f.Record] = true
			}
		}
	}
	return set, nil
}

func (c *collector) periods() ([]foi.Period, error) {
	facts, err := c.facts(kindMissing, care.Missing)
	var list []foi.Period
	for _, f := range facts {
		list = append(list, foi.Period{Child: f.Record, Code: f.Code, Began: f.Began, Ended: f.Ended})
	}
	return list, err
}
