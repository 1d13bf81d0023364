package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"stablefutures/internal/ledger"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// logged is a database with an authority and n entries in its log.
func logged(t testing.TB, dsn string, n int) *store.DB {
	t.Helper()
	db := open(t, dsn)
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		return tx.AddAuthority(store.Authority{Code: "999", Name: "Fernshire", Edition: "e"})
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		note(t, db, "999", fmt.Sprintf("e%02d", i))
	}
	return db
}

func note(t testing.TB, db *store.DB, authority, id string) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		return tx.AddAudit(authority, store.AuditEntry{ID: id, Account: "a1", Act: "read record", Subject: "record", SubjectID: "r" + id})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// attack changes the database past the program, as whoever holds the file or a
// connection can.
func attack(t *testing.T, db *store.DB, dsn string, statements ...string) {
	t.Helper()
	raw := past(t, db, dsn)
	defer raw.Close()
	for _, text := range statements {
		if _, err := raw.Exec(text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
}

// found is what verifying finds, in words.
func found(t *testing.T, db *store.DB, authority string, points ...ledger.Checkpoint) []string {
	t.Helper()
	report, err := db.VerifyLedger(t.Context(), authority, points)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, f := range report.Findings {
		words = append(words, fmt.Sprintf("%d %s %s", f.Entry, f.At, f.What))
	}
	return words
}

func checkpoint(t *testing.T, db *store.DB, authority string) (c ledger.Checkpoint) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *store.Tx) (err error) {
		c, _, err = tx.Checkpoint(authority)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Whoever changes the log past the program is found, and where is said. One who takes
// the last entries away and works out the head anew, which needs no key, is found by a
// checkpoint that was kept elsewhere, and by that alone.
func TestAttacksOnTheLogAreFound(t *testing.T) {
	const copied = `insert into audit (authority, id, at, account_id, act, subject, subject_id, detail, n, mac, hashes)
		select authority, 'new', at, account_id, act, subject, subject_id, detail, %s, mac, hashes from audit where id = 'e03'`
	for _, a := range []struct {
		name       string
		statements []string
		want       []string
	}{
		{"edit", []string{`update audit set account_id = 'a2' where id = 'e05'`}, []string{"6 2026-03-31T12:00:00.000000Z it is not as the program wrote it"}},
		{"delete", []string{`delete from audit where id = 'e05'`}, []string{"6  it is missing"}},
		{"swap", []string{`update audit set n = -1 where id = 'e05'`, `update audit set n = 5 where id = 'e07'`, `update audit set n = 7 where id = 'e05'`},
			[]string{"6 2026-03-31T12:00:00.000000Z it is not as the program wrote it", "8 2026-03-31T12:00:00.000000Z it is not as the program wrote it"}},
		{"swap what two say", []string{`update audit set subject_id = 'x' where id = 'e05'`, `update audit set subject_id = 're05' where id = 'e07'`, `update audit set subject_id = 're07' where id = 'e05'`},
			[]string{"6 ", "8 "}},
		{"append", []string{fmt.Sprintf(copied, "20")}, []string{"21 2026-03-31T12:00:00.000000Z it is not as the program wrote it", "its head counts 20 entries and there are 21"}},
		{"append beside", []string{fmt.Sprintf(copied, "null")}, []string{"entries that have no place in it: 1"}},
		{"move to another log", []string{`update audit set authority = '' where id = 'e19'`}, []string{"its head counts 20 entries and there are 19"}},
		{"cut off", []string{`delete from audit where n >= 15`}, []string{"its head counts 20 entries and there are 15"}},
		{"take the head away", []string{`delete from ledger where authority = '999'`}, []string{"its head is missing"}},
		{"spoil the head", []string{`update ledger set edge = 'x'`}, []string{"its head cannot be read"}},
		{"another head", []string{`update ledger set edge = (select hashes from audit where id = 'e00') || (select hashes from audit where id = 'e02')`}, []string{"its head"}},
		{"spoil a hash", []string{`update audit set hashes = (select hashes from audit where id = 'e04') where id = 'e06'`}, []string{"7 2026-03-31T12:00:00.000000Z its hash is not the hash of what it says"}},
		{"spoil a hash of the tree", []string{`update audit set hashes = (select hashes from audit where id = 'e01') where id = 'e05'`}, []string{"6 "}},
	} {
		t.Run(a.name, func(t *testing.T) {
			storetest.Engines(t, func(t *testing.T, dsn string) {
				db := logged(t, dsn, 20)
				if words := found(t, db, "999"); len(words) > 0 {
					t.Fatalf("before the attack: %q", words)
				}
				attack(t, db, dsn, a.statements...)
				words := found(t, db, "999")
				for _, want := range a.want {
					if !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(w, want) }) {
						t.Errorf("found was %q, and not %q", words, want)
					}
				}
			})
		})
	}
}

