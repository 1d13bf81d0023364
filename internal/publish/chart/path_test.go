package chart

import (
	"encoding/xml"
	"html/template"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
)

func answered(day string, value int) Point {
	return Point{Day: date.Date(day), State: conversation.Answered, Value: value}
}

func state(day string, s conversation.State) Point { return Point{Day: date.Date(day), State: s} }

// element is one element of a drawing.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []element  `xml:",any"`
}

func (e element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (e element) each(visit func(element)) {
	visit(e)
	for _, c := range e.Children {
		c.each(visit)
	}
}

type fataler interface{ Fatalf(string, ...any) }

func parsed(t fataler, svg template.HTML, err error) element {
	if err != nil {
		t.Fatalf("not drawn: %v", err)
	}
	var root element
	if err := xml.Unmarshal([]byte(svg), &root); err != nil {
		t.Fatalf("not well formed: %v\n%s", err, svg)
	}
	return root
}

// signs counts the marks of each kind, framed ones (a worker's state) apart.
func signs(root element) map[string]int {
	found := map[string]int{}
	root.each(func(e element) {
		kind, ok := strings.CutPrefix(e.attr("class"), "sf-mark sf-mark--")
		if !ok {
			return
		}
		state := kind == string(SignDidNotWant) || kind == string(SignDidNotKnow) || kind == string(SignNotMyLife)
		if state && len(e.Children) > 0 && e.Children[0].attr("class") == "sf-chart__worker-sign" {
			kind = "framed " + kind
		}
		found[kind]++
	})
	return found
}

func TestEachReadingHasItsSign(t *testing.T) {
	for _, row := range []struct {
		why           string
		young, worker []Point
		want          map[string]int
	}{
		{"nothing said draws no sign", nil, nil, map[string]int{}},
		{"not talked about draws nothing", []Point{state("2026-01-01", conversation.NotTalkedAbout)}, nil, map[string]int{}},
		{"both voices on different days", []Point{answered("2026-01-01", 2)}, []Point{answered("2026-01-02", 2)}, map[string]int{"young": 1, "worker": 1}},
		{"the same answer on the same day is one sign", []Point{answered("2026-01-01", 4)}, []Point{answered("2026-01-01", 4)}, map[string]int{"both": 1}},
		{"different answers on one day stay two", []Point{answered("2026-01-01", 4)}, []Point{answered("2026-01-01", 2)}, map[string]int{"young": 1, "worker": 1}},
		{"two people at once: both drawn", []Point{answered("2026-01-01", 4), answered("2026-01-01", 4)}, nil, map[string]int{"young": 2}},
		{"two people at once, the worker agrees with one", []Point{answered("2026-01-01", 4), answered("2026-01-01", 4)}, []Point{answered("2026-01-01", 4)}, map[string]int{"both": 1, "young": 1}},
		{"the states of the young person", []Point{
			state("2026-01-01", conversation.DoesNotWantToSay), state("2026-02-01", conversation.DoesNotKnow), state("2026-03-01", conversation.NotPartOfMyLife),
		}, nil, map[string]int{"did-not-want": 1, "did-not-know": 1, "not-my-life": 1}},
		{"a worker's state stands in a square", nil, []Point{state("2026-01-01", conversation.DoesNotKnow)}, map[string]int{"framed did-not-know": 1}},
		{"equal states are never merged", []Point{state("2026-01-01", conversation.DoesNotKnow)}, []Point{state("2026-01-01", conversation.DoesNotKnow)}, map[string]int{"did-not-know": 1, "framed did-not-know": 1}},
	} {
		svg, err := Path(PathChart{ID: "x", Title: "T", Young: row.young, Worker: row.worker})
		if diff := cmp.Diff(row.want, signs(parsed(t, svg, err))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.why, diff)
		}
	}
}

func TestLinesJoinAnswersAlone(t *testing.T) {
	svg, err := Path(PathChart{ID: "x", Title: "T", Young: []Point{
		answered("2026-03-01", 5), state("2026-02-01", conversation.DoesNotKnow), answered("2026-01-01", 1),
	}, Worker: []Point{answered("2026-02-01", 3)}})
	var lines []element
	parsed(t, svg, err).each(func(e element) {
		if e.XMLName.Local == "polyline" {
			lines = append(lines, e)
		}
	})
	if len(lines) != 1 {
		t.Fatalf("%d lines, want the young person's alone: one answer makes no line", len(lines))
	}
	if got, want := lines[0].attr("points"), "14,72 274,12"; got != want {
		t.Errorf("the line goes through %s, want %s: from the earliest answer to the latest", got, want)
	}
	if lines[0].attr("stroke-dasharray") != "" {
		t.Error("the young person's line is dashed")
	}
}

