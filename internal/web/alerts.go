package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"stablefutures/internal/access"
	"stablefutures/internal/alert"
	"stablefutures/internal/locale"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

const (
	alertsPage  = "/alerts"
	waitingPage = "/alerts/waiting"
)

// watchOf is the bar that says on every page that an alert waits for this person.
func (s *Server) watchOf(r *http.Request, v *visit) ([]ui.Component, error) {
	if !v.actor.May(access.AnswerAlerts) {
		return nil, nil
	}
	n, err := s.service.AlertsWaiting(r.Context(), v.actor)
	return []ui.Component{ui.Watch{Ask: waitingPage, Waiting: n > 0, Strong: "A young person says that they are not safe.", Link: ui.Link{Text: "See it now", Href: alertsPage}}}, err
}

// countWaiting answers a page that asks by itself. It says how many wait, and of nobody.
func (s *Server) countWaiting(r *http.Request, v *visit) (answer, error) {
	n, err := s.service.AlertsWaiting(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", "application/json")
		return json.NewEncoder(w).Encode(map[string]int{"waiting": n})
	}, nil
}

// alertsView is the alerts that concern whoever reads it.
type alertsView struct {
	Open  ui.Table
	Ended ui.Table
}

func (s *Server) showAlerts(r *http.Request, v *visit) (answer, error) {
	open, ended, err := s.service.AlertsFor(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	head := []ui.Header{{Text: "Sent"}, {Text: "Who has it"}, {Text: "Alert"}}
	view := alertsView{Open: ui.Table{Stack: true, CaptionClasses: "govuk-table__caption--m", Head: head, Name: "Now", Empty: "No young person whom you would be told of says that they are not safe."},
		Ended: ui.Table{Stack: true, CaptionClasses: "govuk-table__caption--m", Head: head}}
	for _, a := range open {
		view.Open.Rows = append(view.Open.Rows, s.alertRow(a))
	}
	for _, a := range ended {
		view.Ended.Rows = append(view.Ended.Rows, s.alertRow(a))
	}
	view.Open.Caption = ui.Count(len(open), "goes on", "go on")
	view.Ended.Caption = ui.Number(len(ended)) + " ended in the last two weeks" + ui.LatestFirst(len(ended))
	page := ui.Page{Title: "Alerts", Heading: "Young people who are not safe", Nav: at(alertsPage),
		Lead:    "What young people sent from their own pages, of whom you were told, or with whom you work.",
		Notices: doneNotice(r, map[string]string{"alert-closed": "It has ended. The young person reads that on their page."})}
	return s.page(v, page, "alerts", view), nil
}

func (s *Server) alertRow(a service.AlertRow) []ui.Cell {
	return []ui.Cell{{Text: s.moment(a.SentAt)}, {Text: orWords(a.Has, "Nobody yet"), Note: alertNote(a.Unanswered, a.Answer)}, {Text: "Open", Href: alertPath(a.ID), Note: s.endedNote(a)}}
}

func (s *Server) endedNote(a service.AlertRow) string {
	if a.ClosedAt.IsZero() {
		return ""
	}
	return "Ended on " + s.moment(a.ClosedAt)
}

func alertPath(id string) string { return alertsPage + "/" + id }

func alertNote(unanswered bool, answer alert.Answer) string {
	switch {
	case answer != "":
		return answerText(answer)
	case unanswered:
		return "Everybody on duty was told, and nobody answered"
	}
	return ""
}

// answerText is an answer as the young person reads it, in English.
func answerText(a alert.Answer) string { return youngText("safe." + string(a)) }

// youngText is a text of the young people's pages, in English.
func youngText(key string) string {
	w, _ := locale.Of(locale.SourceTag)
	return w.Say(key)
}

// howToReach is how a young person can be reached, and what to think of.
var howToReach = map[alert.Reach]string{
	"":            "They did not say. Think before you call or write: somebody else may have the phone.",
	alert.Call:    "Call them.",
	alert.Message: "Send them a message.",
	alert.Here:    "Answer on their page: what you choose below shows there.",
	alert.Not:     "Do not call or write: it may not be safe for them. What you choose below shows on their page.",
}

// alertView is one alert, with what can be done about it.
type alertView struct {
	Path     string
	Open     bool // it goes on
	Facts    ui.SummaryList
	Words    string
	Language string
	Record   *ui.Link // where they may open it
	Get      *ui.PostButton
	Answer   ui.Radios
	Button   string
	Close    *ui.Textarea // where somebody has it
	Remark   string
}

func (s *Server) showAlert(r *http.Request, v *visit) (answer, error) {
	a, err := s.service.Alert(r.Context(), v.actor, r.PathValue("alert"))
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, url.Values{"answer": {string(a.Answer)}})
	view := alertView{Path: alertPath(a.ID), Open: a.ClosedAt.IsZero(), Facts: s.alertFacts(a), Words: a.Words, Language: a.Language, Remark: a.Remark}
	if view.Open {
		view.acts(a, form)
	}
	switch {
	case a.Record != "":
		view.Record = &ui.Link{Text: "Open the record " + a.Reference, Href: recordPath(a.Record)}
	case view.Open && !a.Restricted && v.actor.May(access.AskEmergency):
		view.Get = &ui.PostButton{Action: view.Path + "/open", Text: "Open the record in an emergency", Classes: ui.Secondary}
	}
	page := ui.Page{Title: "An alert", Heading: "A young person says that they are not safe", Nav: at(alertsPage), Back: &ui.Link{Text: "Alerts", Href: alertsPage}, Errors: summary(form.wrong),
		Notices: doneNotice(r, map[string]string{"alert-answered": "The young person reads your answer on their page now."})}
	if a.Restricted {
		page.Heading = "A young person whose record is restricted says that they are not safe"
	}
	if c, err := r.Cookie(doneCookie); err == nil && c.Value == "alert-taken" {
		page.Notices = append(page.Notices, ui.Notice{Text: "Somebody else was quicker. Who has it now stands below."})
	}
	return s.pageWith(form.status, v, page, "alert", view), nil
}

