package web

import (
	"encoding/json"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/id"
	"stablefutures/internal/service"
	"stablefutures/internal/web/drawings"
	"stablefutures/internal/web/ui"
)

// youngView is one indicator on one screen, turned to the young person.
type youngView struct {
	Indicator string
	Drawing   template.HTML // of the outcome; empty for none
	Prompt    string        // what time to think about
	ID        string        // of the reading: sent twice, it is one
	Replaces  string
	Answers   ui.Answers
	Words     ui.Textarea
	Written   bool // there are words already
	Kept      ui.Kept
	Others    string // two answers were kept, and what they are
	Place     string // "2 of 4"
	Error     string
	Notice    string
}

// indicatorOf is the indicator in the address, with its outcome.
func indicatorOf(talk service.Talk, r *http.Request) (framework.Outcome, framework.Indicator, error) {
	i, ok := talk.Edition.Indicator(r.PathValue("indicator"))
	if !ok {
		return framework.Outcome{}, i, service.ErrNotFound
	}
	o, _ := talk.Edition.OutcomeOf(i.ID)
	return o, i, nil
}

func (s *Server) askYoung(r *http.Request, v *visit) (answer, error) {
	talk, err := s.service.Conversation(r.Context(), v.actor, r.PathValue("talk"))
	if err != nil {
		return nil, err
	}
	if !talk.MayWrite {
		return nil, service.ErrNotFound
	}
	o, i, err := indicatorOf(talk, r)
	if err != nil {
		return nil, err
	}
	fresh := url.Values{"id": {s.service.NewID()}}
	fillForm(fresh, talk, i.ID, conversation.YoungPerson, v.actor.Account)
	return s.youngScreen(talk, o, i, s.again(r, v, fresh)), nil
}

// fillForm puts what stands into the fields of a form: the reading that a page
// shows, and words that its writer has not sent.
func fillForm(values url.Values, talk service.Talk, indicator string, voice conversation.Voice, account string) {
	if shown, ok := shownFirst(talk.Of(indicator, voice), account); ok {
		values.Set("answer", answerValue(shown))
		values.Set("words", shown.Words)
		values.Set("evidence", string(shown.Evidence))
		values.Set("replaces", shown.ID)
	}
	if d, ok := talk.Draft(indicator, voice, account); ok {
		values.Set("words", d.Words)
		values.Set("evidence", string(d.Evidence))
	}
}

// shownFirst is the reading that a page shows as the answer: the person's own
// where several stand.
func shownFirst(standing []conversation.Reading, account string) (conversation.Reading, bool) {
	for _, r := range standing {
		if r.By == account {
			return r, true
		}
	}
	if len(standing) == 0 {
		return conversation.Reading{}, false
	}
	return standing[len(standing)-1], true
}

func (s *Server) youngScreen(talk service.Talk, o framework.Outcome, i framework.Indicator, form filled) answer {
	e, values, standing, wrong := talk.Edition, form.values, talk.Of(i.ID, conversation.YoungPerson), ""
	if len(form.wrong) > 0 {
		wrong = form.wrong[0].Message
	}
	title, _, _ := e.Text(i.Title, framework.YoungPerson, pageLanguage)
	prompt, _, _ := e.PromptIn(o, pageLanguage)
	at := slices.IndexFunc(o.Indicators, func(x framework.Indicator) bool { return x.ID == i.ID })
	view := youngView{
		Indicator: title, Prompt: prompt, ID: values.Get("id"), Replaces: values.Get("replaces"), Error: wrong,
		Place: ui.Of(at+1, len(o.Indicators)), Kept: ui.Kept{Already: len(standing) > 0}, Others: severalKept(e, standing), Notice: editionNotice(e),
		Answers: ui.Answers{Name: "answer", Legend: title, Value: values.Get("answer"), Error: wrong},
		Words:   ui.Textarea{Name: "words", Label: ui.Label{Text: "What I want to say"}, Value: values.Get("words"), Rows: 3, Dir: "auto"},
	}
	view.Drawing, _ = drawings.For(o.Drawing)
	view.Written = view.Words.Value != ""
	for _, a := range slices.Backward(e.Scale.Answers) {
		text, _, _ := e.Text(a.Title, framework.YoungPerson, pageLanguage)
		view.Answers.Items = append(view.Answers.Items, ui.Answer{Value: strconv.Itoa(a.Value), Text: text, Step: a.Value})
	}
	for _, state := range e.Scale.States {
		text, _, _ := e.Text(state.Title, framework.YoungPerson, pageLanguage)
		view.Answers.States = append(view.Answers.States, ui.Answer{Value: state.ID, Text: text})
	}
	return s.young(ui.YoungPage{Back: &ui.Link{Text: "All cards", Href: talkPath(talk.Conversation.ID)}}, form.status, "young-answer", view)
}

