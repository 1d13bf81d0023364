package service

import (
	"crypto/rand"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/signin"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// The last administrator stays one, whatever their groups say. The log says so when they
// sign in, and not every quarter of an hour while they work.
func TestThatTheLastAdministratorIsKeptIsSaidOnce(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
		clock := func() time.Time { return now }
		db, err := store.Open(t.Context(), dsn, store.Options{Clock: clock, Master: storetest.Master})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
		s, err := New(db, clock, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.AddAuthority(t.Context(), "999", "Fernshire", false); err != nil {
			t.Fatal(err)
		}
		write := func(do func(*store.Tx) error) {
			t.Helper()
			if err := db.Write(t.Context(), do); err != nil {
				t.Fatal(err)
			}
		}
		p := store.Provider{Issuer: "https://login.example", Groups: []store.ProviderGroup{{Name: "g-workers", Role: access.Worker}}}
		person := signin.Person{Subject: "ada", Username: "ada", Name: "Ada", Groups: []string{"g-workers"}}
		session := store.Session{Hash: "h", Account: "a", Way: string(byProvider), Whole: true, Refresh: "r", VouchedAt: now}
		write(func(tx *store.Tx) error {
			if err := tx.AddAccount(store.Account{Authority: "999", ID: "a", Username: "ada", Name: "Ada", Role: access.Administrator, Issuer: p.Issuer, Subject: person.Subject}); err != nil {
				return err
			}
			return tx.AddSession("999", session)
		})
		said := func(want int) {
			t.Helper()
			n := 0
			write(func(tx *store.Tx) error {
				n = 0
				entries, err := tx.AuditOfKind("999", "account", "a", 100)
				for _, e := range entries {
					if e.Act == "last administrator kept" {
						n++
					}
				}
				return err
			})
			if n != want {
				t.Errorf("it is in the log %d times, want %d", n, want)
			}
		}
		for range 3 {
			now = now.Add(VouchedEvery)
			if err := s.vouchAgain(t.Context(), "999", p, session, person); err != nil {
				t.Fatal(err)
			}
		}
		said(0)
		write(func(tx *store.Tx) error {
			account, err := s.signedInAs(tx, "999", p, person, access.Worker)
			if account.Role != access.Administrator {
				t.Errorf("they are %s now", account.Role)
			}
			return err
		})
		said(1)
	})
}
