package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stablefutures/internal/child"
	"stablefutures/internal/seal"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// sealedPeople adds an authority with so many children, each with a name.
func sealedPeople(t *testing.T, db *store.DB, n int) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		if err := tx.AddAuthority(store.Authority{Code: "999", Name: "Fernshire", Edition: "e"}); err != nil {
			return err
		}
		for i := range n {
			if err := addPerson(tx, i); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func addPerson(tx *store.Tx, i int) error {
	id := fmt.Sprintf("c%04d", i)
	if err := tx.AddChild("999", child.Child{ID: id, Reference: "R" + id, Record: id}); err != nil {
		return err
	}
	return tx.AddIdentity("999", child.Identity{Child: id, Source: child.ByHand, Name: nameOf(i), BirthDate: "2010-02-03"})
}

func nameOf(i int) string { return fmt.Sprintf("Peregrine%d Smallwood%d", i, i) }

// names are the names of all children as the store gives them.
func names(ctx context.Context, db *store.DB) (map[string]string, error) {
	out := map[string]string{}
	err := db.Read(ctx, func(tx *store.Tx) error {
		list, err := tx.Identities("999")
		for _, i := range list {
			out[i.Child] = i.Name
		}
		return err
	})
	return out, err
}

func wantNames(t *testing.T, db *store.DB, n int) {
	t.Helper()
	got, err := names(t.Context(), db)
	if err != nil || len(got) != n {
		t.Fatalf("%d names, not %d: %v", len(got), n, err)
	}
	for i := range n {
		if got[fmt.Sprintf("c%04d", i)] != nameOf(i) {
			t.Errorf("child %d is %q", i, got[fmt.Sprintf("c%04d", i)])
		}
	}
}

// past opens a database past the store.
func past(t *testing.T, db *store.DB, dsn string) *sql.DB {
	t.Helper()
	driver := "pgx"
	if db.Engine == store.SQLite {
		driver = "sqlite"
	}
	raw, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	return raw
}

func exec(t *testing.T, raw *sql.DB, text string) {
	t.Helper()
	if _, err := raw.Exec(text); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

func count(t *testing.T, raw *sql.DB, text string) (n int) {
	t.Helper()
	if err := raw.QueryRow(text).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// A database from before, or one in which sealing was stopped in the middle, is sealed
// by whoever opens it, also where two do so at once; what stood there before is gone
// from the file, and what sealedPeople typed that looks like a sealed text is kept.
func TestADatabaseFromBeforeIsSealed(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		sealedPeople(t, db, 40)
		raw := past(t, db, dsn)
		for i := range 30 { // the other ten are sealed already
			exec(t, raw, fmt.Sprintf("update identity set name = '%s', birth_date = '2010-02-03' where child_id = 'c%04d'", nameOf(i), i))
		}
		exec(t, raw, "update identity set name = 's1.looks-sealed' where child_id = 'c0007'")
		exec(t, raw, "delete from name_token")
		exec(t, raw, "update keyring set sealed_at = ''")
		raw.Close()

		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				again, err := store.Open(t.Context(), dsn, store.Options{Clock: time.Now, Master: storetest.Master})
				if err != nil {
					t.Error(err)
					return
				}
				if err := again.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		raw = past(t, db, dsn)
		if n := count(t, raw, "select count(*) from identity where name like 'Pere%' or birth_date like '2010%'"); n > 0 {
			t.Errorf("%d rows are still plain", n)
		}
		got, err := names(t.Context(), db)
		if err != nil || got["c0003"] != nameOf(3) || got["c0035"] != nameOf(35) || got["c0007"] != "s1.looks-sealed" {
			t.Errorf("%q, %q, %q: %v", got["c0003"], got["c0035"], got["c0007"], err)
		}
		err = db.Read(t.Context(), func(tx *store.Tx) error {
			found, err := tx.ChildrenByName("999", "smallwood12")
			if !found["c0012"] {
				t.Errorf("the name is not found: %v", found)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		if db.Engine == store.SQLite {
			for _, end := range []string{"", "-wal"} {
				data, err := os.ReadFile(dsn + end)
				if err != nil || strings.Contains(string(data), "Peregrine") {
					t.Errorf("a plain name is still in the file%s: %v", end, err)
				}
			}
		}
	})
}

// Keys are rotated again and again beside a server that reads and writes, without one
// error; in the end the first keys are gone, and everything is readable.
func TestKeysRotateUnderLoad(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		server, rotator := open(t, dsn), open(t, dsn)
		sealedPeople(t, server, 100)
		ctx, stop := context.WithCancel(t.Context())
		var added atomic.Int64
		added.Store(100)
		var work sync.WaitGroup
		for range 3 {
			work.Go(func() {
				for ctx.Err() == nil {
					if err := server.Write(t.Context(), func(tx *store.Tx) error {
						if err := tx.Lock("999"); err != nil {
							return err
						}
						return addPerson(tx, int(added.Add(1)-1))
					}); err != nil {
						t.Errorf("write: %v", err)
						return
					}
				}
			})
			work.Go(func() {
				for ctx.Err() == nil {
					if _, err := names(t.Context(), server); err != nil {
						t.Errorf("read: %v", err)
						return
					}
				}
			})
		}
		raw := past(t, server, dsn)
		var first string
		if err := raw.QueryRow("select id from seal_key").Scan(&first); err != nil {
			t.Fatal(err)
		}
		rewrapped := 0
		for range 6 {
			done, err := rotator.RotateKeys(t.Context())
			if err != nil {
				t.Error(err)
			}
			rewrapped += done.Rewrapped
		}
		stop()
		work.Wait()
		if _, err := rotator.RotateKeys(t.Context()); err != nil {
			t.Error(err)
		}
		if n := count(t, raw, "select count(*) from seal_key"); n != 1 {
			t.Errorf("%d keys are left", n)
		}
		if n := count(t, raw, "select count(*) from seal_key where id = '"+first+"'"); n != 0 || rewrapped < 600 {
			t.Errorf("the first key is still there (%d), %d data keys were wrapped anew", n, rewrapped)
		}
		wantNames(t, server, int(added.Load()))
		wantNames(t, open(t, dsn), int(added.Load()))
	})
}

// A keyring under another master key opens with that one alone; who runs goes on.
func TestTheMasterKeyIsChanged(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		server, tool := open(t, dsn), open(t, dsn)
		sealedPeople(t, server, 3)
		other, err := seal.NewMaster([]byte("another master key for the tests"))
		if err != nil {
			t.Fatal(err)
		}
		if err := tool.RewrapKeyring(t.Context(), other); err != nil {
			t.Fatal(err)
		}
		if err := server.Write(t.Context(), func(tx *store.Tx) error { return addPerson(tx, 3) }); err != nil {
			t.Errorf("the server that runs cannot go on: %v", err)
		}
		if _, err := store.Open(t.Context(), dsn, store.Options{Clock: time.Now, Master: storetest.Master}); !errors.Is(err, seal.ErrMaster) {
			t.Errorf("the old master key: %v", err)
		}
		again, err := store.Open(t.Context(), dsn, store.Options{Clock: time.Now, Master: other})
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		wantNames(t, again, 4)
	})
}

