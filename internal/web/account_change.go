package web

import (
	"errors"
	"net/http"
	"net/url"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// accountView is one account: how it stands, and what can be changed.
type accountView struct {
	Path     string
	Facts    ui.SummaryList
	Change   *accountChange // nothing on an account that has ended
	Invite   *ui.PostButton // nothing for one's own account
	SignOut  *ui.PostButton
	Team     ui.Component // nothing where there is no team, and for one's own account
	EndLink  *ui.Link     // nothing for one's own account
	Username string
}

type accountChange struct {
	Name ui.TextInput
	Role ui.Radios
}

func accountPath(id string) string { return "/accounts/" + id }

func (s *Server) showAccount(r *http.Request, v *visit) (answer, error) {
	a, err := s.service.AccountKept(r.Context(), v.actor, r.PathValue("account"))
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, nil)
	view := accountView{Path: accountPath(a.ID), Username: a.Username, Facts: s.accountFacts(a)}
	page := ui.Page{Title: "An account", Heading: a.Username, Nav: at("/accounts"), Errors: summary(form.wrong), Back: &ui.Link{Text: "Accounts", Href: "/accounts"},
		Lead: "What the person did keeps their name, also when the account has ended.",
		Notices: doneNotice(r, map[string]string{"changed": "The account was changed.", "team": "The person's team was changed.", "ended": "The account was ended. The person is out from their next click on.",
			"signed-out": "The person was signed out everywhere."})}
	if a.InUse() {
		view.Change = changeForm(a, form)
		if a.ID != v.actor.Account {
			view.Team = teamSelect(a.Teams, orWords(form.values.Get("team"), a.Team), errorAt(form.wrong, "team"))
			view.EndLink = &ui.Link{Text: "End this account", Href: view.Path + "/end"}
			view.Invite = &ui.PostButton{Action: view.Path + "/invite", Text: "Invite them anew", Classes: ui.Secondary}
			view.SignOut = &ui.PostButton{Action: view.Path + "/sign-out", Text: "Sign them out everywhere", Classes: ui.Secondary}
		}
	}
	return s.pageWith(form.status, v, page, "account-change", view), nil
}

// changeForm asks for a name and a role.
func changeForm(a service.AccountKept, form filled) *accountChange {
	values := form.values
	if values == nil || !values.Has("role") {
		values = url.Values{"name": {a.Name}, "role": {string(a.Role)}}
	}
	return &accountChange{
		Name: ui.TextInput{Name: "name", Label: ui.Label{Text: "Name"}, Value: values.Get("name"), Error: errorAt(form.wrong, "name"), Classes: ui.Width30, Autocomplete: "off"},
		Role: roleRadios(values.Get("role"), errorAt(form.wrong, "role")),
	}
}

// accountFacts say how an account stands.
func (s *Server) accountFacts(a service.AccountKept) ui.SummaryList {
	list := ui.SummaryList{Rows: []ui.SummaryRow{
		{Key: "Name", Value: a.Name}, {Key: "Role", Value: a.Role.Label(), Note: a.Role.Says()},
		{Key: "Added", Value: s.day(a.CreatedAt).Long()},
	}}
	if a.InUse() && a.Role == access.Partner {
		list.Rows = append(list.Rows, partnerRow(a))
	}
	if !a.InUse() {
		return ui.SummaryList{Rows: append(list.Rows, ui.SummaryRow{Key: "Ended", Value: s.day(a.EndedAt).Long(), Note: "By " + orWords(a.EndedBy, "the operator of the machine")})}
	}
	list.Rows = append(list.Rows, ui.SummaryRow{Key: "Signs in", Value: s.signsIn(a)})
	if a.Young > 0 || access.ReachOf(a.Role, access.ReadRecord) != access.None {
		list.Rows = append(list.Rows, ui.SummaryRow{Key: "Young people", Value: ui.Count(a.Young, "young person is", "young people are") + " allocated to them"})
	}
	return list
}

func (s *Server) changeAccount(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	id := r.PathValue("account")
	return s.afterAccount(v, id, values, s.service.ChangeAccount(r.Context(), v.actor, id, values.Get("name"), access.Role(values.Get("role"))), "changed")
}

func (s *Server) signOutAccount(r *http.Request, v *visit) (answer, error) {
	id := r.PathValue("account")
	return s.afterAccount(v, id, nil, s.service.EndSessionsOf(r.Context(), v.actor, id), "signed-out")
}

// endView asks whether an account shall end, and says what will happen.
type endView struct {
	Path  string
	Lines []string
	End   ui.PostButton
}

func (s *Server) showEnd(r *http.Request, v *visit) (answer, error) {
	a, err := s.service.AccountKept(r.Context(), v.actor, r.PathValue("account"))
	if err != nil {
		return nil, err
	}
	if !a.InUse() || a.ID == v.actor.Account {
		return redirect(accountPath(a.ID)), nil
	}
	view := endView{Path: accountPath(a.ID), End: ui.PostButton{Action: accountPath(a.ID) + "/end", Text: "End the account of " + a.Name},
		Lines: []string{a.Name + " is signed out at their next click, and cannot sign in any more."}}
	switch {
	case a.Young == 0:
		view.Lines = append(view.Lines, "No young person is allocated to them.")
	case a.Alone == 0:
		view.Lines = append(view.Lines, ui.Count(a.Young, "young person loses", "young people lose")+" this worker. Each of them has another.")
	default:
		view.Lines = append(view.Lines, ui.Count(a.Young, "young person loses", "young people lose")+" this worker. "+
			ui.Count(a.Alone, "of them has", "of them have")+" nobody else: a manager finds them on the caseload, and allocates them.")
	}
	view.Lines = append(view.Lines, "What they did keeps their name. An account that has ended cannot be taken back: add another one instead.")
	page := ui.Page{Title: "End an account", Heading: "End the account of " + a.Name + "?", Nav: at("/accounts"), Back: &ui.Link{Text: "Back to the account", Href: view.Path}}
	return s.page(v, page, "account-end", view), nil
}

func (s *Server) endAccount(r *http.Request, v *visit) (answer, error) {
	id := r.PathValue("account")
	if id == v.actor.Account {
		return nil, service.ErrRefused
	}
	return s.afterAccount(v, id, nil, s.service.EndAccount(r.Context(), v.actor, id), "ended")
}

// afterAccount leads back to the account, to say what was done or what is wrong.
func (s *Server) afterAccount(v *visit, id string, values url.Values, err error, done string) (answer, error) {
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, accountPath(id), filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	}
	return s.done(accountPath(id), done), nil
}
