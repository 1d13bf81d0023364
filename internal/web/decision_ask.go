package web

import (
	"errors"
	"net/http"
	"net/url"

	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
)

// askView asks why something shall be decided.
type askView struct {
	Act, Record string
	Lines       []string
	Reference   *ui.TextInput // where no page of the record led here
	Reason      ui.Textarea
	Button      string
	Back        string
}

// asked is what a form asks for.
func asked(values url.Values) service.NewDecision {
	return service.NewDecision{Act: values.Get("act"), Record: values.Get("record"), Reference: values.Get("reference"), Reason: values.Get("reason")}
}

func (s *Server) showAsk(r *http.Request, v *visit) (answer, error) {
	query := r.URL.Query()
	form := s.again(r, v, url.Values{"act": {query.Get("act")}, "record": {query.Get("record")}})
	if query.Has(againName) && form.values.Get("act") == "" {
		return redirect(decisionsPage), nil // what was typed is gone, and with it what it was about
	}
	n := asked(form.values)
	about, err := s.service.AboutToAsk(r.Context(), v.actor, n)
	var not service.Invalid
	if errors.As(err, &not) {
		form.wrong, err = not, nil // not restricted any more, say
	}
	if err != nil {
		return nil, err
	}
	title := askTitles[n.Act]
	view := askView{Act: n.Act, Record: n.Record, Lines: append([]string{askLines[n.Act]}, decisionLines[n.Act]...), Button: askButtons[n.Act], Back: backFrom(n),
		Reason: ui.Textarea{ID: "reason", Name: "reason", Label: ui.Label{Text: "Why"}, Hint: "The second person decides by it: 10 to 1,000 characters.", Value: n.Reason, Error: errorAt(form.wrong, "reason")}}
	if n.Act != store.DecideExport && n.Record == "" {
		input := referenceInput("reference", "Reference of the record", form)
		view.Reference = &input
	}
	page := ui.Page{Title: title, Heading: title, Nav: at(decisionsPage), Errors: summary(form.wrong), Back: &ui.Link{Text: "Back", Href: view.Back}}
	if about.Reference != "" {
		page.Lead = "Record " + about.Reference
	}
	return s.pageWith(form.status, v, page, "decision-ask", view), nil
}

// backFrom is the page from which somebody came to ask.
func backFrom(n service.NewDecision) string {
	if n.Record != "" {
		return recordPath(n.Record) + partHistory
	}
	return decisionsPage
}

const (
	askPage  = "/decisions/new"
	surePage = "/decisions/sure"
)

// askDecision asks for a decision; for what can never be taken back it asks once more
// before.
func (s *Server) askDecision(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	n := asked(values)
	sure := n.Act != store.DecideErase || values.Get("sure") == "yes"
	if sure {
		_, err = s.service.AskDecision(r.Context(), v.actor, n)
	} else {
		_, err = s.service.CheckDecision(r.Context(), v.actor, n)
	}
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, askPage, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	case !sure:
		return s.keep(v, surePage, filled{values: values, status: http.StatusOK}), nil
	}
	return s.done(decisionsPage, "asked"), nil
}

// sureView says once more what is asked for.
type sureView struct {
	Lines []string
	Facts ui.SummaryList
	Ask   ui.PostButton
	Back  string
}

func (s *Server) showSure(r *http.Request, v *visit) (answer, error) {
	form := s.again(r, v, nil)
	if form.values == nil {
		return redirect(decisionsPage), nil
	}
	n := asked(form.values)
	about, err := s.service.CheckDecision(r.Context(), v.actor, n)
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, askPage, filled{values: form.values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	}
	view := sureView{Lines: decisionLines[n.Act], Back: backFrom(n),
		Facts: ui.SummaryList{Rows: []ui.SummaryRow{{Key: "Record", Value: about.Reference}, {Key: "Why", Value: n.Reason}}},
		Ask:   ui.PostButton{Action: askPage, Text: "Ask for this record to be erased", Fields: []ui.Hidden{{Name: "sure", Value: "yes"}}}}
	for _, name := range []string{"act", "record", "reference", "reason"} {
		view.Ask.Fields = append(view.Ask.Fields, ui.Hidden{Name: name, Value: form.values.Get(name)})
	}
	page := ui.Page{Title: "Erase a record", Heading: "Ask for record " + about.Reference + " to be erased?", Nav: at(decisionsPage), Back: &ui.Link{Text: "Back", Href: view.Back},
		Lead: "It is erased in the moment a second person says yes, and cannot be brought back."}
	return s.page(v, page, "decision-sure", view), nil
}
