package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
)

// matchesView are pairs of records that may be one young person each.
type matchesView struct {
	Waiting []matchView
	Decided []matchView
	Count   string
	One     ui.TextInput // two records that nothing makes a likely match
	Other   ui.TextInput
}

// matchView is one pair, side by side.
type matchView struct {
	Title string
	Table ui.Table
	State string
	Acts  []ui.PostButton
}

func (s *Server) showMatches(r *http.Request, v *visit) (answer, error) {
	pairs, err := s.service.Matches(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	view := matchesView{}
	for n, p := range pairs {
		one := s.matchOf(p, n+1)
		if p.State == store.MatchWaiting {
			view.Waiting = append(view.Waiting, one)
		} else {
			view.Decided = append(view.Decided, one)
		}
	}
	view.Count = ui.Count(len(view.Waiting), "pair waits", "pairs wait") + " for somebody to decide."
	if len(view.Waiting) == 0 {
		view.Count = "No pair waits. Pairs are found when files are taken in, and when somebody is entered by hand."
	}
	form := s.again(r, v, url.Values{})
	view.One = referenceInput("one", "Reference of one record", form)
	view.Other = referenceInput("other", "Reference of the other", form)
	page := ui.Page{Title: "Likely matches", Heading: "Are these the same young person?", Nav: at("/matches"),
		Lead:    "Returns call a young person by a number, and numbers change. Dates of birth are often estimated: two young people can share one. A link can be undone.",
		Notices: doneNotice(r, map[string]string{"link": "They are one young person now: one record shows both.", "different": "They stay two.", "undo": "The decision was taken back: the pair waits again."}), Errors: summary(form.wrong)}
	return s.pageWith(form.status, v, page, "matches", view), nil
}

func referenceInput(name, label string, form filled) ui.TextInput {
	return ui.TextInput{ID: name, Name: name, Label: ui.Label{Text: label}, Value: form.values.Get(name), Error: errorAt(form.wrong, name),
		Classes: ui.Width10, Autocomplete: "off", Spellcheck: "false"}
}

// pairRecords links two records that somebody knows to be one young person.
func (s *Server) pairRecords(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	err = s.service.Pair(r.Context(), v.actor, values.Get("one"), values.Get("other"))
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, "/matches", filled{values: values, wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	}
	return s.done("/matches", "link"), nil
}

func (s *Server) matchOf(p service.MatchView, n int) matchView {
	left, right := p.Left, p.Right
	view := matchView{Title: "Pair " + ui.Number(n) + ": " + matchWords[p.Reason],
		Table: ui.Table{Caption: "What the sources say of each", Stack: true, FirstIsHeader: true, Head: []ui.Header{{Text: "What"}, {Text: "Record " + left.Child.Reference}, {Text: "Record " + right.Child.Reference}}}}
	row := func(what, a, b string) {
		view.Table.Rows = append(view.Table.Rows, []ui.Cell{{Text: what}, {Text: orWords(a, "not known")}, {Text: orWords(b, "not known")}})
	}
	row("Number in returns", left.Child.LAID, right.Child.LAID)
	for _, f := range identityFields {
		row(f.label, f.value(left.Identity), f.value(right.Identity))
	}
	row("Stands in", returnsWords(left.Returns), returnsWords(right.Returns))
	fields := []ui.Hidden{{Name: "a", Value: p.A}, {Name: "b", Value: p.B}}
	switch p.State {
	case store.MatchWaiting:
		view.Acts = []ui.PostButton{
			{Action: "/matches/link", Text: "One young person", About: view.Title, Fields: fields, Classes: ui.Secondary},
			{Action: "/matches/different", Text: "Two young people", About: view.Title, Fields: fields, Classes: ui.Secondary}}
	default:
		view.State = "Linked"
		if p.State == store.MatchDifferent {
			view.State = "Two young people"
		}
		view.State += ", said " + orWords(p.DecidedName, "somebody") + " on " + s.day(p.DecidedAt).Long()
		view.Acts = []ui.PostButton{{Action: "/matches/undo", Text: "Take this back", About: view.Title, Fields: fields, Classes: ui.Secondary}}
	}
	return view
}

func returnsWords(list []store.Return) string {
	words := make([]string, len(list))
	for i, r := range list {
		words[i] = care.ReturnLabel(r.Kind) + yearWords(r.YearEnding)
	}
	return strings.Join(words, "; ")
}

// decideMatch does what the address says: link, different or undo.
func (s *Server) decideMatch(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	a, b := values.Get("a"), values.Get("b")
	what := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	switch what {
	case "link":
		err = s.service.Link(r.Context(), v.actor, a, b)
	case "different":
		err = s.service.Different(r.Context(), v.actor, a, b)
	default:
		err = s.service.Unlink(r.Context(), v.actor, a, b)
	}
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		return s.keep(v, "/matches", filled{wrong: wrong, status: http.StatusUnprocessableEntity}), nil
	case err != nil:
		return nil, err
	}
	return s.done("/matches", what), nil
}
