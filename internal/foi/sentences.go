package foi

import (
	"fmt"
	"strings"

	"stablefutures/internal/disclosure"
)

// Sentences is the answer in words that can stand in a letter: one sentence or
// two for each group, then what the reader must know about the numbers.
// authorityName is written as given.
//
// Where nothing says who was looked after there is nothing to write: nobody may
// read a number that nobody counted. Then there are no sentences at all.
func Sentences(a Answer, authorityName string) []string {
	if a.NoBase {
		return nil
	}
	out := []string{fmt.Sprintf("In the year from %s to %s, %s looked after %s.",
		a.YearEnding.YearBegin().Long(), a.YearEnding.Long(), authorityName, count(a.Base.LookedAfter, "child", "children"))}
	if a.Unfinished {
		out[0] = fmt.Sprintf("The year to %s has not ended: this is what the returns say so far. Since %s, %s has looked after %s.",
			a.YearEnding.Long(), a.YearEnding.YearBegin().Long(), authorityName, count(a.Base.LookedAfter, "child", "children"))
	}
	for _, g := range a.Groups {
		out = append(out, groupSentence(g, a))
	}
	out = append(out, "A child who is both identified or suspected and unaccompanied is counted in each of those groups, so the groups must not be added up.")
	if a.NoMissing {
		out = append(out, "How many of them went missing is not known here: no SSDA903 table of missing periods had been loaded for the year.")
	}
	if a.Base.Source == SourceAnnexA {
		out = append(out, "The children looked after were counted from the council's Annex A list, because no SSDA903 return for the year had been loaded.")
	}
	switch {
	case !a.Published:
		out = append(out, "These are exact numbers. Small ones can identify a child: they are not to be passed on.")
	case len(a.Suppressed) > 0:
		out = append(out, a.Definitions["suppression"])
	}
	if a.Base.Fictional {
		out = append(out, "Everything here is fictional: the council, the children and the numbers were made up.")
	}
	return out
}

// groupWords say what one child, or many, of a group were.
var groupWords = map[string]struct{ one, many string }{
	Identified: {"identified as trafficked or as a victim of modern slavery", "identified as trafficked or as victims of modern slavery"},
	Suspected:  {"suspected to be exploited, and not among those identified", "suspected to be exploited, and not among those identified"},
	UASC:       {"an unaccompanied asylum-seeking child", "unaccompanied asylum-seeking children"},
	Both:       {"both identified or suspected and unaccompanied", "both identified or suspected and unaccompanied"},
}

func groupSentence(g Group, a Answer) string {
	words := groupWords[g.ID]
	switch {
	case a.NoMissing && g.Children == disclosure.Number(1):
		return fmt.Sprintf("1 of them was %s.", words.one)
	case a.NoMissing && !isZero(g.Children):
		return fmt.Sprintf("%s of them were %s.", digits(g.Children), words.many)
	case isZero(g.Children):
		return fmt.Sprintf("None of them were %s.", words.many)
	case g.Children == disclosure.Number(1):
		return fmt.Sprintf("1 of them was %s. %s %s", words.one, missingSentence(g, a), absenceSentence(g))
	}
	return fmt.Sprintf("%s of them were %s. %s %s", digits(g.Children), words.many, missingSentence(g, a), absenceSentence(g))
}

func missingSentence(g Group, a Answer) string {
	if isZero(g.WentMissing) {
		return "None of these went missing in the year."
	}
	s := fmt.Sprintf("Of these, %s went missing, %s in all", digits(g.WentMissing), times(g.MissingEpisodes))
	if isZero(g.StillMissing) {
		return s + fmt.Sprintf("; none were still missing on %s.", a.YearEnding.Long())
	}
	return s + fmt.Sprintf("; still missing on %s: %s.", a.YearEnding.Long(), digits(g.StillMissing))
}

func absenceSentence(g Group) string {
	if isZero(g.ChildrenAbsent) {
		return "None were away without authorisation."
	}
	return fmt.Sprintf("Away without authorisation, which is not counted as missing: %s, %s in all.",
		count(g.ChildrenAbsent, "child", "children"), times(g.Absences))
}

func isZero(c disclosure.Cell) bool { return c.Shown && c.Value == 0 }

func times(c disclosure.Cell) string { return count(c, "time", "times") }

func count(c disclosure.Cell, one, many string) string {
	switch {
	case c.Shown && c.Value == 1:
		return "1 " + one
	case isZero(c):
		return "no " + many
	}
	return digits(c) + " " + many
}

// digits is the number with its thousands apart, or its symbol.
func digits(c disclosure.Cell) string {
	s := c.String()
	if !c.Shown || len(s) <= 3 {
		return s
	}
	lead := len(s) % 3
	groups := make([]string, 0, len(s)/3+1)
	if lead > 0 {
		groups = append(groups, s[:lead])
	}
	for i := lead; i < len(s); i += 3 {
		groups = append(groups, s[i:i+3])
	}
	return strings.Join(groups, ",")
}
