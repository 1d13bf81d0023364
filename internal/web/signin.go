package web

import (
	"errors"
	"net/http"
	"net/url"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// signInView is the sign-in page.
type signInView struct {
	Why       string       // why somebody who was signed in is not any more, and what became of what they typed
	Authority ui.Component // nothing to choose where there is one authority
	Username  ui.TextInput
	Password  ui.PasswordInput
	Next      string
}

// showStart leads to the first page that is this person's work.
func (s *Server) showStart(_ *http.Request, v *visit) (answer, error) {
	for _, start := range []struct {
		act access.Act
		to  string
	}{{access.ReadRecord, "/caseload"}, {access.ImportFiles, "/files"}, {access.ManageAccounts, "/accounts"}, {access.ReadShared, "/shared"}, {access.ReadStudy, "/study"}} {
		if v.actor.May(start.act) {
			return redirect(start.to), nil
		}
	}
	return redirect("/account"), nil
}

func (s *Server) showSignIn(r *http.Request, v *visit) (answer, error) {
	if v != nil {
		return redirect(local(r.URL.Query().Get("next"))), nil
	}
	form := s.again(r, v, url.Values{"next": {local(r.URL.Query().Get("next"))}})
	authorities, err := s.service.Authorities(r.Context())
	if err != nil {
		return nil, err
	}
	view := signInView{Next: local(form.values.Get("next"))}
	if len(authorities) > 1 {
		choose := ui.Select{Name: "authority", Label: ui.Label{Text: "Council"}, Value: form.values.Get("authority")}
		for _, a := range authorities {
			choose.Items = append(choose.Items, ui.Option{Value: a.Code, Text: a.Name})
		}
		view.Authority = choose
	}
	if view.Why, err = s.whySignedOut(r); err != nil {
		return nil, err
	}
	view.Username = ui.TextInput{Name: "username", Label: ui.Label{Text: "Username"}, Autocomplete: "username", Autocapitalize: "none",
		Spellcheck: "false", Value: form.values.Get("username"), Error: errorAt(form.wrong, "username"), Classes: ui.Width20}
	view.Password = ui.PasswordInput{ID: "password", Name: "password", Label: ui.Label{Text: "Password"}}
	page := ui.Page{Heading: "Sign in", Errors: summary(form.wrong)}
	if len(authorities) == 1 {
		page.Authority, page.Fictional = authorities[0].Name, authorities[0].Fictional
	}
	return s.pageWith(form.status, nil, page, "sign-in", view), nil
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
	token, actor, err := s.service.SignIn(r.Context(), authority, values.Get("username"), values.Get("password"))
	refused := func(status int, message string) (answer, error) {
		few := url.Values{"authority": values["authority"], "username": {first(values.Get("username"), 200)}, "next": {local(values.Get("next"))}}
		return s.keep(nil, "/sign-in", filled{values: few, wrong: service.Invalid{{Field: "username", Message: message}}, status: status}), nil
	}
	switch {
	case errors.Is(err, service.ErrSignIn):
		return refused(http.StatusUnprocessableEntity, "The username or the password is wrong. Try again, or ask your administrator.")
	case errors.Is(err, service.ErrTooMany):
		return refused(http.StatusTooManyRequests, "Too many tries with this username. Wait a minute and try again.")
	case err != nil:
		return nil, err
	}
	return s.signedIn(authority, token, s.afterSignIn(actor, values.Get("next"))), nil
}

// signedIn gives the browser its session and leads on.
func (s *Server) signedIn(authority, token, to string) answer {
	return func(w http.ResponseWriter, r *http.Request) error {
		http.SetCookie(w, s.cookie(authority+"."+token, 0))
		return redirect(to)(w, r)
	}
}

// first is the beginning of a text, at most n bytes.
func first(text string, n int) string { return text[:min(len(text), n)] }

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
