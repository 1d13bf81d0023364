// Package storetest gives tests a fresh database on each engine, so that one
// suite runs on both. The program itself must not import it.
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"stablefutures/internal/id"
	"stablefutures/internal/seal"
	"stablefutures/internal/store"
	"stablefutures/internal/store/pgtest"
)

// MasterText is Master as a program reads it, for one that is started on a test's database.
var MasterText = base64.StdEncoding.EncodeToString([]byte(masterKey))

const masterKey = "a master key of tests, not kept!"

// Master is the master key of every database that a test makes.
var Master = sync.OnceValue(func() seal.Master {
	m, err := seal.NewMaster([]byte(masterKey))
	if err != nil {
		panic(err)
	}
	return m
})()

// Engines runs a test once on each engine with the address of a database without a row.
// On PostgreSQL its tables are there already: making them anew for each test takes longer
// than most tests do. A test of how tables are made asks for EmptyEngines.
//
// PostgreSQL is skipped, saying so, where no server is installed; under
// `make test` its absence is a failure, because the tool that runs the tests
// starts the server.
func Engines(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Helper()
	t.Run(string(store.SQLite), func(t *testing.T) {
		test(t, filepath.Join(t.TempDir(), "test.db"))
	})
	t.Run(string(store.PostgreSQL), func(t *testing.T) {
		test(t, database(t, server(t), " template "+withTables(t)))
	})
}

// EmptyEngines runs a test once on each engine with the address of a database without a
// table.
func EmptyEngines(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Helper()
	t.Run(string(store.SQLite), func(t *testing.T) {
		test(t, filepath.Join(t.TempDir(), "test.db"))
	})
	t.Run(string(store.PostgreSQL), func(t *testing.T) {
		test(t, Postgres(t))
	})
}

// withTables is the name of a database of this process whose tables are made, to be copied.
func withTables(t testing.TB) string {
	t.Helper()
	tables.Do(func() {
		address := server(t)
		name := "tables" + id.NewSource(rand.Reader).New()
		admin(t, address, "create database "+name)
		u, err := url.Parse(address)
		if err == nil {
			u.Path = "/" + name
			err = store.Migrate(context.Background(), u.String())
		}
		if err != nil {
			t.Fatal(err)
		}
		tablesName = name
	})
	if tablesName == "" {
		t.Fatal("the tables that tests copy could not be made")
	}
	return tablesName
}

var (
	tables     sync.Once
	tablesName string
)

// Postgres is the address of an empty PostgreSQL database that goes with the test.
func Postgres(t testing.TB) string {
	t.Helper()
	return database(t, server(t), "")
}

// server is the address of the PostgreSQL on which tests make their databases.
func server(t testing.TB) string {
	t.Helper()
	if address := os.Getenv(pgtest.Env); address != "" {
		return address
	}
	address, err := own()
	if errors.Is(err, pgtest.ErrAbsent) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// database makes an empty database that goes with the test.
func database(t testing.TB, server, options string) string {
	t.Helper()
	name := "t" + id.NewSource(rand.Reader).New()
	admin(t, server, "create database "+name+options)
	t.Cleanup(func() { admin(t, server, "drop database "+name+" with (force)") })
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

// own is a cluster of this test process, started once. The kernel ends it with
// the process (see pgtest).
var own = sync.OnceValues(func() (string, error) {
	c, err := pgtest.Start(context.Background())
	if err != nil {
		return "", err
	}
	return c.URL, nil
})

func admin(t testing.TB, server, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	if _, err := db.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
