package store_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

// people are the accounts of each authority that is made at random.
var people = []string{"a1", "a2", "a3"}

// eachAuthority adds authorities with people, and does something to each, in one
// transaction.
func eachAuthority(t *testing.T, db *store.DB, authorities []string, do func(tx *store.Tx, authority string) error) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		for _, authority := range authorities {
			if err := tx.AddAuthority(store.Authority{Code: authority, Name: authority, Edition: "e"}); err != nil {
				return err
			}
			for n, id := range people {
				if err := tx.AddAccount(store.Account{Authority: authority, ID: id, Username: fmt.Sprint("user", n), Role: access.Worker}); err != nil {
					return err
				}
			}
			if err := do(tx, authority); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// linked are ids of so many children, and the record that each of them will be in: one
// in three moves into that of another.
func linked(authority string, n int, random *rand.Rand) (ids []string, record map[string]string) {
	for n := range n {
		ids = append(ids, fmt.Sprintf("%s-%02d", authority, n))
	}
	record = map[string]string{}
	for _, id := range ids {
		record[id] = id
		if other := ids[random.IntN(len(ids))]; random.IntN(3) == 0 && record[other] == other {
			record[id] = other
		}
	}
	return ids, record
}

// link moves children into their records, after things have happened to each alone.
func link(tx *store.Tx, authority string, ids []string, record map[string]string) error {
	for _, id := range ids {
		if record[id] == id {
			continue
		}
		if err := tx.MoveChild(authority, id, record[id]); err != nil {
			return err
		}
	}
	return nil
}
