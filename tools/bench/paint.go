package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"

	"stablefutures/internal/locale"
)

const mostPaint = 1200 * time.Millisecond

// painted is how soon the largest thing of a page was drawn, at the slowest.
type painted struct {
	path string
	took time.Duration
}

// measurePaint has a browser draw every page of a young person in every language, by the
// benchmark of the pages, which knows how to come to each.
func measurePaint(ctx context.Context, r *report, n sizes) error {
	if n.paints == 0 {
		return nil
	}
	c := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", "LargestPaint", "-benchtime", fmt.Sprintf("%dx", n.paints), "-timeout", "60m", "./internal/web")
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		return fmt.Errorf("measure in a browser: %w\n%s", err, out)
	}
	pages := paintsIn(string(out))
	floor := slowest(pages["closed"])
	for _, tag := range locale.Tags {
		if len(pages[tag]) == 0 || floor.took == 0 {
			return fmt.Errorf("no page was measured in a browser in the language %s:\n%s", tag, out)
		}
		worst := slowest(pages[tag])
		r.add(line{"Largest paint on slow 4G, " + tag, fmt.Sprintf("%s at %s, the slowest of %d pages", short(worst.took), worst.path, len(pages[tag])),
			"the page after leaving: " + short(floor.took), ratio(worst.took, floor.took), "< 1.2 s", worst.took >= mostPaint})
	}
	return nil
}

// paintOf is a line of the benchmark: the language, the page and its figure.
var paintOf = regexp.MustCompile(`^BenchmarkLargestPaintOnSlow4G/([a-z]+)(/\S*?)(?:-\d+)?\s.*?([0-9.]+) ms-slowest`)

// paintsIn are the pages that a run of the benchmark measured, by language.
func paintsIn(out string) map[string][]painted {
	pages := map[string][]painted{}
	for l := range strings.Lines(out) {
		if found := paintOf.FindStringSubmatch(l); found != nil {
			ms, _ := strconv.ParseFloat(found[3], 64) // nothing but digits and a point
			pages[found[1]] = append(pages[found[1]], painted{found[2], time.Duration(ms * float64(time.Millisecond))})
		}
	}
	return pages
}

func slowest(list []painted) (worst painted) {
	for _, p := range list {
		if p.took > worst.took {
			worst = p
		}
	}
	return worst
}
