package web

import (
	"errors"
	"net/http"
	"net/url"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// accountView changes one account.
type accountView struct {
	Path     string
	Name     ui.TextInput
	Role     ui.Radios
	Password ui.PasswordInput
	End      *ui.PostButton // nothing for one's own account
}

func (s *Server) showAccount(r *http.Request, v *visit) (answer, error) {
	a, err := s.service.Account(r.Context(), v.actor, r.PathValue("account"))
	if err != nil {
		return nil, err
	}
	return s.accountPage(r, v, http.StatusOK, url.Values{"name": {a.Name}, "role": {string(a.Role)}}, nil)
}

func (s *Server) accountPage(r *http.Request, v *visit, status int, values url.Values, wrong service.Invalid) (answer, error) {
	a, err := s.service.Account(r.Context(), v.actor, r.PathValue("account"))
	if err != nil {
		return nil, err
	}
	if !a.InUse() {
		return nil, service.ErrNotFound
	}
	if values.Get("role") == "" {
		values.Set("name", a.Name)
		values.Set("role", string(a.Role))
	}
	view := accountView{Path: "/accounts/" + a.ID,
		Name:     ui.TextInput{Name: "name", Label: ui.Label{Text: "Name"}, Value: values.Get("name"), Error: errorAt(wrong, "name"), Classes: ui.Width30, Autocomplete: "off"},
		Role:     roleRadios(values.Get("role"), errorAt(wrong, "role")),
		Password: ui.PasswordInput{ID: "password", Name: "password", Label: ui.Label{Text: "New password"}, Hint: passwordHint, Autocomplete: "new-password", Error: errorAt(wrong, "password")},
	}
	if a.ID != v.actor.Account {
		view.End = &ui.PostButton{Action: view.Path + "/end", Text: "End this account", Classes: ui.Secondary}
	}
	page := ui.Page{Title: "An account", Heading: a.Username, Nav: at("/accounts"), Errors: summary(wrong), Back: &ui.Link{Text: "Accounts", Href: "/accounts"},
		Lead: "Added on " + s.day(a.CreatedAt).Long() + ". What the person did keeps their name, also when the account has ended."}
	return s.pageWith(status, v, page, "account-change", view), nil
}

func (s *Server) changeAccount(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	err = s.service.ChangeAccount(r.Context(), v.actor, r.PathValue("account"), values.Get("name"), access.Role(values.Get("role")))
	return s.afterAccount(r, v, values, err, "changed")
}

func (s *Server) newPassword(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	err = s.service.SetPassword(r.Context(), v.actor, r.PathValue("account"), values.Get("password"))
	return s.afterAccount(r, v, url.Values{}, err, "password")
}

func (s *Server) endAccount(r *http.Request, v *visit) (answer, error) {
	if r.PathValue("account") == v.actor.Account {
		return nil, service.ErrRefused
	}
	return s.afterAccount(r, v, url.Values{}, s.service.EndAccount(r.Context(), v.actor, r.PathValue("account")), "ended")
}

// afterAccount leads back to the list, or shows what is wrong.
func (s *Server) afterAccount(r *http.Request, v *visit, values url.Values, err error, done string) (answer, error) {
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.accountPage(r, v, http.StatusUnprocessableEntity, values, wrong)
	case err != nil:
		return nil, err
	}
	return redirect("/accounts?done=" + done), nil
}

// ownView is one's own account.
type ownView struct {
	Facts         ui.SummaryList
	Old, Password ui.PasswordInput
}

func (s *Server) showOwn(r *http.Request, v *visit) (answer, error) {
	return s.ownPage(v, http.StatusOK, nil), nil
}

func (s *Server) ownPage(v *visit, status int, wrong service.Invalid) answer {
	view := ownView{
		Facts: ui.SummaryList{Rows: []ui.SummaryRow{{Key: "Username", Value: v.actor.Username}, {Key: "Name", Value: v.actor.Name},
			{Key: "Role", Value: v.actor.Role.Label(), Note: roleHints[v.actor.Role]}, {Key: "Council", Value: v.authority.Name}}},
		Old:      ui.PasswordInput{ID: "old", Name: "old", Label: ui.Label{Text: "Password now"}, Error: errorAt(wrong, "old")},
		Password: ui.PasswordInput{ID: "password", Name: "password", Label: ui.Label{Text: "New password"}, Hint: "At least 12 characters: three words that do not belong together are good.", Autocomplete: "new-password", Error: errorAt(wrong, "password")},
	}
	return s.pageWith(status, v, ui.Page{Title: "Your account", Heading: "Your account", Errors: summary(wrong)}, "own-account", view)
}

// changeOwnPassword changes the password and ends every session, this one too.
func (s *Server) changeOwnPassword(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	err = s.service.ChangeOwnPassword(r.Context(), v.actor, values.Get("old"), values.Get("password"))
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.ownPage(v, http.StatusUnprocessableEntity, wrong), nil
	case err != nil:
		return nil, err
	}
	return redirect("/sign-in"), nil
}
