package web

import (
	"fmt"
	"net/http"
	"net/url"

	"stablefutures/internal/locale"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// textPath is the address of one text: the language, and its name.
func textPath(tag string, text service.Translation) string {
	return languagePath(tag) + "/" + text.Name
}

// nameOf is the name of the text in an address.
func nameOf(r *http.Request) string {
	if edition := r.PathValue("edition"); edition != "" {
		return "edition/" + edition + "/" + r.PathValue("key")
	}
	return "page/" + r.PathValue("key")
}

// textView is one text, to be changed by hand.
type textView struct {
	Path   string
	Back   string
	Facts  ui.SummaryList
	Fields []ui.Textarea
	State  ui.Radios
	Was    ui.Table
}

func (s *Server) showText(r *http.Request, v *visit) (answer, error) {
	tag := r.PathValue("language")
	text, was, err := s.service.Text(r.Context(), v.actor, tag, nameOf(r))
	if err != nil {
		return nil, err
	}
	words, _ := locale.Of(tag)
	form := s.again(r, v, fresh(text))
	view := textView{Path: textPath(tag, text), Back: languagePath(tag), Was: s.wasTable(words.Language, was),
		State: ui.Radios{Name: "state", Legend: ui.Legend{Text: "Who has looked at these words"}, Value: form.values.Get("state"), Error: errorAt(form.wrong, "state"),
			Hint: "Young people can have tried only what a translator reviewed and nobody changed since."}}
	view.Facts.Rows = []ui.SummaryRow{{Key: "English", Value: text.Source.English()}, {Key: "Where it stands", Value: text.Place}, {Key: "Key", Value: text.Key(), Note: "A recording of the text is named so: " + tag + "/" + text.Key() + ".mp3"}}
	if text.Source.Note != "" {
		view.Facts.Rows = append(view.Facts.Rows, ui.SummaryRow{Key: "Note", Value: text.Source.Note})
	}
	for _, line := range text.Lines {
		field := service.WordsField(line.Form)
		label := words.English()
		if line.Form != "" {
			label = fmt.Sprintf("%s, such as for %d (%s)", words.English(), line.Example, line.Form)
		}
		view.Fields = append(view.Fields, ui.Textarea{ID: field, Name: field, Label: ui.Label{Text: label}, Hint: fmt.Sprintf("At most %d characters, what stands in braces not counted.", text.Source.Most()),
			Value: form.values.Get(field), Error: errorAt(form.wrong, field), Rows: 3, Lang: tag, Dir: words.Direction})
	}
	for _, state := range locale.States {
		view.State.Items = append(view.State.Items, ui.Choice{Value: string(state), Text: stateLabel(state)})
	}
	page := ui.Page{Title: "A text", Heading: "Change a text", Nav: at("/languages"), Errors: summary(form.wrong), Back: &ui.Link{Text: words.BothNames(), Href: languagePath(tag)}}
	return s.pageWith(form.status, v, page, "language-text", view), nil
}

// fresh is the form as the text stands.
func fresh(text service.Translation) url.Values {
	values := url.Values{"state": {string(text.State())}}
	for _, line := range text.Lines {
		values.Set(service.WordsField(line.Form), line.Words)
	}
	return values
}

// wasTable is what a text was before.
func (s *Server) wasTable(l locale.Language, was []service.WordingWas) ui.Table {
	table := ui.Table{Caption: "What was kept of it, the latest first", CaptionClasses: "govuk-table__caption--m", Stack: true,
		Head: []ui.Header{{Text: "When, and by whom"}, {Text: "Words"}, {Text: "Who has looked"}}, Name: "What was kept of it", Empty: "It is as it came with the program."}
	for _, w := range was {
		table.Rows = append(table.Rows, []ui.Cell{{Text: s.moment(w.ChangedAt), Note: w.By}, {HTML: inLanguage(l, w.Words), Note: w.Form}, {Text: stateLabel(w.State)}})
	}
	return table
}

func (s *Server) keepText(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	tag := r.PathValue("language")
	n := service.NewWording{Language: tag, Name: nameOf(r), State: locale.State(values.Get("state")), Words: map[string]string{}}
	for _, form := range append([]string{""}, locale.Forms(tag)...) {
		n.Words[form] = values.Get(service.WordsField(form))
	}
	err = s.service.KeepWording(r.Context(), v.actor, n)
	if wrong := invalid(err, nil); len(wrong) > 0 {
		return s.keep(v, languagePath(tag)+"/"+n.Name, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	}
	if err != nil {
		return nil, err
	}
	return s.done(languagePath(tag), "text-kept"), nil
}
