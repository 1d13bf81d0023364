package service

import (
	"context"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/framework"
	"stablefutures/internal/store"
)

// OutcomesView is what a young person says, and what workers say, outcome by outcome.
type OutcomesView struct {
	Head     Head
	Edition  *framework.Edition
	Others   []*framework.Edition // other editions in which something was said
	Talks    []store.Conversation // the latest first
	Talked   int                  // outcomes on which the young person has said something
	Rows     map[string]ItemView  // by outcome and by indicator
	Accounts map[string]string
	From, To date.Date // first and last day on which anything was said
}

// ItemView is what was said of one outcome or one indicator.
type ItemView struct {
	Young, Worker       []conversation.Point
	YoungNow, WorkerNow conversation.Standing
	YoungSaid           bool
	WorkerSaid          bool
	Gap                 int    // steps between the answers of now; of an outcome, on the indicator on which they are furthest apart
	GapKnown            bool   // both voices answer now
	GapOn               string // that indicator
	Words               string
	WordsOn             date.Date
	Readings            []conversation.Reading // all, replaced ones too, the first said first
	Standing            map[string]bool        // ids of the readings that nothing replaces
}

// Apart tells whether the two voices are called apart.
func (v ItemView) Apart() bool { return v.GapKnown && v.Gap >= conversation.StepsApart }

// Outcomes opens what a young person says in one edition; the authority's own
// where edition is empty.
func (s *Service) Outcomes(ctx context.Context, actor Actor, record, edition string) (v OutcomesView, err error) {
	err = s.openRecord(ctx, actor, record, "outcomes", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		r := Record{Today: s.todayIn(tx)}
		if err := s.fillWho(tx, actor, head, &r); err != nil {
			return err
		}
		v = OutcomesView{Head: r.Head, Accounts: r.Accounts, Rows: map[string]ItemView{}}
		if v.Talks, err = tx.ConversationsOfRecord(actor.Authority, head.ID); err != nil {
			return err
		}
		if v.Head.Language == "" && len(v.Talks) > 0 {
			v.Head.Language = v.Talks[0].Language
		}
		readings, err := tx.ReadingsOfRecord(actor.Authority, head.ID)
		if err != nil {
			return err
		}
		if err := s.chooseEdition(tx, actor.Authority, edition, readings, &v); err != nil {
			return err
		}
		v.fill(readings)
		return nil
	})
	return v, err
}

func (s *Service) chooseEdition(tx *store.Tx, authority, wanted string, readings []conversation.Reading, v *OutcomesView) error {
	editions, err := s.editionsIn(tx, authority)
	if err != nil {
		return err
	}
	if wanted == "" {
		if v.Edition, err = s.editionInUse(tx, authority); err != nil {
			return err
		}
	} else if v.Edition = editions[wanted]; v.Edition == nil {
		return store.ErrNotFound
	}
	seen := map[string]bool{v.Edition.ID: true}
	for _, r := range readings {
		if e := editions[r.Edition]; e != nil && !seen[r.Edition] {
			seen[r.Edition] = true
			v.Others = append(v.Others, e)
		}
	}
	return nil
}

// fill works out every row of the edition from the record's readings.
func (v *OutcomesView) fill(readings []conversation.Reading) {
	byIndicator := map[string][]conversation.Reading{}
	for _, r := range readings {
		if r.Edition == v.Edition.ID {
			byIndicator[r.Indicator] = append(byIndicator[r.Indicator], r)
		}
	}
	for _, o := range v.Edition.Outcomes() {
		var all []conversation.Reading
		for _, i := range o.Indicators {
			v.Rows[i.ID] = itemView(byIndicator[i.ID])
			all = append(all, byIndicator[i.ID]...)
		}
		row := itemView(all)
		row.Gap, row.GapKnown, row.GapOn = v.furthestApart(o)
		v.Rows[o.ID] = row
		if row.YoungSaid {
			v.Talked++
		}
		v.stretch(row.Young)
		v.stretch(row.Worker)
	}
}

// furthestApart is the indicator of an outcome on which the two voices are furthest
// apart: what each of them says to something else sets nobody apart.
func (v *OutcomesView) furthestApart(o framework.Outcome) (steps int, known bool, indicator string) {
	for _, i := range o.Indicators {
		if row := v.Rows[i.ID]; row.GapKnown && (!known || row.Gap > steps) {
			steps, known, indicator = row.Gap, true, i.ID
		}
	}
	return steps, known, indicator
}

func (v *OutcomesView) stretch(path []conversation.Point) {
	if len(path) == 0 {
		return
	}
	if from := path[0].Day; !v.From.Known() || from < v.From {
		v.From = from
	}
	v.To = max(v.To, path[len(path)-1].Day)
}

func itemView(readings []conversation.Reading) ItemView {
	v := ItemView{Readings: readings, Standing: map[string]bool{}}
	heads := map[conversation.Voice][]conversation.Reading{}
	var wordsAt time.Time
	for _, r := range conversation.Heads(readings) {
		v.Standing[r.ID] = true
		heads[r.Voice] = append(heads[r.Voice], r)
		if r.Voice == conversation.YoungPerson && r.Words != "" && (r.SaidOn > v.WordsOn || r.SaidOn == v.WordsOn && r.RecordedAt.After(wordsAt)) {
			v.Words, v.WordsOn, wordsAt = r.Words, r.SaidOn, r.RecordedAt
		}
	}
	v.Young, v.Worker = conversation.Path(heads[conversation.YoungPerson]), conversation.Path(heads[conversation.Worker])
	v.YoungNow, v.YoungSaid = conversation.Stand(v.Young)
	v.WorkerNow, v.WorkerSaid = conversation.Stand(v.Worker)
	v.Gap, v.GapKnown = conversation.Gap(v.YoungNow, v.WorkerNow)
	return v
}
