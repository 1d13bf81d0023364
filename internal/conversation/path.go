package conversation

import (
	"cmp"
	"slices"

	"stablefutures/internal/date"
)

// Point is what one voice said of one item on one day.
type Point struct {
	Day   date.Date
	State State
	Value int   // the middle answer of the day (the lower of two); 0 where there was none
	All   []int // every answer of the day that stands, lowest first; several on one indicator where two people wrote at the same time
}

// Path is what one voice said of one item, day by day: heads of one voice over
// the item's indicators. Of one indicator the day's last conversation counts; of
// several indicators, the middle of their answers. "Not talked about" leaves no
// point: it is nothing said.
func Path(heads []Reading) []Point {
	byDay := map[date.Date]map[string][]Reading{}
	for _, r := range heads {
		if r.State == NotTalkedAbout {
			continue
		}
		if byDay[r.SaidOn] == nil {
			byDay[r.SaidOn] = map[string][]Reading{}
		}
		byDay[r.SaidOn][r.Indicator] = append(byDay[r.SaidOn][r.Indicator], r)
	}
	path := make([]Point, 0, len(byDay))
	for day, indicators := range byDay {
		path = append(path, point(day, indicators))
	}
	slices.SortFunc(path, func(a, b Point) int { return cmp.Compare(a.Day, b.Day) })
	return path
}

// point puts a day's readings together. Where none is an answer, the state that
// was recorded last is the day's.
func point(day date.Date, indicators map[string][]Reading) Point {
	p := Point{Day: day}
	var middles []int
	var last Reading
	for _, readings := range indicators {
		readings = lastTalk(readings)
		var answers []int
		for _, r := range readings {
			if r.State == Answered {
				answers = append(answers, r.Value)
			}
			if last.State == "" || later(r, last) {
				last = r
			}
		}
		if len(answers) > 0 {
			middles = append(middles, middle(answers))
			p.All = append(p.All, answers...)
		}
	}
	if len(middles) == 0 {
		p.State = last.State
		return p
	}
	slices.Sort(p.All)
	p.State, p.Value = Answered, middle(middles)
	return p
}

// lastTalk are the readings of the conversation in which the indicator was spoken
// of last.
func lastTalk(readings []Reading) []Reading {
	last := readings[0]
	for _, r := range readings[1:] {
		if later(r, last) {
			last = r
		}
	}
	return slices.DeleteFunc(slices.Clone(readings), func(r Reading) bool { return r.Conversation != last.Conversation })
}

// later tells whether a was recorded after b. What was recorded at one moment is
// ordered by what it says, so that the same readings always give the same path.
func later(a, b Reading) bool {
	return cmp.Or(a.RecordedAt.Compare(b.RecordedAt), cmp.Compare(slices.Index(States, a.State), slices.Index(States, b.State)),
		cmp.Compare(a.Value, b.Value), cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.ID, b.ID)) > 0
}

// middle is the middle of some answers, the lower of two.
func middle(answers []int) int {
	slices.Sort(answers)
	return answers[(len(answers)-1)/2]
}
