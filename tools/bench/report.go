package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// line is one figure beside its rival. A figure that misses its aim says so beside it.
type line struct {
	what, figure, rival, ratio, aim string
	missed                          bool
}

// wanted is the aim, and whether it was missed.
func (l line) wanted() string {
	if l.missed {
		return l.aim + " **missed**"
	}
	return l.aim
}

// report is what docs/performance.md says.
type report struct {
	n     sizes
	lines []line
}

func newReport(n sizes) *report { return &report{n: n} }

// add keeps a figure, and tells whoever waits that it is there.
func (r *report) add(l line) {
	r.lines = append(r.lines, l)
	fmt.Fprintln(os.Stderr, strings.Join([]string{l.what, l.figure, l.rival, l.ratio, l.wanted()}, " | "))
}

func (r *report) print(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "# Speed and size\n\nMeasured by `make bench` on %s: %s, %d cores, %s, %s.\n", time.Now().Format("2 January 2006"), processor(), runtime.NumCPU(), runtime.Version(), runtime.GOOS)
	fmt.Fprintf(out, "The machine is shared, so that a figure is to be read beside its rival, which ran in the same minutes.\n\n")
	fmt.Fprintf(out, "| What | Measured | Rival in the same run | Ratio | Aim |\n|---|---|---|---|---|\n")
	for _, l := range r.lines {
		fmt.Fprintf(out, "| %s | %s | %s | %s | %s |\n", l.what, l.figure, l.rival, l.ratio, l.wanted())
	}
	fmt.Fprintf(out, "\n%s", fmt.Sprintf(method, r.n.episodes, records, acts, r.n.readings, r.n.load, readers, pause, phones, perSecond, r.n.answers, r.n.entries, r.n.paints))
	return out.Flush()
}

const method = `## How

- **Import**: one SSDA903 episodes file of %d rows is taken into an empty database, with
  everything that an import does: reading, checking, linking children, facts, audit. The
  rival parts the same file with encoding/csv and does nothing with it. Medians of three
  turns, each turn the rival first.
- **Protection**: the same acts by two programs that differ in nothing but that one of them
  was built without scopes, seals and log (the tag unprotected): opening one of %d records,
  and saving a reading with words, one after the other, %d times each, in turns of two.
- **Pages**: a database of %d readings of 2,500 young people on one council's register. For
  %s, %d people each open a page and wait %s after it, while one more person saves a
  reading after the other without a rest. The rival is the page that says who may do what,
  which asks the database for nothing but the session, read by as many people. "Without a
  rest" is the same with no wait between pages: it shows what the machine can bear, and the
  processes that ask share the cores with the one that answers.
- **Saving**: the times of that one person's saves, each on disk before it is answered. The
  rival is one bare insert into the same engine, on disk too, with nothing else going on.
- **Answers**: %d young people on their own pages of the same database, in from codes, give
  %d answers a second together for %s, each when its time comes whether or not others
  wait; times are from that moment to the acknowledgement. Those who ask share the cores with
  the one that answers. Afterwards every acknowledged answer is looked for. The rivals'
  figures are published ones, of other programs on other machines.
- **Log**: a log of %d entries is gone through as ` + "`stablefutures ledger verify`" + ` does: every
  seal, every hash of the tree, the edge. The rival reads the same rows and does nothing with
  them. Medians of three turns.
- **Largest paint**: in Chromium, on a phone of 360 × 640 with a slow network and a slow
  processor as Lighthouse has them (1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back, a
  quarter of the speed), with nothing kept from before: when the largest thing of a page is
  drawn. The slowest of %d turns of each page, and of all pages the slowest, in each language.
  The rival is the page that stands after leaving, measured alike.
- **Start**: from starting the process to the first whole page of sign-in. The rival starts
  on an empty database.
`

func processor() string {
	data, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	for l := range strings.Lines(string(data)) {
		if name, value, ok := strings.Cut(l, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}

// times are how long single acts took.
type times []time.Duration

// at is the time within which a share of the acts was done, by nearest rank.
func (t times) at(share float64) time.Duration {
	if len(t) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(t))
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}

func (t times) String() string {
	return fmt.Sprintf("p50 %s, p95 %s (%d)", short(t.at(0.5)), short(t.at(0.95)), len(t))
}

func short(d time.Duration) string {
	if d >= time.Second {
		return fmt.Sprintf("%.2f s", d.Seconds())
	}
	return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
}

func ratio(a, b time.Duration) string { return fmt.Sprintf("%.2f", float64(a)/float64(b)) }
