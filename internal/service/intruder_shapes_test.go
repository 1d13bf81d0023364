package service

import (
	"slices"
	"testing"

	"stablefutures/internal/disclosure/intruder"
)

// Councils in which a number is told by others that stand far from it, each of
// which is large. Random ones seldom are of such a shape.
func TestNumbersThatHangTogetherFarApart(t *testing.T) {
	w := newWorld(true)
	like := func(outcome, now, moved, voices string) kind {
		for _, k := range w.sayers[outcome] {
			if s := k.said.outcome; k.said.said && s.Now() == now && s.Moved() == moved && k.said.voices == voices {
				return k
			}
		}
		t.Fatalf("nobody can say %s of %s having moved %s", now, outcome, moved)
		return kind{}
	}
	silent := kind{ids: []string{"hope/now/nothing", "hope.1/now/nothing"}}
	type some struct {
		n    int
		said kind
	}
	for _, c := range []struct {
		why    string
		people []some
		secret string
	}{
		{
			"13 stand at the lowest answer and 10 others moved up: 2 did neither",
			[]some{{7, like("hope", "1", "once", "together")}, {6, like("hope", "1", "down", "together")}, {10, like("hope", "4", "up", "together")}, {2, like("hope", "4", "same", "together")}, {20, silent}},
			"hope/answered - hope/now/1 - hope/moved/up",
		},
		{
			"13 stand at the highest answer and 10 others moved down: 2 did neither",
			[]some{{7, like("hope", "5", "once", "together")}, {6, like("hope", "5", "up", "together")}, {10, like("hope", "2", "down", "together")}, {2, like("hope", "2", "same", "together")}, {20, silent}},
			"hope/answered - hope/now/5 - hope/moved/down",
		},
		{
			"3 answered before, and say now that they do not know",
			[]some{{20, like("hope", "3", "once", "together")}, {3, like("hope", "does-not-know", "once", "")}, {8, like("hope", "does-not-know", "", "")}, {20, silent}},
			"hope/answered - hope/spoke",
		},
		{
			"4 have answered without a reading of the worker's",
			[]some{{20, like("hope", "3", "once", "together")}, {4, like("hope", "3", "once", "")}, {20, silent}},
			"hope/answered - hope/both",
		},
		{
			"2 have talked, but not about this",
			[]some{{20, like("hope", "3", "once", "together")}, {2, silent}},
			"talked - hope/spoke",
		},
	} {
		w.people = nil
		add := func(n int, talk kind, said kind) {
			for range n {
				p := person{who: w.who[0], typ: typeKinds()[0], talk: talk, said: map[string]kind{}}
				if talk.band != "never" {
					p.said["home"], p.said["hope"] = w.sayers["home"][0], said
				}
				w.people = append(w.people, p)
			}
		}
		for _, s := range c.people {
			add(s.n, talkKinds()[1], s.said)
		}
		add(9, talkKinds()[0], kind{})
		cells := w.publish(t)
		if k := w.knows(cells, false); k.Check(k.truth) != nil {
			t.Fatalf("%s: the intruder knows something that is not so: %v", c.why, k.Check(k.truth))
		}
		if found := w.secrets(w.exact()); !slices.Contains(found, c.secret) {
			t.Errorf("%s: that is not small: %v", c.why, found)
		}
		if w.canBeLarge(cells, c.secret) != intruder.Yes {
			t.Errorf("%s, and what is published tells it", c.why)
		}
	}
}
