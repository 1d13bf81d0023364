package ui

import "html/template"

// Kinds of buttons, for Classes. A page has one filled button: what a person does next.
const (
	Secondary = "govuk-button--secondary"
)

// Button sends its form, or leads somewhere where Href is set.
type Button struct {
	Text         string
	ID           string
	Href         string // makes it a link that looks like a button
	Type         string // "submit" where empty
	Name, Value  string
	Disabled     bool
	PreventTwice bool // kept for GOV.UK's attribute; every POST form already sends once
	Start        bool // with an arrow: begins something
	Classes      string
}

func (Button) templateName() string { return "ui-button" }

// ButtonType is the type attribute.
func (c Button) ButtonType() string { return orElse(c.Type, "submit") }

// PostButton is one act that changes something, as a form of its own.
type PostButton struct {
	Action  string
	Text    string
	About   string // read out after Text, to tell buttons of a list apart
	Fields  []Hidden
	AsLink  bool // looks like a link
	Classes string
}

func (PostButton) templateName() string { return "ui-post-button" }

// Hidden is a field that nobody sees.
type Hidden struct{ Name, Value string }

// InsetText sets a paragraph apart.
type InsetText struct {
	ID      string
	Text    string
	HTML    template.HTML // instead of Text
	Classes string
}

func (InsetText) templateName() string { return "ui-inset-text" }

// Bar is a line that nobody may overlook: what changes today's work, or must not
// be passed on. A black bar, not an alarm.
type Bar struct {
	Strong string // said first, in bold
	Text   string
	Link   *Link
}

func (Bar) templateName() string { return "ui-bar" }

// Watch is a Bar that also appears on a page that is open already: the page asks by
// itself, again and again, whether anything waits that cannot wait. Without script it
// stands on each page that is loaded meanwhile.
type Watch struct {
	Ask     string // address that answers {"waiting": 2}
	Waiting bool   // something waits now
	Strong  string
	Link    Link
}

func (Watch) templateName() string { return "ui-watch" }

// Notice is a banner above the heading. Success, for what was just done, is read
// out at once and takes focus.
type Notice struct {
	Success bool
	Title   string // "Important", or "Done" where Success
	TitleID string // needed where a page has two
	Text    string
	HTML    template.HTML // instead of Text
	Role    string
	Classes string
}

func (Notice) templateName() string { return "ui-notice" }

// NoticeTitle is the banner's title.
func (c Notice) NoticeTitle() string {
	if c.Success {
		return orElse(c.Title, "Success")
	}
	return orElse(c.Title, "Important")
}

// NoticeID is the id of the banner's title.
func (c Notice) NoticeID() string { return orElse(c.TitleID, "govuk-notification-banner-title") }

// NoticeRole is the banner's role.
func (c Notice) NoticeRole() string {
	if c.Success {
		return orElse(c.Role, "alert")
	}
	return orElse(c.Role, "region")
}

// WarningText is one strong sentence about a consequence.
type WarningText struct {
	Text     string
	Fallback string // read out before it; "Warning" where empty
	Classes  string
}

func (WarningText) templateName() string { return "ui-warning-text" }

// Spoken is what is read out before the text.
func (c WarningText) Spoken() string { return orElse(c.Fallback, "Warning") }

// Details hides what few need behind a line that says what it is.
type Details struct {
	ID      string
	Summary string
	Text    string
	HTML    template.HTML // instead of Text
	Open    bool
	Classes string
}

func (Details) templateName() string { return "ui-details" }

// Tag is a state in a word or two. It has one look: colour would be a judgement.
type Tag struct {
	Text    string
	Classes string
}

func (Tag) templateName() string { return "ui-tag" }

// ErrorSummary stands above the heading and takes focus. Each item is the error
// as it also stands at its field.
type ErrorSummary struct {
	Title       string // "There is a problem" where empty
	Description string
	Items       []Link // Href "#id" of the field
	NoFocus     bool
	Classes     string
}

func (ErrorSummary) templateName() string { return "ui-error-summary" }

// SummaryTitle is the summary's heading.
func (c ErrorSummary) SummaryTitle() string { return orElse(c.Title, "There is a problem") }

// Add puts an error into the summary; href leads to its field ("#id").
func (c *ErrorSummary) Add(href, text string) {
	c.Items = append(c.Items, Link{Text: text, Href: href})
}

// Facts are a few numbers, each with its base beside it.
type Facts struct{ Items []Fact }

// Fact is one number: "61 identified, of 912 looked after".
type Fact struct {
	Number string // "61"; "c" where kept back
	Text   string // "identified"
	Base   string // "of 912 looked after"
}

func (Facts) templateName() string { return "ui-facts" }

// Kept is the line in which a form with data-autosave says what became of it.
// Place one in the form. Its words may be translated.
type Kept struct {
	Kept, Failed, SignedOut, Refused string // the script's own English where empty
	Already                          bool   // the page shows what is kept already
}

func (Kept) templateName() string { return "ui-kept" }

// SummaryList says what is known, one fact a row.
type SummaryList struct {
	Rows    []SummaryRow
	Classes string // "govuk-summary-list--no-border"
}

func (SummaryList) templateName() string { return "ui-summary-list" }

// AnyActions tells whether the list has a third column.
func (c SummaryList) AnyActions() bool {
	for _, row := range c.Rows {
		if len(row.Actions) > 0 {
			return true
		}
	}
	return false
}

// SummaryRow is one fact.
type SummaryRow struct {
	Key     string
	Value   string
	HTML    template.HTML // instead of Value
	Note    string        // quietly under the value: where it comes from and since when
	Actions []Action
	Classes string
}

// Action is a link beside a fact.
type Action struct {
	Text  string // "Change"
	About string // read out after it: "date of referral"
	Href  string
}
