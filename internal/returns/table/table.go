// Package table is what every reader of files gives back: tables of rows with
// the problems met and the values read as something else than they say.
//
// Types alone live here, so that the readers and package returns, which chooses
// among them, can share them. Nothing here reads or writes.
package table

import (
	"fmt"

	"stablefutures/internal/care"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
)

// Kind is what a table was taken for: "annex-a/list-8", "ssda903/header",
// "cin-census", "template/register", "template/readings".
type Kind string

// Options are what a reader needs from outside.
type Options struct {
	Today    date.Date            // a day after Today has not come yet
	Editions []*framework.Edition // editions that readings may be bound to
}

// Table is one table of one file, read: a CSV, a sheet of a workbook, the part
// of an XML file that stands for one table.
// RowsRead = RowsTaken + RowsSetAside, always.
type Table struct {
	File  string // the file's name as given, without its folder
	Kind  Kind
	Sheet string // empty where the file has no sheets

	YearEnding date.Date // the year that the file itself names (CIN header); else empty
	Years      Years     // where the days lie on which something began; to tell its year by where the file does not name it
	Authority  string    // the authority that the file itself names (CIN header LEA); else empty

	RowsRead, RowsTaken, RowsSetAside int

	Problems []Problem
	ReadAs   []ReadAs

	Rows     []care.Row    // returns
	Register []RegisterRow // template/register
	Readings []ReadingRow  // template/readings
}

// Problem is one thing that could not be taken as it stands. Row is 1-based as a
// person sees it in the file (header = 1; 0 where it concerns the whole table);
// Column is the file's own header. Messages are plain English with the remedy
// and never quote a postcode or a worker's name.
type Problem struct {
	Sheet   string `json:"sheet"`
	Row     int    `json:"row"`
	Column  string `json:"column"`
	Code    string `json:"code"` // stable, hyphenated: "unknown-code", "impossible-date", "missing-child-id", …
	Message string `json:"message"`

	SetAside bool `json:"set_aside"` // true where the whole row was set aside, false where only the cell was

	// Times is how many problems the line stands for, where it is more than one: see Log.
	Times int `json:"times,omitempty"`
}

// MostReadAs is how many distinct values of one column are told one by one; those
// that come after them are counted together, as MoreValues.
const (
	MostReadAs = 1000
	MoreValues = "(more values)"
	NotListed  = "(not listed one by one)"
)

// ReadAs is a distinct value that was read as something else than it says.
type ReadAs struct {
	Column   string `json:"column"`
	Observed string `json:"observed"`
	TakenAs  string `json:"taken_as"`
	Count    int    `json:"count"`
}

// RegisterRow is one row of the register template.
type RegisterRow struct {
	Child    string // the authority's id of the child
	Name     string // may be empty
	Identity care.Identity
	Entry    register.Entry
	Unsaid   []string // fields for which the file has no column: of them it says nothing
	Sheet    string
	Number   int
}

// ReadingRow is one row of the readings template. Conversation groups rows of
// one conversation: rows of one child with the same said-on day and the same
// conversation cell are one conversation.
type ReadingRow struct {
	Child        string
	Conversation string // as in the file; may be empty
	Language     string
	Reading      conversation.Reading // Child, Conversation, By, RecordedAt are empty; ID and Replaces are set where an export wrote them
	Sheet        string
	Number       int
}

// Unrecognised is the error for a file that is not one of ours, or that cannot
// be read at all. Message is one plain line with the remedy.
type Unrecognised struct {
	Name    string `json:"name"`
	Message string `json:"message"`
}

func (u *Unrecognised) Error() string { return fmt.Sprintf("%s: %s", u.Name, u.Message) }
