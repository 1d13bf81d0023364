package web

import (
	"errors"
	"net/http"
	"net/url"
	"time"

	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
)

// providerCookie holds, in the browser that went to its council's sign-in service,
// what tells it from others when it comes back, and where it was going.
const (
	providerCookie = "provider"
	providerBack   = "/sign-in/back"
)

// providers are links to the sign-in services of the councils. A link, not a form: the
// content policy lets no form lead to another site.
func (s *Server) providers(r *http.Request, authorities []store.Authority, next string) ([]ui.Link, error) {
	var list []ui.Link
	for _, a := range authorities {
		label, err := s.service.ProviderLabel(r.Context(), a.Code)
		if err != nil {
			return nil, err
		}
		if label == "" {
			continue
		}
		text := "Sign in with " + label
		if len(authorities) > 1 {
			text += ", " + a.Name
		}
		list = append(list, ui.Link{Text: text, Href: "/sign-in/provider/" + url.PathEscape(a.Code) + "?next=" + url.QueryEscape(next)})
	}
	return list, nil
}

func (s *Server) toProvider(r *http.Request, _ *visit) (answer, error) {
	return s.leaveFor(r, r.PathValue("council"), service.Actor{}, r.URL.Query().Get("next"))
}

// confirmAtProvider asks the sign-in service to prove once more who sits there.
func (s *Server) confirmAtProvider(r *http.Request, v *visit) (answer, error) {
	return s.leaveFor(r, v.actor.Authority, v.actor, r.URL.Query().Get("next"))
}

func (s *Server) leaveFor(r *http.Request, council string, actor service.Actor, next string) (answer, error) {
	address, id, err := s.service.BeginProvider(r.Context(), council, s.site(r).Address+providerBack, actor, s.visitor(r))
	var many service.TooMany
	switch {
	case errors.As(err, &many):
		return s.notSignedIn(url.Values{}, err)
	case errors.Is(err, service.ErrNotFound):
		return nil, err
	case err != nil:
		s.note(r, err)
		const silent = "Your council’s sign-in service does not answer. Try again in a while, or tell your administrator."
		if actor.Account != "" {
			return s.keep(&visit{actor: actor}, confirmPage, filled{values: url.Values{"next": {local(next)}}, status: http.StatusBadGateway, wrong: service.Invalid{{Field: "given", Message: silent}}}), nil
		}
		return s.keep(nil, "/sign-in", filled{values: url.Values{"next": {local(next)}}, status: http.StatusBadGateway, wrong: service.Invalid{{Field: "username", Message: silent}}}), nil
	}
	return func(w http.ResponseWriter, r *http.Request) error {
		if actor.Account == "" {
			s.own.TakeBack(w, r)
		}
		http.SetCookie(w, s.atProvider(id+"."+url.QueryEscape(local(next)), int((10*time.Minute).Seconds())))
		http.Redirect(w, r, address, http.StatusSeeOther)
		return nil
	}, nil
}

func (s *Server) atProvider(value string, maxAge int) *http.Cookie {
	return &http.Cookie{Name: s.bound(providerCookie), Value: value, Path: "/", MaxAge: maxAge, HttpOnly: true, Secure: s.opt.Secure, SameSite: http.SameSiteLaxMode}
}

// fromProvider takes a browser back that its council's sign-in service sent.
func (s *Server) fromProvider(r *http.Request, v *visit) (answer, error) {
	id, next := "", "/"
	if c, err := r.Cookie(s.bound(providerCookie)); err == nil {
		id, next = cutNext(c.Value)
	}
	q := r.URL.Query()
	var say answer
	var err error
	if v != nil {
		say, err = s.confirmedAtProvider(r, v, id, next)
	} else {
		var in service.SignedIn
		if in, err = s.service.SignInWithProvider(r.Context(), id, q.Get("state"), q.Get("code"), s.visitor(r)); err == nil {
			say = s.signedIn(in, s.afterSignIn(in.Actor, next))
		} else {
			s.note(r, err)
			say, err = s.notSignedIn(url.Values{"next": {next}}, err)
		}
	}
	if err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter, r *http.Request) error {
		http.SetCookie(w, s.atProvider("", -1))
		return say(w, r)
	}, nil
}

func (s *Server) confirmedAtProvider(r *http.Request, v *visit, id, next string) (answer, error) {
	q := r.URL.Query()
	token, err := s.service.ConfirmWithProvider(r.Context(), v.actor, v.token, id, q.Get("state"), q.Get("code"))
	if errors.Is(err, service.ErrProof) {
		s.note(r, err)
	}
	return s.afterConfirm(v, token, err, next)
}

// note writes why a sign-in service was not believed to the operator's log: it is the
// operator who can put it right. No name and no token is in it.
func (s *Server) note(r *http.Request, err error) {
	if s.opt.Log != nil {
		s.opt.Log.Warn("a sign-in service was not believed", "route", r.Pattern, "error", err)
	}
}
