package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// signInView is the sign-in page. Fields of a form whose session had ended ride
// along, so that nothing that was typed is lost.
type signInView struct {
	Authority ui.Component // nothing to choose where there is one authority
	Username  ui.TextInput
	Password  ui.PasswordInput
	Next      string
	Kept      []ui.Hidden
	KeptFor   string // where the kept form was going; empty where there is none
}

const keptPrefix = "kept:"

// showStart leads to the first page that is this person's work.
func (s *Server) showStart(_ *http.Request, v *visit) (answer, error) {
	for _, start := range []struct {
		act access.Act
		to  string
	}{{access.ReadRecord, "/caseload"}, {access.ImportFiles, "/files"}, {access.ManageAccounts, "/accounts"}} {
		if v.actor.May(start.act) {
			return redirect(start.to), nil
		}
	}
	return redirect("/account"), nil
}

// askToSignIn answers a request of nobody. A form that was sent is kept on the
// page, to be sent on after signing in.
func (s *Server) askToSignIn(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("X-Autosave") != "" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if r.Method == http.MethodGet {
		http.Redirect(w, r, "/sign-in?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	view := signInView{}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") && r.ParseForm() == nil {
		view.KeptFor = local(r.URL.RequestURI())
		view.Kept = hidden(keptPrefix, r.PostForm)
	}
	say, err := s.signInPage(r, http.StatusUnauthorized, view, nil)
	if err == nil {
		err = say(w, r)
	}
	if err != nil {
		s.problem(w, r, err)
	}
}

// hidden are the fields of a form, in a fixed order, each name with a prefix.
func hidden(prefix string, values url.Values) []ui.Hidden {
	var list []ui.Hidden
	for name, all := range values {
		for _, value := range all {
			list = append(list, ui.Hidden{Name: prefix + name, Value: value})
		}
	}
	slices.SortStableFunc(list, func(a, b ui.Hidden) int { return strings.Compare(a.Name, b.Name) })
	return list
}

func (s *Server) showSignIn(r *http.Request, v *visit) (answer, error) {
	if v != nil {
		return redirect(local(r.URL.Query().Get("next"))), nil
	}
	return s.signInPage(r, http.StatusOK, signInView{Next: local(r.URL.Query().Get("next"))}, nil)
}

func (s *Server) signInPage(r *http.Request, status int, view signInView, wrong service.Invalid) (answer, error) {
	authorities, err := s.service.Authorities(r.Context())
	if err != nil {
		return nil, err
	}
	if len(authorities) > 1 {
		choose := ui.Select{Name: "authority", Label: ui.Label{Text: "Council"}, Value: r.PostFormValue("authority")}
		for _, a := range authorities {
			choose.Items = append(choose.Items, ui.Option{Value: a.Code, Text: a.Name})
		}
		view.Authority = choose
	}
	view.Username = ui.TextInput{Name: "username", Label: ui.Label{Text: "Username"}, Autocomplete: "username", Autocapitalize: "none",
		Spellcheck: "false", Value: r.PostFormValue("username"), Error: errorAt(wrong, "username"), Classes: ui.Width20}
	view.Password = ui.PasswordInput{ID: "password", Name: "password", Label: ui.Label{Text: "Password"}}
	page := ui.Page{Heading: "Sign in", Errors: summary(wrong)}
	if len(authorities) == 1 {
		page.Authority, page.Fictional = authorities[0].Name, authorities[0].Fictional
	}
	return s.pageWith(status, nil, page, "sign-in", view), nil
}

func (s *Server) signIn(r *http.Request, _ *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	authority, err := s.authorityOf(r, values.Get("authority"))
	if err != nil {
		return nil, err
	}
	token, _, err := s.service.SignIn(r.Context(), authority, values.Get("username"), values.Get("password"))
	view := signInView{Next: local(values.Get("next")), KeptFor: values.Get("kept-for"), Kept: kept(values, keptPrefix)}
	switch {
	case errors.Is(err, service.ErrSignIn):
		return s.signInPage(r, http.StatusUnprocessableEntity, view, service.Invalid{{Field: "username", Message: "The username or the password is wrong. Try again, or ask your administrator."}})
	case errors.Is(err, service.ErrTooMany):
		return s.signInPage(r, http.StatusTooManyRequests, view, service.Invalid{{Field: "username", Message: "Too many tries with this username. Wait a minute and try again."}})
	case err != nil:
		return nil, err
	}
	say := redirect(view.Next)
	if view.KeptFor != "" {
		say = s.pageWith(http.StatusOK, nil, ui.Page{Heading: "Nothing was lost"}, "resume", resumeView{local(view.KeptFor), strip(view.Kept, keptPrefix)})
	}
	return func(w http.ResponseWriter, r *http.Request) error {
		http.SetCookie(w, s.cookie(authority+"."+token, 0))
		return say(w, r)
	}, nil
}

// resumeView sends a kept form on to where it was going.
type resumeView struct {
	Action string
	Fields []ui.Hidden
}

func kept(values url.Values, prefix string) []ui.Hidden {
	found := url.Values{}
	for name, all := range values {
		if strings.HasPrefix(name, prefix) {
			found[name] = all
		}
	}
	return hidden("", found)
}

func strip(fields []ui.Hidden, prefix string) []ui.Hidden {
	list := slices.Clone(fields)
	for i := range list {
		list[i].Name = strings.TrimPrefix(list[i].Name, prefix)
	}
	return list
}

// authorityOf is the authority that was chosen, or the only one there is.
func (s *Server) authorityOf(r *http.Request, chosen string) (string, error) {
	list, err := s.service.Authorities(r.Context())
	if err != nil {
		return "", err
	}
	if len(list) == 1 {
		return list[0].Code, nil
	}
	for _, a := range list {
		if a.Code == chosen {
			return chosen, nil
		}
	}
	return "", nil
}

func (s *Server) signOut(r *http.Request, v *visit) (answer, error) {
	if err := s.service.SignOut(r.Context(), v.actor, v.token); err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter, r *http.Request) error {
		http.SetCookie(w, s.cookie("", -1))
		return redirect("/sign-in")(w, r)
	}, nil
}
