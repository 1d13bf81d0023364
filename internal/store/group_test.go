package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// ways are the two ways to write something that is quickly done.
func ways(db *store.DB) map[string]func(context.Context, func(*store.Tx) error) error {
	return map[string]func(context.Context, func(*store.Tx) error) error{
		"Write":  db.Write,
		"Change": func(ctx context.Context, do func(*store.Tx) error) error { return db.Change(ctx, "999", do) },
	}
}

func onBothWays(t *testing.T, test func(t *testing.T, db *store.DB, write func(context.Context, func(*store.Tx) error) error)) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		if err := db.Write(t.Context(), func(tx *store.Tx) error {
			return tx.AddAuthority(store.Authority{Code: "999", Name: "n", Edition: "e"})
		}); err != nil {
			t.Fatal(err)
		}
		for name, write := range ways(db) {
			t.Run(name, func(t *testing.T) { test(t, db, write) })
		}
	})
}

// Many who write at once each get all or nothing, whatever becomes of the others: one of
// them refuses after it wrote, one is gone, and one meets what the database refuses.
func TestManyWritersEachHaveAllOrNothing(t *testing.T) {
	onBothWays(t, func(t *testing.T, db *store.DB, write func(context.Context, func(*store.Tx) error) error) {
		refused := errors.New("refused")
		gone, stop := context.WithCancel(t.Context())
		stop()
		code := func(n int, half string) string { return fmt.Sprint(t.Name(), n, half) }
		var all sync.WaitGroup
		for n := range 200 {
			all.Go(func() {
				ctx, want := t.Context(), error(nil)
				switch n % 4 {
				case 1:
					want = refused
				case 2:
					ctx, want = gone, context.Canceled
				case 3:
					want = store.ErrConflict
				}
				err := write(ctx, func(tx *store.Tx) error {
					for _, half := range []string{"a", "b"} {
						if err := tx.AddAuthority(store.Authority{Code: code(n, half), Name: "n", Edition: "e"}); err != nil {
							return err
						}
					}
					if n%4 == 3 {
						return tx.AddAuthority(store.Authority{Code: code(n, "a"), Name: "n", Edition: "e"})
					}
					return want
				})
				if !errors.Is(err, want) {
					t.Errorf("writer %d got %v, want %v", n, err, want)
				}
			})
		}
		all.Wait()
		found := map[string]bool{}
		err := db.Read(t.Context(), func(tx *store.Tx) error {
			list, err := tx.Authorities()
			for _, a := range list {
				found[a.Code] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for n := range 200 {
			for _, half := range []string{"a", "b"} {
				if want := n%4 == 0; found[code(n, half)] != want {
					t.Errorf("writer %d: %s is there: %v, want %v", n, half, !want, want)
				}
			}
		}
	})
}

// The lock of an authority is taken for each change, and counted for those that were kept.
func TestAChangeIsCountedWhereItIsKept(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		nothing := func(*store.Tx) error { return nil }
		if err := db.Change(t.Context(), "999", nothing); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("a change of an authority that is not there: %v", err)
		}
		if err := db.Write(t.Context(), func(tx *store.Tx) error {
			return tx.AddAuthority(store.Authority{Code: "999", Name: "n", Edition: "e"})
		}); err != nil {
			t.Fatal(err)
		}
		version := func() (v int) {
			t.Helper()
			if err := db.Read(t.Context(), func(tx *store.Tx) error {
				a, err := tx.Authority("999")
				v = a.Version
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return v
		}
		before := version()
		var all sync.WaitGroup
		for n := range 40 {
			all.Go(func() {
				_ = db.Change(t.Context(), "999", func(*store.Tx) error {
					if n%2 == 0 {
						return errors.New("refused")
					}
					return nil
				})
			})
		}
		all.Wait()
		if after := version(); after != before+20 {
			t.Errorf("%d changes were counted, not 20", after-before)
		}
	})
}

// A fault in one caller's code is that caller's alone.
func TestAPanicIsItsCallersAlone(t *testing.T) {
	onBothWays(t, func(t *testing.T, db *store.DB, write func(context.Context, func(*store.Tx) error) error) {
		func() {
			defer func() {
				if recover() != "a fault" {
					t.Error("the caller does not learn of its fault")
				}
			}()
			_ = write(t.Context(), func(tx *store.Tx) error {
				if err := tx.AddAuthority(store.Authority{Code: t.Name(), Name: "n", Edition: "e"}); err != nil {
					return err
				}
				panic("a fault")
			})
		}()
		err := write(t.Context(), func(tx *store.Tx) error {
			return tx.AddAuthority(store.Authority{Code: t.Name(), Name: "n", Edition: "e"})
		})
		if err != nil {
			t.Errorf("after the fault, the same again: %v", err)
		}
	})
}
