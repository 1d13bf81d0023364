package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// A form that was sent when the session had ended is kept for the account whose
// session it was, and offered to whoever signs in with that account. Nobody else
// gets anything of it, and what it was about stands in no page until then.
const resumePage = "/resume"

// unsent marks the sign-in page of somebody whose form could not be kept.
const unsent = "unsent"

// askToSignIn answers a request of nobody. A form that was sent is kept.
func (s *Server) askToSignIn(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("X-Autosave") != "" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	to := "/sign-in?next=" + url.QueryEscape(r.URL.RequestURI())
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		to = "/sign-in"
		who, _, err := s.lapsed(r)
		if err != nil {
			s.problem(w, r, nil, err)
			return
		}
		if who == (owner{}) || !keepable(r) {
			to += "?" + unsent
		} else {
			s.forms.put(who, resumePage, filled{values: r.PostForm, more: local(r.URL.Path)})
		}
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// keepable tells whether a form can be kept: not with files, and not where it held
// a password, without which it would be worth nothing.
func keepable(r *http.Request) bool {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") || r.ParseForm() != nil {
		return false
	}
	return !slices.ContainsFunc(secrets, r.PostForm.Has)
}

// lapsed is whose session the browser's cookie was, and why it is over.
func (s *Server) lapsed(r *http.Request) (owner, service.Lapse, error) {
	authority, token, ok := s.tokenOf(r)
	if !ok {
		return owner{}, service.LapseNever, nil
	}
	account, why, err := s.service.Lapsed(r.Context(), authority, token)
	if account == "" || err != nil {
		return owner{}, service.LapseNever, err
	}
	return owner{authority, account}, why, nil
}

var lapseWords = map[service.Lapse]string{
	service.LapseIdle:  "You were signed out because nothing was done for an hour.",
	service.LapseLong:  "You were signed out because twelve hours had passed since you signed in.",
	service.LapseEnded: "You were signed out: in another window, or because your account or your password was changed.",
}

// whySignedOut says why somebody has to sign in again, and what became of what
// they sent. It says nothing of what that was: anybody may read this page.
func (s *Server) whySignedOut(r *http.Request) (string, error) {
	who, why, err := s.lapsed(r)
	if err != nil {
		return "", err
	}
	text := lapseWords[why]
	if _, kept := s.forms.waits(who, resumePage); kept && who != (owner{}) {
		return text + " What you typed is kept for half an hour: sign in with the same account, and send it on.", nil
	}
	if r.URL.Query().Has(unsent) {
		return strings.TrimSpace(text + " What you sent was not taken, and could not be kept. Sign in, then do it once more."), nil
	}
	return text, nil
}

// afterSignIn is where somebody goes who has just signed in: to what they were
// about to send, where something is kept for them, or to where they wanted to go.
func (s *Server) afterSignIn(actor service.Actor, next string) string {
	if id, ok := s.forms.offer(owner{actor.Authority, actor.Account}, resumePage); ok {
		return resumePage + "/" + id
	}
	return local(next)
}

// resumeView sends a kept form on to where it was going.
type resumeView struct {
	Action string
	Fields []ui.Hidden
}

func (s *Server) showResume(r *http.Request, v *visit) (answer, error) {
	form, ok := s.forms.get(v.owner(), resumePage, r.PathValue("kept"))
	action, named := form.more.(string)
	if !ok || !named {
		return redirect("/"), nil
	}
	return s.page(v, ui.Page{Heading: "Nothing was lost"}, "resume", resumeView{action, hidden(form.values)}), nil
}

// hidden are the fields of a form, in a fixed order.
func hidden(values url.Values) []ui.Hidden {
	var list []ui.Hidden
	for name, all := range values {
		for _, value := range all {
			list = append(list, ui.Hidden{Name: name, Value: value})
		}
	}
	slices.SortStableFunc(list, func(a, b ui.Hidden) int { return strings.Compare(a.Name, b.Name) })
	return list
}
