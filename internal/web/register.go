package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"stablefutures/internal/child"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// registerView is a young person's register entry: the form with every field,
// what looks odd in it, and every version that there was.
type registerView struct {
	Version  int
	Sections []registerSection
	Odd      []string
	MayWrite bool
	Known    ui.SummaryList // instead of the form, for who may only read
	History  ui.Table
}

type registerSection struct {
	Title  string
	Fields []ui.Component
}

func (s *Server) showRegister(r *http.Request, v *visit) (answer, error) {
	p, err := s.service.Register(r.Context(), v.actor, r.PathValue("record"))
	if err != nil {
		return nil, err
	}
	return s.registerPage(r, v, p, formOf(p.Entry), p.Version, nil, http.StatusOK), nil
}

// formOf is an entry as its form would send it.
func formOf(e register.Entry) url.Values {
	values := url.Values{}
	for _, f := range register.Fields() {
		switch f.Kind {
		case register.Choices:
			values[f.ID] = e.List(f.ID)
		case register.Day:
			dayValues(values, f.ID, e.Day(f.ID))
		default:
			values.Set(f.ID, e[f.ID])
		}
	}
	return values
}

func (s *Server) registerPage(r *http.Request, v *visit, p service.RegisterPage, values url.Values, version int, wrong service.Invalid, status int) answer {
	view := registerView{Version: version, MayWrite: p.MayWrite, History: s.registerTable(p.History)}
	days := map[string]ui.DateInput{}
	for _, f := range register.Fields() {
		if n := len(view.Sections); n == 0 || view.Sections[n-1].Title != f.Section {
			view.Sections = append(view.Sections, registerSection{Title: f.Section})
		}
		section := &view.Sections[len(view.Sections)-1]
		field := registerField(f, values, errorAt(wrong, f.ID))
		if day, ok := field.(ui.DateInput); ok {
			days[f.ID] = day
		}
		section.Fields = append(section.Fields, field)
		if words := f.Words(p.Entry[f.ID]); words != "" {
			view.Known.Rows = append(view.Known.Rows, ui.SummaryRow{Key: f.Label, Value: words})
		}
	}
	for _, odd := range p.Warnings {
		view.Odd = append(view.Odd, odd.Message)
	}
	page := recordPage(p.Head, partRegister, "Register", "Register entry")
	page.Notices = append(doneNotice(r, map[string]string{"saved": "The entry is kept. The version before it stays in the history."}), page.Notices...)
	if len(wrong) > 0 {
		page.Errors = fieldSummary(wrong, days)
	}
	return s.pageWith(status, v, page, "register", view)
}

// registerField asks for one field in the way that fits its kind.
func registerField(f register.Field, values url.Values, wrong string) ui.Component {
	value := values.Get(f.ID)
	switch f.Kind {
	case register.Day:
		return dayInput(f.ID, f.Label, f.Help, values, wrong)
	case register.Choices:
		list := ui.Checkboxes{Name: f.ID, Legend: ui.Legend{Text: f.Label}, Hint: f.Help, Error: wrong, Values: values[f.ID], Classes: "govuk-checkboxes--small"}
		for _, o := range f.Options {
			list.Items = append(list.Items, ui.Choice{Value: o.ID, Text: o.Label})
		}
		return list
	case register.Choice, register.YesNoUnsure:
		list := ui.Select{ID: f.ID, Name: f.ID, Label: ui.Label{Text: f.Label}, Hint: f.Help, Error: wrong, Value: value, Items: []ui.Option{{Text: "Not recorded"}}}
		for _, o := range f.Options {
			list.Items = append(list.Items, ui.Option{Value: o.ID, Text: o.Label})
		}
		return list
	case register.LongText:
		return ui.Textarea{ID: f.ID, Name: f.ID, Label: ui.Label{Text: f.Label}, Hint: f.Help, Error: wrong, Value: value, Rows: 4}
	}
	hint := f.Help
	if f.Max > 1 {
		hint += " Several: part them with semicolons."
	}
	return ui.TextInput{ID: f.ID, Name: f.ID, Label: ui.Label{Text: f.Label}, Hint: hint, Error: wrong, Value: value, Autocomplete: "off"}
}

