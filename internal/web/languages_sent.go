package web

import (
	"errors"
	"net/http"

	"stablefutures/internal/locale"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// sendWords reads a translator's file and keeps it until somebody says yes.
func (s *Server) sendWords(r *http.Request, v *visit) (answer, error) {
	path := languagePath(r.PathValue("language"))
	if _, err := s.service.Language(r.Context(), v.actor, r.PathValue("language")); err != nil {
		return nil, err
	}
	files, values, wrong, err := receive(r)
	if err != nil {
		return nil, err
	}
	if len(wrong) == 0 && len(files) > 1 {
		wrong = service.Invalid{{Field: "files", Message: "Choose one file."}}
	}
	var id string
	if len(wrong) == 0 {
		id, err = s.service.SendTranslation(r.Context(), v.actor, service.TranslationFile{File: files[0], Language: r.PathValue("language"), State: locale.State(values.Get("state"))})
		if wrong = invalid(err, nil); len(wrong) == 0 && err != nil {
			return nil, err
		}
	}
	if len(wrong) > 0 {
		return s.keep(v, path, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	}
	return redirect(path + "/sent/" + id), nil
}

// sentView is what a translator's file says.
type sentView struct {
	Facts    ui.SummaryList
	Problems ui.Table
	New      ui.Table
	Take     *ui.PostButton // nothing where there is nothing to take
	Drop     *ui.PostButton
}

func (s *Server) showSentWords(r *http.Request, v *visit) (answer, error) {
	tag := r.PathValue("language")
	page := ui.Page{Title: "Words that were sent", Heading: "What the file says", Nav: at("/languages"), Back: &ui.Link{Text: "The language", Href: languagePath(tag)}}
	sent, err := s.service.SentTranslation(r.Context(), v.actor, r.PathValue("file"))
	if errors.Is(err, service.ErrNotFound) || err == nil && sent.Language != tag {
		page.Heading, page.Lead = "This file does not wait here any more", "What was sent is kept for half an hour, in memory alone. To take it in, send it again on the page of the language."
		page.Back = &ui.Link{Text: "Languages", Href: "/languages"}
		return s.pageWith(http.StatusNotFound, v, page, "language-sent", sentView{}), nil
	}
	if err != nil {
		return nil, err
	}
	report := sent.Report
	page.Lead = "Nothing has been changed yet. The file is kept until " + s.hour(sent.KeptUntil) + ", in memory alone."
	path := languagePath(tag) + "/sent/" + sent.ID
	view := sentView{Drop: &ui.PostButton{Action: path + "/drop", Text: "Throw away", Classes: ui.Secondary}, Problems: translationProblems(report.Problems), New: newWords(report),
		Facts: ui.SummaryList{Rows: []ui.SummaryRow{{Key: "File", Value: orWords(sent.Name, "(without a name)")}, {Key: "Language", Value: report.Language.BothNames()},
			{Key: "New words", Value: ui.Count(report.Changed, "text", "texts")}, {Key: "The same words, looked at", Value: ui.Count(report.Looked, "text", "texts")},
			{Key: "As they are already", Value: ui.Count(report.Same, "text", "texts")}, {Key: "Not in the file", Value: ui.Count(report.Absent, "text", "texts"), Note: "They stay as they are."}}}}
	if report.Changed+report.Looked > 0 {
		view.Take = &ui.PostButton{Action: path + "/take", Text: "Take what is sound"}
	}
	return s.page(v, page, "language-sent", view), nil
}

// mostProblems are shown on a page, and as many new words; whoever has more problems has the
// wrong file.
const mostProblems = 200

// newWords are the words that a file would change, each beside those that stand there now.
func newWords(report service.TranslationReport) ui.Table {
	table := ui.Table{Caption: "New words", CaptionClasses: "govuk-table__caption--m", Stack: true,
		Head: []ui.Header{{Text: "English"}, {Text: "Now"}, {Text: "New"}}, Empty: "No words change.", Name: "New words"}
	for _, c := range report.New[:min(len(report.New), mostProblems)] {
		table.Rows = append(table.Rows, []ui.Cell{{Text: c.English, Note: c.Form}, {HTML: inLanguage(report.Language, c.Before)}, {HTML: inLanguage(report.Language, c.After)}})
	}
	if more := len(report.New) - mostProblems; more > 0 {
		table.Rows = append(table.Rows, []ui.Cell{{Text: ui.Count(more, "more", "more") + "."}, {}, {}})
	}
	return table
}

func translationProblems(list []service.TranslationProblem) ui.Table {
	table := ui.Table{Caption: ui.Count(len(list), "row was", "rows were") + " set aside, with the whole text to which it belongs", CaptionClasses: "govuk-table__caption--m", Stack: true,
		Head: []ui.Header{{Text: "Sheet"}, {Text: "Row", Numeric: true}, {Text: "Column"}, {Text: "What is wrong, and what to do"}}, Empty: "Every row can be taken as it stands.", Name: "Rows set aside"}
	for _, p := range list[:min(len(list), mostProblems)] {
		table.Rows = append(table.Rows, []ui.Cell{{Text: p.Sheet}, {Text: ui.Number(p.Row), Numeric: true}, {Text: p.Column}, {Text: p.Message}})
	}
	if more := len(list) - mostProblems; more > 0 {
		table.Rows = append(table.Rows, []ui.Cell{{}, {}, {}, {Text: ui.Count(more, "more row", "more rows") + "."}})
	}
	return table
}

func (s *Server) takeWords(r *http.Request, v *visit) (answer, error) {
	path := languagePath(r.PathValue("language"))
	_, err := s.service.TakeTranslation(r.Context(), v.actor, r.PathValue("file"))
	if errors.Is(err, service.ErrNotFound) {
		return redirect(path + "/sent/" + r.PathValue("file")), nil
	}
	if err != nil {
		return nil, err
	}
	return s.done(path, "words-taken"), nil
}

func (s *Server) dropWords(r *http.Request, v *visit) (answer, error) {
	s.service.DropTranslation(v.actor, r.PathValue("file"))
	return s.done(languagePath(r.PathValue("language")), "words-dropped"), nil
}
