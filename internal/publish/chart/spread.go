package chart

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"stablefutures/internal/conversation"
)

// SpreadBar is how the latest readings of many are spread over the five answers.
type SpreadBar struct {
	ID     string // begins the ids in the drawing; unique on its page
	Title  string
	Counts [5]Count // of the values 1 to 5
	Words  Words
}

// Count is how many gave an answer. Where it is kept back, N is not looked at.
type Count struct {
	N    int
	Kept bool // kept back: a small number, or one from which a small one follows
}

const (
	barWidth  = 330.0
	barHeight = 20.0
	keptWidth = 26.0 // the same for every number kept back, so that none can be measured
	digit     = 7.5  // width of a digit with its share of space
)

// Spread draws the bar, from "yes, fully" (5) to "not at all" (1), darkest first.
// Numbers kept back are drawn hatched, all of one width, with "c": neither their
// width nor the description tells how many they are.
func Spread(b SpreadBar) (template.HTML, error) {
	if !idPattern.MatchString(b.ID) {
		return "", fmt.Errorf("bar %q: the id %q must begin with a letter and hold letters, digits, hyphens and underscores", b.Title, b.ID)
	}
	for i, c := range b.Counts {
		if c.N < 0 && !c.Kept {
			return "", fmt.Errorf("bar %q: the count of answer %d is %d", b.Title, i+1, c.N)
		}
	}
	return draw("spread", b.view())
}

// spreadView is a SpreadBar laid out.
type spreadView struct {
	ID, Title, Desc string
	Width, Height   float64
	BarHeight       float64
	Parts           []part
	AnyKept, Empty  bool
}

// part is one count of the bar.
type part struct {
	Value    int
	X, Width float64
	TextX    float64
	Text     string // empty where it does not fit
	Fill     string
	Light    bool // white text
	Kept     bool
}

// fills are the tints of the answers 1 to 5; the two darkest take white numbers.
var fills = [5]string{"#ffffff", "#e1edf3", "#a8c7d5", "#37708c", "#0b4f6c"}

func (b SpreadBar) view() spreadView {
	v := spreadView{ID: b.ID, Title: b.Title, Desc: b.Description(), Width: barWidth, Height: barHeight + 2, BarHeight: barHeight}
	total, kept := 0, 0
	for _, c := range b.Counts {
		if c.Kept {
			kept++
		} else {
			total += c.N
		}
	}
	v.AnyKept, v.Empty = kept > 0, total == 0 && kept == 0
	room := barWidth - 2 - keptWidth*float64(kept)
	x := 1.0
	for value := 5; value >= 1; value-- {
		c := b.Counts[value-1]
		if c.N == 0 && !c.Kept {
			continue
		}
		p := part{Value: value, X: x, Fill: fills[value-1], Light: value >= 4, Kept: c.Kept}
		if c.Kept {
			p.Width, p.Text, p.Light = keptWidth, "c", false
		} else {
			p.Width = room * float64(c.N) / float64(total)
			p.Text = fitting(c.N, p.Width)
		}
		p.TextX = p.X + p.Width/2
		x += p.Width
		v.Parts = append(v.Parts, p)
	}
	return v
}

func fitting(n int, width float64) string {
	text := strconv.Itoa(n)
	if digit*float64(len(text))+5 > width {
		return ""
	}
	return text
}

// Description says the counts in words, from 5 to 1.
func (b SpreadBar) Description() string {
	var parts []string
	for value := 5; value >= 1; value-- {
		c := b.Counts[value-1]
		word := b.Words.Of(Point{State: conversation.Answered, Value: value})
		if c.Kept {
			parts = append(parts, word+": kept back")
		} else {
			parts = append(parts, word+": "+strconv.Itoa(c.N))
		}
	}
	return strings.Join(parts, "; ") + "."
}
