package template

import "stablefutures/internal/returns/table"

// readRows reads the rows of a template of the kind that out names. number tells
// the row of the file, as a person sees it, at which a row stands.
func readRows(out *table.Table, header []string, rows [][]string, number func(i int) int, opt table.Options) {
	if out.Kind == Register {
		readRegister(out, header, rows, number, opt)
		return
	}
	readReadings(out, header, rows, number, opt)
}
