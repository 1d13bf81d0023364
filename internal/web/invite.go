package web

import (
	"errors"
	"net/http"
	"strings"

	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// signsIn says in words how the person of an account signs in.
func (s *Server) signsIn(a service.AccountKept) string {
	switch {
	case a.Ways.Vouched:
		return "With the council’s sign-in service"
	case !a.InvitedUntil.IsZero() && a.InvitedUntil.After(s.service.Now()):
		return "Not yet: invited until " + s.moment(a.InvitedUntil)
	case !a.Ways.Whole && !a.Ways.Password:
		return "Not at all: the invitation is over, or there is none. Invite them."
	}
	var ways []string
	if n := len(a.Ways.Passkeys); n > 0 {
		ways = append(ways, ui.Count(n, "passkey", "passkeys"))
	}
	if a.Ways.App {
		ways = append(ways, "a password and a code")
	} else if a.Ways.Password && a.Ways.Fictional {
		ways = append(ways, "a password, because the council is fictional")
	} else if a.Ways.Password {
		ways = append(ways, "a password, once, to set up a second proof")
	}
	return sentence("with " + strings.Join(ways, ", "))
}

func (s *Server) invite(r *http.Request, v *visit) (answer, error) {
	return s.inviteTo(r, v, r.PathValue("account"))
}

// inviteTo makes an invitation and leads to the page that shows its code.
func (s *Server) inviteTo(r *http.Request, v *visit, account string) (answer, error) {
	code, err := s.service.Invite(r.Context(), v.actor, account)
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, accountPath(account), filled{wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	}
	return s.invitedOnce(v, account, code), nil
}

// invitedView is an invitation, as an administrator passes it on.
type invitedView struct {
	Name    string
	Code    string // empty where it was shown already
	Address string
	Path    string
}

func (s *Server) showInvited(r *http.Request, v *visit) (answer, error) {
	a, err := s.service.AccountKept(r.Context(), v.actor, r.PathValue("account"))
	if err != nil {
		return nil, err
	}
	kept, _ := s.forms.take(v.owner(), r.URL.Path, r.URL.Query().Get(onceName))
	code, _ := kept.more.(invitationKept)
	view := invitedView{Name: a.Name, Code: code.code, Address: s.site(r).Address + "/set-up", Path: accountPath(a.ID)}
	page := ui.Page{Title: "An invitation", Heading: "Invite " + a.Name, Nav: at("/accounts"), Back: &ui.Link{Text: "Back to the account", Href: view.Path}}
	return s.page(v, page, "invited", view), nil
}
