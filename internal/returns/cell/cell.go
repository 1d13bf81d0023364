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
	if s == "" || len(s) > 6 {
		return false
	}
	switch s[0] {
	case '-', '.':
		return strings.Trim(s, s[:1]) == ""
	case 'n', 'N':
		return oneOf(s, "na", "n/a", "nan", "nat", "nil", "n.a.", "null")
	case 'p', 'P':
		return oneOf(s, "pd.na")
	case '(':
		return oneOf(s, "(null)")
	}
	return false
}

func oneOf(s string, words ...string) bool {
	for _, w := range words {
		if len(w) == len(s) && strings.EqualFold(w, s) {
			return true
		}
	}
	return false
}

// Failed tells what a spreadsheet shows where a formula failed (#N/A, #REF!) or
// where a column is too narrow (####).
func Failed(s string) bool { return s != "" && s[0] == '#' }

// Error tells what a spreadsheet leaves of a failed formula, exactly: a text may
// begin with # for other reasons.
func Error(s string) bool {
	switch s {
	case "#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!":
		return true
	}
	return false
}

// Empty tells a cell that says nothing: blank, or a sign or a failed formula in
// its place. Where blank means that something still goes on, a failed formula
// must not be taken for it: see Failed.
func Empty(s string) bool { return s == "" || Sign(s) || Failed(s) }
