package service_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"stablefutures/internal/access"
	"stablefutures/internal/backup"
	"stablefutures/internal/seal"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// A backup that was cut off or altered anywhere is told in one line, and nothing of
// it is kept.
func TestADamagedBackup(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		identity, recipient := pair(t)
		h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, file("episodes.csv", manyEpisodes(2000)))
		made := h.backedUp(t, recipient)
		if len(made) < 70_000 {
			t.Errorf("%d bytes: less than two blocks of age are no test", len(made))
		}
		target := h.empty(t)
		for n := range 20 {
			at := (2*n + 1) * len(made) / 40
			altered := bytes.Clone(made)
			altered[at] ^= 0x10
			for what, data := range map[string][]byte{"altered": altered, "cut off": made[:at]} {
				if _, err := service.VerifyBackup(bytes.NewReader(data), []age.Identity{identity}); !oneLine(err) {
					t.Errorf("%s at %d of %d: %v", what, at, len(made), err)
				}
				if n%4 != 0 {
					continue
				}
				if err := restore(t, target, data, identity, storetest.Master); !oneLine(err) {
					t.Errorf("%s at %d of %d, restored: %v", what, at, len(made), err)
				}
			}
		}
		for what, data := range map[string][]byte{"nothing": nil, "text": []byte("CHILD,NAME\n1,x\n"), "more behind it": append(bytes.Clone(made), 'x'), "all but a byte": made[:len(made)-1]} {
			if _, err := service.VerifyBackup(bytes.NewReader(data), []age.Identity{identity}); !oneLine(err) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if h.db.Engine == store.SQLite {
			if _, err := os.Stat(target); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("a file is left of what could not be restored: %v", err)
			}
		}
		restored(t, target, made, identity) // it is still an empty database
	})
}

// oneLine tells an error that says in one line what is wrong with the file.
func oneLine(err error) bool {
	return err != nil && !strings.Contains(err.Error(), "\n") &&
		(errors.Is(err, backup.ErrDamaged) || errors.Is(err, backup.ErrIdentity))
}

// empty is the address of an empty database of the same engine.
func (h *house) empty(t *testing.T) string {
	t.Helper()
	if h.db.Engine == store.PostgreSQL {
		return storetest.Postgres(t)
	}
	return filepath.Join(t.TempDir(), "empty.db")
}

func TestABackupThatMayNotBeRestored(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		identity, recipient := pair(t)
		stranger, _ := pair(t)
		h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, file("said.csv", saidBefore))
		made := h.backedUp(t, recipient)
		other, err := seal.NewMaster([]byte("another master key of the tests!"))
		if err != nil {
			t.Fatal(err)
		}
		target := h.empty(t)
		for _, row := range []struct {
			why      string
			dsn      string
			from     []byte
			identity age.Identity
			master   seal.Master
			want     error
		}{
			{"somebody else's identity", target, made, stranger, storetest.Master, backup.ErrIdentity},
			{"another master key", target, made, identity, other, seal.ErrMaster},
			{"a database that is in use", h.dsn, made, identity, storetest.Master, store.ErrNotEmpty},
			{"written by somebody who has the recipient alone", target, forged(t, made, identity, recipient), identity, storetest.Master, service.ErrForged},
		} {
			if err := restore(t, row.dsn, row.from, row.identity, row.master); !errors.Is(err, row.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: %v, want %v", row.why, err, row.want)
			}
		}
		if !strings.Contains(h.readings(t), "I can lock my door.") {
			t.Error("the database in use lost what it held")
		}
		for _, role := range access.Roles {
			if _, err := h.Backup(t.Context(), service.Actor{Authority: "999", Role: role}, io.Discard, []age.Recipient{recipient}); !errors.Is(err, service.ErrRefused) {
				t.Errorf("%s: %v", role, err)
			}
		}
	})
}

// forged is a backup with one row changed and every hash in it right.
func forged(t *testing.T, made []byte, identity age.Identity, recipient age.Recipient) []byte {
	t.Helper()
	r, err := backup.NewReader(bytes.NewReader(made), []age.Identity{identity})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w, err := backup.NewWriter(&out, []age.Recipient{recipient}, r.Header)
	if err != nil {
		t.Fatal(err)
	}
	for {
		table, ok, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			break
		}
		if err := w.Table(table); err != nil {
			t.Fatal(err)
		}
		for {
			row, err := r.Row()
			if err != nil {
				t.Fatal(err)
			}
			if row == nil {
				break
			}
			if table.Name == "authority" {
				row[1] = "Another council"
			}
			if err := w.Row(row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := w.Close(func([]byte) []byte { return r.Mark }); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A backup shows nothing of what is in it, and says how much that is.
func TestWhatABackupShows(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		identity, recipient := pair(t)
		h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, file("said.csv", saidBefore))
		made := h.backedUp(t, recipient)
		for _, planted := range []string{"Fernshire", "lock my door", "authority", "working-2026"} {
			if bytes.Contains(made, []byte(planted)) {
				t.Errorf("the backup shows %q", planted)
			}
		}
		sum, err := service.VerifyBackup(bytes.NewReader(made), []age.Identity{identity})
		if err != nil || sum.Tables < 15 || sum.Rows < 10 || sum.Engine != string(h.db.Engine) || sum.Schema < 3 {
			t.Errorf("%+v %v", sum, err)
		}
	})
}
