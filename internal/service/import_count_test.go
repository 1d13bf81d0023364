package service_test

import (
	"testing"

	"stablefutures/internal/service"
)

// After a first import nothing is left that the database does not know the size of:
// one record's page would go through all readings of the council.
func TestAFirstImportIsCounted(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		h.take(t, service.ImportOptions{YearEnding: "2025-03-31"}, file("a.csv", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nc1,1,01/01/2010,WBRI,A123456789012,,\n"))
		tables, err := h.db.CountTables(t.Context())
		if err != nil || len(tables) > 0 {
			t.Errorf("%v had not been counted: %v", tables, err)
		}
	})
}
