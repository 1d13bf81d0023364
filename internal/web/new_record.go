package web

import (
	"errors"
	"net/http"
	"net/url"

	"stablefutures/internal/access"
	"stablefutures/internal/care"
	"stablefutures/internal/child"
	"stablefutures/internal/id"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// whoView asks who a young person is: on adding them, and to correct it.
type whoView struct {
	ID        string
	Name      ui.TextInput
	BirthDate ui.DateInput
	Sex       ui.Radios
	Ethnicity ui.Select
	UPN       ui.TextInput
	LAID      *ui.TextInput // on adding alone

	Likely  []ui.Link // records that this may be already
	Shown   string    // marks which they are, so that others are shown again
	Unseen  string    // how many more there are that this person may not open
	Sources *ui.Table // on correcting alone
}

// whoForm draws the fields from what was typed.
func whoForm(form filled) whoView {
	values, wrong := form.values, form.wrong
	view := whoView{
		ID:        values.Get("id"),
		Name:      ui.TextInput{Name: "name", Label: ui.Label{Text: "Name"}, Value: values.Get("name"), Error: errorAt(wrong, "name"), Classes: ui.Width30, Autocomplete: "off"},
		BirthDate: dayInput("birth-date", "Date of birth", "Leave it empty where nobody knows it. For example, 27 3 2010", values, errorAt(wrong, "birth-date")),
		Sex:       ui.Radios{Name: "sex", Legend: ui.Legend{Text: "Sex"}, Value: values.Get("sex"), Error: errorAt(wrong, "sex"), Classes: "govuk-radios--inline"},
		Ethnicity: ui.Select{ID: "ethnicity", Name: "ethnicity", Label: ui.Label{Text: "Ethnicity"}, Value: values.Get("ethnicity"), Error: errorAt(wrong, "ethnicity"), Items: []ui.Option{{Text: "Not known"}}},
		UPN: ui.TextInput{Name: "upn", Label: ui.Label{Text: "Unique pupil number"}, Hint: "13 letters and digits. Leave it empty if you do not know it.", Value: values.Get("upn"),
			Error: errorAt(wrong, "upn"), Classes: ui.Width20, Autocomplete: "off", Spellcheck: "false"},
	}
	for _, code := range care.Sexes() {
		view.Sex.Items = append(view.Sex.Items, ui.Choice{Value: code, Text: care.SexLabel(code)})
	}
	for _, code := range care.Ethnicities() {
		view.Ethnicity.Items = append(view.Ethnicity.Items, ui.Option{Value: code, Text: care.EthnicityLabel(code)})
	}
	return view
}

// readWho reads the fields.
func readWho(values url.Values) (service.NewChild, service.Invalid) {
	day := ui.DateInput{ID: "birth-date", NamePrefix: "birth-date"}
	born, ok := day.Read(values, "the date of birth")
	var wrong service.Invalid
	if !ok {
		wrong = service.Invalid{{Field: "birth-date", Message: day.Error}}
	}
	return service.NewChild{ID: id.Known(values.Get("id")), Name: values.Get("name"), BirthDate: born, Sex: oneOf(values.Get("sex"), care.Sexes()),
		Ethnicity: oneOf(values.Get("ethnicity"), care.Ethnicities()), LAID: values.Get("la-id"), UPN: values.Get("upn"), Shown: values.Get("shown")}, wrong
}

// oneOf is a value that the form offers, or none.
func oneOf(value string, offered []string) string {
	for _, o := range offered {
		if value == o {
			return value
		}
	}
	return ""
}

// showNewRecord asks who the young person is; where the form was sent before, it
// says what is wrong with it, or whom they may be already.
func (s *Server) showNewRecord(r *http.Request, v *visit) (answer, error) {
	form := s.again(r, v, url.Values{"id": {s.service.NewID()}})
	view := whoForm(form)
	if v.actor.May(access.Allocate) {
		view.LAID = &ui.TextInput{ID: "la-id", Name: "la-id", Label: ui.Label{Text: "Number in your case system"}, Hint: "If there is one: returns that name it will be added to this record.",
			Value: form.values.Get("la-id"), Error: errorAt(form.wrong, "la-id"), Classes: ui.Width20, Autocomplete: "off", Spellcheck: "false"}
	}
	likely, _ := form.more.([]service.Duplicate)
	if len(likely) > 0 {
		view.Shown = service.MarkOf(likely)
	}
	unseen := 0
	for _, d := range likely {
		if d.Record == "" {
			unseen++
			continue
		}
		view.Likely = append(view.Likely, ui.Link{Text: d.Reference + " (" + matchWords[d.Reason] + ")", Href: recordPath(d.Record)})
	}
	if unseen > 0 {
		view.Unseen = ui.Count(unseen, "more record is", "more records are") + " alike that you may not open: ask a manager before you add another."
	}
	page := ui.Page{Title: "Add a young person", Heading: "Add a young person", Nav: at("/caseload"), Back: &ui.Link{Text: "Caseload", Href: "/caseload"},
		Lead: "For somebody who is in no return, or not yet.", Errors: fieldSummary(form.wrong, map[string]ui.DateInput{"birth-date": view.BirthDate})}
	return s.pageWith(form.status, v, page, "new-record", view), nil
}

// matchWords say why two records may be one young person.
var matchWords = map[child.MatchReason]string{
	child.SameUPN: "the same pupil number", child.SameBirth: "the same date of birth, sex and ethnicity", child.ByPerson: "somebody said so", child.SameName: "the same name and date of birth",
}

// addRecord adds the young person, after showing whom they may be already.
func (s *Server) addRecord(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	n, wrong := readWho(values)
	if wrong = alsoWrong(wrong, s.service.CheckNewChild(n)); len(wrong) > 0 {
		return s.keep(v, r.URL.Path, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	}
	record, likely, err := s.service.AddChild(r.Context(), v.actor, n)
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, r.URL.Path, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	case record == "":
		return s.keep(v, r.URL.Path, filled{values: values, status: http.StatusOK, more: likely}), nil
	}
	return s.done(recordPath(record), "added"), nil
}
