package web

import (
	"net/http"
	"net/url"
	"slices"

	"stablefutures/internal/consent"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// agenciesView is every agency, each with what can be done to it, and the form that
// adds one.
type agenciesView struct {
	Agencies []agencyView
	Ended    []string
	Form     agencyForm
}

type agencyView struct {
	ID, Name string
	Facts    ui.SummaryList
	Form     agencyForm
	End      ui.Link
}

type agencyForm struct {
	Name ui.TextInput
	Kind ui.Select
}

func (s *Server) showAgencies(r *http.Request, v *visit) (answer, error) {
	list, err := s.service.Agencies(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, url.Values{})
	view := agenciesView{Form: newAgencyForm("", form.values, form.wrong)}
	for _, a := range list {
		if !a.InUse() {
			view.Ended = append(view.Ended, a.Name+", ended on "+s.day(a.EndedAt).Long())
			continue
		}
		view.Agencies = append(view.Agencies, agencyView{ID: a.ID, Name: a.Name, End: ui.Link{Text: "End " + a.Name, Href: "/agencies/" + a.ID + "/end"},
			Facts: ui.SummaryList{Rows: []ui.SummaryRow{{Key: "Kind", Value: a.KindLabel()}, {Key: "Accounts", Value: ui.Number(a.Accounts)}, {Key: "Sections shared", Value: ui.Number(a.Shares)}}},
			Form:  newAgencyForm(a.ID, url.Values{"agency-name": {a.Name}, "kind": {a.Kind}}, nil)})
	}
	page := ui.Page{Title: "Agencies", Heading: "Agencies", Nav: at("/agencies"), Errors: summary(form.wrong),
		Lead: "Whom the council shares with. Whose records are shared does not show here.",
		Notices: doneNotice(r, map[string]string{"agency-added": "The agency was added. Give accounts of its people their agency and section on their account pages.",
			"agency-changed": "The agency was changed.", "agency-ended": "The agency has ended. Its people see nothing any more."})}
	return s.pageWith(form.status, v, page, "agencies", view), nil
}

// newAgencyForm asks for an agency; of is the one that is changed, empty for a new one.
func newAgencyForm(of string, values url.Values, wrong service.Invalid) agencyForm {
	id := func(name string) string {
		if of == "" {
			return name
		}
		return name + "-" + of
	}
	f := agencyForm{
		Name: ui.TextInput{ID: id("agency-name"), Name: "agency-name", Label: ui.Label{Text: "Name of the agency"}, Value: values.Get("agency-name"), Error: errorAt(wrong, "agency-name"), Classes: ui.Width30, Autocomplete: "off"},
		Kind: ui.Select{ID: id("kind"), Name: "kind", Label: ui.Label{Text: "Kind"}, Value: values.Get("kind"), Error: errorAt(wrong, "kind"), Items: []ui.Option{{Text: "Choose a kind"}}},
	}
	for _, k := range service.AgencyKinds {
		f.Kind.Items = append(f.Kind.Items, ui.Option{Value: k.ID, Text: k.Label})
	}
	return f
}

func (s *Server) addAgency(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	_, err = s.service.AddAgency(r.Context(), v.actor, values.Get("agency-name"), values.Get("kind"))
	return s.afterAgency(v, "/agencies", values, err, "agency-added")
}

func (s *Server) changeAgency(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	return s.afterAgency(v, "/agencies", values, s.service.ChangeAgency(r.Context(), v.actor, r.PathValue("agency"), values.Get("agency-name"), values.Get("kind")), "agency-changed")
}

// afterAgency leads on, to say what was done or what is wrong.
func (s *Server) afterAgency(v *visit, to string, values url.Values, err error, done string) (answer, error) {
	if wrong := invalid(err, nil); len(wrong) > 0 {
		return s.keep(v, to, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	}
	if err != nil {
		return nil, err
	}
	return s.done(to, done), nil
}

func (s *Server) showEndAgency(r *http.Request, v *visit) (answer, error) {
	list, err := s.service.Agencies(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	place := slices.IndexFunc(list, func(a service.AgencyView) bool { return a.ID == r.PathValue("agency") })
	if place < 0 {
		return nil, service.ErrNotFound
	}
	a := list[place]
	if !a.InUse() {
		return redirect("/agencies"), nil
	}
	view := endView{Path: "/agencies", End: ui.PostButton{Action: "/agencies/" + a.ID + "/end", Text: "End " + a.Name}, Lines: []string{
		ui.Count(a.Shares, "section of a record that is shared with it ends", "sections of records that are shared with it end") + " at once.",
		ui.Count(a.Accounts, "account of its people sees", "accounts of its people see") + " nothing any more. End the accounts too, where nobody needs them.",
		"An agency that has ended cannot be taken back: add it anew, and ask the young people again."}}
	page := ui.Page{Title: "End an agency", Heading: "End " + a.Name + "?", Nav: at("/agencies"), Back: &ui.Link{Text: "Agencies", Href: "/agencies"}}
	return s.page(v, page, "account-end", view), nil
}

func (s *Server) endAgency(r *http.Request, v *visit) (answer, error) {
	return s.afterAgency(v, "/agencies", nil, s.service.EndAgency(r.Context(), v.actor, r.PathValue("agency")), "agency-ended")
}

// partnerView asks for the agency of a partner's account, and the section it sees.
type partnerView struct {
	Path    string
	Agency  ui.Select
	Section ui.Radios
}

func (s *Server) showPartner(r *http.Request, v *visit) (answer, error) {
	p, err := s.service.PartnerPlace(r.Context(), v.actor, r.PathValue("account"))
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, url.Values{"agency": {p.Agency}, "section": {p.Section}})
	view := partnerView{Path: accountPath(p.ID),
		Agency:  ui.Select{Name: "agency", Label: ui.Label{Text: "Agency"}, Value: form.values.Get("agency"), Error: errorAt(form.wrong, "agency"), Items: []ui.Option{{Text: "Choose an agency"}}},
		Section: ui.Radios{Name: "section", Legend: ui.Legend{Text: "The one section that they see"}, Hint: "Of the records that are shared with the agency, as long as they are shared.", Value: form.values.Get("section"), Error: errorAt(form.wrong, "section")}}
	for _, a := range p.Agencies {
		view.Agency.Items = append(view.Agency.Items, ui.Option{Value: a.ID, Text: a.Name})
	}
	for _, section := range consent.Sections {
		view.Section.Items = append(view.Section.Items, ui.Choice{Value: string(section), Text: section.Label()})
	}
	page := ui.Page{Title: "Agency of an account", Heading: "Agency of " + p.Username, Nav: at("/accounts"), Errors: summary(form.wrong), Back: &ui.Link{Text: "Back to the account", Href: view.Path},
		Notices: doneNotice(r, map[string]string{"placed": "The account has its agency and section. What it saw before is gone at its next click."})}
	return s.pageWith(form.status, v, page, "partner", view), nil
}

func (s *Server) placePartner(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	account := r.PathValue("account")
	return s.afterAgency(v, accountPath(account)+"/agency", values, s.service.PlacePartner(r.Context(), v.actor, account, values.Get("agency"), values.Get("section")), "placed")
}

// partnerRow says which section a partner's account sees, and leads to where that is
// changed.
func partnerRow(a service.AccountKept) ui.SummaryRow {
	return ui.SummaryRow{Key: "Section that they see", Value: orWords(consent.Section(a.Section).Label(), "None yet: they have no agency"),
		Actions: []ui.Action{{Text: "Change", About: "agency and section", Href: accountPath(a.ID) + "/agency"}}}
}
