package web

import (
	"net/http"
	"slices"

	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/publish/chart"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// outcomeView is one outcome with its indicators, each with its chart and every
// reading that was made, corrected ones too.
type outcomeView struct {
	Practitioner string
	Row          outcomeRow
	Days         ui.Table // the outcome's chart in words
	Indicators   []indicatorView
}

type indicatorView struct {
	Row          outcomeRow
	Practitioner string
	Table        ui.Table
}

func (s *Server) showOutcome(r *http.Request, v *visit) (answer, error) {
	out, err := s.service.Outcomes(r.Context(), v.actor, r.PathValue("record"), r.URL.Query().Get("edition"))
	if err != nil {
		return nil, err
	}
	o, ok := out.Edition.Outcome(r.PathValue("outcome"))
	if !ok {
		return nil, service.ErrNotFound
	}
	title, _, _ := out.Edition.Text(o.Title, framework.YoungPerson, pageLanguage)
	view := outcomeView{Days: daysTable(out, o.ID, title)}
	if view.Row, err = itemRow(out, o.ID, title, true); err != nil {
		return nil, err
	}
	view.Practitioner, _, _ = out.Edition.Text(o.Title, framework.Practitioner, pageLanguage)
	for _, i := range o.Indicators {
		one, err := indicator(out, i)
		if err != nil {
			return nil, err
		}
		view.Indicators = append(view.Indicators, one)
	}
	page := recordPage(out.Head, partOutcomes, "Outcome", title)
	page.Edition = editionNotice(out.Edition)
	page.Breadcrumbs = []ui.Crumb{{Text: "Caseload", Href: "/caseload"}, {Text: out.Head.Reference, Href: recordPath(out.Head.Record)},
		{Text: "Outcomes", Href: withEdition(recordPath(out.Head.Record)+partOutcomes, r.URL.Query().Get("edition"))}, {Text: "Outcome"}}
	return s.page(v, page, "outcome", view), nil
}

// daysTable is the chart of an outcome in words: what each voice said on each day.
func daysTable(out service.OutcomesView, item, title string) ui.Table {
	rows := chart.PathTable(pathChart(out, item, title, true))
	table := ui.Table{Caption: ui.Count(len(rows), "day", "days") + ui.LatestFirst(len(rows)) + ": the middle of what was said on the questions below",
		Head: []ui.Header{{Text: "Day"}, {Text: "Young person"}, {Text: "Worker"}}, Stack: true}
	for _, r := range rows {
		table.Rows = append(table.Rows, []ui.Cell{{Text: r.Day.Long()}, {Text: orWords(joinWords(r.Young), "–")}, {Text: orWords(joinWords(r.Worker), "–")}})
	}
	return table
}

func indicator(out service.OutcomesView, i framework.Indicator) (indicatorView, error) {
	title, _, _ := out.Edition.Text(i.Title, framework.YoungPerson, pageLanguage)
	row, err := itemRow(out, i.ID, title, true)
	if err != nil {
		return indicatorView{}, err
	}
	view := indicatorView{Row: row, Table: readingsTable(out, i.ID)}
	view.Practitioner, _, _ = out.Edition.Text(i.Title, framework.Practitioner, pageLanguage)
	return view, nil
}

// readingsTable lists every reading, the latest first. A reading that was
// corrected stays, and says so.
func readingsTable(out service.OutcomesView, item string) ui.Table {
	view := out.Rows[item]
	table := ui.Table{
		Caption: readingsCaption(len(view.Readings)),
		Head:    []ui.Header{{Text: "Day"}, {Text: "Voice"}, {Text: "Reading"}, {Text: "In their words"}, {Text: "How"}, {Text: "Recorded by"}},
		Stack:   true, Empty: "Nothing was said about this yet.",
	}
	for _, r := range slices.Backward(view.Readings) {
		said := ui.Cell{Text: readingWords(out.Edition, r, audienceOf(r.Voice))}
		if !view.Standing[r.ID] {
			said.Note = "corrected since"
		} else if r.Replaces != "" {
			said.Note = "a correction"
		}
		table.Rows = append(table.Rows, []ui.Cell{{Text: r.SaidOn.Long()}, {Text: r.Voice.Label()}, said, {Text: orWords(r.Words, "–")},
			{Text: orWords(howReading(r), "–")}, {Text: orWords(out.Accounts[r.By], nobodyOf(howOf(out.Talks, r.Conversation)))}})
	}
	return table
}

func readingsCaption(n int) string {
	if n == 0 {
		return "No readings yet"
	}
	return ui.Count(n, "reading", "readings") + ui.LatestFirst(n)
}

// howReading says who helped the young person, or what the worker's reading
// rests on.
func howReading(r conversation.Reading) string {
	if r.Voice == conversation.Worker {
		return r.Evidence.Label()
	}
	var helped []string
	for _, h := range r.HelpedBy {
		helped = append(helped, h.Label())
	}
	return joinWords(helped)
}
