package conversation

import (
	"cmp"
	"slices"

	"stablefutures/internal/date"
)

// Standing is where one voice stands on one item: an indicator, or an outcome
// with all its indicators. Values are 0 where this voice never answered.
type Standing struct {
	FirstValue  int
	FirstOn     date.Date
	LatestValue int
	LatestOn    date.Date
	State       State // on the latest day on which this voice said anything
	StateOn     date.Date
}

// Now is how the standing counts among the latest readings: "1" to "5", or one
// of the states. Where the latest day holds no answer, an older answer does not
// stand in for it.
func (s Standing) Now() string {
	if s.State == Answered {
		return string(rune('0' + s.LatestValue))
	}
	return string(s.State)
}

// Moved compares the latest answer with the first: "up", "same", "down", or
// "once" where there were answers on one day alone; empty where there were none.
func (s Standing) Moved() string {
	switch {
	case s.LatestValue == 0:
		return ""
	case s.FirstOn == s.LatestOn:
		return "once"
	case s.LatestValue > s.FirstValue:
		return "up"
	case s.LatestValue < s.FirstValue:
		return "down"
	}
	return "same"
}

// StepsApart is by how many steps two latest answers must differ for the voices
// to be called apart: one step is within what two people mean by the same words.
const StepsApart = 2

// Gap is the number of steps between the latest answers of two voices, and
// false where one of them has not answered.
func Gap(a, b Standing) (steps int, ok bool) {
	if a.LatestValue == 0 || b.LatestValue == 0 {
		return 0, false
	}
	return max(a.LatestValue-b.LatestValue, b.LatestValue-a.LatestValue), true
}

// Heads are the readings that stand: those that no other reading replaces. Two
// people who corrected one reading at the same time leave two heads; both are
// kept and both are shown.
func Heads(readings []Reading) []Reading {
	replaced := map[string]bool{}
	for _, r := range readings {
		if r.Replaces != "" {
			replaced[r.Replaces] = true
		}
	}
	heads := make([]Reading, 0, len(readings))
	for _, r := range readings {
		if !replaced[r.ID] {
			heads = append(heads, r)
		}
	}
	return heads
}

// Point is what one voice said of one item on one day.
type Point struct {
	Day   date.Date
	State State
	Value int   // the middle answer of the day (the lower of two); 0 where there was none
	All   []int // every answer of the day, lowest first
}

// Path is what one voice said of one item, day by day: heads of one voice over
// the item's indicators. "Not talked about" leaves no point: it is nothing said.
func Path(heads []Reading) []Point {
	byDay := map[date.Date][]Reading{}
	for _, r := range heads {
		if r.State != NotTalkedAbout {
			byDay[r.SaidOn] = append(byDay[r.SaidOn], r)
		}
	}
	path := make([]Point, 0, len(byDay))
	for day, readings := range byDay {
		path = append(path, point(day, readings))
	}
	slices.SortFunc(path, func(a, b Point) int { return cmp.Compare(a.Day, b.Day) })
	return path
}

// point puts a day's readings together. Where none is an answer, the state that
// was recorded last is the day's.
func point(day date.Date, readings []Reading) Point {
	p := Point{Day: day}
	var last Reading
	for _, r := range readings {
		if r.State == Answered {
			p.All = append(p.All, r.Value)
		}
		if !r.RecordedAt.Before(last.RecordedAt) {
			last = r
		}
	}
	if len(p.All) == 0 {
		p.State = last.State
		return p
	}
	slices.Sort(p.All)
	p.State, p.Value = Answered, p.All[(len(p.All)-1)/2]
	return p
}

// Stand is where a voice stands after its path; false where it said nothing.
func Stand(path []Point) (Standing, bool) {
	if len(path) == 0 {
		return Standing{}, false
	}
	latest := path[len(path)-1]
	s := Standing{State: latest.State, StateOn: latest.Day}
	for _, p := range path {
		if p.State != Answered {
			continue
		}
		if s.FirstValue == 0 {
			s.FirstValue, s.FirstOn = p.Value, p.Day
		}
		s.LatestValue, s.LatestOn = p.Value, p.Day
	}
	return s, true
}
