package web

import (
	"net/http"
	"net/url"
	"slices"

	"stablefutures/internal/consent"
	"stablefutures/internal/date"
	"stablefutures/internal/id"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// consentAskView asks what a young person was asked, and what they answered.
type consentAskView struct {
	ID       string // of the entry: a form that is sent twice records one
	Path     string
	Purpose  ui.Radios
	Agency   ui.Component
	Section  ui.Radios
	Basis    ui.Radios
	Answer   ui.Radios
	How      ui.Radios
	Language ui.TextInput
	AskedOn  ui.DateInput
	Expires  ui.DateInput
	Remark   ui.Textarea
}

func (s *Server) showConsentForm(r *http.Request, v *visit) (answer, error) {
	p, err := s.service.ConsentOf(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	if !p.MayWrite {
		return nil, service.ErrNotFound
	}
	fresh := url.Values{"id": {s.service.NewID()}, "language": {p.Head.Language}, "basis": {string(consent.Consent)}}
	dayValues(fresh, "asked-on", p.Today)
	form := s.again(r, v, fresh)
	view := consentForm(p, form.values, form.wrong)
	page := recordForm(p.Head, "Record an answer")
	page.Back = &ui.Link{Text: "Back to consent", Href: consentPath(p.Head.Record)}
	page.Errors = fieldSummary(form.wrong, map[string]ui.DateInput{"asked-on": view.AskedOn, "expires-on": view.Expires})
	return s.pageWith(form.status, v, page, "consent-ask", view), nil
}

func consentForm(p service.ConsentPage, values url.Values, wrong service.Invalid) consentAskView {
	radios := func(name, legend, hint string) ui.Radios {
		return ui.Radios{Name: name, Legend: ui.Legend{Text: legend}, Hint: hint, Value: values.Get(name), Error: errorAt(wrong, name)}
	}
	view := consentAskView{ID: values.Get("id"), Path: consentPath(p.Head.Record),
		Purpose:  radios("purpose", "What the young person was asked about", ""),
		Section:  radios("section", "Section of the record", "For sharing alone. Read the young person the words under it."),
		Basis:    radios("basis", "Basis", "Anything but consent is recorded as what it is, and never called consent."),
		Answer:   radios("answer", "What they answered", "For consent alone."),
		How:      radios("how", "How they were asked", "For consent alone."),
		Language: ui.TextInput{Name: "language", Label: ui.Label{Text: "Language in which they were asked"}, Hint: "For consent alone.", Value: values.Get("language"), Error: errorAt(wrong, "language"), Classes: ui.Width20, Autocomplete: "off"},
		AskedOn:  dayInput("asked-on", "Day on which they were asked, or from which the basis applies", "For example, 27 3 2026", values, errorAt(wrong, "asked-on")),
		Expires:  dayInput("expires-on", "Last day on which it holds", "Leave empty where it has none.", values, errorAt(wrong, "expires-on")),
		Remark: ui.Textarea{Name: "remark", Label: ui.Label{Text: "Remark"}, Hint: "Of a basis that is not consent: why it applies.", Value: values.Get("remark"), Error: errorAt(wrong, "remark"),
			Rows: 3, Dir: "auto", Autocomplete: "off"},
	}
	view.Purpose.Items = []ui.Choice{{Value: string(consent.Sharing), Text: "Sharing with another agency"}, {Value: string(consent.Study), Text: "The study", Hint: matterPlain(consent.Matter{Purpose: consent.Study})}}
	agency := ui.Select{Name: "agency", Label: ui.Label{Text: "Agency"}, Hint: "For sharing alone.", Value: values.Get("agency"), Error: errorAt(wrong, "agency"), Items: []ui.Option{{Text: "Choose an agency"}}}
	for _, a := range p.Agencies {
		agency.Items = append(agency.Items, ui.Option{Value: a.ID, Text: a.Name})
	}
	if len(p.Agencies) == 0 {
		agency.Hint = "There is no agency yet. An administrator adds them."
	}
	view.Agency = agency
	for _, section := range consent.Sections {
		view.Section.Items = append(view.Section.Items, ui.Choice{Value: string(section), Text: section.Label(), Hint: section.Plain()})
	}
	for _, basis := range consent.Bases {
		view.Basis.Items = append(view.Basis.Items, ui.Choice{Value: string(basis), Text: basis.Label(), Hint: basis.Says()})
	}
	for _, a := range []consent.Answer{consent.Agreed, consent.Declined} {
		view.Answer.Items = append(view.Answer.Items, ui.Choice{Value: string(a), Text: a.Label()})
	}
	for _, how := range consent.Hows {
		view.How.Items = append(view.How.Items, ui.Choice{Value: string(how), Text: how.Label()})
	}
	return view
}

func (s *Server) recordConsent(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	record := r.PathValue("record")
	e, unread := readEntry(values)
	if len(unread) == 0 {
		err = s.service.RecordConsent(r.Context(), v.actor, record, e)
	}
	if wrong := invalid(err, unread); len(wrong) > 0 {
		return s.keep(v, r.URL.Path, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	}
	if err != nil {
		return nil, err
	}
	return s.done(consentPath(record), "consent"), nil
}

// readEntry reads the form, and leaves out what does not belong to what was chosen: the
// fields of sharing where it is about the study, those of consent where it is none.
func readEntry(values url.Values) (consent.Entry, service.Invalid) {
	e := consent.Entry{ID: id.Known(values.Get("id")), Basis: consent.Basis(values.Get("basis")), Remark: values.Get("remark"),
		Matter: consent.Matter{Purpose: consent.Purpose(values.Get("purpose"))}}
	if e.Purpose == consent.Sharing {
		e.Agency, e.Section = values.Get("agency"), consent.Section(values.Get("section"))
	}
	if slices.Contains([]consent.Basis{consent.VitalInterests, consent.LegalObligation, consent.PublicTask}, e.Basis) {
		e.Answer = consent.Applies
	} else {
		e.Answer, e.How, e.Language = consent.Answer(values.Get("answer")), consent.How(values.Get("how")), values.Get("language")
	}
	var wrong service.Invalid
	for _, f := range []struct {
		id, what string
		to       *date.Date
	}{{"asked-on", "the day", &e.AskedOn}, {"expires-on", "the last day", &e.Expires}} {
		d := ui.DateInput{ID: f.id, NamePrefix: f.id}
		day, ok := d.Read(values, f.what)
		if !ok {
			wrong = append(wrong, service.FieldError{Field: f.id, Message: d.Error})
		}
		*f.to = day
	}
	return e, wrong
}
