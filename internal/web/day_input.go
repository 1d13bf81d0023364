package web

import (
	"net/url"

	"stablefutures/internal/date"
	"stablefutures/internal/web/ui"
)

// dayInput asks for a day in three boxes that keep what was typed. Where wrong is
// said, the boxes that it is about are marked.
func dayInput(id, label, hint string, values url.Values, wrong string) ui.DateInput {
	d := ui.DateInput{ID: id, NamePrefix: id}
	if wrong != "" {
		d.Read(values, label) // marks the boxes; the words are the caller's
	}
	d.Legend, d.Hint, d.Error = ui.Legend{Text: label}, hint, wrong
	d.Day, d.Month, d.Year = values.Get(id+"-day"), values.Get(id+"-month"), values.Get(id+"-year")
	return d
}

// dayValues puts a day into the values of a form.
func dayValues(values url.Values, field string, day date.Date) {
	var d ui.DateInput
	d.Set(day)
	values.Set(field+"-day", d.Day)
	values.Set(field+"-month", d.Month)
	values.Set(field+"-year", d.Year)
}
