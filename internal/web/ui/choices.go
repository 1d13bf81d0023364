package ui

import (
	"html/template"
	"slices"
	"strconv"
	"strings"
)

// Legend names a group of fields. Heading makes it the page's h1.
type Legend struct {
	Text    string
	Classes string // "govuk-fieldset__legend--l" for a heading
	Heading bool
}

// Radios asks for one of a few.
type Radios struct {
	IDPrefix     string // Name where empty
	Name         string
	Legend       Legend // no fieldset where its text is empty
	Hint         string
	Error        string
	Value        string // the value of the chosen item
	Items        []Choice
	DescribedBy  string
	Classes      string // "govuk-radios--inline", "govuk-radios--small"
	GroupClasses string
}

func (Radios) templateName() string { return "ui-radios" }

// Checkboxes asks for any of a few.
type Checkboxes struct {
	IDPrefix     string // Name where empty
	Name         string
	Legend       Legend
	Hint         string
	Error        string
	Values       []string // the values of the chosen items
	Items        []Choice
	DescribedBy  string
	Classes      string // "govuk-checkboxes--small"
	GroupClasses string
}

func (Checkboxes) templateName() string { return "ui-checkboxes" }

// Choice is one item of Radios or Checkboxes, or a divider between items.
type Choice struct {
	ID          string // made from the group's where empty
	Name        string // checkboxes only: the group's where empty
	Value       string
	Text        string
	Hint        string
	HintLang    string // language of the hint, where it is not the page's
	Checked     bool
	Disabled    bool
	Divider     string        // a word such as "or" instead of an item
	Conditional template.HTML // shown when chosen, always there without script; Safety: drawn by this program
	Exclusive   bool          // checkboxes only: "none of these" unticks the others
}

// choiceView is a Choice with what the template needs worked out.
type choiceView struct {
	Choice
	Kind        string // "radios" or "checkboxes"
	Type        string // "radio" or "checkbox"
	ID          string
	Name        string
	Checked     bool
	DescribedBy string
}

// Views works out the ids, names and states of the items.
func (c Radios) Views() []choiceView {
	views := make([]choiceView, 0, len(c.Items))
	for i, item := range c.Items {
		v := choiceView{Choice: item, Kind: "radios", Type: "radio", Name: c.Name}
		v.ID = itemID(item.ID, idOf(c.IDPrefix, c.Name), i)
		v.Checked = item.Checked || c.Value != "" && item.Value == c.Value
		v.DescribedBy = itemDescription("", v.ID, item.Hint)
		views = append(views, v)
	}
	return views
}

// Views works out the ids, names and states of the items. Without a fieldset the
// descriptions of the group belong to each box.
func (c Checkboxes) Views() []choiceView {
	prefix := idOf(c.IDPrefix, c.Name)
	group := ""
	if c.Legend.Text == "" {
		group = describedBy(c.DescribedBy, prefix, c.Hint, c.Error)
	}
	views := make([]choiceView, 0, len(c.Items))
	for i, item := range c.Items {
		v := choiceView{Choice: item, Kind: "checkboxes", Type: "checkbox", Name: orElse(item.Name, c.Name)}
		v.ID = itemID(item.ID, prefix, i)
		v.Checked = item.Checked || slices.Contains(c.Values, item.Value)
		v.DescribedBy = itemDescription(group, v.ID, item.Hint)
		views = append(views, v)
	}
	return views
}

// itemID leaves the first item's id without a number, so that an error summary
// can link to the group by its prefix.
func itemID(id, prefix string, i int) string {
	if id != "" {
		return id
	}
	if i == 0 {
		return prefix
	}
	return prefix + "-" + strconv.Itoa(i+1)
}

func itemDescription(group, id, hint string) string {
	ids := strings.Fields(group)
	if hint != "" {
		ids = append(ids, id+"-item-hint")
	}
	return strings.Join(ids, " ")
}