func TestTheDrawingIsNamedAndDescribed(t *testing.T) {
	svg, err := Path(PathChart{ID: "home-1", Title: "A home <that> suits", Months: true,
		Young:  []Point{answered("2025-03-03", 3)},
		Worker: []Point{answered("2026-11-03", 5)},
		Words:  Words{Answers: [5]string{2: "Sometimes", 4: "Yes, fully"}}})
	root := parsed(t, svg, err)
	if root.attr("role") != "img" || root.attr("aria-labelledby") != "home-1-title home-1-desc" {
		t.Errorf("role %q, labelled by %q", root.attr("role"), root.attr("aria-labelledby"))
	}
	texts := map[string]string{}
	var months []string
	root.each(func(e element) {
		if id := e.attr("id"); id != "" {
			texts[id] = e.Text
		}
		if e.XMLName.Local == "text" {
			months = append(months, e.Text)
		}
	})
	want := map[string]string{
		"home-1-title": "A home <that> suits",
		"home-1-desc":  "Young person: 3 March 2025, Sometimes. Worker: 3 November 2026, Yes, fully.",
	}
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Errorf("ids and their texts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Mar 2025", "Nov 2026"}, months); diff != "" {
		t.Errorf("months (-want +got):\n%s", diff)
	}
}

func TestWhatIsNotSoIsRefused(t *testing.T) {
	for why, c := range map[string]PathChart{
		"an id with a space":   {ID: "a b"},
		"no id":                {},
		"a point without day":  {ID: "a", Young: []Point{{State: conversation.Answered, Value: 1}}},
		"an answer of 6":       {ID: "a", Worker: []Point{answered("2026-01-01", 6)}},
		"an answer of 0":       {ID: "a", Worker: []Point{answered("2026-01-01", 0)}},
		"an unknown state":     {ID: "a", Young: []Point{state("2026-01-01", "shrug")}},
		"a day that is no day": {ID: "a", Young: []Point{answered("2026-02-30", 1)}},
	} {
		if svg, err := Path(c); err == nil || svg != "" {
			t.Errorf("%s is drawn", why)
		}
	}
}

func TestTheTableSaysWhatTheDrawingShows(t *testing.T) {
	got := PathTable(PathChart{
		Young:  []Point{answered("2026-01-01", 2), answered("2026-01-01", 4), state("2026-03-01", conversation.DoesNotWantToSay)},
		Worker: []Point{answered("2026-02-01", 5), state("2026-04-01", conversation.NotTalkedAbout)},
	})
	want := []PathRow{
		{Day: "2026-03-01", Young: []string{"did not want to say"}},
		{Day: "2026-02-01", Worker: []string{"5 of 5"}},
		{Day: "2026-01-01", Young: []string{"2 of 5", "4 of 5"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestNothingIsDrawnOutside(t *testing.T) {
	point := rapid.Custom(func(t *rapid.T) Point {
		p := Point{Day: date.Date("2025-01-01").AddDays(rapid.IntRange(0, 40).Draw(t, "day")), State: rapid.SampledFrom(conversation.States).Draw(t, "state")}
		if p.State == conversation.Answered {
			p.Value = rapid.IntRange(1, 5).Draw(t, "value")
		}
		return p
	})
	rapid.Check(t, func(t *rapid.T) {
		c := PathChart{ID: "x", Title: "T", Months: rapid.Bool().Draw(t, "months"),
			Young:  rapid.SliceOfN(point, 0, 12).Draw(t, "young"),
			Worker: rapid.SliceOfN(point, 0, 12).Draw(t, "worker")}
		if rapid.Bool().Draw(t, "axis given") {
			c.From, c.To = "2024-12-01", "2025-01-20"
		}
		svg, err := Path(c)
		root := parsed(t, svg, err)
		inside(t, root)
		want := len(spoken(c.Young)) + len(spoken(c.Worker))
		found := signs(root)
		got := 2 * found["both"]
		for kind, n := range found {
			if kind != "both" {
				got += n
			}
		}
		if got != want {
			t.Fatalf("%d readings are drawn as %d", want, got)
		}
	})
}
