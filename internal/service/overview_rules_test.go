package service

import (
	"strings"
	"testing"

	"stablefutures/internal/disclosure"
)

// many is a council of so many on the register, of whom some talked and some of
// these said one thing of hope.
func many(t *testing.T, w *world, register, talked int, said map[string]int) {
	t.Helper()
	w.people = nil
	var answers []kind
	for _, now := range sorted(said) {
		for _, k := range w.sayers["hope"] {
			if s := k.said.outcome; k.said.said && s.Now() == now && s.Moved() != "up" && s.Moved() != "down" && s.Moved() != "same" && (s.Moved() == "once") == (now < "6") && k.said.voices == "" {
				for range said[now] {
					answers = append(answers, k)
				}
				break
			}
		}
	}
	silent := kind{ids: []string{"hope/now/nothing", "hope.1/now/nothing"}}
	for n := range register {
		p := person{who: w.who[0], typ: typeKinds()[0], talk: talkKinds()[0], said: map[string]kind{}}
		if n < talked {
			p.talk, p.said["home"], p.said["hope"] = talkKinds()[1], w.sayers["home"][0], silent
			if n < len(answers) {
				p.said["hope"] = answers[n]
			}
		}
		w.people = append(w.people, p)
	}
}

// How much is published follows from how many there are, and from nothing hidden.
func TestOfFewPeopleOnlyHowManyTheyAreIsPublished(t *testing.T) {
	w := newWorld(true)
	for _, c := range []struct {
		why              string
		register, talked int
		spoke            int
		want             map[string]string // "" for not published at all
	}{
		{"nobody is nobody", 0, 0, 0, map[string]string{"register": "0", "talk/never": "0", "type/criminal": "0"}},
		{"5 are not told of", 5, 5, 5, map[string]string{"register": "c", "talk/never": "", "type/criminal": "", "hope/spoke": ""}},
		{"9 are told, and nothing of them", 9, 9, 9, map[string]string{"register": "9", "talk/never": "", "type/criminal": "", "hope/spoke": ""}},
		{"of 40, 8 had a conversation", 40, 8, 8, map[string]string{"register": "40", "talk/6-months": "8", "hope/spoke": ""}},
		{"of 40, 3 had a conversation", 40, 3, 3, map[string]string{"register": "40", "talk/6-months": "c", "talk/never": "c", "hope/spoke": ""}},
		{"8 spoke: who they are not is told, how they are not", 40, 20, 8, map[string]string{"hope/spoke": "8", "hope/now/3": "u", "hope/moved/once": "u", "hope/now/nothing": "32"}},
		{"nobody spoke", 40, 20, 0, map[string]string{"hope/spoke": "0", "hope/now/3": "0", "hope/moved/once": "0", "hope/both": "0", "hope/apart/apart": "0"}},
		{"4 spoke", 40, 20, 4, map[string]string{"hope/spoke": "c", "hope/now/3": "c", "hope/moved/once": "c"}},
		{"12 spoke", 40, 20, 12, map[string]string{"hope/spoke": "12", "hope/now/3": "12", "hope/moved/once": "12", "hope.1/spoke": "12"}},
	} {
		many(t, w, c.register, c.talked, map[string]int{"3": c.spoke})
		cells := w.publish(t)
		for id, want := range c.want {
			cell, told := cells[id]
			if got := cell.String(); !told && want != "" || told && got != want {
				t.Errorf("%s: %s is published as %q (%v), want %q", c.why, id, got, told, want)
			}
		}
		for id := range cells {
			if item, rest, _ := strings.Cut(id, "/"); c.register > 0 && strings.Contains(item, ".") && rest != "spoke" {
				t.Errorf("%s: %s is published of an indicator", c.why, id)
			}
		}
	}
}

// Where the base of a movement is kept back, but enough spoke, it is told.
func TestAMovementIsToldWhereEnoughSpoke(t *testing.T) {
	for _, c := range []struct {
		spoke, answered disclosure.Cell
		want            Telling
	}{
		{disclosure.Number(12), disclosure.Number(14), Told},
		{disclosure.Number(12), disclosure.Cell{Why: disclosure.Secondary}, Told},
		{disclosure.Number(8), disclosure.Cell{Why: disclosure.Secondary}, KeptBack},
		{disclosure.Cell{Why: disclosure.Small}, disclosure.Number(14), Told},
		{disclosure.Number(8), disclosure.Number(9), TooFew},
		{disclosure.Number(0), disclosure.Number(0), Nobody},
	} {
		if got := tellingOfMoved(c.spoke, c.answered); got != c.want {
			t.Errorf("spoke %s, answered %s: %s, want %s", c.spoke, c.answered, got, c.want)
		}
	}
}

// Counts that contradict each other can only be a fault of ours: nothing of what
// they concern may leave, and everything else may.
func TestCountsThatContradictEachOtherDoNotLeave(t *testing.T) {
	w := newWorld(true)
	many(t, w, 40, 20, map[string]int{"3": 12})
	f := w.figures()
	f.n["hope/moved/once"], f.n["hope/answered"] = 3, 3 // fewer than spoke
	s := &Service{}
	cells, err := s.published(Overview{Edition: smallEdition(), Today: intruderToday, Year: intruderYear}, f)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"hope/spoke", "hope/now/3", "hope/answered", "hope.1/spoke"} {
		if c := cells[id]; !c.Suppressed() {
			t.Errorf("%s is published as %s", id, c)
		}
	}
	if cells["register"] != disclosure.Number(40) || !cells["home/spoke"].Shown {
		t.Errorf("the rest is not published: %v, %v", cells["register"], cells["home/spoke"])
	}
}
