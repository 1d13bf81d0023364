package conversation

import "stablefutures/internal/date"

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

// Gap is the number of steps between two voices on one indicator, and false
// where one of them does not answer now: an older answer does not stand in for it.
func Gap(a, b Standing) (steps int, ok bool) {
	if a.State != Answered || b.State != Answered {
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
