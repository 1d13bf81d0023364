package web

import (
	"errors"
	"net/http"
	"net/url"

	"stablefutures/internal/web/ui"
)

// showIdentity asks what a person knows of who the young person is, beside what
// each return says.
func (s *Server) showIdentity(r *http.Request, v *visit) (answer, error) {
	who, err := s.service.Identity(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	e := who.Entered
	values := url.Values{"name": {e.Name}, "sex": {e.Sex}, "ethnicity": {e.Ethnicity}, "upn": {e.UPN}}
	dayValues(values, "birth-date", e.BirthDate)
	form := s.again(r, v, values)
	record, err := s.service.Record(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	view := whoForm(form)
	table := ui.Table{Caption: ui.Count(len(who.Sources), "source", "sources"), CaptionClasses: "govuk-table__caption--m", Stack: true, Head: []ui.Header{{Text: "Source"}},
		Empty: "No return says who this young person is."}
	for _, f := range identityFields {
		table.Head = append(table.Head, ui.Header{Text: f.label})
	}
	for _, source := range who.Sources {
		row := []ui.Cell{{Text: s.sourceName(source, record.Accounts)}}
		for _, f := range identityFields {
			row = append(row, ui.Cell{Text: orWords(f.value(source), "–")})
		}
		table.Rows = append(table.Rows, row)
	}
	view.Sources = &table
	page := recordForm(who.Head, "Correct who the young person is")
	page.Errors = fieldSummary(form.wrong, map[string]ui.DateInput{"birth-date": view.BirthDate})
	return s.pageWith(form.status, v, page, "identity", view), nil
}

func (s *Server) correctIdentity(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	n, wrong := readWho(values)
	if wrong = alsoWrong(wrong, s.service.CheckIdentity(n)); len(wrong) == 0 {
		err := s.service.CorrectIdentity(r.Context(), v.actor, r.PathValue("record"), n)
		if err == nil {
			return s.done(recordPath(r.PathValue("record")), "identity"), nil
		}
		if !errors.As(err, &wrong) {
			return nil, err
		}
	}
	return s.keep(v, r.URL.Path, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
}
