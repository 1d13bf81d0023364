// Command testall runs every test of the module beside a PostgreSQL of its own,
// then every fuzz test for a few seconds, and says how many ran on each engine.
// It is what `make test` calls.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"stablefutures/internal/store"
	"stablefutures/internal/store/pgtest"
)

func main() {
	failed, err := run(context.Background(), os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if failed || err != nil {
		os.Exit(1)
	}
}

// atOnce is how many tests of a package run beside one another: most wait for a database,
// for a browser, or for a disk, and not for a processor.
const atOnce = "4"

// run starts the cluster, runs the tests and prints the counts. Arguments are
// passed on to go test; without any, the whole module is tested.
func run(ctx context.Context, args []string) (failed bool, err error) {
	cluster, err := pgtest.Start(ctx)
	if err != nil {
		return true, err
	}
	defer func() { err = errors.Join(err, cluster.Stop()) }()
	whole := len(args) == 0
	if whole {
		args = []string{"./..."}
	}
	test := exec.CommandContext(ctx, "go", append([]string{"test", "-json", "-timeout", "20m", "-parallel", atOnce}, args...)...)
	test.Env = append(os.Environ(), pgtest.Env+"="+cluster.URL)
	test.Stderr = os.Stderr
	out, err := test.StdoutPipe()
	if err != nil {
		return true, err
	}
	if err := test.Start(); err != nil {
		return true, err
	}
	counts, err := report(out)
	if waited := test.Wait(); waited != nil {
		failed = true
	}
	if whole && err == nil {
		var crashes int
		crashes, err = fuzz(ctx)
		counts.failed += crashes
	}
	counts.print()
	return failed || counts.failed > 0, err
}

// event is a line of `go test -json`.
type event struct {
	Action  string
	Package string
	Test    string
	Output  string
	Elapsed float64
}

type counts struct {
	passed, failed, skipped int
	onEngine                map[store.Engine]int
}

// report prints a line for each package, and everything that a failed test
// printed, and the reason of each test that was skipped.
func report(r io.Reader) (counts, error) {
	c := counts{onEngine: map[store.Engine]int{}}
	said := map[string]*strings.Builder{}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			fmt.Println(lines.Text())
			continue
		}
		key := e.Package + " " + e.Test
		if said[key] == nil {
			said[key] = &strings.Builder{}
		}
		c.count(e, said[key])
	}
	return c, lines.Err()
}

func (c *counts) count(e event, said *strings.Builder) {
	switch {
	case e.Action == "output", e.Action == "build-output":
		said.WriteString(e.Output)
		if e.Action == "build-output" {
			fmt.Print(e.Output)
		}
	case e.Test == "" && (e.Action == "pass" || e.Action == "fail"):
		fmt.Printf("%-4s %s (%.1f s)\n", e.Action, e.Package, e.Elapsed)
		if e.Action == "fail" {
			fmt.Print(said)
			c.failed++
		}
	case e.Test == "":
	case e.Action == "pass":
		c.passed++
		for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
			if strings.Contains(e.Test+"/", "/"+string(engine)+"/") {
				c.onEngine[engine]++
			}
		}
	case e.Action == "fail":
		c.failed++
		fmt.Print(said)
	case e.Action == "skip":
		c.skipped++
		fmt.Print(said)
	}
}

func (c counts) print() {
	fmt.Printf("tests that ran on %s: %d, on %s: %d\n", store.SQLite, c.onEngine[store.SQLite], store.PostgreSQL, c.onEngine[store.PostgreSQL])
	fmt.Printf("%d passed, %d failed, %d skipped\n", c.passed, c.failed, c.skipped)
}
