package web

import (
	"net/http"

	"stablefutures/internal/consent"
	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// sharedListView is what somebody of another agency finds.
type sharedListView struct{ Table ui.Table }

// sharedRecordView is one section of one record: one of its parts is filled.
type sharedRecordView struct {
	Facts ui.SummaryList
	Table *ui.Table
	Words []quoteView
	Empty string // instead of everything
}

type quoteView struct{ Words, About, When string }

func (s *Server) showShared(r *http.Request, v *visit) (answer, error) {
	list, err := s.service.SharedWithMe(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	table := ui.Table{Caption: ui.Count(len(list.Records), "young person", "young people") + ", by reference", CaptionClasses: "govuk-table__caption--m", Stack: true, FirstIsHeader: true,
		Head: []ui.Header{{Text: "Reference"}, {Text: "Shared since"}}, Name: "Young people",
		Empty: "Nothing is shared with you now. The council shares a record once the young person agreed, and only as long as they do."}
	named := list.Section == consent.Who
	if named {
		table.Head = append(table.Head, ui.Header{Text: "Name"})
	}
	for _, h := range list.Records {
		row := []ui.Cell{{Text: h.Reference, Href: "/shared/" + h.Record}, {Text: s.moment(h.Since)}}
		if named {
			row = append(row, ui.Cell{Text: orWords(h.Name, "Not known")})
		}
		table.Rows = append(table.Rows, row)
	}
	page := ui.Page{Title: "Shared with you", Heading: "Shared with you", Nav: at("/shared"), Lead: sharedLead(list.Section)}
	return s.page(v, page, "shared", sharedListView{table}), nil
}

// sharedLead says which section somebody sees.
func sharedLead(section consent.Section) string {
	if section.Label() == "" {
		return "Your account has no agency yet. Ask the council’s administrator."
	}
	return "You see one section of each record: " + lower(section.Label()) + ". Each time you open it is kept, and the young person can be told."
}

func (s *Server) showSharedRecord(r *http.Request, v *visit) (answer, error) {
	found, err := s.service.SharedRecord(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	page := ui.Page{Title: "Shared with you", Heading: found.Section.Label(), Nav: at("/shared"), Back: &ui.Link{Text: "Shared with you", Href: "/shared"},
		Lead: found.Reference + " · shared since " + s.moment(found.Since)}
	if found.Name != "" {
		page.Lead = found.Name + " · " + page.Lead
	}
	view := sharedRecordView{Empty: "Nothing is known here yet."}
	s.fillShared(&view, &page, found)
	if len(view.Facts.Rows) > 0 || view.Table != nil || len(view.Words) > 0 {
		view.Empty = ""
	}
	return s.page(v, page, "shared-record", view), nil
}

// fillShared fills the one part that the section is.
func (s *Server) fillShared(view *sharedRecordView, page *ui.Page, r service.SharedRecord) {
	if r.Section == consent.Who {
		for _, f := range identityFields {
			if value := f.value(r.Identity); value != "" {
				view.Facts.Rows = append(view.Facts.Rows, ui.SummaryRow{Key: f.label, Value: value})
			}
		}
	}
	for _, f := range r.Fields {
		view.Facts.Rows = append(view.Facts.Rows, ui.SummaryRow{Key: f.Label, Value: f.Value})
	}
	switch r.Section {
	case consent.Missing:
		view.Table = timesTable(r.Missing)
	case consent.Outcomes:
		view.Table = standingsTable(r)
		page.Edition = editionNotice(r.Edition)
	case consent.Words:
		for _, said := range r.Words {
			quote := quoteView{Words: said.Words.Words, When: said.SaidOn.Long()}
			if said.Edition != nil {
				quote.About, _, _ = said.Edition.Text(said.Asked, framework.YoungPerson, pageLanguage)
				page.Edition = editionNotice(said.Edition)
			}
			view.Words = append(view.Words, quote)
		}
	}
}

func timesTable(times []service.SharedTime) *ui.Table {
	if len(times) == 0 {
		return nil
	}
	table := ui.Table{Caption: ui.Count(len(times), "time", "times") + ui.LatestFirst(len(times)), CaptionClasses: "govuk-table__caption--m", Stack: true,
		Head: []ui.Header{{Text: "When"}, {Text: "What the council’s returns say"}}}
	for _, t := range times {
		on := when(t.Began, t.Ended)
		if t.Began.Known() && !t.Ended.Known() {
			on = "Since " + t.Began.Long() + ", no end known"
		}
		table.Rows = append(table.Rows, []ui.Cell{{Text: on}, {Text: t.What}})
	}
	return &table
}

// standingsTable is where the two voices stand, beside each other and never merged.
func standingsTable(r service.SharedRecord) *ui.Table {
	if len(r.Outcomes) == 0 {
		return nil
	}
	table := ui.Table{Caption: ui.Count(len(r.Outcomes), "outcome", "outcomes") + " about which something was said", CaptionClasses: "govuk-table__caption--m", Stack: true, FirstIsHeader: true,
		Head: []ui.Header{{Text: "Outcome"}, {Text: "The young person"}, {Text: "The worker"}}}
	for _, o := range r.Outcomes {
		title, _, _ := r.Edition.Text(o.Title, framework.YoungPerson, pageLanguage)
		table.Rows = append(table.Rows, []ui.Cell{{Text: title}, standingCell(r.Edition, o.Young), standingCell(r.Edition, o.Worker)})
	}
	return &table
}

func standingCell(e *framework.Edition, said *conversation.Standing) ui.Cell {
	switch {
	case said == nil:
		return ui.Cell{Text: "Not talked about"}
	case said.State == conversation.Answered:
		return ui.Cell{Text: e.AnswerText(said.LatestValue, framework.Practitioner, pageLanguage), Note: said.LatestOn.Long()}
	}
	return ui.Cell{Text: e.StateText(string(said.State), framework.Practitioner, pageLanguage), Note: said.StateOn.Long()}
}