// acts are the forms of an alert that goes on: to say that one has it, and, once somebody
// does, to end it, where they may.
func (view *alertView) acts(a service.AlertView, form filled) {
	if a.Has == "" || a.Mine {
		view.Answer = ui.Radios{Name: "answer", Legend: ui.Legend{Text: "What the young person reads, with your name"}, Value: form.values.Get("answer"), Error: errorAt(form.wrong, "answer")}
		for _, answer := range alert.Answers {
			view.Answer.Items = append(view.Answer.Items, ui.Choice{Value: string(answer), Text: answerText(answer)})
		}
		view.Button = "I have it"
		if a.Mine {
			view.Button = "Change my answer"
		}
	}
	if a.Has != "" && !a.Restricted {
		view.Close = &ui.Textarea{Name: "remark", Label: ui.Label{Text: "What was done"}, Hint: "In 10 to 1,000 characters. The young person does not read this; who was told of the alert does.", Rows: 3,
			Value: form.values.Get("remark"), Error: errorAt(form.wrong, "remark"), Autocomplete: "off", Dir: "auto"}
	}
}

// whyTold is why somebody was told.
var whyTold = map[alert.Way]string{alert.OnDuty: "on duty", alert.Works: "works with them", alert.Named: "the restricted record names them", alert.Manages: "manager: nobody is on duty"}

func (s *Server) alertFacts(a service.AlertView) ui.SummaryList {
	list := ui.SummaryList{Rows: []ui.SummaryRow{{Key: "Sent", Value: s.moment(a.SentAt)}}}
	add := func(key, value, note string) {
		list.Rows = append(list.Rows, ui.SummaryRow{Key: key, Value: value, Note: note})
	}
	if a.Restricted {
		add("Who it is", "Only people who are named see that. Reach one of them now.", "")
		add("People who are named", orWords(joinWords(a.Named), "Nobody who is named can be told: reach whoever manages the service"), "")
	} else {
		add("Who it is", orWords(a.Name, "No name is known"), "Record "+a.Reference)
		add("How to reach them", howToReach[a.How], "")
	}
	switch {
	case a.Has != "":
		add("Who has it", a.Has, "Since "+s.moment(a.HasAt)+". "+answerText(a.Answer))
	default:
		add("Who has it", "Nobody yet", alertNote(a.Unanswered, ""))
	}
	for _, t := range a.Told {
		note := "First told on " + s.moment(t.At)
		if t.Times > 1 {
			note += ", and " + ui.Number(t.Times) + " times in all"
		}
		add("Told", t.Name+", "+whyTold[t.Way], note)
	}
	if !a.ClosedAt.IsZero() {
		add("Ended", s.moment(a.ClosedAt), "By "+a.ClosedBy)
	}
	return list
}

func (s *Server) acknowledgeAlert(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	err = s.service.AcknowledgeAlert(r.Context(), v.actor, r.PathValue("alert"), alert.Answer(values.Get("answer")))
	return s.afterAlert(r, v, values, err, alertPath(r.PathValue("alert")), "alert-answered")
}

func (s *Server) closeAlert(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	err = s.service.CloseAlert(r.Context(), v.actor, r.PathValue("alert"), values.Get("remark"))
	return s.afterAlert(r, v, values, err, alertsPage, "alert-closed")
}

// afterAlert leads on after something was done about an alert, or back to it.
func (s *Server) afterAlert(r *http.Request, v *visit, values url.Values, err error, to, done string) (answer, error) {
	path := alertPath(r.PathValue("alert"))
	switch wrong := invalid(err, nil); {
	case len(wrong) > 0:
		return s.keep(v, path, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case errors.Is(err, service.ErrChanged):
		return s.done(path, "alert-taken"), nil
	case err != nil:
		return nil, err
	}
	return s.done(to, done), nil
}

// openAlerted leads to the page on which a record is opened in an emergency, with its
// form filled in: nobody has to copy a reference while somebody is in danger.
func (s *Server) openAlerted(r *http.Request, v *visit) (answer, error) {
	a, err := s.service.Alert(r.Context(), v.actor, r.PathValue("alert"))
	if err != nil {
		return nil, err
	}
	if a.Restricted || !a.ClosedAt.IsZero() {
		return nil, service.ErrNotFound
	}
	reason := "They said on their own page at " + s.hour(a.SentAt) + " that they are not safe."
	return s.keep(v, emergencyPage, filled{values: url.Values{"reference": {a.Reference}, "reason": {reason}}, status: http.StatusOK}), nil
}
