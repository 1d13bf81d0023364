package web

import (
	"errors"
	"net/http"
	"net/url"

	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// setUpPage is where somebody sets up how they sign in. Nothing else can be done
// before they have.
const setUpPage = "/account/set-up"

// invitationView asks for the code of an invitation.
type invitationView struct{ Code ui.TextInput }

func (s *Server) showInvitation(r *http.Request, v *visit) (answer, error) {
	if v != nil {
		return redirect("/"), nil
	}
	form := s.again(r, nil, nil)
	code := codeInput("Set-up code", "Your administrator gave it to you: a number and four groups of five letters and digits.")
	code.Autocomplete, code.Error, code.Classes = "off", errorAt(form.wrong, "code"), ui.Width30
	page := ui.Page{Heading: "Set up how you sign in", Errors: summary(form.wrong)}
	return s.pageWith(form.status, nil, page, "invitation", invitationView{code}), nil
}

func (s *Server) openInvitation(r *http.Request, _ *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	in, err := s.service.OpenInvitation(r.Context(), values.Get("code"), s.visitor(r))
	refused := func(status int, message string) (answer, error) {
		return s.keep(nil, "/set-up", filled{status: status, wrong: service.Invalid{{Field: "code", Message: message}}}), nil
	}
	var many service.TooMany
	switch {
	case errors.As(err, &many):
		return refused(http.StatusTooManyRequests, "Too many tries. Wait "+waitWords(many.Wait)+" and try again.")
	case errors.Is(err, service.ErrInvitation):
		return refused(http.StatusUnprocessableEntity, "This code is not good, or not any more: it is good once, for seven days. If you have not used it, somebody else may have: tell your administrator, and ask for another.")
	case err != nil:
		return nil, err
	}
	return s.signedIn(in, setUpPage), nil
}

// setUpView lets somebody choose how they sign in.
type setUpView struct {
	First    bool // they have nothing yet
	Passkey  *passkeyForm
	Password *ui.PasswordInput
	App      *appView // nothing where a password suffices
	Button   string
}

// appView is the secret that an app takes.
type appView struct {
	Picture string
	Text    string
	Code    ui.TextInput
}

func (s *Server) showSetUp(r *http.Request, v *visit) (answer, error) {
	ways, err := s.service.WaysIn(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	offer, err := s.service.OfferApp(r.Context(), v.actor, v.token)
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, nil)
	view := setUpView{First: v.actor.Unfinished, Button: "Use this app"}
	page := ui.Page{Heading: "An app for codes", Errors: summary(form.wrong)}
	if view.First {
		passkey := newPasskeyForm(errorAt(form.wrong, "passkeys"))
		view.Passkey, page.Heading = &passkey, "Set up how you sign in"
		page.Lead = "Nobody but you should be able to sign in as you. Choose how you prove that it is you."
	} else {
		page.Back = &ui.Link{Text: "Your account", Href: "/account"}
	}
	if !ways.Password {
		view.Password, view.Button = &ui.PasswordInput{ID: "password", Name: "password", Label: ui.Label{Text: "Your own password"}, Hint: ownPasswordHint, Autocomplete: "new-password", Error: errorAt(form.wrong, "password")}, "Use this password and app"
	}
	if ways.Fictional {
		view.Button = "Use this password"
	} else {
		code := codeInput("Code", "The six digits that the app shows now: they show that it took the secret.")
		code.Error = errorAt(form.wrong, "code")
		view.App = &appView{setUpPage + "/picture.png", offer.Text, code}
	}
	return s.pageWith(form.status, v, page, "set-up", view), nil
}

// showAppPicture is the secret as a picture, for the session to which it is offered.
func (s *Server) showAppPicture(r *http.Request, v *visit) (answer, error) {
	offer, err := s.service.OfferApp(r.Context(), v.actor, v.token)
	if err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", "image/png")
		_, err := w.Write(offer.Picture)
		return err
	}, nil
}

func (s *Server) setUp(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	in, codes, err := s.service.SetUpCode(r.Context(), v.actor, v.token, service.SetUp{Password: values.Get("password"), Code: values.Get("code")}, s.visitor(r))
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, setUpPage, filled{wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	case len(codes) == 0:
		return s.signedIn(in, s.afterSignIn(in.Actor, "/")), nil
	}
	return s.signedIn(in, s.codesOnce(v, codes)), nil
}

// onceName names what a page shows a single time.
const onceName = "once"

// codesPage shows codes for when a phone is lost, once.
const codesPage = "/account/codes"

// codesOnce is where fresh codes are shown, this once.
func (s *Server) codesOnce(v *visit, codes []string) string {
	return codesPage + "?" + onceName + "=" + s.forms.put(v.owner(), codesPage, filled{status: http.StatusOK, more: codes})
}

// codesView is the codes, or nothing where they were shown already.
type codesView struct {
	Codes []string
	Again ui.PostButton
}

func (s *Server) showCodes(r *http.Request, v *visit) (answer, error) {
	kept, _ := s.forms.take(v.owner(), codesPage, r.URL.Query().Get(onceName))
	codes, _ := kept.more.([]string)
	view := codesView{Codes: codes, Again: ui.PostButton{Action: codesPage, Text: "Make new codes", Classes: ui.Secondary}}
	page := ui.Page{Heading: "Codes for when your phone is lost", Back: &ui.Link{Text: "Your account", Href: "/account"}}
	return s.page(v, page, "codes", view), nil
}

func (s *Server) makeCodes(r *http.Request, v *visit) (answer, error) {
	if _, err := form(r); err != nil {
		return nil, err
	}
	codes, err := s.service.FreshRecoveryCodes(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	return redirect(s.codesOnce(v, codes)), nil
}

// invitationKept is the code of an invitation on its way to the page that shows it once.
type invitationKept struct{ code string }

// invitedOnce leads to the page of an account, which shows the code of its invitation,
// this once.
func (s *Server) invitedOnce(v *visit, account, code string) answer {
	page := accountPath(account) + "/invited"
	return redirect(page + "?" + onceName + "=" + s.forms.put(v.owner(), page, filled{status: http.StatusOK, more: invitationKept{code}, values: url.Values{}}))
}
