package web

import (
	"net/url"
	"slices"
	"strings"

	"stablefutures/internal/register"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// applies says with which answers to another field a part of the form makes
// sense. With script it is not shown otherwise, unless something is filled in
// there; without, all of the form is always there.
type applies struct {
	Field  string // id of the other field; empty for what always applies
	Values string // its values, parted by blanks
}

func with(field string, values ...string) applies { return applies{field, strings.Join(values, " ")} }

var sectionApplies = map[string]applies{
	register.SectionReferral:  with(register.FieldState, string(register.Referred)),
	register.SectionDecisions: with(register.FieldState, string(register.Referred)),
}

var fieldApplies = map[string]applies{
	register.FieldReasonableGroundsOn:   with(register.FieldReasonableGrounds, register.Positive, register.Negative, register.Withdrawn),
	register.FieldConclusiveGrounds:     with(register.FieldReasonableGrounds, register.Positive),
	register.FieldConclusiveGroundsOn:   with(register.FieldConclusiveGrounds, register.Positive, register.Negative, register.Withdrawn),
	register.FieldCountyLines:           with(register.FieldTypes, register.TypeCriminal),
	register.FieldFutureConcernsDetails: with(register.FieldFutureConcerns, register.Yes, register.Unsure),
	register.FieldGuardianKind:          with(register.FieldGuardian, register.GuardianRequested, register.GuardianAllocated, register.GuardianEnded),
	register.FieldGuardianRequestedOn:   with(register.FieldGuardian, register.GuardianRequested, register.GuardianAllocated, register.GuardianDeclined, register.GuardianEnded),
	register.FieldGuardianAllocatedOn:   with(register.FieldGuardian, register.GuardianAllocated, register.GuardianEnded),
	register.FieldGuardianEndedOn:       with(register.FieldGuardian, register.GuardianEnded),
}

const onlyIfReferred = "Only if the young person was referred to the NRM."

// registerSections draws the form from what was typed. Fields that two people
// changed are asked above it and left out here. days are its fields for days.
func registerSections(merge merged, wrong service.Invalid) (list []registerSection, days map[string]ui.DateInput) {
	days = map[string]ui.DateInput{}
	for _, f := range register.Fields() {
		if n := len(list); n == 0 || list[n-1].Title != f.Section {
			section := registerSection{ID: "part-" + strings.ReplaceAll(strings.ToLower(f.Section), " ", "-"), Title: f.Section, Applies: sectionApplies[f.Section]}
			if section.Applies.Field != "" {
				section.Only = onlyIfReferred
			}
			list = append(list, section)
		}
		if merge.isBoth(f.ID) {
			continue
		}
		field := registerField(f, merge.values, errorAt(wrong, f.ID))
		if day, ok := field.(ui.DateInput); ok {
			days[f.ID] = day
		}
		section := &list[len(list)-1]
		section.Fields = append(section.Fields, registerFieldView{field, f.Kind == register.LongText, fieldApplies[f.ID]})
	}
	return list, days
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

// readRegister reads the form; what cannot be a value of its field is told at it,
// all of it at once.
func readRegister(values url.Values) (register.Entry, service.Invalid) {
	entry := register.Entry{}
	var wrong service.Invalid
	for _, f := range register.Fields() {
		value, problem := readField(f, values)
		if problem != "" {
			wrong = append(wrong, service.FieldError{Field: f.ID, Message: problem})
		} else if value != "" {
			entry[f.ID] = value
		}
	}
	return entry, wrong
}

// readField is one field's value as it is stored, or what is wrong with it.
func readField(f register.Field, values url.Values) (value, problem string) {
	raw := values.Get(f.ID)
	switch f.Kind {
	case register.Day:
		d := ui.DateInput{ID: f.ID, NamePrefix: f.ID}
		day, ok := d.Read(values, "“"+f.Label+"”")
		if !ok {
			return "", d.Error
		}
		raw = string(day)
	case register.Choices:
		raw = register.JoinList(values[f.ID])
	}
	value, _, err := register.ParseValue(f, raw)
	if err != nil {
		return "", sentence(err.Error())
	}
	return value, ""
}

// fieldNames are the names under which a form sends a field.
func fieldNames(f register.Field) []string {
	if f.Kind == register.Day {
		return []string{f.ID + "-day", f.ID + "-month", f.ID + "-year"}
	}
	return []string{f.ID}
}

// sent are the values of one field alone.
func sentOf(f register.Field, values url.Values) url.Values {
	part := url.Values{}
	for _, name := range fieldNames(f) {
		if all := values[name]; len(all) > 0 {
			part[name] = slices.Clone(all)
		}
	}
	return part
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
