// Package drawings holds the small drawings that stand beside the words of an
// outcome on the screens that a young person looks at: one SVG file a drawing,
// named by what it shows, with what it shows in its title. Which outcome shows
// which is said by the edition.
//
// All are of one hand: 64 by 48, ink lines of 2 in the colour of the text around
// them, fills of white, #e1edf3, #f2d9a0 and #0b4f6c, which src/young.css turns
// into the reader's own where colours are forced. No letters, no emoji, no brand,
// and nothing of other people's drawing. Nothing that could remind of harm: no
// police, bars, locks, weapons, tears, grasping hands or dark figures.
//
// No outcomes, no editions and no pages belong here, and no drawing that says
// more than the words beside it. The signs that tell one question from another are in signs.go.
package drawings

import (
	"embed"
	"html/template"
	"path"
	"slices"
	"strings"

	"stablefutures/internal/framework"
)

//go:embed *.svg
var files embed.FS

// Drawing is one of them.
type Drawing struct {
	Name  string        // "house"
	Shows string        // "a house with a door and a window", for who does not see it
	Image template.HTML // the drawing, to stand beside words that say what it means: it is not read out
}

// all are the drawings by name, in order.
var all = read()

// read panics where a file is not a drawing, which the tests rule out.
func read() []Drawing {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err)
	}
	list := make([]Drawing, 0, len(entries))
	for _, entry := range entries {
		text, err := files.ReadFile(entry.Name())
		if err != nil {
			panic(err)
		}
		before, rest, opened := strings.Cut(strings.TrimSpace(string(text)), "<title>")
		shows, after, closed := strings.Cut(rest, "</title>")
		if !opened || !closed {
			panic(entry.Name() + " does not say in a title what it shows")
		}
		before = strings.Replace(before, ` xmlns="http://www.w3.org/2000/svg"`, ` class="sf-drawing" aria-hidden="true"`, 1)
		list = append(list, Drawing{strings.TrimSuffix(entry.Name(), path.Ext(entry.Name())), shows, template.HTML(before + after)}) // Safety: a file of this package
	}
	return list
}

// All are the drawings, by name.
func All() []Drawing { return slices.Clone(all) }

// For is the drawing of a name; false where there is none.
func For(name string) (template.HTML, bool) {
	n, found := slices.BinarySearchFunc(all, name, func(d Drawing, name string) int { return strings.Compare(d.Name, name) })
	if !found {
		return "", false
	}
	return all[n].Image, true
}

// Notes tell the outcomes of an edition that ask for a drawing that is not there.
// They are shown without one.
func Notes(e *framework.Edition) framework.Problems {
	var notes framework.Problems
	for _, o := range e.Outcomes() {
		if _, ok := For(o.Drawing); !ok && o.Drawing != "" {
			notes = append(notes, framework.Problem{Where: "outcome " + o.ID + ", drawing", Message: "there is no drawing “" + o.Drawing + "”, and the outcome is shown without one: write the name of one that is there, or leave it empty"})
		}
	}
	if len(notes) == 0 {
		return nil
	}
	names := make([]string, len(all))
	for n, d := range all {
		names[n] = d.Name
	}
	return append(notes, framework.Problem{Where: "drawings that are there", Message: strings.Join(names, ", ")})
}
