package chart

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"

	"stablefutures/internal/conversation"
)

// Sign is one of the signs that stand for a voice or a state, the same in every
// chart, key and list.
type Sign string

const (
	SignYoung      Sign = "young"        // filled circle
	SignWorker     Sign = "worker"       // hollow square
	SignBoth       Sign = "both"         // circle in a square
	SignDidNotWant Sign = "did-not-want" // dotted ring
	SignDidNotKnow Sign = "did-not-know" // ?
	SignNotMyLife  Sign = "not-my-life"  // –
)

//go:embed chart.html
var source embed.FS

var templates = template.Must(template.New("chart").Funcs(template.FuncMap{
	"n":    number,
	"sub":  func(a, b float64) float64 { return a - b },
	"add":  func(a, b float64) float64 { return a + b },
	"mark": func(k Sign, x, y float64) mark { return mark{Kind: k, X: x, Y: y} },
}).ParseFS(source, "chart.html"))

// draw fails only where a template of this package does, which its tests rule out.
func draw(name string, view any) (template.HTML, error) {
	var out bytes.Buffer
	if err := templates.ExecuteTemplate(&out, name, view); err != nil {
		return "", fmt.Errorf("drawing %s: %w", name, err)
	}
	return template.HTML(out.String()), nil // Safety: drawn by html/template
}

// Draw gives the sign by itself, to stand before the words that say what it means;
// those who do not see it hear the words alone.
func (s Sign) Draw() (template.HTML, error) { return draw("sign", s) }

// keyItem is one sign with its words; Sign is empty for words alone.
type keyItem struct {
	Sign Sign
	Text string
}

// PathKey is the key of the path chart: every sign with its words, and what an
// empty place means.
func PathKey(w Words) (template.HTML, error) {
	return draw("key", []keyItem{
		{SignYoung, w.young()},
		{SignWorker, w.worker()},
		{SignBoth, w.both()},
		{SignDidNotWant, w.state(conversation.DoesNotWantToSay)},
		{SignDidNotKnow, w.state(conversation.DoesNotKnow)},
		{SignNotMyLife, w.state(conversation.NotPartOfMyLife)},
		{"", "empty: " + w.state(conversation.NotTalkedAbout)},
	})
}

// swatch is one tint of the bar with its words.
type swatch struct {
	Value int
	Fill  string
	Text  string
}

// SpreadKey is the key of the bar, from 5 to 1 as the bar is drawn.
func SpreadKey(w Words) (template.HTML, error) {
	var list []swatch
	for value := 5; value >= 1; value-- {
		list = append(list, swatch{value, fills[value-1], w.Of(Point{State: conversation.Answered, Value: value})})
	}
	return draw("spread-key", list)
}
