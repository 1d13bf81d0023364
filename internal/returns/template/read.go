package template

import (
	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/tabular"
)

// Read reads a sheet that Recognise took for a template of this kind. The file's
// name is the caller's to add; what was noticed while the sheet was made from the
// file stands before what is noticed here.
func Read(sheet tabular.Sheet, kind table.Kind, opt table.Options) table.Table {
	out := table.Table{Kind: kind, Sheet: sheet.Name, Problems: sheet.Problems}
	readRows(&out, sheet.Header, sheet.Rows, sheet.Number, opt)
	return out
}

// readRows reads the rows of a template of the kind that out names. number tells
// the row of the file, as a person sees it, at which a row stands.
func readRows(out *table.Table, header []string, rows [][]string, number func(i int) int, opt table.Options) {
	if out.Kind == Register {
		readRegister(out, header, rows, number, opt)
		return
	}
	readReadings(out, header, rows, number, opt)
}
