package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// A form that was sent when the session had ended is kept for the account whose
// session it was, and offered to whoever signs in with that account. Nobody else
// gets anything of it, and what it was about stands in no page until then.
//
// A cookie of a session that is over proves little: somebody may have taken it, to have
// its owner send what they would not. So a form is kept only where the session has just
// run out by itself, and never for what needs a fresh proof; and its owner reads what it
// is and where it goes before they send it.
const resumePage = "/resume"

// unsent marks the sign-in page of somebody whose form could not be kept.
const unsent = "unsent"

// askToSignIn answers a request of nobody at a route. A form that was sent is kept.
func (s *Server) askToSignIn(w http.ResponseWriter, r *http.Request, rt route) {
	if r.Header.Get("X-Autosave") != "" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	to := "/sign-in?next=" + url.QueryEscape(r.URL.RequestURI())
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		to = "/sign-in"
		who, over, err := s.lapsed(r)
		if err != nil {
			s.problem(w, r, nil, err)
			return
		}
		typed := formWords[rt.pattern] != "" && !access.NeedsFresh(rt.act)
		if who == (owner{}) || !typed || !over.RanOut(s.service.Now(), keptFor) || !keepable(r) {
			to += "?" + unsent
		} else {
			s.keepUnsent(who, r, rt.pattern)
		}
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// unsentForm is where a kept form was going, and what that is in words.
type unsentForm struct{ action, words string }

func (s *Server) keepUnsent(who owner, r *http.Request, pattern string) {
	s.forms.put(who, resumePage, filled{values: r.PostForm, more: unsentForm{local(r.URL.Path), orWords(formWords[pattern], r.URL.Path)}})
}

// formWords are the pages on which people type at length, as the page that sends a kept
// form on names them. What is sent to others is a button's press, and done once more.
var formWords = map[string]string{
	"POST /records/new":                               "a young person who is added by hand",
	"POST /records/{record}/identity":                 "who a young person is",
	"POST /records/{record}/register":                 "an entry of the register",
	"POST /records/{record}/workers":                  "who works with a young person",
	"POST /records/{record}/talk":                     "a conversation that begins",
	"POST /talks/{talk}/young/{indicator}":            "what a young person said",
	"POST /talks/{talk}/mine/{indicator}":             "a worker’s own reading",
	"POST /records/{record}/consent/new":              "what a young person agreed to",
	"POST /records/{record}/consent/{entry}/withdraw": "consent that was taken back",
	"POST /emergency":                                 "an emergency",
	"POST /emergencies/{emergency}":                   "the review of an emergency",
	"POST /unusual/{unusual}":                         "unusual reading that is taken further",
	"POST /account/unusual/{unusual}":                 "why you read what you read",
	"POST /caseload/find":                             "a search",
	"POST /accounts":                                  "a new account",
	"POST /accounts/{account}":                        "the name and role of an account",
	"POST /accounts/{account}/team":                   "the team of an account",
	"POST /accounts/{account}/agency":                 "the agency of an account",
	"POST /agencies":                                  "a new agency",
	"POST /agencies/{agency}":                         "the name of an agency",
	"POST /teams":                                     "a new team",
	"POST /teams/{team}":                              "the name of a team",
	"POST /decisions/new":                             "what two people are to decide",
	"POST /decisions/{decision}":                      "your yes or no to what somebody asked for",
	"POST /records/{record}/restriction":              "whom a restricted record names",
	"POST /records/{record}/paper/answers":            "answers that were given on paper",
	"POST /records/{record}/asks/{ask}":               "an answer to what a young person asked for",
	"POST /records/{record}/plan":                     "a step of a young person’s plan",
	"POST /alerts/{alert}/close":                      "what was done about an alert",
	"POST " + dutyPage:                                "who is on duty",
	"POST /duty/settings":                             "what is set for the young people’s pages",
	"POST /languages/{language}/page/{key}":           "a text of the young people’s pages",

	"POST /languages/{language}/edition/{edition}/{key}": "a text of the framework",
}

// keepable tells whether a form can be kept: not with files, and not where it held
// a password, without which it would be worth nothing.
func keepable(r *http.Request) bool {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") || r.ParseForm() != nil {
		return false
	}
	return !slices.ContainsFunc(secrets, r.PostForm.Has)
}

// lapsed is whose session the browser's cookie was, and how it came to be over.
func (s *Server) lapsed(r *http.Request) (owner, service.Lapsed, error) {
	authority, token, ok := s.tokenOf(r)
	if !ok {
		return owner{}, service.Lapsed{}, nil
	}
	over, err := s.service.Lapsed(r.Context(), authority, token)
	if over.Account == "" || err != nil {
		return owner{}, service.Lapsed{}, err
	}
	return owner{authority, over.Account}, over, nil
}

var lapseWords = map[service.Lapse]string{
	service.LapseIdle:  "You were signed out because nothing was done for an hour.",
	service.LapseLong:  "You were signed out because twelve hours had passed since you signed in.",
	service.LapseEnded: "You were signed out: in another window, or because your account or your password was changed.",
}

// whySignedOut says why somebody has to sign in again, and what became of what
// they sent. It says nothing of what that was: anybody may read this page.
func (s *Server) whySignedOut(r *http.Request) (string, error) {
	who, over, err := s.lapsed(r)
	if err != nil {
		return "", err
	}
	text := lapseWords[over.Why]
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

// resumeView shows a kept form, and sends it on to where it was going.
type resumeView struct {
	Action string
	Typed  ui.SummaryList
	Fields []ui.Hidden
}

func (s *Server) showResume(r *http.Request, v *visit) (answer, error) {
	kept, ok := s.forms.get(v.owner(), resumePage, r.PathValue("kept"))
	form, named := kept.more.(unsentForm)
	if !ok || !named {
		return redirect("/"), nil
	}
	view := resumeView{Action: form.action, Fields: hidden(kept.values)}
	view.Typed.Rows = append(view.Typed.Rows, ui.SummaryRow{Key: "What it is", Value: form.words})
	for _, f := range view.Fields {
		if f.Value != "" {
			view.Typed.Rows = append(view.Typed.Rows, ui.SummaryRow{Key: fieldNamed(f.Name), Value: f.Value})
		}
	}
	return s.page(v, ui.Page{Heading: "Nothing was lost"}, "resume", view), nil
}

// fieldNamed is the name of a field as somebody can read it.
func fieldNamed(name string) string {
	words := strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ").Replace(name))
	if words == "" {
		return "Without a name"
	}
	return strings.ToUpper(words[:1]) + words[1:]
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
