package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// council adds an authority.
func council(t *testing.T, db *store.DB, code string) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx *store.Tx) error {
		return tx.AddAuthority(store.Authority{Code: code, Name: code, Edition: "e"})
	}); err != nil {
		t.Fatal(err)
	}
}

// Of many who take one username, or one person of a sign-in service, at the same time
// one gets it; in another council it is still free, and under another service too.
func TestAUsernameIsTakenOnce(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		here, there := open(t, dsn), open(t, dsn) // two processes
		council(t, here, "998")
		council(t, here, "999")
		add := func(db *store.DB, a store.Account) error {
			a.Role = access.Worker
			return db.Write(t.Context(), func(tx *store.Tx) error { return tx.AddAccount(a) })
		}
		once := func(what string, account func(n int) store.Account) {
			t.Helper()
			var all sync.WaitGroup
			errs := make([]error, 12)
			for n := range errs {
				all.Go(func() { errs[n] = add([]*store.DB{here, there}[n%2], account(n)) })
			}
			all.Wait()
			added := 0
			for _, err := range errs {
				if err == nil {
					added++
				} else if !errors.Is(err, store.ErrConflict) {
					t.Errorf("%s is taken: %v", what, err)
				}
			}
			if added != 1 {
				t.Errorf("%s was given to %d", what, added)
			}
		}
		once("a username", func(n int) store.Account {
			return store.Account{Authority: "999", ID: fmt.Sprint("a", n), Username: "ada", Name: fmt.Sprint("Ada ", n)}
		})
		once("a person", func(n int) store.Account {
			return store.Account{Authority: "999", ID: fmt.Sprint("b", n), Username: fmt.Sprint("ben", n), Issuer: "https://one", Subject: "ben"}
		})
		for _, a := range []store.Account{
			{Authority: "998", ID: "a", Username: "ada", Issuer: "https://one", Subject: "ben"},
			{Authority: "999", ID: "c", Username: "cat", Issuer: "https://two", Subject: "ben"},
		} {
			if err := add(here, a); err != nil {
				t.Errorf("%+v: %v", a, err)
			}
		}
		raw := past(t, here, dsn)
		if n := count(t, raw, "select count(distinct username_hash) from account where id = 'a' or username_hash in (select username_hash from account where id like 'a%' and authority = '999')"); n != 2 {
			t.Errorf("one name has %d hashes in two councils: it shows that somebody works for both", n)
		}
	})
}

// Lists of people, teams and agencies stand in the order of their names, those in use
// first, though the database cannot know it; what another process changes is seen at once.
func TestSealedNamesStandInOrder(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db, other := open(t, dsn), open(t, dsn)
		council(t, db, "999")
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			for n, name := range []string{"cleo", "ada", "dan", "ben"} {
				id := fmt.Sprint("id", n)
				if err := errors.Join(
					tx.AddAccount(store.Account{Authority: "999", ID: id, Username: name, Name: strings.ToUpper(name), Role: access.Partner}),
					tx.AddTeam("999", id, name, ""), tx.AddAgency("999", id, name, "other", "")); err != nil {
					return err
				}
			}
			return errors.Join(tx.PlacePartner("999", "id0", "id0", ""), tx.PlacePartner("999", "id1", "id0", ""),
				tx.EndAccount("999", "id3", ""), tx.EndTeam("999", "id3"), tx.EndAgency("999", "id3", ""))
		})
		if err != nil {
			t.Fatal(err)
		}
		stand := func(want string) {
			t.Helper()
			err := db.Read(t.Context(), func(tx *store.Tx) error {
				accounts, err := tx.Accounts("999")
				teams, err2 := tx.Teams("999")
				agencies, err3 := tx.Agencies("999")
				partners, err4 := tx.PartnersOf("999", "id0")
				names := map[string][]string{}
				for _, a := range accounts {
					names["accounts"] = append(names["accounts"], strings.ToLower(a.Name))
				}
				for _, a := range teams {
					names["teams"] = append(names["teams"], a.Name)
				}
				for _, a := range agencies {
					names["agencies"] = append(names["agencies"], a.Name)
				}
				for what, list := range names {
					if got := strings.Join(list, " "); got != want {
						t.Errorf("%s: %s, not %s", what, got, want)
					}
				}
				if len(names) != 3 || !slices.EqualFunc(partners, []string{"ada", "cleo"}, func(a store.Account, name string) bool { return a.Username == name }) {
					t.Errorf("%v, %+v", names, partners)
				}
				return errors.Join(err, err2, err3, err4)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		stand("ada cleo dan ben")
		err = other.Write(t.Context(), func(tx *store.Tx) error {
			return errors.Join(tx.ChangeAccount("999", "id2", "Zed", access.Partner), tx.RenameTeam("999", "id2", "zed"), tx.ChangeAgency("999", "id2", "zed", "other"))
		})
		if err != nil {
			t.Fatal(err)
		}
		stand("ada cleo zed ben")
	})
}

// Rotated keys still find whoever signs in, and open who they are, also in a process that
// was started since.
func TestStaffAreFoundAfterARotation(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		council(t, db, "999")
		secret := []byte{0, 255, 's', 0x80}
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			return errors.Join(
				tx.AddAccount(store.Account{Authority: "999", ID: "a", Username: "ada", Name: "Ada", Role: access.Worker, Issuer: "i", Subject: "s"}),
				tx.PutCodeApp("999", "a", store.CodeApp{Secret: secret}))
		})
		if err != nil {
			t.Fatal(err)
		}
		if done, err := db.RotateKeys(t.Context()); err != nil || done.Rewrapped != 1 || done.Dropped != 1 {
			t.Fatalf("%+v, %v", done, err)
		}
		for what, db := range map[string]*store.DB{"here": db, "anew": open(t, dsn)} {
			err := db.Write(t.Context(), func(tx *store.Tx) error {
				byName, err := tx.AccountNamed("999", "ada")
				bySubject, err2 := tx.AccountOf("999", "i", "s")
				app, err3 := tx.CodeApp("999", "a")
				if byName.Name != "Ada" || bySubject.Username != "ada" || string(app.Secret) != string(secret) {
					t.Errorf("%s: %+v, %+v, %v", what, byName, bySubject, app)
				}
				if _, err := tx.AccountNamed("999", "ad"); !errors.Is(err, store.ErrNotFound) {
					t.Errorf("%s, nobody: %v", what, err)
				}
				return errors.Join(err, err2, err3)
			})
			if err != nil {
				t.Errorf("%s: %v", what, err)
			}
			err = db.Write(t.Context(), func(tx *store.Tx) error {
				return tx.AddAccount(store.Account{Authority: "999", ID: "b", Username: "ada", Role: access.Worker})
			})
			if !errors.Is(err, store.ErrConflict) {
				t.Errorf("%s, the name a second time: %v", what, err)
			}
		}
	})
}
