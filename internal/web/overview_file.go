package web

import (
	"net/http"
	"strings"

	"stablefutures/internal/conversation"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/framework"
	"stablefutures/internal/publish/sheet"
	"stablefutures/internal/service"
)

// downloadOverview writes the overview as published, whoever asks.
func (s *Server) downloadOverview(r *http.Request, v *visit) (answer, error) {
	o, err := s.service.Overview(r.Context(), v.actor, yearAsked(r), true)
	if err != nil {
		return nil, err
	}
	return sendBook(r, "overview", overviewBook(o)), nil
}

// sendBook sends a book in the format that the address ends with.
func sendBook(r *http.Request, name string, book sheet.Book) answer {
	write, kind, ending := sheet.CSV, "text/csv; charset=utf-8", ".csv"
	if strings.HasSuffix(r.URL.Path, ".xlsx") {
		write, kind, ending = sheet.XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"
	}
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+ending+`"`)
		return write(w, book)
	}
}

// overviewBook is every number in one long table: what, of which base, how many.
func overviewBook(o service.Overview) sheet.Book {
	notes := []string{o.Authority.Name + ": the register on " + o.Today.Long() + ", missing periods and reviews in the year to " + o.Year.Long() + "."}
	if o.Authority.Fictional {
		notes = append(notes, "Everything here is fictional: the council, the young people and what they say.")
	}
	notes = append(notes, o.Rule, editionNotice(o.Edition))
	notes = append(notes, o.Limits()...)
	t := sheet.Table{Name: "Figures", Head: []string{"part", "item", "what", "number", "base", "of", "per cent"}}
	add := func(part, item, what string, n, base disclosure.Cell, of string) {
		t.Rows = append(t.Rows, []any{part, item, what, number(n), number(base), of, percent(n, base)})
	}
	all := o.Cell("register")
	add("register", "", "On the register", all, all, "on the register")
	for _, b := range o.Breakdowns() {
		for _, l := range b.Lines {
			add(b.Title, l.ID, l.Label, o.Cell(l.ID), o.Cell(b.Base), b.Of)
		}
	}
	add("Missing", "missing-episodes", "Missing periods of those on the register", o.Cell("missing-episodes"), disclosure.Cell{Why: disclosure.NotApplicable}, "")
	for _, out := range o.Edition.Outcomes() {
		title, _, _ := o.Edition.Text(out.Title, framework.YoungPerson, "en")
		addItem(o, out.ID, title, add)
		for _, i := range out.Indicators {
			text, _, _ := o.Edition.Text(i.Title, framework.YoungPerson, "en")
			addItem(o, i.ID, text, add)
		}
	}
	return sheet.Book{Notes: notes, Tables: []sheet.Table{t}}
}

func addItem(o service.Overview, id, title string, add func(part, item, what string, n, base disclosure.Cell, of string)) {
	n := o.Item(id)
	all := o.Cell("register")
	add("Latest reading", id, title+": spoke", n.Spoke, all, "on the register")
	for i := range n.Now {
		add("Latest reading", id, title+": "+o.Edition.AnswerText(i+1, framework.Practitioner, "en"), n.Now[i], n.Spoke, "who spoke")
	}
	for _, state := range []conversation.State{conversation.DoesNotWantToSay, conversation.DoesNotKnow, conversation.NotPartOfMyLife} {
		add("Latest reading", id, title+": "+o.Edition.StateText(string(state), framework.Practitioner, "en"), n.States[state], all, "on the register")
	}
	add("Latest reading", id, title+": not talked about", n.Nothing, all, "on the register")
	for _, m := range []struct {
		what string
		n    disclosure.Cell
	}{{"up", n.Up}, {"same", n.Same}, {"down", n.Down}, {"answered on one day only", n.Once}} {
		add("Moved since their first", id, title+": "+m.what, m.n, n.Answered, "who ever answered")
	}
	add("Voices apart", id, title+": two steps or more", n.Apart, n.Both, "on whom both voices have answered")
}

// number is a cell as a spreadsheet takes it: a number, or the sign in its place.
func number(c disclosure.Cell) any {
	if c.Shown {
		return c.Value
	}
	return c.String()
}
