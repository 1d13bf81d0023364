package fiction

import (
	"fmt"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/framework"
	"stablefutures/internal/returns/table"
)

// readingRows are two years of conversations with those on the register who
// talk: every two to five months, each about a few outcomes that the young
// person chose.
func (w *World) readingRows() []table.ReadingRow {
	var rows []table.ReadingRow
	for _, p := range w.onRegister() {
		if !p.exploited.talks {
			continue
		}
		talk := w.newTalker(p)
		for day := talk.first; day <= w.opt.Today; day = day.AddDays(w.between(50, 150)) {
			rows = append(rows, talk.conversation(day)...)
		}
	}
	return rows
}

// talker is one young person's way of talking: where each indicator stands with
// them, and how that moves.
type talker struct {
	w        *World
	p        *person
	first    date.Date
	n        int // conversations so far
	helped   []conversation.Help
	level    map[string]float64 // by indicator, 1 to 5
	drift    float64            // change from one conversation to the next
	outcomes []framework.Outcome
}

func (w *World) newTalker(p *person) *talker {
	t := &talker{w: w, p: p, level: map[string]float64{}, helped: []conversation.Help{conversation.WorkerHelp},
		drift: w.random.NormFloat64()*0.12 + 0.1, outcomes: w.opt.Edition.Outcomes()}
	t.first = w.day(max(w.lastYear.YearBegin(), w.opt.Today.AddMonths(-24), p.exploited.noticed), w.opt.Today)
	if p.language != "English" && w.chance(0.8) {
		t.helped = []conversation.Help{conversation.Interpreter}
	}
	base := 2.6 + w.random.NormFloat64()*0.6
	for _, o := range t.outcomes {
		about := base + w.random.NormFloat64()*0.8
		for _, i := range o.Indicators {
			t.level[i.ID] = about + w.random.NormFloat64()*0.4
		}
	}
	return t
}

// conversation is one conversation: five to twelve outcomes, one to all of their
// indicators, and for about two thirds of the answers the worker's own reading.
func (t *talker) conversation(day date.Date) []table.ReadingRow {
	t.n++
	var rows []table.ReadingRow
	chosen := t.w.random.Perm(len(t.outcomes))[:min(len(t.outcomes), t.w.between(5, 12))]
	for _, at := range chosen {
		o := t.outcomes[at]
		for _, i := range o.Indicators[:t.w.between(1, len(o.Indicators))] {
			t.level[i.ID] += t.drift + t.w.random.NormFloat64()*0.35
			rows = append(rows, t.row(day, t.young(o, i)))
			if t.w.chance(0.65) {
				rows = append(rows, t.row(day, t.worker(i)))
			}
		}
	}
	return rows
}

func (t *talker) row(day date.Date, r conversation.Reading) table.ReadingRow {
	r.Edition, r.SaidOn = t.w.opt.Edition.ID, day
	return table.ReadingRow{Child: t.p.id, Conversation: fmt.Sprintf("conversation %d", t.n), Language: t.p.language, Reading: r}
}

func (t *talker) young(o framework.Outcome, i framework.Indicator) conversation.Reading {
	r := conversation.Reading{Indicator: i.ID, Voice: conversation.YoungPerson, HelpedBy: t.helped, State: pick(t.w, []weighted[conversation.State]{
		{conversation.Answered, 91}, {conversation.DoesNotWantToSay, 4}, {conversation.DoesNotKnow, 3}, {conversation.NotPartOfMyLife, 2}})}
	if r.State == conversation.Answered {
		r.Value = step(t.level[i.ID])
	}
	if t.w.chance(0.15) {
		r.Words = t.words(o.ID, r)
	}
	return r
}

func (t *talker) worker(i framework.Indicator) conversation.Reading {
	return conversation.Reading{Indicator: i.ID, Voice: conversation.Worker, State: conversation.Answered,
		Value:    step(t.level[i.ID] + 0.4 + t.w.random.NormFloat64()*0.7),
		Evidence: pick(t.w, []weighted[conversation.Evidence]{{conversation.Said, 4}, {conversation.Seen, 3}, {conversation.Told, 2}, {conversation.Documented, 1}, {conversation.Judgement, 2}})}
}

// step is the answer nearest to a level.
func step(level float64) int { return max(1, min(5, int(level+0.5))) }