// readRegister reads the form; what cannot be a value of its field is told at it.
func readRegister(values url.Values) (register.Entry, service.Invalid) {
	entry := register.Entry{}
	var wrong service.Invalid
	put := func(f register.Field, raw string) {
		value, _, err := register.ParseValue(f, raw)
		if err != nil {
			wrong = append(wrong, service.FieldError{Field: f.ID, Message: sentence(err.Error())})
		} else if value != "" {
			entry[f.ID] = value
		}
	}
	for _, f := range register.Fields() {
		switch f.Kind {
		case register.Day:
			d := ui.DateInput{ID: f.ID, NamePrefix: f.ID}
			day, ok := d.Read(values, "“"+f.Label+"”")
			if !ok {
				wrong = append(wrong, service.FieldError{Field: f.ID, Message: d.Error})
				continue
			}
			put(f, string(day))
		case register.Choices:
			put(f, register.JoinList(values[f.ID]))
		default:
			put(f, values.Get(f.ID))
		}
	}
	return entry, wrong
}

// sentence begins with a capital and ends with a full stop.
func sentence(text string) string {
	if text == "" {
		return text
	}
	text = string(text[0]&^0x20) + text[1:]
	if text[len(text)-1] != '.' {
		text += "."
	}
	return text
}

// saveRegister keeps another version. Where somebody else saved one in between,
// nothing is kept yet: what was typed stands in the form again, above the history
// in which the other version is.
func (s *Server) saveRegister(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	record := r.PathValue("record")
	seen, err := strconv.Atoi(values.Get("version"))
	if err != nil {
		return nil, errBadForm
	}
	entry, wrong := readRegister(values)
	if len(wrong) == 0 {
		err = s.service.SaveRegister(r.Context(), v.actor, record, seen, entry)
		if err == nil {
			return redirect(recordPath(record) + partRegister + "?done=saved"), nil
		}
	}
	status := http.StatusUnprocessableEntity
	p, failed := s.service.Register(r.Context(), v.actor, record)
	if failed != nil {
		return nil, failed
	}
	switch wrong = invalid(err, wrong); {
	case errors.Is(err, service.ErrChanged):
		status = http.StatusConflict
		wrong = service.Invalid{{Field: "history", Message: "Somebody else changed this entry while you were writing. Look at the history below; what you typed is still here, and is kept when you save again."}}
		seen = p.Version
	case err != nil && len(wrong) == 0:
		return nil, err
	}
	return s.registerPage(r, v, p, values, seen, wrong, status), nil
}

// registerTable is every version, the latest first, with what it changed.
func (s *Server) registerTable(history []service.RegisterChange) ui.Table {
	table := ui.Table{
		ID: "history", Caption: ui.Count(len(history), "version", "versions") + " of this entry, the latest first", CaptionClasses: "govuk-table__caption--m", Stack: true,
		Head:  []ui.Header{{Text: "When"}, {Text: "By"}, {Text: "What changed"}},
		Empty: "There is no entry yet.",
	}
	for _, h := range history {
		by := orWords(h.By, "somebody")
		if h.Source != child.ByHand {
			by = "a register file"
		}
		table.Rows = append(table.Rows, []ui.Cell{{Text: s.moment(h.RecordedAt)}, {Text: by}, {Text: changesWords(h.Changes)}})
	}
	return table
}

func changesWords(changes []register.Change) string {
	text := ""
	for _, c := range changes {
		f, ok := register.FieldByID(c.Field)
		if !ok {
			continue
		}
		if text != "" {
			text += "; "
		}
		text += f.Label + ": " + orWords(f.Words(c.To), "taken out")
		if c.From != "" {
			text += " (was " + f.Words(c.From) + ")"
		}
	}
	return orWords(text, "nothing")
}
