package foi

import (
	"stablefutures/internal/date"
	"stablefutures/internal/disclosure"
)

// Ids of the groups.
const (
	Identified = "identified"
	Suspected  = "suspected"
	UASC       = "uasc"
	Both       = "both"
)

// Answer is the whole answer, exact or as published. Its JSON is the one of
// `stablefutures report foi --json`; a number that is not shown is null.
type Answer struct {
	YearEnding date.Date `json:"year_ending"`
	Base       Base      `json:"base"`
	Groups     []Group   `json:"groups"` // identified, suspected, uasc, both: always all four, in this order
	// Published: small numbers are hidden. An answer that is not published
	// holds exact numbers and is not to be passed on.
	Published bool `json:"published"`
	// Suppressed lists the numbers that are kept back, in the order in which
	// they stand in the JSON: "base/looked_after", "groups/<id>/<field>".
	// Empty, never null, where nothing is.
	Suppressed  []string          `json:"suppressed"`
	Definitions map[string]string `json:"definitions"`
	// Notes say where the numbers come from and what they lack. Empty, never null.
	Notes []string `json:"notes"`

	// NoMissing: no return says who went missing, so that those numbers are not
	// available; they are not zeros.
	NoMissing bool `json:"-"`
	// NoBase: no return says who was looked after; nothing is known at all.
	NoBase bool `json:"-"`
	// Unfinished: the year has not ended, so that the numbers are of its part.
	Unfinished bool `json:"-"`

	tally  *tally // what it was counted from; nil in a published answer
	within []Set
}

// Base is who is counted.
type Base struct {
	LookedAfter disclosure.Cell `json:"looked_after"`
	Source      string          `json:"source"` // SourceSSDA903 or SourceAnnexA
	Fictional   bool            `json:"fictional"`
}

// Group is the numbers of one group of children of the base.
type Group struct {
	ID              string          `json:"id"`
	Children        disclosure.Cell `json:"children"`
	WentMissing     disclosure.Cell `json:"went_missing"`
	MissingEpisodes disclosure.Cell `json:"missing_episodes"`
	StillMissing    disclosure.Cell `json:"still_missing"`
	ChildrenAbsent  disclosure.Cell `json:"children_absent"`
	Absences        disclosure.Cell `json:"absences"`
}

// measureIDs are the fields of a group in the JSON, in its order.
var measureIDs = [measures]string{
	children: "children", wentMissing: "went_missing", missingEpisodes: "missing_episodes",
	stillMissing: "still_missing", childrenAbsent: "children_absent", absences: "absences",
}

func (g *Group) cell(m measure) *disclosure.Cell {
	return [measures]*disclosure.Cell{
		children: &g.Children, wentMissing: &g.WentMissing, missingEpisodes: &g.MissingEpisodes,
		stillMissing: &g.StillMissing, childrenAbsent: &g.ChildrenAbsent, absences: &g.Absences,
	}[m]
}

// Group finds a group by its id, and false where there is none of that id.
func (a Answer) Group(id string) (Group, bool) {
	for _, g := range a.Groups {
		if g.ID == id {
			return g, true
		}
	}
	return Group{}, false
}

// basePath is the base as it stands in Suppressed.
const basePath = "base/looked_after"

func groupPath(group string, m measure) string {
	return "groups/" + group + "/" + measureIDs[m]
}
