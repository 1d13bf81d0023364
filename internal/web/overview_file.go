package web

import (
	"net/http"
	"strings"

	"stablefutures/internal/conversation"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/foi"
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

// figureRows are numbers in one long table: what, of which base, how many.
type figureRows struct{ rows [][]any }

func (f *figureRows) add(part, item, what string, n, base disclosure.Cell, of string) {
	f.rows = append(f.rows, []any{part, item, what, number(n), number(base), of, notApplicable, notApplicable, notApplicable})
}

// rate adds a number that is quoted as a rate: with a percentage and its interval
// where these may be given.
func (f *figureRows) rate(part, item, what string, n, base disclosure.Cell, of string) {
	percent, low, high, ok := interval(n, base)
	if !ok {
		kept := disclosure.Cell{Why: disclosure.NotAvailable}
		if n.Suppressed() || base.Suppressed() {
			kept.Why = disclosure.Secondary
		} else if base.Shown {
			kept.Why = disclosure.LowBase
		}
		percent, low, high = kept.String(), kept.String(), kept.String()
	}
	f.rows = append(f.rows, []any{part, item, what, number(n), number(base), of, percent, low, high})
}

// notApplicable stands where no percentage belongs.
var notApplicable = disclosure.Cell{Why: disclosure.NotApplicable}.String()

func overviewBook(o service.Overview) sheet.Book {
	f := &figureRows{}
	answerRows(o.Answer, f)
	all := o.Cell("register")
	f.add("Register", "register", "On the register today, and not closed", all, disclosure.Cell{Why: disclosure.NotApplicable}, "")
	if o.Has("referred") {
		for _, b := range o.Breakdowns() {
			for _, l := range b.Lines {
				f.add(b.Title, l.ID, l.Label, o.Cell(l.ID), o.Cell(b.Base), b.Of)
			}
		}
	}
	if o.Silence == "" {
		for _, out := range o.Edition.Outcomes() {
			outcomeRows(o, out, f)
		}
	}
	for _, b := range o.Reviews() {
		for _, l := range b.Lines {
			f.rate("Took part in their reviews in the year to "+o.Year.Long(), l.ID, l.Label, o.Cell(l.ID), o.Cell(b.Base), b.Of)
		}
	}
	return sheet.Book{Notes: overviewNotes(o), Tables: []sheet.Table{{Name: "Figures",
		Head: []string{"part", "item", "what", "number", "base", "of", "per cent", "95 % interval from", "95 % interval to"}, Rows: f.rows}}}
}

// overviewNotes are what whoever reads the numbers must know.
func overviewNotes(o service.Overview) []string {
	notes := []string{o.Authority.Name + ": the register on " + o.Today.Long() + "; the answer and the reviews in the year to " + o.Year.Long() + "."}
	if o.Authority.Fictional {
		notes = append(notes, "Everything here is fictional: the council, the young people and what they say.")
	}
	if o.Unfinished {
		notes = append(notes, "The year to "+o.Year.Long()+" has not ended: this is what the returns say so far.")
	}
	notes = append(notes, o.Answer.Notes...)
	notes = append(notes, o.Rule, signsLine(), editionNotice(o.Edition))
	if o.Silence != "" {
		notes = append(notes, o.Silence)
	} else {
		notes = append(notes, "Of an indicator only who spoke is published: together with more, numbers that are kept back could be worked out.")
	}
	return append(notes, o.Limits()...)
}

// signsLine explains the signs that may stand in place of a number.
func signsLine() string {
	var list []string
	for _, s := range disclosure.Symbols() {
		list = append(list, s.Sign+" = "+s.Meaning)
	}
	return "Signs: " + strings.Join(list, "; ") + "."
}

// answerRows are the answer's own numbers.
func answerRows(a service.AnswerPage, f *figureRows) {
	for _, g := range a.Groups {
		part := "The answer: " + groupTitles[g.ID]
		f.add(part, g.ID+"/children", "Children", g.Children, a.Base.LookedAfter, "looked after in the year")
		for _, m := range []struct {
			id, what string
			n        disclosure.Cell
		}{
			{"went_missing", "Went missing", g.WentMissing}, {"still_missing", "Still missing at the end of the year", g.StillMissing},
			{"children_absent", "Absent", g.ChildrenAbsent},
		} {
			f.add(part, g.ID+"/"+m.id, m.what, m.n, g.Children, "children of the group")
		}
		f.add(part, g.ID+"/missing_episodes", "Missing periods", g.MissingEpisodes, g.WentMissing, "children of the group who went missing")
		f.add(part, g.ID+"/absences", "Absences", g.Absences, g.ChildrenAbsent, "children of the group who were absent")
	}
}

// outcomeRows are the numbers of one outcome, and who spoke on its indicators.
func outcomeRows(o service.Overview, out framework.Outcome, f *figureRows) {
	const latest, register = "Latest reading", "on the register"
	n, all := o.Item(out.ID), o.Cell("register")
	title, _, _ := o.Edition.Text(out.Title, framework.YoungPerson, pageLanguage)
	f.add(latest, out.ID, title+": spoke", n.Spoke, all, register)
	for i := range n.Now {
		f.add(latest, out.ID, title+": "+o.Edition.AnswerText(i+1, framework.Practitioner, pageLanguage), n.Now[i], n.Spoke, "who spoke")
	}
	for _, state := range []conversation.State{conversation.DoesNotWantToSay, conversation.DoesNotKnow, conversation.NotPartOfMyLife} {
		f.add(latest, out.ID, title+": "+o.Edition.StateText(string(state), framework.Practitioner, pageLanguage), n.States[state], all, register)
	}
	f.add(latest, out.ID, title+": not talked about", n.Nothing, all, register)
	f.add("Moved since their first", out.ID, title+": ever answered", n.Answered, all, register)
	for _, m := range []struct {
		what string
		n    disclosure.Cell
	}{{"up", n.Up}, {"same", n.Same}, {"down", n.Down}, {"answered on one day only", n.Once}} {
		f.add("Moved since their first", out.ID, title+": "+m.what, m.n, n.Answered, "who ever answered")
	}
	f.add("Voices apart", out.ID, title+": both voices answer now", n.Both, all, register)
	f.add("Voices apart", out.ID, title+": two steps or more", n.Apart, n.Both, "for whom both voices answer now")
	for _, i := range out.Indicators {
		text, _, _ := o.Edition.Text(i.Title, framework.YoungPerson, pageLanguage)
		f.add("Latest reading of an indicator", i.ID, text+": spoke", o.Item(i.ID).Spoke, all, register)
	}
}

// number is a cell as a spreadsheet takes it: a number, or the sign in its place.
func number(c disclosure.Cell) any {
	if c.Shown {
		return c.Value
	}
	return c.String()
}

// answerNotes are what whoever reads the answer must know.
func answerNotes(a service.AnswerPage) []string {
	notes := append(foi.Sentences(a.Answer, a.Authority.Name), a.Notes...)
	notes = append(notes, signsLine())
	for _, id := range foi.DefinitionIDs() {
		notes = append(notes, definitionTitle(id)+": "+a.Definitions[id])
	}
	return notes
}
