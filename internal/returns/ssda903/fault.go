package ssda903

import (
	"fmt"
	"strconv"
	"strings"

	"stablefutures/internal/date"
	"stablefutures/internal/returns/table"
)

// maxChild is the longest child id read; the return itself allows 10 characters.
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
	p := table.Problem{Sheet: r.sheet, Row: number, Code: f.code, Message: f.message, SetAside: true}
	if f.column >= 0 {
		p.Column = r.names[f.column]
	}
	r.out.Problems = append(r.out.Problems, p)
}

// tell notes a cell that was left blank or looks wrong, in a row that is taken.
func (r *reader) tell(number, column int, code, message string) {
	r.out.Problems = append(r.out.Problems, table.Problem{
		Sheet: r.sheet, Row: number, Column: r.names[column], Code: code, Message: message,
	})
}

func checkChild(i int, cell string) *fault {
	switch {
	case cell == "" || cell[0] == '#':
		return &fault{i, "missing-child-id", "There is no child id: the row is set aside. Fill in the child's id and import the file again."}
	case len(cell) > maxChild:
		return &fault{i, "long-child-id", fmt.Sprintf("The child id is longer than %d characters: the row is set aside. Check that the columns have not slipped.", maxChild)}
	}
	return nil
}

func checkMust(i int, set codeSet, cell string) *fault {
	if cell == "" {
		return &fault{i, "missing-code", "The code is missing, and without it the row says nothing: it is set aside. Fill it in and import the file again."}
	}
	if _, known := set.lookup(cell); !known {
		return &fault{i, "unknown-code", quoted(cell) + " is no code of this column, and without it the row says nothing: it is set aside. Use one of the return's codes."}
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
	return &fault{i, "impossible-date", quoted(cell) + " is no day, and an empty one would mean that it still goes on: the row is set aside. Write it as 31/03/2026."}
}

func endBeforeBegin(i int, began, ended date.Date) *fault {
	return &fault{i, "end-before-start", "It ends on " + ended.Long() + ", before it begins on " + began.Long() + ": the row is set aside. Mend the day that is wrong."}
}

func duplicateRow(unit string, number int) *fault {
	return &fault{-1, "duplicate-row", fmt.Sprintf("The row is the same as %s %d, cell by cell: it is counted once.", unit, number)}
}

func duplicateChild(unit string, number int) *fault {
	return &fault{0, "duplicate-child", fmt.Sprintf("This child stands in %s %d already, with other cells: the first is taken and this one set aside. Keep the one that is right.", unit, number)}
}

func ordinal(n int) string { return "#" + strconv.Itoa(n) }

// quoted shows a cell in a message where that can do no harm: a code or a day is
// short and in one piece. Anything else may be an address or a name that slipped
// into the wrong column.
func quoted(cell string) string {
	if len(cell) > 10 || strings.ContainsAny(cell, " \t\n\u00a0") || looksLikePostcode(cell) {
		return "What stands there"
	}
	return strconv.Quote(cell)
}

// looksLikePostcode tells a whole postcode, with or without its space.
func looksLikePostcode(cell string) bool {
	code, _ := outward(cell)
	if code == "" {
		return false
	}
	rest := strings.TrimSpace(cell[len(code):])
	return len(rest) == 3 && isDigit(rest[0]) && isLetter(rest[1]) && isLetter(rest[2])
}
