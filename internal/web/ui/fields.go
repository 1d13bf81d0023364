package ui

import "strings"

// Widths of text inputs, for Classes: as wide as what is asked for.
const (
	Width2  = "govuk-input--width-2"
	Width3  = "govuk-input--width-3"
	Width4  = "govuk-input--width-4"
	Width5  = "govuk-input--width-5"
	Width10 = "govuk-input--width-10"
	Width20 = "govuk-input--width-20"
	Width30 = "govuk-input--width-30"
)

// Label names a field. Heading makes it the page's h1, for pages that ask one
// thing; the frame's own Heading then stays empty.
type Label struct {
	Text    string
	Classes string // "govuk-label--l" for a heading
	Heading bool
}

// TextInput asks for one line.
type TextInput struct {
	ID             string // Name where empty
	Name           string
	Label          Label
	Hint           string
	Error          string // what is wrong and how to put it right, without the word "Error"
	Value          string // what was typed, kept also when it was wrong
	Type           string // "text" where empty
	Inputmode      string
	Autocomplete   string
	Autocapitalize string
	Pattern        string
	Spellcheck     string // "true" or "false"; the browser's choice where empty
	Disabled       bool
	Autofocus      bool // only where nothing above the field would be skipped
	Prefix, Suffix string
	DescribedBy    string
	Classes        string
	GroupClasses   string
}

func (TextInput) templateName() string { return "ui-text-input" }

// InputType is the type attribute.
func (c TextInput) InputType() string { return orElse(c.Type, "text") }

// PasswordInput asks for a password, with a button that shows it.
type PasswordInput struct {
	ID           string
	Name         string
	Label        Label
	Hint         string
	Error        string
	Value        string
	Autocomplete string // "current-password" where empty; "new-password" when setting one
	Disabled     bool
	DescribedBy  string
	Classes      string
}

func (PasswordInput) templateName() string { return "ui-password-input" }

// Completion is the autocomplete attribute.
func (c PasswordInput) Completion() string { return orElse(c.Autocomplete, "current-password") }

// Textarea asks for more than one line.
type Textarea struct {
	ID           string
	Name         string
	Label        Label
	Hint         string
	Error        string
	Value        string
	Rows         int    // 5 where zero
	Lang         string // language of what is written, where it is not the page's
	Dir          string // "auto" where somebody may write in either direction
	Autocomplete string
	Spellcheck   string // "true" or "false"; the browser's choice where empty
	Disabled     bool
	DescribedBy  string
	Classes      string
	GroupClasses string
}

func (Textarea) templateName() string { return "ui-textarea" }

// RowCount is the rows attribute.
func (c Textarea) RowCount() int {
	if c.Rows == 0 {
		return 5
	}
	return c.Rows
}

// Select asks for one of many. Radios are kinder where there are fewer than ten.
type Select struct {
	ID           string
	Name         string
	Label        Label
	Hint         string
	Error        string
	Value        string // the value of the chosen option
	Items        []Option
	Disabled     bool
	DescribedBy  string
	Classes      string
	GroupClasses string
}

func (Select) templateName() string { return "ui-select" }

// Option is one choice of a Select.
type Option struct {
	Value    string
	Text     string
	Selected bool
	Disabled bool
}

// Chosen tells whether an option is the chosen one.
func (c Select) Chosen(o Option) bool { return o.Selected || c.Value != "" && o.Value == c.Value }

// FileUpload asks for one file or several. Enhanced makes the field large enough to drop them on.
type FileUpload struct {
	ID           string
	Name         string
	Label        Label
	Hint         string
	Error        string
	Multiple     bool
	Accept       string // ".xlsx,.csv,.xml"; a help for choosing, never a check
	Enhanced     bool
	Disabled     bool
	DescribedBy  string
	Classes      string
	GroupClasses string
}

func (FileUpload) templateName() string { return "ui-file-upload" }

// idOf is a field's id: its name where no id was given.
func idOf(id, name string) string { return orElse(id, name) }

type labelView struct {
	Label
	For string
}

func labelOf(l Label, id string) labelView { return labelView{l, id} }

type textView struct{ ID, Text, Classes string }

func hintOf(id, text, classes string) textView { return textView{id + "-hint", text, classes} }

func errorOf(id, text string) textView { return textView{id + "-error", text, ""} }

// describedBy lists the ids that describe a field: what the caller names, then
// the hint, then the error.
func describedBy(named, id, hint, wrong string) string {
	ids := strings.Fields(named)
	if hint != "" {
		ids = append(ids, id+"-hint")
	}
	if wrong != "" {
		ids = append(ids, id+"-error")
	}
	return strings.Join(ids, " ")
}
