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

// accountsView is everybody who can sign in, and the form that adds somebody.
type accountsView struct {
	Table ui.Table
	Form  accountForm
}

// accountForm asks for an account's name and role.
type accountForm struct {
	Username ui.TextInput
	Name     ui.TextInput
	Role     ui.Radios
}

func (s *Server) showAccounts(r *http.Request, v *visit) (answer, error) {
	list, err := s.service.Accounts(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, url.Values{})
	view := accountsView{Table: s.accountsTable(list), Form: newAccountForm(form.values, form.wrong)}
	page := ui.Page{Title: "Accounts", Heading: "Who can sign in", Nav: at("/accounts"), Errors: summary(form.wrong),
		Lead: "Administrators keep accounts. They see no young person’s record."}
	return s.pageWith(form.status, v, page, "accounts", view), nil
}

func newAccountForm(values url.Values, wrong service.Invalid) accountForm {
	return accountForm{
		Username: ui.TextInput{Name: "username", Label: ui.Label{Text: "Username"}, Hint: "Letters, digits, dots, hyphens or @.", Value: values.Get("username"),
			Error: errorAt(wrong, "username"), Classes: ui.Width20, Autocomplete: "off", Autocapitalize: "none", Spellcheck: "false"},
		Name: ui.TextInput{Name: "name", Label: ui.Label{Text: "Name"}, Value: values.Get("name"), Error: errorAt(wrong, "name"), Classes: ui.Width30, Autocomplete: "off"},
		Role: roleRadios(values.Get("role"), errorAt(wrong, "role")),
	}
}

func roleRadios(value, wrong string) ui.Radios {
	list := ui.Radios{Name: "role", Legend: ui.Legend{Text: "What the person does"}, Value: value, Error: wrong}
	for _, role := range access.Roles {
		list.Items = append(list.Items, ui.Choice{Value: string(role), Text: role.Label(), Hint: role.Says()})
	}
	return list
}

func (s *Server) accountsTable(list []store.Account) ui.Table {
	inUse := 0
	table := ui.Table{CaptionClasses: "govuk-table__caption--m", Stack: true, FirstIsHeader: true,
		Head: []ui.Header{{Text: "Username"}, {Text: "Name"}, {Text: "Role"}, {Text: "In use"}}}
	for _, a := range list {
		since := "since " + s.day(a.CreatedAt).Long()
		if a.InUse() {
			inUse++
		} else {
			since = "ended on " + s.day(a.EndedAt).Long()
		}
		table.Rows = append(table.Rows, []ui.Cell{{Text: a.Username, Href: accountPath(a.ID)}, {Text: a.Name}, {Text: a.Role.Label()}, {Text: since}})
	}
	table.Caption = ui.Count(inUse, "account in use", "accounts in use") + ", by username"
	if ended := len(list) - inUse; ended > 0 {
		table.Caption += "; then " + ui.Number(ended) + " that ended"
	}
	return table
}

func (s *Server) addAccount(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	id, err := s.service.AddAccount(r.Context(), v.actor, service.NewAccount{Username: values.Get("username"), Name: values.Get("name"), Role: access.Role(values.Get("role"))})
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, "/accounts", filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	}
	return s.inviteTo(r, v, id)
}
