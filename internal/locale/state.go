package locale

import "slices"

// States are the states of a translation, in the order of trust.
var States = []State{Machine, Reviewed, Tried}

// Label is the state in words for staff and translators, who also write it so.
func (s State) Label() string {
	switch s {
	case Machine:
		return "made by machine"
	case Reviewed:
		return "reviewed by a translator"
	case Tried:
		return "tried with young people"
	}
	return "as it was first written"
}

// Worse is the state of two texts together: that of the one less looked at. The source
// language needs nobody to look at it, and says nothing of the other.
func Worse(a, b State) State {
	if a == Source || b != Source && slices.Index(States, b) < slices.Index(States, a) {
		return b
	}
	return a
}

// After tells whether a text of one state may be given another. Young people try what a
// translator has reviewed, as it stands; whoever finds a fault may take a state back.
func (s State) After(before State, changed bool) bool {
	return s == Machine || s == Reviewed || s == Tried && !changed && (before == Reviewed || before == Tried)
}
