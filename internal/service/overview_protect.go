package service

import (
	"maps"
	"strconv"
	"strings"

	"stablefutures/internal/disclosure"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
)

// What may leave the case level, and why nobody can work out more.
//
// A reader knows what the words mean, and so what holds between the numbers. The
// models below hold all of it: whatever numbers fit a model, there could be young
// people of whom they are true. So they are made from the definitions:
//
//   - Who is on the register is suspected or referred; who is referred is at one
//     stage; who waits for a decision waits in one band. Types and last
//     conversations are independent of that.
//   - Who never had a conversation has talked about nothing. Otherwise what somebody
//     says of one outcome says nothing of what they say of another, so that each
//     outcome has a model of its own.
//   - On an outcome everybody spoke (gave an answer when they last talked about
//     it), or last said one of the states, or has not talked about it. Who answered
//     at any time are those who spoke and some of those in a state: each of them
//     moved up, stayed, moved down or answered on one day only, and for each the
//     voices can be told apart or not. Who stands at the lowest answer has not
//     moved up, who stands at the highest not down.
//   - Who spoke on an indicator has answered on its outcome; who spoke on an outcome
//     spoke on at least one of its indicators; who is in a state does not speak on
//     all of them.
//   - The suspected of the answer are among those of the register, in each year.
//
// What only some of this would tell is not published: of an indicator no more than
// how many spoke, and of few people nothing but how many they are.

// published are the numbers of an overview as they may leave. A change of one
// number costs no more than the block that it stands in.
func (s *Service) published(o Overview, exact figures) (map[string]disclosure.Cell, error) {
	protect := func(block string, of string, model func() *disclosure.Model) map[string]disclosure.Cell {
		name := "published/" + o.Authority.Code + "/" + o.Edition.ID + "/" + block
		cells, err := kept(&s.figures, name, of, func() (map[string]disclosure.Cell, error) { return disclosure.Protect(model(), profile) })
		if err != nil {
			return nil // the counts contradict each other: nothing of this may leave
		}
		return cells
	}
	publish := func() (map[string]disclosure.Cell, error) { return exact.publish(o.Edition, protect), nil }
	if !mayKeep(o.Year, o.Today) {
		return publish()
	}
	return since(&s.figures, "published now/"+o.name(), exact.at, publish)
}

// protecting works out what may be seen of one model, or takes it from where it
// was kept; of are all numbers that the model is made from. Nil where the numbers
// contradict each other.
type protecting func(block, of string, model func() *disclosure.Model) map[string]disclosure.Cell

// publish decides what is published of all numbers. What it leaves out is not
// told.
func (f figures) publish(edition *framework.Edition, protect protecting) map[string]disclosure.Cell {
	cells := map[string]disclosure.Cell{}
	f.publishReviews(cells)
	all := f.n["register"]
	cells["register"] = disclosure.Number(all)
	switch {
	case all == 0:
		for id := range f.n {
			if _, done := cells[id]; !done && !strings.HasPrefix(id, "review") {
				cells[id] = disclosure.Number(0) // nobody is there, so that nobody is anything
			}
		}
		return cells
	case all <= profile.Small:
		cells["register"] = disclosure.Cell{Why: disclosure.Small}
		return cells
	case all < profile.MinBase:
		return cells
	}
	block := func(name, of string, ids []string, model func() *disclosure.Model) {
		found := protect(name, of, model)
		for _, id := range ids[1:] {
			cells[id] = orKeptBack(found, id)
		}
	}
	block("register", f.numbers(registerIDs())+f.suspectedText(), registerIDs(), f.registerModel)
	block("types", f.numbers(typeIDs()), typeIDs(), f.typeModel)
	block("talks", f.numbers(talkIDs()), talkIDs(), f.talkModel)
	if f.n["talked"] < profile.MinBase {
		return cells
	}
	never := cells["talk/never"].Shown
	for _, o := range edition.Outcomes() {
		maps.Copy(cells, f.publishOutcome(o, never, protect))
	}
	return cells
}

// numbers are counts in one text, for telling whether any of them changed.
func (c counts) numbers(ids []string) string {
	var b []byte
	for _, id := range ids {
		b = append(strconv.AppendInt(b, int64(c.n[id]), 10), ' ')
	}
	return string(b)
}

func (f figures) suspectedText() string {
	var b []byte
	for _, n := range f.suspected {
		b = append(strconv.AppendInt(b, int64(n), 10), ',')
	}
	return string(b)
}

// The numbers of each block, the register before them.

func registerIDs() []string {
	ids := []string{"register", "referred", "stage/suspected"}
	ids = append(ids, under("stage/", referredStages())...)
	return append(append(ids, waitingIDs(register.StageWaitingReasonable)...), waitingIDs(register.StageWaitingConclusive)...)
}

