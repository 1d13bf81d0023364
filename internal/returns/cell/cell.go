// Package cell holds what is true of a cell of any table, whichever return it is
// of: which signs mean that it is empty, what a failed formula leaves, how a day
// is written, what may be a child's id. The readers read alike because they read
// it here.
//
// It knows no column and no code, and reads no files.
package cell

import "strings"

// Blank is what a sign for an empty cell is taken as, in the list of values read
// as something else than they say.
const Blank = "(blank)"

// Cells that could not be read out of the file stand as one of these. They are no
// value of any column, and never blank: blank may mean that something still goes on.
const (
	// NoResult stands for a formula that was never worked out, as in workbooks
	// that a program wrote and no spreadsheet ever opened.
	NoResult = "(formula without a result)"
	// TooLong stands for a text longer than a spreadsheet's cell can be.
	TooLong = "(text too long for a cell)"
)

// Unreadable tells a cell that could not be read out of the file.
func Unreadable(s string) bool { return s == NoResult || s == TooLong }

// Sign tells a sign for an empty cell that programs and people write.
func Sign(s string) bool {
	switch len(s) {
	case 1:
		return s == "-" || s == "."
	case 2, 3, 4, 5, 6:
		return signs[strings.ToLower(s)]
	}
	return false
}

var signs = map[string]bool{
	"--": true, "---": true, "..": true, "n/a": true, "na": true, "n.a.": true, "nan": true, "nat": true, "null": true, "nil": true, "pd.na": true, "(null)": true,
}

// Failed tells what a spreadsheet shows where a formula failed (#N/A, #REF!) or
// where a column is too narrow (####).
func Failed(s string) bool { return s != "" && s[0] == '#' }

// Empty tells a cell that says nothing: blank, or a sign or a failed formula in
// its place. Where blank means that something still goes on, a failed formula
// must not be taken for it: see Failed.
func Empty(s string) bool { return s == "" || Sign(s) || Failed(s) }
