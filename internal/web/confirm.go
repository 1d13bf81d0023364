package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// confirmPage is where somebody proves again that it is them, before what may not be
// done in a session that was left open.
const confirmPage = "/confirm"

// confirmView asks for the second factor once more.
type confirmView struct {
	Unsent   bool // what was sent could not be kept
	Passkey  *passkeyForm
	Code     *ui.TextInput
	Password *ui.PasswordInput
	Provider *ui.Link
	Next     string
}

// askToConfirm answers somebody who has to prove again that it is them. A form that
// was sent is kept.
func (s *Server) askToConfirm(w http.ResponseWriter, r *http.Request, v *visit) {
	if r.Header.Get("X-Autosave") != "" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	to := confirmPage + "?next=" + url.QueryEscape(r.URL.RequestURI())
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		to = confirmPage
		if keepable(r) {
			s.keepUnsent(v.owner(), r, r.Pattern)
		} else {
			to += "?" + unsent
		}
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

func (s *Server) showConfirm(r *http.Request, v *visit) (answer, error) {
	if v.actor.Fresh {
		return redirect(s.afterSignIn(v.actor, r.URL.Query().Get("next"))), nil
	}
	ways, err := s.service.WaysIn(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, url.Values{"next": {local(r.URL.Query().Get("next"))}})
	view := confirmView{Unsent: r.URL.Query().Has(unsent), Next: local(form.values.Get("next"))}
	wrong := errorAt(form.wrong, "given")
	if len(ways.Passkeys) > 0 {
		view.Passkey = &passkeyForm{Kind: "get", Ask: "/confirm/passkey/ask", Action: "/confirm/passkey", Button: ui.Button{Text: "Use my passkey"}, Next: view.Next}
	}
	switch {
	case ways.App:
		code := codeInput("Code", "The six digits that the app on your phone shows, or one of your codes for when your phone is lost. Each is good once.")
		code.ID, code.Name, code.Error = "given", "given", wrong
		view.Code = &code
	case ways.Fictional && ways.Password:
		view.Password = &ui.PasswordInput{ID: "given", Name: "given", Label: ui.Label{Text: "Password"}, Hint: "This council is fictional: your password is enough.", Error: wrong}
	}
	if ways.Vouched {
		label, err := s.service.ProviderLabel(r.Context(), v.actor.Authority)
		if err != nil {
			return nil, err
		}
		if label != "" {
			view.Provider = &ui.Link{Text: "Sign in again with " + label, Href: "/confirm/provider?next=" + url.QueryEscape(view.Next)}
		}
	}
	page := ui.Page{Title: "Confirm that it is you", Heading: "Confirm that it is you", Errors: summary(form.wrong),
		Lead: "What you are about to do matters to many people. It needs a proof that is not older than ten minutes, so that nobody does it at a screen that you left."}
	return s.pageWith(form.status, v, page, "confirm", view), nil
}

func (s *Server) confirm(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	token, err := s.service.ConfirmSelf(r.Context(), v.actor, v.token, values.Get("given"))
	return s.afterConfirm(v, token, err, values.Get("next"))
}

func (s *Server) askPasskeyToConfirm(r *http.Request, v *visit) (answer, error) {
	return askBrowser(s.service.AskToConfirm(r.Context(), v.actor, s.site(r)))
}

func (s *Server) confirmWithPasskey(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	token, err := s.service.ConfirmWithPasskey(r.Context(), v.actor, v.token, s.site(r), values.Get("id"), []byte(values.Get("proof")))
	return s.afterConfirm(v, token, err, values.Get("next"))
}

// afterConfirm gives the browser its session's new token and goes on to what was
// asked, or back to the page that asks.
func (s *Server) afterConfirm(v *visit, token string, err error, next string) (answer, error) {
	refused := func(status int, message string) (answer, error) {
		return s.keep(v, confirmPage, filled{values: url.Values{"next": {local(next)}}, status: status, wrong: service.Invalid{{Field: "given", Message: message}}}), nil
	}
	var many service.TooMany
	switch {
	case errors.As(err, &many):
		return refused(http.StatusTooManyRequests, "Too many tries. Wait "+waitWords(many.Wait)+" and try again.")
	case errors.Is(err, service.ErrProof):
		return refused(http.StatusUnprocessableEntity, "This does not show that it is you. Try again: a code is good once, and for half a minute.")
	case err != nil:
		return nil, err
	}
	return s.signedIn(service.SignedIn{Token: token, Actor: v.actor}, s.afterSignIn(v.actor, next)), nil
}

// cutNext parts what the browser kept while it was away into an id and an address.
func cutNext(value string) (id, next string) {
	id, next, _ = strings.Cut(value, ".")
	address, err := url.QueryUnescape(next)
	if err != nil {
		return id, "/"
	}
	return id, local(address)
}
