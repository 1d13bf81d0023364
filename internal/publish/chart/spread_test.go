package chart

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawnParts gives the classes, widths and texts of the parts, as drawn.
func drawnParts(t fataler, root element) (classes, texts []string, widths []float64) {
	root.each(func(e element) {
		if e.XMLName.Local != "g" {
			return
		}
		classes = append(classes, strings.TrimPrefix(e.attr("class"), "sf-part "))
		widths = append(widths, measure(t, e.Children[0].attr("width")))
		text := ""
		for _, c := range e.Children {
			if c.XMLName.Local == "text" {
				text = c.Text
			}
		}
		texts = append(texts, text)
	})
	return classes, texts, widths
}

func counts(fromFive ...int) [5]Count {
	var c [5]Count
	for i, n := range fromFive {
		c[4-i] = Count{N: n}
	}
	return c
}

func TestTheBarGoesFromYesToNo(t *testing.T) {
	svg, err := Spread(SpreadBar{ID: "s", Title: "Feels safe", Counts: counts(8, 11, 9, 6, 3)})
	root := parsed(t, svg, err)
	classes, texts, widths := drawnParts(t, root)
	if diff := cmp.Diff([]string{"sf-part--5", "sf-part--4", "sf-part--3", "sf-part--2", "sf-part--1"}, classes); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"8", "11", "9", "6", "3"}, texts); diff != "" {
		t.Error(diff)
	}
	if ratio := widths[1] / widths[0]; ratio < 1.36 || ratio > 1.39 {
		t.Errorf("11 is drawn %.2f times as wide as 8", ratio)
	}
	root.each(func(e element) {
		if e.XMLName.Local == "rect" && e.attr("stroke") == "" {
			t.Error("a part has no outline: shade alone would tell it apart")
		}
	})
}

func TestANumberThatDoesNotFitIsLeftToTheWords(t *testing.T) {
	svg, err := Spread(SpreadBar{ID: "s", Title: "T", Counts: counts(0, 1, 5, 8, 170)})
	root := parsed(t, svg, err)
	classes, texts, _ := drawnParts(t, root)
	if diff := cmp.Diff([]string{"sf-part--4", "sf-part--3", "sf-part--2", "sf-part--1"}, classes); diff != "" {
		t.Errorf("nobody said 5: %s", diff)
	}
	if diff := cmp.Diff([]string{"", "", "8", "170"}, texts); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(string(svg), "4 of 5: 1; 3 of 5: 5;") {
		t.Errorf("the description leaves out what did not fit: %s", svg)
	}
}

// Two bars that differ only in numbers kept back must be the same drawing.
func TestNumbersKeptBackCannotBeMeasured(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := SpreadBar{ID: "s", Title: "T"}
		for i := range b.Counts {
			b.Counts[i] = Count{N: rapid.IntRange(0, 60).Draw(t, "n"), Kept: rapid.Bool().Draw(t, "kept")}
		}
		other := b
		for i := range other.Counts {
			if other.Counts[i].Kept {
				other.Counts[i].N = rapid.IntRange(0, 60).Draw(t, "other")
			}
		}
		one, err := Spread(b)
		inside(t, parsed(t, one, err))
		two, err := Spread(other)
		if err != nil {
			t.Fatal(err)
		}
		if one != two {
			t.Fatalf("numbers kept back show in the drawing:\n%s\n%s", one, two)
		}
	})
}

func TestNobodyIsAnEmptyBar(t *testing.T) {
	svg, err := Spread(SpreadBar{ID: "s", Title: "T"})
	classes, _, _ := drawnParts(t, parsed(t, svg, err))
	if len(classes) != 0 || !strings.Contains(string(svg), "sf-part--empty") {
		t.Errorf("nobody spoke, drawn: %s", svg)
	}
	if _, err := Spread(SpreadBar{ID: "s", Counts: counts(-1)}); err == nil {
		t.Error("a count below zero is drawn")
	}
}

func TestKeysNameEverySign(t *testing.T) {
	key, err := PathKey(Words{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"young person", "worker", "both the same", "did not want to say", "did not know", "not part of my life", "empty: not talked about"} {
		if !strings.Contains(string(key), want) {
			t.Errorf("the key does not say %q", want)
		}
	}
	for _, s := range []Sign{SignYoung, SignWorker, SignBoth, SignDidNotWant, SignDidNotKnow, SignNotMyLife} {
		if !strings.Contains(string(key), "sf-mark--"+string(s)) {
			t.Errorf("the key does not show %s", s)
		}
		svg, err := s.Draw()
		inside(t, parsed(t, svg, err))
	}
	spread, err := SpreadKey(Words{Answers: [5]string{"Not at all", "", "", "", "Yes, fully"}})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Index(string(spread), "Yes, fully") > strings.Index(string(spread), "Not at all") {
		t.Error("the key's order is not the bar's")
	}
}
