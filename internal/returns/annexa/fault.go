package annexa

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"stablefutures/internal/date"
	"stablefutures/internal/returns/table"
)

// maxChild is the longest child id read.
const maxChild = 64

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
	r.out.Problems = append(r.out.Problems, p)
}

// tell notes a cell that was left blank or looks wrong, in a row that is taken.
func (r *reader) tell(number, column int, code, message string) {
	r.out.Problems = append(r.out.Problems, table.Problem{
		Sheet: r.out.Sheet, Row: number, Column: r.names[column], Code: code, Message: message,
	})
}

// observed counts a value that is read as something else than it says. What may
// hold a name or an address is shown by its kind alone.
func (r *reader) observed(i int, cell, takenAs string) {
	if utf8.RuneCountInString(cell) > maxShown {
		cell = string([]rune(cell)[:maxShown]) + "…"
	}
	if fullPostcode.MatchString(cell) {
		cell = "(holds a postcode)"
	}
	key := table.ReadAs{Column: r.names[i], Observed: cell, TakenAs: takenAs}
	if r.readAs[key] == 0 {
		r.order = append(r.order, key)
	}
	r.readAs[key]++
}

// maxShown is how much of a long value the report shows.
const maxShown = 120

func (r *reader) tellCounts() {
	for _, key := range r.order {
		n := r.readAs[key]
		key.Count = n
		r.out.ReadAs = append(r.out.ReadAs, key)
	}
}

func checkChild(i int, cell string) *fault {
	switch {
	case cell == "" || isError(cell) || nothing[strings.ToLower(cell)]:
		return &fault{i, "missing-child-id", "There is no child id: the row is set aside. Fill in the child's id and import the file again."}
	case len(cell) > maxChild:
		return &fault{i, "long-child-id", fmt.Sprintf("The child id is longer than %d characters: the row is set aside. Check that the columns have not slipped.", maxChild)}
	}
	return nil
}

func missingDate(i int) *fault {
	return &fault{i, "missing-date", "The day is missing, and the row cannot be told apart without it: it is set aside. Fill it in and import the file again."}
}

func badDate(i int, cell string) *fault {
	return &fault{i, "impossible-date", quoted(cell) + " is no day: the row is set aside. Write it as 31/03/2026."}
}

func badEnd(i int, cell string) *fault {
	return &fault{i, "impossible-date", quoted(cell) + " is no day, and an empty one would mean that it still goes on: the row is set aside. Write it as 31/03/2026, or leave it empty if it does go on."}
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

var fullPostcode = regexp.MustCompile(`(?i)\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b`)

// quoted shows a cell in a message where that can do no harm: a code or a day is
// short and in one piece. Anything else may be an address or a name that slipped
// into the wrong column.
func quoted(cell string) string {
	if len(cell) > 10 || strings.ContainsAny(cell, " \t\n\u00a0") || fullPostcode.MatchString(cell) {
		return "What stands there"
	}
	return strconv.Quote(cell)
}