// One who knows how the hashes are made, and has no key, makes a log that fits in itself;
// the seals do not.
func TestAnEntryWithHashesOfItsOwnIsFoundByItsSeal(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := logged(t, dsn, 20)
		forger := ledger.NewKeys(make([]byte, 32), make([]byte, 32))
		forge := func(authority string, n int) (tree ledger.Tree, last ledger.Sealed) {
			for i := range n {
				last = forger.Append(&tree, ledger.Entry{Authority: authority, ID: fmt.Sprintf("e%02d", i), At: "2026-03-31T12:00:00.000000Z", Account: "a1", Act: "read record", Subject: "record", SubjectID: fmt.Sprintf("re%02d", i)})
				if authority == "999" {
					attack(t, db, dsn, fmt.Sprintf(`update audit set mac = '%s', hashes = '%s' where id = '%s'`, last.MAC, last.Hashes, last.ID))
				}
			}
			return tree, last
		}
		tree, _ := forge("999", 20)
		attack(t, db, dsn, fmt.Sprintf(`update ledger set edge = '%s' where authority = '999'`, tree.Edge()))
		words := found(t, db, "999")
		if len(words) != 20 || !strings.Contains(words[0], "it is not as the program wrote it") {
			t.Errorf("found was %q", words)
		}
	})
}

func TestALogThatWasCutOffAndMadeToFitIsFoundByACheckpoint(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := logged(t, dsn, 12)
		at12 := checkpoint(t, db, "999")
		edge := ""
		rawValue(t, db, dsn, `select edge from ledger where authority = '999'`, &edge)
		for i := 12; i < 20; i++ {
			note(t, db, "999", fmt.Sprintf("e%02d", i))
		}
		at20 := checkpoint(t, db, "999")
		if words := found(t, db, "999", at12, at20); len(words) > 0 {
			t.Fatalf("before the attack: %q", words)
		}
		attack(t, db, dsn, `delete from audit where n >= 12`, fmt.Sprintf(`update ledger set size = 12, edge = '%s' where authority = '999'`, edge))
		if words := found(t, db, "999", at12); len(words) > 0 {
			t.Errorf("a checkpoint from before what was cut off finds %q", words)
		}
		if words := found(t, db, "999", at20); len(words) != 1 || !strings.Contains(words[0], "it had 20 entries when the checkpoint was made, and ends after entry 12: it was cut off") {
			t.Errorf("found was %q", words)
		}
		for i := 12; i < 24; i++ {
			note(t, db, "999", fmt.Sprintf("other%02d", i))
		}
		if words := found(t, db, "999", at12, at20); len(words) != 1 || !strings.Contains(words[0], "its first 20 entries are not those") {
			t.Errorf("after others took their place, found was %q", words)
		}
	})
}

func rawValue(t *testing.T, db *store.DB, dsn, query string, dest any) {
	t.Helper()
	raw := past(t, db, dsn)
	defer raw.Close()
	if err := raw.QueryRow(query).Scan(dest); err != nil {
		t.Fatal(err)
	}
}

// What is tried at an authority that does not exist goes to the log of none, and makes
// no log of its own.
func TestTheLogOfNoAuthority(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := logged(t, dsn, 1)
		note(t, db, "../../etc", "refused1")
		note(t, db, "888", "refused2")
		var logs []string
		err := db.Read(t.Context(), func(tx *store.Tx) (err error) {
			logs, err = tx.Ledgers()
			return err
		})
		if err != nil || !slices.Equal(logs, []string{"", "999"}) {
			t.Errorf("there are logs of %q: %v", logs, err)
		}
		if c := checkpoint(t, db, ""); c.Size != 2 || len(found(t, db, "", c)) > 0 {
			t.Errorf("the log of none: %+v", c)
		}
	})
}