// Of a person whose key is destroyed nothing opens, nothing more is kept, and nobody
// else loses anything; the key itself is gone from the disk.
func TestADestroyedKeyErasesAPerson(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		sealedPeople(t, db, 2)
		raw := past(t, db, dsn)
		var key string
		if err := raw.QueryRow("select wrapped from data_key where child_id = 'c0000'").Scan(&key); err != nil {
			t.Fatal(err)
		}
		if _, err := names(t.Context(), db); err != nil { // the key is in memory by now
			t.Fatal(err)
		}
		if err := db.Write(t.Context(), func(tx *store.Tx) error { return tx.DestroyPersonKey("999", "c0000") }); err != nil {
			t.Fatal(err)
		}
		got, err := names(t.Context(), db)
		if err != nil || got["c0000"] != "" || got["c0001"] != nameOf(1) {
			t.Errorf("%v: %v", got, err)
		}
		err = db.Write(t.Context(), func(tx *store.Tx) error {
			if erased, err := tx.PersonErased("999", "c0000"); err != nil || !erased {
				t.Errorf("the person is not told as erased: %v", err)
			}
			if erased, err := tx.PersonErased("999", "c0001"); err != nil || erased {
				t.Errorf("somebody else is told as erased: %v", err)
			}
			found, err := tx.ChildrenByName("999", "Peregrine0")
			if found["c0000"] {
				t.Errorf("the erased person is found by name: %v", found)
			}
			return errors.Join(err, tx.AddIdentity("999", child.Identity{Child: "c0000", Source: child.ByHand, Name: "Back Again"}))
		})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := names(t.Context(), db); err != nil || got["c0000"] != "" {
			t.Errorf("after more was written: %v: %v", got, err)
		}
		err = db.Write(t.Context(), func(tx *store.Tx) error {
			return tx.AddConversation("999", store.Conversation{ID: "v", Child: "c0000", Edition: "e", HeldOn: "2026-01-01", Language: "Tigrinya"})
		})
		if !errors.Is(err, store.ErrErased) {
			t.Errorf("a conversation with an erased person: %v", err)
		}
		if err := db.Scrub(t.Context()); err != nil {
			t.Fatal(err)
		}
		if db.Engine == store.SQLite {
			files, err := filepath.Glob(dsn + "*")
			if err != nil || len(files) < 2 {
				t.Fatal(files, err)
			}
			for _, path := range files {
				if data, err := os.ReadFile(path); err != nil || strings.Contains(string(data), key) {
					t.Errorf("the destroyed key is still in %s: %v", path, err)
				}
			}
		}
	})
}

