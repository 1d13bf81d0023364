package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// youngView is one indicator on one screen, turned to the young person.
type youngView struct {
	Indicator string
	Prompt    string // what time to think about
	ID        string // of the reading: sent twice, it is one
	Replaces  string
	Answers   ui.Answers
	Words     ui.Textarea
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
	o, i, err := indicatorOf(talk, r)
	if err != nil {
		return nil, err
	}
	values := url.Values{"id": {s.service.NewID()}}
	standing := talk.Of(i.ID, conversation.YoungPerson)
	if shown, ok := shownFirst(standing, v.actor.Account); ok {
		values.Set("answer", answerValue(shown))
		values.Set("words", shown.Words)
		values.Set("replaces", shown.ID)
	}
	return s.youngScreen(talk, o, i, values, standing, "", http.StatusOK), nil
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

func (s *Server) youngScreen(talk service.Talk, o framework.Outcome, i framework.Indicator, values url.Values, standing []conversation.Reading, wrong string, status int) answer {
	e := talk.Edition
	title, _, _ := e.Text(i.Title, framework.YoungPerson, "en")
	prompt, _, _ := e.PromptIn(o, "en")
	at := slices.IndexFunc(o.Indicators, func(x framework.Indicator) bool { return x.ID == i.ID })
	view := youngView{
		Indicator: title, Prompt: prompt, ID: values.Get("id"), Replaces: values.Get("replaces"), Error: wrong,
		Place: ui.Of(at+1, len(o.Indicators)), Kept: ui.Kept{Already: len(standing) > 0}, Others: severalKept(e, standing), Notice: editionNotice(e),
		Answers: ui.Answers{Name: "answer", Legend: title, Value: values.Get("answer"), Error: wrong},
		Words:   ui.Textarea{Name: "words", Label: ui.Label{Text: "In my own words"}, Hint: "You can leave this empty.", Value: values.Get("words"), Rows: 3, Dir: "auto"},
	}
	for _, a := range slices.Backward(e.Scale.Answers) {
		text, _, _ := e.Text(a.Title, framework.YoungPerson, "en")
		view.Answers.Items = append(view.Answers.Items, ui.Answer{Value: strconv.Itoa(a.Value), Text: text, Step: a.Value})
	}
	for _, state := range e.Scale.States {
		text, _, _ := e.Text(state.Title, framework.YoungPerson, "en")
		view.Answers.States = append(view.Answers.States, ui.Answer{Value: state.ID, Text: text})
	}
	return s.young(ui.YoungPage{Back: &ui.Link{Text: "All cards", Href: talkPath(talk.Conversation.ID)}}, status, "young-answer", view)
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
		return e.AnswerText(r.Value, audience, "en")
	}
	return orWords(e.StateText(string(r.State), audience, "en"), r.State.Label())
}

func answerValue(r conversation.Reading) string {
	if r.State == conversation.Answered {
		return strconv.Itoa(r.Value)
	}
	return string(r.State)
}

// readAnswer is what was chosen: a step of the scale, or a state.
func readAnswer(text string) (conversation.State, int) {
	if value, err := strconv.Atoi(text); err == nil {
		return conversation.Answered, value
	}
	return conversation.State(text), 0
}

// keepYoung keeps what the young person says. With nothing chosen and nothing
// written it goes on: nobody has to answer.
func (s *Server) keepYoung(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	talk, err := s.service.Conversation(r.Context(), v.actor, r.PathValue("talk"))
	if err != nil {
		return nil, err
	}
	o, i, err := indicatorOf(talk, r)
	if err != nil {
		return nil, err
	}
	if values.Get("answer") != "" || values.Get("words") != "" {
		wrong := s.saveAnswer(r, v, talk, i.ID, conversation.YoungPerson, values)
		var invalid service.Invalid
		switch {
		case errors.As(wrong, &invalid) && autosaves(r):
			return refuse(invalid[0].Message), nil
		case errors.As(wrong, &invalid):
			return s.youngScreen(talk, o, i, values, talk.Of(i.ID, conversation.YoungPerson), invalid[0].Message, http.StatusUnprocessableEntity), nil
		case wrong != nil:
			return nil, wrong
		}
	}
	if autosaves(r) {
		return nothing, nil
	}
	return redirect(nextPath(talk, o, i)), nil
}

// saveAnswer keeps an answer that a form sent.
func (s *Server) saveAnswer(r *http.Request, v *visit, talk service.Talk, indicator string, voice conversation.Voice, values url.Values) error {
	if values.Get("answer") == "" {
		return service.Invalid{{Field: "answer-0", Message: "Choose one of the answers, and your words are kept with it."}}
	}
	state, value := readAnswer(values.Get("answer"))
	_, err := s.service.SaveReading(r.Context(), v.actor, service.NewReading{
		ID: knownID(values.Get("id")), Conversation: talk.Conversation.ID, Indicator: indicator, Voice: voice, State: state, Value: value,
		Evidence: conversation.Evidence(values.Get("evidence")), Words: values.Get("words"), Replaces: knownID(values.Get("replaces"))})
	return err
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
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnprocessableEntity)
		return json.NewEncoder(w).Encode(map[string]string{"message": message})
	}
}
