package template

import (
	"strconv"
	"strings"

	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
)

// editionIndex finds an edition's indicators and answers by what people write.
type editionIndex struct {
	edition    *framework.Edition
	indicators map[string]string // folded id or wording to id; empty where two share a wording
	values     map[string]int    // folded words of the scale to 1–5; 0 where they are ambiguous
	states     map[string]string // folded id or words to state
	languages  map[string]string // folded tag or name to name
}

func newEditionIndex(e *framework.Edition) *editionIndex {
	x := &editionIndex{edition: e, indicators: map[string]string{}, values: map[string]int{}, states: map[string]string{}, languages: map[string]string{}}
	for _, p := range e.Principles {
		for _, o := range p.Outcomes {
			for _, i := range o.Indicators {
				eachText(i.Title, func(key string) { note(x.indicators, key, i.ID) })
			}
		}
	}
	for _, p := range e.Principles {
		for _, o := range p.Outcomes {
			for _, i := range o.Indicators {
				x.indicators[foldID(i.ID)] = i.ID // an id wins over any wording
			}
		}
	}
	for _, a := range e.Scale.Answers {
		eachText(a.Title, func(key string) { note(x.values, key, a.Value) })
		for _, word := range a.Also {
			note(x.values, fold(word), a.Value)
		}
	}
	for _, s := range e.Scale.States {
		eachText(s.Title, func(key string) { note(x.states, key, s.ID) })
	}
	for _, w := range stateWords {
		x.states[fold(w.id)], x.states[fold(w.label)] = w.id, w.id
	}
	for _, l := range e.Languages {
		x.languages[fold(l.Tag)], x.languages[fold(l.Name)] = l.Name, l.Name
	}
	return x
}

// note keeps what a wording means; a wording that means two things means nothing.
func note[V comparable](into map[string]V, key string, value V) {
	if key == "" {
		return
	}
	if before, ok := into[key]; ok && before != value {
		var nothing V
		value = nothing
	}
	into[key] = value
}

func eachText(w framework.Wording, do func(key string)) {
	for _, texts := range w {
		for _, text := range texts {
			do(fold(text.Text))
		}
	}
}

// foldID keeps the point and the hyphen, so that home.11 and home.1.1 differ.
func foldID(id string) string { return strings.ToLower(strings.TrimSpace(id)) }

func (x *editionIndex) indicator(cell string) (id string, exact, ok bool) {
	if id, ok := x.indicators[foldID(cell)]; ok && id != "" {
		return id, cell == id, true
	}
	id = x.indicators[fold(cell)]
	return id, false, id != ""
}

// answer reads a number of 1 to 5, words of the scale, or one of the four states.
func (x *editionIndex) answer(cell string) (state conversation.State, value int, exact, ok bool) {
	if n, err := strconv.Atoi(strings.TrimSuffix(cell, ".0")); err == nil {
		if n < 1 || n > 5 {
			return "", 0, false, false
		}
		return conversation.Answered, n, cell == strconv.Itoa(n), true
	}
	key := fold(cell)
	if n := x.values[key]; n >= 1 && n <= 5 {
		return conversation.Answered, n, false, true
	}
	if id := x.states[key]; id != "" {
		return conversation.State(id), 0, cell == id || cell == labelOf(stateWords, id), true
	}
	return "", 0, false, false
}
