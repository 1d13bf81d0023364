package web

import (
	"errors"
	"net/http"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
)

// ownView is one's own account.
type ownView struct {
	Facts         ui.SummaryList
	Ways          waysView
	Sessions      sessionsView
	HasPassword   bool
	Old, Password ui.PasswordInput
	Log           ui.Table
	Unusual       *ui.Table // their own reading that was found to be unusual
}

const ownPasswordHint = "At least 12 characters: three words that do not belong together are good."

func (s *Server) showOwn(r *http.Request, v *visit) (answer, error) {
	own, err := s.service.Own(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	ways, err := s.service.WaysIn(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	sessions, err := s.service.Sessions(r.Context(), v.actor, v.token)
	if err != nil {
		return nil, err
	}
	unusual, err := s.service.OwnUnusual(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, nil)
	view := ownView{
		Ways: s.waysView(ways, errorAt(form.wrong, "passkeys")), Sessions: s.sessionsView(sessions), HasPassword: ways.Password,
		Unusual: s.ownUnusual(unusual),
		Facts: ui.SummaryList{Rows: []ui.SummaryRow{{Key: "Username", Value: v.actor.Username}, {Key: "Name", Value: v.actor.Name},
			{Key: "Role", Value: v.actor.Role.Label(), Note: v.actor.Role.Says()}, {Key: "Council", Value: v.authority.Name},
			{Key: "Password", Value: sentence(s.passwordSet(own, v.actor.Account))}}},
		Old:      ui.PasswordInput{ID: "old", Name: "old", Label: ui.Label{Text: "Password now"}, Error: errorAt(form.wrong, "old")},
		Password: ui.PasswordInput{ID: "password", Name: "password", Label: ui.Label{Text: "New password"}, Hint: ownPasswordHint, Autocomplete: "new-password", Error: errorAt(form.wrong, "password")},
		Log:      s.ownLog(own),
	}
	page := ui.Page{Title: "Your account", Heading: "Your account", Errors: summary(form.wrong),
		Notices: doneNotice(r, map[string]string{"passkey": "The passkey was added. You can sign in with it now.",
			"passkey-removed": "The passkey was removed. It opens nothing any more.", "session": "That session was ended.", "sessions": "You are signed out everywhere else."})}
	return s.pageWith(form.status, v, page, "own-account", view), nil
}

// passwordSet says who set the password of an account, and when, to whoever asks.
func (s *Server) passwordSet(own service.OwnAccount, asks string) string {
	when := ""
	if !own.PasswordAt.IsZero() {
		when = " on " + s.moment(own.PasswordAt)
	}
	switch {
	case own.PasswordBy == own.ID && own.ID == asks:
		return "you chose it" + when
	case own.PasswordBy == own.ID:
		return "they chose it themselves" + when
	}
	return "set by " + setter(own) + when
}

// setter is who set a password: an administrator by name, or the command line.
func setter(own service.OwnAccount) string {
	if own.PasswordBy == "" {
		return "the operator of the machine"
	}
	if own.Actors[own.PasswordBy] == access.Administrator {
		return "an administrator, " + own.SetBy + ","
	}
	return orWords(own.SetBy, "somebody")
}

// accountActs are what the log of an account holds, as people say it.
var accountActs = map[string]string{
	"invite": "An invitation was made; what opened the account before opens it no more", "open invitation": "The invitation was used",
	"set up password and app": "A password or an app for codes was set up", "make recovery codes": "Codes for a lost phone were made", "recovery code": "A code for a lost phone was used",
	"add passkey": "A passkey was added", "remove passkey": "A passkey was removed", "passkey refused": "A passkey was not right", "confirm": "Confirmed that it was them",
	"confirm refused": "A wrong proof was given by somebody signed in", "own password refused": "A wrong password was given by somebody signed in",
	"end session": "A session was ended", "end other sessions": "All other sessions were ended", "end all sessions": "Signed out everywhere by an administrator",
	"sign in slowed": "Too many wrong tries; whoever it was has to wait", "invitation refused": "An invitation was tried that is not good any more",
	"add account": "The account was added", "put in team": "The team was changed", "place partner": "The agency or its section was changed", "change account": "The name or the role was changed", "set password": "Another password was set",
	"change own password": "The password was changed by its owner", "choose own password": "A password of one’s own was chosen",
	"sign in": "Signed in", "sign in refused": "A wrong password or code was tried", "sign out": "Signed out", service.EndedElsewhere: "A session was ended: the sign-in service vouched for it no more", "end account": "The account was ended",
}

// ownLog is what happened to an account: its owner is the one who can tell
// whether it was them.
func (s *Server) ownLog(own service.OwnAccount) ui.Table {
	table := ui.Table{Caption: "The last " + ui.Count(len(own.Log), "thing", "things") + " that happened to this account" + ui.LatestFirst(len(own.Log)), CaptionClasses: "govuk-table__caption--m", Stack: true,
		Head: []ui.Header{{Text: "When"}, {Text: "What"}, {Text: "By"}}, Empty: "Nothing has happened to this account yet."}
	for _, e := range own.Log {
		table.Rows = append(table.Rows, []ui.Cell{{Text: s.moment(e.At)}, {Text: orWords(accountActs[e.Act], strings.ToUpper(e.Act[:1])+e.Act[1:])}, {Text: doneBy(own, e)}})
	}
	return table
}

func doneBy(own service.OwnAccount, e store.AuditEntry) string {
	switch {
	case e.Act == "sign in refused", e.Act == "sign in slowed", e.Act == "invitation refused":
		return "somebody at the sign-in page"
	case e.Act == service.EndedElsewhere:
		return "the council’s sign-in service"
	case e.Account == own.ID:
		return "this account"
	}
	return orWords(own.Names[e.Account], "the operator of the machine")
}

// changeOwnPassword changes the password and ends every session, this one too.
func (s *Server) changeOwnPassword(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	err = s.service.ChangeOwnPassword(r.Context(), v.actor, values.Get("old"), values.Get("password"))
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, "/account", filled{wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	}
	return redirect("/sign-in"), nil
}
