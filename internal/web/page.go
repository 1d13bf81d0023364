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
	"stablefutures/internal/web/young"
)

// page answers with a template in the frame that every staff page has.
func (s *Server) page(v *visit, p ui.Page, name string, data any) answer {
	return s.pageWith(http.StatusOK, v, p, name, data)
}

func (s *Server) pageWith(status int, v *visit, p ui.Page, name string, data any) answer {
	s.framed(v, &p)
	return func(w http.ResponseWriter, r *http.Request) error {
		if _, err := r.Cookie(doneCookie); err == nil {
			http.SetCookie(w, s.doneCookie("", -1))
		}
		told, err := s.noticesOf(r, v)
		if err != nil {
			return err
		}
		p.Notices = slices.Concat(told, s.goneNotice(r, v), p.Notices)
		return s.views.Page(w, status, p, name, data)
	}
}

// framed puts the frame of whoever is signed in around a page.
func (s *Server) framed(v *visit, p *ui.Page) {
	if v == nil {
		return
	}
	p.Authority, p.Person, p.Fictional = v.authority.Name, v.actor.Name, v.authority.Fictional
	p.Nav = navigation(v.actor, p.Nav)
	p.Footer = append(p.Footer, ui.Link{Text: "Your account", Href: "/account"}, ui.Link{Text: "Who may do what", Href: "/access"})
}

// navigation is what this person can reach. A page names the entry that it
// belongs to by giving it alone.
func navigation(actor service.Actor, current []ui.NavItem) []ui.NavItem {
	entries := []struct {
		act  access.Act
		item ui.NavItem
	}{
		{access.ReadRecord, ui.NavItem{Text: "Caseload", Href: "/caseload"}},
		{access.ReadPublished, ui.NavItem{Text: "Overview", Href: "/overview"}},
		{access.ReadPublished, ui.NavItem{Text: "The answer", Href: "/answer"}},
		{access.ImportFiles, ui.NavItem{Text: "Files", Href: "/files"}},
		{access.DecideMatches, ui.NavItem{Text: "Likely matches", Href: "/matches"}},
		{access.ReadAudit, ui.NavItem{Text: "The log", Href: "/log"}},
		{access.ReadAudit, ui.NavItem{Text: "Unusual reading", Href: "/unusual"}},
		{access.AnswerAlerts, ui.NavItem{Text: "Alerts", Href: alertsPage}},
		{access.KeepOwnPages, ui.NavItem{Text: "On duty", Href: dutyPage}},
		{access.AskEmergency, ui.NavItem{Text: "Emergency", Href: "/emergency"}},
		{access.AskDecision, ui.NavItem{Text: "Decisions", Href: decisionsPage}},
		{access.KeepWords, ui.NavItem{Text: "Languages", Href: "/languages"}},
		{access.ManageAccounts, ui.NavItem{Text: "Accounts", Href: "/accounts"}},
		{access.ManageAccounts, ui.NavItem{Text: "Agencies", Href: "/agencies"}},
		{access.ReadShared, ui.NavItem{Text: "Shared with you", Href: "/shared"}},
		{access.ReadStudy, ui.NavItem{Text: "The study", Href: "/study"}},
	}
	var list []ui.NavItem
	for _, e := range entries {
		if actor.May(e.act) {
			e.item.Current = len(current) > 0 && current[0].Href == e.item.Href
			list = append(list, e.item)
		}
	}
	return list
}

// at marks the entry of the navigation that a page belongs to.
func at(href string) []ui.NavItem { return []ui.NavItem{{Href: href}} }

// redirect leads on after something was done, so that reloading does not do it again.
func redirect(to string) answer {
	return func(w http.ResponseWriter, r *http.Request) error {
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	}
}

// form reads what was sent, as the young people's pages do.
var form = young.Form

// summary puts what is wrong at the top of the page, each line leading to its field.
func summary(wrong service.Invalid) *ui.ErrorSummary {
	if len(wrong) == 0 {
		return nil
	}
	list := &ui.ErrorSummary{}
	for _, w := range wrong {
		list.Add("#"+w.Field, w.Message)
	}
	return list
}

// at is what is wrong with one field, or nothing.
func errorAt(wrong service.Invalid, field string) string {
	for _, w := range wrong {
		if w.Field == field {
			return w.Message
		}
	}
	return ""
}

// local is an address of ours that is safe to lead to; "/" where it is not.
func local(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n") {
		return "/"
	}
	return u.RequestURI()
}

// alsoWrong adds what is found wrong with fields of which nothing was said yet: a
// field that cannot be read has its own message, and no second one.
func alsoWrong(wrong, more service.Invalid) service.Invalid {
	for _, m := range more {
		if errorAt(wrong, m.Field) == "" {
			wrong = append(wrong, m)
		}
	}
	return wrong
}

// invalid are the fields that an error is about, and those that were known before.
func invalid(err error, before service.Invalid) service.Invalid {
	var found service.Invalid
	if errors.As(err, &found) {
		return append(before, found...)
	}
	return before
}
