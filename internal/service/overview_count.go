package service

import (
	"slices"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/care"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/foi"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/store"
)

// counts are exact numbers, each under an id, and which of them are sums of
// which others. They are made into what may be seen by package disclosure.
type counts struct {
	order []string // ids in the order in which they were counted
	n     map[string]int
	sums  []sum
	// atLeast are numbers that can never be under others, which somebody who
	// tries to work out a hidden one knows as well.
	atLeast []atLeast
}

type atLeast struct{ larger, smaller string }

// sum says that one number is the sum of others, which are all of its parts.
type sum struct {
	total string
	parts []string
}

func newCounts() *counts { return &counts{n: map[string]int{}} }

func (c *counts) set(id string, n int) {
	if _, ok := c.n[id]; !ok {
		c.order = append(c.order, id)
	}
	c.n[id] = n
}

func (c *counts) add(id string) { c.set(id, c.n[id]+1) }

// split counts a whole by its parts. Parts that nobody counted are zero. What
// the parts lack of the total stands under rest, where rest is not empty.
func (c *counts) split(total, prefix string, parts []string, rest string) {
	s, left := sum{total: total}, c.n[total]
	for _, p := range parts {
		c.set(prefix+p, c.n[prefix+p])
		s.parts = append(s.parts, prefix+p)
		left -= c.n[prefix+p]
	}
	if rest != "" {
		c.set(prefix+rest, left)
		s.parts = append(s.parts, prefix+rest)
	}
	c.sums = append(c.sums, s)
}

// Talk bands: how long ago the last conversation was.
var talkBands = []string{"6-months", "12-months", "earlier", "never"}

// nowBuckets are what a latest reading can be, in the order in which they show.
var nowBuckets = []string{"5", "4", "3", "2", "1",
	string(conversation.DoesNotWantToSay), string(conversation.DoesNotKnow), string(conversation.NotPartOfMyLife)}

// onRegister are the records on the register now and not closed, each with the
// entry that says most.
type onRegister map[string]register.Entry

func (s *Service) countOverview(tx *store.Tx, scope access.Scope, edition *framework.Edition, year, today date.Date) (*counts, error) {
	here, err := registerNow(tx, scope.Authority)
	if err != nil {
		return nil, err
	}
	c := newCounts()
	c.set("register", len(here))
	c.countRegister(here, today)
	if err := c.countTalks(tx, scope.Authority, here, today); err != nil {
		return nil, err
	}
	if err := c.countCare(tx, scope.Authority, here, year); err != nil {
		return nil, err
	}
	tallies, err := tx.Tallies(scope.Authority, edition.ID)
	if err != nil {
		return nil, err
	}
	c.countReadings(tallies, edition)
	return c, nil
}

func registerNow(tx *store.Tx, authority string) (onRegister, error) {
	versions, err := tx.RegisterNow(authority)
	if err != nil {
		return nil, err
	}
	entries := map[string][]register.Entry{}
	for _, v := range versions {
		entries[v.Record] = append(entries[v.Record], v.Entry)
	}
	here := onRegister{}
	for record, list := range entries {
		if group := groupOf(list); group == GroupReferred || group == GroupSuspected {
			here[record], _ = strongest(list)
		}
	}
	return here, nil
}

func (c *counts) countRegister(here onRegister, today date.Date) {
	for _, e := range here {
		c.add("state/" + string(e.State()))
		c.add("type/" + e.TypeGroup())
		c.add("stage/" + string(e.Stage(today)))
		if band, ok := e.WaitingBand(today); ok {
			c.add("waiting/" + band.ID)
		}
	}
	c.split("register", "state/", []string{string(register.Referred), string(register.Suspected)}, "")
	c.split("register", "type/", optionIDs(register.TypeGroups()), "")
	c.split("register", "stage/", stageIDs(), "")
	var bands []string
	for _, b := range register.WaitingBands {
		bands = append(bands, b.ID)
	}
	c.split("register", "waiting/", bands, "none")
}

func optionIDs(options []register.Option) []string {
	var ids []string
	for _, o := range options {
		ids = append(ids, o.ID)
	}
	return ids
}

// stageIDs are the stages in which somebody on the register can be.
func stageIDs() []string {
	var ids []string
	for _, s := range register.Stages {
		if s != register.StageClosed {
			ids = append(ids, string(s))
		}
	}
	return ids
}

func (c *counts) countTalks(tx *store.Tx, authority string, here onRegister, today date.Date) error {
	talks, err := tx.LastConversations(access.Scope{Authority: authority, Reach: access.Authority})
	if err != nil {
		return err
	}
	for record := range here {
		switch last := talks[record].LastOn; {
		case !last.Known():
			c.add("talk/never")
		case last >= today.AddMonths(-6):
			c.add("talk/6-months")
		case last >= today.AddMonths(-12):
			c.add("talk/12-months")
		default:
			c.add("talk/earlier")
		}
	}
	c.split("register", "talk/", talkBands, "")
	return nil
}

