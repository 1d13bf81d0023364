package tabular

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/table"
)

// grid gathers the cells of one sheet of a workbook, row by row, in any order.
type grid struct {
	name   string // as it may be shown
	budget int    // cells that may still be kept

	tooMany bool // rows or cells than are read
	widest  int  // column that holds something, where it is beyond those that are read
	cells   int
	rows    [][]string
	numbers []int
	sorted  bool
	room    []string

	number   int      // of the row being gathered, from 1
	row      []string // it; reused
	unworked int      // formulas without a result
	first    int      // row of the first of them
	log      table.Log
}

// begin begins a row.
func (g *grid) begin(number int) { g.number, g.row = number, g.row[:0] }

// set puts a text into a column of the row, counted from 0.
func (g *grid) set(column int, text string) {
	if text == "" {
		return
	}
	if column >= maxColumns {
		g.widest = max(g.widest, column+1)
		return
	}
	for len(g.row) <= column {
		g.row = append(g.row, "")
	}
	g.row[column] = text
	if text == cell.NoResult {
		if g.unworked++; g.unworked == 1 {
			g.first = g.number
		}
	}
}

// end keeps the row, unless it is blank.
func (g *grid) end() { g.keep(g.number) }

func (g *grid) keep(number int) {
	row := g.row
	for len(row) > 0 && strings.TrimSpace(row[len(row)-1]) == "" {
		row = row[:len(row)-1]
	}
	if len(row) == 0 || blank(row) || g.tooMany {
		return
	}
	if g.cells += len(row); g.cells > g.budget || len(g.rows) >= maxRows {
		g.tooMany, g.rows, g.numbers, g.room = true, nil, nil, nil
		return
	}
	if len(g.room) < len(row) {
		g.room = make([]string, max(len(row), 4096))
	}
	kept := g.room[:len(row):len(row)]
	g.room = g.room[len(row):]
	copy(kept, row)
	g.sorted = len(g.numbers) == 0 || g.sorted && number >= g.numbers[len(g.numbers)-1]
	g.rows, g.numbers = append(g.rows, kept), append(g.numbers, number)
}

// tooLarge is why the sheet is left out, as the end of a sentence; empty where it
// is not.
func (g *grid) tooLarge() string {
	switch {
	case g.widest > 0:
		return fmt.Sprintf("has %d columns, and no more than %d are read (a single cell far to the right counts too)", g.widest, maxColumns)
	case g.tooMany:
		return fmt.Sprintf("has more rows or cells than are read (%d rows, or %d cells in the whole workbook)", maxRows, maxCells)
	}
	return ""
}

// merged notes cells that are one cell on the screen: the value belongs to the
// first of them alone.
func (g *grid) merged(from, to string, row int) {
	g.log.Add(table.Problem{Sheet: g.name, Row: row, Code: "merged-cells",
		Message: fmt.Sprintf("Cells %s to %s are merged: the value was read for the first of them, and the others as blank. Unmerge them if it holds for all.", from, to)})
}

// longCell notes a text that is longer than a cell can be.
func (g *grid) longCell() string {
	g.log.Add(table.Problem{Sheet: g.name, Row: g.number, Code: "long-cell",
		Message: fmt.Sprintf("A cell of row %d holds more than %d characters: it was not read. Check the row.", g.number, maxCell)})
	return cell.TooLong
}

// sheet is what was gathered, with the first row of at least two cells as the
// header; nil where there is none.
func (g *grid) sheet() *Sheet {
	if !g.sorted {
		g.sort()
	}
	at := slices.IndexFunc(g.rows, func(row []string) bool { return filled(row) > 1 })
	if at < 0 {
		return nil
	}
	s := &Sheet{Name: g.name, Header: Names(g.rows[at]), HeaderRow: g.numbers[at], Rows: g.rows[at+1:], Numbers: g.numbers[at+1:]}
	if g.unworked > 0 {
		g.log.Add(table.Problem{Sheet: g.name, Row: g.first, Code: "formula-without-result",
			Message: fmt.Sprintf("%d cells, the first of them in row %d, hold a formula whose result is not in the file. Open the workbook in Excel, save it and send it again.", g.unworked, g.first)})
	}
	s.Problems = slices.DeleteFunc(g.log.Problems(), func(p table.Problem) bool { return p.Row > 0 && p.Row < s.HeaderRow })
	return s
}

// sort puts rows into the order of their numbers, which a program may have lost.
func (g *grid) sort() {
	order := make([]int, len(g.rows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return g.numbers[a] - g.numbers[b] })
	rows, numbers := make([][]string, len(order)), make([]int, len(order))
	for i, at := range order {
		rows[i], numbers[i] = g.rows[at], g.numbers[at]
	}
	g.rows, g.numbers, g.sorted = rows, numbers, true
}

func filled(row []string) int {
	n := 0
	for _, text := range row {
		if strings.TrimSpace(text) != "" {
			n++
		}
	}
	return n
}

// clean is a text as it may leave this package: valid UTF-8 without zero bytes.
func clean(b []byte) string {
	if !utf8.Valid(b) {
		b = bytes.ToValidUTF8(b, []byte("\uFFFD"))
	}
	if bytes.IndexByte(b, 0) >= 0 {
		b = bytes.ReplaceAll(b, []byte{0}, []byte("\uFFFD"))
	}
	return string(b)
}

// tooLong tells a text that no cell can hold; cut is whether more of it was not kept.
func tooLong(text string, cut bool) bool {
	return cut || len(text) > maxCell && utf8.RuneCountInString(text) > maxCell
}
