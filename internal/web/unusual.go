package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// unusualView is reading that somebody has to explain: what waits first, what is
// explained last.
type unusualView struct {
	Waiting, Escalated, Explained ui.Table
}

// unusualWords say why reading is in the list.
var unusualWords = map[string]string{
	service.UnusualMany:     "many records in one day",
	service.UnusualHours:    "out of hours: before 7 in the morning, after 8 in the evening or at a weekend",
	service.UnusualRelation: "not allocated to them, nor by them",
}

// unusualWhat is what was read and what is unusual about it, to somebody else.
func unusualWhat(u service.Unusual) string {
	return ui.Count(u.Records, "record", "records") + ", " + unusualWords[u.Kind]
}

// ownUnusualWhat is the same, to whoever read.
func ownUnusualWhat(u service.Unusual) string {
	return strings.ReplaceAll(unusualWhat(u), "them", "you")
}

func (s *Server) showUnusual(r *http.Request, v *visit) (answer, error) {
	list, err := s.service.UnusualReading(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	rows := map[string][][]ui.Cell{}
	for _, u := range list {
		said := "nobody yet"
		if n := len(u.Words); n > 0 {
			said = orWords(u.Words[n-1].Name, "somebody") + ", " + s.moment(u.Words[n-1].At)
		}
		rows[u.State()] = append(rows[u.State()], []ui.Cell{{Text: u.Day.Long()}, {Text: orWords(u.Name, "Somebody")},
			{Text: unusualWhat(u), Href: "/unusual/" + u.ID}, {Text: said}})
	}
	table := func(state, name, empty string) ui.Table {
		n := len(rows[state])
		return ui.Table{Caption: name + ": " + ui.Count(n, "line", "lines") + ui.LatestFirst(n), Name: name, Empty: empty, CaptionClasses: "govuk-table__caption--m", Stack: true,
			Head: []ui.Header{{Text: "Day"}, {Text: "Who read"}, {Text: "What"}, {Text: "Last word by"}}, Rows: rows[state]}
	}
	view := unusualView{
		Waiting:   table("", "To be explained", "Nothing waits to be explained."),
		Escalated: table(service.Escalated, "Taken further", "Nothing has been taken further."),
		Explained: table(service.Explained, "Explained", "Nothing has been explained yet."),
	}
	page := ui.Page{Title: "Unusual reading", Heading: "Unusual reading", Nav: at("/unusual"),
		Lead: "Found in the log of the last three months. Most of it has a good reason: who read says it on their own account page. What has none is taken further."}
	return s.page(v, page, "unusual", view), nil
}

// oneUnusualView is one finding, with what was said of it and a form to say more.
type oneUnusualView struct {
	Facts  ui.SummaryList
	Said   []unusualSaid
	Path   string
	Words  *ui.Textarea // nothing where there is no more to say
	Button string
	Own    *ui.Link // where one's own is explained
}

// unusualSaid is one thing that was said.
type unusualSaid struct{ Words, About string }

func (s *Server) showOneUnusual(r *http.Request, v *visit) (answer, error) {
	u, err := s.service.OneUnusual(r.Context(), v.actor, r.PathValue("unusual"))
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, url.Values{})
	view := s.oneUnusual(u, "/unusual/"+u.ID)
	switch {
	case u.Own:
		view.Own = &ui.Link{Text: "Say why", Href: ownUnusualPath(u.ID)}
	case u.State() != service.Escalated:
		view.Button = "Take it further"
		view.Words = &ui.Textarea{Name: "words", Label: ui.Label{Text: "To whom you took it, and why"}, Hint: "For example the head of service, the data protection officer or the designated officer (LADO).",
			Value: form.values.Get("words"), Error: errorAt(form.wrong, "words")}
	}
	page := ui.Page{Title: "Unusual reading", Heading: "Unusual reading", Nav: at("/unusual"), Errors: summary(form.wrong), Back: &ui.Link{Text: "All unusual reading", Href: "/unusual"},
		Notices: doneNotice(r, map[string]string{"escalated": "It is written down that you took it further."})}
	return s.pageWith(form.status, v, page, "one-unusual", view), nil
}

