package disclosure

import "slices"

// Profile is one body's rule for publishing small counts. Rules differ by
// publisher and by table, so the rule is data that a caller chooses.
type Profile struct {
	ID       string
	Name     string
	Small    int    // counts from 1 to Small are hidden; 0 is a true zero and is shown
	RoundTo  int    // the other counts are shown to the nearest multiple; 0 for as they are
	Decimals int    // of a percentage
	MinBase  int    // a base under this gives no percentage
	Rule     string // the rule in plain English, to be printed with what it did
}

// profiles restate what the named publishers do. Every one of them is also held
// to what Protect promises, which is more than some of the publishers do.
var profiles = []Profile{
	{
		ID: "default", Name: "Default", Small: 5, Decimals: 1, MinBase: 10,
		Rule: "Numbers from 1 to 5, and others from which these could be worked out, are not published: c stands in their place, so a c may stand for any number. A zero is a true zero.",
	},
	{ // DfE, children in need, data guidance 2020 and 2021: percentages to one decimal
		ID: "dfe-cin", Name: "As the Department for Education publishes children in need", Small: 5, Decimals: 1, MinBase: 10,
		Rule: "Numbers from 1 to 5, and others from which these could be worked out, are shown as c. A zero is a true zero. Percentages have one decimal.",
	},
	{ // DfE, children looked after, placement-location methodology: whole percentages
		ID: "dfe-cla", Name: "As the Department for Education publishes children looked after", Small: 5, Decimals: 0, MinBase: 10,
		Rule: "Numbers from 1 to 5, and others from which these could be worked out, are shown as c. A zero is a true zero. Percentages are whole numbers.",
	},
	{ // NHS England, hospital and emergency care statistics since 2018
		ID: "round5", Name: "Rounded to 5", Small: 7, RoundTo: 5, Decimals: 0, MinBase: 10,
		Rule: "Numbers from 1 to 7 are shown as c; the others are rounded to the nearest 5, so that totals may differ from the sum of their parts. A zero is a true zero.",
	},
	{ // the threshold of 10 that ONS asks of research outputs
		ID: "sector-10", Name: "Nothing under 10", Small: 9, Decimals: 1, MinBase: 10,
		Rule: "Numbers from 1 to 9, and others from which these could be worked out, are shown as c. A zero is a true zero.",
	},
}

// Default is the profile that holds where nobody chose another.
func Default() Profile { return profiles[0] }

// Profiles are all profiles, the default first.
func Profiles() []Profile { return slices.Clone(profiles) }

// ProfileByID finds a profile, and false where there is none of that id.
func ProfileByID(id string) (Profile, bool) {
	i := slices.IndexFunc(profiles, func(p Profile) bool { return p.ID == id })
	if i < 0 {
		return Profile{}, false
	}
	return profiles[i], true
}

func (p Profile) isSmall(n int) bool { return 1 <= n && n <= p.Small }

// rounded is n as the profile shows it; halves go up.
func (p Profile) rounded(n int) int {
	if p.RoundTo <= 1 {
		return n
	}
	return (n + p.RoundTo/2) / p.RoundTo * p.RoundTo
}

// readBack is what a reader who knows the rule knows of a count n that is
// shown: the least and the greatest number that would show the same.
func (p Profile) readBack(n int) (least, most int) {
	if p.RoundTo <= 1 || n == 0 {
		return n, n
	}
	shown := p.rounded(n)
	least = max(shown-p.RoundTo/2, p.Small+1)
	return least, shown - p.RoundTo/2 + p.RoundTo - 1
}
