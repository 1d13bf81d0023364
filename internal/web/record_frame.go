package web

import (
	"strconv"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// The parts of a record, each a page with its own address: /records/{record}
// with the part behind it.
const (
	partRecord   = ""
	partOutcomes = "/outcomes"
	partRegister = "/register"
	partAsks     = "/asks"
	partConsent  = "/consent"
	partHistory  = "/history"
	partOwnPage  = "/own-page"
)

// recordPage is the frame of every page of a record: the way back, the head of
// one line, what changes today's work, and the parts. The title holds no name,
// because the browser keeps it; the heading may.
func recordPage(head service.Head, part, title, heading string) ui.Page {
	p := ui.Page{
		Title: title, Heading: heading, Lead: headLine(head), Nav: at("/caseload"), Notices: warnings(head),
		Breadcrumbs: []ui.Crumb{{Text: "Caseload", Href: "/caseload"}},
		Tabs:        &ui.Tabs{Label: "Parts of this record"},
	}
	if part == partRecord {
		p.Breadcrumbs = append(p.Breadcrumbs, ui.Crumb{Text: head.Reference})
	} else {
		p.Breadcrumbs = append(p.Breadcrumbs, ui.Crumb{Text: head.Reference, Href: recordPath(head.Record)}, ui.Crumb{Text: title})
	}
	for _, tab := range []struct{ text, part string }{
		{"Record", partRecord}, {"Outcomes", partOutcomes}, {"Register", partRegister}, {"Asked for and answered", partAsks}, {"Consent", partConsent},
		{"Their own page", partOwnPage}, {"Who can see this", partHistory},
	} {
		if tab.part == partOwnPage && !head.May(access.GiveOwnPage) {
			continue
		}
		p.Tabs.Items = append(p.Tabs.Items, ui.Tab{Text: tab.text, Href: recordPath(head.Record) + tab.part, Current: tab.part == part})
	}
	return p
}

// recordForm is the frame of a page that does one thing to a record.
func recordForm(head service.Head, title string) ui.Page {
	return ui.Page{Title: title, Heading: title, Lead: headLine(head), Nav: at("/caseload"), Notices: warnings(head),
		Back: &ui.Link{Text: "Back to the record", Href: recordPath(head.Record)}}
}

// recordPath is the address of a record. Ids are random and say nothing.
func recordPath(record string) string { return "/records/" + record }

// headLine is who the young person is, in one line.
func headLine(h service.Head) string {
	if h.Name == "" {
		return strings.Join(append([]string{h.Reference}, headRest(h)...), " · ")
	}
	return strings.Join(append([]string{h.Name, h.Reference}, headRest(h)...), " · ")
}

// underHeading is headLine under a heading that says the name already, or the
// reference where no name is known.
func underHeading(h service.Head) string {
	if h.Name == "" {
		return strings.Join(headRest(h), " · ")
	}
	return strings.Join(append([]string{h.Reference}, headRest(h)...), " · ")
}

// headRest is what the line says after the name and the reference.
func headRest(h service.Head) []string {
	var parts []string
	if h.Age >= 0 {
		parts = append(parts, strconv.Itoa(h.Age)+" years old")
	}
	if h.Language != "" {
		parts = append(parts, "speaks "+spoken(h.Language))
	}
	return append(parts, workersOf(h))
}

func workersOf(h service.Head) string {
	if len(h.Workers) == 0 {
		return "no worker yet"
	}
	return "works with " + joinWords(workerNames(h))
}

func workerNames(h service.Head) []string {
	names := make([]string, len(h.Workers))
	for i, w := range h.Workers {
		names[i] = w.Name
	}
	return names
}

// warnings are what changes today's work, and nothing else.
func warnings(h service.Head) []ui.Component {
	var list []ui.Component
	if !h.Emergency.IsZero() {
		list = append(list, ui.Bar{Strong: "You opened this in an emergency.", Text: "It ends at " + h.Emergency.Format("15:04") + ". Why you did is reviewed.", Link: &ui.Link{Text: "End it now", Href: emergencyPage}})
	}
	if h.MissingOn.Known() {
		list = append(list, ui.Bar{Strong: "Missing since " + h.MissingOn.Long() + ",", Text: "says the latest return."})
	}
	if h.Unsafe != "" {
		list = append(list, ui.Bar{Strong: "Not safe to contact by:", Text: strings.ToLower(h.Unsafe) + "."})
	}
	return list
}

// joinWords puts words into a sentence: "A, B and C".
func joinWords(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// fieldSummary is summary for forms with days: the line of a day leads to the
// first box that is wrong.
func fieldSummary(wrong service.Invalid, days map[string]ui.DateInput) *ui.ErrorSummary {
	list := summary(wrong)
	for i, w := range wrong {
		if d, ok := days[w.Field]; ok {
			list.Items[i].Href = d.ErrorHref()
		}
	}
	return list
}
