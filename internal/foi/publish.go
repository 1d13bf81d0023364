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
	cells, err := disclosure.Protect(a.model(), profile)
	if err != nil {
		// The model is made from one tally, so that it cannot contradict itself;
		// if it ever does, nothing may leave.
		cells = map[string]disclosure.Cell{}
	}
	out := a
	out.Published, out.tally, out.Suppressed, out.Groups = true, nil, []string{}, nil
	out.Base.LookedAfter = out.take(cells, basePath)
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
func (a Answer) model() *disclosure.Model {
	m := &disclosure.Model{}
	known := a.knownMeasures()
	for _, measure := range known {
		for k := range parts {
			m.Add(disclosure.Count{ID: partPath(k, measure), Value: a.tally[k][measure], Sort: disclosure.Implied})
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
		within(m, known, func(x measure) string { return groupPath(g.id, x) }, m.Complement)
	}
	for k := range parts {
		within(m, known, func(x measure) string { return partPath(k, x) }, m.AtLeast)
	}
	return m
}

// within tells what holds between the measures of one group or part: those who
// went missing, or were absent, are some of the children; who was missing at the
// end is one of those who went missing. Whoever went missing did so at least once.
func within(m *disclosure.Model, known []measure, path func(measure) string, some func(whole, part string)) {
	if len(known) == 1 {
		return
	}
	some(path(children), path(wentMissing))
	some(path(wentMissing), path(stillMissing))
	some(path(children), path(childrenAbsent))
	m.AtLeast(path(missingEpisodes), path(wentMissing))
	m.AtLeast(path(absences), path(childrenAbsent))
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
