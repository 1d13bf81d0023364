package web

import (
	"encoding/base64"
	"errors"
	"net/http"

	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// waysView is how somebody signs in, on the page of their own account.
type waysView struct {
	Easy     string // that a password is enough in a fictional council
	Vouched  bool
	Passkeys ui.Table
	Wrong    string
	Remove   []ui.PostButton
	Add      ui.Link
	App      string // how it stands with the app for codes; empty where none is needed
	AppLink  ui.Link
	Codes    string // how it stands with the codes for a lost phone; empty where they stand in for nothing
	Make     ui.PostButton
}

func (s *Server) waysView(ways service.WaysIn, wrong string) waysView {
	view := waysView{Vouched: ways.Vouched, Wrong: wrong, Add: ui.Link{Text: "Add a passkey", Href: newPasskeyPage}, AppLink: ui.Link{Text: "Set up an app for codes", Href: setUpPage},
		Passkeys: ui.Table{Caption: "Your passkeys", CaptionClasses: "govuk-table__caption--s", Stack: true, FirstIsHeader: true,
			Head: []ui.Header{{Text: "Name"}, {Text: "Added"}, {Text: "Last used"}}, Empty: "You have no passkey yet. It is the easiest and the safest way to sign in."}}
	for _, p := range ways.Passkeys {
		used := "never"
		if !p.UsedAt.IsZero() {
			used = s.moment(p.UsedAt)
		}
		view.Passkeys.Rows = append(view.Passkeys.Rows, []ui.Cell{{Text: p.Name}, {Text: s.day(p.CreatedAt).Long()}, {Text: used}})
		view.Remove = append(view.Remove, ui.PostButton{Action: "/account/passkeys/remove", Text: "Remove the passkey " + p.Name, AsLink: true,
			Fields: []ui.Hidden{{Name: "passkey", Value: base64.RawURLEncoding.EncodeToString(p.Credential)}}})
	}
	if ways.Fictional {
		view.Easy = "This council is fictional: a password is enough to sign in. In a real one everybody needs a passkey, or a password and a code."
		return view
	}
	view.App = "You have no app for codes."
	if ways.App {
		view.App, view.AppLink.Text = "An app on your phone shows a code for each sign-in.", "Use another app or phone"
		view.Codes = "You have " + ui.Count(ways.Recovery, "unused code", "unused codes") + " for when your phone is lost."
		view.Make = ui.PostButton{Action: codesPage, Text: "Make new codes for when your phone is lost", Classes: ui.Secondary}
	}
	return view
}

// passkeyID reads what a form says of a passkey; nothing where it cannot be read.
func passkeyID(text string) []byte {
	id, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil
	}
	return id
}

// sessionsView is where somebody is signed in.
type sessionsView struct {
	Table  ui.Table
	End    []ui.PostButton
	Others *ui.PostButton // nothing where there is no other
}

var wayWords = map[string]string{
	"password": "password", "code": "password and code", "recovery": "password and a code for a lost phone",
	"passkey": "passkey", "provider": "the council’s sign-in service", "invitation": "invitation",
}

func (s *Server) sessionsView(list []service.SessionKept) sessionsView {
	view := sessionsView{Table: ui.Table{Caption: "Where you are signed in", CaptionClasses: "govuk-table__caption--m", Stack: true, FirstIsHeader: true,
		Head: []ui.Header{{Text: "Browser"}, {Text: "Since"}, {Text: "Last used"}, {Text: "How"}}}}
	for _, session := range list {
		name := orWords(session.Browser, "A browser")
		if session.Current {
			name += ", this one"
		} else {
			view.End = append(view.End, ui.PostButton{Action: "/account/sessions/end", Text: "End the session since " + s.moment(session.CreatedAt), About: "of " + name, AsLink: true,
				Fields: []ui.Hidden{{Name: "session", Value: session.ID}}})
		}
		view.Table.Rows = append(view.Table.Rows, []ui.Cell{{Text: name}, {Text: s.moment(session.CreatedAt)}, {Text: s.moment(session.SeenAt)}, {Text: orWords(wayWords[session.Way], "password")}})
	}
	if len(view.End) > 0 {
		view.Others = &ui.PostButton{Action: "/account/sessions/end-others", Text: "Sign out everywhere else", Classes: ui.Secondary}
	}
	return view
}

func (s *Server) endSession(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	return s.afterOwn(v, s.service.EndSession(r.Context(), v.actor, values.Get("session")), "session")
}

func (s *Server) endOtherSessions(r *http.Request, v *visit) (answer, error) {
	return s.afterOwn(v, s.service.EndOtherSessions(r.Context(), v.actor, v.token), "sessions")
}

// afterOwn leads back to one's own account, to say what was done or what is wrong.
func (s *Server) afterOwn(v *visit, err error, done string) (answer, error) {
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, "/account", filled{wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	}
	return s.done("/account", done), nil
}
