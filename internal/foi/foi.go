// Package foi is the answer that every council is asked for under the Freedom
// of Information Act: of the children looked after in a year, how many were
// identified as trafficked, how many suspected, how many unaccompanied, how many
// both, and of each how many went missing, how often, and who still was.
//
// It counts what it is given, says how it counts, and makes the answer fit to
// publish. Collecting the facts is the work of the service; no database, no
// page and no identity of a child beyond an opaque id belongs here.
package foi

import (
	"stablefutures/internal/date"
	"stablefutures/internal/disclosure"
)

// Codes of a period, as in SSDA903's missing table.
const (
	Missing = "M"
	Absent  = "A" // away from placement without authorisation
)

// Where the base was taken from.
const (
	SourceSSDA903 = "ssda903"
	SourceAnnexA  = "annex-a/list-8"
)

// Input is everything that the answer is counted from.
type Input struct {
	YearEnding  date.Date // 31 March
	Source      string    // SourceSSDA903 or SourceAnnexA
	Fictional   bool      // the children were made up
	LookedAfter []string  // the base: ids of children; one given twice counts once
	// Members of the groups by id. Who is not in the base is not counted.
	Identified, Suspected, UASC map[string]bool
	Periods                     []Period
	NoMissing                   bool // no return that tells of periods was read
	// NoBase: no return tells who was looked after. Then nothing is known, which is
	// not none.
	NoBase     bool
	Unfinished bool     // the year has not ended
	Notes      []string // what whoever reads the numbers must know, in plain words
	// Within are sets, told of elsewhere, in which every suspected child is.
	Within []Set
}

// Set is how many are in a set of young people that other tables tell of.
type Set struct {
	Size int
	// Told: the size is known to everybody, so that it must not be told how many
	// are in the set beside those of the answer, where they are few.
	Told bool
}

// Period is one time that a child was missing or absent, of any year.
type Period struct {
	Child string
	Code  string    // Missing or Absent; periods of another code are not counted
	Began date.Date // a period without a start is not counted
	Ended date.Date // unknown: had not ended when the return was made
}

// part is one of the six sorts of children that share the base out; each child
// is in exactly one, and each group is the sum of some of them. Nobody is shown
// them: they are what makes the numbers of the groups hang together.
type part int

const (
	identifiedUASC part = iota
	identifiedOther
	suspectedUASC
	suspectedOther
	uascOnly
	neither
	parts
)

// measure is one number of a group.
type measure int

const (
	children measure = iota
	wentMissing
	missingEpisodes
	stillMissing
	childrenAbsent
	absences
	measures
)

// tally holds, part by part, each measure of the answer.
type tally [parts][measures]int

// Count counts. It does not look at the clock, and the order of what it is
// given does not matter.
//
// Two periods of one child with the same code and the same start are one period:
// so it comes out when two records of one child were linked, or two returns tell
// the same thing. The later of two ends holds; an end that is known holds
// against one that is not, because a blank only says "not over yet".
func Count(in Input) Answer {
	var t tally
	at := map[string]part{}
	for _, child := range in.LookedAfter {
		if _, seen := at[child]; !seen {
			at[child] = partOf(in, child)
			t[at[child]][children]++
		}
	}
	seen := map[string]*[measures]int{} // what each child has added so far
	for _, p := range distinct(in.Periods) {
		k, inBase := at[p.Child]
		if !inBase || !MissingInYear(p.Began, p.Ended, in.YearEnding) {
			continue
		}
		if seen[p.Child] == nil {
			seen[p.Child] = new([measures]int)
		}
		addPeriod(&t[k], seen[p.Child], p, in.YearEnding)
	}
	return newAnswer(in, t)
}

func partOf(in Input, child string) part {
	switch uasc := in.UASC[child]; {
	case in.Identified[child] && uasc:
		return identifiedUASC
	case in.Identified[child]:
		return identifiedOther
	case in.Suspected[child] && uasc:
		return suspectedUASC
	case in.Suspected[child]:
		return suspectedOther
	case uasc:
		return uascOnly
	}
	return neither
}

// addPeriod counts the period, and the child where it is the first of its sort.
func addPeriod(total, child *[measures]int, p Period, yearEnding date.Date) {
	once := func(m measure) {
		if child[m] == 0 {
			child[m] = 1
			total[m]++
		}
	}
	switch p.Code {
	case Missing:
		total[missingEpisodes]++
		once(wentMissing)
		if MissingAtEnd(p.Began, p.Ended, yearEnding) {
			once(stillMissing)
		}
	case Absent:
		total[absences]++
		once(childrenAbsent)
	}
}

// distinct leaves one period for each child, code and start.
func distinct(periods []Period) []Period {
	type key struct {
		child, code string
		began       date.Date
	}
	where := map[key]int{}
	var out []Period
	for _, p := range periods {
		k := key{p.Child, p.Code, p.Began}
		i, ok := where[k]
		if !ok {
			where[k] = len(out)
			out = append(out, p)
			continue
		}
		out[i].Ended = max(out[i].Ended, p.Ended)
	}
	return out
}

// groupParts says which parts make up each group, in the order of the answer.
var groupParts = []struct {
	id    string
	parts []part
}{
	{Identified, []part{identifiedUASC, identifiedOther}},
	{Suspected, []part{suspectedUASC, suspectedOther}},
	{UASC, []part{identifiedUASC, suspectedUASC, uascOnly}},
	{Both, []part{identifiedUASC, suspectedUASC}},
}

func (t tally) sum(m measure, of ...part) int {
	n := 0
	for _, k := range of {
		n += t[k][m]
	}
	return n
}

func newAnswer(in Input, t tally) Answer {
	a := Answer{
		YearEnding: in.YearEnding,
		Base: Base{
			LookedAfter: disclosure.Number(t.sum(children, allParts()...)),
			Source:      in.Source,
			Fictional:   in.Fictional,
		},
		Suppressed:  []string{},
		Definitions: Definitions(),
		NoMissing:   in.NoMissing,
		NoBase:      in.NoBase,
		Unfinished:  in.Unfinished,
		Notes:       append([]string{}, in.Notes...),
		tally:       &t,
		within:      in.Within,
	}
	for _, g := range groupParts {
		group := Group{ID: g.id}
		for m := range measures {
			*group.cell(m) = disclosure.Number(t.sum(m, g.parts...))
			if in.NoBase || in.NoMissing && m != children {
				*group.cell(m) = disclosure.Cell{Why: disclosure.NotAvailable}
			}
		}
		a.Groups = append(a.Groups, group)
	}
	if in.NoBase {
		a.Base.LookedAfter = disclosure.Cell{Why: disclosure.NotAvailable}
	}
	return a
}

func allParts() []part {
	return []part{identifiedUASC, identifiedOther, suspectedUASC, suspectedOther, uascOnly, neither}
}
