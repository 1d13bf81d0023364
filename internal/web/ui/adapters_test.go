package ui

import (
	"fmt"
	"html/template"
)

// spellcheck is the one option where false says something.
func (o *options) spellcheck() string {
	v, ok := o.take("spellcheck")
	if !ok {
		return ""
	}
	return fmt.Sprint(v)
}

func (o *options) html(key string) template.HTML { return template.HTML(o.text(key)) }

func (o *options) label() Label {
	l := o.child("label")
	defer l.done()
	return Label{Text: l.text("text"), Classes: l.text("classes"), Heading: l.flag("isPageHeading")}
}

func (o *options) hint() string { return o.wordsOf("hint") }

func (o *options) wrong() string { return o.wordsOf("errorMessage") }

func (o *options) wordsOf(key string) string {
	h := o.child(key)
	defer h.done()
	return h.text("text")
}

func (o *options) group() string {
	g := o.child("formGroup")
	defer g.done()
	return g.text("classes")
}

// fieldset takes the legend and what describes the group. A fieldset without a
// legend, or with classes of its own, is none that we draw.
func (o *options) fieldset() (Legend, string) {
	present := o.has("fieldset")
	f := o.child("fieldset")
	defer f.done()
	by := f.text("describedBy")
	g := f.child("legend")
	defer g.done()
	legend := Legend{Text: g.text("text"), Classes: g.text("classes"), Heading: g.flag("isPageHeading")}
	if present && legend.Text == "" {
		*o.left = append(*o.left, "a group of ours always has a legend in words")
	}
	return legend, by
}

func buttonOf(o *options) Component {
	return Button{Text: o.text("text"), ID: o.text("id"), Href: o.text("href"), Type: o.text("type"), Name: o.text("name"),
		Value: o.text("value"), Disabled: o.flag("disabled"), PreventTwice: o.flag("preventDoubleClick"),
		Start: o.flag("isStartButton"), Classes: o.text("classes")}
}

func textInputOf(o *options) Component {
	affix := func(key string) string { return o.wordsOf(key) }
	return TextInput{ID: o.text("id"), Name: o.text("name"), Label: o.label(), Hint: o.hint(), Error: o.wrong(),
		Value: o.text("value"), Type: o.text("type"), Inputmode: o.text("inputmode"), Autocomplete: o.text("autocomplete"),
		Autocapitalize: o.text("autocapitalize"), Pattern: o.text("pattern"), Spellcheck: o.spellcheck(),
		Disabled: o.flag("disabled"), Prefix: affix("prefix"), Suffix: affix("suffix"),
		DescribedBy: o.text("describedBy"), Classes: o.text("classes"), GroupClasses: o.group()}
}

func passwordInputOf(o *options) Component {
	return PasswordInput{ID: o.text("id"), Name: o.text("name"), Label: o.label(), Hint: o.hint(), Error: o.wrong(),
		Value: o.text("value"), Autocomplete: o.text("autocomplete"), Disabled: o.flag("disabled"),
		DescribedBy: o.text("describedBy"), Classes: o.text("classes")}
}

func textareaOf(o *options) Component {
	return Textarea{ID: o.text("id"), Name: o.text("name"), Label: o.label(), Hint: o.hint(), Error: o.wrong(),
		Value: o.text("value"), Rows: o.number("rows"), Autocomplete: o.text("autocomplete"), Spellcheck: o.spellcheck(),
		Disabled: o.flag("disabled"), DescribedBy: o.text("describedBy"), Classes: o.text("classes"), GroupClasses: o.group()}
}

func selectOf(o *options) Component {
	c := Select{ID: o.text("id"), Name: o.text("name"), Label: o.label(), Hint: o.hint(), Error: o.wrong(), Value: o.text("value"),
		Disabled: o.flag("disabled"), DescribedBy: o.text("describedBy"), Classes: o.text("classes"), GroupClasses: o.group()}
	for _, item := range o.children("items") {
		if item.values["selected"] == false {
			*o.left = append(*o.left, "an item cannot refuse to be chosen")
		}
		c.Items = append(c.Items, Option{Value: item.text("value"), Text: item.text("text"), Selected: item.flag("selected"), Disabled: item.flag("disabled")})
		item.done()
	}
	return c
}