func (s *Server) showOwnUnusual(r *http.Request, v *visit) (answer, error) {
	u, err := s.service.OneUnusual(r.Context(), v.actor, r.PathValue("unusual"))
	if err == nil && !u.Own {
		err = service.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, url.Values{})
	view := s.oneUnusual(u, ownUnusualPath(u.ID))
	view.Button = "Say why"
	view.Words = &ui.Textarea{Name: "words", Label: ui.Label{Text: "Why you opened these records"}, Hint: "A sentence is enough. Do not name a young person here.",
		Value: form.values.Get("words"), Error: errorAt(form.wrong, "words")}
	page := ui.Page{Title: "Say why", Heading: "Say why you opened these records", Errors: summary(form.wrong), Back: &ui.Link{Text: "Your account", Href: "/account"},
		Lead:    "Whoever opens records in an unusual way is asked why. It says nothing about you: this protects young people, and you, if somebody else used your account.",
		Notices: doneNotice(r, map[string]string{"explained": "Thank you. What you said was written down."})}
	return s.pageWith(form.status, v, page, "one-unusual", view), nil
}

func ownUnusualPath(id string) string { return "/account/unusual/" + id }

func (s *Server) oneUnusual(u service.Unusual, path string) oneUnusualView {
	read := unusualWhat(u)
	if u.Own {
		read = ownUnusualWhat(u)
	}
	view := oneUnusualView{Path: path, Facts: ui.SummaryList{Rows: []ui.SummaryRow{{Key: "Who read", Value: orWords(u.Name, "Somebody")},
		{Key: "Day", Value: u.Day.Long()}, {Key: "What", Value: read}, {Key: "Found", Value: s.moment(u.FoundAt)}}}}
	for _, w := range u.Words {
		what := "why it was read"
		if w.Act == service.Escalated {
			what = "taken further"
		}
		view.Said = append(view.Said, unusualSaid{w.Words, what + ", said " + orWords(w.Name, "somebody") + " on " + s.moment(w.At)})
	}
	return view
}

// ownUnusual is what somebody finds on their own account page; nothing where nothing
// of theirs was unusual.
func (s *Server) ownUnusual(list []service.Unusual) *ui.Table {
	if len(list) == 0 {
		return nil
	}
	table := ui.Table{Caption: "Reading of yours that was unusual: " + ui.Count(len(list), "line", "lines") + ui.LatestFirst(len(list)), CaptionClasses: "govuk-table__caption--m", Stack: true,
		Head: []ui.Header{{Text: "Day"}, {Text: "What"}, {Text: "Said"}}}
	for _, u := range list {
		said := ui.Cell{Text: "Say why", Href: ownUnusualPath(u.ID)}
		switch u.State() {
		case service.Explained:
			said.Text = "You said why"
		case service.Escalated:
			said.Text = "Taken further"
		}
		table.Rows = append(table.Rows, []ui.Cell{{Text: u.Day.Long()}, {Text: ownUnusualWhat(u)}, said})
	}
	return &table
}

func (s *Server) escalateUnusual(r *http.Request, v *visit) (answer, error) {
	id := r.PathValue("unusual")
	return s.sayOfUnusual(r, v, "/unusual/"+id, service.Escalated, func(words string) error {
		return s.service.EscalateUnusual(r.Context(), v.actor, id, words)
	})
}

func (s *Server) explainUnusual(r *http.Request, v *visit) (answer, error) {
	id := r.PathValue("unusual")
	return s.sayOfUnusual(r, v, ownUnusualPath(id), service.Explained, func(words string) error {
		return s.service.ExplainUnusual(r.Context(), v.actor, id, words)
	})
}

func (s *Server) sayOfUnusual(r *http.Request, v *visit, page, done string, say func(words string) error) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	err = say(values.Get("words"))
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, page, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	}
	return s.done(page, done), nil
}
