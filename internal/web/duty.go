package web

import (
	"net/http"
	"net/url"
	"strconv"

	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
)

const dutyPage = "/duty"

// dutyView is who is told when a young person is not safe, and what else is set for the
// young people's pages.
type dutyView struct {
	Trouble ui.Component // e-mails that could not be sent; nothing where there is no trouble
	Unable  string       // who is on duty and cannot be told
	Turn    string       // how long each has
	Rows    []dutyRow
	Minutes ui.TextInput
	Days    ui.TextInput
	LeaveTo ui.TextInput
	Numbers []numberRow
}

type dutyRow struct {
	Person ui.Select
	Email  ui.TextInput
}

type numberRow struct{ Name, Number ui.TextInput }

// spareRows are how many people can be added to those on duty at once.
const spareRows = 3

func (s *Server) showDuty(r *http.Request, v *visit) (answer, error) {
	p, err := s.service.DutyPage(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, nil)
	values := dutyValues(p)
	for name, typed := range form.values {
		values[name] = typed // of the one form that could not be taken
	}
	view := dutyView{Trouble: s.mailTrouble(p.Mail), Unable: unable(p.Duty),
		Turn: "Each has " + ui.Count(p.Setting.Minutes, "minute", "minutes") + " to say that they have it, then it goes to the next."}
	for n := 1; n <= min(max(len(p.Duty)+spareRows, typedRows(values)), service.MostOnDuty); n++ {
		view.Rows = append(view.Rows, newDutyRow(n, p.People, values, form.wrong))
	}
	input := func(name, label, hint, classes string) ui.TextInput {
		return ui.TextInput{Name: name, Label: ui.Label{Text: label}, Hint: hint, Value: values.Get(name), Error: errorAt(form.wrong, name), Classes: classes, Autocomplete: "off"}
	}
	view.Minutes = input("minutes", "Minutes until an alert goes to the next person", "From 1 to 60. The young person reads this before they send it.", ui.Width3)
	view.Minutes.Inputmode = "numeric"
	view.Days = input("days", "Days in which something that a young person asks for is answered", "From 1 to 60.", ui.Width3)
	view.Days.Inputmode = "numeric"
	view.LeaveTo = input("leave-to", "Address of a harmless page to which Leave leads", "Such as a weather page. Where this is empty, Leave shows that the page is closed.", ui.Width30)
	view.LeaveTo.Spellcheck = "false"
	for n := 1; n <= service.MostNumbers; n++ {
		at := "-" + strconv.Itoa(n)
		row := numberRow{input("number-name"+at, "What number "+strconv.Itoa(n)+" is for", "", ui.Width30), input("number"+at, "Number "+strconv.Itoa(n), "", ui.Width20)}
		row.Number.Type, row.Number.Inputmode = "tel", "tel"
		view.Numbers = append(view.Numbers, row)
	}
	page := ui.Page{Title: "On duty", Heading: "Who is told when a young person is not safe", Nav: at(dutyPage), Errors: summary(form.wrong),
		Lead: "A young person can say on their own page that they are not safe. It goes to these people, one after another, and at once to everybody who works with the young person.",
		Notices: doneNotice(r, map[string]string{"duty-set": "Kept. From now on alerts go to these people, in this order.",
			"own-pages-set": "Kept. Young people see it on the next page that they open."})}
	return s.pageWith(form.status, v, page, "duty", view), nil
}

// dutyValues are the fields of both forms as they stand.
func dutyValues(p service.DutyPage) url.Values {
	values := url.Values{"minutes": {strconv.Itoa(p.Setting.Minutes)}, "days": {strconv.Itoa(p.Setting.Days)}, "leave-to": {p.Setting.LeaveTo}}
	for n, d := range p.Duty {
		at := "-" + strconv.Itoa(n+1)
		values.Set("person"+at, d.Account)
		values.Set("email"+at, d.Email)
	}
	for n, number := range p.Setting.Numbers {
		at := "-" + strconv.Itoa(n+1)
		values.Set("number-name"+at, number.Name)
		values.Set("number"+at, number.Number)
	}
	return values
}

// typedRows is how many rows of people were sent.
func typedRows(values url.Values) (rows int) {
	for n := 1; n <= service.MostOnDuty; n++ {
		if values.Has("person-" + strconv.Itoa(n)) {
			rows = n
		}
	}
	return rows
}

func newDutyRow(n int, people []service.Nameable, values url.Values, wrong service.Invalid) dutyRow {
	number := strconv.Itoa(n)
	row := dutyRow{
		Person: ui.Select{Name: "person-" + number, Label: ui.Label{Text: "Person " + number}, Value: values.Get("person-" + number), Error: errorAt(wrong, "person-"+number), Items: []ui.Option{{Text: "Nobody"}}},
		Email: ui.TextInput{Name: "email-" + number, Label: ui.Label{Text: "E-mail address of person " + number}, Value: values.Get("email-" + number), Error: errorAt(wrong, "email-"+number),
			Type: "email", Autocomplete: "off", Spellcheck: "false", Classes: ui.Width30},
	}
	for _, p := range people {
		row.Person.Items = append(row.Person.Items, ui.Option{Value: p.Account, Text: p.Name + ", " + p.Role.Label()})
	}
	return row
}

// unable names who is on duty and is not told.
func unable(duty []service.OnDuty) string {
	var names []string
	for _, d := range duty {
		if !d.Able {
			names = append(names, d.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "Not told, because their account has ended or may not answer alerts: " + joinWords(names) + ". Choose somebody else."
}

// mailTrouble says that people on duty are not told by e-mail just now.
func (s *Server) mailTrouble(m service.MailTrouble) ui.Component {
	if m.Waiting == 0 {
		return nil
	}
	text := ui.Count(m.Waiting, "e-mail waits", "e-mails wait") + " to be sent, since " + s.moment(m.Since) + ": " + orWords(m.Failed, "nothing sends e-mail here") + ". Whoever runs this service can put that right. Alerts show on every open page all the same."
	return ui.Bar{Strong: "People on duty are not told by e-mail just now.", Text: text}
}

func (s *Server) setDuty(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	var list []store.Duty
	for n := 1; n <= service.MostOnDuty; n++ {
		at := "-" + strconv.Itoa(n)
		list = append(list, store.Duty{Account: values.Get("person" + at), Email: values.Get("email" + at)})
	}
	return s.afterDuty(v, values, s.service.SetDuty(r.Context(), v.actor, list), "duty-set")
}

func (s *Server) setOwnPages(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	n := service.NewOwnSetting{Minutes: values.Get("minutes"), Days: values.Get("days"), LeaveTo: values.Get("leave-to")}
	for i := 1; i <= service.MostNumbers; i++ {
		at := "-" + strconv.Itoa(i)
		n.Numbers = append(n.Numbers, store.OwnNumber{Name: values.Get("number-name" + at), Number: values.Get("number" + at)})
	}
	return s.afterDuty(v, values, s.service.SetOwnPages(r.Context(), v.actor, n), "own-pages-set")
}

// afterDuty leads back to the page, to say what was kept or what is wrong.
func (s *Server) afterDuty(v *visit, values url.Values, err error, done string) (answer, error) {
	if wrong := invalid(err, nil); len(wrong) > 0 {
		return s.keep(v, dutyPage, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	}
	if err != nil {
		return nil, err
	}
	return s.done(dutyPage, done), nil
}
