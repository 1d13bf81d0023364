package web

import (
	"encoding/json"
	"errors"
	"html/template"
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
	butName     = "but" // of the alert that a page is about
)

// watchOf is the bar that says on every page that an alert waits for this person. On the
// page of an alert it says so of others alone.
func (s *Server) watchOf(r *http.Request, v *visit) ([]ui.Component, error) {
	if !v.actor.May(access.AnswerAlerts) {
		return nil, nil
	}
	bar := ui.Watch{Ask: waitingPage, Strong: "A young person says that they are not safe.", Link: ui.Link{Text: "See it now", Href: alertsPage}}
	but := r.PathValue("alert")
	if but != "" {
		bar.Ask += "?" + url.Values{butName: {but}}.Encode()
		bar.Strong = "Another young person says that they are not safe."
	}
	n, err := s.service.AlertsWaiting(r.Context(), v.actor, but)
	bar.Waiting = n > 0
	return []ui.Component{bar}, err
}

// countWaiting answers a page that asks by itself. It says how many wait, and of nobody.
func (s *Server) countWaiting(r *http.Request, v *visit) (answer, error) {
	n, err := s.service.AlertsWaiting(r.Context(), v.actor, r.URL.Query().Get(butName))
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
		Ended: ui.Table{Stack: true, CaptionClasses: "govuk-table__caption--m", Head: []ui.Header{{Text: "Sent"}, {Text: "Who had it"}, {Text: "Alert"}}}}
	open, waiting := waitingFirst(open)
	for _, a := range open {
		view.Open.Rows = append(view.Open.Rows, s.alertRow(a))
	}
	for _, a := range ended {
		view.Ended.Rows = append(view.Ended.Rows, s.alertRow(a))
	}
	view.Open.Caption = ui.Count(len(open), "alert", "alerts") + " now"
	if waiting > 0 {
		view.Open.Caption += ", " + ui.Number(waiting) + " that nobody has yet"
	}
	view.Ended.Caption = ui.Number(len(ended)) + " ended in the last two weeks" + ui.LatestFirst(len(ended))
	page := ui.Page{Title: "Alerts", Heading: "Young people who are not safe", Nav: at(alertsPage),
		Lead:    "Sent by young people from their own pages: those you were told of, and those you work with.",
		Notices: doneNotice(r, map[string]string{"alert-closed": "It has ended. The young person reads that on their page."})}
	return s.page(v, page, "alerts", view), nil
}

// waitingFirst are alerts with those before the others that nobody has, and how many these are.
func waitingFirst(open []service.AlertRow) (list []service.AlertRow, waiting int) {
	var held []service.AlertRow
	for _, a := range open {
		if a.Has == "" {
			list = append(list, a)
		} else {
			held = append(held, a)
		}
	}
	return append(list, held...), len(list)
}

func (s *Server) alertRow(a service.AlertRow) []ui.Cell {
	sent, has, see := ui.Cell{Text: s.moment(a.SentAt)}, ui.Cell{Text: a.Has, Note: alertNote(a.Unanswered, a.Answer)}, ui.Cell{Text: "See it", Href: alertPath(a.ID), Note: s.endedNote(a)}
	if a.ClosedAt.IsZero() {
		sent.Note = s.ago(a.SentAt)
	}
	if a.Has == "" {
		has.HTML, see.Text = "<strong>Nobody yet</strong>", "See it and answer"
	}
	return []ui.Cell{sent, has, see}
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
	alert.Call:    "Call them. Their number is in your case system: none is kept here.",
	alert.Message: "Send them a message. Their number is in your case system: none is kept here.",
	alert.Here:    "Answer on their page: what you choose below shows there.",
	alert.Not:     "Do not call or write: it may not be safe for them. What you choose below shows on their page.",
}

// alertView is one alert, with what can be done about it.
type alertView struct {
	Path   string
	Open   bool // it goes on
	Facts  ui.SummaryList
	Told   []toldLine
	Record *ui.Link // where they may open it
	Get    *ui.PostButton
	Answer ui.Radios
	Button string
	Close  *ui.Textarea // where somebody has it
	Remark string
}

// toldLine is somebody who was told.
type toldLine struct{ Who, Note string }

