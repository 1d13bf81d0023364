package web

import (
	"net/http"
	"strconv"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/framework"
	"stablefutures/internal/web/ui"
)

// accessView is who may do what, made from the rules themselves.
type accessView struct{ Table ui.Table }

func (s *Server) showAccess(_ *http.Request, v *visit) (answer, error) {
	table := ui.Table{Caption: ui.Count(len(access.Acts), "act", "acts") + ", by role", CaptionClasses: "govuk-table__caption--m", FirstIsHeader: true, Region: "Who may do what", Classes: "sf-dense",
		Head: []ui.Header{{Text: "Who may …"}}}
	for _, role := range access.Roles {
		table.Head = append(table.Head, ui.Header{Text: role.Label()})
	}
	for _, act := range access.Acts {
		row := []ui.Cell{{Text: string(act)}}
		for _, role := range access.Roles {
			row = append(row, ui.Cell{Text: reachWords(act, access.ReachOf(role, act))})
		}
		table.Rows = append(table.Rows, row)
	}
	page := ui.Page{Title: "Who may do what", Heading: "Who may do what",
		Lead: "What is not named here is refused. Nobody reaches another council’s records, and each reading and each change of a record is written down. A restricted record is open to nobody but the people whom it names, whatever this table says, and nobody else is told that there is one."}
	return s.page(v, page, "access", accessView{table}), nil
}

// reachWords says how far a role's right to an act goes.
func reachWords(act access.Act, reach access.Reach) string {
	switch {
	case reach == access.None:
		return "no"
	case reach == access.Allocated:
		return "theirs"
	case reach == access.Team:
		return "their team’s"
	case reach == access.TeamOrAll:
		return "their team’s; all, where they are in none"
	case reach == access.Shared:
		return "what is shared"
	case access.OfRecords(act):
		return "all"
	}
	return "yes"
}

func (s *Server) showAccessibility(_ *http.Request, v *visit) (answer, error) {
	return s.page(v, ui.Page{Title: "Accessibility statement", Heading: "Accessibility statement"}, "accessibility", nil), nil
}

// frameworkView is an edition with where each of its texts comes from.
type frameworkView struct {
	Facts      ui.SummaryList
	Principles []principleView
	Scale      ui.Table
}

type principleView struct {
	ID, Title, Note string
	Outcomes        []ui.Table
}

// showFramework shows the edition in use, or the working one to those who are
// not signed in.
func (s *Server) showFramework(r *http.Request, v *visit) (answer, error) {
	e := framework.Working()
	if v != nil {
		held, err := s.service.Editions(r.Context(), v.actor)
		if err != nil {
			return nil, err
		}
		if inUse := held[v.authority.Edition]; inUse != nil {
			e = inUse
		}
	}
	title, _, _ := e.In(e.Title, pageLanguage)
	view := frameworkView{Facts: ui.SummaryList{Rows: []ui.SummaryRow{
		{Key: "Edition", Value: e.ID + ", version " + e.Version}, {Key: "Size", Value: ui.Count(len(e.Outcomes()), "outcome", "outcomes") + ", " + ui.Count(indicatorsOf(e), "indicator", "indicators")},
		{Key: "Texts", Value: textStates(e)}}}, Scale: scaleTable(e)}
	for _, p := range e.Principles {
		text, _, _ := e.Text(p.Title, framework.Practitioner, pageLanguage)
		one := principleView{ID: p.ID, Title: text, Note: "Article " + strconv.Itoa(p.Article) + " of the UN Convention on the Rights of the Child"}
		for _, o := range p.Outcomes {
			one.Outcomes = append(one.Outcomes, wordingTable(e, o))
		}
		view.Principles = append(view.Principles, one)
	}
	return s.page(v, ui.Page{Title: "About the framework", Heading: title, Edition: editionNotice(e), Lead: editionNotice(e)}, "about-the-framework", view), nil
}

func indicatorsOf(e *framework.Edition) int {
	n := 0
	for _, o := range e.Outcomes() {
		n += len(o.Indicators)
	}
	return n
}

// textStates says whose texts they are and who has reviewed them.
func textStates(e *framework.Edition) string {
	var notes []string
	for _, n := range framework.Notes(e) {
		if n.Where == "texts" {
			notes = append(notes, n.Message)
		}
	}
	return orWords(strings.Join(notes, "; "), "all reviewed")
}

func wordingTable(e *framework.Edition, o framework.Outcome) ui.Table {
	young, _, _ := e.Text(o.Title, framework.YoungPerson, pageLanguage)
	practitioner, _, _ := e.Text(o.Title, framework.Practitioner, pageLanguage)
	table := ui.Table{Caption: young, Stack: true, Head: []ui.Header{{Text: "For young people"}, {Text: "For practitioners"}}}
	table.Rows = append(table.Rows, []ui.Cell{{Text: young}, {Text: practitioner, Note: o.Source}})
	for _, i := range o.Indicators {
		young, _, _ := e.Text(i.Title, framework.YoungPerson, pageLanguage)
		practitioner, _, _ := e.Text(i.Title, framework.Practitioner, pageLanguage)
		table.Rows = append(table.Rows, []ui.Cell{{Text: young, Note: i.ID}, {Text: practitioner}})
	}
	return table
}

func scaleTable(e *framework.Edition) ui.Table {
	table := ui.Table{Caption: "The answers, lowest first, and what is not an answer", CaptionClasses: "govuk-table__caption--m", Stack: true,
		Head: []ui.Header{{Text: "For young people"}, {Text: "For practitioners"}}}
	for _, a := range e.Scale.Answers {
		table.Rows = append(table.Rows, []ui.Cell{{Text: e.AnswerText(a.Value, framework.YoungPerson, pageLanguage)}, {Text: e.AnswerText(a.Value, framework.Practitioner, pageLanguage)}})
	}
	for _, state := range e.Scale.States {
		table.Rows = append(table.Rows, []ui.Cell{{Text: e.StateText(state.ID, framework.YoungPerson, pageLanguage)}, {Text: e.StateText(state.ID, framework.Practitioner, pageLanguage), Note: "not an answer, and never a low one"}})
	}
	return table
}
