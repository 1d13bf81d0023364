package web

import (
	"net/http"
	"net/url"
	"strconv"

	"stablefutures/internal/date"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/foi"
	"stablefutures/internal/framework"
	"stablefutures/internal/publish/chart"
	"stablefutures/internal/service"
	"stablefutures/internal/stats"
	"stablefutures/internal/web/ui"
)

// overviewView is how many, and how they are.
type overviewView struct {
	Facts     ui.Facts
	Notes     []string
	Spread    spreadTable
	Silence   string // instead of the table
	Register  string // how many are on it: the base of what follows
	Tables    []ui.Table
	Reviews   []reviewLine
	NoReviews string
	Limits    []string
	Signs     []disclosure.Symbol
	Year      *ui.Select
	Files     []ui.Link
	Exact     bool
}

// reviewLine is who took part in some reviews.
type reviewLine struct{ Of, Share string }

func (s *Server) showOverview(r *http.Request, v *visit) (answer, error) {
	o, err := s.service.Overview(r.Context(), v.actor, yearAsked(r), asPublished(r))
	if err != nil {
		return nil, err
	}
	view := overviewView{Facts: overviewFacts(o), Notes: o.Answer.Notes, Silence: o.Silence, Register: onTheRegister(o), Limits: limits(o), Signs: signs(o.Published, o.Answer), Exact: !o.Published,
		Year:  yearSelect(o.Years, o.Year, o.Today),
		Files: []ui.Link{{Text: "xlsx", Href: "/overview.xlsx?year=" + string(o.Year)}, {Text: "CSV", Href: "/overview.csv?year=" + string(o.Year)}}}
	if o.Silence == "" {
		if view.Spread, err = s.outcomesSpread(o, r.URL.RawQuery); err != nil {
			return nil, err
		}
	}
	if o.Has("referred") && o.Cell("register") != disclosure.Number(0) {
		for _, b := range o.Breakdowns() {
			if o.Cell(b.Base) == disclosure.Number(0) {
				continue // none to tell apart, as another table says
			}
			view.Tables = append(view.Tables, breakdownTable(o, b))
		}
	}
	for _, b := range o.Reviews() {
		view.Reviews = append(view.Reviews, reviewLine{b.Title, share(o.Cell(b.Lines[0].ID), o.Cell(b.Base))})
	}
	if len(view.Reviews) == 0 {
		view.NoReviews = "No SSDA903 table of reviews was read for the year to " + o.Year.Long() + "."
	}
	page := ui.Page{Title: "Overview", Heading: "How many, and how are they", Nav: at("/overview"), Edition: editionNotice(o.Edition),
		Lead:    "Year to " + o.Year.Long() + ", " + sourceWords(o.Answer) + "; the register as of today, " + o.Today.Long() + ".",
		Notices: append(exactNotice(r, o.MayExact, o.Published), unfinishedNotice(o.Year, o.Unfinished)...)}
	return s.page(v, page, "overview", view), nil
}

// sourceWords say which return the year's numbers are from.
func sourceWords(a service.AnswerPage) string {
	switch {
	case a.NoBase:
		return "of which no return was read"
	case a.Base.Source == foi.SourceAnnexA:
		return "from Annex A list 8"
	}
	return "from the SSDA903 return"
}

// yearAsked is the year in the address; unknown where there is none that can be.
func yearAsked(r *http.Request) date.Date {
	day, err := date.Parse(r.URL.Query().Get("year"))
	if err != nil {
		return ""
	}
	return day.YearEnding()
}

func asPublished(r *http.Request) bool { return r.URL.Query().Get("as") == "published" }

// yearSelect offers the years that were read, and the one that shows; nothing
// where there is no choice.
func yearSelect(years []date.Date, now, today date.Date) *ui.Select {
	list := ui.Select{ID: "year", Name: "year", Label: ui.Label{Text: "Year"}, Value: string(now)}
	offer := func(y date.Date) {
		text := "to " + y.Long()
		if y >= today {
			text += ", not ended"
		}
		list.Items = append(list.Items, ui.Option{Value: string(y), Text: text})
	}
	read := false
	for _, y := range years {
		read = read || y == now
		offer(y)
	}
	if !read {
		offer(now)
	}
	if len(list.Items) < 2 {
		return nil
	}
	return &list
}

// exactNotice says whether the numbers may be passed on.
func exactNotice(r *http.Request, mayExact, published bool) []ui.Component {
	query := url.Values{}
	if year := r.URL.Query().Get("year"); year != "" {
		query.Set("year", year)
	}
	switch {
	case !published:
		query.Set("as", "published")
		return []ui.Component{ui.Bar{Strong: "Exact numbers, for you only.", Text: "Do not pass them on.", Link: &ui.Link{Text: "As published", Href: "?" + query.Encode()}}}
	case mayExact:
		return []ui.Component{ui.Bar{Strong: "As published.", Text: "Small numbers are kept back.", Link: &ui.Link{Text: "Exact numbers, for you only", Href: r.URL.Path + "?" + query.Encode()}}}
	}
	return []ui.Component{ui.Bar{Strong: "As published.", Text: "Small numbers are kept back: c stands in their place."}}
}

