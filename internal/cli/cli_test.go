package cli_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"stablefutures/internal/cli"
	"stablefutures/internal/store/storetest"
)

// TestMain lets the scripts run the program itself.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"stablefutures": func() {
		os.Exit(cli.Run(context.Background(), os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
	}, "attack": attack})
}

// TestCommands plays each transcript of testdata on each engine: what an operator
// types, and what is printed. STABLEFUTURES_DB names a database of the transcript's
// own, which does not exist yet on SQLite and is empty on PostgreSQL.
func TestCommands(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		testscript.Run(t, testscript.Params{Dir: "testdata", RequireExplicitExec: true, RequireUniqueNames: true,
			Setup: func(env *testscript.Env) error {
				own := filepath.Join(env.WorkDir, "council.db")
				if strings.HasPrefix(dsn, "postgres") {
					own = storetest.Postgres(t)
				}
				env.Setenv("STABLEFUTURES_DB", own)
				env.Setenv("HOME", env.WorkDir) // where a master key of PostgreSQL is made
				return nil
			}})
	})
}
