package store_test

import (
	"errors"
	"testing"

	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// throughCutter is a PostgreSQL database whose connections can be cut off.
func throughCutter(t *testing.T) (*store.DB, *storetest.Cutter) {
	t.Helper()
	dsn, c := storetest.PostgresBehindCutter(t)
	db := open(t, dsn)
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		return tx.AddAuthority(store.Authority{Code: "999", Name: "Fernshire", Edition: "working-2026"})
	})
	if err != nil {
		t.Fatal(err)
	}
	return db, c
}

// A connection that breaks before a transaction is being kept has kept nothing: it is
// done again, and nobody notices.
func TestWhatWasCertainlyNotKeptIsDoneAgain(t *testing.T) {
	for _, after := range []bool{false, true} {
		db, c := throughCutter(t) // a connection tells the server a statement's text once
		c.Cut("update authority", after)
		done := 0
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			done++
			return tx.Lock("999")
		})
		if err != nil || done != 2 {
			t.Errorf("cut off in the middle, it was done %d times: %v", done, err)
		}
	}
}

// A connection that breaks while a transaction is being kept leaves open whether it
// was: it is not done again, and the error says that the database is away.
func TestWhatMayHaveBeenKeptIsNotDoneAgain(t *testing.T) {
	db, c := throughCutter(t)
	for _, kept := range []bool{false, true} {
		c.Cut("commit", kept)
		done := 0
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			done++
			return tx.AddAudit("999", store.AuditEntry{ID: map[bool]string{false: "lost", true: "kept"}[kept], Act: "sign in", Subject: "account", SubjectID: "a"})
		})
		if !errors.Is(err, store.ErrAway) || done != 1 {
			t.Errorf("cut off at the end, it was done %d times: %v", done, err)
		}
	}
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		list, err := tx.AuditOfKind("999", "account", "a", 10)
		if len(list) != 1 || list[0].ID != "kept" {
			t.Errorf("there are %+v", list)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