// An authority whose log lost its head gets no entries elsewhere: nothing is done that
// could not be written down.
func TestNothingIsDoneWithoutALog(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := logged(t, dsn, 1)
		attack(t, db, dsn, `delete from ledger where authority = '999'`)
		err := db.Write(t.Context(), func(tx *store.Tx) error { return tx.AddAudit("999", store.AuditEntry{ID: "x"}) })
		if err == nil || !strings.Contains(err.Error(), "lost its head") {
			t.Errorf("got %v", err)
		}
	})
}

// Entries from before there were logs are put into them in their order, once; one that
// turns up without a place later gets none.
func TestEntriesFromBeforeAreTakenIntoTheLogOnce(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := logged(t, dsn, 0)
		old := func(authority, id, at string) string {
			return fmt.Sprintf(`insert into audit (authority, id, at, account_id, act, subject, subject_id, detail) values ('%s', '%s', '%s', '', 'sign in', 'account', 'a', '')`, authority, id, at)
		}
		attack(t, db, dsn, `delete from ledger`, old("999", "b", "2026-01-02T00:00:00.000000Z"), old("999", "c", "2026-01-01T00:00:00.000000Z"),
			old("999", "a", "2026-01-02T00:00:00.000000Z"), old("", "n", "2026-01-02T00:00:00.000000Z"))
		for i := range 1200 {
			attack(t, db, dsn, old("999", fmt.Sprintf("m%04d", i), "2026-02-02T00:00:00.000000Z"))
			if db.Engine == store.PostgreSQL && i > 20 {
				break // each is a connection of its own there
			}
		}
		var together sync.WaitGroup
		for range 4 {
			together.Go(func() {
				again, err := store.Open(t.Context(), dsn, store.Options{Clock: func() time.Time { return noon }, Master: storetest.Master})
				if err != nil {
					t.Error(err)
					return
				}
				if err := again.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		together.Wait()
		if words := append(found(t, db, "999"), found(t, db, "")...); len(words) > 0 {
			t.Errorf("found was %q", words)
		}
		order := ""
		for n := range 3 {
			id := ""
			rawValue(t, db, dsn, fmt.Sprintf(`select id from audit where authority = '999' and n = %d`, n), &id)
			order += id
		}
		if order != "cab" {
			t.Errorf("they stand in the order %s, want cab", order)
		}
		note(t, db, "999", "next")
		attack(t, db, dsn, old("999", "late", "2026-01-01T00:00:00.000000Z"))
		if words := found(t, open(t, dsn), "999"); len(words) != 1 || !strings.Contains(words[0], "entries that have no place in it: 1") {
			t.Errorf("after a late one, found was %q", words)
		}
		attack(t, db, dsn, `delete from ledger`)
		if _, err := store.Open(t.Context(), dsn, store.Options{Clock: func() time.Time { return noon }, Master: storetest.Master}); err == nil || !strings.Contains(err.Error(), "took the heads of the logs away") {
			t.Errorf("a database without the heads of its logs opens: %v", err)
		}
	})
}

// Many who write at once stand in one order, and what was taken back is in no log.
func TestManyWritersStandInOneLog(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		db := logged(t, dsn, 0)
		var all sync.WaitGroup
		for n := range 120 {
			all.Go(func() {
				_ = db.Write(context.Background(), func(tx *store.Tx) error {
					for i := range 2 {
						if err := tx.AddAudit("999", store.AuditEntry{ID: fmt.Sprint(n, "-", i), Act: "a", Subject: "s"}); err != nil {
							t.Error(err)
						}
					}
					if n%3 == 0 {
						return store.ErrNotFound
					}
					return nil
				})
			})
		}
		all.Wait()
		if c := checkpoint(t, db, "999"); c.Size != 160 || len(found(t, db, "999")) > 0 {
			t.Errorf("%d entries, want 160; found was %q", c.Size, found(t, db, "999"))
		}
	})
}
