package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// mineView asks for the worker's own reading, on a screen that the young person
// does not see by accident.
type mineView struct {
	Said     string // what the young person said to it in this conversation
	ID       string
	Replaces string
	Answer   ui.Radios
	Evidence ui.Radios
	Words    ui.Textarea
	Kept     ui.Kept
	Others   string
}

func (s *Server) askMine(r *http.Request, v *visit) (answer, error) {
	talk, err := s.service.Conversation(r.Context(), v.actor, r.PathValue("talk"))
	if err != nil {
		return nil, err
	}
	if !talk.MayWrite {
		return nil, service.ErrNotFound
	}
	_, i, err := indicatorOf(talk, r)
	if err != nil {
		return nil, err
	}
	fresh := url.Values{"id": {s.service.NewID()}}
	fillForm(fresh, talk, i.ID, conversation.Worker, v.actor.Account)
	return s.mineForm(v, talk, i, s.again(r, v, fresh)), nil
}

func (s *Server) mineForm(v *visit, talk service.Talk, i framework.Indicator, form filled) answer {
	e, values, wrong := talk.Edition, form.values, form.wrong
	title, _, _ := e.Text(i.Title, framework.Practitioner, pageLanguage)
	standing := talk.Of(i.ID, conversation.Worker)
	view := mineView{
		ID: values.Get("id"), Replaces: values.Get("replaces"), Kept: ui.Kept{Already: len(standing) > 0},
		Said: saidWords(talk, i), Others: severalKept(e, standing),
		Answer:   ui.Radios{Name: "answer", Legend: ui.Legend{Text: "Your own reading"}, Value: values.Get("answer"), Error: errorAt(wrong, "answer")},
		Evidence: ui.Radios{Name: "evidence", Legend: ui.Legend{Text: "What does it rest on?"}, Value: values.Get("evidence"), Error: errorAt(wrong, "evidence")},
		Words:    ui.Textarea{Name: "words", Label: ui.Label{Text: "Why, in a few words"}, Hint: "Leave it empty where the reading speaks for itself.", Value: values.Get("words"), Rows: 3, Error: errorAt(wrong, "words")},
	}
	for _, a := range slices.Backward(e.Scale.Answers) {
		view.Answer.Items = append(view.Answer.Items, ui.Choice{Value: strconv.Itoa(a.Value), Text: e.AnswerText(a.Value, framework.Practitioner, pageLanguage)})
	}
	view.Answer.Items = append(view.Answer.Items, ui.Choice{Divider: "or"})
	for _, state := range e.Scale.States {
		switch text := e.StateText(state.ID, framework.Practitioner, pageLanguage); conversation.State(state.ID) {
		case conversation.DoesNotWantToSay: // a worker's own reading is never a refusal
		case conversation.DoesNotKnow:
			view.Answer.Items = append(view.Answer.Items, ui.Choice{Value: state.ID, Text: "I do not know"})
		default:
			view.Answer.Items = append(view.Answer.Items, ui.Choice{Value: state.ID, Text: text})
		}
	}
	for _, kind := range conversation.EvidenceKinds {
		view.Evidence.Items = append(view.Evidence.Items, ui.Choice{Value: string(kind), Text: kind.Label()})
	}
	page := ui.Page{Title: "Your own reading", Heading: title, Lead: headLine(talk.Head), Nav: at("/caseload"),
		Back: &ui.Link{Text: "What was said today", Href: talkPath(talk.Conversation.ID) + "/said"}, Errors: summary(wrong), Edition: editionNotice(e)}
	return s.pageWith(form.status, v, page, "my-reading", view)
}

// saidWords are what the young person said to an indicator in a conversation.
func saidWords(talk service.Talk, i framework.Indicator) string {
	standing := talk.Of(i.ID, conversation.YoungPerson)
	if len(standing) == 0 {
		return "The young person has not said anything about this today."
	}
	var said []string
	for _, r := range standing {
		words := "“" + readingWords(talk.Edition, r, framework.YoungPerson) + "”"
		if r.Words != "" {
			words += ", and: “" + r.Words + "”"
		}
		said = append(said, words)
	}
	sentence := "The young person said " + joinWords(said)
	if strings.HasSuffix(sentence, ".”") || strings.HasSuffix(sentence, "!”") || strings.HasSuffix(sentence, "?”") {
		return sentence
	}
	return sentence + "."
}

func (s *Server) keepMine(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	if autosaves(r) {
		return s.keepDraft(r, v, conversation.Worker, values)
	}
	mine := readingOf(r, conversation.Worker, values)
	wrong := checkMine(mine)
	if len(wrong) == 0 {
		if _, err := s.service.SaveReading(r.Context(), v.actor, mine); err != nil && !errors.As(err, &wrong) {
			return nil, err
		}
	}
	if len(wrong) > 0 {
		return s.keep(v, r.URL.Path, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	}
	return redirect(talkPath(mine.Conversation) + "/said"), nil
}

// checkMine asks for what a worker's own reading needs: an answer, and what it
// rests on.
func checkMine(n service.NewReading) service.Invalid {
	switch {
	case n.State == "":
		return service.Invalid{{Field: "answer", Message: "Choose your reading, or go back without one."}}
	case n.State == conversation.Answered && n.Evidence == "":
		return service.Invalid{{Field: "evidence", Message: "Say what your reading rests on."}}
	}
	return nil
}

// mineListView are all indicators, to give a reading on one that was not talked about.
type mineListView struct{ Groups []mineGroup }

type mineGroup struct {
	Outcome string
	Links   []ui.Link
}

func (s *Server) listMine(r *http.Request, v *visit) (answer, error) {
	talk, err := s.service.Conversation(r.Context(), v.actor, r.PathValue("talk"))
	if err != nil {
		return nil, err
	}
	if !talk.MayWrite {
		return nil, service.ErrNotFound
	}
	var view mineListView
	for _, o := range talk.Edition.Outcomes() {
		title, _, _ := talk.Edition.Text(o.Title, framework.Practitioner, pageLanguage)
		group := mineGroup{Outcome: title}
		for _, i := range o.Indicators {
			text, _, _ := talk.Edition.Text(i.Title, framework.Practitioner, pageLanguage)
			group.Links = append(group.Links, ui.Link{Text: text, Href: minePath(talk, i.ID)})
		}
		view.Groups = append(view.Groups, group)
	}
	page := ui.Page{Title: "Your own reading", Heading: "What is your reading about?", Lead: headLine(talk.Head), Nav: at("/caseload"),
		Back: &ui.Link{Text: "What was said today", Href: talkPath(talk.Conversation.ID) + "/said"}, Edition: editionNotice(talk.Edition)}
	return s.page(v, page, "my-readings", view), nil
}

func minePath(talk service.Talk, indicator string) string {
	return talkPath(talk.Conversation.ID) + "/mine/" + indicator
}