func fileUploadOf(o *options) Component {
	return FileUpload{ID: o.text("id"), Name: o.text("name"), Label: o.label(), Hint: o.hint(), Error: o.wrong(),
		Multiple: o.flag("multiple"), Enhanced: o.flag("javascript"), Disabled: o.flag("disabled"),
		DescribedBy: o.text("describedBy"), Classes: o.text("classes"), GroupClasses: o.group()}
}

func (o *options) choices() []Choice {
	var items []Choice
	for _, item := range o.children("items") {
		c := Choice{ID: item.text("id"), Name: item.text("name"), Value: item.text("value"), Text: item.text("text"), Hint: item.hint(),
			Disabled: item.flag("disabled"), Divider: item.text("divider"), Exclusive: item.text("behaviour") == "exclusive"}
		if item.values["checked"] == false {
			*o.left = append(*o.left, "an item cannot refuse to be chosen")
		}
		c.Checked = item.flag("checked")
		conditional := item.child("conditional")
		c.Conditional = conditional.html("html")
		conditional.done()
		item.done()
		items = append(items, c)
	}
	return items
}

func radiosOf(o *options) Component {
	legend, by := o.fieldset()
	return Radios{IDPrefix: o.text("idPrefix"), Name: o.text("name"), Legend: legend, Hint: o.hint(), Error: o.wrong(),
		Value: o.text("value"), Items: o.choices(), DescribedBy: by, Classes: o.text("classes"), GroupClasses: o.group()}
}

func checkboxesOf(o *options) Component {
	legend, by := o.fieldset()
	if own := o.text("describedBy"); own != "" {
		by = own
	}
	c := Checkboxes{IDPrefix: o.text("idPrefix"), Name: o.text("name"), Legend: legend, Hint: o.hint(), Error: o.wrong(),
		Items: o.choices(), DescribedBy: by, Classes: o.text("classes"), GroupClasses: o.group()}
	values, _ := o.take("values")
	list, _ := values.([]any)
	for _, v := range list {
		c.Values = append(c.Values, v.(string))
	}
	return c
}

func dateInputOf(o *options) Component {
	legend, by := o.fieldset()
	c := DateInput{ID: o.text("id"), NamePrefix: o.text("namePrefix"), Legend: legend, Hint: o.hint(), Error: o.wrong(),
		DescribedBy: by, Classes: o.text("classes"), GroupClasses: o.group()}
	values := o.child("values")
	prefix := ""
	if c.NamePrefix != "" && values.has(c.NamePrefix+"-day") {
		prefix = c.NamePrefix + "-"
	}
	c.Day, c.Month, c.Year = values.text(prefix+"day"), values.text(prefix+"month"), values.text(prefix+"year")
	values.done()
	for name, value := range map[string]*string{"day": &c.Day, "month": &c.Month, "year": &c.Year} {
		if o.values[name] == false {
			*o.left = append(*o.left, "our dates have all three boxes")
		}
		part := o.child(name)
		if own := part.text("value"); own != "" {
			*value = own
		}
		if part.flag("error") {
			c.Wrong = append(c.Wrong, name)
		}
		part.done()
	}
	if c.Error == "" && len(c.Wrong) > 0 {
		*o.left = append(*o.left, "a box is wrong only where an error says why")
	}
	return c
}

func errorSummaryOf(o *options) Component {
	c := ErrorSummary{Title: o.text("titleText"), Description: o.text("descriptionText"), Classes: o.text("classes"), NoFocus: o.flag("disableAutoFocus")}
	for _, item := range o.children("errorList") {
		c.Items = append(c.Items, Link{Text: item.text("text"), Href: item.text("href")})
		item.done()
	}
	return c
}

