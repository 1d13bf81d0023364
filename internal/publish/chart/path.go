package chart

import (
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
)

// PathChart is both voices over time on one outcome or indicator.
type PathChart struct {
	ID     string // begins the ids in the drawing; unique on its page
	Title  string // what the drawing is of: "I feel safe in my home"
	Young  []Point
	Worker []Point
	From   date.Date // first day of the axis; the first point's where unknown or later
	To     date.Date // last day of the axis; the last point's where unknown or earlier
	Months bool      // writes the first and the last month under the lines
	Words  Words
}

// Point is one reading by one voice. Two points of one voice on one day (two
// people at once) are both drawn.
type Point struct {
	Day   date.Date
	State conversation.State
	Value int // 1–5 where State is Answered
}

// Measures of the drawing, in its own units.
const (
	pathWidth  = 288.0
	edge       = 14.0 // from the side to the first and last day
	topLine    = 12.0 // of the answer 5
	lineGap    = 15.0
	stateGap   = 17.0 // from the answer 1 down to the states, and between their rows
	radius     = 5.0
	nudge      = 11.0 // between signs that would cover one another
	monthSpace = 20.0
)

// idPattern is what may begin an id: safe in every attribute and selector.
var idPattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`)

// Path draws the chart. It refuses an id that is none, a point without a day and
// an answer outside 1–5, because each would draw something that is not so.
func Path(c PathChart) (template.HTML, error) {
	if err := c.check(); err != nil {
		return "", err
	}
	return draw("path", c.view())
}

func (c PathChart) check() error {
	if !idPattern.MatchString(c.ID) {
		return fmt.Errorf("chart %q: the id %q must begin with a letter and hold letters, digits, hyphens and underscores", c.Title, c.ID)
	}
	for _, series := range [][]Point{c.Young, c.Worker} {
		for _, p := range series {
			if err := p.check(); err != nil {
				return fmt.Errorf("chart %q: %w", c.Title, err)
			}
		}
	}
	return nil
}

func (p Point) check() error {
	if p.Day.Time().IsZero() {
		return fmt.Errorf("a point has no day (%q)", p.Day)
	}
	if !slices.Contains(conversation.States, p.State) {
		return fmt.Errorf("the point of %s has an unknown state %q", p.Day, p.State)
	}
	if p.State == conversation.Answered && (p.Value < 1 || p.Value > 5) {
		return fmt.Errorf("the answer of %s is %d, not 1 to 5", p.Day, p.Value)
	}
	return nil
}

// Description says in words what the drawing shows, for who does not see it. The
// table beside the chart says it in full.
func (c PathChart) Description() string {
	return c.describe(c.Words.young(), c.Young) + " " + c.describe(c.Words.worker(), c.Worker)
}

func (c PathChart) describe(who string, series []Point) string {
	said := spoken(series)
	if len(said) == 0 {
		return capital(who) + ": " + c.Words.state(conversation.NotTalkedAbout) + "."
	}
	var parts []string
	for _, p := range said {
		parts = append(parts, p.Day.Long()+", "+c.Words.Of(p))
	}
	return capital(who) + ": " + strings.Join(parts, "; ") + "."
}

// spoken is a series by day, without what was not talked about. Points of one day
// keep their order.
func spoken(series []Point) []Point {
	said := slices.DeleteFunc(slices.Clone(series), func(p Point) bool { return p.State == conversation.NotTalkedAbout })
	slices.SortStableFunc(said, func(a, b Point) int { return strings.Compare(string(a.Day), string(b.Day)) })
	return said
}

// PathRow is a row of the table that stands beside the chart.
type PathRow struct {
	Day    date.Date
	Young  []string // what was said on that day, in words; empty where nothing was
	Worker []string
}

// PathTable gives the rows of the table beside the chart, latest first.
func PathTable(c PathChart) []PathRow {
	rows := map[date.Date]*PathRow{}
	at := func(d date.Date) *PathRow {
		if rows[d] == nil {
			rows[d] = &PathRow{Day: d}
		}
		return rows[d]
	}
	for _, p := range spoken(c.Young) {
		row := at(p.Day)
		row.Young = append(row.Young, c.Words.Of(p))
	}
	for _, p := range spoken(c.Worker) {
		row := at(p.Day)
		row.Worker = append(row.Worker, c.Words.Of(p))
	}
	list := make([]PathRow, 0, len(rows))
	for _, row := range rows {
		list = append(list, *row)
	}
	slices.SortFunc(list, func(a, b PathRow) int { return strings.Compare(string(b.Day), string(a.Day)) })
	return list
}

func capital(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
