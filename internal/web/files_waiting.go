package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"stablefutures/internal/care"
	"stablefutures/internal/returns"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
)

// deliveryOf is a file that was taken in.
type deliveryOf = store.Delivery

// waitingView is what taking files in would do, or what it did.
type waitingView struct {
	Summary  []string
	Unknown  ui.Table
	Losses   *lossesView
	Year     *yearView
	Files    []fileView
	Take     *ui.PostButton
	Drop     *ui.PostButton
	Problems string // address of the full list; empty where there are none
}

// lossesView are the returns of which a great part would no longer be there.
type lossesView struct {
	Lines []string
}

// yearView offers another year for files that do not say theirs.
type yearView struct {
	Action string
	Year   ui.Select
}

// waitingPath is the address of what was read. Ids are random and say nothing.
func waitingPath(id string) string { return "/files/waiting/" + id }

// showWaiting is the page of an upload, and of what became of it: it answers the
// back button after it was taken in or thrown away.
func (s *Server) showWaiting(r *http.Request, v *visit) (answer, error) {
	up, err := s.service.Staged(r.Context(), v.actor, r.PathValue("upload"))
	if errors.Is(err, service.ErrNotFound) {
		return s.uploadGone(v), nil
	}
	if err != nil {
		return nil, err
	}
	page := ui.Page{Nav: at("/files"), Back: &ui.Link{Text: "Files", Href: "/files"}}
	switch up.State {
	case service.UploadTaken:
		page.Title, page.Heading = "Files taken in", "The files were taken in"
		page.Lead = "All of it, in one step. Each file has its own page under Files."
		view := reportView(up.Report, "", true)
		return s.page(v, page, "files-waiting", view), nil
	case service.UploadDropped:
		page.Title, page.Heading = "Files thrown away", "The files were thrown away"
		page.Lead = "Nothing of them was taken in: " + joinWords(up.Files()) + ". To take them in, choose them again under Files."
		return s.page(v, page, "files-waiting", waitingView{}), nil
	case service.UploadVoid:
		page.Title, page.Heading = "Choose the files again", "Choose the files again"
		page.Lead = "Since these files were read, the record of somebody in them was erased. Nothing of them was taken in: " + joinWords(up.Files()) + ". Choose them again under Files: the rows about that young person are left out then."
		return s.page(v, page, "files-waiting", waitingView{}), nil
	}
	path := waitingPath(up.ID)
	form := s.again(r, v, url.Values{"year-ending": {string(up.YearEnding)}})
	view := reportView(up.Report, path, false)
	view.Drop = &ui.PostButton{Action: path + "/drop", Text: "Throw away", Classes: ui.Secondary}
	if len(up.Report.Files) > 0 && !up.Report.Unchanged {
		view.Take = &ui.PostButton{Action: path + "/take", Text: "Take it all in"}
		view.Losses = losses(up.Report)
	}
	if up.YearOpen {
		year := s.returnsYear(form)
		year.Hint = "If it is another than the report says, choose it here: the files need not be chosen again."
		view.Year = &yearView{path + "/year", year}
	}
	page.Title, page.Heading, page.Errors = "Files that were read", "What the files say", summary(form.wrong)
	page.Lead = "Nothing has been changed yet. What was read is kept until " + s.hour(up.KeptUntil) + ", in memory alone."
	return s.pageWith(form.status, v, page, "files-waiting", view), nil
}

// uploadGone answers for what is not remembered any more, or never was this person's.
func (s *Server) uploadGone(v *visit) answer {
	page := ui.Page{Title: "Files that were read", Heading: "These files do not wait here any more", Nav: at("/files"), Back: &ui.Link{Text: "Files", Href: "/files"},
		Lead: "What is read is kept for half an hour, in memory alone. Whatever was taken in stands under Files; to read the others, choose them again there."}
	return s.pageWith(http.StatusNotFound, v, page, "files-waiting", waitingView{})
}

// A return that is sent again loses a few rows now and then. Where it would lose
// a tenth of what was there or more, it may be a part of the return, or another
// year's: somebody should look before saying yes.
const manyGone = 10 // one in so many

// losses are the returns of which many rows would no longer be there; nil where
// there are none.
func losses(report service.ImportReport) *lossesView {
	var view lossesView
	for _, r := range byReturn(report.Files) {
		if was := r.gone + r.kept; r.gone*manyGone >= was && r.gone > 0 {
			view.Lines = append(view.Lines, fmt.Sprintf("%s: %s of the %s that are there now", r.name, ui.Count(r.gone, "row", "rows"), ui.Number(was)))
		}
	}
	if len(view.Lines) == 0 {
		return nil
	}
	return &view
}

