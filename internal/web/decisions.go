package web

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
)

const decisionsPage = "/decisions"

// decisionsView is what waits for two people, and what was decided.
type decisionsView struct {
	Ready   []readyView
	Count   string
	Waiting []openView
	Past    ui.Table
	Ask     []ui.Link
}

// readyView is an export that can be downloaded now.
type readyView struct {
	Strong, Text string
	Button       ui.PostButton
}

// openView is a decision that can still be decided.
type openView struct {
	ID, Title string
	Facts     ui.SummaryList
	Form      *decideForm    // for everybody but who asked
	Withdraw  *ui.PostButton // for who asked
}

type decideForm struct {
	Action, Act, Title, Yes string
	Lines                   []string
	Remark                  ui.Textarea
	Sure                    *ui.Checkboxes // for what cannot be taken back
}

func (s *Server) showDecisions(r *http.Request, v *visit) (answer, error) {
	list, err := s.service.Decisions(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, url.Values{})
	view := decisionsView{Past: s.pastDecisions(list), Ask: []ui.Link{
		{Text: askTitles[store.DecideExport], Href: askPath(store.DecideExport, "")}, {Text: askTitles[store.DecideErase], Href: askPath(store.DecideErase, "")}}}
	for _, d := range list {
		switch {
		case d.Usable:
			view.Ready = append(view.Ready, readyView{Strong: "Your export with names can be downloaded,", Text: "once, until " + s.moment(d.UntilAt) + ". If the download fails, ask again.",
				Button: ui.PostButton{Action: decisionPath(d.ID) + "/export", Text: "Download it now"}})
		case d.Open:
			view.Waiting = append(view.Waiting, s.waits(d, form))
		}
	}
	view.Count = ui.Count(len(view.Waiting), "decision waits", "decisions wait") + " for a second person."
	if len(view.Waiting) == 0 {
		view.Count = "Nothing waits for a second person."
	}
	page := ui.Page{Title: "Decisions of two people", Heading: "What two people decide", Nav: at(decisionsPage), Errors: decideErrors(form), Notices: doneNotice(r, decisionsDone),
		Lead: "An export with names, erasing a record, lifting a restriction: nobody does these alone. One asks and says why, another decides."}
	return s.pageWith(form.status, v, page, "decisions", view), nil
}

// askPath is the address of the page that asks for a decision, about a record where it
// is known.
func askPath(act, record string) string {
	query := url.Values{"act": {act}}
	if record != "" {
		query.Set("record", record)
	}
	return askPage + "?" + query.Encode()
}

// decisionPath is the address of a decision. Ids are random and say nothing.
func decisionPath(id string) string { return decisionsPage + "/" + id }

// waits is a decision that waits, with the form of whoever may decide it.
func (s *Server) waits(d service.DecisionView, form filled) openView {
	view := openView{ID: "d-" + d.ID, Title: decisionTitle(d.Act, d.Reference), Facts: ui.SummaryList{Rows: []ui.SummaryRow{
		{Key: "Why", Value: d.Reason},
		{Key: "Asked for by", Value: orWords(d.AskedName, "somebody"), Note: s.moment(d.AskedAt)},
		{Key: "Can be decided until", Value: s.moment(d.UntilAt), Note: "By " + orWords(joinWords(d.Others), "nobody now")},
	}}}
	if d.Own {
		view.Withdraw = &ui.PostButton{Action: decisionPath(d.ID) + "/withdraw", Text: "Take it back", About: view.Title, Classes: ui.Secondary}
		return view
	}
	ours := form
	if form.values.Get("decision") != d.ID {
		ours = filled{values: url.Values{}}
	}
	view.Form = &decideForm{Action: decisionPath(d.ID), Act: d.Act, Title: view.Title, Yes: yesWords[d.Act], Lines: decisionLines[d.Act],
		Remark: ui.Textarea{ID: "remark-" + d.ID, Name: "remark", Label: ui.Label{Text: "Remark (optional)"}, Rows: 2, Value: ours.values.Get("remark"),
			Error: orWords(errorAt(ours.wrong, "remark"), errorAt(ours.wrong, "decided"))}}
	if d.Act == store.DecideErase {
		view.Form.Sure = &ui.Checkboxes{IDPrefix: "sure-" + d.ID, Name: "sure", Error: errorAt(ours.wrong, "sure"), Values: ours.values["sure"],
			Items: []ui.Choice{{Value: "yes", Text: "I know that nobody can bring it back (needed for a yes)"}}}
	}
	return view
}

// decideErrors lead to the form of the decision that they are about.
func decideErrors(form filled) *ui.ErrorSummary {
	list := summary(form.wrong)
	for n, w := range form.wrong {
		switch w.Field {
		case "remark", "decided":
			list.Items[n].Href = "#remark-" + form.values.Get("decision")
		case "sure":
			list.Items[n].Href = "#sure-" + form.values.Get("decision")
		}
	}
	return list
}

