package web

import (
	"bytes"
	"html/template"
	"net/http"
	"strings"

	"stablefutures/internal/locale"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

func languagePath(tag string) string { return "/languages/" + tag }

// languagesView is every language with who has looked at its words.
type languagesView struct{ Languages ui.Table }

func (s *Server) showLanguages(r *http.Request, v *visit) (answer, error) {
	list, err := s.service.Languages(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	table := ui.Table{Caption: "Texts of each language, by who has looked at them", CaptionClasses: "govuk-table__caption--m", Stack: true, FirstIsHeader: true,
		Head: []ui.Header{{Text: "Language"}, {Text: "Made by machine", Numeric: true}, {Text: "Reviewed by a translator", Numeric: true}, {Text: "Tried with young people", Numeric: true}, {Text: "Missing", Numeric: true}, {Text: "Recorded", Numeric: true}}}
	for _, l := range list {
		table.Rows = append(table.Rows, []ui.Cell{{HTML: languageLink(l.Language)}, {Text: ui.Number(l.Count(locale.Machine)), Numeric: true}, {Text: ui.Number(l.Count(locale.Reviewed)), Numeric: true},
			{Text: ui.Number(l.Count(locale.Tried)), Numeric: true}, {Text: ui.Number(l.Missing()), Numeric: true}, {Text: ui.Number(s.recorded(l)), Numeric: true}})
	}
	page := ui.Page{Title: "Languages", Heading: "Languages of young people’s pages", Nav: at("/languages"),
		Lead: "English is the language in which the words are first written. Young people read on each page who has looked at its words in their language: nobody but a machine, a translator, or young people too. Where a page mixes them, it names the least."}
	return s.page(v, page, "languages", languagesView{table}), nil
}

// spoken is a language in English, by whatever name it was written down; as it was written
// where it is none of the pages'.
func spoken(name string) string {
	if l, ok := locale.Called(name); ok {
		return l.English()
	}
	return name
}

// languageLink leads to a language, in English and by its own name.
func languageLink(l locale.Language) template.HTML { // Safety: the English name is a text of this program, the other is escaped
	return template.HTML(`<a class="govuk-link" href="` + languagePath(l.Tag) + `">` + l.English() + `</a> <span class="sf-note">` + string(inLanguage(l, l.Name)) + `</span>`)
}

// inLanguage marks a text as one of a language, so that it is read out and set as such.
func inLanguage(l locale.Language, text string) template.HTML { // Safety: escaped
	return template.HTML(`<span lang="` + l.Tag + `" dir="` + l.Direction + `">` + template.HTMLEscapeString(text) + `</span>`)
}

// recorded is how many texts of a language somebody can be heard reading.
func (s *Server) recorded(l service.Translations) (n int) {
	for _, text := range l.Texts {
		if s.sounds.Has(l.Tag, text.Key()) {
			n++
		}
	}
	return n
}

// languageView is all of one language, beside the English, and how to change it.
type languageView struct {
	Path     string
	Facts    ui.SummaryList
	File     ui.FileUpload
	State    ui.Select
	Filter   ui.Filter
	Texts    ui.Table
	Download ui.Link
}

func (s *Server) showLanguage(r *http.Request, v *visit) (answer, error) {
	l, err := s.service.Language(r.Context(), v.actor, r.PathValue("language"))
	if err != nil {
		return nil, err
	}
	form := s.again(r, v, nil)
	path := languagePath(l.Tag)
	view := languageView{Path: path, Download: ui.Link{Text: "Download the words of this language (xlsx)", Href: path + "/words.xlsx"}, Texts: s.textsTable(l, r.URL.Query().Get("find")),
		Filter: ui.Filter{ID: "find", Name: "find", Label: "Find a text", Value: r.URL.Query().Get("find"), Action: path, Target: "texts", Words: "{shown} of {all} texts"},
		File: ui.FileUpload{ID: "files", Name: "files", Label: ui.Label{Text: "File that a translator sent back"}, Accept: ".xlsx", Error: errorAt(form.wrong, "files"),
			Hint: "What it would change is shown first. Nothing changes before you say so."},
		State: ui.Select{ID: "state", Name: "state", Label: ui.Label{Text: "Who has looked at all that is in it"}, Value: form.values.Get("state"), Error: errorAt(form.wrong, "state"), Items: []ui.Option{{Text: "As each row says"}}},
		Facts: ui.SummaryList{Rows: []ui.SummaryRow{{Key: "Missing", Value: ui.Number(l.Missing())}, {Key: "Recorded", Value: ui.Number(s.recorded(l)),
			Note: "Texts that somebody can be heard reading. Whoever runs the program keeps the recordings in a folder, named by the key of the text."}}}}
	for n, state := range locale.States {
		view.State.Items = append(view.State.Items, ui.Option{Value: string(state), Text: stateLabel(state)})
		view.Facts.Rows = append(view.Facts.Rows[:n], append([]ui.SummaryRow{{Key: stateLabel(state), Value: ui.Number(l.Count(state))}}, view.Facts.Rows[n:]...)...)
	}
	page := ui.Page{Title: "A language", Heading: l.BothNames(), Nav: at("/languages"), Errors: summary(form.wrong), Back: &ui.Link{Text: "Languages", Href: "/languages"},
		Notices: doneNotice(r, map[string]string{"words-taken": "The words were taken. Young people see them on the next page that they open.", "words-dropped": "The file was thrown away. Nothing was changed.",
			"text-kept": "The text was kept. Young people see it on the next page that they open."})}
	return s.pageWith(form.status, v, page, "language", view), nil
}

// stateLabel is a state as a sentence or a cell begins with it.
func stateLabel(state locale.State) string {
	label := state.Label()
	return strings.ToUpper(label[:1]) + label[1:]
}

// holds tells whether a text has some words in it, in English or translated.
func holds(text service.Translation, find string) bool {
	all := text.Name + " " + text.Place + " " + text.Source.English()
	for _, line := range text.Lines {
		all += " " + line.Words
	}
	return strings.Contains(strings.ToLower(all), strings.ToLower(strings.TrimSpace(find)))
}

// textsTable has the texts that hold some words, each beside the English, with its state.
func (s *Server) textsTable(l service.Translations, find string) ui.Table {
	wanted := ui.Table{ID: "texts", Caption: ui.Count(len(l.Texts), "text", "texts") + ", those of the pages first", CaptionClasses: "govuk-table__caption--m", Stack: true, FirstIsHeader: true,
		Head: []ui.Header{{Text: "English"}, {Text: "In this language"}, {Text: "Who has looked"}, {Text: "Sound"}}, Empty: "No text has these words. Find others, or empty the field to see all."}
	for _, text := range l.Texts {
		if !holds(text, find) {
			continue
		}
		sound := "None"
		if s.sounds.Has(l.Tag, text.Key()) {
			sound = "Recorded"
		}
		state := stateLabel(text.State())
		if text.Missing() {
			state = "Missing"
		}
		wanted.Rows = append(wanted.Rows, []ui.Cell{{Text: text.Source.English(), Href: textPath(l.Tag, text), Note: text.Place}, {HTML: linesOf(l.Language, text)}, {Text: state}, {Text: sound}})
	}
	return wanted
}

// linesOf is a text in its language, each plural form on a line with its number.
func linesOf(l locale.Language, text service.Translation) template.HTML { // Safety: escaped
	var out strings.Builder
	for n, line := range text.Lines {
		if n > 0 {
			out.WriteString("<br>")
		}
		out.WriteString(string(inLanguage(l, line.Words)))
		if line.Form != "" {
			out.WriteString(` <span class="sf-quiet">(` + ui.Number(line.Example) + `)</span>`)
		}
	}
	return template.HTML(out.String())
}

func (s *Server) downloadWords(r *http.Request, v *visit) (answer, error) {
	tag := r.PathValue("language")
	var out bytes.Buffer
	if err := s.service.ExportLanguage(r.Context(), v.actor, tag, &out); err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		w.Header().Set("Content-Disposition", `attachment; filename="words-`+tag+`.xlsx"`) // a tag that is one of ours
		_, err := out.WriteTo(w)
		return err
	}, nil
}
