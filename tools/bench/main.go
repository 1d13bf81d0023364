// Command bench measures what the program promises about speed and size, each
// figure beside its rival in the same run, and prints docs/performance.md. It is
// what `make bench` calls; it takes some minutes and starts its own PostgreSQL.
//
// The aim stands beside each figure, and whether it was missed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"stablefutures/internal/store"
	"stablefutures/internal/store/pgtest"
)

// sizes are how much is measured; the flags make a quick run of it.
type sizes struct {
	episodes, readings int
	load               time.Duration // of each load on the pages
	answers            time.Duration // how long young people answer
	entries            int           // of the log that is gone through
	paints             int           // turns of each page in a browser
}

func main() {
	var n sizes
	flag.IntVar(&n.episodes, "episodes", 100_000, "episodes that are imported")
	flag.IntVar(&n.readings, "readings", 1_000_000, "readings in the database while pages are read")
	flag.DurationVar(&n.load, "load", 20*time.Second, "how long each page is read")
	flag.DurationVar(&n.answers, "answers", time.Minute, "how long young people answer on their own pages")
	flag.IntVar(&n.entries, "entries", 1_000_000, "entries of the log that is gone through")
	flag.IntVar(&n.paints, "paints", 2, "turns of each young person's page in a browser, in each language; 0 for none")
	protection := flag.String("protection", "", "measure acts on the database at this address alone, and print them: what another run of this tool asks for")
	program := flag.String("program", "bin/stablefutures", "the program, as `make build` leaves it")
	flag.Parse()
	if *protection != "" {
		if err := printActs(context.Background(), *protection); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if err := run(context.Background(), n, *program); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, n sizes, program string) (err error) {
	cluster, err := pgtest.Start(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, cluster.Stop()) }()
	folder, err := os.MkdirTemp("", "stablefutures-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	report := newReport(n)
	imports, err := newDatabases(ctx, cluster.URL, folder, "imports")
	if err != nil {
		return err
	}
	if err := measureImport(ctx, report, n, imports); err != nil {
		return err
	}
	if err := measureProtection(ctx, report, cluster.URL, folder); err != nil {
		return err
	}
	logs, err := newDatabases(ctx, cluster.URL, folder, "logs")
	if err != nil {
		return err
	}
	if err := measureLedger(ctx, report, n, logs); err != nil {
		return err
	}
	if err := measurePaint(ctx, report, n); err != nil {
		return err
	}
	full, err := newDatabases(ctx, cluster.URL, folder, "pages")
	if err != nil {
		return err
	}
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		if err := measurePages(ctx, report, n, engine, full[engine]); err != nil {
			return err
		}
		if err := measureAnswers(ctx, report, n, engine, full[engine]); err != nil {
			return err
		}
	}
	if err := measureProgram(ctx, report, program, full[store.SQLite], filepath.Join(folder, "empty.db")); err != nil {
		return err
	}
	return report.print(os.Stdout)
}
