// Package tabular gets tables of text out of files: CSV, xlsx and ods. It knows
// about encodings, separators, quotes, merged cells, hidden sheets, formulas and
// dates in spreadsheets, and refuses what cannot be read safely, in plain words.
// What it gives is valid UTF-8 without zero bytes.
//
// It does not know what a column means: that is the readers' business. Workbooks
// are read here part by part and not through a library, because a sheet must be
// read in one pass and in little memory whatever it holds, and because formulas
// without a result, errors, hidden sheets and rows out of order all have to be
// told from blank cells.
package tabular

import (
	"strings"

	"stablefutures/internal/returns/table"
)

// Sheet is one table of text: a CSV file, or a sheet of a workbook.
type Sheet struct {
	Name    string   // as it may be shown; empty for a CSV
	Header  []string // as written, trimmed
	Rows    [][]string
	Numbers []int // row of the file, as a person sees it, for each of Rows; nil where row i stands at HeaderRow+1+i

	HeaderRow int             // row of the file at which the header stands, 1-based
	Problems  []table.Problem // what was noticed while reading, such as merged cells
}

// Number is the row of the file at which row i stands.
func (s *Sheet) Number(i int) int {
	if s.Numbers != nil {
		return s.Numbers[i]
	}
	return s.HeaderRow + 1 + i
}

// Names are the cells of a row as a header is kept: trimmed.
func Names(row []string) []string {
	names := make([]string, len(row))
	for i, name := range row {
		names[i] = strings.TrimSpace(strings.TrimPrefix(name, "\uFEFF"))
	}
	return names
}

// Limits: wider or larger files are no return that anybody sends.
const (
	maxColumns = 1000
	maxRows    = 2_000_000
	maxCells   = 16 << 20 // of a workbook, blank ones between others included
	maxCell    = 32_767   // characters, as Excel has it
)

// Refused is a file that cannot be read, in plain words with the remedy.
type Refused struct{ Message string }

func (r *Refused) Error() string { return r.Message }

func refuse(message string) error { return &Refused{message} }
