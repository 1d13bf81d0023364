package web

import (
	"net/http"

	"stablefutures/internal/framework"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// showOverviewOutcome is one outcome of the overview with its indicators.
func (s *Server) showOverviewOutcome(r *http.Request, v *visit) (answer, error) {
	o, err := s.service.Overview(r.Context(), v.actor, yearAsked(r), asPublished(r))
	if err != nil {
		return nil, err
	}
	outcome, ok := o.Edition.Outcome(r.PathValue("outcome"))
	if !ok {
		return nil, service.ErrNotFound
	}
	view := overviewView{Rule: o.Rule, Limits: o.Limits(), Exact: !o.Published}
	title, _, _ := o.Edition.Text(outcome.Title, framework.YoungPerson, "en")
	if o.TooFew {
		view.TooFew = "Fewer than 10 young people are on the register: too few to say how they are."
	} else {
		all, err := itemSpread(o, outcome.ID, title)
		if err != nil {
			return nil, err
		}
		section := spreadSection{ID: "indicators", Title: "The outcome, and each of its indicators", Rows: []spreadRow{all}}
		for _, i := range outcome.Indicators {
			text, _, _ := o.Edition.Text(i.Title, framework.YoungPerson, "en")
			row, err := itemSpread(o, i.ID, text)
			if err != nil {
				return nil, err
			}
			section.Rows = append(section.Rows, row)
		}
		view.Sections = []spreadSection{section}
	}
	page := ui.Page{Title: "Overview of one outcome", Heading: title, Nav: at("/overview"), Edition: editionNotice(o.Edition),
		Breadcrumbs: []ui.Crumb{{Text: "Overview", Href: "/overview"}, {Text: "One outcome"}},
		Lead:        "The latest readings of the young people on the register on " + o.Today.Long() + ".",
		Notices:     exactNotice(r, o.MayExact, o.Published)}
	return s.page(v, page, "overview-outcome", view), nil
}
