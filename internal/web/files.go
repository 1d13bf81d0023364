package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/date"
	"stablefutures/internal/returns"
	"stablefutures/internal/returns/template"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// filesView is what was read, and the form that reads more.
type filesView struct {
	Files     ui.FileUpload
	Year      ui.DateInput
	Matches   string // how many likely matches wait; empty where none
	Read      ui.Table
	Templates []ui.Link
}

func (s *Server) showFiles(r *http.Request, v *visit) (answer, error) {
	return s.filesPage(r, v, http.StatusOK, nil, ui.DateInput{}, doneNotice(r, map[string]string{"dropped": "The files were thrown away. Nothing was changed."}))
}

func (s *Server) filesPage(r *http.Request, v *visit, status int, wrong service.Invalid, year ui.DateInput, notices []ui.Component) (answer, error) {
	list, names, waiting, err := s.service.FilesRead(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	year.ID, year.NamePrefix = "year-ending", "year-ending"
	year.Legend = ui.Legend{Text: "31 March that ends the year of the returns, where the files do not say it"}
	year.Hint = "Leave it empty where you are not sure: the year is told from the days in the files, and the report says so. For example, 31 3 2026"
	if year.Error == "" {
		year.Error = errorAt(wrong, "year-ending")
	}
	view := filesView{
		Files: ui.FileUpload{ID: "files", Name: "files", Label: ui.Label{Text: "Files to read"}, Multiple: true, Accept: ".xlsx,.csv,.xml", Error: errorAt(wrong, "files"),
			Hint: "Annex A, SSDA903, CIN census, and our own register and readings. Each is known by what is in it, whatever it is called."},
		Year: year, Read: s.filesTable(list, names),
		Templates: []ui.Link{{Text: "Register, xlsx", Href: "/files/templates/register.xlsx"}, {Text: "Register, CSV", Href: "/files/templates/register.csv"},
			{Text: "Readings, xlsx", Href: "/files/templates/readings.xlsx"}, {Text: "Readings, CSV", Href: "/files/templates/readings.csv"}},
	}
	if waiting > 0 {
		view.Matches = ui.Count(waiting, "pair of records may be one young person", "pairs of records may be one young person each")
	}
	page := ui.Page{Title: "Files", Heading: "Files", Nav: at("/files"), Notices: notices,
		Lead: "Read the files that you already make. Nothing is changed until you say so."}
	if len(wrong) > 0 {
		page.Errors = fieldSummary(wrong, map[string]ui.DateInput{"year-ending": year})
	}
	return s.pageWith(status, v, page, "files", view), nil
}

func (s *Server) filesTable(list []deliveryOf, names map[string]string) ui.Table {
	table := ui.Table{
		Caption: ui.Count(len(list), "file taken in", "files taken in") + ", the newest first", CaptionClasses: "govuk-table__caption--m", Stack: true,
		Head:  []ui.Header{{Text: "File"}, {Text: "Taken for"}, {Text: "When, and by whom"}, {Text: "Rows taken", Numeric: true}, {Text: "Set aside", Numeric: true}},
		Empty: "Nothing was taken in yet. Choose files above; a template can be filled in where there is no file.",
	}
	for _, d := range list {
		table.Rows = append(table.Rows, []ui.Cell{
			{Text: orWords(d.FileName, "(without a name)"), Href: fmt.Sprintf("/files/read/%d", d.Number)},
			{Text: care.ReturnLabel(d.Kind) + yearWords(d.YearEnding)},
			{Text: s.moment(d.ReceivedAt), Note: orWords(names[d.ReceivedBy], "the operator of the machine")},
			{Text: ui.Number(d.RowsTaken), Numeric: true}, {Text: ui.Number(d.RowsSetAside), Numeric: true}})
	}
	return table
}

// readUpload reads what was sent and keeps it in memory until somebody says yes.
func (s *Server) readUpload(r *http.Request, v *visit) (answer, error) {
	files, values, wrong, err := receive(r)
	if err != nil {
		return nil, err
	}
	year := ui.DateInput{ID: "year-ending", NamePrefix: "year-ending"}
	day, ok := year.Read(values, "the end of the year")
	switch {
	case !ok:
		wrong = append(wrong, service.FieldError{Field: "year-ending", Message: year.Error})
	case day.Known() && day.YearEnding() != day:
		wrong = append(wrong, service.FieldError{Field: "year-ending", Message: "A return’s year ends on 31 March. Enter " + day.YearEnding().Long() + " for the year in which " + day.Long() + " falls."})
	}
	if len(wrong) > 0 {
		return s.filesPage(r, v, http.StatusUnprocessableEntity, wrong, year, nil)
	}
	id, _, err := s.service.Stage(r.Context(), v.actor, files, service.ImportOptions{YearEnding: yearOrNone(day)})
	if err != nil {
		return nil, err
	}
	return redirect("/files/waiting/" + id), nil
}

func yearOrNone(day date.Date) date.Date {
	if day.Known() {
		return day.YearEnding()
	}
	return ""
}

// receive reads the files of a form into memory, part by part: none of them
// touches the disk.
func receive(r *http.Request) (files []service.File, values map[string][]string, wrong service.Invalid, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, nil, nil, errBadForm
	}
	values = map[string][]string{}
	left := int64(maxUpload)
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, nil, errBadForm
		}
		data, err := io.ReadAll(io.LimitReader(part, left+1))
		if err != nil {
			return nil, nil, nil, errBadForm
		}
		if left -= int64(len(data)); left < 0 {
			return nil, values, service.Invalid{{Field: "files", Message: fmt.Sprintf("Together the files are over %d MB. Send them in parts.", maxUpload>>20)}}, nil
		}
		switch {
		case part.FileName() != "":
			files = append(files, service.File{Name: part.FileName(), Data: data})
		case part.FormName() != "files" && len(data) < maxForm:
			values[part.FormName()] = append(values[part.FormName()], string(data))
		}
	}
	if len(files) == 0 {
		wrong = service.Invalid{{Field: "files", Message: "Choose at least one file."}}
	}
	return files, values, wrong, nil
}

// downloadTemplate gives an empty template.
func (s *Server) downloadTemplate(r *http.Request, v *visit) (answer, error) {
	name := r.PathValue("name")
	kinds := map[string]returns.Kind{"register": template.Register, "readings": template.Readings}
	table, ending, _ := strings.Cut(name, ".")
	kind, ok := kinds[table]
	format := template.Format(ending)
	if !ok || format != template.XLSX && format != template.CSV {
		return nil, service.ErrNotFound
	}
	var out bytes.Buffer
	if err := s.service.Template(r.Context(), v.actor, &out, kind, format); err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
		_, err := out.WriteTo(w)
		return err
	}, nil
}
