package service

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/store"
)

// counts are exact numbers by their ids. They are made into what may be seen in
// overview_protect.go.
type counts struct{ n map[string]int }

func newCounts() counts { return counts{map[string]int{}} }

func (c counts) add(id string) { c.n[id]++ }

// none makes a zero of what nobody has counted yet: nobody is a number too.
func (c counts) none(prefix string, ids ...string) {
	for _, id := range ids {
		c.n[prefix+id] += 0
	}
}

// sum is a number that others make up.
func (c counts) sum(total, prefix string, parts ...string) {
	n := 0
	for _, part := range parts {
		n += c.n[prefix+part]
	}
	c.n[total] = n
}

// figures are the numbers of an overview, and how many were suspected in each
// year that was read.
type figures struct {
	counts
	suspected []int
	at        moment
}

func (f figures) cells() map[string]disclosure.Cell {
	out := make(map[string]disclosure.Cell, len(f.n))
	for id, n := range f.n {
		out[id] = disclosure.Number(n)
	}
	return out
}

// Talk bands: how long ago the last conversation was, for those who had one.
var talkBands = []string{"6-months", "12-months", "earlier"}

var (
	values    = []string{"5", "4", "3", "2", "1"}
	states    = []string{string(conversation.DoesNotWantToSay), string(conversation.DoesNotKnow), string(conversation.NotPartOfMyLife)}
	movements = []string{"up", "same", "down", "once"}
	distances = []string{"apart", "together"}
)

// onRegister are the records on the register now and not closed, each with the
// entry that says most.
type onRegister map[string]register.Entry

// figuresIn are the figures of an overview, kept until anything changes.
func (s *Service) figuresIn(tx *store.Tx, o Overview) (figures, error) {
	if !mayKeep(o.Year, o.Today) {
		return s.countOverview(tx, o)
	}
	return since(&s.figures, "figures/"+o.name(), momentOf(o.Authority, o.Today), func() (figures, error) { return s.countOverview(tx, o) })
}

// name tells the figures of overviews apart.
func (o Overview) name() string {
	return o.Authority.Code + "/" + o.Edition.ID + "/" + string(o.Year)
}

func (s *Service) countOverview(tx *store.Tx, o Overview) (f figures, err error) {
	f.at = momentOf(o.Authority, o.Today)
	stamp, err := tx.Stamp(o.Authority.Code)
	if err != nil {
		return f, err
	}
	here, err := s.registerIn(tx, o.Authority.Code, stamp)
	if err != nil {
		return f, err
	}
	talks, err := s.talksIn(tx, o.Authority.Code, stamp, here)
	if err != nil {
		return f, err
	}
	f.counts = newCounts()
	maps.Copy(f.n, here.n)
	maps.Copy(f.n, talks.n)
	if err := f.countReviewsIn(tx, o.Authority.Code, here.records, o.Year); err != nil {
		return f, err
	}
	tallies, err := tx.Tallies(o.Authority.Code, o.Edition.ID)
	if err != nil {
		return f, err
	}
	f.countReadings(tallies, o.Edition)
	for _, year := range o.Years {
		both, err := s.answersIn(tx, o.Authority, year)
		if err != nil {
			return f, err
		}
		if g, ok := both.exact.Group("suspected"); ok && g.Children.Shown {
			f.suspected = append(f.suspected, g.Children.Value)
		}
	}
	return f, nil
}

// registered are the numbers of those on the register on a day, and who they are.
type registered struct {
	counts
	records onRegister
}

