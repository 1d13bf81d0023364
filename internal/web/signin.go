package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
)

// signInView is the sign-in page.
type signInView struct {
	Why       string       // why somebody who was signed in is not any more, and what became of what they typed
	Easy      string       // that a password alone suffices in a fictional council
	Passkeys  bool         // whether the pages are reached by a name, to which passkeys can belong
	Authority ui.Component // nothing to choose where there is one authority
	Username  ui.TextInput
	Password  ui.PasswordInput
	Code      *ui.TextInput // nothing where every council is fictional
	Providers []ui.Link     // sign-in services of the councils
	Next      string
}

// showStart leads to the first page that is this person's work.
func (s *Server) showStart(_ *http.Request, v *visit) (answer, error) {
	for _, start := range []struct {
		act access.Act
		to  string
	}{{access.ReadRecord, "/caseload"}, {access.ImportFiles, "/files"}, {access.ManageAccounts, "/accounts"}, {access.ReadShared, "/shared"}, {access.ReadStudy, "/study"},
		{access.ReadPublished, "/overview"}, {access.ReadAudit, "/log"}} {
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
	view := signInForm(authorities, form)
	view.Passkeys = s.site(r).TakesPasskeys()
	if view.Providers, err = s.providers(r, authorities, view.Next); err != nil {
		return nil, err
	}
	if view.Why, err = s.whySignedOut(r); err != nil {
		return nil, err
	}
	page := ui.Page{Heading: "Sign in", Errors: summary(form.wrong)}
	if len(authorities) == 1 {
		page.Authority, page.Fictional = authorities[0].Name, authorities[0].Fictional
	}
	return s.pageWith(form.status, nil, page, "sign-in", view), nil
}

func signInForm(authorities []store.Authority, form filled) signInView {
	view := signInView{Next: local(form.values.Get("next"))}
	if len(authorities) > 1 {
		choose := ui.Select{Name: "authority", Label: ui.Label{Text: "Council"}, Value: form.values.Get("authority")}
		for _, a := range authorities {
			choose.Items = append(choose.Items, ui.Option{Value: a.Code, Text: a.Name})
		}
		view.Authority = choose
	}
	view.Username = ui.TextInput{Name: "username", Label: ui.Label{Text: "Username"}, Autocomplete: "username", Autocapitalize: "none",
		Spellcheck: "false", Value: form.values.Get("username"), Error: errorAt(form.wrong, "username"), Classes: ui.Width20}
	view.Password = ui.PasswordInput{ID: "password", Name: "password", Label: ui.Label{Text: "Password"}}
	isFictional := func(a store.Authority) bool { return a.Fictional }
	if slices.ContainsFunc(authorities, isFictional) {
		view.Easy = "In a fictional council a password is enough: nobody real is in it."
	}
	if len(authorities) == 0 || !slices.ContainsFunc(authorities, func(a store.Authority) bool { return !a.Fictional }) {
		return view
	}
	code := codeInput("Code", "The six digits that the app on your phone shows. Is your phone lost? Then one of your codes for that.")
	view.Code = &code
	return view
}

// codeInput asks for a one-time code.
func codeInput(label, hint string) ui.TextInput {
	return ui.TextInput{Name: "code", Label: ui.Label{Text: label}, Hint: hint, Autocomplete: "one-time-code", Autocapitalize: "none", Spellcheck: "false", Classes: ui.Width20}
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
	in, err := s.service.SignIn(r.Context(), service.Credentials{Authority: authority, Username: values.Get("username"),
		Password: values.Get("password"), Code: values.Get("code")}, s.visitor(r))
	if err != nil {
		return s.notSignedIn(values, err)
	}
	return s.signedIn(in, s.afterSignIn(in.Actor, values.Get("next"))), nil
}

// notSignedIn leads back to the sign-in page, which says why in words that are the
// same whoever it was.
func (s *Server) notSignedIn(values url.Values, err error) (answer, error) {
	few := url.Values{"authority": values["authority"], "username": {first(values.Get("username"), 200)}, "next": {local(values.Get("next"))}}
	refused := func(status int, message string) (answer, error) {
		return s.keep(nil, "/sign-in", filled{values: few, wrong: service.Invalid{{Field: "username", Message: message}}, status: status}), nil
	}
	var many service.TooMany
	switch {
	case errors.As(err, &many):
		return refused(http.StatusTooManyRequests, "Too many tries. Wait "+waitWords(many.Wait)+" and try again.")
	case errors.Is(err, service.ErrNoGroup):
		return refused(http.StatusUnprocessableEntity, "Your council’s sign-in service knows you, and none of your groups gives you a role here. Ask your administrator.")
	case errors.Is(err, service.ErrSignIn):
		return refused(http.StatusUnprocessableEntity, "You could not be signed in: the username, the password, the code or the passkey is not right. Try again, or ask your administrator. A code is good once.")
	}
	return nil, err
}

// waitWords say how long to wait, never too short.
func waitWords(wait time.Duration) string {
	if wait <= time.Minute {
		return "a minute"
	}
	return fmt.Sprintf("%d minutes", int((wait+time.Minute-1)/time.Minute))
}

// signedIn gives the browser its session and leads on. A young person's page that is still
// open in it is closed: they gave the tablet back.
func (s *Server) signedIn(in service.SignedIn, to string) answer {
	return func(w http.ResponseWriter, r *http.Request) error {
		s.own.TakeBack(w, r)
		http.SetCookie(w, s.cookie(in.Actor.Authority+"."+in.Token, 0))
		if in.Device != "" {
			http.SetCookie(w, s.remember(in.Device))
		}
		return redirect(to)(w, r)
	}
}

// first is the beginning of a text, at most n bytes.
func first(text string, n int) string { return strings.ToValidUTF8(text[:min(len(text), n)], "") }

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
