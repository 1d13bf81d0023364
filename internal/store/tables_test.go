package store_test

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// A backup takes its tables from here: one that were missing would be lost.
func TestTablesAreAllOfTheDatabase(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		driver, query := "sqlite", "select name from sqlite_master where type = 'table'"
		if db.Engine == store.PostgreSQL {
			driver, query = "pgx", "select tablename from pg_tables where schemaname = 'public'"
		}
		var want []string
		for _, name := range asked(t, driver, dsn, query) {
			if !strings.HasPrefix(name, "goose_") && !strings.HasPrefix(name, "sqlite_") {
				want = append(want, name)
			}
		}
		tables := tablesOf(t, db)
		var got []string
		for _, table := range tables {
			got = append(got, table.Name)
		}
		for _, before := range [][2]string{{"authority", "account"}, {"child", "fact"}, {"reading", "reading_words"}} {
			if slices.Index(got, before[0]) > slices.Index(got, before[1]) {
				t.Errorf("%s stands behind %s, which refers to it", before[0], before[1])
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" || len(want) < 15 {
			t.Errorf("tables (-database +found):\n%s", diff)
		}
	})
}

// Both engines describe the same tables, so that what one wrote fits the other.
func TestTablesAreTheSameOnBothEngines(t *testing.T) {
	var lists [][]store.TableShape
	storetest.Engines(t, func(t *testing.T, dsn string) { lists = append(lists, tablesOf(t, open(t, dsn))) })
	if len(lists) != 2 {
		t.Skip("one engine alone")
	}
	for _, list := range lists {
		slices.SortFunc(list, func(a, b store.TableShape) int { return strings.Compare(a.Name, b.Name) })
	}
	if diff := cmp.Diff(lists[0], lists[1]); diff != "" {
		t.Errorf("tables (-SQLite +PostgreSQL):\n%s", diff)
	}
}

func tablesOf(t *testing.T, db *store.DB) (list []store.TableShape) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = tx.Tables()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func asked(t *testing.T, driver, dsn, query string) (list []string) {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		list = append(list, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}