func typeIDs() []string {
	return append([]string{"register"}, under("type/", optionIDs(register.TypeGroups()))...)
}

func talkIDs() []string {
	return append([]string{"register", "talked", "talk/never"}, under("talk/", talkBands)...)
}

// under are ids with what they begin with.
func under(prefix string, ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = prefix + id
	}
	return out
}

// modeller makes a model from counts.
type modeller struct {
	counts
	*disclosure.Model

	part  string                     // stands before each id, where a model holds several sets of counts
	known map[string]disclosure.Cell // where these counts were published before: what is seen of them
}

// Sum tells that a total is the sum of parts, of this set of counts.
func (m modeller) Sum(total string, parts ...string) {
	m.Model.Sum(m.part+total, under(m.part, parts)...)
}

func (c counts) model() modeller {
	m := modeller{counts: c, Model: &disclosure.Model{}}
	m.Add(disclosure.Count{ID: "register", Value: c.n["register"], Sort: disclosure.Public})
	return m
}

// show adds numbers that stand in a table; those of greater worth are hidden last.
func (m modeller) show(worth int, ids ...string) {
	for _, id := range ids {
		m.Add(disclosure.Count{ID: m.part + id, Value: m.n[id], Sort: m.sortOf(id), Keep: worth})
	}
}

// sortOf is what a number of a table is: known already, and not to be hidden any more,
// where it was published before.
func (m modeller) sortOf(id string) disclosure.Sort {
	switch {
	case m.known == nil:
		return disclosure.Shown
	case m.known[id].Shown:
		return disclosure.Public
	}
	return disclosure.Implied
}

// hide adds a number that stands nowhere, and how much it is.
func (m modeller) hide(sort disclosure.Sort, id string, value int) {
	m.Add(disclosure.Count{ID: m.part + id, Value: value, Sort: sort})
}

// typeModel: everybody on the register has one type.
func (f figures) typeModel() *disclosure.Model {
	m := f.model()
	ids := typeIDs()
	m.show(0, ids[1:]...)
	m.Sum("register", ids[1:]...)
	return m.Model
}

// talkModel: everybody on the register has had a conversation or not.
//
// In another set of numbers those who never had one may be as many as they are, or
// just not few any more: no outcome knows of more who have not talked about it.
func (f figures) talkModel() *disclosure.Model {
	m := f.model()
	m.show(2, "talked", "talk/never")
	m.show(0, under("talk/", talkBands)...)
	m.Sum("register", "talked", "talk/never")
	m.Sum("talked", under("talk/", talkBands)...)
	m.hide(disclosure.Public, "never at most", max(f.n["talk/never"], profile.Small+1))
	m.AtLeast("never at most", "talk/never")
	return m.Model
}

// registerModel: stages, waiting times, and the suspected of each year's answer,
// who are some of those on the register: how many of these are in no answer may not
// be told either.
//
// In another set of numbers nobody is suspected less than is so, because an answer
// may tell of them all; but where few were referred, those may be more.
func (f figures) registerModel() *disclosure.Model {
	m := f.model()
	suspected, referred := f.n["stage/suspected"], f.n["referred"]
	m.show(3, "referred", "stage/suspected")
	m.show(1, under("stage/", referredStages())...)
	m.Sum("register", "referred", "stage/suspected")
	m.Sum("referred", under("stage/", referredStages())...)
	floor := suspected
	if referred > 0 && referred <= profile.Small {
		floor = max(0, f.n["register"]-profile.Small-1)
	}
	m.hide(disclosure.Public, "suspected at least", min(floor, suspected))
	m.AtLeast("stage/suspected", "suspected at least")
	for n, among := range f.suspected {
		id := "suspected in answer " + strconv.Itoa(n)
		m.hide(disclosure.Public, id, among)
		m.Complement("stage/suspected", id)
	}
	for _, stage := range []register.Stage{register.StageWaitingReasonable, register.StageWaitingConclusive} {
		ids := waitingIDs(stage)
		m.show(0, ids...)
		m.Sum("stage/"+string(stage), ids...)
	}
	return m.Model
}

// publishReviews adds who took part in reviews. Of few people on the register it
// is not told.
func (f figures) publishReviews(cells map[string]disclosure.Cell) {
	for _, who := range []string{"register", "others"} {
		total, parts := "reviews-"+who, under("review-"+who+"/", []string{"took-part", "did-not"})
		if _, read := f.n[total]; !read || who == "register" && f.n["register"] > 0 && f.n["register"] < profile.MinBase {
			continue
		}
		m := modeller{counts: f.counts, Model: &disclosure.Model{}}
		m.show(1, total)
		m.show(0, parts...)
		m.Sum(total, parts...)
		found, _ := disclosure.Protect(m.Model, profile) // the total was added up from its parts
		maps.Copy(cells, found)
	}
}
