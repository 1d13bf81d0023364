package template

import (
	"fmt"
	"reflect"
	"strings"

	"stablefutures/internal/date"
	"stablefutures/internal/register"
	"stablefutures/internal/returns/table"
)

// dayField reads days by the same rules as the register's own fields.
var dayField, _ = register.FieldByID(register.FieldReferredOn)

// readRegister reads the rows of the register template. A row with an error that
// the register would not save is set aside with each of its reasons.
func readRegister(out *table.Table, header []string, rows [][]string, number func(i int) int, opt table.Options) {
	r := newSheetReader(out, header)
	seen := map[string]int{}
	for i, cells := range rows {
		r.number, r.cells = number(i), cells
		if r.blank() {
			continue
		}
		out.RowsRead++
		before := len(out.Problems)
		row, notes, ok := r.registerRow(opt.Today)
		if ok {
			ok = r.onlyOnce(row, seen)
		}
		if !ok {
			out.Problems = onlyReasons(out.Problems, before)
			out.RowsSetAside++
			continue
		}
		seen[row.Child] = len(out.Register)
		out.Register = append(out.Register, row)
		out.RowsTaken++
		r.count(notes)
	}
}

// onlyReasons leaves, of what was told of a row set aside, what set it aside.
func onlyReasons(problems []table.Problem, from int) []table.Problem {
	kept := problems[:from]
	for _, p := range problems[from:] {
		if p.SetAside {
			kept = append(kept, p)
		}
	}
	return kept
}

func (r *sheetReader) registerRow(today date.Date) (row table.RegisterRow, notes []observed, ok bool) {
	row = table.RegisterRow{Child: r.cell(colChild), Name: oneLine(r.cell(colName)), Entry: register.Entry{}, Sheet: r.out.Sheet, Number: r.number}
	if !r.checkChild(row.Child) {
		return row, nil, false
	}
	notes = r.identity(&row, today)
	sound := true
	for _, f := range register.Fields() {
		cell := r.cell(f.ID)
		if f.Kind == register.Day {
			var told []observed
			cell, told = r.day(f.ID)
			notes = append(notes, told...)
		}
		value, changed, err := register.ParseValue(f, cell)
		switch {
		case err != nil:
			r.tell(f.ID, "unknown-value", upper(err.Error())+". The row is set aside: mend it and import the file again.", true)
			sound = false
		case value != "":
			row.Entry[f.ID] = value
			if changed {
				notes = append(notes, observed{f.ID, cell, takenAs(f, value)})
			}
		}
	}
	for _, p := range register.Check(row.Entry, row.Identity.BirthDate, today) {
		if !p.Warning && !sound && p.Code == "missing-value" {
			continue // what is missing may be what could not be read
		}
		r.tell(p.Field, p.Code, p.Message, !p.Warning)
		sound = sound && p.Warning
	}
	return row, notes, sound
}

// takenAs is a value as it is shown: labels, and days as they are written.
func takenAs(f register.Field, value string) string {
	if f.Kind == register.Day {
		return slashed(date.Date(value))
	}
	return f.Words(value)
}

const maxChild = 64

func (r *sheetReader) checkChild(child string) bool {
	switch {
	case child == "" || child[0] == '#':
		r.tell(colChild, "missing-child-id", "There is no child id: the row is set aside. Fill in the child's id and import the file again.", true)
	case len(child) > maxChild:
		r.tell(colChild, "long-child-id", fmt.Sprintf("The child id is longer than %d characters: the row is set aside. Check that the columns have not slipped.", maxChild), true)
	default:
		return true
	}
	return false
}

// identity reads who the child is; what cannot be read is left blank and told.
func (r *sheetReader) identity(row *table.RegisterRow, today date.Date) (notes []observed) {
	if cell, told := r.day(colBirth); cell != "" {
		notes = append(notes, told...)
		day, _, err := register.ParseValue(dayField, cell)
		switch {
		case err != nil:
			r.tell(colBirth, "impossible-date", "This is no day: the date of birth is left blank. Write it as 31/03/2010.", false)
		case today.Known() && date.Date(day) > today:
			r.tell(colBirth, "future-date", "The date of birth has not come yet: it is left blank. Mend it.", false)
		default:
			row.Identity.BirthDate = date.Date(day)
		}
	}
	if cell := r.cell(colSex); cell != "" {
		sex, exact, ok := find(append([]word{{"M", "1"}, {"F", "2"}}, sexWords...), cell)
		if row.Identity.Sex = sex; !ok {
			r.tell(colSex, "unknown-code", quoted(cell)+" is no sex of the returns: the cell is left blank. Use one of "+list(labelsOf(sexWords))+".", false)
		} else if !exact || cell == "1" || cell == "2" {
			notes = append(notes, observed{colSex, cell, labelOf(sexWords, sex)})
		}
	}
	if cell := r.cell(colEthnicity); cell != "" {
		if code, ok := ethnicCode(cell); ok {
			row.Identity.Ethnicity = code
			if code != cell {
				notes = append(notes, observed{colEthnicity, cell, code})
			}
		} else {
			r.tell(colEthnicity, "unknown-code", quoted(cell)+" is no ethnicity code: the cell is left blank. Use one of "+list(ethnicCodes)+".", false)
		}
	}
	if cell := strings.ToUpper(r.cell(colUPN)); cell != "" {
		if len(cell) != 13 || strings.Trim(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
			r.tell(colUPN, "unknown-code", "This is no unique pupil number (13 letters and digits): the cell is left blank.", false)
		} else {
			row.Identity.UPN = cell
		}
	}
	return notes
}

func ethnicCode(cell string) (string, bool) {
	key := strings.ToUpper(cell)
	for _, code := range ethnicCodes {
		if key == code {
			return code, true
		}
	}
	return "", false
}

// onlyOnce sets a child's second row aside: nothing says which of two is right.
func (r *sheetReader) onlyOnce(row table.RegisterRow, seen map[string]int) bool {
	place, again := seen[row.Child]
	if !again {
		return true
	}
	first := r.out.Register[place]
	number := first.Number
	if first.Number, first.Sheet = row.Number, row.Sheet; reflect.DeepEqual(first, row) {
		r.tell(colChild, "duplicate-row", fmt.Sprintf("The row is the same as row %d: it is counted once.", number), true)
	} else {
		r.tell(colChild, "duplicate-child", fmt.Sprintf("This child stands in row %d already, with other cells: the first is taken and this one set aside. Keep the one that is right.", number), true)
	}
	return false
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// slashed is a day as the templates write it: 31/03/2026.
func slashed(d date.Date) string {
	if !d.Known() {
		return ""
	}
	return d.Time().Format("02/01/2006")
}
