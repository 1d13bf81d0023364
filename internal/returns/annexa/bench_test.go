package annexa

import (
	"fmt"
	"testing"

	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/tabular"
)

// BenchmarkRead reads 10,000 rows of list 8 as councils write them.
func BenchmarkRead(b *testing.B) {
	sheet := tabular.Sheet{Header: header8, HeaderRow: 1}
	for i := range 10_000 {
		sheet.Rows = append(sheet.Rows, with(List8, map[string]string{
			"Child Unique": fmt.Sprint(100_000 + i), "Gender": "b) Female", "Ethnicity": "s) NOBT", "Date of Birth": "27/03/2010", "UASC": "a) Yes", "Disability": "b) No",
			"Date Started": fmt.Sprintf("%02d/04/2025", 1+i%28), "Category of Need": "N8 - UASC", "Start date of current": "01/05/2025", "Child's Legal Status": "C2: FCO",
			"Placement Type": "d) U4: Foster placement - long term", "Placement Provider": "e) PR4 - Private provision", "Placement Location": "b) Out", "LA of Placement": "KENT COUNTY COUNCIL",
			"postcode": "ZZ1 1ZZ", "'Missing'": "3", "Worker": "Invented Worker"}))
	}
	for b.Loop() {
		if out := Read(sheet, List8, table.Options{Today: "2026-11-23"}); out.RowsTaken != 10_000 {
			b.Fatal(out.RowsTaken, out.Problems[:1])
		}
	}
}
