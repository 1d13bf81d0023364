package store_test

import (
	"database/sql"
	"errors"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

var noon = time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC)

func open(t testing.TB, dsn string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), dsn, store.Options{Clock: func() time.Time { return noon }, Master: storetest.Master})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func TestEveryStatementIsUnderstood(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		driver, address := "pgx", dsn
		if db.Engine == store.SQLite {
			driver = "sqlite"
		}
		raw, err := sql.Open(driver, address)
		if err != nil {
			t.Fatal(err)
		}
		defer raw.Close()
		for _, text := range store.Statements() {
			prepared, err := raw.Prepare(text)
			if err != nil {
				t.Errorf("%v\n%s", err, text)
				continue
			}
			if err := prepared.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestOpeningTwiceKeepsWhatIsThere(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			return tx.AddAuthority(store.Authority{Code: "999", Name: "Fernshire", Edition: "working-2026"})
		})
		if err != nil {
			t.Fatal(err)
		}
		again := open(t, dsn)
		err = again.Read(t.Context(), func(tx *store.Tx) error {
			a, err := tx.Authority("999")
			if err == nil && (a.Name != "Fernshire" || !a.CreatedAt.Equal(noon)) {
				t.Errorf("read back %+v", a)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestErrorsAreToldApart(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		add := func(tx *store.Tx) error {
			return tx.AddAuthority(store.Authority{Code: "999", Name: "Fernshire", Edition: "e"})
		}
		if err := db.Write(t.Context(), add); err != nil {
			t.Fatal(err)
		}
		if err := db.Write(t.Context(), add); !errors.Is(err, store.ErrConflict) {
			t.Errorf("the same authority twice: %v", err)
		}
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			return tx.AddAccount(store.Account{Authority: "998", ID: "a", Username: "u", Role: "worker"})
		})
		if !errors.Is(err, store.ErrInvalid) {
			t.Errorf("an account of no authority: %v", err)
		}
		err = db.Read(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Authority("998")
			return err
		})
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("an authority that is not there: %v", err)
		}
		err = db.Read(t.Context(), add)
		if err == nil || strings.Contains(err.Error(), "already") {
			t.Errorf("a reading transaction wrote: %v", err)
		}
	})
}
