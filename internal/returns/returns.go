// Package returns reads the files that local authorities already make: Annex A,
// SSDA903, the CIN census, and our own templates. Each file is recognised by
// what is in it, never by its name.
//
// Read turns bytes into tables of rows; nothing here writes, and nothing here
// knows a database. Postcodes and workers' names are dropped in the readers:
// they are in no value that they return, in no problem and in no read-as entry.
package returns

import "stablefutures/internal/returns/table"

// The types of package table, by the names under which callers know them.
type (
	Kind         = table.Kind
	Options      = table.Options
	Table        = table.Table
	Problem      = table.Problem
	Log          = table.Log
	ReadAs       = table.ReadAs
	Reason       = table.Reason
	RegisterRow  = table.RegisterRow
	ReadingRow   = table.ReadingRow
	Unrecognised = table.Unrecognised
)

// ByReason puts problems together by their reason; see package table.
func ByReason(list []Problem) []Reason { return table.ByReason(list) }