// unfinishedNotice says that a year is not over.
func unfinishedNotice(year date.Date, unfinished bool) []ui.Component {
	if !unfinished {
		return nil
	}
	return []ui.Component{ui.Bar{Strong: "The year to " + year.Long() + " has not ended.", Text: "What stands here for it is what the returns say so far."}}
}

// overviewFacts are the answer's own numbers, and who had a conversation.
func overviewFacts(o service.Overview) ui.Facts {
	var facts ui.Facts
	if a := o.Answer; !a.NoBase {
		identified, _ := a.Group(foi.Identified)
		suspected, _ := a.Group(foi.Suspected)
		missing := "of the " + identified.Children.String() + " identified; " + identified.MissingEpisodes.String() + " times"
		if a.NoMissing {
			missing = "not known: no table of missing periods was read"
		}
		facts.Items = append(facts.Items,
			ui.Fact{Number: identified.Children.String(), Text: "identified", Base: "of " + a.Base.LookedAfter.String() + " looked after in the year"},
			ui.Fact{Number: suspected.Children.String(), Text: "suspected, not identified", Base: "of the " + a.Base.LookedAfter.String() + " looked after"},
			ui.Fact{Number: identified.WentMissing.String(), Text: "went missing", Base: missing})
	}
	all, lately := o.Cell("register"), o.Cell("talk/6-months")
	switch {
	case !all.Shown:
	case all.Value > 0 && o.Has("talk/6-months"):
		facts.Items = append(facts.Items, ui.Fact{Number: lately.String(), Text: "had a conversation", Base: "of the " + all.String() + " on the register today, in the last 6 months"})
	default:
		facts.Items = append(facts.Items, ui.Fact{Number: all.String(), Text: "on the register", Base: "today, and not closed"})
	}
	return facts
}

// onTheRegister says of how many the rest of the page is.
func onTheRegister(o service.Overview) string {
	switch all := o.Cell("register"); {
	case !all.Shown:
		return "How many are on the register today is kept back."
	case all.Value == 0:
		return "Nobody is on the register today."
	default:
		return all.String() + " young people are on the register today, and not closed."
	}
}

func (s *Server) outcomesSpread(o service.Overview, query string) (spreadTable, error) {
	key, err := chart.SpreadKey(chartWords(o.Edition))
	if err != nil {
		return spreadTable{}, err
	}
	table := spreadTable{Caption: "What they say now, outcome by outcome", First: "Outcome", Key: key, Most: mostOf(o)}
	for _, p := range o.Edition.Principles {
		title, _, _ := o.Edition.Text(p.Title, framework.Practitioner, pageLanguage)
		group := spreadGroup{ID: "principle-" + p.ID, Title: title}
		for _, out := range p.Outcomes {
			short, _, _ := o.Edition.In(out.Short, pageLanguage)
			row, err := s.itemSpread(o, out.ID, short)
			if err != nil {
				return table, err
			}
			row.Href = "/overview/" + out.ID
			if query != "" {
				row.Href += "?" + query
			}
			group.Rows = append(group.Rows, row)
		}
		table.Groups = append(table.Groups, group)
	}
	return table, nil
}

// breakdownTable shows each line of a base.
func breakdownTable(o service.Overview, b service.Breakdown) ui.Table {
	table := ui.Table{Caption: b.Title, CaptionClasses: "govuk-table__caption--s", FirstIsHeader: true, Classes: "sf-lines",
		Head: []ui.Header{{Text: "Of " + o.Cell(b.Base).String() + " " + b.Of}, {Text: "Number", Numeric: true, Hidden: true}}}
	for _, l := range b.Lines {
		table.Rows = append(table.Rows, []ui.Cell{{Text: l.Label}, {Text: o.Cell(l.ID).String(), Numeric: true}})
	}
	return table
}

// share is a rate that people quote, with its parts and how sure one can be of it:
// "91 of 106 (85.8 %, 95 % interval 77.9 to 91.2)". Without a percentage where
// none may be given.
func share(n, base disclosure.Cell) string {
	text := n.String() + " of " + base.String()
	percent, low, high, ok := interval(n, base)
	if !ok {
		return text
	}
	return text + " (" + percent + " %, 95 % interval " + low + " to " + high + ")"
}

// interval is a percentage with the ends of its 95 % interval, all with as many
// decimals as the rule of what is published has.
func interval(n, base disclosure.Cell) (percent, low, high string, ok bool) {
	rule := disclosure.Default()
	if percent, ok = rule.Percent(n, base); !ok {
		return "", "", "", false
	}
	from, to, ok := stats.Wilson95(n.Value, base.Value)
	end := func(share float64) string { return strconv.FormatFloat(100*share, 'f', rule.Decimals, 64) }
	return percent, end(from), end(to), ok
}

// limits say who is counted, and by which rule numbers are kept back.
func limits(o service.Overview) []string {
	if o.Published {
		return append(o.Limits(), o.Rule)
	}
	return o.Limits()
}

// signs are those that can stand on a page: with exact numbers, nothing is kept
// back.
func signs(published bool, a service.AnswerPage) []disclosure.Symbol {
	var list []disclosure.Symbol
	for _, s := range disclosure.Symbols() {
		if s.Sign == "x" && a.NoMissing || published && s.Sign != "x" && s.Sign != "z" {
			list = append(list, s)
		}
	}
	return list
}
