package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"stablefutures/internal/child"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// registerView is a young person's register entry: the form with every field,
// what looks odd in it, and every version that there was.
type registerView struct {
	Version  int
	Merge    *mergeView // where somebody else saved in between
	Sections []registerSection
	Odd      []string
	MayWrite bool
	Known    ui.SummaryList // what is kept, for who may only read and for paper
	History  ui.Table
}

// registerSection is a part of the form under one heading.
type registerSection struct {
	ID, Title string
	Only      string // when the part is asked at all; empty where it always is
	Applies   applies
	Fields    []registerFieldView
}

// registerFieldView is one field, and when it applies.
type registerFieldView struct {
	Field   ui.Component
	Wide    bool // takes the whole width
	Applies applies
}

func (s *Server) showRegister(r *http.Request, v *visit) (answer, error) {
	p, err := s.service.Register(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	fresh := formOf(p.Entry)
	fresh.Set("version", strconv.Itoa(p.Version))
	form := s.again(r, v, fresh)
	merge := merged{values: form.values}
	if form.status != http.StatusOK {
		merge = mergeRegister(p, form.values)
		entry, unread := readRegister(merge.values)
		form.wrong = alsoWrong(alsoWrong(unread, form.wrong), p.Errors(entry))
	}
	view := registerView{Version: p.Version, MayWrite: p.MayWrite, History: s.registerTable(p.History), Known: registerKnown(p.Entry)}
	view.Merge = s.mergeView(p, merge, form.wrong)
	var days map[string]ui.DateInput
	view.Sections, days = registerSections(merge, form.wrong)
	for _, odd := range p.Warnings {
		view.Odd = append(view.Odd, odd.Message)
	}
	page := recordPage(p.Head, partRegister, "Register", "Register entry")
	page.Notices = append(doneNotice(r, map[string]string{"saved": "The entry is kept. The version before it stays in the history."}), page.Notices...)
	page.Errors = fieldSummary(form.wrong, days)
	switch {
	case view.Merge != nil:
		form.status = http.StatusConflict
		page.Errors = view.Merge.summary(page.Errors)
	case len(form.wrong) == 0: // what was wrong has been put right elsewhere
		form.status = http.StatusOK
	}
	return s.pageWith(form.status, v, page, "register", view), nil
}

// registerKnown is what an entry says, field by field.
func registerKnown(entry register.Entry) ui.SummaryList {
	var list ui.SummaryList
	for _, f := range register.Fields() {
		if words := f.Words(entry[f.ID]); words != "" {
			list.Rows = append(list.Rows, ui.SummaryRow{Key: f.Label, Value: words})
		}
	}
	return list
}

// saveRegister keeps another version. Where something must be mended, or somebody
// else saved a version in between, nothing is kept yet: what was typed stands in
// the form again, with what must be mended or decided.
func (s *Server) saveRegister(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	record := r.PathValue("record")
	seen, err := strconv.Atoi(values.Get("version"))
	if err != nil {
		return nil, errBadForm
	}
	refused := func(status int, wrong service.Invalid) (answer, error) {
		return s.keep(v, r.URL.Path, filled{values: values, wrong: wrong, status: status}), nil
	}
	chosen, wrong, err := s.choose(r, v, values, seen)
	if err != nil {
		return nil, err
	}
	entry, unread := readRegister(chosen)
	if wrong = append(wrong, unread...); len(wrong) > 0 {
		return refused(http.StatusUnprocessableEntity, wrong)
	}
	err = s.service.SaveRegister(r.Context(), v.actor, record, seen, entry)
	switch {
	case errors.As(err, &wrong):
		return refused(http.StatusUnprocessableEntity, wrong)
	case errors.Is(err, service.ErrChanged):
		return refused(http.StatusConflict, nil)
	case err != nil:
		return nil, err
	}
	return s.done(recordPath(record)+partRegister, "saved"), nil
}

// registerTable is every version, the latest first, with what it changed.
func (s *Server) registerTable(history []service.RegisterChange) ui.Table {
	table := ui.Table{
		ID: "history", Caption: ui.Count(len(history), "version", "versions") + " of this entry" + ui.LatestFirst(len(history)), CaptionClasses: "govuk-table__caption--m", Stack: true,
		Head: []ui.Header{{Text: "When"}, {Text: "By"}, {Text: "What changed"}},
		Name: "Versions of this entry", Empty: "There is no entry yet.",
	}
	for _, h := range history {
		table.Rows = append(table.Rows, []ui.Cell{{Text: s.moment(h.RecordedAt)}, {Text: changedBy(h)}, {Text: changesWords(h.Changes)}})
	}
	return table
}

func changedBy(h service.RegisterChange) string {
	if h.Source != child.ByHand {
		return "a register file"
	}
	return orWords(h.By, "somebody")
}

func changesWords(changes []register.Change) string {
	text := ""
	for _, c := range changes {
		f, ok := register.FieldByID(c.Field)
		if !ok {
			continue
		}
		if text != "" {
			text += "; "
		}
		text += f.Label + ": " + orWords(f.Words(c.To), "taken out")
		if c.From != "" {
			text += " (was " + f.Words(c.From) + ")"
		}
	}
	return orWords(text, "nothing")
}

// formOf is an entry as its form would send it.
func formOf(e register.Entry) url.Values {
	values := url.Values{}
	for _, f := range register.Fields() {
		putField(values, f, e)
	}
	return values
}

// putField puts one field of an entry into the values of a form.
func putField(values url.Values, f register.Field, e register.Entry) {
	switch f.Kind {
	case register.Choices:
		values[f.ID] = e.List(f.ID)
	case register.Day:
		dayValues(values, f.ID, e.Day(f.ID))
	default:
		values.Set(f.ID, e[f.ID])
	}
}
