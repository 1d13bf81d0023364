package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/care"
	"stablefutures/internal/date"
	"stablefutures/internal/returns"
	"stablefutures/internal/returns/template"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
)

// filesView is what was read, and the form that reads more.
type filesView struct {
	Files     ui.FileUpload
	Year      ui.Select
	Waiting   []ui.Bar // what was read and neither taken in nor thrown away
	Matches   string   // how many likely matches wait; empty where none
	Read      ui.Table
	Templates []ui.Link
	Named     *ui.Link // asks for an export with names
}

func (s *Server) showFiles(r *http.Request, v *visit) (answer, error) {
	list, names, matches, err := s.service.FilesRead(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	waiting, err := s.service.Waiting(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, nil)
	view := filesView{
		Files: ui.FileUpload{ID: "files", Name: "files", Label: ui.Label{Text: "Files to read"}, Multiple: true, Enhanced: true, Accept: ".xlsx,.csv,.xml", Error: errorAt(form.wrong, "files"),
			Hint: "Annex A, SSDA903, CIN census, and our own register and readings. Each is known by what is in it, whatever it is called."},
		Year: s.returnsYear(form), Read: s.filesTable(list, names),
		Templates: []ui.Link{{Text: "Register, xlsx", Href: "/files/templates/register.xlsx"}, {Text: "Register, CSV", Href: "/files/templates/register.csv"},
			{Text: "Readings, xlsx", Href: "/files/templates/readings.xlsx"}, {Text: "Readings, CSV", Href: "/files/templates/readings.csv"}},
	}
	if v.actor.May(access.AskDecision) {
		view.Named = &ui.Link{Text: askTitles[store.DecideExport], Href: askPath(store.DecideExport, "")}
	}
	for _, up := range waiting {
		view.Waiting = append(view.Waiting, ui.Bar{Strong: "Read, and not taken in yet:", Text: fewOf(up.Files()) + ". Kept until " + s.hour(up.KeptUntil) + ".",
			Link: &ui.Link{Text: "Look at what the files say", Href: waitingPath(up.ID)}})
	}
	if matches > 0 {
		view.Matches = ui.Count(matches, "pair of records may be one young person", "pairs of records may be one young person each")
	}
	page := ui.Page{Title: "Files", Heading: "Files", Nav: at("/files"), Errors: summary(form.wrong),
		Lead:    "Read the files that you already make. Nothing is changed until you say so.",
		Notices: doneNotice(r, map[string]string{"dropped": "The files were thrown away. Nothing was changed."})}
	return s.pageWith(form.status, v, page, "files", view), nil
}

// fewOf names a few files, and counts the others.
func fewOf(names []string) string {
	const few = 3
	if len(names) <= few {
		return joinWords(names)
	}
	return strings.Join(names[:few-1], ", ") + " and " + ui.Count(len(names)-few+1, "more file", "more files")
}

// yearsBack is how many years of returns are offered: files older than that are
// of codes that no reader of ours knows.
const yearsBack = 12

// returnsYear asks of which year the files are that do not say it. The years are
// offered: a year that no return can have cannot be entered.
func (s *Server) returnsYear(form filled) ui.Select {
	list := ui.Select{ID: "year-ending", Name: "year-ending", Label: ui.Label{Text: "Year of the returns"}, Value: form.values.Get("year-ending"), Error: errorAt(form.wrong, "year-ending"),
		Hint:  "Where the files do not say it themselves. Leave it where you are not sure: the report says which year was taken, and it can be put right there.",
		Items: []ui.Option{{Text: "Told from the days in the files"}}}
	for n, ending := 0, s.service.Today().YearEnding(); n < yearsBack; n, ending = n+1, ending.YearBegin().AddDays(-1) {
		list.Items = append(list.Items, ui.Option{Value: string(ending), Text: "Year to " + ending.Long()})
	}
	return list
}

// readYear is the year that was chosen; unknown where none was.
func readYear(values url.Values) (date.Date, service.Invalid) {
	chosen := values.Get("year-ending")
	if chosen == "" {
		return "", nil
	}
	day, err := date.Parse(chosen)
	if err != nil || day.YearEnding() != day {
		return "", service.Invalid{{Field: "year-ending", Message: "Choose the year of the returns among those that are offered."}}
	}
	return day, nil
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
// Files that came with a year that cannot be are read all the same: the year can
// be put right beside the report, and nobody has to choose the files again.
func (s *Server) readUpload(r *http.Request, v *visit) (answer, error) {
	files, values, wrong, err := receive(r)
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return s.keep(v, "/files", filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	}
	year, wrong := readYear(values)
	id, _, err := s.service.Stage(r.Context(), v.actor, files, service.ImportOptions{YearEnding: year})
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return s.keep(v, waitingPath(id), filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	}
	return redirect(waitingPath(id)), nil
}

// receive reads the files of a form into memory, part by part: none of them
// touches the disk.
func receive(r *http.Request) (files []service.File, values url.Values, wrong service.Invalid, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, nil, nil, errBadForm
	}
	values = url.Values{}
	left, fields := int64(maxUpload), 0
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
		case part.FileName() != "" && len(files) == maxFiles:
			return nil, values, service.Invalid{{Field: "files", Message: fmt.Sprintf("There are more than %d files. Send them in parts.", maxFiles)}}, nil
		case part.FileName() != "":
			files = append(files, service.File{Name: part.FileName(), Data: data})
		case part.FormName() != "files" && len(data) < maxForm:
			if fields++; fields > maxFiles {
				return nil, nil, nil, errBadForm
			}
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
