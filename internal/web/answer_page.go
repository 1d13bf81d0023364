package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"stablefutures/internal/date"
	"stablefutures/internal/foi"
	"stablefutures/internal/publish/sheet"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// answerView is the answer that everybody is asked for: the sentences first,
// then the table, the definitions and the downloads.
type answerView struct {
	Letter      []string
	Table       ui.Table
	Notes       []string
	Definitions ui.SummaryList
	Year        *ui.Select
	Files       []ui.Link
	Exact       bool
}

// groupTitles name the groups in the table.
var groupTitles = map[string]string{
	foi.Identified: "Identified", foi.Suspected: "Suspected, not identified", foi.UASC: "Unaccompanied", foi.Both: "Identified or suspected, and unaccompanied",
}

func (s *Server) showAnswer(r *http.Request, v *visit) (answer, error) {
	a, years, err := s.answerOf(r, v, asPublished(r))
	if err != nil {
		return nil, err
	}
	year := "?year=" + string(a.YearEnding)
	view := answerView{Letter: foi.Sentences(a.Answer, a.Authority.Name), Table: answerTable(a), Notes: a.Notes, Year: yearSelect(years, a.YearEnding), Exact: !a.Published,
		Files: []ui.Link{{Text: "xlsx", Href: "/answer.xlsx" + year}, {Text: "CSV", Href: "/answer.csv" + year}, {Text: "JSON", Href: "/answer.json" + year}}}
	for _, id := range foi.DefinitionIDs() {
		view.Definitions.Rows = append(view.Definitions.Rows, ui.SummaryRow{Key: definitionTitle(id), Value: a.Definitions[id]})
	}
	page := ui.Page{Title: "The answer", Heading: "How many trafficked children do we look after?", Nav: at("/answer"),
		Lead: "In the year to " + a.YearEnding.Long() + ".", Notices: exactNotice(r, a.MayExact, a.Published)}
	return s.page(v, page, "answer", view), nil
}

// answerOf counts the answer of the year in the address, or of the latest that
// was read.
func (s *Server) answerOf(r *http.Request, v *visit, published bool) (a service.AnswerPage, years []date.Date, err error) {
	if years, err = s.service.YearsRead(r.Context(), v.actor); err != nil {
		return a, nil, err
	}
	year := yearAsked(r)
	if !year.Known() {
		year = s.service.YearToShow(years)
	}
	a, err = s.service.Answer(r.Context(), v.actor, year, published)
	return a, years, err
}

func answerTable(a service.AnswerPage) ui.Table {
	table := ui.Table{Caption: "Of " + a.Base.LookedAfter.String() + " children looked after in the year", CaptionClasses: "govuk-table__caption--m",
		FirstIsHeader: true, Region: "The answer as a table",
		Head: []ui.Header{{Text: "Group"}, {Text: "Children", Numeric: true}, {Text: "Went missing", Numeric: true}, {Text: "Missing periods", Numeric: true},
			{Text: "Still missing at the end", Numeric: true}, {Text: "Absent", Numeric: true}, {Text: "Absences", Numeric: true}}}
	for _, g := range a.Groups {
		row := []ui.Cell{{Text: groupTitles[g.ID]}}
		for _, c := range []string{g.Children.String(), g.WentMissing.String(), g.MissingEpisodes.String(), g.StillMissing.String(), g.ChildrenAbsent.String(), g.Absences.String()} {
			row = append(row, ui.Cell{Text: c, Numeric: true})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// definitionTitle is what a definition is of, in words.
func definitionTitle(id string) string {
	if title, ok := groupTitles[id]; ok {
		return title
	}
	words := strings.ReplaceAll(id, "_", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}

// downloadAnswer writes the answer as published, whoever asks.
func (s *Server) downloadAnswer(r *http.Request, v *visit) (answer, error) {
	a, _, err := s.answerOf(r, v, true)
	if err != nil {
		return nil, err
	}
	if !strings.HasSuffix(r.URL.Path, ".json") {
		return sendBook(r, "answer", answerBook(a)), nil
	}
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Disposition", `attachment; filename="answer.json"`)
		out := json.NewEncoder(w)
		out.SetIndent("", "  ")
		return out.Encode(a.Answer)
	}, nil
}

func answerBook(a service.AnswerPage) sheet.Book {
	notes := append(foi.Sentences(a.Answer, a.Authority.Name), a.Notes...)
	for _, id := range foi.DefinitionIDs() {
		notes = append(notes, definitionTitle(id)+": "+a.Definitions[id])
	}
	t := sheet.Table{Name: "Answer", Head: []string{"group", "children", "went missing", "missing episodes", "still missing", "children absent", "absences", "base: looked after"}}
	for _, g := range a.Groups {
		t.Rows = append(t.Rows, []any{g.ID, number(g.Children), number(g.WentMissing), number(g.MissingEpisodes), number(g.StillMissing),
			number(g.ChildrenAbsent), number(g.Absences), number(a.Base.LookedAfter)})
	}
	return sheet.Book{Notes: notes, Tables: []sheet.Table{t}}
}
