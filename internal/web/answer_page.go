package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"stablefutures/internal/date"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/foi"
	"stablefutures/internal/publish/sheet"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// answerView is the answer that everybody is asked for: the sentence first, then
// the table, the definitions, the text for a letter and the downloads.
type answerView struct {
	Sentence    []string // who was looked after and identified, as this person may see it
	Table       ui.Table
	Notes       []string
	Definitions ui.SummaryList
	Signs       []disclosure.Symbol
	Letter      []string // always as published: a letter leaves
	Year        *ui.Select
	Files       []ui.Link
	Exact       bool
	NoBase      bool // nothing was read that tells who was looked after
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
	today := s.service.Today()
	view := answerView{Table: answerTable(a), Notes: a.Notes, Signs: signs(a.Published, a), Year: yearSelect(years, a.YearEnding, today), Exact: !a.Published, NoBase: a.NoBase,
		Files: []ui.Link{{Text: "xlsx", Href: "/answer.xlsx" + year}, {Text: "CSV", Href: "/answer.csv" + year}, {Text: "JSON", Href: "/answer.json" + year}}}
	if !a.NoBase {
		view.Sentence = foi.Sentences(a.Answer, a.Authority.Name)[:2]
		view.Letter = append(foi.Sentences(a.Letter, a.Authority.Name), a.Notes...)
	}
	for _, id := range foi.DefinitionIDs() {
		view.Definitions.Rows = append(view.Definitions.Rows, ui.SummaryRow{Key: definitionTitle(id), Value: a.Definitions[id]})
	}
	notices := unfinishedNotice(a.YearEnding, a.Unfinished)
	if !a.NoBase {
		notices = append(exactNotice(r, a.MayExact, a.Published), notices...)
	}
	page := ui.Page{Title: "The answer", Heading: "How many trafficked children do we look after?", Nav: at("/answer"),
		Lead: "In the year to " + a.YearEnding.Long() + ".", Notices: notices}
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
		FirstIsHeader: true, Stack: true, Classes: "sf-answer",
		Head: []ui.Header{{Text: "Group"}, {Text: "Children", Numeric: true}, {Text: "Went missing", Numeric: true}, {Text: "Missing periods", Numeric: true},
			{Text: "Still missing at the end", Numeric: true}, {Text: "Absent", Numeric: true}, {Text: "Absences", Numeric: true}}}
	for _, g := range a.Groups {
		of := "of the " + g.Children.String()
		table.Rows = append(table.Rows, []ui.Cell{{Text: groupTitles[g.ID]}, {Text: g.Children.String(), Numeric: true, Note: "of " + a.Base.LookedAfter.String()},
			{Text: g.WentMissing.String(), Numeric: true, Note: of}, {Text: g.MissingEpisodes.String(), Numeric: true},
			{Text: g.StillMissing.String(), Numeric: true, Note: of}, {Text: g.ChildrenAbsent.String(), Numeric: true, Note: of}, {Text: g.Absences.String(), Numeric: true}})
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
	t := sheet.Table{Name: "Answer", Head: []string{"group", "children", "went missing", "missing episodes", "still missing", "children absent", "absences", "base: looked after"}}
	for _, g := range a.Groups {
		t.Rows = append(t.Rows, []any{g.ID, number(g.Children), number(g.WentMissing), number(g.MissingEpisodes), number(g.StillMissing),
			number(g.ChildrenAbsent), number(g.Absences), number(a.Base.LookedAfter)})
	}
	return sheet.Book{Notes: answerNotes(a), Tables: []sheet.Table{t}}
}
