package web

import (
	"errors"
	"net/http"
	"net/url"

	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// emergenciesView is what was opened in emergencies: what waits, and what was reviewed.
type emergenciesView struct {
	Waiting ui.Table
	Closed  ui.Table
}

func (s *Server) showEmergencies(r *http.Request, v *visit) (answer, error) {
	list, err := s.service.Emergencies(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	head := []ui.Header{{Text: "When"}, {Text: "Who"}, {Text: "Record"}, {Text: "Pages opened", Numeric: true}, {Text: "Review"}}
	view := emergenciesView{Waiting: ui.Table{Stack: true, CaptionClasses: "govuk-table__caption--m", Head: head, Name: "Waiting for a review", Empty: "Nothing waits for a review."},
		Closed: ui.Table{Stack: true, CaptionClasses: "govuk-table__caption--m", Head: head}}
	for _, e := range list {
		into := &view.Waiting
		if !e.Waits() {
			into = &view.Closed
		}
		into.Rows = append(into.Rows, s.emergencyRow(e))
	}
	view.Waiting.Caption = ui.Count(len(view.Waiting.Rows), "waits", "wait") + " for a review" + ui.LatestFirst(len(view.Waiting.Rows))
	view.Closed.Caption = ui.Number(len(view.Closed.Rows)) + " reviewed" + ui.LatestFirst(len(view.Closed.Rows))
	page := ui.Page{Title: "Emergencies", Heading: "What was opened in emergencies", Nav: at(emergencyPage), Back: &ui.Link{Text: "Emergency", Href: emergencyPage},
		Lead:    "Each is reviewed by somebody other than the person who opened the record, within a week.",
		Notices: doneNotice(r, map[string]string{"reviewed": "The review is closed."})}
	return s.page(v, page, "emergencies", view), nil
}

func (s *Server) emergencyRow(e service.EmergencyView) []ui.Cell {
	record := ui.Cell{Text: orWords(e.Reference, "A record that was erased")}
	if e.Record != "" {
		record.Href = recordPath(e.Record)
	}
	return []ui.Cell{{Text: s.moment(e.BeganAt)}, {Text: e.By}, record, {Text: ui.Number(e.Reads), Numeric: true},
		{Text: reviewState(e), Href: emergenciesPage + "/" + e.ID, Note: reviewNote(e)}}
}

func reviewState(e service.EmergencyView) string {
	switch {
	case e.Own:
		return "Yours"
	case e.Waits():
		return "Review"
	case e.Outcome == service.EmergencyRight:
		return "Right"
	}
	return "Wrong"
}

func reviewNote(e service.EmergencyView) string {
	switch {
	case e.Overdue:
		return "Overdue: waits for more than a week"
	case e.Open:
		return "Still open"
	case !e.Waits():
		return "By " + e.Reviewer
	}
	return ""
}

// emergencyReviewView is one of them, with the form that closes its review.
type emergencyReviewView struct {
	Facts   ui.SummaryList
	Own     string
	Outcome ui.Component // nothing where there is nothing to close
	Remark  ui.Component // nothing where the record was erased
}

func (s *Server) showEmergencyReview(r *http.Request, v *visit) (answer, error) {
	e, err := s.service.Emergency(r.Context(), v.actor, r.PathValue("emergency"))
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, url.Values{})
	view := emergencyReviewView{Facts: s.emergencyFacts(e)}
	switch {
	case !e.Waits():
	case e.Own:
		view.Own = "You opened this record. Another manager closes the review."
	default:
		view.Outcome = ui.Radios{Name: "outcome", Legend: ui.Legend{Text: "Was it right to open the record?"}, Value: form.values.Get("outcome"), Error: errorAt(form.wrong, "outcome"),
			Items: []ui.Choice{{Value: service.EmergencyRight, Text: "Yes"},
				{Value: service.EmergencyWrong, Text: "No", Hint: "Their manager and the auditors are told. What is still open ends at once."}}}
		if e.Erased {
			break
		}
		view.Remark = ui.Textarea{Name: "remark", Label: ui.Label{Text: "What you found"}, Hint: "In 10 to 1,000 characters.", Rows: 3, Value: form.values.Get("remark"), Error: errorAt(form.wrong, "remark"), Autocomplete: "off"}
	}
	page := ui.Page{Title: "Review an emergency", Heading: "Opened in an emergency by " + e.By, Nav: at(emergencyPage), Errors: summary(form.wrong),
		Back: &ui.Link{Text: "What was opened in emergencies", Href: emergenciesPage}}
	return s.pageWith(form.status, v, page, "emergency-review", view), nil
}

func (s *Server) emergencyFacts(e service.EmergencyView) ui.SummaryList {
	record := ui.SummaryRow{Key: "Record", Value: orWords(e.Reference, "A record that was erased")}
	if e.Record != "" {
		record.Actions = []ui.Action{{Text: "Who has read it", About: "(record " + e.Reference + ")", Href: recordPath(e.Record) + partHistory}}
	}
	until := "Until " + s.moment(e.UntilAt)
	if !e.EndedAt.IsZero() {
		until = "Ended before its time, on " + s.moment(e.EndedAt)
	}
	list := ui.SummaryList{Rows: []ui.SummaryRow{record,
		{Key: "When", Value: s.moment(e.BeganAt), Note: until}, {Key: "Why, in their words", Value: orWords(e.Reason, "Erased with the record")},
		{Key: "Pages of it opened", Value: ui.Number(e.Reads)}}}
	switch {
	case e.Overdue:
		list.Rows = append(list.Rows, ui.SummaryRow{Key: "Review", Value: "Overdue: waits for more than a week"})
	case !e.Waits():
		list.Rows = append(list.Rows, ui.SummaryRow{Key: "Review", Value: reviewState(e), Note: "By " + e.Reviewer + ", on " + s.moment(e.ReviewedAt)},
			ui.SummaryRow{Key: "What the review found", Value: orWords(e.Remark, "Erased with the record")})
	}
	return list
}

func (s *Server) closeEmergencyReview(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	err = s.service.ReviewEmergency(r.Context(), v.actor, r.PathValue("emergency"), values.Get("outcome"), values.Get("remark"))
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, r.URL.Path, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	}
	return s.done(emergenciesPage, "reviewed"), nil
}
