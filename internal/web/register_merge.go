package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"stablefutures/internal/register"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// When somebody else saved the entry while this person was writing, the two are
// put together field by field, by the version from which this person began:
// what only the other one changed goes into the form, what only this person
// changed stays, and what both changed differently is asked.

// merged is what was typed, put together with what somebody else saved.
type merged struct {
	values url.Values
	taken  []register.Field // changed by somebody else alone: theirs is in values
	both   []register.Field // changed by both: this person's is in values
	behind bool             // this person began from an earlier version
	began  int              // which
}

func (m merged) isBoth(field string) bool {
	return slices.ContainsFunc(m.both, func(f register.Field) bool { return f.ID == field })
}

// choiceName is the name of the question which of two values holds.
func choiceName(field string) string { return "choose-" + field }

const (
	bothName = "both" // the fields that are asked
	mine     = "mine"
	theirs   = "theirs"
)

// mergeRegister puts what was typed together with the entry as it is now.
func mergeRegister(p service.RegisterPage, typed url.Values) merged {
	began, err := strconv.Atoi(typed.Get("version"))
	if err != nil {
		began = p.Version
	}
	m := merged{values: maps.Clone(typed), began: began, behind: began != p.Version}
	base := p.At(began)
	for _, f := range register.Fields() {
		value, unread := readField(f, typed)
		changed := unread != "" || value != base[f.ID]
		asked := slices.Contains(typed[bothName], f.ID)
		switch {
		case unread == "" && value == p.Entry[f.ID]: // both say the same
		case asked:
			m.both = append(m.both, f)
		case p.Entry[f.ID] == base[f.ID]: // this person alone changed it, or nobody
		case changed:
			m.both = append(m.both, f)
		default:
			m.taken = append(m.taken, f)
			for _, name := range fieldNames(f) {
				m.values.Del(name)
			}
			putField(m.values, f, p.Entry)
		}
	}
	return m
}

// mergeView says who saved in between, what that changed, and asks about what
// both changed.
type mergeView struct {
	Who   string
	Taken ui.SummaryList // in the form already
	Both  []bothView
}

// bothView asks which of two values of a field holds.
type bothView struct {
	Field  string
	Choice ui.Radios
	Mine   []ui.Hidden // the field as this person typed it
}

// mergeView is nil where nobody else saved anything in between.
func (s *Server) mergeView(p service.RegisterPage, m merged, wrong service.Invalid) *mergeView {
	if !m.behind && len(m.both) == 0 {
		return nil
	}
	view := mergeView{Who: "Somebody else changed this entry while you were writing."}
	if since := p.Since(m.began); len(since) > 0 {
		view.Who = "Changed while you were writing: by " + changedBy(since[0]) + ", " + s.moment(since[0].RecordedAt) + "."
	}
	for _, f := range m.taken {
		view.Taken.Rows = append(view.Taken.Rows, ui.SummaryRow{Key: f.Label, Value: orWords(f.Words(p.Entry[f.ID]), "taken out")})
	}
	for _, f := range m.both {
		view.Both = append(view.Both, bothView{Field: f.ID, Mine: hidden(sentOf(f, m.values)), Choice: ui.Radios{
			Name: choiceName(f.ID), Legend: ui.Legend{Text: f.Label + ": which holds?"}, Value: m.values.Get(choiceName(f.ID)), Error: errorAt(wrong, choiceName(f.ID)),
			Items: []ui.Choice{{Value: mine, Text: "Yours: " + typedWords(f, m.values)}, {Value: theirs, Text: "Theirs: " + orWords(f.Words(p.Entry[f.ID]), "nothing")}}}})
	}
	return &view
}

// summary puts what happened before everything else that must be mended.
func (m *mergeView) summary(errors *ui.ErrorSummary) *ui.ErrorSummary {
	text := "Somebody else changed this entry while you were writing. Nothing has been kept yet: look at what they changed, then keep the entry."
	if len(m.Both) > 0 {
		text = "Somebody else changed this entry while you were writing. Nothing has been kept yet: choose what holds where you both changed the same field."
	}
	all := &ui.ErrorSummary{}
	all.Add("#merge", text)
	if errors != nil {
		all.Items = append(all.Items, errors.Items...)
	}
	return all
}

// typedWords is a field as it was typed, in words; as it stands where it cannot be read.
func typedWords(f register.Field, values url.Values) string {
	value, problem := readField(f, values)
	if problem == "" {
		return orWords(f.Words(value), "nothing")
	}
	text := ""
	for _, name := range fieldNames(f) {
		for _, part := range values[name] {
			text += " " + part
		}
	}
	return "“" + text[min(1, len(text)):] + "”, which cannot be read: " + problem
}

// choose puts the other person's values where this one chose them. A field that
// both changed must be decided.
func (s *Server) choose(r *http.Request, v *visit, typed url.Values, seen int) (url.Values, service.Invalid, error) {
	if len(typed[bothName]) == 0 {
		return typed, nil, nil
	}
	p, err := s.service.Register(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, nil, err
	}
	other, chosen := p.At(seen), maps.Clone(typed)
	var wrong service.Invalid
	for _, id := range typed[bothName] {
		f, ok := register.FieldByID(id)
		if !ok {
			return nil, nil, errBadForm
		}
		switch typed.Get(choiceName(id)) {
		case mine:
		case theirs:
			for _, name := range fieldNames(f) {
				chosen.Del(name)
			}
			putField(chosen, f, other)
		default:
			wrong = append(wrong, service.FieldError{Field: choiceName(id), Message: "Choose which holds for “" + f.Label + "”: yours or theirs."})
		}
	}
	return chosen, wrong, nil
}
