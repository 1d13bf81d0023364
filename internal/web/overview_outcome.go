package web

import (
	"net/http"

	"stablefutures/internal/conversation"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/framework"
	"stablefutures/internal/publish/chart"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// overviewOutcomeView is one outcome of the overview with its indicators.
type overviewOutcomeView struct {
	Silence    string // instead of everything
	Whole      spreadTable
	Others     ui.Table // who said something else than an answer, or nothing
	Indicators spreadTable
	Spoke      *ui.Table // instead of the indicators, as published
	Limits     []string
	Signs      []disclosure.Symbol
	Exact      bool
}

func (s *Server) showOverviewOutcome(r *http.Request, v *visit) (answer, error) {
	o, err := s.service.Overview(r.Context(), v.actor, yearAsked(r), asPublished(r))
	if err != nil {
		return nil, err
	}
	outcome, ok := o.Edition.Outcome(r.PathValue("outcome"))
	if !ok {
		return nil, service.ErrNotFound
	}
	title, _, _ := o.Edition.Text(outcome.Title, framework.YoungPerson, pageLanguage)
	view := overviewOutcomeView{Silence: o.Silence, Limits: limits(o), Signs: signs(o.Published, service.AnswerPage{}), Exact: !o.Published}
	if o.Silence == "" {
		if err := s.fillOutcome(&view, o, outcome); err != nil {
			return nil, err
		}
	}
	page := ui.Page{Title: "Overview of one outcome", Heading: title, Nav: at("/overview"), Edition: editionNotice(o.Edition),
		Breadcrumbs: []ui.Crumb{{Text: "Overview", Href: "/overview"}, {Text: "One outcome"}},
		Lead:        "What the young people say who are on the register today, " + o.Today.Long() + ".",
		Notices:     exactNotice(r, o.MayExact, o.Published)}
	return s.page(v, page, "overview-outcome", view), nil
}

func (s *Server) fillOutcome(view *overviewOutcomeView, o service.Overview, outcome framework.Outcome) error {
	key, err := chart.SpreadKey(chartWords(o.Edition))
	if err != nil {
		return err
	}
	all, err := s.itemSpread(o, outcome.ID, "All its indicators together")
	if err != nil {
		return err
	}
	view.Whole = spreadTable{Caption: "The outcome", First: "Outcome", Key: key, Most: mostOf(o), Groups: []spreadGroup{{Rows: []spreadRow{all}}}}
	view.Others = othersTable(o, outcome)
	if o.Published {
		view.Spoke = spokeTable(o, outcome)
		return nil
	}
	group := spreadGroup{}
	for _, i := range outcome.Indicators {
		text, _, _ := o.Edition.Text(i.Title, framework.YoungPerson, pageLanguage)
		row, err := s.itemSpread(o, i.ID, text)
		if err != nil {
			return err
		}
		group.Rows = append(group.Rows, row)
	}
	view.Indicators = spreadTable{Caption: "Each of its indicators", First: "Indicator", Groups: []spreadGroup{group}}
	return nil
}

// othersTable is who did not answer when they last talked about it: four different
// things, none of which is a low answer.
func othersTable(o service.Overview, outcome framework.Outcome) ui.Table {
	n := o.Item(outcome.ID)
	table := ui.Table{Caption: "Who gave no answer", CaptionClasses: "govuk-table__caption--s", FirstIsHeader: true, Classes: "sf-lines",
		Head: []ui.Header{{Text: "Of " + o.Cell("register").String() + " on the register"}, {Text: "Number", Numeric: true, Hidden: true}}}
	add := func(what string, n disclosure.Cell) {
		table.Rows = append(table.Rows, []ui.Cell{{Text: what}, {Text: n.String(), Numeric: true}})
	}
	for _, state := range []conversation.State{conversation.DoesNotWantToSay, conversation.DoesNotKnow, conversation.NotPartOfMyLife} {
		add(o.Edition.StateText(string(state), framework.Practitioner, pageLanguage), n.States[state])
	}
	add("Not talked about", n.Nothing)
	return table
}

// spokeTable is what is published of the indicators: together with more of them,
// the numbers of the outcome that are kept back could be worked out.
func spokeTable(o service.Overview, outcome framework.Outcome) *ui.Table {
	table := ui.Table{Caption: "Who spoke on each of its indicators", CaptionClasses: "govuk-table__caption--s", FirstIsHeader: true, Classes: "sf-lines",
		Head: []ui.Header{{Text: "Of " + o.Cell("register").String() + " on the register"}, {Text: "Spoke", Numeric: true}}}
	for _, i := range outcome.Indicators {
		text, _, _ := o.Edition.Text(i.Title, framework.YoungPerson, pageLanguage)
		table.Rows = append(table.Rows, []ui.Cell{{Text: text}, {Text: o.Item(i.ID).Spoke.String(), Numeric: true}})
	}
	return &table
}
