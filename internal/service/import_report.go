package service

import (
	"stablefutures/internal/date"
	"stablefutures/internal/returns"
)

// ImportReport says what came of files: for each table what it was taken for,
// and how many rows were read, taken and set aside.
type ImportReport struct {
	Authority    string                 `json:"authority"`
	DryRun       bool                   `json:"dry_run"`
	Unchanged    bool                   `json:"unchanged"` // nothing in the database is other than before
	Files        []FileReport           `json:"files"`
	Unrecognised []returns.Unrecognised `json:"unrecognised"`
	NewChildren  int                    `json:"new_children"`
	NewMatches   int                    `json:"new_likely_matches"` // wait for a person

	OtherAuthority []string `json:"-"` // those of Unrecognised that say they are another authority's
}

// UnrecognisedFile is a file of which nothing was taken, and why.
type UnrecognisedFile = returns.Unrecognised

// FileReport is what came of one table of one file.
type FileReport struct {
	Name         string    `json:"name"`
	Sheet        string    `json:"sheet"`
	Kind         string    `json:"kind"`
	YearEnding   date.Date `json:"year_ending"`
	YearFrom     string    `json:"year_from"` // how the year was told: see the YearFrom constants
	RowsRead     int       `json:"rows_read"`
	RowsTaken    int       `json:"rows_taken"`
	RowsSetAside int       `json:"rows_set_aside"`
	Added        int       `json:"added"`
	Changed      int       `json:"changed"`
	Gone         int       `json:"no_longer_there"`
	Same         int       `json:"same"`
	Unchanged    bool      `json:"unchanged"`

	Problems []returns.Problem `json:"problems"`
	ReadAs   []returns.ReadAs  `json:"read_as"`
}

// How the year of a return was told.
const (
	YearSaid     = "said"      // by the person who imports
	YearFile     = "file"      // by the file itself
	YearDates    = "dates"     // by where the days in the files of the return lie
	YearLast     = "last-read" // no day in the files: the latest year that was read before
	YearComplete = "assumed"   // no day and nothing read before: the last complete year
	YearNone     = ""          // the table has no year: register and readings
)
