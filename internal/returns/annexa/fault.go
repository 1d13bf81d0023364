package annexa

import (
	"fmt"
	"regexp"
	"strings"

	"stablefutures/internal/date"
	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/places"
	"stablefutures/internal/returns/shown"
	"stablefutures/internal/returns/table"
)

// fault is why a row is set aside, at which column of the spec; -1 where it
// concerns the whole row.
type fault struct {
	column  int
	code    string
	message string
}

func (r *reader) setAside(number int, f *fault) {
	r.out.RowsSetAside++
	p := table.Problem{Sheet: r.out.Sheet, Row: number, Code: f.code, Message: f.message, SetAside: true}
	if f.column >= 0 {
		p.Column = r.names[f.column]
	}
	r.log.Add(p)
}

// tell notes a cell that was left blank or looks wrong, in a row that is taken.
func (r *reader) tell(number, column int, code, message string) {
	r.log.Add(table.Problem{Sheet: r.out.Sheet, Row: number, Column: r.names[column], Code: code, Message: message})
}

// observed counts a value that is read as something else than it says. What may
// hold a name or an address is shown by its known words alone.
func (r *reader) observed(i int, text, takenAs string) {
	raw := readAsKey{i, text, takenAs}
	at, seen := r.readAs[raw]
	if !seen {
		at = r.entry(i, r.mayShow(i, text), takenAs)
		if len(r.readAs) < keptReadAs {
			raw.observed = strings.Clone(text) // apart from the file's memory
			r.readAs[raw] = at
		}
	}
	r.out.ReadAs[at].Count++
}

// keptReadAs is how many values are remembered as they stand, so that the same
// value again costs little.
const keptReadAs = 10_000

func (r *reader) mayShow(i int, text string) string {
	switch {
	case r.spec.columns[i].role == rolePlace:
		return places.ReadAs(text)
	case text == cell.TimedDays, text == cell.ShortDays, text == cell.IDsWithPoint, dayOrNumber.MatchString(text):
		return text // told all together, or nothing but a day
	}
	return shown.ReadAs(text)
}

var dayOrNumber = regexp.MustCompile(`^[0-9]{5}(\.[0-9]+)?$|^[0-9]{1,2}[ -][A-Za-z]{3,9}[ -][0-9]{2}$`)

// entry is the place of a value in the list, which it enters where it is new.
func (r *reader) entry(i int, observed, takenAs string) int {
	key := readAsKey{i, observed, takenAs}
	at, there := r.entries[key]
	if !there && r.distinct[i] >= table.MostReadAs {
		key.observed, key.takenAs = table.MoreValues, table.NotListed
		at, there = r.entries[key]
	}
	if !there {
		at = len(r.out.ReadAs)
		r.entries[key] = at
		r.distinct[i]++
		r.out.ReadAs = append(r.out.ReadAs, table.ReadAs{Column: r.names[i], Observed: key.observed, TakenAs: key.takenAs})
	}
	return at
}

func checkChild(i int, text string) *fault {
	if f := cell.Child(text, "row"); f != nil {
		return &fault{i, f.Code, f.Message}
	}
	return nil
}

func missingDate(i int) *fault {
	return &fault{i, "missing-date", "The day is missing, and the row cannot be told apart without it: it is set aside. Fill it in and import the file again."}
}

func badDate(i int, text string) *fault {
	return &fault{i, "impossible-date", shown.Cell(text) + " is no day: the row is set aside. Write it as 31/03/2026."}
}

func badEnd(i int, text string) *fault {
	return &fault{i, "impossible-date", shown.Cell(text) + " is no day, and an empty one would mean that it still goes on: the row is set aside. Write it as 31/03/2026, or leave it empty if it does go on."}
}

func endBeforeBegin(i int, began, ended date.Date) *fault {
	return &fault{i, "end-before-start", "It ends on " + ended.Long() + ", before it begins on " + began.Long() + ": the row is set aside. Mend the day that is wrong."}
}

func duplicateRow(number int) *fault {
	return &fault{-1, "duplicate-row", fmt.Sprintf("The row is the same as row %d, cell by cell: it is counted once.", number)}
}

func duplicateChild(column, number int, kind table.Kind) *fault {
	since := " with the same first day"
	if kind == List9 {
		since = ""
	}
	return &fault{column, "duplicate-child", fmt.Sprintf("This child stands in row %d already%s, with other cells: the first is taken and this one set aside. Keep the one that is right.", number, since)}
}
