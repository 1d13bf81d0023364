package store_test

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// pointing are columns by which a row is about a young person, or about something that
// is: a table that has one holds something that goes when they are erased.
var pointing = []string{"child_id", "child_a", "child_b", "record_id", "conversation_id", "reading_id", "restriction_id", "emergency_id", "consent_id", "share_id"}

// Erasing a person reaches every table that holds anything of one.
func TestErasingKnowsEveryTable(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		driver, columns := "pgx", `select table_name, column_name from information_schema.columns where table_schema = 'public'`
		if db.Engine == store.SQLite {
			driver, columns = "sqlite", `select t.name, c.name from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table'`
		}
		raw, err := sql.Open(driver, dsn)
		if err != nil {
			t.Fatal(err)
		}
		defer raw.Close()
		rows, err := raw.Query(columns)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		seen := 0
		for rows.Next() {
			var table, column string
			if err := rows.Scan(&table, &column); err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(pointing, column) && !strings.HasPrefix(column, "child") {
				continue
			}
			seen++
			if !slices.Contains(store.ErasedTables(), table) {
				t.Errorf("%s has the column %s, and erasing a person leaves it as it is: see erase.go", table, column)
			}
		}
		if err := rows.Err(); err != nil || seen < 15 {
			t.Fatalf("%d columns found: %v", seen, err)
		}
	})
}