// returnChange is what one return loses and keeps, over all files that hold parts of it.
type returnChange struct {
	name       string
	gone, kept int
}

func byReturn(files []service.FileReport) []returnChange {
	var list []returnChange
	for _, f := range files {
		name := care.ReturnLabel(f.Kind) + yearWords(f.YearEnding)
		at := slices.IndexFunc(list, func(r returnChange) bool { return r.name == name })
		if at < 0 {
			at, list = len(list), append(list, returnChange{name: name})
		}
		list[at].gone += f.Gone
		list[at].kept += f.Same + f.Changed
	}
	return list
}

// reportView is a report before or after it was taken in.
func reportView(report service.ImportReport, path string, taken bool) waitingView {
	view := waitingView{Unknown: unknownTable(report.Unrecognised)}
	problems, unused := 0, 0
	for _, f := range report.Files {
		view.Files = append(view.Files, fileReport(f))
		if notUsed(f) {
			unused++
			continue
		}
		problems += len(f.Problems)
	}
	if problems > 0 && !taken {
		view.Problems = path + "/problems.csv"
	}
	view.Summary = reportSummary(report, unused, taken)
	return view
}

// reportSummary are the first sentences of a report.
func reportSummary(report service.ImportReport, unused int, taken bool) []string {
	var text []string
	switch used := len(report.Files) - unused; {
	case len(report.Files) == 0:
		text = append(text, "None of these files can be taken in.")
	case report.Unchanged && used == 0:
		text = append(text, "Nothing here is used: nothing would change.")
	case report.Unchanged && !taken:
		text = append(text, "All that is used of this was taken in before: nothing would change.")
	case taken:
		text = append(text, ui.Count(used, "table was taken in.", "tables were taken in."))
	default:
		text = append(text, ui.Count(used, "table can be taken in.", "tables can be taken in."))
	}
	if unused > 0 {
		text = append(text, ui.Count(unused, "list was recognised and is not used.", "lists were recognised and are not used."))
	}
	if report.NewChildren > 0 {
		are := ui.Count(report.NewChildren, "young person is", "young people are") + " not known yet."
		if taken {
			are = ui.Count(report.NewChildren, "young person was", "young people were") + " not known before."
		}
		text = append(text, are)
	}
	if report.NewMatches > 0 {
		text = append(text, ui.Count(report.NewMatches, "pair of records may be one young person: somebody decides", "pairs of records may be one young person each: somebody decides")+" under Likely matches.")
	}
	return text
}

func unknownTable(list []returns.Unrecognised) ui.Table {
	table := ui.Table{Caption: ui.Count(len(list), "file was not taken", "files were not taken"), CaptionClasses: "govuk-table__caption--m", Stack: true,
		Head: []ui.Header{{Text: "File"}, {Text: "Why, and what to do"}}}
	row := map[string]int{} // by message: one reason is one row
	for _, u := range list {
		name := orWords(u.Name, "(without a name)")
		if n, ok := row[u.Message]; ok {
			table.Rows[n][0].Text += ", " + name
			continue
		}
		row[u.Message] = len(table.Rows)
		table.Rows = append(table.Rows, []ui.Cell{{Text: name}, {Text: u.Message}})
	}
	return table
}

// takeWaiting takes the files in and leads to what became of each.
func (s *Server) takeWaiting(r *http.Request, v *visit) (answer, error) {
	id := r.PathValue("upload")
	_, err := s.service.Confirm(r.Context(), v.actor, id)
	return settled(id, err, redirect("/files/taken/"+id))
}

func (s *Server) dropWaiting(r *http.Request, v *visit) (answer, error) {
	id := r.PathValue("upload")
	return settled(id, s.service.Discard(r.Context(), v.actor, id), s.done("/files", "dropped"))
}

// changeYear says of which year the files are; the report is worked out again.
func (s *Server) changeYear(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	id := r.PathValue("upload")
	year, wrong := readYear(values)
	if len(wrong) > 0 {
		return s.keep(v, waitingPath(id), filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	}
	return settled(id, s.service.SayYear(r.Context(), v.actor, id, year), redirect(waitingPath(id)))
}

// settled leads on after an act on an upload. Where another window was first, or
// the upload is gone, its page says what became of it.
func settled(id string, err error, on answer) (answer, error) {
	if errors.Is(err, service.ErrNotFound) || errors.Is(err, service.ErrChanged) {
		return redirect(waitingPath(id)), nil
	}
	return on, err
}

func (s *Server) downloadWaiting(r *http.Request, v *visit) (answer, error) {
	up, err := s.service.Staged(r.Context(), v.actor, r.PathValue("upload"))
	if err != nil {
		return nil, err
	}
	return sendBook(r, "problems", problemsBook(up.Report.Files)), nil
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
