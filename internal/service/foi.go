package service

import (
	"context"
	"slices"

	"stablefutures/internal/access"
	"stablefutures/internal/care"
	"stablefutures/internal/date"
	"stablefutures/internal/disclosure"
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

// profile is the rule by which small numbers are kept back.
var profile = disclosure.Default()

// AnswerPage is the answer that everybody is asked for, with what limits it.
type AnswerPage struct {
	foi.Answer
	Authority store.Authority
	MayExact  bool     // this person may see the exact numbers
	Notes     []string // where the numbers come from and what they lack, in plain words
}

// Answer counts the answer for the year that ends on yearEnding. Exact numbers
// are for those who may open every record counted; everybody else, and whoever
// asks for it published, gets it with small numbers kept back.
func (s *Service) Answer(ctx context.Context, actor Actor, yearEnding date.Date, published bool) (p AnswerPage, err error) {
	p.MayExact = actor.May(access.ReadExact)
	err = s.look(ctx, actor, access.ReadPublished, func(tx *store.Tx, _ access.Scope) error {
		if p.Authority, err = tx.Authority(actor.Authority); err != nil {
			return err
		}
		in, notes, err := s.collect(tx, p.Authority, yearEnding)
		if err != nil {
			return err
		}
		p.Answer, p.Notes = foi.Count(in), notes
		return nil
	})
	if err == nil && (published || !p.MayExact) {
		p.Answer = foi.Published(p.Answer, profile)
	}
	return p, err
}

// collector gathers the children of the answer from the returns of one year. It
// reads the returns of the year asked for; where there is no return of care
// episodes for it, those of all years, so that a return that runs over it can
// answer, and the notes say so.
type collector struct {
	tx        *store.Tx
	authority string
	year      date.Date // the year asked for
	only      date.Date // year of the returns that are read; empty for all
	read      []store.Return
}

func (s *Service) collect(tx *store.Tx, a store.Authority, year date.Date) (in foi.Input, notes []string, err error) {
	c := collector{tx: tx, authority: a.Code, year: year, only: year}
	if c.read, err = tx.Returns(a.Code); err != nil {
		return in, nil, err
	}
	in = foi.Input{YearEnding: year, Fictional: a.Fictional}
	if in.Source, notes = c.base(); in.Source == foi.SourceAnnexA {
		in.LookedAfter, err = c.lookedAfter(kindList8, care.LookedAfter)
	} else {
		in.LookedAfter, err = c.lookedAfter(kindEpisodes, care.Episode)
	}
	if err != nil {
		return in, nil, err
	}
	if in.Identified, in.Suspected, err = c.exploited(); err != nil {
		return in, nil, err
	}
	if in.UASC, err = c.uasc(); err != nil {
		return in, nil, err
	}
	in.Periods, err = c.periods()
	in.NoMissing = !c.has(kindMissing)
	return in, notes, err
}

// base chooses the return that says who is looked after.
func (c *collector) base() (source string, notes []string) {
	year := "the year to " + c.year.Long()
	switch {
	case c.has(kindEpisodes):
		return foi.SourceSSDA903, nil
	case c.has(kindList8):
		return foi.SourceAnnexA, []string{"No SSDA903 return was read for " + year + "; the base is Annex A list 8."}
	case c.any(kindEpisodes):
		c.only = ""
		return foi.SourceSSDA903, []string{"No SSDA903 return was read for " + year + ": the base is what returns of other years say of it."}
	case c.any(kindList8):
		c.only = ""
		return foi.SourceAnnexA, []string{"No SSDA903 return was read, and no Annex A for " + year + ": the base is what Annex A of other years says of it."}
	}
	return foi.SourceSSDA903, []string{"No SSDA903 return and no Annex A list 8 was read, so that nobody can be counted. Take the files in first."}
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

// lookedAfter are the records with an episode running in the year.
func (c *collector) lookedAfter(returnKind string, kind care.Kind) ([]string, error) {
	facts, err := c.tx.FactsOfReturn(c.authority, returnKind, c.only, kind)
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
	entries, err := c.tx.RegisterNow(c.authority)
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
	factors, err := c.tx.Factors(c.authority, "12A", c.year.YearBegin(), c.year)
	for _, f := range factors {
		if foi.FactorInYear(f.Ended, c.year) {
			identified[f.Record] = true
		}
	}
	return identified, suspected, err
}

// uasc are the records flagged as unaccompanied, in any of the sources.
func (c *collector) uasc() (map[string]bool, error) {
	set := map[string]bool{}
	for _, kind := range []string{kindUASC, "ssda903/header", kindList8, kindList9} {
		facts, err := c.tx.FactsOfReturn(c.authority, kind, c.only, care.Uasc)
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
	facts, err := c.tx.FactsOfReturn(c.authority, kindMissing, c.only, care.Missing)
	var list []foi.Period
	for _, f := range facts {
		list = append(list, foi.Period{Child: f.Record, Code: f.Code, Began: f.Began, Ended: f.Ended})
	}
	return list, err
}
