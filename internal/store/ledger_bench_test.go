package store_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// BenchmarkLedger is what an entry costs, and how long it takes to go through a million:
//
//	go test ./internal/store -run '^$' -bench Ledger -benchtime 1x
func BenchmarkLedger(b *testing.B) {
	const entries = 1_000_000
	for _, dsn := range []string{filepath.Join(b.TempDir(), "log.db"), storetest.Postgres(b)} {
		db := logged(b, dsn, 0)
		b.Run(fmt.Sprintf("add-a-million-%s", db.Engine), func(b *testing.B) {
			for done := 0; done < entries; done += 10_000 {
				err := db.WriteLong(b.Context(), func(tx *store.Tx) error {
					for i := range 10_000 {
						if err := tx.AddAudit("999", store.AuditEntry{ID: fmt.Sprintf("%026d", done+i), Account: "01JDEFGHJKMNPQRSTVWXYZ0123", Act: "read record", Subject: "record", SubjectID: fmt.Sprintf("%026d", i)}); err != nil {
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
		b.Run(fmt.Sprintf("verify-a-million-%s", db.Engine), func(b *testing.B) {
			for b.Loop() {
				report, err := db.VerifyLedger(b.Context(), "999", nil)
				if err != nil || report.Entries != entries || len(report.Findings) > 0 {
					b.Fatal(err, report)
				}
			}
		})
	}
}
