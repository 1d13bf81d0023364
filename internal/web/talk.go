package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"stablefutures/internal/conversation"
	"stablefutures/internal/id"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// talkView asks what must be known before a conversation.
type talkView struct {
	ID       string // of the conversation: a form that is sent twice begins one
	HeldOn   ui.DateInput
	HelpedBy ui.Checkboxes
	Language ui.TextInput
}

func (s *Server) showTalk(r *http.Request, v *visit) (answer, error) {
	record, err := s.service.Record(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	if !record.MayWrite {
		return nil, service.ErrNotFound
	}
	values := url.Values{"language": {record.Head.Language}, "id": {s.service.NewID()}}
	dayValues(values, "held-on", s.service.Today())
	form := s.again(r, v, values)
	return s.talkForm(v, record.Head, form.values, form.wrong, form.status)
}

func (s *Server) talkForm(v *visit, head service.Head, values url.Values, wrong service.Invalid, status int) (answer, error) {
	view := talkView{
		ID:     values.Get("id"),
		HeldOn: dayInput("held-on", "Day of the conversation", "For example, 27 3 2026", values, errorAt(wrong, "held-on")),
		Language: ui.TextInput{Name: "language", Label: ui.Label{Text: "Language spoken"}, Hint: "The young person’s own, where you can.",
			Value: values.Get("language"), Error: errorAt(wrong, "language"), Classes: ui.Width20, Autocomplete: "off"},
		HelpedBy: helpedByInput("Who helps the young person to answer?", "Answers given with help can differ, so it is kept with them.", values, wrong),
	}
	page := recordForm(head, "Before the conversation")
	page.Errors = fieldSummary(wrong, map[string]ui.DateInput{"held-on": view.HeldOn})
	return s.pageWith(status, v, page, "talk", view), nil
}

// helpedByInput asks who helped the young person to answer.
func helpedByInput(legend, hint string, values url.Values, wrong service.Invalid) ui.Checkboxes {
	list := ui.Checkboxes{Name: "helped-by", Legend: ui.Legend{Text: legend}, Hint: hint, Values: values["helped-by"], Error: errorAt(wrong, "helped-by")}
	for _, h := range conversation.Helps {
		list.Items = append(list.Items, ui.Choice{Value: string(h), Text: h.Label(), Exclusive: h == conversation.Nobody})
	}
	return list
}

// startTalk begins the conversation and leads to the cards.
func (s *Server) startTalk(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	day := ui.DateInput{ID: "held-on", NamePrefix: "held-on"}
	heldOn, ok := day.Read(values, "the day of the conversation")
	var wrong service.Invalid
	talk := ""
	if !ok {
		wrong = service.Invalid{{Field: "held-on", Message: day.Error}}
	} else {
		talk, err = s.service.StartConversation(r.Context(), v.actor, r.PathValue("record"), service.NewConversation{
			ID: id.Known(values.Get("id")), HeldOn: heldOn, Language: strings.TrimSpace(values.Get("language")), HelpedBy: helps(values["helped-by"])})
	}
	if wrong = invalid(err, wrong); len(wrong) == 0 {
		if err != nil {
			return nil, err
		}
		return redirect(talkPath(talk)), nil
	}
	return s.keep(v, r.URL.Path, filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
}

// helps are who helped; none ticked is nobody said, which is kept as nothing.
func helps(values []string) []conversation.Help {
	var list []conversation.Help
	for _, h := range conversation.Helps {
		if slices.Contains(values, string(h)) {
			list = append(list, h)
		}
	}
	return list
}
