package web

import (
	"errors"
	"net/http"
	"net/url"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

const (
	emergencyPage   = "/emergency"
	emergenciesPage = "/emergencies"
)

// emergencyView asks which record somebody needs in an emergency and why, under what
// they have open now.
type emergencyView struct {
	Review    *ui.Link // for who reviews
	Open      []openEmergencyView
	Means     []string
	Reference ui.TextInput
	Reason    ui.Textarea
}

type openEmergencyView struct {
	Record ui.Link
	Until  string
	Reason string
	End    ui.PostButton
}

// emergencyMeans says what happens, before somebody does it.
var emergencyMeans = []string{
	"You can read the record for three hours. You cannot change it.",
	"The workers of the young person and their managers are told at once that it was you.",
	"A manager reads why, and what you read, and says whether it was right.",
}

func (s *Server) showEmergency(r *http.Request, v *visit) (answer, error) {
	open, err := s.service.OwnEmergencies(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, url.Values{})
	view := emergencyView{Means: emergencyMeans,
		Reference: ui.TextInput{Name: "reference", Label: ui.Label{Text: "Reference, or the council’s number"}, Hint: "Exactly as it is written, for example K7P4-TM. A name finds nothing here.",
			Value: form.values.Get("reference"), Error: errorAt(form.wrong, "reference"), Classes: ui.Width20, Autocomplete: "off", Spellcheck: "false"},
		Reason: ui.Textarea{Name: "reason", Label: ui.Label{Text: "Why you need it now"}, Hint: "In 10 to 1,000 characters. Whoever reviews it reads this.", Rows: 3,
			Value: form.values.Get("reason"), Error: errorAt(form.wrong, "reason"), Autocomplete: "off"}}
	if v.actor.May(access.ReviewEmergency) {
		view.Review = &ui.Link{Text: "What others opened in an emergency, to review", Href: emergenciesPage}
	}
	for _, e := range open {
		view.Open = append(view.Open, openEmergencyView{Record: ui.Link{Text: e.Reference, Href: recordPath(e.Record)}, Until: s.hour(e.Until), Reason: e.Reason,
			End: ui.PostButton{Action: emergencyPage + "/" + e.ID + "/end", Text: "End it now", About: "(record " + e.Reference + ")", Classes: ui.Secondary}})
	}
	page := ui.Page{Title: "Emergency", Heading: "Open a record in an emergency", Nav: at(emergencyPage), Errors: summary(form.wrong),
		Lead:    "For a young person whose record is not open to you, when waiting for somebody whom it is open to would put them at risk.",
		Notices: doneNotice(r, map[string]string{"emergency-ended": "It has ended: the record is not open to you any more."})}
	return s.pageWith(form.status, v, page, "emergency", view), nil
}

func (s *Server) askEmergency(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	record, _, err := s.service.AskEmergency(r.Context(), v.actor, values.Get("reference"), values.Get("reason"))
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, emergencyPage, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	}
	return redirect(recordPath(record)), nil
}

func (s *Server) endEmergency(r *http.Request, v *visit) (answer, error) {
	if err := s.service.EndEmergency(r.Context(), v.actor, r.PathValue("emergency")); err != nil {
		return nil, err
	}
	return s.done(emergencyPage, "emergency-ended"), nil
}
