package web

import (
	"html/template"
	"net/http"
	"net/url"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/framework"
	"stablefutures/internal/publish/chart"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// overviewView is how many, and how they are.
type overviewView struct {
	Facts    ui.Facts
	Key      template.HTML // Safety: drawn by package chart
	TooFew   string
	Sections []spreadSection
	Tables   []ui.Table
	Limits   []string
	Rule     string
	Year     *ui.Select
	Files    []ui.Link
	Exact    bool
}

type spreadSection struct {
	ID, Title string
	Rows      []spreadRow
}

// spreadRow is one outcome or indicator over all who are on the register.
type spreadRow struct {
	Title  string
	Href   string
	Chart  template.HTML // Safety: drawn by package chart
	TooFew string
	Spoke  string
	States string
	Moved  string
	Apart  string
}

func (s *Server) showOverview(r *http.Request, v *visit) (answer, error) {
	o, err := s.service.Overview(r.Context(), v.actor, yearAsked(r), asPublished(r))
	if err != nil {
		return nil, err
	}
	view := overviewView{Facts: overviewFacts(o), Limits: o.Limits(), Rule: o.Rule, Exact: !o.Published,
		Year:  yearSelect(o.Years, o.Year),
		Files: []ui.Link{{Text: "xlsx", Href: "/overview.xlsx?year=" + string(o.Year)}, {Text: "CSV", Href: "/overview.csv?year=" + string(o.Year)}}}
	if view.Key, err = chart.SpreadKey(chartWords(o.Edition)); err != nil {
		return nil, err
	}
	if o.TooFew {
		view.TooFew = "Fewer than 10 young people are on the register: too few to say how they are, outcome by outcome."
	} else if view.Sections, err = spreadSections(o, r.URL.RawQuery); err != nil {
		return nil, err
	}
	for _, b := range o.Breakdowns() {
		view.Tables = append(view.Tables, breakdownTable(o, b))
	}
	page := ui.Page{Title: "Overview", Heading: "How many, and how are they", Nav: at("/overview"), Edition: editionNotice(o.Edition),
		Lead:    "The register as of today, " + o.Today.Long() + "; missing periods and reviews in the year to " + o.Year.Long() + ".",
		Notices: exactNotice(r, o.MayExact, o.Published)}
	return s.page(v, page, "overview", view), nil
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

// yearSelect offers the years that were read; nothing where there is no choice.
func yearSelect(years []date.Date, now date.Date) *ui.Select {
	if len(years) < 2 {
		return nil
	}
	list := ui.Select{ID: "year", Name: "year", Label: ui.Label{Text: "Year"}, Value: string(now)}
	for _, y := range years {
		list.Items = append(list.Items, ui.Option{Value: string(y), Text: "to " + y.Long()})
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

func overviewFacts(o service.Overview) ui.Facts {
	all := o.Cell("register").String()
	return ui.Facts{Items: []ui.Fact{
		{Number: all, Text: "on the register", Base: "today, and not closed"},
		{Number: o.Cell("state/referred").String(), Text: "referred to the NRM", Base: "of the " + all + "; " + o.Cell("state/suspected").String() + " suspected, not referred"},
		{Number: o.Cell("missing/went").String(), Text: "went missing", Base: "of the " + all + "; " + o.Cell("missing-episodes").String() + " times"},
		{Number: o.Cell("talk/6-months").String(), Text: "had a conversation", Base: "of the " + all + ", in the last 6 months"},
	}}
}

func spreadSections(o service.Overview, query string) ([]spreadSection, error) {
	var list []spreadSection
	for _, p := range o.Edition.Principles {
		title, _, _ := o.Edition.Text(p.Title, framework.Practitioner, "en")
		section := spreadSection{ID: p.ID, Title: title}
		for _, out := range p.Outcomes {
			short, _, _ := o.Edition.In(out.Short, "en")
			row, err := itemSpread(o, out.ID, short)
			if err != nil {
				return nil, err
			}
			row.Href = "/overview/" + out.ID
			if query != "" {
				row.Href += "?" + query
			}
			section.Rows = append(section.Rows, row)
		}
		list = append(list, section)
	}
	return list, nil
}

func itemSpread(o service.Overview, item, title string) (spreadRow, error) {
	n := o.Item(item)
	row := spreadRow{Title: title, Spoke: n.Spoke.String() + " of " + o.Cell("register").String()}
	switch {
	case !n.Spoke.Shown:
		row.TooFew = "Too few spoke to say"
		return row, nil
	case n.Spoke.Value == 0:
		row.TooFew = "Nobody has spoken about this yet"
		return row, nil
	case n.TooFew:
		row.TooFew = "Only " + n.Spoke.String() + " spoke: too few to say"
		return row, nil
	}
	bar := chart.SpreadBar{ID: "spread-" + cssName(item), Title: title, Words: chartWords(o.Edition)}
	for i, cell := range n.Now {
		bar.Counts[i] = chart.Count{N: cell.Value, Kept: !cell.Shown}
	}
	var err error
	if row.Chart, err = chart.Spread(bar); err != nil {
		return row, err
	}
	row.Moved = n.Up.String() + " up · " + n.Same.String() + " same · " + n.Down.String() + " down, of " + n.Answered.String() + "; " + n.Once.String() + " once only"
	row.Apart = n.Apart.String() + " of " + n.Both.String()
	row.States = n.States[conversation.DoesNotWantToSay].String() + " did not want to say · " + n.States[conversation.DoesNotKnow].String() +
		" did not know · " + n.States[conversation.NotPartOfMyLife].String() + " not part of my life · " + n.Nothing.String() + " not talked about"
	return row, nil
}

// cssName is an id without the points that selectors would read as something else.
func cssName(id string) string {
	out := []byte(id)
	for i, c := range out {
		if c == '.' {
			out[i] = '-'
		}
	}
	return string(out)
}

// breakdownTable shows each line with its base, and its percentage where both
// are shown and the base is large enough.
func breakdownTable(o service.Overview, b service.Breakdown) ui.Table {
	base := o.Cell(b.Base)
	table := ui.Table{Caption: b.Title, CaptionClasses: "govuk-table__caption--m", FirstIsHeader: true,
		Head: []ui.Header{{Text: "Of " + base.String() + " " + b.Of}, {Text: "Number", Numeric: true}, {Text: "Per cent", Numeric: true}}}
	for _, l := range b.Lines {
		table.Rows = append(table.Rows, []ui.Cell{{Text: l.Label}, {Text: o.Cell(l.ID).String(), Numeric: true}, {Text: percent(o.Cell(l.ID), base), Numeric: true}})
	}
	return table
}

func percent(n, base disclosure.Cell) string {
	if text, ok := disclosure.Percent(n, base); ok {
		return text
	}
	return "–"
}
