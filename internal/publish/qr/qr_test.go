package qr

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

var (
	box = regexp.MustCompile(`viewBox="0 0 (\d+) (\d+)"`)
	run = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)
)

// squares reads a drawing back: true is dark.
func squares(t *testing.T, svg string) [][]bool {
	t.Helper()
	var width, height int
	if _, err := fmt.Sscanf(box.FindString(svg), `viewBox="0 0 %d %d"`, &width, &height); err != nil || width != height {
		t.Fatalf("%v: %s", err, svg[:200])
	}
	grid := make([][]bool, height)
	for y := range grid {
		grid[y] = make([]bool, width)
	}
	for _, at := range run.FindAllString(svg, -1) {
		var x, y, n, back int
		if _, err := fmt.Sscanf(at, "M%d %dh%dv1h-%dz", &x, &y, &n, &back); err != nil || n != back {
			t.Fatalf("%s: %v", at, err)
		}
		for ; n > 0; n-- {
			grid[y][x] = true
			x++
		}
	}
	return grid
}

// A reader finds a code by its three corners, and needs a white edge of four squares.
func TestADrawingHasItsCornersAndItsEdge(t *testing.T) {
	svg, err := SVG("https://futures.example/in/123456789012", "a name with <signs> & \"quotes\"", "size")
	if err != nil {
		t.Fatal(err)
	}
	grid := squares(t, string(svg))
	corner := []string{"#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"}
	end := len(grid) - quiet - len(corner)
	for _, at := range [][2]int{{quiet, quiet}, {quiet, end}, {end, quiet}} {
		for y, line := range corner {
			for x, sign := range line {
				if grid[at[1]+y][at[0]+x] != (sign == '#') {
					t.Fatalf("the corner at %v is not there", at)
				}
			}
		}
	}
	for n := range grid {
		for edge := range quiet {
			if last := len(grid) - 1 - edge; grid[n][edge] || grid[n][last] || grid[edge][n] || grid[last][n] {
				t.Fatalf("the edge is not white at %d, %d", n, edge)
			}
		}
	}
	if strings.Contains(string(svg), "<signs>") || strings.Contains(string(svg), "style=") {
		t.Errorf("%s", svg[:300])
	}
	other, err := SVG("https://futures.example/in/123456789013", "x", "size")
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(squares(t, string(other))) == fmt.Sprint(grid) {
		t.Error("two addresses are one drawing")
	}
	if _, err := SVG(strings.Repeat("x", 5000), "x", "x"); err == nil {
		t.Error("what no code can hold is drawn")
	}
}