// A server that asked for nothing while keys were rotated wraps by the key that is there
// now, by ones and in bulk.
func TestARotationIsNoticedByWhoWritesNext(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		server, tool := open(t, dsn), open(t, dsn)
		sealedPeople(t, server, 1)
		rotate := func() {
			t.Helper()
			if _, err := tool.RotateKeys(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		rotate()
		err := server.Write(t.Context(), func(tx *store.Tx) error {
			return tx.AddDelivery("999", store.Delivery{Number: 1, Kind: "k", FileName: "one.csv", Report: "{}"})
		})
		if err != nil {
			t.Errorf("a key of its own: %v", err)
		}
		rotate()
		if err := server.Write(t.Context(), func(tx *store.Tx) error { return addPerson(tx, 1) }); err != nil {
			t.Errorf("keys in bulk: %v", err)
		}
		rotate()
		wantNames(t, server, 2)
	})
}

// What was deleted is taken off the disk also while another program empties the log into
// the database, again and again: SQLite does not wait for that by itself.
func TestWhatWasDeletedIsTakenOffBesideACheckpoint(t *testing.T) {
	dsn := filepath.Join(t.TempDir(), "stablefutures.db")
	db := open(t, dsn)
	raw := past(t, db, dsn)
	exec(t, raw, "pragma busy_timeout = 30000")
	ctx, stop := context.WithCancel(t.Context())
	var other sync.WaitGroup
	other.Go(func() {
		for ctx.Err() == nil {
			if _, err := raw.Exec("pragma wal_checkpoint(passive)"); err != nil {
				t.Error(err)
			}
		}
	})
	sealedPeople(t, db, 40)
	for range 20 {
		if err := db.Scrub(t.Context()); err != nil {
			t.Error(err)
		}
	}
	stop()
	other.Wait()
}
