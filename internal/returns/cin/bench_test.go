package cin_test

import (
	"fmt"
	"strings"
	"testing"

	"stablefutures/internal/returns/cin"
)

// BenchmarkRead tells megabytes of census a second.
func BenchmarkRead(b *testing.B) {
	var children strings.Builder
	for i := range 5000 {
		children.WriteString(childOf(fmt.Sprint("A", i), assessment("2025-06-02", "2025-07-01", "12A 9A 10A")))
	}
	data := census(children.String())
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if got, err := cin.Read("census.xml", data, opt); err != nil || got.RowsTaken != 5000 {
			b.Fatal(got.RowsTaken, err)
		}
	}
}
