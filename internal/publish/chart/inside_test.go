package chart

import (
	"strconv"
	"strings"
)

// inside fails where something of a drawing reaches outside its view box. A text
// is taken to be as wide as 0.6 of its size a letter.
func inside(t fataler, root element) {
	box := strings.Fields(root.attr("viewBox"))
	width, height := measure(t, box[2]), measure(t, box[3])
	root.each(func(e element) {
		if e.XMLName.Local == "pattern" || e.XMLName.Local == "svg" {
			return
		}
		for _, c := range corners(t, e) {
			if c.x < 0 || c.y < 0 || c.x > width || c.y > height {
				t.Fatalf("<%s %v> reaches %v, outside %v × %v", e.XMLName.Local, e.Attrs, c, width, height)
			}
		}
	})
}

func measure(t fataler, text string) float64 {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatalf("%q is no measure", text)
	}
	return f
}

func corners(t fataler, e element) []at {
	m := func(name string) float64 { return measure(t, e.attr(name)) }
	half := 0.0
	if s := e.attr("stroke-width"); s != "" {
		half = measure(t, s) / 2
	}
	switch e.XMLName.Local {
	case "circle":
		r := m("r") + half
		return []at{{m("cx") - r, m("cy") - r}, {m("cx") + r, m("cy") + r}}
	case "rect":
		if e.attr("x") == "" { // inside a pattern
			return nil
		}
		return []at{{m("x") - half, m("y") - half}, {m("x") + m("width") + half, m("y") + m("height") + half}}
	case "line":
		return []at{{m("x1"), m("y1")}, {m("x2"), m("y2")}}
	case "polyline":
		var list []at
		for _, pair := range strings.Fields(e.attr("points")) {
			x, y, _ := strings.Cut(pair, ",")
			list = append(list, at{measure(t, x), measure(t, y)})
		}
		return list
	case "text":
		wide := 0.6 * m("font-size") * float64(len([]rune(e.Text)))
		from := m("x")
		switch e.attr("text-anchor") {
		case "middle":
			from -= wide / 2
		case "end":
			from -= wide
		}
		return []at{{from, m("y") - m("font-size")}, {from + wide, m("y")}}
	}
	return nil
}
