package chart

import (
	"strconv"
	"strings"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
)

// pathView is a PathChart laid out: everything the template writes.
type pathView struct {
	ID, Title, Desc string
	Width, Height   float64
	Grid            []gridLine
	YoungLine       string // points of a polyline; empty where fewer than two
	WorkerLine      string
	Marks           []mark
	Months          []label
}

type gridLine struct{ X1, X2, Y float64 }

// mark is one sign of the drawing.
type mark struct {
	Kind   Sign
	X, Y   float64
	Framed bool // a state of the worker's stands in a square
}

type label struct {
	X, Y   float64
	Anchor string
	Text   string
}

func (c PathChart) view() pathView {
	young, worker := spoken(c.Young), spoken(c.Worker)
	a := newAxis(c.From, c.To, young, worker)
	youngAt, workerAt := a.places(young, youngStates), a.places(worker, workerStates)
	v := pathView{ID: c.ID, Title: c.Title, Desc: c.Description(), Width: pathWidth}
	for value := 1; value <= 5; value++ {
		v.Grid = append(v.Grid, gridLine{4, pathWidth - 4, rowY(value)})
	}
	v.YoungLine, v.WorkerLine = line(young, youngAt), line(worker, workerAt)
	v.Marks = marks(young, youngAt, worker, workerAt)
	v.Height = rowY(1) + stateGap + radius + 5
	if hasState(worker) {
		v.Height += stateGap
	}
	if c.Months && a.known() {
		v.Height += monthSpace
		v.Months = a.months(v.Height - 6)
	}
	return v
}

// The rows under the lines hold the states.
const (
	youngStates  = 0
	workerStates = -1
)

// rowY is the height of an answer's line (1 to 5) or of a row of states.
func rowY(row int) float64 {
	if row >= 1 {
		return topLine + float64(5-row)*lineGap
	}
	return topLine + 4*lineGap + float64(1-row)*stateGap
}

// axis turns days into places.
type axis struct{ from, to date.Date }

func newAxis(from, to date.Date, series ...[]Point) axis {
	a := axis{from, to}
	for _, points := range series {
		for _, p := range points {
			if !a.from.Known() || p.Day < a.from {
				a.from = p.Day
			}
			if !a.to.Known() || p.Day > a.to {
				a.to = p.Day
			}
		}
	}
	if !a.to.Known() || a.to < a.from {
		a.to = a.from
	}
	return a
}

func (a axis) known() bool { return a.from.Known() && a.to.Known() }

// x is the place of a day; the middle where the axis is one day long.
func (a axis) x(d date.Date) float64 {
	days := a.from.DaysUntil(a.to)
	if days <= 0 {
		return pathWidth / 2
	}
	return edge + (pathWidth-2*edge)*float64(a.from.DaysUntil(d))/float64(days)
}

func (a axis) months(y float64) []label {
	first, last := a.from.Time().Format("Jan 2006"), a.to.Time().Format("Jan 2006")
	if first == last {
		return []label{{pathWidth / 2, y, "middle", first}}
	}
	return []label{{4, y, "start", first}, {pathWidth - 4, y, "end", last}}
}

type at struct{ x, y float64 }

// places puts the points of one voice, states into their row. A second sign in
// the same place goes beside the first, towards the middle of the drawing.
func (a axis) places(points []Point, states int) []at {
	type place struct {
		day date.Date
		row int
	}
	taken := map[place]int{}
	out := make([]at, len(points))
	for i, p := range points {
		row := p.Value
		if p.State != conversation.Answered {
			row = states
		}
		x := a.x(p.Day)
		shift := nudge * float64(taken[place{p.Day, row}])
		if x > pathWidth/2 {
			shift = -shift
		}
		taken[place{p.Day, row}]++
		out[i] = at{min(max(x+shift, edge), pathWidth-edge), rowY(row)}
	}
	return out
}

// line joins the answers of one voice; states are not on it.
func line(points []Point, places []at) string {
	var out []string
	for i, p := range points {
		if p.State == conversation.Answered {
			out = append(out, number(places[i].x)+","+number(places[i].y))
		}
	}
	if len(out) < 2 {
		return ""
	}
	return strings.Join(out, " ")
}

// marks chooses the sign of each point. A worker's answer that equals a young
// person's of the same day is drawn once, as both.
func marks(young []Point, youngAt []at, worker []Point, workerAt []at) []mark {
	var out []mark
	both := make([]bool, len(young))
	for j, p := range worker {
		if i := sameAnswer(p, young, both); i >= 0 {
			both[i] = true
			continue
		}
		m := mark{Kind: signOf(p, SignWorker), X: workerAt[j].x, Y: workerAt[j].y}
		m.Framed = p.State != conversation.Answered
		out = append(out, m)
	}
	for i, p := range young {
		m := mark{Kind: signOf(p, SignYoung), X: youngAt[i].x, Y: youngAt[i].y}
		if both[i] {
			m.Kind = SignBoth
		}
		out = append(out, m)
	}
	return out
}

// sameAnswer finds an answer of the young person's that no other worker's answer
// has been joined to.
func sameAnswer(p Point, young []Point, joined []bool) int {
	for i, y := range young {
		if !joined[i] && p.State == conversation.Answered && y == p {
			return i
		}
	}
	return -1
}

func signOf(p Point, answered Sign) Sign {
	switch p.State {
	case conversation.DoesNotWantToSay:
		return SignDidNotWant
	case conversation.DoesNotKnow:
		return SignDidNotKnow
	case conversation.NotPartOfMyLife:
		return SignNotMyLife
	}
	return answered
}

func hasState(points []Point) bool {
	for _, p := range points {
		if p.State != conversation.Answered {
			return true
		}
	}
	return false
}

// number writes a measure with at most one decimal.
func number(f float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(f, 'f', 1, 64), ".0")
}
