package returns

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/returns/annexa"
	"stablefutures/internal/returns/ssda903"
	"stablefutures/internal/returns/table"
)

// oncePerFile holds the tables of one kind in one file against each other: "List
// 8" and "List 8 (old)" are not one list. A row that says what a row of another
// sheet says is counted once. Where one child's rows differ, that is told; where
// the table may hold the child once, the first is taken, because nothing says
// which of them is right.
func oncePerFile(tables []Table) []Table {
	order := make([]int, len(tables))
	for i := range order {
		order[i] = i
	}
	// A sheet that says it is a copy comes after the one that does not.
	slices.SortStableFunc(order, func(a, b int) int { return olderCopy(tables[a].Sheet) - olderCopy(tables[b].Sheet) })
	first := map[table.Kind]*seenRows{}
	for _, at := range order {
		t := &tables[at]
		seen := first[t.Kind]
		if seen == nil {
			if !several(tables, t.Kind) {
				continue
			}
			seen = &seenRows{rows: map[string][]seenRow{}, register: map[string]seenEntry{}}
			first[t.Kind] = seen
		}
		seen.take(t)
	}
	return tables
}

func several(tables []Table, kind table.Kind) bool {
	n := 0
	for i := range tables {
		if tables[i].Kind == kind {
			n++
		}
	}
	return n > 1
}

// olderCopy is 1 for a sheet that by its name is a copy of another.
func olderCopy(sheet string) int {
	for word := range strings.FieldsFuncSeq(strings.ToLower(sheet), func(c rune) bool { return c < 'a' || c > 'z' }) {
		switch word {
		case "old", "copy", "backup", "draft", "previous", "archive", "original":
			return 1
		}
	}
	return 0
}

// seenRows are the rows of one kind that stand in the tables taken so far.
type seenRows struct {
	rows     map[string][]seenRow // by the key without its ordinal
	register map[string]seenEntry // by child
}

type seenRow struct {
	sheet string
	row   care.Row
}

type seenEntry struct {
	sheet string
	row   RegisterRow
}

// take holds a table against those before it.
func (s *seenRows) take(t *Table) {
	var log table.Log
	log.AddAll(t.Problems)
	kept := t.Rows[:0:0]
	fresh := map[string][]seenRow{}
	for _, row := range t.Rows {
		base := baseKey(&row)
		if s.mayTake(t, &row, base, &log) {
			kept = append(kept, row)
			fresh[base] = append(fresh[base], seenRow{t.Sheet, row})
		}
	}
	for base, rows := range fresh {
		s.rows[base] = append(s.rows[base], rows...)
	}
	entries := t.Register[:0:0]
	for _, row := range t.Register {
		if s.mayTakeEntry(t, &row, &log) {
			entries = append(entries, row)
		}
	}
	aside := len(t.Rows) - len(kept) + len(t.Register) - len(entries)
	t.RowsTaken, t.RowsSetAside = t.RowsTaken-aside, t.RowsSetAside+aside
	t.Rows, t.Register, t.Problems = kept, entries, log.Problems()
}

func (s *seenRows) mayTake(t *Table, row *care.Row, base string, log *table.Log) bool {
	before := s.rows[base]
	for i := range before {
		if sameRow(&before[i].row, row) {
			log.Add(copied(t.Sheet, row.Number, before[i].sheet, before[i].row.Number))
			return false
		}
	}
	if len(before) == 0 {
		return true
	}
	if ssda903.OncePerChild(t.Kind) || annexa.OncePerChild(t.Kind) {
		log.Add(contradicted(t.Sheet, row.Number, before[0].sheet, before[0].row.Number))
		return false
	}
	log.Add(table.Problem{Sheet: t.Sheet, Row: row.Number, Code: "differs-between-sheets",
		Message: fmt.Sprintf("This child stands with the same first day in %s too, with other cells: both rows are taken. Take one of the sheets out if it is an older copy.", whereIs(before[0].sheet, before[0].row.Number))})
	return true
}

func (s *seenRows) mayTakeEntry(t *Table, row *RegisterRow, log *table.Log) bool {
	before, there := s.register[row.Child]
	if !there {
		s.register[row.Child] = seenEntry{t.Sheet, *row}
		return true
	}
	same := before.row
	same.Sheet, same.Number = row.Sheet, row.Number
	if reflect.DeepEqual(same, *row) {
		log.Add(copied(t.Sheet, row.Number, before.sheet, before.row.Number))
	} else {
		log.Add(contradicted(t.Sheet, row.Number, before.sheet, before.row.Number))
	}
	return false
}

func copied(sheet string, row int, otherSheet string, otherRow int) Problem {
	return Problem{Sheet: sheet, Row: row, Code: "duplicate-row", SetAside: true,
		Message: fmt.Sprintf("The row says the same as %s: it is counted once.", whereIs(otherSheet, otherRow))}
}

func contradicted(sheet string, row int, otherSheet string, otherRow int) Problem {
	return Problem{Sheet: sheet, Row: row, Code: "duplicate-child", SetAside: true,
		Message: fmt.Sprintf("This child stands in %s already, with other cells: that row is taken and this one set aside. Take one of the sheets out, or keep the row that is right.", whereIs(otherSheet, otherRow))}
}

func whereIs(sheet string, row int) string {
	if sheet == "" {
		return fmt.Sprintf("row %d", row)
	}
	return fmt.Sprintf("sheet %s, row %d,", sheet, row)
}

// baseKey is a row's key without the ordinal that tells it from others of one key.
func baseKey(row *care.Row) string {
	if at := strings.LastIndexByte(row.Key, '#'); at >= len(row.Child) {
		return row.Key[:at]
	}
	return row.Key
}

func sameRow(a, b *care.Row) bool {
	return a.Child == b.Child && reflect.DeepEqual(a.Identity, b.Identity) && reflect.DeepEqual(a.Facts, b.Facts)
}

// nothingBelow tells a table that has column names and no rows.
func nothingBelow(t *Table) Problem {
	message := "The table has column names and no rows below them: nothing was read. If rows are missing, export it again."
	if !strings.HasPrefix(string(t.Kind), "template/") {
		message = "The table has column names and no rows below them. A return that holds nothing takes the place of what was read before for its year: if rows are missing, export it again."
	}
	return Problem{Sheet: t.Sheet, Code: "no-rows", Message: message}
}