// registerIn counts the register as it is today. It is kept until the register
// or a link changes, and for a day.
func (s *Service) registerIn(tx *store.Tx, authority, stamp string) (registered, error) {
	today := s.todayIn(tx)
	return kept(&s.figures, "register/"+authority, string(today)+" "+stamp, func() (registered, error) {
		here, err := registerNow(tx, authority)
		r := registered{newCounts(), here}
		r.countRegister(here, today)
		return r, err
	})
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

func (c counts) countRegister(here onRegister, today date.Date) {
	c.n["register"] = len(here)
	for _, e := range here {
		stage := e.Stage(today)
		c.add("stage/" + string(stage))
		c.add("type/" + e.TypeGroup())
		if band, ok := e.WaitingBand(today); ok {
			c.add("waiting/" + band.ID)
		} else if stage == register.StageWaitingReasonable || stage == register.StageWaitingConclusive {
			c.add(noDay(stage))
		}
	}
	c.none("stage/", string(register.StageSuspected))
	c.none("stage/", referredStages()...)
	c.none("type/", optionIDs(register.TypeGroups())...)
	for _, stage := range []register.Stage{register.StageWaitingReasonable, register.StageWaitingConclusive} {
		c.none("", waitingIDs(stage)...)
	}
	c.sum("referred", "stage/", referredStages()...)
}

// waitingIDs are the numbers that make up a stage of waiting: its bands, and those
// of whom it is not known since when they wait. A referral always has its day.
func waitingIDs(stage register.Stage) []string {
	what := map[register.Stage]string{register.StageWaitingReasonable: register.WaitReasonable, register.StageWaitingConclusive: register.WaitConclusive}[stage]
	var ids []string
	for _, b := range register.WaitingBands {
		if b.What == what {
			ids = append(ids, "waiting/"+b.ID)
		}
	}
	if stage == register.StageWaitingConclusive {
		ids = append(ids, noDay(stage))
	}
	return ids
}

func noDay(stage register.Stage) string {
	if stage == register.StageWaitingConclusive {
		return "waiting/conclusive-no-day"
	}
	return "waiting/reasonable-no-day"
}

func optionIDs(options []register.Option) []string {
	var ids []string
	for _, o := range options {
		ids = append(ids, o.ID)
	}
	return ids
}

// referredStages are the stages of those who were referred and are not closed.
func referredStages() []string {
	var ids []string
	for _, s := range register.Stages {
		if s != register.StageClosed && s != register.StageSuspected {
			ids = append(ids, string(s))
		}
	}
	return ids
}

// talksIn counts the last conversations of those on the register. It is kept until
// there is one more conversation.
func (s *Service) talksIn(tx *store.Tx, authority, stamp string, here registered) (counts, error) {
	many, err := tx.CountConversations(authority)
	if err != nil {
		return counts{}, err
	}
	today := s.todayIn(tx)
	return kept(&s.figures, "talks/"+authority, string(today)+" "+strconv.Itoa(many)+" "+stamp, func() (counts, error) {
		days, err := lastTalks(tx, authority)
		c := newCounts()
		c.countTalks(here.records, days, today)
		return c, err
	})
}

// lastTalks are the days of the last conversations, by record.
func lastTalks(tx *store.Tx, authority string) (map[string]date.Date, error) {
	byChild, err := tx.LastTalks(authority)
	if err != nil {
		return nil, err
	}
	links, err := tx.Links(authority)
	if err != nil || len(links) == 0 {
		return byChild, err
	}
	records, days := recordsByLinks(links), make(map[string]date.Date, len(byChild))
	for child, day := range byChild {
		record := recordIn(records, child)
		days[record] = max(days[record], day)
	}
	return days, nil
}

// countTalks counts by the day of the last conversation.
func (c counts) countTalks(here onRegister, last map[string]date.Date, today date.Date) {
	for record := range here {
		switch day := last[record]; {
		case !day.Known():
			c.add("talk/never")
		case day >= today.AddMonths(-6):
			c.add("talk/6-months")
		case day >= today.AddMonths(-12):
			c.add("talk/12-months")
		default:
			c.add("talk/earlier")
		}
	}
	c.none("talk/", "never")
	c.none("talk/", talkBands...)
	c.sum("talked", "talk/", talkBands...)
}

// countReviewsIn counts who took part in the reviews of a year, where they were
// read: what nothing tells is not none.
func (c counts) countReviewsIn(tx *store.Tx, authority string, here onRegister, year date.Date) error {
	read, err := tx.Returns(authority)
	if err != nil || !slices.Contains(read, store.Return{Kind: kindReviews, YearEnding: year}) {
		return err
	}
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
		c.none("review-"+who+"/", "took-part", "did-not")
		c.sum("reviews-"+who, "review-"+who+"/", "took-part", "did-not")
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
func (c counts) countReadings(tallies []store.Tally, edition *framework.Edition) {
	for _, t := range tallies {
		if t.Group == GroupReferred || t.Group == GroupSuspected {
			c.n[strings.Join([]string{t.Item, t.Measure, t.Bucket}, "/")] += t.N
		}
	}
	for _, item := range itemsOf(edition) {
		c.none(item+"/now/", values...)
		c.none(item+"/now/", states...)
		c.none(item+"/moved/", movements...)
		c.none(item+"/apart/", distances...)
		c.sum(item+"/spoke", item+"/now/", values...)
		c.sum(item+"/states", item+"/now/", states...)
		c.sum(item+"/answered", item+"/moved/", movements...)
		c.sum(item+"/both", item+"/apart/", distances...)
		c.n[item+"/now/nothing"] = c.n["register"] - c.n[item+"/spoke"] - c.n[item+"/states"]
	}
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
