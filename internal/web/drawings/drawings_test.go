package drawings_test

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stablefutures/internal/framework"
	"stablefutures/internal/web/drawings"
)

// largest is how much a drawing may add to a page, in bytes, and all what all of
// them may: a page with every card has to come in a moment on a slow connection.
const (
	largest = 950
	most    = 17_000
)

var (
	elements   = []string{"svg", "path", "circle", "ellipse", "rect"}
	attributes = []string{"class", "aria-hidden", "viewBox", "d", "cx", "cy", "r", "rx", "ry", "x", "y", "width", "height", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"}
	colours    = []string{"none", "currentColor", "#fff", "#e1edf3", "#f2d9a0", "#0b4f6c"}
)

func TestADrawingIsSmallAndHoldsNothingButShapes(t *testing.T) {
	total := 0
	for _, d := range drawings.All() {
		total += len(d.Image)
		if len(d.Image) > largest {
			t.Errorf("%s has %d bytes, and at most %d go on a page", d.Name, len(d.Image), largest)
		}
		if len(d.Shows) < 8 || strings.ToLower(d.Shows[:1]) != d.Shows[:1] || strings.HasSuffix(d.Shows, ".") {
			t.Errorf("%s: %q does not say what it shows, as in “a house with a door and a window”", d.Name, d.Shows)
		}
		if !strings.HasPrefix(string(d.Image), `<svg class="sf-drawing" aria-hidden="true" viewBox="0 0 64 48" `) {
			t.Errorf("%s begins with %.90s", d.Name, d.Image)
		}
		shapes(t, d)
	}
	if total > most {
		t.Errorf("all drawings have %d bytes, and at most %d are to go on a page", total, most)
	}
}

// shapes fails where a drawing is not well formed, or holds words, links, styles,
// or colours that young.css does not know.
func shapes(t *testing.T, d drawings.Drawing) {
	t.Helper()
	for source := xml.NewDecoder(strings.NewReader(string(d.Image))); ; {
		token, err := source.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", d.Name, err)
		}
		switch token := token.(type) {
		case xml.EndElement:
		case xml.StartElement:
			if !slices.Contains(elements, token.Name.Local) {
				t.Errorf("%s holds <%s>", d.Name, token.Name.Local)
			}
			for _, a := range token.Attr {
				if !slices.Contains(attributes, a.Name.Local) {
					t.Errorf("%s: <%s> has the attribute %s", d.Name, token.Name.Local, a.Name.Local)
				}
				if (a.Name.Local == "fill" || a.Name.Local == "stroke") && !slices.Contains(colours, a.Value) {
					t.Errorf("%s has the colour %s, which does not follow forced colours", d.Name, a.Value)
				}
			}
		default:
			t.Errorf("%s holds more than shapes: %v", d.Name, token)
		}
	}
}

// The style sheet has to know each colour, for a reader whose colours are forced.
func TestEveryColourFollowsForcedColours(t *testing.T) {
	sheet, err := os.ReadFile(filepath.FromSlash("../ui/src/young.css"))
	if err != nil {
		t.Fatal(err)
	}
	for _, colour := range colours[2:] {
		if !strings.Contains(string(sheet), `.sf-drawing [fill="`+colour+`"]`) {
			t.Errorf("young.css says nothing of the colour %s", colour)
		}
	}
}

func TestEveryOutcomeOfTheWorkingEditionHasADrawingOfItsOwn(t *testing.T) {
	shown := map[string]string{}
	for _, o := range framework.Working().Outcomes() {
		if _, ok := drawings.For(o.Drawing); !ok {
			t.Errorf("%s asks for the drawing %q, which is not there", o.ID, o.Drawing)
		}
		if other, taken := shown[o.Drawing]; taken {
			t.Errorf("%s and %s show the same drawing, %s", other, o.ID, o.Drawing)
		}
		shown[o.Drawing] = o.ID
	}
	for _, d := range drawings.All() {
		if shown[d.Name] == "" {
			t.Errorf("no outcome shows %s", d.Name)
		}
	}
	if notes := drawings.Notes(framework.Working()); notes != nil {
		t.Error(notes)
	}
}

func TestADrawingThatIsNotThereIsTold(t *testing.T) {
	for _, name := range []string{"", "castle", "House", "house.svg", "../house"} {
		if image, ok := drawings.For(name); ok || image != "" {
			t.Errorf("there is a drawing of %q", name)
		}
	}
	e := framework.Edition{Principles: []framework.Principle{{Outcomes: []framework.Outcome{{ID: "home", Drawing: "castle"}, {ID: "hope"}, {ID: "trust", Drawing: "house"}}}}}
	notes := drawings.Notes(&e)
	if len(notes) != 2 || notes[0].Where != "outcome home, drawing" || !strings.Contains(notes[0].Message, "“castle”") || !strings.Contains(notes[1].Message, "headphones, house") {
		t.Errorf("told: %v", notes)
	}
}
