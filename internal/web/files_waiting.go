package web

import (
	"encoding/json"
	"net/http"
	"strconv"

	"stablefutures/internal/returns"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
)

// deliveryOf is a file that was taken in.
type deliveryOf = store.Delivery

// waitingView is what taking files in would do.
type waitingView struct {
	Summary  []string
	Unknown  ui.Table
	Files    []fileView
	Take     *ui.PostButton
	Drop     *ui.PostButton
	Problems string // address of the full list; empty where there are none
}

func (s *Server) showWaiting(r *http.Request, v *visit) (answer, error) {
	id := r.PathValue("upload")
	report, err := s.service.Staged(r.Context(), v.actor, id)
	if err != nil {
		return nil, err
	}
	path := "/files/waiting/" + id
	view := reportView(report, path)
	view.Drop = &ui.PostButton{Action: path + "/drop", Text: "Throw away", Classes: ui.Secondary}
	if len(report.Files) > 0 && !report.Unchanged {
		view.Take = &ui.PostButton{Action: path + "/take", Text: "Take it all in"}
	}
	page := ui.Page{Title: "Files that were read", Heading: "What the files say", Nav: at("/files"),
		Lead: "Nothing has been changed yet. What was read is kept for half an hour, in memory alone.",
		Back: &ui.Link{Text: "Files", Href: "/files"}}
	return s.page(v, page, "files-waiting", view), nil
}

func reportView(report service.ImportReport, path string) waitingView {
	view := waitingView{Unknown: unknownTable(report.Unrecognised)}
	problems := 0
	for _, f := range report.Files {
		view.Files = append(view.Files, fileReport(f))
		problems += len(f.Problems)
	}
	if problems > 0 {
		view.Problems = path + "/problems.csv"
	}
	switch {
	case len(report.Files) == 0:
		view.Summary = append(view.Summary, "None of these files can be taken in.")
	case report.Unchanged:
		view.Summary = append(view.Summary, "All of this was taken in before: nothing would change.")
	default:
		view.Summary = append(view.Summary, ui.Count(len(report.Files), "table was recognised.", "tables were recognised."))
	}
	if report.NewChildren > 0 {
		view.Summary = append(view.Summary, ui.Count(report.NewChildren, "young person is", "young people are")+" not known yet.")
	}
	if report.NewMatches > 0 {
		view.Summary = append(view.Summary, ui.Count(report.NewMatches, "pair of records may be one young person: somebody decides", "pairs of records may be one young person each: somebody decides")+" under Likely matches.")
	}
	return view
}

func unknownTable(list []returns.Unrecognised) ui.Table {
	table := ui.Table{Caption: ui.Count(len(list), "file was not taken", "files were not taken"), CaptionClasses: "govuk-table__caption--m", Stack: true,
		Head: []ui.Header{{Text: "File"}, {Text: "Why, and what to do"}}}
	for _, u := range list {
		table.Rows = append(table.Rows, []ui.Cell{{Text: orWords(u.Name, "(without a name)")}, {Text: u.Message}})
	}
	return table
}

func (s *Server) takeWaiting(r *http.Request, v *visit) (answer, error) {
	report, err := s.service.Confirm(r.Context(), v.actor, r.PathValue("upload"))
	if err != nil {
		return nil, err
	}
	view := reportView(report, "")
	view.Problems = ""
	page := ui.Page{Title: "Files taken in", Heading: "The files were taken in", Nav: at("/files"), Back: &ui.Link{Text: "Files", Href: "/files"},
		Lead: "All of it, in one step. Each file has its own page under Files."}
	return s.page(v, page, "files-waiting", view), nil
}

func (s *Server) dropWaiting(r *http.Request, v *visit) (answer, error) {
	if err := s.service.Discard(r.Context(), v.actor, r.PathValue("upload")); err != nil {
		return nil, err
	}
	return redirect("/files?done=dropped"), nil
}

func (s *Server) downloadWaiting(r *http.Request, v *visit) (answer, error) {
	report, err := s.service.Staged(r.Context(), v.actor, r.PathValue("upload"))
	if err != nil {
		return nil, err
	}
	return sendBook(r, "problems", problemsBook(report.Files)), nil
}

// delivered is the report of a file that was taken in.
func (s *Server) delivered(r *http.Request, v *visit) (d store.Delivery, f service.FileReport, err error) {
	number, err := strconv.Atoi(r.PathValue("number"))
	if err != nil {
		return d, f, service.ErrNotFound
	}
	if d, err = s.service.FileRead(r.Context(), v.actor, number); err != nil {
		return d, f, err
	}
	if err = json.Unmarshal([]byte(d.Report), &f); err != nil {
		return d, f, err
	}
	f.Name, f.Kind, f.YearEnding = d.FileName, d.Kind, d.YearEnding
	f.RowsRead, f.RowsTaken, f.RowsSetAside, f.Added, f.Changed, f.Gone, f.Same = d.RowsRead, d.RowsTaken, d.RowsSetAside, d.Added, d.Changed, d.Gone, d.Same
	return d, f, nil
}

func (s *Server) showFile(r *http.Request, v *visit) (answer, error) {
	d, f, err := s.delivered(r, v)
	if err != nil {
		return nil, err
	}
	view := waitingView{Files: []fileView{fileReport(f)}}
	if len(f.Problems) > 0 {
		view.Problems = "/files/read/" + r.PathValue("number") + "/problems.csv"
	}
	page := ui.Page{Title: "A file that was taken in", Heading: orWords(d.FileName, "A file without a name"), Nav: at("/files"), Back: &ui.Link{Text: "Files", Href: "/files"},
		Lead: "Taken in on " + s.moment(d.ReceivedAt) + "."}
	return s.page(v, page, "files-waiting", view), nil
}

func (s *Server) downloadFile(r *http.Request, v *visit) (answer, error) {
	_, f, err := s.delivered(r, v)
	if err != nil {
		return nil, err
	}
	return sendBook(r, "problems", problemsBook([]service.FileReport{f})), nil
}