// countCare counts from the returns of a year, where they were read.
func (c *counts) countCare(tx *store.Tx, authority string, here onRegister, year date.Date) error {
	read, err := tx.Returns(authority)
	if err != nil {
		return err
	}
	if slices.Contains(read, store.Return{Kind: kindMissing, YearEnding: year}) {
		if err := c.countMissing(tx, authority, here, year); err != nil {
			return err
		}
	}
	if !slices.Contains(read, store.Return{Kind: kindReviews, YearEnding: year}) {
		return nil
	}
	return c.countReviews(tx, authority, here, year)
}

// countMissing counts who went missing in the year, and how often. Where no return
// says so, nothing is counted: it is not known, which is not none.
func (c *counts) countMissing(tx *store.Tx, authority string, here onRegister, year date.Date) error {
	missing, err := tx.FactsOfReturn(authority, kindMissing, year, care.Missing)
	if err != nil {
		return err
	}
	went := map[string]bool{}
	for _, f := range missing {
		if _, ok := here[f.Record]; ok && f.Code == "M" && foi.MissingInYear(f.Began, f.Ended, year) {
			went[f.Record] = true
			c.add("missing-episodes")
		}
	}
	c.set("missing-episodes", c.n["missing-episodes"])
	c.set("missing/went", len(went))
	c.atLeast = append(c.atLeast, atLeast{"missing-episodes", "missing/went"})
	c.split("register", "missing/", []string{"went"}, "not")
	return nil
}

func (c *counts) countReviews(tx *store.Tx, authority string, here onRegister, year date.Date) error {
	reviews, err := tx.FactsOfReturn(authority, kindReviews, year, care.Review)
	if err != nil {
		return err
	}
	for _, f := range reviews {
		part, counted := tookPart(f.Code)
		if !counted || f.Began < year.YearBegin() || f.Began > year {
			continue
		}
		who := "others/"
		if _, ok := here[f.Record]; ok {
			who = "register/"
		}
		c.add("review-" + who + part)
	}
	for _, who := range []string{"register", "others"} {
		c.set("reviews-"+who, c.n["review-"+who+"/took-part"]+c.n["review-"+who+"/did-not"])
		c.split("reviews-"+who, "review-"+who+"/", []string{"took-part", "did-not"}, "")
	}
	return nil
}

// tookPart reads a review's participation code: PN1, 2, 3, 5 and 6 took part,
// PN4 and PN7 did not; PN0 (under four) and no code are not counted.
func tookPart(code string) (part string, counted bool) {
	switch code {
	case "PN1", "PN2", "PN3", "PN5", "PN6":
		return "took-part", true
	case "PN4", "PN7":
		return "did-not", true
	}
	return "", false
}

// countReadings counts from the tallies of those on the register: for each
// outcome and indicator where the latest readings stand, how they moved, and
// where the voices are apart.
func (c *counts) countReadings(tallies []store.Tally, edition *framework.Edition) {
	n := map[string]int{}
	for _, t := range tallies {
		if t.Group == GroupReferred || t.Group == GroupSuspected {
			n[strings.Join([]string{t.Item, t.Measure, t.Bucket}, "/")] += t.N
		}
	}
	for _, item := range itemsOf(edition) {
		for key, buckets := range map[string][]string{MeasureNow: nowBuckets, MeasureMoved: {"up", "same", "down", "once"}, MeasureApart: {"apart", "together"}} {
			for _, b := range buckets {
				id := item + "/" + key + "/" + b
				c.set(id, n[id])
			}
		}
		c.split("register", item+"/now/", nowBuckets, "nothing")
		spoke := 0
		for _, b := range nowBuckets[:5] {
			spoke += c.n[item+"/now/"+b]
		}
		c.set(item+"/spoke", spoke)
		c.split(item+"/spoke", item+"/now/", nowBuckets[:5], "")
		c.set(item+"/answered", total(c.n, item+"/moved/", "up", "same", "down", "once"))
		c.split(item+"/answered", item+"/moved/", []string{"up", "same", "down", "once"}, "")
		c.set(item+"/both", total(c.n, item+"/apart/", "apart", "together"))
		c.split(item+"/both", item+"/apart/", []string{"apart", "together"}, "")
		c.atLeast = append(c.atLeast, atLeast{item + "/answered", item + "/spoke"}, atLeast{item + "/answered", item + "/both"}, atLeast{"register", item + "/answered"})
	}
}

func total(n map[string]int, prefix string, parts ...string) int {
	all := 0
	for _, p := range parts {
		all += n[prefix+p]
	}
	return all
}

// itemsOf are the ids of an edition's outcomes and indicators, each outcome
// before its indicators.
func itemsOf(edition *framework.Edition) []string {
	var items []string
	for _, o := range edition.Outcomes() {
		items = append(items, o.ID)
		for _, i := range o.Indicators {
			items = append(items, i.ID)
		}
	}
	return slices.Clip(items)
}
