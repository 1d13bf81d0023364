package store_test

import (
	"database/sql"
	"encoding/base64"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"stablefutures/internal/ledger"
	"stablefutures/internal/seal"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// BenchmarkLedger is how long it takes to go through a log of a million entries, and what
// one more costs:
//
//	go test ./internal/store -run '^$' -bench Ledger -benchtime 3x
func BenchmarkLedger(b *testing.B) {
	const entries = 1_000_000
	for engine, dsn := range map[store.Engine]string{store.SQLite: filepath.Join(b.TempDir(), "log.db"), store.PostgreSQL: storetest.Postgres(b)} {
		db := logged(b, dsn, 0)
		fillLog(b, db, dsn, entries)
		b.Run(fmt.Sprintf("verify-a-million-%s", engine), func(b *testing.B) {
			for b.Loop() {
				report, err := db.VerifyLedger(b.Context(), "999", nil)
				if err != nil || report.Entries != entries || len(report.Findings) > 0 {
					b.Fatal(err, report)
				}
			}
		})
		b.Run(fmt.Sprintf("add-a-hundred-in-one-%s", engine), func(b *testing.B) {
			for turn := 0; b.Loop(); turn++ {
				err := db.WriteLong(b.Context(), func(tx *store.Tx) error {
					for i := range 100 {
						if err := tx.AddAudit("999", store.AuditEntry{ID: fmt.Sprintf("more-%d-%d", turn, i), Act: "read record", Subject: "record", SubjectID: "r"}); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// fillLog writes a long log as the program would, many entries a statement.
func fillLog(b *testing.B, db *store.DB, dsn string, entries int) {
	b.Helper()
	driver := "pgx"
	if db.Engine == store.SQLite {
		driver = "sqlite"
	}
	raw, err := sql.Open(driver, dsn)
	if err != nil {
		b.Fatal(err)
	}
	defer raw.Close()
	keys, err := keysOf(raw)
	if err != nil {
		b.Fatal(err)
	}
	tx, err := raw.Begin()
	if err != nil {
		b.Fatal(err)
	}
	var tree ledger.Tree
	for tree.Size < int64(entries) {
		rows := make([]string, 500)
		for i := range rows {
			s := keys.Append(&tree, ledger.Entry{Authority: "999", ID: fmt.Sprintf("%026d", tree.Size), At: "2026-03-31T12:00:00.000000Z", Account: "xcdhzx7ow5qzb4sc4eo6nnl7pe",
				Act: "read record", Subject: "record", SubjectID: fmt.Sprintf("%026d", tree.Size%2500)})
			rows[i] = fmt.Sprintf("('999', '%s', '%s', '%s', '%s', '%s', '%s', '', %d, '%s', '%s')", s.ID, s.At, s.Account, s.Act, s.Subject, s.SubjectID, s.N, s.MAC, s.Hashes)
		}
		if _, err := tx.Exec("insert into audit (authority, id, at, account_id, act, subject, subject_id, detail, n, mac, hashes) values " + strings.Join(rows, ",")); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := tx.Exec(fmt.Sprintf("update ledger set size = %d, edge = '%s' where authority = '999'", tree.Size, tree.Edge())); err != nil {
		b.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
}

// keysOf are the keys of the log of a database that a test made.
func keysOf(raw *sql.DB) (*ledger.Keys, error) {
	var text string
	if err := raw.QueryRow("select wrapped from keyring").Scan(&text); err != nil {
		return nil, err
	}
	wrapped, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	ring, err := seal.Unwrap(storetest.Master, wrapped)
	if err != nil {
		return nil, err
	}
	return ledger.NewKeys(ring.Derive("ledger entry"), ring.Derive("ledger signing")), nil
}
