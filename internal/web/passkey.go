package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// passkeyForm is a form that a script fills in with what a passkey answers. Without
// script it is not shown.
type passkeyForm struct {
	Kind   string // "get" or "create"
	Ask    string // where the script gets the question
	Action string
	Button ui.Button
	Name   *ui.TextInput
	Next   string
}

// askBrowser answers a script with what the browser is to prove.
func askBrowser(a service.Asked, err error) (answer, error) {
	var many service.TooMany
	if errors.As(err, &many) {
		return func(w http.ResponseWriter, _ *http.Request) error {
			w.WriteHeader(http.StatusTooManyRequests)
			return nil
		}, nil
	}
	if err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", "application/json")
		return json.NewEncoder(w).Encode(a)
	}, nil
}

func (s *Server) askForPasskey(r *http.Request, _ *visit) (answer, error) {
	return askBrowser(s.service.AskForPasskey(r.Context(), s.site(r), s.visitor(r)))
}

func (s *Server) signInWithPasskey(r *http.Request, _ *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	in, err := s.service.SignInWithPasskey(r.Context(), s.site(r), values.Get("id"), []byte(values.Get("proof")), s.visitor(r))
	if err != nil {
		return s.notSignedIn(values, err)
	}
	return s.signedIn(in, s.afterSignIn(in.Actor, values.Get("next"))), nil
}

// newPasskeyView adds a passkey.
type newPasskeyView struct{ Form passkeyForm }

func (s *Server) showNewPasskey(r *http.Request, v *visit) (answer, error) {
	if err := s.service.MayChangeWaysIn(v.actor); err != nil {
		return nil, err
	}
	form := s.again(r, v, nil)
	page := ui.Page{Heading: "Add a passkey", Errors: summary(form.wrong), Back: &ui.Link{Text: "Your account", Href: "/account"},
		Lead: "A passkey is kept by your phone, your computer or a key that you plug in. You sign in with your finger, your face or a PIN, and there is no password that somebody could steal."}
	return s.pageWith(form.status, v, page, "new-passkey", newPasskeyView{newPasskeyForm(errorAt(form.wrong, "passkeys"))}), nil
}

func newPasskeyForm(wrong string) passkeyForm {
	return passkeyForm{Kind: "create", Ask: "/account/passkeys/ask", Action: "/account/passkeys", Button: ui.Button{Text: "Add a passkey"},
		Name: &ui.TextInput{ID: "passkeys", Name: "name", Label: ui.Label{Text: "What you call it"}, Hint: "For example: work laptop. It may stay empty.", Classes: ui.Width20, Autocomplete: "off", Error: wrong}}
}

func (s *Server) askForNewPasskey(r *http.Request, v *visit) (answer, error) {
	return askBrowser(s.service.AskForNewPasskey(r.Context(), v.actor, s.site(r)))
}

func (s *Server) addPasskey(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	in, err := s.service.AddPasskey(r.Context(), v.actor, s.site(r), values.Get("id"), []byte(values.Get("proof")), values.Get("name"), s.visitor(r))
	var wrong service.Invalid
	if errors.Is(err, service.ErrProof) {
		err = service.Invalid{{Field: "passkeys", Message: "The passkey could not be added. Try again, and finish within ten minutes."}}
	}
	page := newPasskeyPage
	if v.actor.Unfinished {
		page = setUpPage
	}
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, page, filled{values: url.Values{}, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	case v.actor.Unfinished:
		return s.signedIn(in, s.afterSignIn(in.Actor, "/")), nil
	}
	return s.done("/account", "passkey"), nil
}

const newPasskeyPage = "/account/passkeys/new"

func (s *Server) removePasskey(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	return s.afterOwn(v, s.service.RemovePasskey(r.Context(), v.actor, passkeyID(values.Get("passkey"))), "passkey-removed")
}
