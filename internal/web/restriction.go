package web

import (
	"errors"
	"net/http"
	"net/url"

	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// partRestriction is the page that keeps a record to named people. It is no part of
// the record that everybody sees.
const partRestriction = "/restriction"

// restrictionView asks who may open a record, and says what that means.
type restrictionView struct {
	Means  []string
	Names  ui.Checkboxes
	Button string
	Lift   *ui.Link // where it is restricted
}

var restrictionMeans = []string{
	"Only the people whom you name can open the record. Everybody else is answered as if there were none: it is in no list and no count of theirs, and an emergency does not open it.",
	"Being named does not open it by itself. Whoever is named still needs the young person allocated to them, or a role that reaches them.",
	"Name at least two people, one of them a manager who answers for this young person’s team. Only managers who are named can change who is.",
	"Whom you add and whom you take off is your decision alone: it needs a fresh proof that it is you, and everybody who is named is told of who was added. Lifting the restriction takes two.",
	"Whoever you take off loses the record at their next click, whatever they were doing.",
}

func (s *Server) showRestriction(r *http.Request, v *visit) (answer, error) {
	p, err := s.service.Restriction(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, url.Values{"names": p.Named})
	view := restrictionView{Means: restrictionMeans, Button: "Restrict the record to these people",
		Names: ui.Checkboxes{Name: "names", Legend: ui.Legend{Text: "Who may open this record"}, Values: form.values["names"], Error: errorAt(form.wrong, "names")}}
	for _, one := range p.People {
		item := ui.Choice{Value: one.Account, Text: one.Name, Hint: one.Role.Label()}
		if one.Works {
			item.Hint += ". Works with this young person now"
		}
		if one.Account == v.actor.Account {
			item.Hint += ". You"
		}
		view.Names.Items = append(view.Names.Items, item)
	}
	page := recordForm(p.Head, "Restrict to named people")
	if !p.Since.IsZero() {
		page.Title, page.Heading = "Who is named", "Who may open this record"
		page.Lead += " · restricted since " + s.day(p.Since).Long()
		view.Button, view.Lift = "Keep these names", &ui.Link{Text: "decisions of two people", Href: "/decisions"}
	}
	page.Errors = summary(form.wrong)
	page.Notices = append(doneNotice(r, map[string]string{"restricted": "The record is restricted to these people."}), page.Notices...)
	return s.pageWith(form.status, v, page, "restriction", view), nil
}

func (s *Server) restrict(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	still, err := s.service.Restrict(r.Context(), v.actor, r.PathValue("record"), values["names"])
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, r.URL.Path, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	case !still:
		return s.done("/caseload", "restricted-away"), nil
	}
	return s.done(r.URL.Path, "restricted"), nil
}
