package ui

// Breadcrumbs show where a page stands. The last one, without Href, is the page.
type Breadcrumbs struct {
	Items    []Crumb
	Label    string // "Breadcrumb" where empty
	Collapse bool   // only the first and last on narrow screens
	Classes  string
}

func (Breadcrumbs) templateName() string { return "ui-breadcrumbs" }

// Landmark is the name of the navigation.
func (c Breadcrumbs) Landmark() string { return orElse(c.Label, "Breadcrumb") }

// Crumb is one step of the way.
type Crumb struct {
	Text string
	Href string // empty for the page itself
}

// BackLink leads to the step before.
type BackLink struct {
	Text    string // "Back" where empty
	Href    string
	Classes string
}

func (BackLink) templateName() string { return "ui-back-link" }

// Words are the link's words.
func (c BackLink) Words() string { return orElse(c.Text, "Back") }

// Address is where the link leads.
func (c BackLink) Address() string { return orElse(c.Href, "#") }

// Tabs are pages of one thing, each with its own address.
type Tabs struct {
	Label string // "Parts of this record"
	Items []Tab
}

func (Tabs) templateName() string { return "ui-tabs" }

// Tab is one of them.
type Tab struct {
	Text    string
	Href    string
	Current bool
}

// SkipLink jumps over the header.
type SkipLink struct {
	Text    string // "Skip to main content" where empty
	Href    string // "#main-content" where empty
	Classes string
}

func (SkipLink) templateName() string { return "ui-skip-link" }

// Words are the link's words.
func (c SkipLink) Words() string { return orElse(c.Text, "Skip to main content") }

// Address is where the link leads.
func (c SkipLink) Address() string { return orElse(c.Href, "#content") }
