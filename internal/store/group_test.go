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

// Many who write at once each get all or nothing, whatever becomes of the others.
func TestManyWritersEachHaveAllOrNothing(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		refused := errors.New("refused")
		gone, stop := context.WithCancel(t.Context())
		stop()
		var all sync.WaitGroup
		for n := range 200 {
			all.Go(func() {
				ctx, want := t.Context(), error(nil)
				switch n % 4 {
				case 1:
					want = refused
				case 2:
					ctx, want = gone, context.Canceled
				}
				err := db.Write(ctx, func(tx *store.Tx) error {
					for _, half := range []string{"a", "b"} {
						if err := tx.AddAuthority(store.Authority{Code: fmt.Sprint(n, half), Name: "n", Edition: "e"}); err != nil {
							return err
						}
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
				if want := n%4 != 1 && n%4 != 2; found[fmt.Sprint(n, half)] != want {
					t.Errorf("writer %d: %s is there: %v, want %v", n, half, !want, want)
				}
			}
		}
	})
}

// A fault in one caller's code is that caller's alone.
func TestAPanicIsItsCallersAlone(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		func() {
			defer func() {
				if recover() != "a fault" {
					t.Error("the caller does not learn of its fault")
				}
			}()
			_ = db.Write(t.Context(), func(tx *store.Tx) error {
				if err := tx.AddAuthority(store.Authority{Code: "1", Name: "n", Edition: "e"}); err != nil {
					return err
				}
				panic("a fault")
			})
		}()
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			return tx.AddAuthority(store.Authority{Code: "1", Name: "n", Edition: "e"})
		})
		if err != nil {
			t.Errorf("after the fault, the same again: %v", err)
		}
	})
}
