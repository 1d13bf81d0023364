package template

import (
	"fmt"
	"reflect"
	"strings"

	"stablefutures/internal/date"
	"stablefutures/internal/register"
	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/shown"
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
		if !r.begin(number(i), cells) {
			continue
		}
		row, notes, ok := r.registerRow(opt.Today)
		if ok {
			ok = r.onlyOnce(row, seen)
		}
		r.end(ok)
		if !ok {
			continue
		}
		seen[row.Child] = len(out.Register)
		out.Register = append(out.Register, row)
		r.count(notes)
	}
	out.Problems = r.log.Problems()
}

func (r *sheetReader) registerRow(today date.Date) (row table.RegisterRow, notes []observed, ok bool) {
	row = table.RegisterRow{Entry: register.Entry{}, Sheet: r.out.Sheet, Number: r.number}
	if row.Child, notes, ok = r.child(); !ok || !r.readable() {
		return row, nil, false
	}
	name, told := r.value(colName)
	if row.Name = oneLine(name); cell.Error(r.raw(colName)) {
		row.Name, told = "", []observed{{colName, r.raw(colName), cell.Blank}}
	}
	notes = append(append(notes, told...), r.identity(&row, today)...)
	sound := true
	for _, f := range register.Fields() {
		if _, there := r.where[f.ID]; !there {
			row.Unsaid = append(row.Unsaid, f.ID)
			continue
		}
		text, told := r.field(f)
		notes = append(notes, told...)
		value, changed, err := register.ParseValue(f, text)
		switch {
		case err != nil:
			r.tell(f.ID, "unknown-value", notOfField(f, text, err)+". The row is set aside: mend it and import the file again.", true)
			sound = false
		case value != "":
			row.Entry[f.ID] = value
			if changed {
				notes = append(notes, observed{f.ID, text, takenAs(f, value)})
			}
		}
	}
	for _, p := range register.Check(row.Entry, row.Identity.BirthDate, today) {
		if !sound && !p.Warning && speaksOfBlank(p.Code) {
			continue // what is missing may be what could not be read
		}
		r.tell(p.Field, p.Code, p.Message, !p.Warning)
		sound = sound && p.Warning
	}
	return row, notes, sound
}

// speaksOfBlank tells the problems of an entry that come of something not being
// there.
func speaksOfBlank(code string) bool {
	return strings.HasPrefix(code, "missing-") || strings.HasPrefix(code, "needs-")
}

// field is a field's cell. A failed formula is blank, and noted, in a text alone:
// as a day or an answer it sets the row aside, because blank would say something.
func (r *sheetReader) field(f register.Field) (text string, notes []observed) {
	switch f.Kind {
	case register.Day:
		return r.day(f.ID)
	case register.Text, register.LongText:
		if raw := r.raw(f.ID); cell.Error(raw) {
			return "", []observed{{f.ID, raw, cell.Blank}}
		}
	}
	return r.value(f.ID)
}

// notOfField says why a cell cannot be the value of a field, without quoting what
// may be a name or an address.
func notOfField(f register.Field, text string, err error) string {
	switch {
	case f.Kind == register.Day:
		return fmt.Sprintf("%s is not a day for %q: write it as 31/03/2026", shown.Cell(text), f.Label)
	case len(f.Options) > 0:
		labels := make([]string, len(f.Options))
		for i, o := range f.Options {
			labels[i] = fmt.Sprintf("%q", o.Label)
		}
		one, end := "one of ", ""
		if f.Kind == register.Choices {
			one, end = "one or more of ", ", parted by semicolons"
		}
		return fmt.Sprintf("%s is not an answer to %q: use %s%s%s", shown.Cell(text), f.Label, one, list(labels), end)
	}
	return upper(err.Error()) // of a text it says how long it may be, or that it holds a postcode
}

// child is the child's id; ok is false where the row is set aside for want of one.
func (r *sheetReader) child() (id string, notes []observed, ok bool) {
	id, point := cell.TrimPoint(r.cell(colChild))
	if point {
		notes = []observed{{colChild, cell.IDsWithPoint, cell.IDsWithoutPoint}}
	}
	if f := cell.Child(id, "row"); f != nil {
		r.tell(colChild, f.Code, f.Message, true)
		return id, nil, false
	}
	return id, notes, true
}

// takenAs is a value as it is shown: labels, and days as they are written.
func takenAs(f register.Field, value string) string {
	if f.Kind == register.Day {
		return slashed(date.Date(value))
	}
	return f.Words(value)
}

// identity reads who the child is; what cannot be read is left blank and told.
func (r *sheetReader) identity(row *table.RegisterRow, today date.Date) (notes []observed) {
	text := func(id string) string {
		text, told := r.value(id)
		notes = append(notes, told...)
		return text
	}
	if text, told := r.day(colBirth); text != "" || told != nil {
		notes = append(notes, told...)
		day, _, err := register.ParseValue(dayField, text)
		switch {
		case err != nil:
			r.tell(colBirth, "impossible-date", "This is no day: the date of birth is left blank. Write it as 31/03/2010.", false)
		case today.Known() && date.Date(day) > today:
			r.tell(colBirth, "future-date", "The date of birth has not come yet: it is left blank. Mend it.", false)
		default:
			row.Identity.BirthDate = date.Date(day)
		}
	}
	if text := text(colSex); text != "" {
		sex, exact, ok := find(append([]word{{"M", "1"}, {"F", "2"}}, sexWords...), text)
		if row.Identity.Sex = sex; !ok {
			r.tell(colSex, "unknown-code", shown.Cell(text)+" is no sex of the returns: the cell is left blank. Use one of "+list(labelsOf(sexWords))+".", false)
		} else if !exact || text == "1" || text == "2" {
			notes = append(notes, observed{colSex, text, labelOf(sexWords, sex)})
		}
	}
	if text := text(colEthnicity); text != "" {
		if code, ok := ethnicCode(text); ok {
			row.Identity.Ethnicity = code
			if code != text {
				notes = append(notes, observed{colEthnicity, text, code})
			}
		} else {
			r.tell(colEthnicity, "unknown-code", shown.Cell(text)+" is no ethnicity code: the cell is left blank. Use one of "+list(ethnicCodes)+".", false)
		}
	}
	if text := text(colUPN); text != "" {
		upn := strings.ToUpper(text)
		if !cell.UPN(upn) {
			r.tell(colUPN, "unknown-code", "This is no unique pupil number (13 letters and digits): the cell is left blank.", false)
			return notes
		}
		row.Identity.UPN = upn
		if upn != text {
			notes = append(notes, observed{colUPN, cell.SmallLetters, cell.Capitals}) // a pupil's number stands in no report
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
