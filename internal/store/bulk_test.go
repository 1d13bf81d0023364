package store_test

import (
	"database/sql"
	"fmt"
	"testing"

	"stablefutures/internal/child"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// PostgreSQL must know of many rows that a transaction added before it is asked for
// one of them: its plan for an empty table reads all of a full one.
func TestManyNewRowsAreCounted(t *testing.T) {
	dsn := storetest.Postgres(t)
	db := open(t, dsn)
	const many = 10_000
	list := make([]child.Child, many)
	for i := range list {
		name := fmt.Sprintf("c%05d", i)
		list[i] = child.Child{ID: name, Record: name, Reference: name}
	}
	err := db.WriteLong(t.Context(), func(tx *store.Tx) error {
		if err := tx.AddAuthority(store.Authority{Code: "999", Name: "Fernshire", Edition: "e"}); err != nil {
			return err
		}
		return tx.AddChildren("999", list)
	})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	var counted float64
	if err := raw.QueryRow("select reltuples from pg_class where relname = 'child'").Scan(&counted); err != nil {
		t.Fatal(err)
	}
	if counted != many {
		t.Errorf("PostgreSQL plans for %g rows of %d", counted, many)
	}
}