func noticeOf(o *options) Component {
	kind := o.text("type")
	return Notice{Success: kind == "success", Title: o.text("titleText"), TitleID: o.text("titleId"), Text: o.text("text"),
		HTML: o.html("html"), Role: o.text("role"), Classes: o.text("classes")}
}

func insetTextOf(o *options) Component {
	return InsetText{ID: o.text("id"), Text: o.text("text"), HTML: o.html("html"), Classes: o.text("classes")}
}

func warningTextOf(o *options) Component {
	return WarningText{Text: o.text("text"), Fallback: o.text("iconFallbackText"), Classes: o.text("classes")}
}

func detailsOf(o *options) Component {
	return Details{ID: o.text("id"), Summary: o.text("summaryText"), Text: o.text("text"), HTML: o.html("html"), Open: o.flag("open"), Classes: o.text("classes")}
}

func tagOf(o *options) Component { return Tag{Text: o.text("text"), Classes: o.text("classes")} }

func backLinkOf(o *options) Component {
	return BackLink{Text: o.text("text"), Href: o.text("href"), Classes: o.text("classes")}
}

func skipLinkOf(o *options) Component {
	return SkipLink{Text: o.text("text"), Href: o.text("href"), Classes: o.text("classes")}
}

func breadcrumbsOf(o *options) Component {
	c := Breadcrumbs{Label: o.text("labelText"), Collapse: o.flag("collapseOnMobile"), Classes: o.text("classes")}
	for _, item := range o.children("items") {
		c.Items = append(c.Items, Crumb{Text: item.text("text"), Href: item.text("href")})
		item.done()
	}
	return c
}

func paginationOf(o *options) Component {
	step := func(key string) *Step {
		if !o.has(key) {
			return nil
		}
		s := o.child(key)
		defer s.done()
		return &Step{Href: s.text("href"), Text: s.text("text"), Label: s.text("labelText")}
	}
	return Pagination{Previous: step("previous"), Next: step("next"), Label: o.text("landmarkLabel"), Classes: o.text("classes")}
}

func summaryListOf(o *options) Component {
	c := SummaryList{Classes: o.text("classes")}
	for _, row := range o.children("rows") {
		key, value, actions := row.child("key"), row.child("value"), row.child("actions")
		r := SummaryRow{Key: key.text("text"), Value: value.text("text"), HTML: value.html("html"), Classes: row.text("classes")}
		for _, a := range actions.children("items") {
			r.Actions = append(r.Actions, Action{Text: a.text("text"), About: a.text("visuallyHiddenText"), Href: a.text("href")})
			a.done()
		}
		for _, used := range []*options{key, value, actions, row} {
			used.done()
		}
		c.Rows = append(c.Rows, r)
	}
	return c
}

func tableOf(o *options) Component {
	c := Table{Caption: o.text("caption"), CaptionClasses: o.text("captionClasses"), FirstIsHeader: o.flag("firstCellIsHeader"), Classes: o.text("classes")}
	for _, h := range o.children("head") {
		c.Head = append(c.Head, Header{Text: h.text("text"), Numeric: h.text("format") == "numeric", Classes: h.text("classes"), Colspan: h.number("colspan"), Rowspan: h.number("rowspan")})
		h.done()
	}
	rows, _ := o.take("rows")
	list, _ := rows.([]any)
	for _, row := range list {
		var cells []Cell
		for _, d := range (&options{values: map[string]any{"cells": row}, path: "rows[].", left: o.left}).children("cells") {
			cells = append(cells, Cell{Text: d.text("text"), HTML: d.html("html"), Numeric: d.text("format") == "numeric", Classes: d.text("classes"), Colspan: d.number("colspan"), Rowspan: d.number("rowspan")})
			d.done()
		}
		c.Rows = append(c.Rows, cells)
	}
	return c
}