// pastDecisions are those that cannot be decided any more, the latest first.
func (s *Server) pastDecisions(list []service.DecisionView) ui.Table {
	table := ui.Table{CaptionClasses: "govuk-table__caption--m", Stack: true, FirstIsHeader: true, Name: "Decided",
		Head: []ui.Header{{Text: "What"}, {Text: "Asked for"}, {Text: "Why"}, {Text: "Decided"}}, Empty: "Nothing has been decided yet."}
	for _, d := range list {
		if d.Open {
			continue
		}
		table.Rows = append(table.Rows, []ui.Cell{{Text: decisionTitle(d.Act, d.Reference)},
			{Text: s.day(d.AskedAt).Long(), Note: orWords(d.AskedName, "somebody")},
			{Text: orWords(d.Reason, "Erased with the record")}, {Text: s.becameOf(d), Note: d.Remark}})
	}
	table.Caption = ui.Count(len(table.Rows), "decision", "decisions") + " before" + ui.LatestFirst(len(table.Rows))
	return table
}

// becameOf says what became of a decision.
func (s *Server) becameOf(d service.DecisionView) string {
	by := " by " + orWords(d.DecidedName, "somebody") + ", " + s.moment(d.DecidedAt)
	switch {
	case d.Decided == store.DecidedBack:
		return "Taken back" + by
	case d.Decided == store.DecidedNo:
		return "No" + by
	case d.Decided == "":
		return "Nobody decided until " + s.moment(d.UntilAt)
	case d.Act != store.DecideExport:
		return "Yes" + by + ", and done"
	case !d.UsedAt.IsZero():
		return "Yes" + by + "; downloaded " + s.moment(d.UsedAt)
	case d.UntilAt.Before(s.service.Now()):
		return "Yes" + by + "; not downloaded in time"
	}
	return "Yes" + by + "; can be downloaded until " + s.moment(d.UntilAt)
}

// decide takes the second person's yes or no.
func (s *Server) decide(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	id, yes := r.PathValue("decision"), values.Get("decided") == "yes"
	var wrong service.Invalid
	switch {
	case !yes && values.Get("decided") != "no":
		wrong = service.Invalid{{Field: "decided", Message: "Say yes or no."}}
	case yes && values.Get("act") == store.DecideErase && values.Get("sure") != "yes":
		wrong = service.Invalid{{Field: "sure", Message: "Tick that you know that nobody can bring it back, or say no."}}
	}
	values.Set("decision", id)
	if len(wrong) > 0 {
		return s.keep(v, decisionsPage, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	}
	done, err := s.service.Decide(r.Context(), v.actor, id, yes, values.Get("remark"))
	if len(done.Erased) > 0 {
		s.dropErased(v.actor.Authority, done) // they are gone, whatever else is wrong
	}
	switch {
	case errors.Is(err, service.ErrTraces):
		if s.opt.Log != nil {
			s.opt.Log.Error("a record is erased, and traces of it are left on the disk", "error", err)
		}
		return s.done(decisionsPage, "yes-erase-traces"), nil
	case errors.Is(err, service.ErrChanged):
		return s.late(v, lateMessage), nil
	case errors.As(err, &wrong):
		return s.keep(v, decisionsPage, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	}
	if !yes {
		return s.done(decisionsPage, "no"), nil
	}
	return s.done(decisionsPage, "yes-"+done.Act), nil
}

// dropErased lets go of the forms that memory holds of people who were erased. In what was
// searched for, and in what was typed about decisions and emergencies, they may stand by a
// name alone: all of that goes.
func (s *Server) dropErased(authority string, done service.Decided) {
	bare := strings.NewReplacer("-", "", " ", "") // as people type a reference
	s.forms.drop(authority, func(text string) bool {
		typed := bare.Replace(strings.ToUpper(text))
		holds := func(what string) bool { return strings.Contains(typed, bare.Replace(strings.ToUpper(what))) }
		return strings.HasPrefix(text, foundPage) || strings.HasPrefix(text, decisionsPage) || strings.HasPrefix(text, emergenciesPage) ||
			slices.ContainsFunc(done.Erased, holds) || slices.ContainsFunc(done.Named, holds)
	})
}

// late leads back to the decisions where somebody was not the first or came too late.
func (s *Server) late(v *visit, message string) answer {
	return s.keep(v, decisionsPage, filled{wrong: service.Invalid{{Field: "past", Message: message}}, status: http.StatusConflict})
}

func (s *Server) withdraw(r *http.Request, v *visit) (answer, error) {
	err := s.service.WithdrawDecision(r.Context(), v.actor, r.PathValue("decision"))
	switch {
	case errors.Is(err, service.ErrChanged):
		return s.late(v, lateMessage), nil
	case err != nil:
		return nil, err
	}
	return s.done(decisionsPage, "withdrawn"), nil
}

// downloadNamed gives the export that two people decided on. It is a post, so that
// nothing but its button uses it up.
func (s *Server) downloadNamed(r *http.Request, v *visit) (answer, error) {
	var out bytes.Buffer
	_, err := s.service.ExportWithNames(r.Context(), v.actor, r.PathValue("decision"), &out)
	switch {
	case errors.Is(err, service.ErrChanged):
		return s.late(v, "This export was downloaded already, its 24 hours are over, or nobody said yes to it. Ask again if it is still needed."), nil
	case err != nil:
		return nil, err
	}
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		w.Header().Set("Content-Disposition", `attachment; filename="young-people-with-names.xlsx"`)
		_, err := out.WriteTo(w)
		return err
	}, nil
}
