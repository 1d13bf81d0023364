package store_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// BenchmarkLedger is how long it takes to go through a log of a million entries, and what
// one more costs. `make bench` measures the former among everything else:
//
//	go test ./internal/store -run '^$' -bench Ledger -benchtime 3x
func BenchmarkLedger(b *testing.B) {
	const entries = 1_000_000
	for engine, dsn := range map[store.Engine]string{store.SQLite: filepath.Join(b.TempDir(), "log.db"), store.PostgreSQL: storetest.Postgres(b)} {
		db := logged(b, dsn, 0)
		if err := storetest.FillLog(db, dsn, "999", entries); err != nil {
			b.Fatal(err)
		}
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
