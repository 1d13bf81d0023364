package ssda903

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"stablefutures/internal/returns/table"
)

// manyEpisodes is a fictional episodes table of n rows, two a child.
func manyEpisodes(n int) string {
	var b strings.Builder
	b.WriteString("CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,%02d/%02d/20%02d,P,C%d,N%d,U%d,PR1,%02d/04/2025,X1,CARPL,ZZ%d 1ZZ,ZZ%d 2ZZ,SC%06d\n",
			100000+i/2, 1+i%28, 1+i%12, 10+i%15, 1+i/5%2, 1+i/2%8, 1+i%6, 1+i%28, 1+i%9, 1+i%7, i%4000)
	}
	return b.String()
}

// BenchmarkRead reads 100,000 episodes that encoding/csv has parted already;
// BenchmarkRivalCSV is that parting alone, the rival of the whole import.
func BenchmarkRead(b *testing.B) {
	rows, err := csv.NewReader(strings.NewReader(manyEpisodes(100_000))).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		out := table.Table{Kind: Episodes}
		readRows(&out, rows[0], rows[1:], func(i int) int { return i + 2 }, table.Options{Today: "2026-11-23"})
		if out.RowsTaken != 100_000 {
			b.Fatalf("taken %d, problems %v", out.RowsTaken, out.Problems[:1])
		}
	}
}

func BenchmarkRivalCSV(b *testing.B) {
	text := manyEpisodes(100_000)
	for b.Loop() {
		if _, err := csv.NewReader(strings.NewReader(text)).ReadAll(); err != nil {
			b.Fatal(err)
		}
	}
}
