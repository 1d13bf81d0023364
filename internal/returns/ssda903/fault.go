package ssda903

import (
	"fmt"
	"strconv"

	"stablefutures/internal/date"
	"stablefutures/internal/returns/cell"
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
	p := table.Problem{Sheet: r.sheet, Row: number, Code: f.code, Message: f.message, SetAside: true}
	if f.column >= 0 {
		p.Column = r.names[f.column]
	}
	r.log.Add(p)
}

// tell notes a cell that was left blank or looks wrong, in a row that is taken.
func (r *reader) tell(number, column int, code, message string) {
	r.log.Add(table.Problem{Sheet: r.sheet, Row: number, Column: r.names[column], Code: code, Message: message})
}

func (r *reader) checkChild(i int, text string) *fault {
	if f := cell.Child(text, r.unit); f != nil {
		return &fault{i, f.Code, f.Message}
	}
	return nil
}

func checkMust(i int, set codeSet, text string) *fault {
	if text == "" {
		return &fault{i, "missing-code", "The code is missing, and without it the row says nothing: it is set aside. Fill it in and import the file again."}
	}
	if _, known := set.lookup(text); !known {
		return &fault{i, "unknown-code", shown.Cell(text) + " is no code of this column, and without it the row says nothing: it is set aside. Use one of the return's codes."}
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
	return &fault{i, "impossible-date", shown.Cell(text) + " is no day, and an empty one would mean that it still goes on: the row is set aside. Write it as 31/03/2026."}
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
