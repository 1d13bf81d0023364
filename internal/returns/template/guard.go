package template

import "strings"

// dangerous are the first characters that make a spreadsheet take a cell of a
// CSV for a formula; and the apostrophe with which such a cell is guarded.
const dangerous = "=+-@\t\r'"

// guard puts an apostrophe before a cell that a spreadsheet might run as a
// formula, or that begins with one already, so that unguard is its exact inverse.
func guard(cell string) string {
	if cell != "" && strings.IndexByte(dangerous, cell[0]) >= 0 {
		return "'" + cell
	}
	return cell
}

// unguard takes the apostrophe away again. An apostrophe before anything else was
// typed by somebody, and stays.
func unguard(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.IndexByte(dangerous, cell[1]) >= 0 {
		return cell[1:]
	}
	return cell
}
