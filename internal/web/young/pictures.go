package young

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"stablefutures/internal/service"
	"stablefutures/internal/web/drawings"
)

// lockPictures are the drawings of which a young person chooses four. A choice is kept by
// the place of each here: none is ever moved or replaced.
var lockPictures = [service.OwnPicturesOffered]string{
	"apple", "ball", "bird", "book", "bowl", "envelope", "headphones", "house", "light-bulb", "plant", "sunrise", "umbrella",
}

// lockDrawings are the drawings once, to be shown in each place where one may be chosen:
// a page that drew each four times would weigh four times as much.
var lockDrawings = drawSymbols()

func drawSymbols() template.HTML {
	var out strings.Builder
	for n, name := range lockPictures {
		image, ok := drawings.For(name)
		if !ok {
			panic("there is no drawing " + name) // a file of the program itself: every test of a page meets it
		}
		inner := strings.Replace(strings.TrimSuffix(string(image), "</svg>"), `<svg class="sf-drawing" aria-hidden="true" viewBox="0 0 64 48"`,
			fmt.Sprintf(`<symbol id="n%d" viewBox="0 0 64 48"><g class="sf-drawing"`, n+1), 1)
		out.WriteString(inner + "</g></symbol>")
	}
	return template.HTML(out.String()) // Safety: files of this program
}

// picturesView asks for four pictures in their order: four groups, one below the other,
// each with all the drawings, so that no script is needed and nothing is sent between.
type picturesView struct {
	Title, Wrong, Action string
	Opens                bool // the way in; they are being chosen otherwise
}

// Symbols are the drawings.
func (picturesView) Symbols() template.HTML { return lockDrawings }

// Groups count the pictures that are chosen, and Numbers those that are offered. The
// drawings have no names: a name would be the same secret in words, read aloud.
func (picturesView) Groups() []int { return numbers(service.OwnPicturesChosen) }

// Numbers are those of the drawings.
func (picturesView) Numbers() []int { return numbers(service.OwnPicturesOffered) }

func numbers(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i + 1
	}
	return list
}

// picked are the pictures that a form names, as far as it does.
func picked(form map[string][]string) (list []int) {
	for _, n := range numbers(service.OwnPicturesChosen) {
		for _, value := range form["p"+strconv.Itoa(n)] {
			number, _ := strconv.Atoi(value) // 0 is no picture
			list = append(list, number)
		}
	}
	return list
}
