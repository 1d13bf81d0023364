package web

import (
	"errors"
	"net/http"
	"net/url"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
)

// teamsView is every team, each with what can be done to it, and the form that adds one.
type teamsView struct {
	Teams []teamView
	Ended []string
	Name  ui.TextInput
}

type teamView struct {
	ID, Name string
	Facts    ui.SummaryList
	Rename   ui.TextInput
	End      ui.Component // nothing while somebody is in it
}

func (s *Server) showTeams(r *http.Request, v *visit) (answer, error) {
	list, err := s.service.Teams(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, url.Values{})
	view := teamsView{Name: ui.TextInput{Name: "team-name", Label: ui.Label{Text: "Name of the team"}, Value: form.values.Get("team-name"),
		Error: errorAt(form.wrong, "team-name"), Classes: ui.Width30, Autocomplete: "off"}}
	for _, t := range list {
		if t.InUse() {
			view.Teams = append(view.Teams, oneTeam(t))
		} else {
			view.Ended = append(view.Ended, t.Name+", ended on "+s.day(t.EndedAt).Long())
		}
	}
	page := ui.Page{Title: "Teams", Heading: "Teams", Nav: at("/accounts"), Errors: summary(form.wrong), Back: &ui.Link{Text: "Accounts", Href: "/accounts"},
		Lead:    "Managers and duty workers see the young people of their team. A manager who is in no team sees those of all teams; a duty worker in no team sees those allocated to them.",
		Notices: doneNotice(r, map[string]string{"team-added": "The team was added. Put people into it on their account pages.", "team-renamed": "The team has its new name.", "team-ended": "The team has ended."})}
	return s.pageWith(form.status, v, page, "teams", view), nil
}

func oneTeam(t service.TeamView) teamView {
	view := teamView{ID: t.ID, Name: t.Name, Rename: ui.TextInput{ID: "rename-" + t.ID, Name: "team-name", Label: ui.Label{Text: "Another name"}, Value: t.Name, Classes: ui.Width30, Autocomplete: "off"},
		Facts: ui.SummaryList{Rows: []ui.SummaryRow{{Key: "People", Value: orWords(joinWords(t.Members), "Nobody")}, {Key: "Young people", Value: ui.Number(t.Young)}}}}
	if len(t.Members) == 0 {
		view.End = ui.PostButton{Action: "/teams/" + t.ID + "/end", Text: "End this team", About: t.Name, AsLink: true}
	}
	return view
}

func (s *Server) addTeam(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	_, err = s.service.AddTeam(r.Context(), v.actor, values.Get("team-name"))
	return s.afterTeam(v, "/teams", values, err, "team-added")
}

func (s *Server) renameTeam(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	return s.afterTeam(v, "/teams", values, s.service.RenameTeam(r.Context(), v.actor, r.PathValue("team"), values.Get("team-name")), "team-renamed")
}

func (s *Server) endTeam(r *http.Request, v *visit) (answer, error) {
	return s.afterTeam(v, "/teams", nil, s.service.EndTeam(r.Context(), v.actor, r.PathValue("team")), "team-ended")
}

func (s *Server) putInTeam(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	id := r.PathValue("account")
	return s.afterTeam(v, accountPath(id), values, s.service.PutInTeam(r.Context(), v.actor, id, values.Get("team")), "team")
}

// afterTeam leads back, to say what was done or what is wrong.
func (s *Server) afterTeam(v *visit, to string, values url.Values, err error, done string) (answer, error) {
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, to, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	}
	return s.done(to, done), nil
}

// teamSelect asks for a team; nothing where there is none to choose. For somebody whom
// the council's sign-in service made a manager, none is a choice too.
func teamSelect(teams []store.Team, value, wrong string) ui.Component {
	if len(teams) == 0 && value != access.NotPlaced {
		return nil
	}
	list := ui.Select{ID: "team", Name: "team", Label: ui.Label{Text: "Team"}, Value: value, Error: wrong, Items: []ui.Option{{Text: "no team"}}}
	if value == access.NotPlaced {
		list.Items = append([]ui.Option{{Value: access.NotPlaced, Text: "not chosen yet"}}, list.Items...)
	}
	for _, t := range teams {
		list.Items = append(list.Items, ui.Option{Value: t.ID, Text: t.Name})
	}
	return list
}