// severalKept says that two people recorded at the same time; both are kept.
func severalKept(e *framework.Edition, standing []conversation.Reading) string {
	if len(standing) < 2 {
		return ""
	}
	var said []string
	for _, r := range standing {
		said = append(said, "“"+readingWords(e, r, framework.YoungPerson)+"”")
	}
	return "Two people wrote an answer down at the same time. Both are kept: " + joinWords(said) + "."
}

// readingWords is a reading's answer, or its state, in the edition's words.
func readingWords(e *framework.Edition, r conversation.Reading, audience framework.Audience) string {
	if r.State == conversation.Answered {
		return e.AnswerText(r.Value, audience, pageLanguage)
	}
	return orWords(e.StateText(string(r.State), audience, pageLanguage), r.State.Label())
}

func answerValue(r conversation.Reading) string {
	if r.State == conversation.Answered {
		return strconv.Itoa(r.Value)
	}
	return string(r.State)
}

// keepYoung keeps what the young person says. With nothing chosen it goes on:
// nobody has to answer, and words by themselves are kept as they are.
func (s *Server) keepYoung(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	if autosaves(r) {
		return s.keepDraft(r, v, conversation.YoungPerson, values)
	}
	talk, err := s.service.Conversation(r.Context(), v.actor, r.PathValue("talk"))
	if err != nil {
		return nil, err
	}
	o, i, err := indicatorOf(talk, r)
	if err != nil {
		return nil, err
	}
	said := readingOf(r, conversation.YoungPerson, values)
	if said.State == "" {
		err = s.service.SaveDraft(r.Context(), v.actor, said)
	} else {
		_, err = s.service.SaveReading(r.Context(), v.actor, said)
	}
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, r.URL.Path, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	}
	return redirect(nextPath(talk, o, i)), nil
}

// keepDraft answers a form that sent itself while it is being filled in.
func (s *Server) keepDraft(r *http.Request, v *visit, voice conversation.Voice, values url.Values) (answer, error) {
	err := s.service.SaveDraft(r.Context(), v.actor, readingOf(r, voice, values))
	var wrong service.Invalid
	if errors.As(err, &wrong) {
		return refuse(wrong[0].Message), nil
	}
	return nothing, err
}

// readingOf is what stands on a form; its state is empty where nothing was chosen.
func readingOf(r *http.Request, voice conversation.Voice, values url.Values) service.NewReading {
	n := service.NewReading{ID: id.Known(values.Get("id")), Conversation: r.PathValue("talk"), Indicator: r.PathValue("indicator"), Voice: voice,
		Evidence: conversation.Evidence(values.Get("evidence")), Words: values.Get("words"), Replaces: id.Known(values.Get("replaces"))}
	n.State, n.Value = conversation.Chosen(values.Get("answer"))
	return n
}

// nextPath is the next indicator of the outcome, or the cards after the last.
func nextPath(talk service.Talk, o framework.Outcome, i framework.Indicator) string {
	at := slices.IndexFunc(o.Indicators, func(x framework.Indicator) bool { return x.ID == i.ID })
	if at+1 < len(o.Indicators) {
		return youngPath(talk, o.Indicators[at+1].ID)
	}
	return talkPath(talk.Conversation.ID)
}

// autosaves tells whether a form was sent by itself, while it is being filled in.
func autosaves(r *http.Request) bool { return r.Header.Get("X-Autosave") != "" }

// nothing answers that a form was kept.
func nothing(w http.ResponseWriter, _ *http.Request) error {
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// refuse answers a form that sent itself and cannot be kept as it is.
func refuse(message string) answer {
	return func(w http.ResponseWriter, _ *http.Request) error {
		return tell(w, http.StatusUnprocessableEntity, message)
	}
}

// tell answers a form that sent itself with what its page shows.
func tell(w http.ResponseWriter, status int, message string) error {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	return json.NewEncoder(w).Encode(map[string]string{"message": message})
}