func (s *Server) showAlert(r *http.Request, v *visit) (answer, error) {
	a, err := s.service.Alert(r.Context(), v.actor, r.PathValue("alert"))
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, url.Values{"answer": {string(a.Answer)}})
	view := alertView{Path: alertPath(a.ID), Open: a.ClosedAt.IsZero(), Facts: s.alertFacts(a), Told: s.toldLines(a), Remark: a.Remark}
	if view.Open {
		view.acts(a, form)
	}
	switch {
	case a.Record != "":
		view.Record = &ui.Link{Text: "Open the record " + a.Reference, Href: recordPath(a.Record)}
	case view.Open && !a.Restricted && v.actor.May(access.AskEmergency):
		view.Get = &ui.PostButton{Action: view.Path + "/open", Text: "Open the record in an emergency", Classes: ui.Secondary}
	}
	page := ui.Page{Title: "An alert", Heading: alertHeading(a), Nav: at(alertsPage), Back: &ui.Link{Text: "Alerts", Href: alertsPage}, Errors: summary(form.wrong),
		Notices: doneNotice(r, map[string]string{"alert-answered": "The young person reads your answer on their page now."})}
	if c, err := r.Cookie(doneCookie); err == nil && c.Value == "alert-taken" {
		page.Notices = append(page.Notices, ui.Notice{Text: "Somebody else was quicker. Who has it now stands below."})
	}
	return s.pageWith(form.status, v, page, "alert", view), nil
}

// alertHeading says who is not safe, where that may be told.
func alertHeading(a service.AlertView) string {
	who := orWords(a.Name, "A young person")
	if a.Restricted {
		who = "A young person whose record is restricted"
	}
	if !a.ClosedAt.IsZero() {
		return who + " said that they were not safe"
	}
	return who + " says that they are not safe"
}

// acts are the forms of an alert that goes on: to say that one has it, and, once somebody
// does, to end it, where they may.
func (view *alertView) acts(a service.AlertView, form filled) {
	if a.Has == "" || a.Mine {
		view.Answer = ui.Radios{Name: "answer", Legend: ui.Legend{Text: "What the young person reads, with your name"}, Value: form.values.Get("answer"), Error: errorAt(form.wrong, "answer")}
		for _, answer := range alert.Answers {
			choice := ui.Choice{Value: string(answer), Text: answerText(answer)}
			if answer == alert.Calling && a.How == alert.Not {
				choice.Hint = "They asked not to be called."
			}
			view.Answer.Items = append(view.Answer.Items, choice)
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
	var list ui.SummaryList
	ended := !a.ClosedAt.IsZero()
	add := func(key, value, note string) {
		list.Rows = append(list.Rows, ui.SummaryRow{Key: key, Value: value, Note: note})
	}
	if a.Restricted {
		add("Who it is", "Only people who are named see that. Reach one of them now.", "")
		add("People who are named", orWords(joinWords(a.Named), "Nobody who is named can be told: reach whoever manages the service"), "")
	} else {
		add("Who it is", orWords(a.Name, "No name is known"), "Record "+a.Reference)
		list.Rows = append(list.Rows, wroteRow(a))
		if !ended {
			add("How to reach them", howToReach[a.How], "")
		} else if a.How != "" {
			add("How to reach them", "“"+youngText("safe.how."+string(a.How))+"”", "")
		}
	}
	if ended {
		add("Sent", s.moment(a.SentAt), "")
	} else {
		add("Sent", s.moment(a.SentAt), upper(s.ago(a.SentAt)))
	}
	switch {
	case a.Has != "" && ended:
		add("Who had it", a.Has, "From "+s.moment(a.HasAt)+". "+answerText(a.Answer))
	case a.Has != "":
		add("Who has it", a.Has, "Since "+s.moment(a.HasAt)+". "+answerText(a.Answer))
	default:
		add("Who has it", "Nobody yet", alertNote(a.Unanswered, ""))
	}
	if ended {
		add("Ended", s.moment(a.ClosedAt), "By "+a.ClosedBy)
	}
	return list
}

// wroteRow is what a young person wrote with an alert, as they wrote it, and the language of
// their page: whoever answers may need somebody who speaks it.
func wroteRow(a service.AlertView) ui.SummaryRow {
	row := ui.SummaryRow{Key: "What they wrote", Value: "Nothing"}
	if a.Words != "" {
		row.HTML = template.HTML(`<span dir="auto">“` + template.HTMLEscapeString(a.Words) + `”</span>`) // Safety: escaped
	}
	if a.Language != "" {
		row.Note = "Their page is in " + spoken(a.Language) + "."
	}
	return row
}

// toldLines are those who were told, when first, and how often.
func (s *Server) toldLines(a service.AlertView) (list []toldLine) {
	for _, t := range a.Told {
		line := toldLine{t.Name + ", " + whyTold[t.Way], "Told on " + s.moment(t.At)}
		if t.Times > 1 {
			line.Note = "First told on " + s.moment(t.At) + ", and " + ui.Number(t.Times) + " times in all"
		}
		list = append(list, line)
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
