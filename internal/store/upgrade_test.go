package store_test

import (
	"database/sql"
	"os"
	"testing"

	"github.com/pressly/goose/v3"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// A database of before second factors keeps its people and their roles. A password
// that somebody else had set opens nothing any more, and everybody signs in anew.
func TestADatabaseOfBeforeSecondFactorsIsBroughtUpToDate(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		before(t, dsn, 3,
			`insert into authority (code, name, fictional, edition, version, created_at) values ('999', 'Fernshire', 0, 'e', 0, '')`,
			`insert into account (authority, id, username, name, role, password, created_at, created_by, one_time) values ('999', 'a', 'ada', 'Ada', 'administrator', 'kept', '', '', 0)`,
			`insert into account (authority, id, username, name, role, password, created_at, created_by, one_time) values ('999', 'b', 'ben', 'Ben', 'data-officer', 'set by ada', '', 'a', 1)`,
			`insert into session (authority, token_hash, account_id, created_at, seen_at) values ('999', 'h', 'a', '2026-03-31T11:59:00.000000Z', '2026-03-31T11:59:00.000000Z')`)
		db := open(t, dsn)
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			for id, want := range map[string]store.Account{"a": {Role: access.Administrator, Password: "kept"}, "b": {Role: access.DataOfficer}} {
				if got, err := tx.Account("999", id); err != nil || got.Role != want.Role || got.Password != want.Password {
					t.Errorf("%s is %+v, %v", id, got, err)
				}
			}
			if session, err := tx.WasSession("999", "h"); err != nil || session.EndedAt.IsZero() {
				t.Errorf("the session goes on: %+v, %v", session, err)
			}
			// Which roles there are is the program's to say.
			return tx.ChangeAccount("999", "b", "Ben", "auditor")
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// before makes a database as it was at a version, with these rows.
func before(t *testing.T, dsn string, version int64, rows ...string) {
	t.Helper()
	driver, dialect := "sqlite", goose.DialectSQLite3
	if store.IsPostgreSQL(dsn) {
		driver, dialect = "pgx", goose.DialectPostgres
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	old, err := goose.NewProvider(dialect, db, os.DirFS("migrations"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := old.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if _, err := db.ExecContext(t.Context(), row); err != nil {
			t.Fatalf("%v\n%s", err, row)
		}
	}
}
