package store_test

import (
	"slices"
	"testing"

	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// A table is counted as soon as there is something in it, once; what a transaction has
// not kept is none of it.
func TestTablesThatWereNeverCountedAreCounted(t *testing.T) {
	dsn := storetest.Postgres(t)
	db := open(t, dsn)
	count := func() []string {
		t.Helper()
		tables, err := db.CountTables(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return tables
	}
	count()
	if tables := count(); len(tables) != 0 {
		t.Fatalf("counted again: %v", tables)
	}
	err := db.Write(t.Context(), func(tx *store.Tx) error { return tx.AddAuthority(store.Authority{Code: "999", Name: "Fernshire"}) })
	if err != nil {
		t.Fatal(err)
	}
	if tables := count(); !slices.Contains(tables, "authority") || slices.Contains(tables, "reading") {
		t.Errorf("counted %v", tables)
	}
	if tables := count(); len(tables) != 0 {
		t.Errorf("counted again: %v", tables)
	}
}
