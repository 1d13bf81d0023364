package web

import (
	"net/http"

	"stablefutures/internal/conversation"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// askFiguresView is how much was asked for, and what came of it.
type askFiguresView struct {
	Facts   ui.Facts
	Silence string
	Tables  []ui.Table
	Signs   []disclosure.Symbol
	Limits  []string
}

var askLimits = []string{
	"Counted are the things that young people asked for on their own pages in these twelve months, and not the young people: one may ask for many.",
	"What a young person kept to one person is not counted, in no number.",
	"Any answer counts, also that it is being worked on or cannot be done. In time is on the day by which it was due, or before.",
	"Whether it helped is what the young person says of the latest answer. Who has said nothing is not counted among either.",
	"Of fewer than ten young people nothing is told but that it is few. Where one of the numbers is of few, all are kept back but how much was asked for.",
}

func (s *Server) showAskFigures(r *http.Request, v *visit) (answer, error) {
	f, err := s.service.AskFigures(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	view := askFiguresView{Silence: f.Silence, Signs: signs(true, service.AnswerPage{}), Limits: append(append([]string{}, askLimits...), f.Rule),
		Facts: ui.Facts{Items: []ui.Fact{
			{Number: f.Cell(service.AsksAsked).String(), Text: "asked for"},
			{Number: f.Cell(service.AsksInTime).String(), Text: "answered in time", Base: "of " + f.Cell(service.AsksAsked).String() + " asked for"},
			{Number: f.Cell(service.AsksHelped + string(conversation.HelpedYes)).String(), Text: "helped", Base: "of " + f.Cell(service.AsksAnswered).String() + " answered"},
		}},
		Tables: []ui.Table{
			askTable(f, "When it was answered", service.AsksAsked, [][2]string{{service.AsksInTime, "Answered in time"}, {service.AsksLate, "Answered late"},
				{service.AsksOverdue, "Late, and not answered"}, {service.AsksNotDue, "Not answered, and not due yet"}}),
			askTable(f, "Whether it helped", service.AsksAnswered, [][2]string{{service.AsksHelped + "yes", "“Yes, it helped”"}, {service.AsksHelped + "little", "“A little”"},
				{service.AsksHelped + "no", "“No”"}, {service.AsksUnsaid, "They have not said"}}),
		}}
	page := ui.Page{Title: "What was asked for", Heading: "What young people asked for, and what came of it", Nav: at("/overview"),
		Lead: "From " + f.Since.Long() + " to today, " + f.Today.Long() + ". Small numbers are kept back, always."}
	return s.page(v, page, "ask-figures", view), nil
}

// askTable are the parts of a whole, each with its base.
func askTable(f service.AskFigures, caption, base string, parts [][2]string) ui.Table {
	table := ui.Table{Caption: caption, CaptionClasses: "govuk-table__caption--m", FirstIsHeader: true, Stack: true,
		Head: []ui.Header{{Text: "What"}, {Text: "Number", Numeric: true}, {Text: "Of", Numeric: true}, {Text: "Per cent", Numeric: true}}}
	for _, part := range parts {
		n, of := f.Cell(part[0]), f.Cell(base)
		percent, ok := disclosure.Percent(n, of)
		if !ok {
			percent = "–"
		}
		table.Rows = append(table.Rows, []ui.Cell{{Text: part[1]}, {Text: n.String(), Numeric: true}, {Text: of.String(), Numeric: true}, {Text: percent, Numeric: true}})
	}
	return table
}
