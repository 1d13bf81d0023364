package service

import (
	"strconv"

	"stablefutures/internal/disclosure"
	"stablefutures/internal/framework"
)

// outcomeIDs are the numbers of an outcome that are published, by measure.
type outcomeIDs struct {
	spoke, nothing, answered, both   string
	values, states, moved, distances []string
	indicators                       []string // who spoke on each
}

func idsOf(o framework.Outcome) outcomeIDs {
	ids := outcomeIDs{spoke: o.ID + "/spoke", nothing: o.ID + "/now/nothing", answered: o.ID + "/answered", both: o.ID + "/both",
		values: under(o.ID+"/now/", values), states: under(o.ID+"/now/", states), moved: under(o.ID+"/moved/", movements), distances: under(o.ID+"/apart/", distances)}
	for _, i := range o.Indicators {
		ids.indicators = append(ids.indicators, i.ID+"/spoke")
	}
	return ids
}

func (ids outcomeIDs) all() []string {
	list := []string{"register", "talk/never", ids.spoke, ids.nothing, ids.answered, ids.both}
	for _, more := range [][]string{ids.values, ids.states, ids.moved, ids.distances, ids.indicators} {
		list = append(list, more...)
	}
	return list
}

// publishOutcome is what is published of an outcome: of a measure whose base is
// too small or kept back, nothing but the base.
func (f figures) publishOutcome(o framework.Outcome, neverTold bool, protect protecting) map[string]disclosure.Cell {
	ids := idsOf(o)
	return told(ids, protect(o.ID, f.numbers(ids.all())+strconv.FormatBool(neverTold), func() *disclosure.Model { return f.outcomeModel(ids, neverTold) }))
}

// told are the numbers of an outcome of which was found what may be seen.
func told(ids outcomeIDs, found map[string]disclosure.Cell) map[string]disclosure.Cell {
	cells := make(map[string]disclosure.Cell, len(found)+len(ids.values))
	base := append([]string{ids.spoke, ids.nothing, ids.answered, ids.both}, append(ids.states, ids.indicators...)...)
	for _, id := range base {
		cells[id] = orKeptBack(found, id)
	}
	tell := func(how Telling, list ...string) {
		for _, id := range list {
			switch how {
			case Told:
				cells[id] = orKeptBack(found, id)
			case Nobody:
				cells[id] = disclosure.Number(0)
			case TooFew:
				cells[id] = disclosure.Cell{Why: disclosure.LowBase}
			default:
				cells[id] = disclosure.Cell{Why: disclosure.Secondary}
			}
		}
	}
	tell(telling(cells[ids.spoke]), ids.values...)
	tell(tellingOfMoved(cells[ids.spoke], cells[ids.answered]), ids.moved...)
	tell(telling(cells[ids.both]), ids.distances[0])
	return cells
}

// orKeptBack is a cell that was found, or one that is kept back.
func orKeptBack(found map[string]disclosure.Cell, id string) disclosure.Cell {
	if c, ok := found[id]; ok {
		return c
	}
	return disclosure.Cell{Why: disclosure.Secondary}
}

// What an outcome's numbers are worth to a reader.
const (
	worthOfSpoke    = 3
	worthOfAnswered = 2
	worthOfBase     = 1
)

// outcomeModel is one outcome with who spoke on its indicators.
func (f figures) outcomeModel(ids outcomeIDs, neverTold bool) *disclosure.Model {
	m := f.model()
	m.outcome(ids, neverTold)
	return m.Model
}

