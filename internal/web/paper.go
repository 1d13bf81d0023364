package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/id"
	"stablefutures/internal/locale"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// paperRoutes are cards and answer sheets on paper, and answers typed back.
func (s *Server) paperRoutes() []route {
	return []route{
		{pattern: "GET /records/{record}/paper", act: access.WriteRecord, handle: s.showPaper},
		{pattern: "GET /records/{record}/paper/answers", act: access.WriteRecord, handle: s.showPaperAnswers},
		{pattern: "POST /records/{record}/paper/answers", act: access.WriteRecord, handle: s.keepPaperAnswers},
		{pattern: "GET /paper/cards", act: access.WriteRecord, handle: s.printCards},
		{pattern: "GET /paper/sheet", act: access.WriteRecord, handle: s.printSheet},
	}
}

func paperPath(record string) string { return recordPath(record) + "/paper" }

// paperView chooses what is printed, or typed back.
type paperView struct {
	Answers  string // address of the form to type answers back
	Outcomes ui.Checkboxes
	Language ui.Select
}

func (s *Server) showPaper(r *http.Request, v *visit) (answer, error) {
	record, err := s.writable(r, v)
	if err != nil {
		return nil, err
	}
	view := paperView{Answers: paperPath(record.Head.Record) + "/answers",
		Outcomes: ui.Checkboxes{Name: "outcome", Legend: ui.Legend{Text: "What is it about?"}, Hint: "Choose nothing to have all of it.", Classes: "govuk-checkboxes--small sf-columns"},
		Language: youngLanguages("Language of the paper", tagNamed(record.Head.Language))}
	for _, o := range record.Edition.Outcomes() {
		title, _, _ := record.Edition.Text(o.Title, framework.YoungPerson, pageLanguage)
		view.Outcomes.Items = append(view.Outcomes.Items, ui.Choice{Value: o.ID, Text: title})
	}
	page := recordForm(record.Head, "On paper")
	page.Edition = editionNotice(record.Edition)
	return s.page(v, page, "paper", view), nil
}

// tagNamed is the tag of a language by its name; empty where it is none of the pages'.
func tagNamed(name string) string {
	l, _ := locale.Called(name)
	return l.Tag
}

// writable is the record in the address, of which this person may write.
func (s *Server) writable(r *http.Request, v *visit) (service.Record, error) {
	record, err := s.service.Record(r.Context(), v.actor, r.PathValue("record"))
	if err == nil && !record.MayWrite {
		err = service.ErrNotFound
	}
	return record, err
}

// chosenOutcomes are those that were chosen, in the edition's order; all where none was.
func chosenOutcomes(e *framework.Edition, chosen []string) []framework.Outcome {
	if len(chosen) == 0 {
		return e.Outcomes()
	}
	return slices.DeleteFunc(slices.Clone(e.Outcomes()), func(o framework.Outcome) bool { return !slices.Contains(chosen, o.ID) })
}

// keepPaperAnswers keeps a sheet as one conversation, and leads to what was said in it.
func (s *Server) keepPaperAnswers(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	day := ui.DateInput{ID: "held-on", NamePrefix: "held-on"}
	heldOn, ok := day.Read(values, "the day on which it was filled in")
	if !ok {
		return s.keep(v, r.URL.Path, filled{values: values, wrong: service.Invalid{{Field: "held-on", Message: day.Error}}, status: http.StatusUnprocessableEntity}), nil
	}
	talk, err := s.service.KeepPaper(r.Context(), v.actor, r.PathValue("record"), service.NewConversation{ID: id.Known(values.Get("id")), HeldOn: heldOn,
		Language: strings.TrimSpace(values.Get("language")), HelpedBy: helps(values["helped-by"])}, paperAnswers(values))
	if wrong := invalid(err, nil); len(wrong) > 0 {
		return s.keep(v, r.URL.Path, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	}
	if err != nil {
		return nil, err
	}
	return redirect(talkPath(talk) + "/said"), nil
}

// paperAnswers are the lines of a form, in order; which of them are of the edition, the
// service says.
func paperAnswers(values url.Values) []service.PaperAnswer {
	list := []service.PaperAnswer{{Words: values.Get(paperMore)}}
	for name := range values {
		field, indicator, ok := strings.Cut(name, "-")
		if !ok || field != "answer" && field != "words" {
			continue
		}
		if field == "words" && values.Get("answer-"+indicator) != "" {
			continue // of the answer, which carries them
		}
		a := service.PaperAnswer{Indicator: indicator, Words: values.Get("words-" + indicator)}
		if marked := values.Get("answer-" + indicator); marked != "" {
			a.State, a.Value = conversation.Chosen(marked)
		} else if field == "answer" {
			continue // nothing is marked: words alone come with their own field
		}
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b service.PaperAnswer) int { return strings.Compare(a.Indicator, b.Indicator) })
	return list
}

func (s *Server) printCards(r *http.Request, v *visit) (answer, error) {
	words, outcomes, err := s.printed(r, v)
	if err != nil {
		return nil, err
	}
	size := r.URL.Query().Get("size")
	if size != "a4" && size != "a6" {
		return nil, service.ErrNotFound
	}
	return func(w http.ResponseWriter, _ *http.Request) error { return s.own.WriteCards(w, words, outcomes, size) }, nil
}

func (s *Server) printSheet(r *http.Request, v *visit) (answer, error) {
	words, outcomes, err := s.printed(r, v)
	if err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter, _ *http.Request) error { return s.own.WriteSheet(w, words, outcomes) }, nil
}

// printed are the words of the language that was asked for, and the outcomes.
func (s *Server) printed(r *http.Request, v *visit) (service.OwnWords, []framework.Outcome, error) {
	words, err := s.service.WordsFor(r.Context(), v.actor.Authority, r.URL.Query().Get("language"))
	if err != nil {
		return words, nil, err
	}
	return words, chosenOutcomes(words.Edition, r.URL.Query()["outcome"]), nil
}
