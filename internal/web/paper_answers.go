package web

import (
	"net/http"
	"net/url"
	"strconv"

	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/locale"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
	"stablefutures/internal/web/young"
)

// paperAnswersView is the form to type an answer sheet back.
type paperAnswersView struct {
	ID       string   // of the conversation: a sheet that is sent twice is one
	Chosen   []string // outcomes; none for all
	HeldOn   ui.DateInput
	HelpedBy ui.Checkboxes
	Language ui.TextInput
	Groups   []paperGroup
	More     ui.Textarea // what stands under "What I want to say"
}

type paperGroup struct {
	Outcome string
	Lines   []paperLine
}

type paperLine struct {
	Answer ui.Select
	Words  ui.TextInput
}

func (s *Server) showPaperAnswers(r *http.Request, v *visit) (answer, error) {
	record, err := s.writable(r, v)
	if err != nil {
		return nil, err
	}
	asked := r.URL.Query()
	fresh := url.Values{"id": {s.service.NewID()}, "outcome": asked["outcome"], "language": {languageOr(asked.Get("language"), record.Head.Language)}}
	dayValues(fresh, "held-on", s.service.Today())
	form := s.again(r, v, fresh)
	values, wrong := form.values, form.wrong
	view := paperAnswersView{ID: values.Get("id"), Chosen: values["outcome"],
		HeldOn:   dayInput("held-on", "Day on which it was filled in", "For example, 27 3 2026", values, errorAt(wrong, "held-on")),
		Language: ui.TextInput{Name: "language", Label: ui.Label{Text: "Language of the paper"}, Value: values.Get("language"), Error: errorAt(wrong, "language"), Classes: ui.Width20, Autocomplete: "off"},
		HelpedBy: helpedByInput("Who helped the young person to answer?", "", values, wrong)}
	view.More = ui.Textarea{Name: paperMore, Label: ui.Label{Text: "What they wrote under “" + youngText("paper.more") + "”"}, Hint: "It is the last part of the sheet.", Rows: 4,
		Value: values.Get(paperMore), Error: errorAt(wrong, paperMore), Autocomplete: "off", Dir: "auto"}
	for _, o := range chosenOutcomes(record.Edition, view.Chosen) {
		view.Groups = append(view.Groups, paperGroupOf(record.Edition, o, values, wrong))
	}
	page := recordForm(record.Head, "Type the answers in")
	page.Back = &ui.Link{Text: "On paper", Href: paperPath(record.Head.Record)}
	page.Errors = fieldSummary(wrong, map[string]ui.DateInput{"held-on": view.HeldOn})
	page.Edition = editionNotice(record.Edition)
	return s.pageWith(form.status, v, page, "paper-answers", view), nil
}

// paperMore is the field of what is about nothing special.
const paperMore = "more"

// languageOr is the name of the language that was printed, or what is known.
func languageOr(tag, known string) string {
	if w, ok := locale.Of(tag); ok {
		return w.Name
	}
	return known
}

// paperGroupOf are the lines of an outcome, as they stand on the sheet.
func paperGroupOf(e *framework.Edition, o framework.Outcome, values url.Values, wrong service.Invalid) paperGroup {
	var group paperGroup
	group.Outcome, _, _ = e.Text(o.Title, framework.YoungPerson, pageLanguage)
	for _, i := range o.Indicators {
		title, _, _ := e.Text(i.Title, framework.YoungPerson, pageLanguage)
		answer, words := "answer-"+i.ID, "words-"+i.ID
		line := paperLine{
			Answer: ui.Select{ID: answer, Name: answer, Label: ui.Label{Text: title}, Value: values.Get(answer), Error: errorAt(wrong, answer), Items: []ui.Option{{Text: "Nothing is marked"}}},
			Words:  ui.TextInput{ID: words, Name: words, Label: ui.Label{Text: "What they wrote below it"}, Value: values.Get(words), Error: errorAt(wrong, words), Autocomplete: "off"},
		}
		for value := 5; value >= 1; value-- {
			line.Answer.Items = append(line.Answer.Items, ui.Option{Value: strconv.Itoa(value), Text: e.AnswerText(value, framework.YoungPerson, pageLanguage)})
		}
		for _, state := range young.PaperStates {
			line.Answer.Items = append(line.Answer.Items, ui.Option{Value: string(state), Text: readingWords(e, conversation.Reading{State: state}, framework.YoungPerson)})
		}
		group.Lines = append(group.Lines, line)
	}
	return group
}