// outcome adds one outcome with who spoke on its indicators.
func (m modeller) outcome(ids outcomeIDs, neverTold bool) {
	spoke, answered, both := m.n[ids.spoke], m.n[ids.answered], m.n[ids.both]
	inState := 0
	for _, id := range ids.states {
		inState += m.n[id]
	}
	m.show(worthOfSpoke, ids.spoke)
	m.show(worthOfAnswered, ids.answered)
	m.show(worthOfBase, ids.both, ids.nothing)
	m.show(0, ids.states...)
	m.showOf(spoke, ids.values...)
	m.showOf(answered, ids.moved...)
	m.showOf(both, ids.distances[0])

	// Who spoke, is in a state, has talked about nothing of it.
	m.hide(disclosure.Implied, "in a state", inState)
	m.Sum(ids.spoke, ids.values...)
	m.Sum("in a state", ids.states...)
	m.Sum("register", ids.spoke, "in a state", ids.nothing)

	// Who never had a conversation, and who had but not about this.
	silent := disclosure.Implied
	if !neverTold {
		silent = disclosure.Slack // nobody can tell the two apart
	}
	m.hide(disclosure.Public, "never talked", m.n["talk/never"])
	m.hide(silent, "not of this", m.n[ids.nothing]-m.n["talk/never"])
	m.Sum(ids.nothing, "never talked", "not of this")

	// Who answered at any time: those who spoke, and some of those in a state.
	m.hide(disclosure.Implied, "answered before", answered-spoke)
	m.hide(disclosure.Implied, "never answered", inState-(answered-spoke))
	m.Sum(ids.answered, ids.spoke, "answered before")
	m.Sum("in a state", "answered before", "never answered")
	m.Sum(ids.answered, ids.moved...)
	m.ends(ids, answered)

	// For whom of them the worker has a reading, and how far apart it is.
	m.hide(disclosure.Implied, ids.distances[1], m.n[ids.distances[1]])
	m.hide(disclosure.Implied, "without the worker", answered-both)
	m.Sum(ids.both, ids.distances...)
	m.Sum(ids.answered, ids.both, "without the worker")

	m.indicators(ids, answered, spoke, both)
}

// showOf adds numbers of a base: they are told where it is large enough.
func (m modeller) showOf(base int, ids ...string) {
	for _, id := range ids {
		if base >= profile.MinBase {
			m.show(0, id)
		} else {
			m.hide(disclosure.Implied, id, m.n[id])
		}
	}
}

// ends holds answers and movement together: who stands at the lowest answer has
// not moved up, who stands at the highest has not moved down.
func (m modeller) ends(ids outcomeIDs, answered int) {
	highest, lowest, up, down := ids.values[0], ids.values[4], ids.moved[0], ids.moved[2]
	m.hide(disclosure.Implied, "neither lowest nor up", answered-m.n[lowest]-m.n[up])
	m.hide(disclosure.Implied, "neither highest nor down", answered-m.n[highest]-m.n[down])
	m.Sum(ids.answered, lowest, up, "neither lowest nor up")
	m.Sum(ids.answered, highest, down, "neither highest nor down")
}

// indicators adds who spoke on each, of those who answered on the outcome. All of
// them together are at least those who spoke on the outcome, and those whose worker
// has a reading as well. At least one does not speak for each who is in a state and
// answered before.
func (m modeller) indicators(ids outcomeIDs, answered, spoke, both int) {
	var quiet []string
	said, silent := 0, 0
	for _, id := range ids.indicators {
		m.show(0, id)
		not := id + " not"
		m.hide(disclosure.Implied, not, answered-m.n[id])
		m.Sum(ids.answered, id, not)
		quiet = append(quiet, not)
		said, silent = said+m.n[id], silent+answered-m.n[id]
	}
	m.hide(disclosure.Slack, "said", said)
	m.Sum("said", ids.indicators...)
	m.hide(disclosure.Slack, "said more", said-spoke)
	m.Sum("said", ids.spoke, "said more")
	if said >= both {
		m.hide(disclosure.Slack, "said beside both", said-both)
		m.Sum("said", ids.both, "said beside both")
	}
	m.hide(disclosure.Slack, "not said", silent)
	m.Sum("not said", quiet...)
	m.hide(disclosure.Slack, "not said more", silent-(answered-spoke))
	m.Sum("not said", "answered before", "not said more")
}
