package template

import (
	"stablefutures/internal/publish/sheet"
	"stablefutures/internal/returns/cell"
)

// guard puts an apostrophe before a cell that a spreadsheet might run as a
// formula, that is read as blank where it is no text, or that begins with one
// already, so that unguard is its exact inverse.
func guard(text string) string {
	if needsGuard(text) {
		return "'" + text
	}
	return text
}

// unguard takes the apostrophe away again. An apostrophe before anything else was
// typed by somebody, and stays.
func unguard(text string) string {
	if len(text) > 1 && text[0] == '\'' && needsGuard(text[1:]) {
		return text[1:]
	}
	return text
}

func needsGuard(text string) bool {
	return text != "" && (sheet.Runs(text) || text[0] == '\'' || cell.Sign(text) || cell.Failed(text))
}
