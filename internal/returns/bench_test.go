package returns_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"stablefutures/internal/returns"
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

// BenchmarkCSV and BenchmarkWorkbook read 100,000 episodes from the bytes of a
// file; BenchmarkRivalCSV only parts the same text into cells.
func BenchmarkCSV(b *testing.B) {
	text := []byte(manyEpisodes(100_000))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		tables, err := returns.Read("episodes.csv", text, opt)
		if err != nil || tables[0].RowsTaken != 100_000 {
			b.Fatal(err)
		}
	}
}

func BenchmarkWorkbook(b *testing.B) {
	rows, err := csv.NewReader(strings.NewReader(manyEpisodes(100_000))).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	book := excelize.NewFile()
	sheet, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for n, row := range rows {
		cells := make([]any, len(row))
		for i, c := range row {
			cells[i] = c
		}
		if err := sheet.SetRow(fmt.Sprint("A", n+1), cells); err != nil {
			b.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := sheet.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := book.Write(&out); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(out.Len()))
	for b.Loop() {
		tables, err := returns.Read("episodes.xlsx", out.Bytes(), opt)
		if err != nil || tables[0].RowsTaken != 100_000 {
			b.Fatal(err)
		}
	}
}

func BenchmarkRivalCSV(b *testing.B) {
	text := manyEpisodes(100_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := csv.NewReader(strings.NewReader(text)).ReadAll(); err != nil {
			b.Fatal(err)
		}
	}
}
