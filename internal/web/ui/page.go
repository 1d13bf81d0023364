package ui

import "html/template"

// ServiceName stands in the header and at the end of each title.
const ServiceName = "Stable Futures"

// Page is a staff page: the frame, and Content in it.
type Page struct {
	Title       string // for the browser's tab and history: never a name; Heading where empty
	Heading     string // the one h1; empty where Content brings its own
	Lead        string // one quiet paragraph under the heading: how many, of whom, as of when
	Lang        string // BCP 47; "en-GB" where empty
	Dir         string // "ltr" or "rtl"; "ltr" where empty
	Nav         []NavItem
	Home        string // where the service's name leads; "/" where empty
	Authority   string
	Person      string // who is signed in; empty where nobody is
	SignOut     string // address that signs out by POST; "/sign-out" where empty
	Fictional   bool   // everything on the page is invented, and the page says so
	Breadcrumbs []Crumb
	Back        *Link // instead of breadcrumbs, within a sequence of steps
	Errors      *ErrorSummary
	Notices     []Component // what changes today's work; what was just done
	Tabs        *Tabs
	Content     template.HTML // Safety: only what a template of this program drew
	Edition     string        // notice of the edition, where the page shows its words
	Footer      []Link        // beside the accessibility statement and the licences
}

func (Page) templateName() string { return "ui-page" }

// FullTitle is the page's title as the browser shows it: an error is told first,
// because a screen reader reads the title first.
func (p Page) FullTitle() string {
	title := p.Title
	if title == "" {
		title = p.Heading
	}
	if p.Errors != nil && len(p.Errors.Items) > 0 {
		title = "Error: " + title
	}
	if title == "" {
		return ServiceName
	}
	return title + " – " + ServiceName
}

// Language is the page's language, British English where none was named.
func (p Page) Language() string { return orElse(p.Lang, "en-GB") }

// Direction is the page's direction of writing, left to right where none was named.
func (p Page) Direction() string { return orElse(p.Dir, "ltr") }

// LongNav tells whether the navigation leaves no room beside it on a desk's screen.
func (p Page) LongNav() bool { return len(p.Nav) > 5 }

// HomeAddress is where the service's name leads.
func (p Page) HomeAddress() string { return orElse(p.Home, "/") }

// SignOutAddress is where the button that signs out posts to.
func (p Page) SignOutAddress() string { return orElse(p.SignOut, "/sign-out") }

// Who names the authority and the person as the header shows them.
func (p Page) Who() string {
	if p.Authority != "" && p.Person != "" {
		return p.Authority + " · " + p.Person
	}
	return p.Authority + p.Person
}

// NavItem is one entry of the header's navigation.
type NavItem struct {
	Text    string
	Href    string
	Current bool
}

// Link is a link with its words.
type Link struct {
	Text string
	Href string
}

// YoungPage is a screen that a young person looks at. Its title says nothing
// about why somebody looks at it.
type YoungPage struct {
	Title   string // neutral; "My answers" where empty
	Lang    string
	Dir     string
	Back    *Link         // top, at the start
	Leave   *Link         // top, at the end: leaves at once
	Content template.HTML // Safety: only what a template of this program drew
	Foot    *Link         // the one thing that is always within reach: "I am not safe"
}

func (YoungPage) templateName() string { return "ui-young-page" }

// FullTitle is the neutral title.
func (p YoungPage) FullTitle() string { return orElse(p.Title, "My answers") }

// Language is the screen's language, British English where none was named.
func (p YoungPage) Language() string { return orElse(p.Lang, "en-GB") }

// Direction is the screen's direction of writing.
func (p YoungPage) Direction() string { return orElse(p.Dir, "ltr") }

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
