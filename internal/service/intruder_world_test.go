package service

import (
	"math/rand/v2"
	"slices"

	"stablefutures/internal/conversation"
	"stablefutures/internal/register"
)

// person is one child of a made-up council.
type person struct {
	who, typ, talk  kind
	missing, absent kind
	said            map[string]kind // by outcome; empty where they never talked
}

// world is a made-up council and how its people can be.
type world struct {
	now    bool // by which rule both voices count
	read   bool // a return of the year was read; otherwise other years answer for it
	who    []kind
	sayers map[string][]kind // by outcome
	all    []respect
	people []person
}

var outcomesOfWorld = map[string]int{"home": 2, "hope": 1}

func newWorld(now bool) *world {
	w := &world{now: now, who: whoKinds(), sayers: map[string][]kind{}}
	for outcome, indicators := range outcomesOfWorld {
		w.sayers[outcome] = sayingKinds(outcome, indicators, now)
	}
	w.all = w.respects()
	return w
}

// populate makes up a council: so many on the register, and so many other
// children; how likely each way to be is differs from council to council, so that
// some are rare and some are everybody's. Some councils are of the shapes in which
// numbers that stand far apart hang together.
func (w *world) populate(random *rand.Rand, onRegister, others int) {
	w.people = nil
	shape := shapes[random.IntN(len(shapes))]
	which := func(kinds []kind, is func(kind) bool) func() kind {
		any := skewed(random, kinds)
		if kinds = slices.DeleteFunc(slices.Clone(kinds), func(k kind) bool { return !is(k) }); len(kinds) == 0 {
			return any
		}
		typical := skewed(random, kinds)
		return func() kind {
			if random.Float64() < shape.share {
				return typical()
			}
			return any()
		}
	}
	pickWho := which(slices.DeleteFunc(slices.Clone(w.who), func(k kind) bool { return !k.open }), shape.who)
	pickOther := skewed(random, slices.DeleteFunc(slices.Clone(w.who), func(k kind) bool { return k.open }))
	pickType, pickTalk := skewed(random, typeKinds()), which(talkKinds(), shape.talk)
	pickSaid := map[string]func() kind{}
	for _, outcome := range sorted(w.sayers) {
		pickSaid[outcome] = which(w.sayers[outcome], shape.said)
	}
	for range onRegister {
		p := person{who: pickWho(), typ: pickType(), talk: pickTalk(), said: map[string]kind{}}
		if p.talk.band != "never" {
			for _, outcome := range sorted(w.sayers) {
				p.said[outcome] = pickSaid[outcome]()
			}
		}
		w.people = append(w.people, p)
	}
	for range others {
		w.people = append(w.people, person{who: pickOther()})
	}
	often := random.Float64() * 0.8
	times := func() (n int) {
		for n < 9 && random.Float64() < often {
			n++
		}
		return n
	}
	for i := range w.people {
		p := &w.people[i]
		if n := times(); n > 0 && p.who.year.lookedAfter {
			p.missing = missingKinds(p.who)[2*n-random.IntN(2)]
		}
		if n := times(); p.who.year.lookedAfter {
			p.absent = absentKinds(p.who)[n]
		}
	}
}

func sorted[T any](m map[string]T) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// skewed picks mostly among a few kinds, and now and then any.
func skewed(random *rand.Rand, kinds []kind) func() kind {
	few := []kind{}
	for range 1 + random.IntN(6) {
		few = append(few, kinds[random.IntN(len(kinds))])
	}
	stray := random.Float64() * 0.5
	return func() kind {
		if random.Float64() < stray {
			return kinds[random.IntN(len(kinds))]
		}
		return few[random.IntN(len(few))]
	}
}

// shape is what most people of a council are like.
type shape struct {
	share           float64
	who, talk, said func(kind) bool
}

var shapes = func() []shape {
	anybody := func(kind) bool { return true }
	suspected := func(k kind) bool {
		return k.entry.State() == register.Suspected && k.year.lookedAfter && !k.year.factor
	}
	talked := func(k kind) bool { return k.band != "never" }
	spoke := func(k kind) bool { return k.said.outcome.State == conversation.Answered && k.said.voices != "" }
	at := func(end string) func(kind) bool {
		return func(k kind) bool {
			return k.said.outcome.Now() == end && k.said.outcome.Moved() == "once" && k.said.voices == "together"
		}
	}
	return []shape{
		{0, anybody, anybody, anybody},
		{0, anybody, anybody, anybody},
		{0.9, suspected, talked, spoke}, // nearly all suspected of the register are in the answer, nearly all have talked about everything
		{0.6, suspected, talked, anybody},
		{0.85, anybody, talked, at("1")}, // nearly all stand at an end, so that hardly anybody can have moved there
		{0.85, anybody, talked, at("5")},
	}
}()

// exact are all numbers, counted person by person.
func (w *world) exact() map[string]int {
	n := map[string]int{}
	for _, p := range w.people {
		for _, k := range w.parts(p) {
			for _, id := range k.ids {
				n[id]++
			}
		}
	}
	return n
}

// parts are the ways in which a person is.
func (w *world) parts(p person) []kind {
	list := []kind{p.who, p.missing, p.absent}
	if p.who.open {
		list = append(list, p.typ, p.talk)
		for _, outcome := range sorted(p.said) {
			list = append(list, p.said[outcome])
		}
	}
	return list
}
