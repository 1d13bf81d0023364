package foi

import (
	"strconv"

	"stablefutures/internal/disclosure"
)

// Published is the answer fit to leave the case level: small numbers are hidden,
// and so are the others from which one could be worked out. What an answer lacks
// stays lacking. An answer that is published already comes back as it is.
func Published(a Answer, profile disclosure.Profile) Answer {
	if a.tally == nil {
		return a
	}
	cells, err := disclosure.Protect(a.model(profile), profile)
	if err != nil {
		// The model is made from one tally, so that it cannot contradict itself;
		// if it ever does, nothing may leave.
		cells = map[string]disclosure.Cell{}
	}
	out := a
	out.Published, out.tally, out.within, out.Suppressed, out.Groups = true, nil, nil, []string{}, nil
	if a.Base.LookedAfter.Shown {
		out.Base.LookedAfter = out.take(cells, basePath)
	}
	for _, g := range a.Groups {
		published := Group{ID: g.ID}
		for m := range measures {
			*published.cell(m) = *g.cell(m)
			if g.cell(m).Shown {
				*published.cell(m) = out.take(cells, groupPath(g.ID, m))
			}
		}
		out.Groups = append(out.Groups, published)
	}
	return out
}

// take is the cell of a path, which is listed where it is kept back.
func (a *Answer) take(cells map[string]disclosure.Cell, path string) disclosure.Cell {
	cell, ok := cells[path]
	if !ok {
		cell = disclosure.Cell{Why: disclosure.Secondary}
	}
	if cell.Suppressed() {
		a.Suppressed = append(a.Suppressed, path)
	}
	return cell
}

// model is every number of the answer and what holds between them. The six parts
// stand in no table, but some could be worked out from the groups; neither they
// nor what a number lacks of its whole may be told where small.
//
// Any numbers of the parts that hold together can be so of children, and those of
// the groups follow from them, so that nothing else is known to anybody.
func (a Answer) model(profile disclosure.Profile) *disclosure.Model {
	m := &disclosure.Model{}
	known := a.knownMeasures()
	m.Add(disclosure.Count{ID: onePath, Value: 1, Sort: disclosure.Public})
	for k := range parts {
		of := known
		if k == neither {
			of = known[:1] // who is in no group is only counted
		}
		for _, measure := range of {
			m.Add(disclosure.Count{ID: partPath(k, measure), Value: a.tally[k][measure], Sort: disclosure.Implied})
		}
		if len(of) > 1 {
			a.holdTogether(m, k)
		}
	}
	const keepBase, keepChildren = 5, 2
	m.Add(disclosure.Count{ID: basePath, Value: a.tally.sum(children, allParts()...), Keep: keepBase})
	m.Sum(basePath, partPaths(children, allParts())...)
	for _, g := range groupParts {
		for _, measure := range known {
			count := disclosure.Count{ID: groupPath(g.id, measure), Value: a.tally.sum(measure, g.parts...)}
			if measure == children {
				count.Keep = keepChildren
			}
			m.Add(count)
			m.Sum(count.ID, partPaths(measure, g.parts)...)
		}
		if len(known) > 1 {
			lacking(m, func(x measure) string { return groupPath(g.id, x) })
		}
	}
	a.bound(m, profile)
	return m
}

// onePath is the number 1, which everybody knows.
const onePath = "one"

// holdTogether tells what holds between the measures of one part: what lacking
// says; whoever went missing did so at least once; and where there was a period,
// at least one child had it.
//
// The last is no equation. It is kept by two that are stricter: a part in which
// somebody went missing keeps one who did; in a part in which nobody did, a child
// who might have had but one period.
func (a Answer) holdTogether(m *disclosure.Model, k part) {
	lacking(m, func(x measure) string { return partPath(k, x) })
	for _, pair := range [][2]measure{{wentMissing, missingEpisodes}, {childrenAbsent, absences}} {
		who, times := partPath(k, pair[0]), partPath(k, pair[1])
		if a.tally[k][pair[0]] == 0 {
			m.Sum(times, who)
			continue
		}
		m.AtLeast(who, onePath)
		m.AtLeast(times, who)
	}
}

// lacking adds what measures of one group or part lack of those that they are
// part of: who did not go missing, who was found, who was not absent.
func lacking(m *disclosure.Model, path func(measure) string) {
	m.Complement(path(children), path(wentMissing))
	m.Complement(path(wentMissing), path(stillMissing))
	m.Complement(path(children), path(childrenAbsent))
}

// bound adds that the suspected are within sets that other tables tell of. A set
// that is small itself is kept back where it is told of, and may well be larger.
func (a Answer) bound(m *disclosure.Model, profile disclosure.Profile) {
	suspected := groupPath(Suspected, children)
	for n, set := range a.within {
		id := "within/" + strconv.Itoa(n)
		told := set.Told && set.Size > profile.Small
		m.Add(disclosure.Count{ID: id, Value: max(set.Size, profile.Small+1), Sort: disclosure.Public})
		if told {
			m.Complement(id, suspected)
		} else {
			m.AtLeast(id, suspected)
		}
	}
}

// knownMeasures are those that the answer has numbers for.
func (a Answer) knownMeasures() []measure {
	if a.NoMissing {
		return []measure{children}
	}
	var all []measure
	for m := range measures {
		all = append(all, m)
	}
	return all
}

func partPath(k part, m measure) string { return "parts/" + strconv.Itoa(int(k)) + "/" + measureIDs[m] }

func partPaths(m measure, of []part) []string {
	list := make([]string, len(of))
	for i, k := range of {
		list[i] = partPath(k, m)
	}
	return list
}
