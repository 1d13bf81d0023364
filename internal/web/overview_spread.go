package web

import (
	"html/template"
	"strconv"
	"strings"
	"sync"

	"stablefutures/internal/disclosure"
	"stablefutures/internal/framework"
	"stablefutures/internal/publish/chart"
	"stablefutures/internal/service"
)

// spreadTable is a table of outcomes or indicators over all who are on the register.
type spreadTable struct {
	Caption string
	First   string        // what a row is: "Outcome"
	Key     template.HTML // Safety: drawn by package chart
	Most    string        // the highest answer, in words
	Groups  []spreadGroup
}

type spreadGroup struct {
	ID, Title string // empty where there is one group alone
	Rows      []spreadRow
}

// spreadRow is one outcome or indicator.
type spreadRow struct {
	Title  string
	Href   string
	Chart  template.HTML // Safety: drawn by package chart
	Silent string        // instead of the chart
	Spoke  string
	Moved  []movedPart
	Base   string // of who moved
	Apart  string
	Alone  string // instead of Apart
}

// movedPart is how many moved one way: strong for the way that more moved.
type movedPart struct {
	N      string
	Way    string
	Strong bool
}

// drawnBars holds the bar that was drawn last for each outcome and indicator, with
// what it was drawn of: most of them are the same from page to page.
type drawnBars struct{ last sync.Map }

// drawnBar is a bar and what it was drawn of.
type drawnBar struct {
	of  chart.SpreadBar
	bar template.HTML
}

// draw draws a bar, or gives it as it was drawn. The name tells councils, editions
// and items apart; an edition's words never change.
func (d *drawnBars) draw(name string, bar chart.SpreadBar) (template.HTML, error) {
	if found, ok := d.last.Load(name); ok {
		if before := found.(drawnBar); before.of.ID == bar.ID && before.of.Title == bar.Title && before.of.Counts == bar.Counts {
			return before.bar, nil
		}
	}
	drawn, err := chart.Spread(bar)
	if err == nil {
		d.last.Store(name, drawnBar{bar, drawn})
	}
	return drawn, err
}

func (s *Server) itemSpread(o service.Overview, item, title string) (spreadRow, error) {
	n := o.Item(item)
	row := spreadRow{Title: title, Spoke: n.Spoke.String() + " of " + o.Cell("register").String()}
	if n.Moved == service.Told {
		row.Moved = []movedPart{
			{n.Up.String(), "up", more(n.Up, n.Down)}, {n.Same.String(), "same", false}, {n.Down.String(), "down", more(n.Down, n.Up)},
		}
		row.Base = "of " + n.Answered.String() + ", " + n.Once.String() + " of them once only"
	} else {
		row.Base = silentWords(n.Moved, n.Answered, "answered")
	}
	if n.Voices == service.Told {
		row.Apart = n.Apart.String() + " of " + n.Both.String()
	} else {
		row.Alone = silentWords(n.Voices, n.Both, "with both voices")
	}
	if n.Spread != service.Told {
		row.Silent = silentWords(n.Spread, n.Spoke, "spoke")
		return row, nil
	}
	bar := chart.SpreadBar{ID: "spread-" + cssName(item), Title: title, Words: chartWords(o.Edition)}
	for i, cell := range n.Now {
		bar.Counts[i] = chart.Count{N: cell.Value, Kept: !cell.Shown}
	}
	var err error
	row.Chart, err = s.bars.draw(strings.Join([]string{o.Authority.Code, o.Edition.ID, item, strconv.FormatBool(o.Published)}, "/"), bar)
	return row, err
}

// mostOf is the highest answer of the edition's scale.
func mostOf(o service.Overview) string {
	return o.Edition.AnswerText(5, framework.Practitioner, pageLanguage)
}

// more tells whether both are known, and more are of the first.
func more(a, b disclosure.Cell) bool { return a.Shown && b.Shown && a.Value > b.Value }

// silentWords say why a measure of an outcome is not told.
func silentWords(why service.Telling, base disclosure.Cell, did string) string {
	switch why {
	case service.Nobody:
		return "Nobody " + did
	case service.TooFew:
		return "Only " + base.String() + " " + did + ": too few to say"
	}
	return "Kept back"
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
