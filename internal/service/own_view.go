package service

import (
	"context"
	"slices"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/framework"
	"stablefutures/internal/store"
)

// OwnSaying is one thing that a young person said, as their own page shows it: a reading
// of theirs, or what is no reading.
type OwnSaying struct {
	store.OwnSaid
	Edition string
	Current bool // nothing newer was said to the same question
}

// OwnTalkPage is what the pages of a young person need that ask and show answers.
type OwnTalkPage struct {
	Words   OwnWords
	Workers []Person
	Said    []OwnSaying     // the latest first
	Today   map[string]bool // outcomes of which something was said today
	today   date.Date
}

// TalkedToday tells whether an indicator was answered today.
func (p OwnTalkPage) TalkedToday(indicator string) bool {
	latest, ok := p.Latest(indicator)
	return ok && latest.SaidOn == p.today
}

// Latest is the latest thing said to an indicator of the edition in use.
func (p OwnTalkPage) Latest(indicator string) (OwnSaying, bool) {
	for _, said := range p.Said {
		if said.Kind == "answer" && said.Indicator == indicator && said.Edition == p.Words.Edition.ID {
			return said, true
		}
	}
	return OwnSaying{}, false
}

// OwnTalk is what a young person said and can say: their own voice alone, and never what
// anybody else thinks.
func (s *Service) OwnTalk(ctx context.Context, y Young, tag string) (p OwnTalkPage, err error) {
	err = s.lookOwn(ctx, y, func(tx *store.Tx) error {
		if p.Words, err = s.wordsIn(tx, y.Authority, tag); err != nil {
			return err
		}
		who, err := answerersOf(tx, y.Authority, y.Record)
		if err != nil {
			return err
		}
		p.Workers = who.workers
		p.Said, err = ownSayings(tx, y)
		p.today, p.Today = s.todayIn(tx), map[string]bool{}
		for _, said := range p.Said {
			if said.SaidOn == p.today {
				p.Today[said.Outcome] = true
			}
		}
		for _, o := range p.Words.Edition.Outcomes() {
			if slices.ContainsFunc(o.Indicators, func(i framework.Indicator) bool { return p.TalkedToday(i.ID) }) {
				p.Today[o.ID] = true
			}
		}
		return err
	})
	return p, err
}

// ownSayings are the things that a young person said and this session is shown, the latest
// first.
func ownSayings(tx *store.Tx, y Young) ([]OwnSaying, error) {
	readings, err := tx.ReadingsOfRecord(y.Authority, y.Record)
	if err != nil {
		return nil, err
	}
	kept, err := tx.OwnSaidOf(y.Authority, y.Record)
	if err != nil {
		return nil, err
	}
	talks, err := ownTalks(tx, y.Authority, y.Record)
	if err != nil {
		return nil, err
	}
	sees, err := sightOf(tx, y)
	if err != nil {
		return nil, err
	}
	var list []OwnSaying
	for _, r := range readings {
		if r.Voice != conversation.YoungPerson || r.State == conversation.NotTalkedAbout {
			continue
		}
		list = append(list, OwnSaying{Edition: r.Edition, OwnSaid: store.OwnSaid{ID: r.ID, Child: r.Child, Conversation: r.Conversation, Kind: "answer",
			Indicator: r.Indicator, State: r.State, Value: r.Value, Words: r.Words, Audience: conversation.Helpers, SaidOn: r.SaidOn, SaidAt: r.RecordedAt}})
	}
	for _, k := range kept {
		if k.Reading == "" && sees.said(k) {
			list = append(list, OwnSaying{Edition: talks[k.Conversation].Edition, OwnSaid: k})
		}
	}
	slices.SortStableFunc(list, func(a, b OwnSaying) int { return b.SaidAt.Compare(a.SaidAt) })
	answered := map[string]bool{}
	for i := range list {
		if key := list[i].Edition + " " + list[i].Indicator; list[i].Kind == "answer" {
			list[i].Current = !answered[key]
			answered[key] = true
		}
	}
	return list, nil
}

// OwnFile is a file that a young person gave on their own page; ErrNotFound where it is
// somebody else's, or this session is not shown it.
func (s *Service) OwnFile(ctx context.Context, y Young, id string) (f store.OwnFile, err error) {
	err = s.lookOwn(ctx, y, func(tx *store.Tx) error {
		if _, err := ownSaidInSight(tx, y, id); err != nil {
			return err
		}
		f, err = tx.OwnFile(y.Authority, id)
		return err
	})
	return f, err
}
