package conversation

import "slices"

// Came is what came of something that a young person asked for, as a reply says it.
// Values are stored.
type Came string

const (
	Done    Came = "done"
	Partly  Came = "partly"
	Working Came = "working"
	Cannot  Came = "cannot"
)

// Cames are all of them, in the order in which they are offered.
var Cames = []Came{Done, Partly, Working, Cannot}

// WhyNot is why something is not, or not wholly, done. Values are stored.
type WhyNot string

const (
	TheLaw    WhyNot = "law"     // the law does not let anybody
	Others    WhyNot = "others"  // other people decide it
	NoneThere WhyNot = "nothing" // there is no place or no money
	NeedsTime WhyNot = "time"
	WouldHarm WhyNot = "unsafe" // it would not be safe for them
)

// WhyNots are all reasons, in the order in which they are offered.
var WhyNots = []WhyNot{TheLaw, Others, NoneThere, NeedsTime, WouldHarm}

// MayHaveWhy tells whether a reply may say why: what is done needs no reason.
func (c Came) MayHaveWhy() bool { return c != Done }

// MayHaveDay tells whether a reply may say by when the rest is done.
func (c Came) MayHaveDay() bool { return c == Partly || c == Working }

// NeedsWhy tells whether a reply must say why: nobody is told no without a reason.
func (c Came) NeedsWhy() bool { return c == Cannot }

// Known tells whether it is one of Cames.
func (c Came) Known() bool { return slices.Contains(Cames, c) }

// Known tells whether it is one of WhyNots.
func (w WhyNot) Known() bool { return slices.Contains(WhyNots, w) }

// Helped is what a young person says of a reply: whether it helped them. Values are
// stored.
type Helped string

const (
	HelpedYes    Helped = "yes"
	HelpedLittle Helped = "little"
	HelpedNo     Helped = "no"
)

// HelpedAnswers are all of them, in the order in which they are offered.
var HelpedAnswers = []Helped{HelpedYes, HelpedLittle, HelpedNo}
