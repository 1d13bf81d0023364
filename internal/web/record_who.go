package web

import (
	"slices"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/child"
	"stablefutures/internal/date"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// identityField is one thing that sources say of who a young person is.
type identityField struct {
	label string
	value func(child.Identity) string
}

var identityFields = []identityField{
	{"Name", func(i child.Identity) string { return i.Name }},
	{"Date of birth", func(i child.Identity) string { return i.BirthDate.Long() }},
	{"Sex", func(i child.Identity) string { return care.SexLabel(i.Sex) }},
	{"Ethnicity", func(i child.Identity) string { return care.EthnicityLabel(i.Ethnicity) }},
	{"Unique pupil number", func(i child.Identity) string { return i.UPN }},
}

// whoTheyAre is what is believed, field by field, with the sources that say so
// and those that say otherwise.
func (s *Server) whoTheyAre(r service.Record) ui.SummaryList {
	var list ui.SummaryList
	for _, f := range identityFields {
		row := ui.SummaryRow{Key: f.label, Value: orWords(f.value(r.Identity), "Not known")}
		row.Note = s.sourcesOf(f, r)
		list.Rows = append(list.Rows, row)
	}
	if numbers := numbersOf(r.Children); numbers != "" {
		list.Rows = append(list.Rows, ui.SummaryRow{Key: "Number in the council’s returns", Value: numbers})
	}
	return list
}

// sourcesOf names the sources of a field: those that agree with what is believed
// first, then what each of the others says.
func (s *Server) sourcesOf(f identityField, r service.Record) string {
	believed := f.value(r.Identity)
	var agree, differ []string
	for _, source := range r.Sources {
		switch said := f.value(source); {
		case said == "":
		case said == believed:
			agree = append(agree, s.sourceName(source, r.Accounts))
		default:
			differ = append(differ, said+" says "+s.sourceName(source, r.Accounts))
		}
	}
	return strings.Join(append(together(agree), differ...), "; ")
}

// together puts the sources that agree into one piece.
func together(agree []string) []string {
	if len(agree) == 0 {
		return nil
	}
	return []string{joinWords(agree)}
}

// sourceName is a source of identity with its date: a return by its year, what a
// person entered by who and when.
func (s *Server) sourceName(i child.Identity, accounts map[string]string) string {
	switch i.Source {
	case child.ByHand:
		return "entered by " + orWords(accounts[i.RecordedBy], "somebody") + " on " + s.day(i.RecordedAt).Long()
	case child.ByRegisterFile:
		return "our register file, read on " + s.day(i.RecordedAt).Long()
	}
	kind, year, _ := strings.Cut(i.Source, " ")
	return care.ReturnLabel(kind) + yearWords(date.Date(year))
}

// yearWords names the year of a return, which may be unknown.
func yearWords(year date.Date) string {
	if !year.Known() {
		return ""
	}
	return ", year to " + year.Long()
}

// numbersOf are the numbers that returns know somebody by, in order.
func numbersOf(children []child.Child) string {
	var numbers []string
	for _, c := range children {
		if c.LAID != "" {
			numbers = append(numbers, c.LAID)
		}
	}
	slices.Sort(numbers)
	return strings.Join(numbers, ", ")
}
